"""What a bundle adds to the registry is shown beside it, and as the organization's own."""

from __future__ import annotations

import json
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
    ended = vendorgate("registry", "show", "alpha", "--registry", "registry", "--format", "json", folder=folder)
    assert "own" not in json.loads(ended.stdout)
    ended = vendorgate("registry", "show", "scribe", "--registry", "registry", folder=folder)
    assert (ended.code, "no offering `scribe`" in ended.stderr) == (2, True)


def test_bundle_with_mistakes_shows_nothing(folder: Path) -> None:
    (folder / "policies" / "offerings" / "b.yaml").write_text(json.dumps(cells(gdpr_dpa=GOOD)), encoding="utf-8")
    ended = vendorgate("registry", "show", "alpha", "--registry", "registry", "--policies", "policies", folder=folder)
    assert (ended.code, ended.stdout) == (2, "")
    assert "the cell gdpr_dpa of `alpha` is stated twice" in ended.stderr
