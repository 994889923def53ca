"""The command that the action runs: which one, on what, and what came of it.

In: inputs, a change, and a way to run a command. Out: an outcome. The exit code is the command's own and decides alone;
reports only say more.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, Union

import msgspec

from .event import CommitRange, Event
from .files import read
from .inputs import ActionInputs

REPORTS: Final[Mapping[str, str]] = {
    "json": "vendorgate.json",
    "sarif": "vendorgate.sarif",
    "markdown": "vendorgate.md",
    "github": "annotations.txt",
}
"""Format and file name of every report."""

StepVerdict = Literal["pass", "fail", "incomplete", "not-checked"]
VERDICTS: Final[Mapping[int, StepVerdict]] = {0: "pass", 1: "fail"}
"""By exit code; every other code means that nothing was judged, or where a report says so, not everything."""
_INCOMPLETE: Final = 2
_PERHAPS_THE_REPORTS: Final = (2, 3)
"""Codes that a report which cannot be made or written ends with, too."""


class CommandEnd(msgspec.Struct, frozen=True):
    """How a command ended, and what it wrote."""

    code: int
    stdout: str
    stderr: str


RunCommand = Callable[[Sequence[str]], CommandEnd]
"""Runs vendorgate with arguments."""


class StepOutcome(msgspec.Struct, frozen=True):
    """What the action has to tell."""

    title: str
    """The command, as somebody would type its name."""
    ended: CommandEnd
    reports: Mapping[str, Path] = {}
    """By format; those that were written."""
    counts: Mapping[str, int] = {}
    """Results by outcome, and in a review by what became of them; empty where nothing was judged."""
    digest: str = ""
    """The SHA-256 of the registry snapshot."""
    warnings: tuple[str, ...] = ()
    incomplete: bool = False
    """Whether some manifests were judged and others could not be."""

    @property
    def verdict(self) -> StepVerdict:
        return "incomplete" if self.incomplete else VERDICTS.get(self.ended.code, "not-checked")

    def report(self, format: str) -> str:
        """The text of a report; empty where there is none."""
        path = self.reports.get(format)
        return "" if path is None else read(str(path)).decode("utf-8", "replace")

    @property
    def counts_text(self) -> str:
        return json.dumps(self.counts, separators=(",", ":"))


def wants_review(inputs: ActionInputs, event: Event) -> bool:
    return inputs.review == "always" or (inputs.review == "auto" and event.reviewed)


def arguments(inputs: ActionInputs, change: CommitRange | None) -> tuple[str, ...]:
    """The command line, without reports: a review of a change, or a check. No input can become an option."""
    command = ["check"] if change is None else ["review", f"--base={change.base}", f"--head={change.head}"]
    if change is not None and inputs.new_only:
        command.append("--new-only")
    if inputs.code:
        command.append("--code")
    options = {"--policies": inputs.policies, "--registry": inputs.registry, "--fail-on": inputs.fail_on}
    command += [f"{option}={value}" for option, value in options.items() if value]
    return (*command, "--", *inputs.manifests)


def judge(inputs: ActionInputs, change: CommitRange | None, folder: Path | None, command: RunCommand) -> StepOutcome:
    """Run the command. Where its reports are what it stumbles over, the verdict is had without them."""
    asked = arguments(inputs, change)
    title = f"vendorgate {asked[0]}"
    if folder is None:
        warning = "no folder for reports can be made, so there are none; look at RUNNER_TEMP of this runner"
        return StepOutcome(title, command(asked), warnings=(warning,))
    paths = {format: folder / name for format, name in REPORTS.items()}
    outputs = [f"--output={format}={path}" for format, path in paths.items()]
    ended = command((asked[0], *outputs, *asked[1:]))
    if ended.code == _INCOMPLETE and all(path.is_file() for path in paths.values()):
        if _says_why(StepOutcome(title, ended, paths)):
            return StepOutcome(title, ended, paths)
        incomplete = _told(StepOutcome(title, ended, paths, incomplete=True))
        if not incomplete.warnings:
            return incomplete
    if ended.code in _PERHAPS_THE_REPORTS:
        return _without_reports(title, ended, command(asked))
    written = {format: path for format, path in paths.items() if path.is_file()}
    outcome = StepOutcome(title, ended, written)
    return _told(outcome) if ended.code in VERDICTS else outcome


def _without_reports(title: str, ended: CommandEnd, bare: CommandEnd) -> StepOutcome:
    """The outcome of a second run; where it has a verdict, it was the reports that the first one failed for."""
    if bare.code not in VERDICTS:
        return StepOutcome(title, bare)
    words = "the verdict stands, but its reports could not be made; the log says why"
    return StepOutcome(title, CommandEnd(bare.code, bare.stdout, ended.stderr + bare.stderr), warnings=(words,))


class _Registry(msgspec.Struct, frozen=True):
    sha256: str


class _ReportInputs(msgspec.Struct, frozen=True):
    registry: _Registry


class _Report(msgspec.Struct, frozen=True, tag_field="schema", tag="vendorgate.report/1"):
    verdict: StepVerdict
    summary: dict[str, int]
    inputs: _ReportInputs


class _Review(msgspec.Struct, frozen=True, tag_field="schema", tag="vendorgate.review/1"):
    verdict: StepVerdict
    summary: dict[str, int]
    report: _Report


class _Problems(msgspec.Struct, frozen=True, tag_field="schema", tag="vendorgate.problems/1"):
    """Of a document that stands where a report would."""


def _says_why(outcome: StepOutcome) -> bool:
    """Whether the reports say why nothing was judged."""
    try:
        msgspec.json.decode(outcome.report("json"), type=_Problems)
    except msgspec.MsgspecError:
        return False
    return True


def _told(outcome: StepOutcome) -> StepOutcome:
    """With what the JSON report says; one that cannot be read, or contradicts the exit code, is said to be unusable."""
    try:
        report = msgspec.json.decode(outcome.report("json"), type=Union[_Report, _Review])
    except msgspec.MsgspecError as error:
        return msgspec.structs.replace(outcome, warnings=(f"the JSON report cannot be read: {error}",))
    if report.verdict != outcome.verdict:
        return msgspec.structs.replace(outcome, warnings=("the JSON report contradicts the exit code, which counts",))
    check = report.report if isinstance(report, _Review) else report
    counts = {**check.summary, **report.summary}
    return msgspec.structs.replace(outcome, counts=counts, digest=check.inputs.registry.sha256)
