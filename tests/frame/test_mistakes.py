"""What keeps a command from its work stands in every report that was asked for, and over no input."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any, Final

import pytest
from lxml import etree

from tests.cli.test_words import COMMANDS as EVERY
from tests.command import ROOT, Ended, vendorgate
from tests.golden.found import COMMANDS, FOUND
from tests.workbooks import texts
from vendorgate.frame.problems import FORMATS

REPORTS: Final = (
    "json",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "csv",
    "markdown",
    "html",
    "intoto",
    "oscal",
    "cyclonedx",
    "ics",
)
NOTHING: Final = {
    "check": ("check", "broken.yaml"),
    "review": ("review", "--base", "nothing"),
    "plan": ("plan", "broken.yaml"),
    "impact": ("impact", "broken.yaml", "--policies-to", "nowhere"),
    "explain": ("explain", "broken.yaml", "--usage", "u"),
    "repair": ("repair", "broken.yaml", "--usage", "u"),
    "alternatives": ("alternatives", "broken.yaml", "--usage", "u"),
    "agreements check": ("agreements", "check", "broken.yaml"),
    "agreements list": ("agreements", "list", "--policies", "nowhere"),
    "policy lint": ("policy", "lint", "nowhere"),
    "policy test": ("policy", "test", "nowhere"),
    "policy list": ("policy", "list", "nowhere"),
    "registry verify": ("registry", "verify", "--registry", "nowhere"),
    "registry list": ("registry", "list", "--registry", "nowhere"),
    "registry diff": ("registry", "diff", "nowhere", "elsewhere"),
    "waiver list": ("waiver", "list", "--policies", "nowhere"),
}
"""By command: a command line that can come to nothing."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "broken.yaml").write_text("version: 2\n", encoding="utf-8")
    return tmp_path


def formats_of(command: str) -> list[str]:
    (option,) = [one for one in EVERY[command].params if "--format" in one.opts]
    choices: Any = option.type
    return list(choices.choices)


@pytest.mark.parametrize(
    "command", [name for name, one in EVERY.items() if any("--format" in p.opts for p in one.params)]
)
def test_every_format_of_every_command_can_say_that_nothing_was_judged(command: str) -> None:
    assert set(formats_of(command)) <= FORMATS.keys()


@pytest.mark.parametrize("command", NOTHING)
def test_reports_say_why_a_command_comes_to_nothing(command: str, folder: Path) -> None:
    formats = formats_of(command)
    outputs = [f"--output={format}=out.{format}" for format in formats]
    for format in formats:
        (folder / f"out.{format}").write_text("PASS\n", encoding="utf-8")
    ended = vendorgate(*NOTHING[command], *outputs, "--format", "json", folder=folder)
    assert ended.code == 2
    assert "not checked: " in ended.stderr
    assert ended.stdout == ""
    told = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    assert (told["schema"], told["command"]) == ("vendorgate.problems/1", f"vendorgate {command}")
    for format in formats:
        file = folder / f"out.{format}"
        text = texts(file.read_bytes()) if format == "xlsx" else file.read_text(encoding="utf-8")
        assert text != "PASS\n"
        assert told["problems"][0]["message"][:20] in text.replace("\r\n ", "").replace("\\", "")
    assert not list(folder.glob(".out.*"))


def broken(*more: str, folder: Path = FOUND) -> Ended:
    return vendorgate(*COMMANDS["problems"], *more, folder=folder)


@pytest.mark.parametrize("format", ["text", *REPORTS[:-1]])
def test_mistakes_are_told_on_the_error_stream_and_standard_output_is_empty(format: str) -> None:
    ended = broken("--format", format)
    assert (ended.code, ended.stdout) == (2, "")
    annotations = [line for line in ended.stderr.splitlines(keepends=True) if line.startswith("::error file=")]
    assert bool(annotations) == (format == "github")
    lines = ended.stderr.splitlines(keepends=True)
    assert "".join(line for line in lines if line not in annotations) == broken().stderr


def test_no_report_of_mistakes_reads_as_a_pass(tmp_path: Path) -> None:
    broken(*(f"--output={format}={tmp_path / format}" for format in REPORTS[:-1]))
    printed = {format: (tmp_path / format).read_text(encoding="utf-8") for format in REPORTS[:-1]}
    assert json.loads(printed["json"])["verdict"] == "not-checked"
    (run,) = json.loads(printed["sarif"])["runs"]
    assert not run["invocations"][0]["executionSuccessful"]
    assert all(result["level"] == "error" for result in run["results"])
    assert all(line.startswith("::error file=") for line in printed["github"].splitlines()[:-1])
    assert {entry["severity"] for entry in json.loads(printed["gitlab"])} == {"blocker"}
    assert int(etree.fromstring(printed["junit"].encode()).get("errors", "")) == 6
    assert all(line.startswith('"not_judged"') for line in printed["csv"].splitlines()[1:])
    assert json.loads(printed["cyclonedx"])["services"] == []
    (assessed,) = json.loads(printed["oscal"])["assessment-results"]["results"]
    assert {one["target"]["status"]["state"] for one in assessed["findings"]} == {"not-satisfied"}
    assert json.loads(printed["intoto"])["predicate"]["verificationResult"] == "FAILED"
    for format in ("markdown", "html"):
        assert "not checked" in printed[format]
        assert "Nothing was judged" in printed[format]


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "problems"])
def test_exit_code_is_the_same_whatever_the_format(name: str) -> None:
    formats = formats_of(name.replace("-", " "))
    assert {"sarif", "github", "gitlab", "junit"} <= set(formats)
    codes = {vendorgate(*COMMANDS[name], "--format", format, folder=FOUND).code for format in formats}
    assert len(codes) == 1


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "problems"])
def test_what_is_printed_is_what_a_file_holds(name: str, tmp_path: Path) -> None:
    for format in formats_of(name.replace("-", " ")):
        file = tmp_path / format
        ended = vendorgate(*COMMANDS[name], "--format", format, "--output", f"{format}={file}", folder=FOUND)
        assert file.read_text(encoding="utf-8") == ended.stdout
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".tmp")]


def test_problems_that_have_a_name_of_their_own_go_by_it(tmp_path: Path) -> None:
    cast = ROOT / "tests" / "golden" / "cast"
    for name in ("policies", "registry"):
        shutil.copytree(cast / name, tmp_path / name)
    (tmp_path / "policies" / "bundle.yaml").write_text(
        f"version: 1\nregistry: {{sha256: {'a' * 64}}}\n", encoding="utf-8"
    )

    def ids(*more: str) -> set[str]:
        vendorgate("registry", "verify", "--registry", "registry", "--output", "json=told", *more, folder=tmp_path)
        return {one["id"] for one in json.loads((tmp_path / "told").read_text(encoding="utf-8"))["problems"]}

    assert ids("--policies", "policies") == {"pin-mismatch"}
    vendorgate("registry", "index", "--registry", "registry", folder=tmp_path)
    index = tmp_path / "registry" / "index.yaml"
    written = json.loads(index.read_text(encoding="utf-8"))
    index.write_text(json.dumps({**written, "names": []}), encoding="utf-8")
    assert ids() == {"index-mismatch"}
    index.write_text(json.dumps({**written, "sha256": {}}), encoding="utf-8")
    assert ids() == {"stale-index"}


@pytest.mark.parametrize("named", ["*.txt", "**/*.txt", "./vendorgate.txt"])
@pytest.mark.parametrize("output", ["vendorgate.txt", "policies/p.yaml", "registry-snapshot/new.json", "other.yaml"])
def test_what_may_be_an_input_is_not_written_over_where_inputs_are_not_known(
    output: str, named: str, tmp_path: Path
) -> None:
    for name in ("policies", "registry-snapshot"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("vendorgate.txt", "other.yaml", "policies/p.yaml"):
        (tmp_path / name).write_text("version: 2\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    given = ("check", named, "--repository", "no repository", "--output", f"json={output}")
    assert vendorgate(*given, folder=tmp_path).code == 2
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_report_beside_manifests_that_are_searched_for_says_why(tmp_path: Path) -> None:
    given = ("check", ".", "--repository", "no repository", "--output", "json=report.json")
    assert vendorgate(*given, folder=tmp_path).code == 2
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["verdict"] == "not-checked"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_report_that_cannot_be_written_is_a_problem_too(folder: Path) -> None:
    ended = vendorgate("check", "broken.yaml", "--output", "json=/dev/full", "--output", "text=fine.txt", folder=folder)
    assert ended.code == 2
    assert "/dev/full: cannot be written" in ended.stderr
    assert (folder / "fine.txt").read_text(encoding="utf-8").endswith("not checked: 3 problems\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_answer_that_cannot_be_written_is_no_reason_to_take_back_another(tmp_path: Path) -> None:
    lint = COMMANDS["policy-lint"]
    fine = tmp_path / "fine.json"
    ended = vendorgate(*lint, "--output", f"json={fine}", "--output", "sarif=/dev/full", folder=FOUND)
    assert ended.code == 2
    assert json.loads(fine.read_text(encoding="utf-8"))["schema"] == "vendorgate.policy-lint/1"
