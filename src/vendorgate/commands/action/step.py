"""The action on one page: read what is asked, judge, hand on, tell.

In: the environment of a step, and the tools of the command line. Out: what the step has saved and said, and its exit
code. The verdict is saved before anybody is told of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from ...errors import Problem, UsageError, VendorgateError, reason_of
from .commits import change_of
from .ending import UNKNOWN
from .event import CommitRange, Event, read_event
from .files import read, report_folder, save_outputs
from .inputs import ActionInputs, read_inputs
from .job import Job
from .running import CommandEnd, StepOutcome, judge, wants_review
from .telling import Say, tell
from .workflow import announce


class Tools(msgspec.Struct, frozen=True):
    """What the command line does for the action."""

    run: Callable[[Sequence[str], str], CommandEnd]
    """Runs a command in a folder."""
    show: Callable[[Sequence[Problem]], str]
    """Problems, as every command shows them."""
    say: Say


def act(environment: Mapping[str, str], token: str, tools: Tools) -> int:
    """The step that judges; 0 where the last step will know the verdict, and end with its code."""
    job = Job(environment)
    try:
        job = Job(environment, read_inputs(environment), _event(environment))
        outcome = _judged(job, tools)
    except VendorgateError as error:
        outcome = StepOutcome("vendorgate", CommandEnd(error.exit_code, "", tools.show(error.problems)))
    saved = _saved(job, outcome, tools.say)
    tell(job, token, outcome, tools.say)
    return 0 if saved else outcome.ended.code or UNKNOWN


def _event(environment: Mapping[str, str]) -> Event:
    payload = read(environment.get("GITHUB_EVENT_PATH", ""))
    return read_event(environment.get("GITHUB_EVENT_NAME", ""), payload, environment.get("GITHUB_SHA", ""))


def _judged(job: Job, tools: Tools) -> StepOutcome:
    within = job.inputs.working_directory
    folder = str(Path(job.said("GITHUB_WORKSPACE") or ".", within))
    if not Path(folder).is_dir():
        words = f"input `working-directory`: `{within}` is not a folder of the workspace"
        raise UsageError([Problem(words, help="check the path, and that the repository has been checked out")])
    change = _change(job.inputs, job.event, folder)
    reports = report_folder(job.said("RUNNER_TEMP"))
    return judge(job.inputs, change, reports, lambda arguments: tools.run(arguments, folder))


def _change(inputs: ActionInputs, event: Event, folder: str) -> CommitRange | None:
    """What to review; None where everything is to be checked."""
    if not wants_review(inputs, event):
        return None
    change = change_of(event, folder)
    if change is None:
        words = f"input `review`: the event `{event.name}` has nothing to compare with"
        raise UsageError([Problem(words, help="write `review: auto`, which reviews pull requests and merge groups")])
    return change


def _saved(job: Job, outcome: StepOutcome, say: Say) -> bool:
    """Hand on the outputs; False where the runner's file cannot be written."""
    try:
        save_outputs(job.said("GITHUB_OUTPUT"), _outputs(job, outcome))
    except OSError as error:
        say(announce("error", f"the outputs cannot be handed on: {reason_of(error)}; look at GITHUB_OUTPUT"))
        return False
    return True


def _outputs(job: Job, outcome: StepOutcome) -> Mapping[str, str]:
    """The outputs of action.yml, and what its next steps need."""
    sarif = str(outcome.reports.get("sarif", ""))
    uploaded = sarif and job.inputs.sarif and job.event.scanned and outcome.verdict in ("pass", "fail")
    return {
        "verdict": outcome.verdict,
        "exit-code": str(outcome.ended.code),
        "counts": outcome.counts_text,
        "report-json": str(outcome.reports.get("json", "")),
        "sarif-file": sarif,
        "registry-digest": outcome.digest,
        "upload": "true" if uploaded else "false",
        "category": f"vendorgate/{job.key}",
    }
