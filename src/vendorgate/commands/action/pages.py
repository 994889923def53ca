"""What a reader on GitHub sees: the summary of the run and the comment on the pull request.

In: an outcome. Out: Markdown within the limits of its place. The report is the one of the format `markdown`; where
there is none, the log stands in its place, as text that means nothing but itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ...report.markup import markdown
from .job import Job
from .running import StepOutcome, StepVerdict

_HEADING: Final[Mapping[StepVerdict, str]] = {
    "pass": "vendorgate: pass",
    "fail": "vendorgate: fail",
    "incomplete": "vendorgate: incomplete",
    "not-checked": "vendorgate: not checked",
}
_EXPLAINED: Final[Mapping[StepVerdict, str]] = {
    "pass": "Nothing blocks.",
    "fail": "At least one result blocks.",
    "incomplete": "Not every manifest could be judged, so nothing has passed.",
    "not-checked": "Nothing was judged, so nothing passed.",
}
_CUT: Final = "…\n"
_ADDRESS: Final = re.compile(r"https?://[\w.:-]+/[\w.-]+/[\w.-]+/actions/runs/\d+", re.ASCII)


def page(outcome: StepOutcome, largest: int, end: str = "") -> str:
    """The report and an end, in at most so many bytes; where that is too long, the counts and the beginning of the log.

    GitHub counts the bytes of a summary and the characters of a comment; of bytes there are never fewer.
    """
    report = outcome.report("markdown").rstrip()
    whole = f"{report}\n{end}"
    return whole if report and _size(whole) <= largest else _short(outcome, largest, end)


def _short(outcome: StepOutcome, largest: int, end: str) -> str:
    counts = ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in outcome.counts.items())
    told = f"{_EXPLAINED[outcome.verdict]}{f' Results: {counts}.' if counts else ''}"
    beginning = f"## {_HEADING[outcome.verdict]}\n\n{markdown(told)}\n"
    log = outcome.ended.stdout + outcome.ended.stderr
    while log and _size(beginning + _fenced(log) + end) > largest:
        log = _shorter(log)
    return f"{beginning}{_fenced(log)}{end}" if log else f"{beginning}{end}"


def _size(text: str) -> int:
    return len(text.encode("utf-8", "backslashreplace"))


def _shorter(log: str) -> str:
    """About half of it, whole lines."""
    lines, _, _ = log.removesuffix(_CUT)[: len(log) // 2].rpartition("\n")
    return f"{lines}\n{_CUT}" if lines else ""


def _fenced(text: str) -> str:
    """A block of code; its fence is longer than any inside."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"\n{fence}text\n{text.rstrip()}\n{fence}\n"


def footer(job: Job) -> str:
    """Which job of which run says so, so that comments of several jobs can be told apart."""
    names = [job.said(name) for name in ("GITHUB_WORKFLOW", "GITHUB_JOB")]
    told = markdown(" / ".join(name for name in names if name) or "this run")
    address = (
        f"{job.said('GITHUB_SERVER_URL')}/{job.said('GITHUB_REPOSITORY')}/actions/runs/{job.said('GITHUB_RUN_ID')}"
    )
    return f"\n<sub>{f'[{told}]({address})' if _ADDRESS.fullmatch(address) else told}</sub>\n"
