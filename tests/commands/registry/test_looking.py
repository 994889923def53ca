"""The commands that look into a registry: what they find, and what they refuse."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.command import ROOT, Ended, vendorgate
from vendorgate.commands.registry.text import SECTIONS
from vendorgate.load.files import folder
from vendorgate.model.vocabulary import DIMENSIONS
from vendorgate.snapshots import read_snapshot

GOOD = ROOT / "tests" / "cases" / "shared" / "registry"


def registry(*arguments: str) -> Ended:
    return vendorgate("registry", *arguments, "--registry", str(GOOD), folder=ROOT)


def answer(*arguments: str) -> Any:
    ended = registry(*arguments, "--format", "json")
    assert ended.code == 0, ended.stderr
    return json.loads(ended.stdout)


def listed(*arguments: str) -> list[str]:
    return [offering["id"] for offering in answer("list", *arguments)["offerings"]]


def test_list_filters_by_grade_developer_and_platform() -> None:
    assert listed() == ["alpha-api", "beta-cloud", "delta-words", "gamma-gateway"]
    assert listed("--grade", "soc2_type2=yes_public") == ["alpha-api", "beta-cloud", "gamma-gateway"]
    assert listed("--grade", "hipaa_baa=no") == ["gamma-gateway"]
    assert listed("--grade", "training_on_customer_data=none", "--platform", "cl*") == ["beta-cloud"]
    assert listed("--developer", "ALPHA") == ["alpha-api", "beta-cloud"]
    assert listed("--developer", "alph") == []


def test_list_reads_less_and_says_the_same() -> None:
    whole = read_snapshot(folder(ROOT / "registry-snapshot"))
    grades = read_snapshot(folder(ROOT / "registry-snapshot"), rules=False)
    assert grades.sha256 == whole.sha256
    for id, offering in whole.offerings.items():
        for dimension, cell in offering.cells.items():
            less = grades.offerings[id].cells[dimension].written
            assert (less.value, less.confidence, less.verified) == (
                cell.written.value,
                cell.written.confidence,
                cell.written.verified,
            )
            assert (less.facts, less.scope, less.conditions) == (None, None, None)


def test_every_dimension_stands_in_one_section() -> None:
    assert sorted(name for names in SECTIONS.values() for name in names) == sorted(DIMENSIONS)


def test_watch_out_is_every_cell_that_is_not_a_clean_public_yes() -> None:
    (alpha,) = answer("watch-outs", "alpha-api")["offerings"]
    assert set(DIMENSIONS) - alpha["watch_outs"].keys() == {"soc2_type2"}
    assert alpha["watch_outs"]["iso_42001"] == ["the registry states nothing"]
    assert "only if usage.settings.data_sharing === false" in alpha["watch_outs"]["training_on_customer_data"]


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """A folder whose registry states facts of two offerings."""
    there = tmp_path / "registry-snapshot"
    shutil.copytree(GOOD, there)
    fine = {"value": "yes_public", "confidence": "high", "verified": "2026-11-01", "source": "https://a.example/"}
    entry = {"scope": {"endpoints": {"only": ["files"]}}, "facts": {"retention_days": None}}
    stated: dict[str, dict[str, Any]] = {
        "one": {"retention_days": 30, "human_review": False, "basis": "terms", "same": 1, "long": ["w" * 90] * 4},
        "two": {"retention_days": 30, "human_review": True, "basis": "docs", "same": 1, "opt_out": True},
    }
    for id, said in stated.items():
        cell = {**fine, "facts": said, "tier": "enterprise", "route": "sales_contract", "default": "requires_approval"}
        more = {"scoped_facts": [entry], "conditions": [{"agreement": "zdr"}]} if id == "two" else {}
        text = {**ALPHA, "id": id, "endpoints": ["chat", "files"], "dimensions": {"retention_zdr": {**cell, **more}}}
        (there / "offerings" / f"{id}.yaml").write_text(json.dumps(text), encoding="utf-8")
    return tmp_path


ALPHA = {"name": "Alpha", "developer": "A", "platform": "A", "category": "first_party"}


def shown(*arguments: str, folder: Path) -> list[str]:
    ended = vendorgate("registry", *arguments, folder=folder)
    assert ended.code == 0, ended.stderr
    return [" ".join(line.split()) for line in ended.stdout.splitlines()]


def test_show_tells_every_fact_whole_and_in_words_how_to_get_it(facts: Path) -> None:
    lines = shown("show", "one", folder=facts)
    expected = ["fact retention_days: 30 days", "fact human_review: false", "fact basis: terms", "fact same: 1"]
    assert [line for line in lines if line in expected] == [*expected[:3], expected[3]]
    assert "".join(lines).count("w") >= 360
    assert "tier from enterprise on" in lines
    assert "route sales_contract: through sales, by contract" in lines
    assert "default requires_approval: only once the vendor has approved it" in lines
    assert "fact retention_days: not known (endpoints: only files)" in shown("show", "two", folder=facts)


def test_comparison_has_the_facts_in_which_offerings_differ(facts: Path) -> None:
    lines = shown("compare", "one", "two", folder=facts)
    rows = [line for line in lines if line.startswith("retention_zdr ")]
    assert [row.split()[1] for row in rows[-4:]] == ["retention_days", "human_review", "opt_out", "basis"]
    assert "retention_zdr human_review false true" in rows
    assert "retention_zdr opt_out not stated true" in rows
    assert lines[-2:] == [
        "4 facts in which they differ",
        "1 fact that only one of them states: vendorgate registry show OFFERING",
    ]


def test_comparison_of_offerings_with_the_same_facts_says_so(facts: Path) -> None:
    assert "0 facts in which they differ" in shown("compare", "gamma-gateway", "beta-cloud", folder=facts)


def test_question_answers_with_what_stands_between_and_with_common_facts(facts: Path) -> None:
    lines = shown("question", "retention_zdr", folder=facts)
    first = next(index for index, line in enumerate(lines) if line.startswith("two "))
    assert lines[first : first + 8] == [
        "two yes_public high from tier enterprise on",
        "2026-11-01 through sales, by contract",
        "only once the vendor has approved it",
        "if an agreement `zdr` is in force",
        "retention_days: 30 days",
        "retention_days: not known (endpoints: only files)",
        "human_review: true",
        "opt_out: true",
    ]
    assert any("more facts: vendorgate registry show OFFERING" in line for line in lines)
    typed = json.loads(vendorgate("registry", "question", "retention_zdr", "--format", "json", folder=facts).stdout)
    assert typed["offerings"]["two"]["facts"]["human_review"] is True


def test_verify_asks_what_is_meant_by_a_fact_that_is_almost_called_by_a_common_name(facts: Path) -> None:
    path = facts / "registry-snapshot" / "offerings" / "two.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('"retention_days": 30', '"retention_day": 30, "retention_days_eu": 30'), encoding="utf-8"
    )
    said = "two retention_zdr: the fact `retention_day` is almost called `retention_days`"
    assert said in shown("verify", folder=facts)
    typed = json.loads(vendorgate("registry", "verify", "--format", "json", folder=facts).stdout)
    assert typed["misnamed"] == [
        {"offering": "two", "dimension": "retention_zdr", "fact": "retention_day", "meant": "retention_days"}
    ]
    told = vendorgate("registry", "verify", "--format", "sarif", folder=facts).stdout
    assert json.loads(told)["runs"][0]["results"][-1]["ruleId"] == "misspelt-fact"


def test_search_finds_facts_by_name_and_by_value(facts: Path) -> None:
    ended = vendorgate("registry", "search", "retention_days", "30", "--format", "json", folder=facts)
    found = [(one["offering"], one["where"]) for one in json.loads(ended.stdout)["matches"]]
    assert [one for one in found if one[0] in ("one", "two")] == [
        ("one", "retention_zdr.facts.retention_days"),
        ("two", "retention_zdr.facts.retention_days"),
    ]
    assert "one retention_zdr.facts.basis basis: terms" in shown("search", "terms", folder=facts)


def test_search_finds_all_words_in_any_case_and_order() -> None:
    found = answer("search", "API", "alpha")["matches"]
    assert {(one["offering"], one["where"]) for one in found} == {("alpha-api", "id"), ("alpha-api", "name")}
    assert answer("search", "nothing-like-this")["matches"] == []


def test_comparison_says_which_grades_are_the_same() -> None:
    rows = {
        row["dimension"]: row["same_grade"] for row in answer("compare", "alpha-api", "gamma-gateway")["dimensions"]
    }
    assert rows["soc2_type2"] is True
    assert rows["hipaa_baa"] is False


def test_question_lists_every_offering_with_its_cell() -> None:
    found = answer("question", "hipaa_baa")["offerings"]
    assert [None if cell is None else cell["value"] for cell in found.values()] == [
        "yes_sales_gated",
        "yes_platform_only",
        None,
        "no",
    ]


def test_verify_prints_the_digest_and_what_gets_too_old() -> None:
    report = answer("verify", "--as-of", "2026-11-23")
    assert report["registry"]["sha256"] == read_snapshot(folder(GOOD)).sha256
    assert {(one["offering"], one["dimension"]) for one in report["aging"]} == {
        ("beta-cloud", "iso_42001"),
        ("beta-cloud", "iso_27001"),
        ("delta-words", "soc2_type2"),
    }
    soon = answer("verify", "--as-of", "2026-11-23", "--within", "1d")["aging"]
    assert ("beta-cloud", "soc2_type2") in {(one["offering"], one["dimension"]) for one in soon}


def test_verify_names_cells_without_a_source(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "registry")
    path = tmp_path / "registry" / "offerings" / "alpha-api.yaml"
    text = path.read_text(encoding="utf-8").replace("https://alpha.example/soc2", "ftp://alpha.example/soc2")
    path.write_text(text.replace(", source: https://alpha.example/iso}", "}"), encoding="utf-8")
    arguments = ("registry", "verify", "--registry", "registry", "--format", "json")
    found = json.loads(vendorgate(*arguments, folder=tmp_path).stdout)["unsourced"]
    assert [(one["dimension"], one["evidence"]) for one in found] == [
        ("soc2_type2", "a source that is no https address"),
        ("iso_27001", "no source"),
    ]
    assert answer("verify")["unsourced"] == []


def test_verify_uses_a_bundles_limits_and_pin(tmp_path: Path) -> None:
    shutil.copyfile(ROOT / "policies" / "hipaa" / "phi.yaml", tmp_path / "phi.yaml")
    bundle = tmp_path / "bundle.yaml"
    bundle.write_text("registry: {max_evidence_age_days: {default: 999, gpai_cop: 10}}\n", encoding="utf-8")
    found = answer("verify", "--as-of", "2026-11-23", "--policies", str(tmp_path))["aging"]
    assert [(one["offering"], one["dimension"]) for one in found if one["evidence"] != "never verified"] == [
        ("alpha-api", "gpai_cop"),
        ("beta-cloud", "gpai_cop"),
    ]
    bundle.write_text(f"registry: {{sha256: {'b' * 64}}}\n", encoding="utf-8")
    ended = registry("verify", "--policies", str(tmp_path))
    assert ended.code == 2
    assert "pins another" in ended.stderr


def test_verify_reports_every_mistake_of_every_file(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "registry")
    for name in ("alpha-api", "beta-cloud"):
        path = tmp_path / "registry" / "offerings" / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "typo: 1\n", encoding="utf-8")
    ended = vendorgate("registry", "verify", "--registry", "registry", folder=tmp_path)
    assert ended.code == 2
    assert "not checked: 2 problems" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "alpha"), "did you mean `alpha-api`?"),
        (("compare", "alpha-api"), "a comparison needs two"),
        (("compare", "alpha-api", "alpha-api"), "a comparison needs two"),
        (("compare", "alpha-api", "beta"), "did you mean `beta-cloud`?"),
        (("question", "hippa_baa"), "did you mean `hipaa_baa`?"),
        (("watch-outs", "gama-gateway"), "did you mean `gamma-gateway`?"),
        (("list", "--grade", "soc2=no"), "did you mean `soc2_type2`?"),
        (("list", "--grade", "soc2_type2"), "DIMENSION=GRADE"),
        (("verify", "--within", "-1"), "-1"),
        (("search",), "WORDS"),
    ],
)
def test_what_cannot_be_done_is_said_on_stderr_alone(arguments: tuple[str, ...], said: str) -> None:
    ended = registry(*arguments)
    assert ended.code == 2
    assert ended.stdout == ""
    assert said in ended.stderr


def test_rich_is_loaded_by_the_registry_commands_alone() -> None:
    code = "import sys; from vendorgate.cli.run import run; run(sys.argv[1:]); sys.exit('rich' in sys.modules)"
    for arguments, loaded in ((("check", "--help"), 0), (("explain", "--help"), 0), (("registry", "list"), 1)):
        ended = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, check=False)
        assert ended.returncode == loaded


def test_path_is_the_folder_that_a_check_would_use(tmp_path: Path) -> None:
    shipped = vendorgate("registry", "path", folder=tmp_path)
    assert (shipped.code, Path(shipped.stdout.rstrip("\n"))) == (0, ROOT / "registry-snapshot")
    assert "came with vendorgate" in shipped.stderr
    shutil.copytree(shipped.stdout.rstrip("\n"), tmp_path / "registry-snapshot")
    own = vendorgate("registry", "path", folder=tmp_path)
    assert (own.code, own.stdout) == (0, f"{tmp_path / 'registry-snapshot'}\n")
    named = vendorgate("registry", "path", "--registry", str(GOOD), folder=tmp_path)
    assert (named.code, named.stdout, named.stderr) == (0, f"{GOOD}\n", "")


def test_path_of_no_snapshot_is_refused(tmp_path: Path) -> None:
    ended = vendorgate("registry", "path", "--registry", "nowhere", folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert "no snapshot there" in ended.stderr


def test_show_has_what_names_imply_facts_that_are_others_for_some_names_and_ends(tmp_path: Path) -> None:
    there = tmp_path / "registry-snapshot"
    shutil.copytree(GOOD, there)
    snapshot = there / "snapshot.yaml"
    snapshot.write_text(snapshot.read_text(encoding="utf-8") + "clouds: {aws: {us-east-1: us}}\n", encoding="utf-8")
    cell = {
        "value": "yes_public",
        "verified": "2026-11-01",
        "valid_until": "2026-11-30",
        "facts": {"days": 30},
        "scoped_facts": [{"scope": {"models": {"only": ["m"]}}, "facts": {"days": None}}],
        "readings": [{"on": "2026-10-01", "by": "registry@example.org"}],
    }
    offering = {
        "id": "delta",
        "name": "D",
        "developer": "D",
        "platform": "D",
        "category": "first_party",
        "cloud": "aws",
        "implies": [{"models": ["*-preview"], "set": {"lifecycle": "preview"}}],
        "dimensions": {"hipaa_baa": cell},
    }
    (there / "offerings" / "delta.yaml").write_text(json.dumps(offering), encoding="utf-8")
    shown = " ".join(vendorgate("registry", "show", "delta", folder=tmp_path).stdout.split())
    for words in (
        "models *-preview: lifecycle preview",
        "cloud aws",
        "until 2026-11-30",
        "days: 30",
        "days: not known (models: only m)",
    ):
        assert words in shown
    assert "read on 2026-10-01 by registry@example.org" in shown
    as_json = json.loads(vendorgate("registry", "show", "delta", "--format", "json", folder=tmp_path).stdout)
    assert as_json["cloud_regions"] == {"us-east-1": "us"}
    assert as_json["offering"]["implies"][0]["set"] == {"lifecycle": "preview"}
    verified = vendorgate("registry", "verify", "--as-of", "2026-12-01", folder=tmp_path).stdout
    assert "verified 2026-11-01, counted until 2026-11-30" in " ".join(verified.split())


def test_offering_that_is_gone_says_what_to_look_at_instead(tmp_path: Path) -> None:
    there = tmp_path / "registry-snapshot"
    shutil.copytree(GOOD, there)
    snapshot = there / "snapshot.yaml"
    former = "former: {old-api: {since: 2026-10-01, instead: alpha-api, note: renamed}}\n"
    snapshot.write_text(snapshot.read_text(encoding="utf-8") + former, encoding="utf-8")
    ended = vendorgate("registry", "show", "old-api", folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert "it is gone since 2026-10-01; look at `alpha-api` instead (renamed)" in ended.stderr
    compared = vendorgate("registry", "compare", "alpha-api", "old-api", folder=tmp_path)
    assert (compared.code, "look at `alpha-api` instead" in compared.stderr) == (2, True)


def test_index_of_a_snapshot_from_which_an_offering_has_gone_is_that_of_the_files(tmp_path: Path) -> None:
    there = tmp_path / "registry-snapshot"
    shutil.copytree(GOOD, there)
    assert vendorgate("registry", "index", folder=tmp_path).code == 0
    before = (there / "index.yaml").read_bytes()
    about = there / "snapshot.yaml"
    former = "former: {old-api: {platform: Gone Cloud, instead: alpha-api}}\n"
    about.write_text(about.read_text(encoding="utf-8") + former, encoding="utf-8")
    assert vendorgate("registry", "verify", folder=tmp_path).code == 0
    assert vendorgate("registry", "index", folder=tmp_path).code == 0
    assert (there / "index.yaml").read_bytes() == before


def test_list_that_has_none_says_so(tmp_path: Path) -> None:
    ended = vendorgate("registry", "list", "--platform", "nobody", "--registry", "builtin", folder=tmp_path)
    assert ended.code == 0
    assert ended.stdout.splitlines()[-1].startswith("0 of ")
