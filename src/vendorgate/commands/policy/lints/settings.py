"""Rules that pass what a project may write and nobody means: an empty text, a text for a boolean, a number below zero.

In: a policy. Out: findings. Settings are an open set: a manifest may give any name to any text, number or boolean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ....evaluate.reading import path_of
from ....logic import Json, Literal, Node, Operation, Sequence, walk
from ....logic.kleene import CHOICES, JUNCTIONS
from ....logic.paths import reads, words_of
from ....logic.values import to_number
from ....model.asking import OBSERVED
from ....model.policy import Policy
from ....source import Path
from ..conditions import conditions_of, rules_of
from ..lint_model import LintFinding, LintId
from ..polarity import ConditionWithPolarity, reads_the_value, with_polarity

_OPEN: Final = ("usage.settings.", "usage.attributes.")
_TEXTS: Final = frozenset(
    (
        *(f"usage.{name}" for name in ("id", "purpose", "cloud_region", "account", "vendor")),
        *("primary.platform", "primary.developer", "project.name", "project.owner"),
        *(f"offering.{name}" for name in ("name", "platform", "developer", "model_family")),
    )
)
"""Paths to a text of no closed vocabulary; of the others a part is refused when a rule is read."""
_RISING: Final = ("<", "<=")
_ORDERS: Final = (*_RISING, ">", ">=")
_EQUALITIES: Final = ("==", "===")
_DIFFERENCES: Final = ("!=", "!==")
_DAYS: Final = ("days_since", "days_until")


def _is_open(path: str | None) -> bool:
    return path is not None and path.startswith(_OPEN)


def _finding(id: LintId, policy: Policy, place: Path, message: str, help: str) -> LintFinding:
    return LintFinding(id, message, help, policy.source, place, policy.id)


def known(policy: Policy) -> Iterator[LintFinding]:
    """`known-setting`: that a setting is declared, or observed, is asked, and not what it is."""
    for one in with_polarity(policy):
        for path in _asked_for(one):
            if _is_open(path) and not reads_the_value(one.beside, path) and not _decided_beside(one, path):
                how = "observed" if words_of(one.node, OBSERVED) else "declared"
                message = f"met by false and by an empty text: nothing is asked of `{path}` but that it is {how}"
                help = (
                    f'ask for the value that is meant, as in {{"===": [{{var: {path}}}, true]}}'
                    f' or {{matches: [{{var: {path}}}, "DPIA-*"]}}'
                )
                yield _finding("known-setting", policy, one.place, message, help)


def _asked_for(one: ConditionWithPolarity) -> tuple[str, ...]:
    """The paths of which a condition asks only whether they are declared."""
    if not isinstance(one.node, Operation):
        return ()
    asks = (one.helps and one.node.name == "known") or (one.hurts and one.node.name in ("missing", "missing_some"))
    if one.helps and one.node.name == OBSERVED:
        return words_of(one.node, OBSERVED)
    return reads(one.node) if asks else ()


def _decided_beside(one: ConditionWithPolarity, path: str) -> bool:
    """Whether more is asked beside: of what is stated that it was observed, of what was observed that it covers."""
    if words_of(one.node, OBSERVED):
        return any(words_of(node, "covered") for node in one.beside)
    return any(path in words_of(node, OBSERVED) for node in one.beside)


def truths(policy: Policy) -> Iterator[LintFinding]:
    """`truth-of-setting`: a text counts as true, also "false"; an empty one and 0 count as false."""
    for rule in rules_of(policy):
        for node in _conditions(rule.tree):
            path = path_of(node)
            if _is_open(path):
                message = f'`{path}` counts as true where it is a text such as "false", and as false where it is empty'
                help = f'compare it: {{"===": [{{var: {path}}}, true]}}, or with false'
                yield _finding("truth-of-setting", policy, (*rule.place, *node.place), message, help)


def _conditions(tree: Node) -> Iterable[Node]:
    """Every node of a rule of which the truth is asked, also within a comparison."""
    found = {node.place: node for node in conditions_of(tree)}
    for node in walk(tree):
        if isinstance(node, Operation) and node.name in JUNCTIONS:
            found.update((one.place, one) for one in node.arguments)
        elif isinstance(node, Operation) and node.name in CHOICES:
            found.update((one.place, one) for one in node.arguments[:-1:2])
    return found.values()


def loose(policy: Policy) -> Iterator[LintFinding]:
    """`loose-setting`: `==` takes an empty text for false and 0, "1" for true."""
    for rule in rules_of(policy):
        for node in walk(rule.tree):
            if not isinstance(node, Operation) or node.name not in ("==", "!="):
                continue
            first, second = node.arguments[:2]
            for path, other in ((path_of(first), second), (path_of(second), first)):
                if _is_open(path) and _is_converted(other):
                    message = (
                        f'`{node.name}` takes "" for 0 and for false, and "1" for true: `{path}` may be any of them'
                    )
                    help = f"write `{node.name}=`, which holds for the value that is written and no other"
                    yield _finding("loose-setting", policy, (*rule.place, *node.place), message, help)
                    break


def _is_converted(node: Node) -> bool:
    """Whether something of another type can be `==` to a value."""
    if isinstance(node, Literal):
        value = node.value
        return isinstance(value, (bool, int, float)) or (
            isinstance(value, str) and to_number(value) == to_number(value)
        )
    path = path_of(node)
    return path is not None and (_is_open(path) or ".facts." in path)


def orders(policy: Policy) -> Iterator[LintFinding]:
    """`unbounded-setting`: a comparison that holds for an empty text, false and whatever lies below 0."""
    for one in with_polarity(policy):
        if one.helps and isinstance(one.node, Operation) and one.node.name in _ORDERS:
            path = _reaching_zero(one.node)
            if path is not None and not any(_keeps_above_zero(other, path) for other in one.beside):
                message = f'holds where `{path}` is "" or false, which count as 0, or lies below 0'
                help = f'bound it above 0, too, as in {{"<=": [1, {{var: {path}}}, 30]}}, or list what is allowed'
                yield _finding("unbounded-setting", policy, one.place, message, help)


def _reaching_zero(node: Operation) -> str | None:
    """The open path that a comparison lets be 0."""
    rising = node.name in _RISING
    arguments = node.arguments if rising else node.arguments[::-1]
    strict = "=" not in node.name
    for index, argument in enumerate(arguments):
        path = _number_of(argument)
        below, above = arguments[:index][-1:], arguments[index + 1 :][:1]
        if path is None or any(_is_above(one, strict) for one in below):
            continue
        if all(not isinstance(one, Literal) or _lets_zero(one.value, strict) for one in above):
            return path
    return None


def _number_of(node: Node) -> str | None:
    """The open path that a number is made of; days are not made of an empty text."""
    path = path_of(node)
    if path is not None or not isinstance(node, Operation) or node.name in _DAYS:
        return path if _is_open(path) else None
    return next((found for one in node.arguments if (found := _number_of(one)) is not None), None)


def _is_above(node: Node, strict: bool) -> bool:
    """Whether a lower bound keeps out 0; of one that is not written out nobody can tell, and it is not reported."""
    if not isinstance(node, Literal):
        return True
    number = to_number(node.value)
    return number > 0 or (strict and number == 0)


def _lets_zero(value: Json, strict: bool) -> bool:
    number = to_number(value)
    return number > 0 or (not strict and number == 0)


def _keeps_above_zero(node: Node, path: str) -> bool:
    """Whether a condition beside a comparison bounds its value from below, or lists what is allowed."""
    if not isinstance(node, Operation) or path not in reads(node):
        return False
    if node.name in _ORDERS:
        return _reaching_zero(node) is None
    return node.name in (*_EQUALITIES, "in")


def denials(policy: Policy) -> Iterator[LintFinding]:
    """`denied-setting`: what is not one value of an open set is any other spelling of it."""
    for one in with_polarity(policy):
        path = _denied(one)
        if path is not None and not any(_allows(other, path) for other in one.beside):
            message = f"met by whatever else is written for `{path}`, such as another spelling"
            help = f'name what is allowed: {{"===": [{{var: {path}}}, …]}} or {{in: [{{var: {path}}}, […]]}}'
            if one.place[2] == "when":
                message = f"the policy does not apply where anything else is written for `{path}`"
                help = f'ask for what excuses from it: {{"!==": [{{var: {path}}}, …]}}'
            yield _finding("denied-setting", policy, one.place, message, help)


def _denied(one: ConditionWithPolarity) -> str | None:
    """The open path of which a condition that helps to pass excludes values."""
    node = one.node
    if not isinstance(node, Operation):
        return None
    excludes = one.polarity == {True} and node.name in _DIFFERENCES
    excludes = excludes or (one.polarity == {False} and node.name in (*_EQUALITIES, "in", "matches"))
    compared = node.arguments[:1] if node.name in ("in", "matches") else node.arguments
    return next((path for part in compared if _is_open(path := path_of(part))), None) if excludes else None


def _allows(node: Node, path: str) -> bool:
    return isinstance(node, Operation) and node.name in (*_EQUALITIES, "in") and path in reads(node)


def parts(policy: Policy) -> Iterator[LintFinding]:
    """`part-of-text`: `in` of a text asks for a part of it, as `eu` is of `neutral`."""
    for rule in rules_of(policy):
        for node in walk(rule.tree):
            if not isinstance(node, Operation) or node.name != "in":
                continue
            place, (part, whole) = (*rule.place, *node.place), node.arguments
            path = path_of(whole)
            if path in _TEXTS or _is_open(path):
                message = f"holds where `{path}` merely contains it, as `neutral` contains `eu`"
                help = f'compare the whole: {{"===": [{{var: {path}}}, …]}}, or {{in: [{{var: {path}}}, […]]}}'
                yield _finding("part-of-text", policy, place, message, help)
            elif _is_text(whole) and not isinstance(part, Literal):
                message = "holds for every part of the text, also for an empty one"
                yield _finding("part-of-text", policy, place, message, "write a list: {in: [{var: …}, [a, b]]}")


def _is_text(node: Node) -> bool:
    if isinstance(node, Operation):
        return node.name in ("cat", "substr")
    return not isinstance(node, Sequence) and isinstance(node.value, str)


ALL: Final = (known, truths, loose, orders, denials, parts)
"""Every lint of this file."""
