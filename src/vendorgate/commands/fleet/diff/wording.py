"""What is another in a run, in the words that all formats for people share; plain text, not yet escaped.

In: a difference. Out: one line each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ....logic.wording import count, few
from ....model.vocabulary import Outcome
from .model import (
    Cause,
    Example,
    FleetCause,
    FleetDifference,
    PlaceKind,
    Places,
    RunSide,
    Standing,
    SubjectName,
    Turned,
    TurnedRule,
    TurnKind,
)

_MOST: Final = 4
"""Policies that are named one by one."""
TURNS: Final[Mapping[TurnKind, str]] = {
    "new": "new",
    "worse": "worse",
    "better": "better",
    "fixed": "fixed",
    "gone": "gone",
    "lost": "not judged any more",
}
INPUTS: Final[Mapping[FleetCause, str]] = {
    "manifest": "manifests changed",
    "registry": "the registry changed",
    "policies": "the bundle changed",
    "day": "the day is another",
    "threshold": "the threshold is another",
    "version": "vendorgate is another",
}
PLACES: Final[Mapping[PlaceKind, str]] = {
    "appeared": "appeared",
    "vanished": "vanished",
    "failed": "cannot be judged now",
    "mended": "can be judged again",
}


def cause_words(cause: Cause) -> str:
    """Why results turned."""
    if not cause.inputs:
        return cause.what
    return f"{' or '.join(INPUTS[one] for one in cause.inputs)} ({cause.what})"


def turned_words(one: Turned) -> str:
    """How many turned, and how many of them block."""
    words = f"{count(one.results, 'result')} of {count(one.subjects, 'subject')}"
    if one.kind in ("gone", "lost"):
        return f"{words}, of which {one.blocks} blocked" if one.blocks else words
    return f"{words}, of which {one.blocks} {'blocks' if one.blocks == 1 else 'block'}" if one.blocks else words


def policies_words(one: Turned) -> str:
    """The policies whose results turned."""
    return few([f"{policy} ({number})" for policy, number in one.policies], _MOST)


def example_words(one: Example) -> str:
    """A result that turned, and what it came to before and now."""
    return f"{subject_words(one.subject, one.line)}: {one.policy} {_standing(one.before)} -> {_standing(one.after)}"


def subject_words(name: SubjectName, line: int | None) -> str:
    """Which subject is meant, and where it stands."""
    below = not name.repository or name.manifest.startswith(f"{name.repository}/")
    path = name.manifest if below else f"{name.repository}: {name.manifest}"
    offering = f"{name.offering} ({name.vendor})" if name.vendor else name.offering
    account = f", account {name.account}" if name.account else ""
    route = "" if name.route == "primary" else f", {name.route}"
    return f"{path}{'' if line is None else f':{line}'} `{name.usage}` {offering}{account}{route}"


def _standing(one: Standing | None) -> str:
    if one is None:
        return "not there"
    return f"{one.outcome.replace('_', ' ')}{', blocks' if one.blocks else ''}"


def rule_words(one: TurnedRule) -> str:
    """A rule over all usages that turned."""
    return f"{one.policy}: {_side(one.before)} -> {_side(one.after)}"


def _side(one: tuple[Outcome, bool] | None) -> str:
    return "not there" if one is None else f"{one[0]}{', blocks' if one[1] else ''}"


def places_words(what: str, one: Places) -> str:
    """Repositories or manifests that came, went, failed or can be judged again."""
    plural = {"repository": "repositories"}.get(what, "")
    listed = few(list(one.examples), len(one.examples))
    more = f" and {one.count - len(one.examples)} more" if one.count > len(one.examples) else ""
    return f"{count(one.count, what, plural)} {PLACES[one.kind]}: {listed}{more}"


def notes(found: FleetDifference) -> Iterator[str]:
    """What a reader should know before all else."""
    before, after = found.before, found.after
    if before.database_sha256 == after.database_sha256 and before.as_of == after.as_of:
        yield "both are of the same bytes"
    if found.is_turned_round:
        yield f"the first run is of a later day ({before.as_of}) than the second ({after.as_of})"
    for side in (before, after):
        if side.verdict == "incomplete":
            yield f"{side.shown} did not judge all that was meant: what is missing there is no improvement"
        if side.departing:
            one, several = (
                "difference between code and manifests blocks",
                "differences between code and manifests block",
            )
            yield f"{side.shown}: {count(side.departing, one, several)}; how code departs is not compared"
    if before.version != after.version:
        yield f"judged by vendorgate {before.version} and {after.version}"


def side_words(side: RunSide) -> str:
    """A run, by its day and what it came to."""
    subjects = count(side.subjects, "subject")
    return f"{side.shown}, as of {side.as_of}: {side.verdict}, {subjects}, {side.blocking} blocking"


def closing_words(found: FleetDifference) -> str:
    """What it comes to, in one line."""
    kinds = ((kind, found.count(kind)) for kind in TURNS)
    counted = [f"{number} {TURNS[kind]}" for kind, number in kinds if number]
    subjects = f"{count(found.added, 'subject')} came, {found.removed} went"
    return f"{', '.join(counted) or 'nothing turned'}; {found.unchanged} as they were; {subjects}"
