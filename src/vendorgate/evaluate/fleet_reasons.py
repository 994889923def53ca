"""Why a rule over all usages came to what it did: values that were counted, usages that decide or leave it open.

In: a rule and what judges it. Out: reasons. It asks the evaluators that decided, so that it cannot disagree with them.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Iterator
from typing import Final

from ..logic import Json, Node, Operation, Unknown, Value, truth_of
from ..logic.kleene import CHOICES, NEGATIONS
from ..logic.members import Range, Truth, told_apart
from ..logic.paths import COMPARISONS, COUNT, is_of_all
from ..logic.wording import count
from ..model.fleet_policy import CountedValue, FleetReason, Sight
from ..model.vocabulary import Decision
from .case import decision
from .fleet import FleetRules, Picked
from .wording import words

MOST_VALUES: Final = 20
"""Values that are told one by one."""
MOST_SEEN: Final = 3
"""Usages that are."""


def reasons_for(node: Node, rules: FleetRules, wanted: bool = True) -> tuple[FleetReason, ...]:
    """Why a rule is not, or not certainly, of the truth that is wanted of it."""
    value = rules.value(node)
    outcome = decision(value, wanted)
    if outcome == "pass":
        return ()
    if not isinstance(node, Operation):
        return (FleetReason(outcome, f"{words(node)} stands here"),)
    if node.name in ("and", "or", "!!", *NEGATIONS):
        turned = wanted != (node.name in NEGATIONS)
        return tuple(dict.fromkeys(one for part in node.arguments for one in reasons_for(part, rules, turned)))
    if node.name in CHOICES:
        return _of_choice(node, rules, wanted)
    if node.name in COMPARISONS and any(map(_is_count, node.arguments)):
        counts = [one for one in node.arguments if isinstance(one, Operation) and _is_count(one)]
        return tuple(_of_count(one, rules, outcome) for one in counts)
    if is_of_all(node.arguments[0]):
        return tuple(_of_quantifier(node, rules, truth_of(value), outcome))
    return (FleetReason(outcome, f"{words(node)}: {_held(truth_of(value))}"),)


def _of_choice(node: Operation, rules: FleetRules, wanted: bool) -> tuple[FleetReason, ...]:
    """Of the branch that was taken, and before it of each condition that is not known, with its own branch."""
    arguments = node.arguments
    found: list[FleetReason] = []
    for index in range(0, len(arguments) - 1, 2):
        truth = truth_of(rules.value(arguments[index]))
        if truth is None:
            found.extend(reasons_for(arguments[index], rules))
        if truth is not False:
            found.extend(reasons_for(arguments[index + 1], rules, wanted))
        if truth is True:
            return tuple(found)
    if len(arguments) % 2:
        found.extend(reasons_for(arguments[-1], rules, wanted))
    return tuple(found) or (FleetReason(decision(None, wanted), f"{words(node)} has no branch that holds"),)


def _is_count(node: Node) -> bool:
    return isinstance(node, Operation) and node.name == COUNT


def _held(truth: Truth) -> str:
    return "cannot be decided" if truth is None else "holds" if truth else "does not hold"


def _of_count(node: Operation, rules: FleetRules, outcome: Decision) -> FleetReason:
    open_ones: list[Picked] = []
    values, number = _values(rules.counted(node), rules, open_ones)
    what = words(node.arguments[1])
    message = f"{_range(rules.range_of(node))} of {what}"
    left = number - MOST_VALUES
    message += f", of which the {MOST_VALUES} most frequent are told" if left > 0 else ""
    usages = sum(one.member.times for one in open_ones)
    if usages:
        message += f"; of {count(usages, 'usage')} it is not known which, or whether to count"
    return FleetReason(outcome, message + _unread(rules), values, usages, _seen(open_ones, rules))


def _range(found: Range) -> str:
    if found.high == math.inf:
        return f"at least {_distinct(found.low)}"
    return _distinct(found.low) if found.low == found.high else f"{int(found.low)} to {_distinct(found.high)}"


def _distinct(number: float) -> str:
    return count(int(number), "distinct value")


def _values(
    counted: Iterable[tuple[Picked, Value]], rules: FleetRules, open_ones: list[Picked]
) -> tuple[tuple[CountedValue, ...], int]:
    """The most frequent values of usages that surely count, and how many there are; other usages are open."""
    found: dict[Hashable, tuple[Json, int, int]] = {}
    for one, value in counted:
        if one.sure is None or isinstance(value, Unknown):
            open_ones.append(one)
            continue
        key = told_apart(value)
        _, times, first = found.get(key, (None, 0, one.member.first))
        found[key] = value, times + one.member.times, min(first, one.member.first)
    ordered = sorted(found.values(), key=lambda each: (-each[1], each[2]))
    told = tuple(CountedValue(value, times, rules.fleet.sight(first)) for value, times, first in ordered[:MOST_VALUES])
    return told, len(ordered)


def _of_quantifier(node: Operation, rules: FleetRules, truth: Truth, outcome: Decision) -> Iterator[FleetReason]:
    """The usages that decide it; where it is open, those that leave it so."""
    held = [*rules.held(node)]
    body = words(node.arguments[1])
    if truth is None:
        left = [one for one, each in held if each is None or (one.sure is None and each is not (node.name == "all"))]
        usages = sum(one.member.times for one in left)
        known = f"of {count(usages, 'usage')} it is not known whether {body}" if usages else f"{body}: not known of all"
        yield _about(outcome, known + _unread(rules), left, rules)
        return
    decisive = node.name != "all"
    decided = [one for one, each in held if one.sure is True and each is decisive]
    if decided:
        some = count(sum(one.member.times for one in decided), "usage")
        yield _about(outcome, f"of {some} {body}: {_held(decisive)}", decided, rules)
    elif decisive:
        yield FleetReason(outcome, f"of no usage {body}: holds")
    else:
        yield FleetReason(outcome, f"no usage is known to be meant, and `all` of none is false: {body}")


def _about(outcome: Decision, message: str, picked: list[Picked], rules: FleetRules) -> FleetReason:
    return FleetReason(outcome, message, (), sum(one.member.times for one in picked), _seen(picked, rules))


def _unread(rules: FleetRules) -> str:
    unread = rules.fleet.unread
    return f"; nothing is known of the usages in {count(unread, 'place')} that could not be judged" if unread else ""


def _seen(picked: Iterable[Picked], rules: FleetRules) -> tuple[Sight, ...]:
    first = sorted(one.member.first for one in picked)
    return tuple(map(rules.fleet.sight, first[:MOST_SEEN]))
