"""Manifests with mistakes hide nothing of the others, and nothing passes because of that."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest

from tests.command import Ended, vendorgate
from tests.workbooks import texts
from tests.world import AS_OF, OFFERING, SNAPSHOT
from vendorgate import Gate, InputError
from vendorgate.frame.formats import FORMATS
from vendorgate.report.diagnostics.json import ProblemsReport
from vendorgate.report.json import Report

INPUTS = ("--policies", "policies", "--registry", "registry", "--as-of", AS_OF.isoformat())
POLICY = {
    "version": 1,
    "policies": [{"id": "p", "title": "P", "require": [{"disjoint": [{"var": "usage.data"}, ["phi"]]}]}],
}
GOOD, BAD = ["public"], ["phi"]


def manifest(project: str, data: list[str]) -> dict[str, Any]:
    return {"version": 1, "project": project, "usages": [{"id": "u", "offering": "alpha", "data": data}]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """`a` passes, `b` fails, `c` and `d` have mistakes, `e` has none and both names."""
    files: dict[str, Any] = {
        "registry/snapshot.yaml": SNAPSHOT,
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, "dimensions": {}},
        "policies/p.yaml": POLICY,
        "a/vendorgate.yaml": manifest("a", GOOD),
        "b/vendorgate.yml": manifest("b", BAD),
        "c/vendorgate.yaml": manifest("c", ["phl", "pci", "piii"]),
        "e/vendorgate.yaml": manifest("e", GOOD),
        "e/vendorgate.yml": manifest("e", GOOD),
    }
    for name, value in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value), encoding="utf-8")
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "vendorgate.yaml").write_text("project: [\n", encoding="utf-8")
    return tmp_path


def check(folder: Path, *arguments: str) -> Ended:
    return vendorgate("check", *arguments, *INPUTS, folder=folder)


@pytest.mark.parametrize(
    ("given", "left", "judged"),
    [
        (["a/vendorgate.yaml", "c/vendorgate.yaml"], ["c/vendorgate.yaml"], ["a"]),
        (["a/vendorgate.yaml", "nowhere.yaml"], ["nowhere.yaml"], ["a"]),
        (["a/vendorgate.yaml", "e/vendorgate.yml"], ["e/vendorgate.yml"], ["a"]),
        (["a", "e"], ["e/vendorgate.yaml", "e/vendorgate.yml"], ["a"]),
        (["b", "nothing/*.yaml"], ["nothing/*.yaml"], ["b"]),
        (["b", "policies"], ["policies"], ["b"]),
        (
            ["[a-e]/vendorgate.y*ml"],
            ["c/vendorgate.yaml", "d/vendorgate.yaml", "e/vendorgate.yaml", "e/vendorgate.yml"],
            ["a", "b"],
        ),
    ],
)
def test_others_are_judged_and_the_verdict_is_incomplete(
    folder: Path, given: list[str], left: list[str], judged: list[str]
) -> None:
    ended = check(folder, *given, "--format", "json")
    report = json.loads(ended.stdout)
    assert ended.code == 2
    assert report["verdict"] == "incomplete"
    assert [one["path"] for one in report["not_judged"]] == left
    assert all(one["problems"] and one["problems"][0]["location"]["path"] for one in report["not_judged"])
    assert [one["project"] for one in report["results"]] == judged
    assert all(path in ended.stderr for path in left)
    msgspec.convert(report, Report)


def test_every_mistake_of_what_is_not_judged_is_told_with_its_place_and_advice(folder: Path) -> None:
    report = json.loads(check(folder, "a", "c", "--format", "json").stdout)
    first, second = report["not_judged"][0]["problems"]
    assert first["message"] == "`phl` is not a data class"
    assert first["location"]["path"] == "c/vendorgate.yaml"
    assert first["help"] == "did you mean `phi`?"
    assert second["message"] == "`piii` is not a data class"


@pytest.mark.parametrize("given", [["c"], ["c", "d"], ["e"], ["nowhere.yaml"], ["nothing/*"], ["policies"]])
def test_where_nothing_can_be_judged_the_report_says_why(folder: Path, given: list[str]) -> None:
    ended = check(folder, *given, "--format", "json", "--output", "json=out.json")
    assert (ended.code, ended.stdout) == (2, "")
    assert "not checked" in ended.stderr
    report = msgspec.json.decode((folder / "out.json").read_bytes(), type=ProblemsReport)
    assert report.problems


@pytest.mark.parametrize("place", ["policies/p.yaml", "registry/offerings/alpha.yaml", "registry/snapshot.yaml"])
def test_mistake_in_what_judges_is_everybody_s(folder: Path, place: str) -> None:
    (folder / place).write_text("version: 2\n", encoding="utf-8")
    ended = check(folder, "a", "c", "--format", "json", "--output", "json=out.json")
    assert (ended.code, ended.stdout) == (2, "")
    assert place in ended.stderr
    report = msgspec.json.decode((folder / "out.json").read_bytes(), type=ProblemsReport)
    assert place in {one.location and one.location.path for one in report.problems}


def _begins(text: str, *words: str) -> bool:
    """Whether what was not judged comes before what was."""
    return all(word in text for word in words) and text.index("phl") < text.index("b/vendorgate.yml")


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_begins_with_what_was_not_judged(folder: Path, format: str) -> None:
    ended = check(folder, "a", "b", "c", "--format", format)
    assert ended.code == 2
    told = texts(ended.stdout.encode("utf-8", "surrogateescape")) if format == "xlsx" else ended.stdout
    assert "c/vendorgate.yaml" in told
    if format not in ("json", "sarif", "xlsx", "oscal", "intoto"):  # these begin with what they depend on
        assert _begins(told, "did you mean")


def test_formats_carry_the_verdict_where_they_have_a_place_for_it(folder: Path) -> None:
    def said(format: str) -> str:
        return check(folder, "a", "c", "--format", format).stdout

    assert said("text").splitlines()[-1].startswith("INCOMPLETE  1 of 2 manifests judged, 1 usage, ")
    assert said("markdown").startswith("## vendorgate: INCOMPLETE")
    assert "<title>INCOMPLETE: " in said("html")
    run = json.loads(check(folder, "b", "c", "--format", "sarif").stdout)["runs"][0]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["properties"]["verdict"] == "incomplete"
    assert [(one["ruleId"], one["level"]) for one in run["results"]] == [("not-judged", "error"), ("p", "error")]
    assert run["tool"]["driver"]["rules"][run["results"][0]["ruleIndex"]]["id"] == "not-judged"
    (entry,) = json.loads(said("gitlab"))
    assert (entry["check_name"], entry["severity"]) == ("not-judged", "blocker")
    root = ElementTree.fromstring(said("junit"))
    assert (root.get("errors"), root.get("tests")) == ("1", "2")
    (row, passed) = csv.DictReader(io.StringIO(said("csv")))
    assert (row["outcome"], row["blocks"], row["manifest"]) == ("not_judged", "yes", "c/vendorgate.yaml")
    assert passed["outcome"] == "pass"
    assert said("github").startswith("::error file=c/vendorgate.yaml,line=")


def test_an_annotation_stands_for_each_of_few_and_a_count_for_the_others(folder: Path) -> None:
    for number in range(12):
        (folder / f"x{number:02}").mkdir()
        (folder / f"x{number:02}" / "vendorgate.yaml").write_text("version: 2\n", encoding="utf-8")
    lines = check(folder, "b", *(f"x{number:02}" for number in range(12)), "--format", "github").stdout.splitlines()
    assert len([line for line in lines if line.startswith("::error")]) <= 11
    assert any("3 more manifests that were not judged" in line for line in lines)


def test_reports_to_files_are_written(folder: Path) -> None:
    ended = check(folder, "a", "c", "--output", "json=out.json", "--format", "markdown")
    assert ended.code == 2
    assert json.loads((folder / "out.json").read_text(encoding="utf-8"))["verdict"] == "incomplete"
    assert "did you mean `phi`?" in ended.stderr


def test_the_error_stream_does_not_repeat_what_the_report_tells_a_person(folder: Path) -> None:
    ended = check(folder, "a", "c")
    assert "not judged: 1 of 2 manifests: c/vendorgate.yaml" in ended.stderr
    assert "did you mean" not in ended.stderr
    assert ended.stdout.startswith("error: `phl` is not a data class")


def test_waiver_that_only_what_is_not_judged_might_need_is_not_called_unused(folder: Path) -> None:
    waiver = {"policy": "p", "project": "c", "reason": "r", "approved_by": "a", "expires": "2026-12-31"}
    (folder / "policies" / "waivers.yaml").write_text(json.dumps({"version": 1, "waivers": [waiver]}), encoding="utf-8")
    assert "unused-waiver" in check(folder, "a", "b").stdout
    text = check(folder, "a", "c", "--format", "json").stdout
    assert "unused-waiver" not in text
    (folder / "r.json").write_text(text, encoding="utf-8")
    assert vendorgate("verify", "r.json", *INPUTS[:4], folder=folder).code == 0


@pytest.mark.parametrize("command", [("explain",), ("repair",), ("alternatives",)])
def test_commands_about_one_manifest_take_a_folder_of_one(folder: Path, command: tuple[str, ...]) -> None:
    ended = vendorgate(*command, "b", "--usage", "u", *INPUTS, folder=folder)
    assert "b/vendorgate.yml" in ended.stdout
    several = vendorgate(*command, ".", "--usage", "u", *INPUTS, folder=folder)
    assert (several.code, several.stdout) == (2, "")
    single = vendorgate(*command, "c", "--usage", "u", *INPUTS, folder=folder)
    assert (single.code, single.stdout) == (2, "")


class TestGate:
    """Whoever calls it cannot take what is incomplete for a pass."""

    def test_check_refuses_unless_it_is_allowed(self, folder: Path) -> None:
        gate = Gate(folder / "policies", folder / "registry")
        given = [folder / "a" / "vendorgate.yaml", folder / "c" / "vendorgate.yaml"]
        with pytest.raises(InputError, match="phl"):
            gate.check(given, as_of=AS_OF)
        found = gate.check(given, as_of=AS_OF, allow_incomplete=True)
        assert found.verdict == "incomplete"
        assert found.summary.blocking == 0
        assert [one.path for one in found.not_judged] == [str(given[1])]

    def test_complete_stays_what_it_is(self, folder: Path) -> None:
        gate = Gate(folder / "policies", folder / "registry")
        for name, verdict in (("a/vendorgate.yaml", "pass"), ("b/vendorgate.yml", "fail")):
            found = gate.check(folder / name, as_of=AS_OF, allow_incomplete=True)
            assert (found.verdict, found.not_judged) == (verdict, ())

    def test_what_fails_beside_it_does_not_make_it_complete(self, folder: Path) -> None:
        gate = Gate(folder / "policies", folder / "registry")
        given = [folder / "b" / "vendorgate.yml", folder / "c" / "vendorgate.yaml"]
        assert gate.check(given, as_of=AS_OF, allow_incomplete=True).verdict == "incomplete"


class TestVerify:
    """An incomplete report holds where what was not judged still cannot be, for the same reasons."""

    def verified(self, folder: Path) -> Ended:
        return vendorgate("verify", "r.json", *INPUTS[:4], folder=folder)

    def test_it_holds(self, folder: Path) -> None:
        text = check(folder, "a", "c", "d", "e", "nowhere.yaml", "nothing/*", "--format", "json").stdout
        (folder / "r.json").write_text(text, encoding="utf-8")
        assert self.verified(folder).code == 0, self.verified(folder).stdout

    @pytest.mark.parametrize("words", [["phi"], ["phx", "pci", "piii"]])
    def test_it_does_not_hold_for_other_mistakes_or_none(self, folder: Path, words: list[str]) -> None:
        text = check(folder, "a", "c", "--format", "json").stdout
        (folder / "r.json").write_text(text, encoding="utf-8")
        changed = manifest("c", words)
        (folder / "c" / "vendorgate.yaml").write_text(json.dumps(changed), encoding="utf-8")
        ended = self.verified(folder)
        assert ended.code == 1
        assert "not-judged" in ended.stdout

    def test_nothing_outside_of_the_folder_is_opened(self, folder: Path) -> None:
        text = check(folder, "a", "c", "--format", "json").stdout
        (folder / "r.json").write_text(text.replace("c/vendorgate.yaml", "../c/vendorgate.yaml"), encoding="utf-8")
        ended = self.verified(folder)
        assert ended.code == 1
        assert "the report is of a manifest out" in ended.stdout


def test_manifest_on_standard_input(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from vendorgate.load import files

    files._standard_input.cache_clear()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO((folder / "b" / "vendorgate.yml").read_bytes())))
    ended = check(folder, "-", "--format", "json")
    files._standard_input.cache_clear()
    assert ended.code == 1
    assert json.loads(ended.stdout)["inputs"]["manifests"][0]["path"] == "-"


@pytest.mark.parametrize("stream", [None, io.StringIO("version: 1\n")])
def test_standard_input_that_is_none_is_a_mistake(
    folder: Path, monkeypatch: pytest.MonkeyPatch, stream: io.StringIO | None
) -> None:
    from vendorgate.load import files

    files._standard_input.cache_clear()
    monkeypatch.setattr("sys.stdin", stream)
    ended = check(folder, "-", "a", "--format", "json")
    assert ended.code == 2
    assert "standard input cannot be read" in ended.stderr


@pytest.mark.parametrize("given", [".", "**/vendorgate.yaml", "vendorgate.yaml"])
def test_working_directory_that_is_gone_is_no_fault(folder: Path, given: str) -> None:
    gone = folder / "gone"
    gone.mkdir()
    line = f'rmdir "$PWD"; {sys.executable} -m vendorgate check "{given}"'
    ended = subprocess.run(("bash", "-c", line), cwd=gone, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 2, ended.stderr
