"""What the action tells, and that no text, file or disk keeps the verdict from the last step."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.command import vendorgate
from tests.commands.action.in_process import step
from tests.commands.action.repositories import POLICY, manifest, write
from tests.commands.action.runner import hear, machine, read_outputs
from vendorgate.commands.action.event import CommitRange
from vendorgate.commands.action.files import save_outputs
from vendorgate.commands.action.inputs import ActionInputs
from vendorgate.commands.action.pages import page
from vendorgate.commands.action.running import REPORTS, CommandEnd, StepOutcome, judge
from vendorgate.commands.action.workflow import announce, folded, quoted

COMMANDS = (
    "::set-output name=verdict::pass",
    "  ::error::x",
    "##[error]x",
    "text ##[add-path]x",
    "::stop-commands::x",
    "::endgroup::",
    "::x::",
    "\r::warning::x",
)
HOSTILE = st.lists(st.sampled_from([*COMMANDS, "`", "```", "~~~", "<b>", "@everyone", "a", "é", "…"]) | st.text()).map(
    "\n".join
)
"""Text as an input may hold it: commands among it, and what ends a block of code."""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    write(folder, {"vendorgate.yaml": manifest("phi"), "policies/p.yaml": POLICY})
    return folder


@given(HOSTILE)
@example("\n".join(COMMANDS))
def test_quoted_text_holds_no_command(text: str) -> None:
    assert hear(quoted(text) + announce("notice", "after")) == hear(announce("notice", "after"))


@given(HOSTILE, HOSTILE)
def test_folded_text_is_one_group(title: str, text: str) -> None:
    assert [one.name for one in hear(folded(title, text))] == ["group", "endgroup"]


@given(HOSTILE)
def test_announcement_is_one_command_of_one_line(text: str) -> None:
    line = announce("warning", text)
    (said,) = hear(line)
    assert (said.name, said.properties) == ("warning", {"title": "vendorgate"})
    assert len(line.splitlines()) == 1


@given(st.dictionaries(st.from_regex(r"[a-z][a-z-]*", fullmatch=True), HOSTILE))
@example({"a": "x\nb<<y\nz\ny", "b": "c=d"})
def test_outputs_are_read_by_the_runner_as_they_were_saved(
    tmp_path_factory: pytest.TempPathFactory, outputs: dict[str, str]
) -> None:
    path = tmp_path_factory.mktemp("outputs") / "output"
    plain = {name: value.encode("utf-8", "replace").decode() for name, value in outputs.items()}
    save_outputs(str(path), plain)
    assert read_outputs(path.read_bytes().decode()) == plain


@given(st.sampled_from([0, 1, 2]), HOSTILE, st.integers(300, 5_000))
def test_page_of_a_log_keeps_its_limit_and_holds_the_log_as_code(code: int, log: str, largest: int) -> None:
    text = page(StepOutcome("vendorgate check", CommandEnd(code, log * 20, "")), largest)
    assert len(text.encode("utf-8", "backslashreplace")) <= largest
    tokens = MarkdownIt("commonmark", {"html": True}).parse(text)
    kinds = [token.type for token in tokens if token.level == 0 and token.nesting != -1]
    assert kinds in (["heading_open", "paragraph_open", "fence"], ["heading_open", "paragraph_open"])


@pytest.mark.parametrize(
    ("annotations", "said"), [("true", {"group", "endgroup", "error"}), ("false", {"group", "endgroup"})]
)
def test_hostile_manifest_is_no_command_of_the_log(annotations: str, said: set[str], workspace: Path) -> None:
    purpose = 'id: u, purpose: "x\\n::error::x\\r\\n##[error]x", cloud_region: "::error::x"'
    names = ("::error::x", "##[error]x", "a%0A::error::x")
    manifests = {f"{name}/vendorgate.yaml": manifest("phi").replace("id: u", purpose) for name in names}
    title = POLICY.replace("PHI goes to nobody", '"::error::x%0A::error::x ##[error]x"')
    write(workspace, {**manifests, "policies/p.yaml": title})
    given = {"VENDORGATE_MANIFESTS": "\n".join(manifests), "VENDORGATE_ANNOTATIONS": annotations}
    ended = step(workspace, different=given)
    assert ended.outputs["verdict"] == "fail"
    assert {one.name for one in ended.said} - {"notice", "warning"} == said  # all three go by one name
    assert all(one.text != "x" for one in ended.said)


def test_hostile_mistake_is_no_command_of_the_log(workspace: Path) -> None:
    write(workspace, {"vendorgate.yaml": '"::set-output name=verdict::pass": 1\n##[error]x: 2\n'})
    ended = step(workspace)
    assert (ended.outputs["verdict"], ended.outputs["exit-code"]) == ("not-checked", "2")
    error, *annotations = ended.said
    assert "not checked, exit code 2" in error.text
    assert {(one.name, one.properties.get("file")) for one in annotations} == {("error", "vendorgate.yaml")}
    assert {one.properties["line"] for one in annotations} == {"1"}


def test_summary_is_left_out_where_nobody_wants_it(workspace: Path) -> None:
    assert step(workspace, different={"VENDORGATE_SUMMARY": "false"}).summary == ""
    assert step(workspace).summary != ""


@pytest.mark.parametrize("path", ["", "/nowhere/summary", "/dev/full", "."])
def test_summary_that_cannot_be_written_is_a_warning_and_the_verdict_stands(path: str, workspace: Path) -> None:
    ended = step(workspace, different={"GITHUB_STEP_SUMMARY": path})
    assert (ended.code, ended.outputs["verdict"], ended.outputs["exit-code"]) == (0, "fail", "1")
    (warning,) = ended.texts("warning")
    assert "the summary cannot be written" in warning


@pytest.mark.parametrize("path", ["", "/nowhere/output", "/dev/full", "."])
@pytest.mark.parametrize(("data", "code"), [("phi", 1), ("public", 3)])
def test_outputs_that_cannot_be_written_fail_the_step_whatever_the_verdict(
    path: str, data: str, code: int, workspace: Path
) -> None:
    write(workspace, {"vendorgate.yaml": manifest(data)})
    ended = step(workspace, different={"GITHUB_OUTPUT": path})
    assert ended.code == code
    assert any("the outputs cannot be handed on" in text for text in ended.texts("error"))


@pytest.mark.parametrize("folder", ["/nowhere", "/dev/null", "vendorgate.yaml\0"[:-1]])
def test_reports_that_have_no_folder_are_a_warning_and_the_verdict_stands(folder: str, workspace: Path) -> None:
    ended = step(workspace, different={"RUNNER_TEMP": folder})
    assert (ended.code, ended.outputs["verdict"], ended.outputs["exit-code"]) == (0, "fail", "1")
    assert (ended.outputs["report-json"], ended.outputs["sarif-file"], ended.outputs["counts"]) == ("", "", "{}")
    (warning,) = ended.texts("warning")
    assert "RUNNER_TEMP" in warning
    assert "At least one result blocks" in ended.summary


class Command:
    """Runs as it is told to; where reports are asked for, they are what a test says."""

    def __init__(self, with_reports: int, without: int, reports: dict[str, str]) -> None:
        self.codes = (with_reports, without)
        self.reports = reports

    def __call__(self, arguments: Sequence[str]) -> CommandEnd:
        outputs = [one.removeprefix("--output=").partition("=") for one in arguments if one.startswith("--output=")]
        for format, _, path in outputs:
            if format in self.reports:
                Path(path).write_text(self.reports[format], encoding="utf-8")
        return CommandEnd(self.codes[not outputs], "out\n", "with reports\n" if outputs else "without\n")


REPORT: dict[str, Any] = {
    "schema": "vendorgate.report/1",
    "verdict": "fail",
    "summary": {"fail": 1, "blocking": 1},
    "inputs": {"registry": {"sha256": "f" * 64}},
}


def told(**different: Any) -> str:
    return json.dumps({**REPORT, **different})


def test_review_tells_what_became_of_results_too(tmp_path: Path) -> None:
    changes = {"new": 1, "unchanged": 2, "blocking": 1}
    review = {"schema": "vendorgate.review/1", "verdict": "fail", "summary": changes, "report": REPORT}
    outcome = judge(
        ActionInputs(), CommitRange("a" * 40, "b" * 40), tmp_path, Command(1, 2, {"json": json.dumps(review)})
    )
    assert outcome.counts == {"fail": 1, "new": 1, "unchanged": 2, "blocking": 1}
    assert outcome.digest == "f" * 64


def test_exit_code_counts_and_the_report_tells_more(tmp_path: Path) -> None:
    outcome = judge(ActionInputs(), None, tmp_path, Command(1, 2, {"json": told(), "sarif": "{}"}))
    assert (outcome.verdict, outcome.counts, outcome.digest) == ("fail", {"fail": 1, "blocking": 1}, "f" * 64)
    assert outcome.reports == {"json": tmp_path / REPORTS["json"], "sarif": tmp_path / REPORTS["sarif"]}
    assert outcome.warnings == ()


@pytest.mark.parametrize(
    "report", ["", "{", "[]", '{"verdict": "pass"}', told(verdict="fine"), told(summary={"fail": "x"})]
)
def test_report_that_cannot_be_read_is_a_warning_and_the_exit_code_counts(report: str, tmp_path: Path) -> None:
    outcome = judge(ActionInputs(), None, tmp_path, Command(1, 2, {"json": report}))
    assert (outcome.verdict, outcome.counts, outcome.digest) == ("fail", {}, "")
    assert "the JSON report cannot be read" in outcome.warnings[0]


@pytest.mark.parametrize(("code", "verdict"), [(0, "fail"), (1, "pass")])
def test_report_that_contradicts_the_exit_code_is_believed_in_nothing(code: int, verdict: str, tmp_path: Path) -> None:
    outcome = judge(ActionInputs(), None, tmp_path, Command(code, 2, {"json": told(verdict=verdict)}))
    assert outcome.ended.code == code
    assert (outcome.counts, outcome.digest) == ({}, "")
    assert "contradicts the exit code" in outcome.warnings[0]


@pytest.mark.parametrize("code", [2, 3])
@pytest.mark.parametrize("verdict", [0, 1])
def test_reports_that_cannot_be_made_keep_no_verdict_back(code: int, verdict: int, tmp_path: Path) -> None:
    outcome = judge(ActionInputs(), None, tmp_path, Command(code, verdict, {"json": told(verdict="pass")}))
    assert outcome.ended.code == verdict
    assert outcome.reports == {}
    assert "with reports" in outcome.ended.stderr
    assert len(outcome.warnings) == 1


@pytest.mark.parametrize("codes", [(2, 2), (3, 3), (2, 3), (130, 0)])
def test_nothing_is_judged_where_no_run_judges(codes: tuple[int, int], tmp_path: Path) -> None:
    outcome = judge(ActionInputs(), None, tmp_path, Command(*codes, {}))
    assert outcome.verdict == "not-checked"
    assert outcome.ended.code in codes
    assert outcome.warnings == ()


def test_step_that_does_not_comment_imports_no_client(tmp_path: Path, workspace: Path) -> None:
    environment = {**os.environ, "GITHUB_WORKSPACE": str(workspace), "RUNNER_TEMP": str(tmp_path)}
    command = (sys.executable, "-X", "importtime", "-m", "vendorgate", "action", "run")
    ran = subprocess.run(command, cwd=workspace, env=environment, capture_output=True, text=True, check=False)
    imported = re.findall(r"^import time: .*\| +(\S+)$", ran.stderr, re.MULTILINE)
    assert "vendorgate.commands.action.telling" in imported
    assert not {"requests", "rich", "ruamel.yaml"} & set(imported)


def ended(**environment: str) -> Any:
    with patch.dict(os.environ, {"PATH": os.environ["PATH"], **environment}, clear=True):
        return vendorgate("action", "end", folder=Path.cwd())


@pytest.mark.parametrize("code", [0, 1, 2, 3, 130])
def test_last_step_ends_with_the_code_that_was_saved(code: int) -> None:
    last = ended(VENDORGATE_EXIT_CODE=str(code))
    assert (last.code, last.stdout, last.stderr) == (code, "", "")


@pytest.mark.parametrize("code", ["", "00", "4", "-1", "zero", "0\n", " 0", "256", "1_3"])
def test_last_step_never_passes_without_a_code(code: str) -> None:
    last = ended(VENDORGATE_EXIT_CODE=code)
    assert last.code == 3
    assert "nothing has passed" in last.stdout


def test_job_fails_where_the_step_that_judges_breaks_down(tmp_path: Path, workspace: Path) -> None:
    runner = machine(tmp_path, workspace, inside=False)
    broken = runner.temporary / "vendorgate" / "bin" / "python"
    script = f'#!/bin/sh\ncase "$*" in *"action run") exit 127;; esac\nexec "{sys.executable}" "$@"\n'
    broken.write_text(script, encoding="utf-8")
    ran = runner.run("schedule", {}, "0" * 40)
    assert ran.failed
    assert ran.codes == {"Judge": 127, "End with the verdict": 3}
    assert ran.uploads() == []


def test_job_ends_at_an_installation_that_fails(tmp_path: Path, workspace: Path) -> None:
    runner = machine(tmp_path, workspace, skipped=frozenset(), inside=False)
    (runner.temporary / "vendorgate").rename(runner.temporary / "elsewhere")
    (runner.temporary / "vendorgate").write_text("in the way", encoding="utf-8")
    ran = runner.run("schedule", {}, "0" * 40)
    assert ran.failed
    assert [*ran.codes] == ["Make an environment"]
