"""What a gather comes to, for people.

In: a `Summary`. Out: each repository that could not be read, with what to do, and a line that sums up.
"""

from __future__ import annotations

from collections.abc import Iterator

from ....logic.wording import count, few
from ....report.diagnostic import INVALID, Diagnostic
from ....report.diagnostics.text import lines
from ....terminal.escape import escape
from ....terminal.style import Style
from .model import Failed, RepositoryTold, Summary

_NAMED = 5
"""Repositories without a name that a line names."""


def render(summary: Summary, style: Style) -> str:
    """Every problem, then what it comes to."""
    told = [_told(one, one.failed) for one in summary.repositories if one.failed is not None]
    blocks = ["\n".join(lines(one, style, name="error", gutter=2)) for one in told]
    return "\n\n".join([*blocks, "\n".join(_closing(summary))]) + "\n"


def _told(one: RepositoryTold, failed: Failed) -> Diagnostic:
    title = f"{one.name} could not be read: {failed.problem}"
    return Diagnostic(INVALID, "error", title, failed.help, reasons=(f"it is at {one.place}",))


def _closing(summary: Summary) -> Iterator[str]:
    every, failed = len(summary.repositories), summary.failed
    read = f"{every - failed} gathered ({summary.changed} changed)"
    lost = f", {failed} could not be read" if failed else ""
    yield f"{count(every, 'repository', 'repositories')}: {read}{lost}; " + _counts(summary)
    if summary.removed:
        gone = count(len(summary.removed), "repository", "repositories")
        yield f"{gone} left the store, because nothing names {'it' if len(summary.removed) == 1 else 'them'} any more"
    if summary.unnamed:
        names = escape(few(list(summary.unnamed), _NAMED))
        yield f"without OWNER/NAME, so that no project is bound to them: {names}"


def _counts(summary: Summary) -> str:
    drift = "" if summary.drift is None else f", {count(summary.drift, 'difference')} between code and manifests"
    return count(summary.manifests, "manifest") + drift
