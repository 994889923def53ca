"""Diagnostics as SARIF 2.1.0: a rule an id, a result a diagnostic.

In: what was found. Out: JSON within GitHub's limits; what would be over them is left out from the least important on,
and a notification says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ...terminal.escape import escape
from ..diagnostic import Diagnosed, Diagnostic
from ..identity import diagnostic_identities
from ..sarif_log import LONGEST, MOST_RESULTS, MOST_RULES, fitted, left_out, log, place
from ..sarif_rules import LEVEL, message
from ..surroundings import Surroundings
from ..uri import is_inside
from .wording import beside as words_beside

_LONGEST_DESCRIPTION: Final = 1024
_LONGEST_LINE: Final = 250
_MOST_LINES: Final = 20
_MOST_RELATED: Final = 20


def render(found: Diagnosed, surroundings: Surroundings = Surroundings()) -> str:
    """The log; the same diagnostics give the same bytes."""
    worst = found.worst_first
    return fitted(lambda kept: _log(found, worst, kept, surroundings), min(len(worst), MOST_RESULTS))


def _log(found: Diagnosed, worst: Sequence[Diagnostic], kept: int, surroundings: Surroundings) -> dict[str, object]:
    shown = worst[:kept]
    first = {one.id: one for one in reversed(shown)}
    rules = {id: rule(first[id], found.kinds.get(id, "")) for id in sorted(first)[:MOST_RULES]}
    places = {id: index for index, id in enumerate(rules)}
    results = [
        result(one, identity, places[one.id], surroundings)
        for one, identity in zip(shown, diagnostic_identities(shown, surroundings), strict=True)
    ]
    more = len(worst) - kept
    told = [left_out(f"{more} results", "GitHub takes no more")] if more else []
    invocation = {"executionSuccessful": found.judged and not found.incomplete, "toolExecutionNotifications": told}
    properties = {"command": found.command, "verdict": found.verdict, "closing": escape(found.closing)}
    return log(list(rules.values()), results, invocation, properties=properties)


def rule(one: Diagnostic, words: str = "") -> dict[str, object]:
    """The rule of a diagnostic, with what somebody says of its kind."""
    description = {"shortDescription": message(escape(words), _LONGEST_DESCRIPTION)} if words else {}
    return {"id": one.id, **description, "defaultConfiguration": {"level": LEVEL[one.severity]}}


def result(
    one: Diagnostic, identity: str, index: int, surroundings: Surroundings, beside: Mapping[str, object] | None = None
) -> dict[str, object]:
    """A diagnostic as a result of the rule that stands at an index; what is `beside` comes before its properties."""
    told = [f"{escape(one.message)}.", *words_beside(one, _MOST_LINES, _LONGEST_LINE, surroundings)]
    return {
        "ruleId": one.id,
        "ruleIndex": index,
        "kind": "fail",
        "level": LEVEL[one.severity],
        "message": message("\n".join(told), LONGEST),
        "locations": [] if one.readable is None else [place(one.readable, surroundings)],
        **_related(one, surroundings),
        "partialFingerprints": {"primaryLocationLineHash": identity},
        **(beside or {}),
        "properties": {"outcome": "fail", "blocks": one.blocks},
    }


def _related(one: Diagnostic, surroundings: Surroundings) -> dict[str, object]:
    """Other places, those that are in the repository."""
    places = [(other.words, other.readable) for other in one.related]
    inside = [(words, at) for words, at in places if at is not None and is_inside(surroundings.path(at.path))]
    found = [
        {"id": number, "message": message(escape(words), _LONGEST_LINE), **place(at, surroundings)}
        for number, (words, at) in enumerate(inside[:_MOST_RELATED], 1)
    ]
    return {"relatedLocations": found} if found else {}
