"""What a bundle adds to the registry is shown beside it, and as the organization's own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from tests.command import vendorgate
from tests.evaluate.test_contracts import BETA, CELL
from tests.load.test_overlays import ASKS, GOOD, NOTICE, SCRIBE, cells, judged

OVERLAYS = {
    "a.yaml": cells(gdpr_dpa=CELL, subprocessor_notice=NOTICE),
    "s.yaml": {**SCRIBE, "dimensions": {"hipaa_baa": GOOD}},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    judged(tmp_path, OVERLAYS, {"dimensions": {"hipaa_baa": {**GOOD, "confidence": "low"}}}, files={**ASKS, **BETA})
    return tmp_path


def shown(folder: Path, *arguments: str) -> str:
    ended = vendorgate("registry", *arguments, "--registry", "registry", "--policies", "policies", folder=folder)
    assert ended.code == 0, ended.stderr
    return ended.stdout


def document(folder: Path, *arguments: str) -> Any:
    """A document that its published schema allows."""
    found = json.loads(shown(folder, *arguments, "--format", "json"))
    built_in = ("--policies", "builtin", "--registry", "builtin")
    schema = vendorgate("schema", f"registry-{arguments[0]}", *built_in, folder=folder)
    jsonschema_rs.Draft7Validator(json.loads(schema.stdout)).validate(found)
    return found


def test_show_says_whose_a_cell_is(folder: Path) -> None:
    text = shown(folder, "show", "alpha")
    assert text.count("whose") == 2
    assert "contract    LEGAL-1" in text
    assert "Questions of the organization's own\n  subprocessor_notice  yes_public  confidence high" in text
    found = document(folder, "show", "alpha")
    assert found["offering"]["dimensions"].keys() == {"hipaa_baa", "gdpr_dpa"}
    own = [(one["dimension"], one["agreement"], one["cell"]["value"]) for one in found["own"]]
    assert own == [("gdpr_dpa", "LEGAL-1", "yes_contract"), ("subprocessor_notice", None, "yes_public")]


def test_show_knows_own_offerings(folder: Path) -> None:
    assert shown(folder, "show", "scribe").startswith("scribe  Scribe\nmodels of A, served by Own GPUs; internal\n")
    assert [one["dimension"] for one in document(folder, "show", "scribe")["own"]] == ["hipaa_baa"]


def test_compare_says_whose_a_cell_is(folder: Path) -> None:
    assert shown(folder, "compare", "alpha", "scribe").count("the organization's own") == 3
    rows = {one["dimension"]: one for one in document(folder, "compare", "alpha", "scribe")["dimensions"]}
    assert rows["gdpr_dpa"]["own"] == ["alpha"]
    assert rows["hipaa_baa"]["own"] == ["scribe"]
    assert [*rows][-1] == "subprocessor_notice"
    assert "own" not in rows["soc2_type2"]


def test_without_a_bundle_the_registry_is_shown_as_it_is(folder: Path) -> None:
    alone = ("--registry", "registry", "--policies", "builtin")
    ended = vendorgate("registry", "show", "alpha", *alone, "--format", "json", folder=folder)
    assert "own" not in json.loads(ended.stdout)
    ended = vendorgate("registry", "show", "scribe", *alone, folder=folder)
    assert (ended.code, "no offering `scribe`" in ended.stderr) == (2, True)


@pytest.mark.parametrize(
    "command",
    [
        ("list",),
        ("show", "alpha"),
        ("compare", "alpha", "scribe"),
        ("question", "gdpr_dpa"),
        ("watch-outs",),
        ("search", "yes_contract"),
    ],
    ids=lambda words: words[0],
)
def test_nearest_bundle_with_own_offerings_is_taken_where_none_is_named(command: tuple[str, ...], folder: Path) -> None:
    ended = vendorgate("registry", *command, "--registry", "registry", folder=folder)
    assert ended.stdout == shown(folder, *command)
    assert ended.stderr.splitlines()[-1] == "using policies/offerings/"
    assert "the organization's own" in ended.stdout
    shutil.rmtree(folder / "policies" / "offerings")
    ended = vendorgate("registry", "list", "--registry", "registry", folder=folder)
    assert (ended.code, ended.stderr) == (0, "")


def test_list_marks_what_is_the_organizations_own(folder: Path) -> None:
    heading, alpha, _, scribe, *_ = shown(folder, "list").splitlines()
    assert alpha[heading.index("dpa") :].startswith("ours*  ?")
    assert alpha[heading.index("baa") :].startswith("yes    ours*")
    assert scribe.endswith("Own GPUs *")
    first, _, last = document(folder, "list")["offerings"]
    assert (first["own"], first["grades"]["subprocessor_notice"]) == (["gdpr_dpa", "subprocessor_notice"], "yes_public")
    assert "from" not in first
    assert last["from"] == "bundle"


def test_offerings_are_chosen_by_a_grade_of_the_organizations_own(folder: Path) -> None:
    assert "1 of 3 offerings" in shown(folder, "list", "--grade", "subprocessor_notice=yes_public")
    assert "1 of 3 offerings" in shown(folder, "list", "--grade", "gdpr_dpa=yes_contract")


def test_question_of_the_organizations_own_has_answers(folder: Path) -> None:
    text = shown(folder, "question", "subprocessor_notice")
    assert text.startswith("subprocessor_notice  How long before are customers told?\n")
    assert "* the organization's own\n" in text
    found = document(folder, "question", "subprocessor_notice")
    assert found["own"] == ["alpha"]
    assert found["offerings"]["alpha"]["value"] == "yes_public"


def test_watch_outs_say_whose_a_cell_is(folder: Path) -> None:
    assert "by our own contract, while it is in force; the organization's own\n" in shown(folder, "watch-outs", "alpha")
    (found,) = document(folder, "watch-outs", "alpha")["offerings"]
    assert found["own"] == ["gdpr_dpa", "subprocessor_notice"]


def test_search_finds_what_the_organization_says(folder: Path) -> None:
    assert "gdpr_dpa.value (the organization's own)" in shown(folder, "search", "yes_contract")
    (found,) = document(folder, "search", "yes_contract")["matches"]
    assert found == {"offering": "alpha", "where": "gdpr_dpa.value", "text": "yes_contract", "from": "bundle"}
    of_name = document(folder, "search", "Scribe")["matches"]
    assert {one["offering"] for one in of_name if one.get("from") == "bundle"} == {"scribe"}


def test_change_under_a_cell_of_the_organizations_own_is_said_to_be_one(folder: Path) -> None:
    stated = {"gdpr_dpa": GOOD, "hipaa_baa": {**GOOD, "confidence": "low"}}
    path = folder / "registry" / "offerings" / "alpha.yaml"
    alpha = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**alpha, "dimensions": stated}), encoding="utf-8")
    shutil.copytree(folder / "registry", folder / "next")
    worse = {name: {**cell, "value": "unclear"} for name, cell in stated.items()}
    (folder / "next" / "offerings" / "alpha.yaml").write_text(
        json.dumps({**alpha, "dimensions": worse}), encoding="utf-8"
    )
    for format in ("text", "markdown"):
        told = vendorgate("registry", "diff", "registry", "next", "--format", format, folder=folder).stdout
        assert told.count("(the organization's own cell stands in its place)") == 1
    found = json.loads(vendorgate("registry", "diff", "registry", "next", "--format", "json", folder=folder).stdout)
    assert [(one["dimension"], one.get("own")) for one in found["cells"]] == [("hipaa_baa", None), ("gdpr_dpa", True)]


def test_bundle_with_mistakes_shows_nothing(folder: Path) -> None:
    (folder / "policies" / "offerings" / "b.yaml").write_text(json.dumps(cells(gdpr_dpa=GOOD)), encoding="utf-8")
    ended = vendorgate("registry", "show", "alpha", "--registry", "registry", "--policies", "policies", folder=folder)
    assert (ended.code, ended.stdout) == (2, "")
    assert "the cell gdpr_dpa of `alpha` is stated twice" in ended.stderr
