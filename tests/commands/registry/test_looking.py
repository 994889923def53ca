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


def test_list_that_has_none_says_so(tmp_path: Path) -> None:
    ended = vendorgate("registry", "list", "--platform", "nobody", "--registry", "builtin", folder=tmp_path)
    assert ended.code == 0
    assert ended.stdout.splitlines()[-1].startswith("0 of ")
