"""One thing that was found, whatever found it: a mistake in an input, a notice, a lint, a test that fails.

In: what commands and inputs have found. Out: `Diagnostic`s, which every format of `diagnostics/` renders. Texts are
plain, not yet escaped: each format does that in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

import msgspec

from ..errors import ENOUGH, Problem
from ..logic.wording import count
from ..model.result import Notice
from ..model.vocabulary import Severity
from ..source import Location, Source
from .surroundings import BUILT_IN

INVALID: Final = "invalid-input"
"""The id of a mistake that has none of its own."""
NOT_JUDGED: Final = {"not-judged": "a manifest that was meant and could not be judged"}
"""By the id that reports give it."""
_KINDS: Final = {
    INVALID: "a mistake in an input or on the command line",
    "stale-index": "the index of a snapshot is of other files",
    "index-mismatch": "the index of a snapshot is not what its files say",
    "pin-mismatch": "a snapshot is not the one that the bundle pins",
}
"""Of mistakes."""
_SEVERITY: Final[Mapping[Severity, int]] = {"error": 0, "warning": 1, "note": 2}


def _readable(found: Location | None) -> Location | None:
    return None if found is None or found.path.startswith(BUILT_IN) else found


class Related(msgspec.Struct, frozen=True):
    """Another place that a diagnostic is about."""

    words: str
    """What stands there."""
    location: Location

    @property
    def readable(self) -> Location | None:
        """Where a reader of the repository finds it."""
        return _readable(self.location)


class Diagnostic(msgspec.Struct, frozen=True):
    """One thing that was found, where, and what to do about it."""

    id: str
    """What kind of thing it is."""
    severity: Severity
    message: str
    """What was found; lower case, without a full stop."""
    help: str | None = None
    """What to do; an imperative."""
    location: Location | None = None
    """None where no line of a file is meant."""
    source: Source | None = None
    """The file, for the excerpt; None where there is no text to show."""
    related: tuple[Related, ...] = ()
    reasons: tuple[str, ...] = ()
    """Why it is so, a line each; spaces at the beginning say what is inside of what."""
    more: str | None = None
    """The command that says more of it."""
    about: tuple[str, ...] = ()
    """Names of what it is about, which tell it from others of its id in its file; never a day, an age or a line."""
    blocks: bool = True
    """Whether the command fails because of it."""

    @property
    def readable(self) -> Location | None:
        """Where a reader of the repository finds it."""
        return _readable(self.location)


class Diagnosed(msgspec.Struct, frozen=True):
    """All that a command found, for formats that know nothing but diagnostics."""

    command: str
    """As somebody types it, without options."""
    diagnostics: tuple[Diagnostic, ...]
    closing: str
    """What it comes to, in one line."""
    judged: bool = True
    """False where nothing was judged because of what was found."""
    kinds: Mapping[str, str] = {}
    """By id, what kind of thing it is, for those that somebody wrote words for."""
    incomplete: bool = False
    """Whether something else was meant, too, and not judged, as some of the diagnostics say."""

    @property
    def last_line(self) -> str:
        """What it comes to, as it stands at the end."""
        return self.closing if self.judged else f"not checked: {self.closing}"

    @property
    def verdict(self) -> Literal["pass", "fail", "incomplete", "not-checked"]:
        """Fail as soon as one of them blocks."""
        if not self.judged:
            return "not-checked"
        if self.incomplete:
            return "incomplete"
        return "fail" if any(one.blocks for one in self.diagnostics) else "pass"

    @property
    def worst_first(self) -> list[Diagnostic]:
        """What blocks, then by severity, else as they stand."""
        return sorted(self.diagnostics, key=lambda one: (not one.blocks, _SEVERITY[one.severity]))


def of_problem(problem: Problem) -> Diagnostic:
    """A mistake in an input."""
    return Diagnostic(
        problem.id or INVALID,
        "error",
        problem.title,
        problem.help,
        problem.location,
        problem.source,
        about=(problem.title,),
    )


def of_notice(notice: Notice) -> Diagnostic:
    """A notice of an evaluation."""
    return Diagnostic(
        notice.id,
        notice.severity,
        notice.message,
        notice.help,
        notice.location,
        about=notice.about,
        blocks=notice.blocks,
    )


def of_problems(command: str, problems: Iterable[Problem]) -> Diagnosed:
    """All mistakes because of which nothing was judged, as many as are enough."""
    ordered = in_order(problems)
    told = tuple(map(of_problem, ordered[:ENOUGH]))
    return Diagnosed(command, told, count_words(ordered), judged=False, kinds=_KINDS)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each once, by place."""
    return sorted(dict.fromkeys(problems), key=_place)


def _place(problem: Problem) -> tuple[str, int, int, str]:
    at = problem.location
    return (at.path, at.line, at.column, problem.title) if at is not None else ("", 0, 0, problem.title)


def count_words(problems: list[Problem]) -> str:
    """How many mistakes there are, as far as anybody looked."""
    return f"{ENOUGH} or more problems" if len(problems) >= ENOUGH else count(len(problems), "problem")
