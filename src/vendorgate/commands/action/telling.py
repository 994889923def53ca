"""Whoever is told of an outcome: the log, the summary of the run, the pull request.

In: a job and its outcome. Out: text in those places; whatever keeps it from there is a warning, and the verdict stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from typing import Final

from ...errors import reason_of
from .files import LARGEST_SUMMARY, save_summary
from .job import Job
from .pages import footer, page
from .running import StepOutcome
from .workflow import announce, folded, quoted

Say = Callable[[str], None]
"""Writes to the log."""

_STANDS: Final = "the verdict stands"
_FORK: Final = "a pull request from a fork gets a token that may only read; the summary of the run has the report"
_REFUSING: Final = (401, 403, 404)


def tell(job: Job, token: str, outcome: StepOutcome, say: Say) -> None:
    """Tell everybody whom the inputs name."""
    _log(job, outcome, say)
    if job.inputs.summary:
        _summarize(job, outcome, say)
    if job.event.pull_request and job.inputs.comment != "never":
        _comment(job, token, outcome, say)


def _log(job: Job, outcome: StepOutcome, say: Say) -> None:
    """A report is folded away; what kept anything from being judged is not."""
    ended = outcome.ended
    if outcome.verdict == "not-checked":
        say(quoted(ended.stdout + ended.stderr))
        say(announce("error", f"{outcome.title}: not checked, exit code {ended.code}; the log says why"))
    else:
        say(folded(outcome.title, ended.stderr + ended.stdout))
    if outcome.verdict == "incomplete":
        words = f"incomplete, exit code {outcome.ended.code}; the report begins with what was not judged"
        say(announce("error", f"{outcome.title}: {words}"))
    if outcome.verdict in ("incomplete", "not-checked") and job.inputs.sarif and job.event.scanned:
        words = "not uploaded to code scanning: it would close the alerts of manifests that were not judged"
        say(announce("warning", words))
    if job.inputs.annotations:
        say(outcome.report("github"))
    for warning in outcome.warnings:
        say(announce("warning", warning))
    if job.inputs.sarif and not job.event.scanned:
        event = job.event.name or "no event"
        say(announce("notice", f"not uploaded to code scanning: it would file the results of `{event}` elsewhere"))


def _summarize(job: Job, outcome: StepOutcome, say: Say) -> None:
    try:
        save_summary(job.said("GITHUB_STEP_SUMMARY"), page(outcome, LARGEST_SUMMARY))
    except OSError as error:
        say(announce("warning", f"the summary cannot be written: {reason_of(error)}; {_STANDS}"))


def _comment(job: Job, token: str, outcome: StepOutcome, say: Say) -> None:
    from .api import ApiRefusal  # what follows imports requests

    try:
        _put(job, token, outcome)
    except ApiRefusal as error:
        help = _FORK if job.event.fork and error.status in _REFUSING else error.help
        words = f"the API of GitHub {error.words}; {help}"
    except Exception as error:  # noqa: BLE001 a fault in telling must not become a verdict
        words = f"a fault of vendorgate, {type(error).__name__}"
    else:
        return
    say(announce("warning", f"no comment on pull request {job.event.pull_request}: {words}; {_STANDS}"))


def _put(job: Job, token: str, outcome: StepOutcome) -> None:
    """Update the comment; also the one that said that something fails, when nothing does any more."""
    from .api import Api, ApiRefusal
    from .comment import LARGEST, Comments, marker

    repository = job.said("GITHUB_REPOSITORY")
    if not token:
        raise ApiRefusal("cannot be asked without a token", "leave the input `token` at its default")
    if not re.fullmatch(r"[\w-]+/[\w.-]*[\w-][\w.-]*", repository, re.ASCII):
        raise ApiRefusal("cannot be asked without the name of the repository", "look at GITHUB_REPOSITORY")
    mark = marker(job.key)
    text = page(outcome, LARGEST - len(mark), footer(job))
    create = job.inputs.comment == "always" or outcome.verdict != "pass"
    with closing(Api(job.said("GITHUB_API_URL"), token)) as api:
        Comments(api, repository, job.event.pull_request).put(mark, text, create=create)
