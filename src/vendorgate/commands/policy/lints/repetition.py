"""What is said twice: policies, requirements, words, operators that do nothing.

In: policies. Out: findings, with a fix where leaving one out changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Set
from collections.abc import Sequence as SequenceOf
from heapq import merge

from ....logic import Literal, Node, Operation, Sequence, unparse, walk
from ....logic.kleene import NEGATIONS
from ....model.policy import Policy
from ....model.vocabulary import SEVERITIES
from ..conditions import conditions_of, rules_of
from ..implied import Implied
from ..lint_model import LintFinding, Put, Remove
from ..possible_worlds import Implications, Seen

_STRICTNESS = ("pass", "warn", "fail")
_Rank = tuple[int, int, str]
"""How severe, how strict where nothing is known, and from which day on."""


def canonical(node: Node | None) -> str:
    """The same text for rules that differ only in the order of what `and` and `or` join."""
    return "" if node is None else json.dumps(_sorted(unparse(node)), sort_keys=True)


def _sorted(rule: object) -> object:
    if isinstance(rule, dict):
        return {
            name: sorted((_sorted(one) for one in value), key=lambda one: json.dumps(one, sort_keys=True))
            if name in ("and", "or") and isinstance(value, list)
            else _sorted(value)
            for name, value in rule.items()
        }
    return [_sorted(one) for one in rule] if isinstance(rule, list) else rule


def between_policies(policies: tuple[Policy, ...], optional: Callable[[Policy], str]) -> Iterator[LintFinding]:
    """`duplicate-policy`, `shadowed-policy`: of two, the later or the laxer is reported.

    `optional` gives the optional pack of a policy, else an empty text: such a pack makes nothing outside needless.
    """
    required = [frozenset(canonical(one.tree) for one in policy.require) for policy in policies]
    whens = [canonical(policy.when) for policy in policies]
    ranks, packs, implications = [_rank(one) for one in policies], [optional(one) for one in policies], Implications()
    candidates = _Candidates(required, packs, lambda at: implications.seen(policies[at].when, whens[at]))
    for index, policy in enumerate(policies):
        for other_index in candidates.of(index):
            other = policies[other_index]
            if other_index == index or not required[index] <= required[other_index]:
                continue
            same = whens[index] == whens[other_index] and required[index] == required[other_index]
            if same and ranks[index] == ranks[other_index] and other_index > index:
                continue  # the later one is reported
            pair = whens[index], whens[other_index]
            if _at_least_as_strict(ranks[other_index], ranks[index]) and (
                same or implications.implies(policy.when, other.when, pair)
            ):
                yield _shadowed(policy, other, same=same)
                break


class _Candidates:
    """Those policies that may make another one needless, among many."""

    def __init__(
        self,
        required: SequenceOf[Set[str]],
        packs: SequenceOf[str],
        seen: Callable[[int], Seen | None],
    ) -> None:
        self._required, self._packs, self._seen = required, packs, seen
        self._requiring: dict[tuple[str, str], list[int]] = {}
        """By the text of a requirement and the pack, if it is optional: those that have it, in order."""
        for index, texts in enumerate(required):
            for text in texts:
                self._requiring.setdefault((text, packs[index]), []).append(index)
        self._implied: dict[tuple[str, str], Implied] = {}

    def of(self, index: int) -> Iterable[int]:
        """Whatever requires all of it is among those that require what fewest do; of them, those that it may imply."""
        packs = {"", self._packs[index]}
        ways = [[(text, pack) for pack in packs if (text, pack) in self._requiring] for text in self._required[index]]
        fewest = min(ways, key=lambda keys: sum(len(self._requiring[key]) for key in keys))
        return merge(*(self._among(key).by(index) for key in fewest))

    def _among(self, key: tuple[str, str]) -> Implied:
        found = self._implied.get(key)
        if found is None:
            found = self._implied[key] = Implied(self._requiring[key], self._seen)
        return found


def _rank(policy: Policy) -> _Rank:
    enforced = "" if policy.enforce_from is None else policy.enforce_from.isoformat()
    return -SEVERITIES.index(policy.severity), _STRICTNESS.index(policy.on_unknown), enforced


def _at_least_as_strict(first: _Rank, second: _Rank) -> bool:
    return first[0] >= second[0] and first[1] >= second[1] and first[2] <= second[2]


def _shadowed(policy: Policy, other: Policy, *, same: bool) -> LintFinding:
    place = ("policies", policy.index, "id")
    where = other.source.locate(("policies", other.index, "id"))
    if same:
        message = f"`{other.id}` decides the same"
        return LintFinding(
            "duplicate-policy", message, f"keep one of them; the other is at {where}", policy.source, place, policy.id
        )
    message = f"wherever it fails, `{other.id}` fails, too"
    help = f"remove it, or make it stricter than {where}"
    return LintFinding("shadowed-policy", message, help, policy.source, place, policy.id)


def requirements(policy: Policy) -> Iterator[LintFinding]:
    """`duplicate-requirement`."""
    first: dict[str, int] = {}
    for requirement in policy.require:
        earlier = first.setdefault(canonical(requirement.tree), requirement.index)
        if earlier != requirement.index:
            place = ("policies", policy.index, "require", requirement.index)
            message = f"the same as requirement {earlier + 1}"
            fix = Remove(place) if requirement.message is None else None
            yield LintFinding("duplicate-requirement", message, "remove one", policy.source, place, policy.id, fix)


def words(policy: Policy) -> Iterator[LintFinding]:
    """`repeated-word`: in lists of rules, in tags and references."""
    place = ("policies", policy.index)
    for key, listed in (("tags", policy.tags), ("references", policy.references)):
        yield from _repeated(policy, ((word, (*place, key, index)) for index, word in enumerate(listed)))
    for rule in rules_of(policy):
        for node in walk(rule.tree):
            if isinstance(node, Sequence):
                literals = ((one.value, one.place) for one in node.items if isinstance(one, Literal))
                yield from _repeated(policy, ((value, (*rule.place, *at)) for value, at in literals))


def _repeated(policy: Policy, entries: Iterable[tuple[object, tuple[str | int, ...]]]) -> Iterator[LintFinding]:
    seen: set[str] = set()
    for value, place in entries:
        key = json.dumps(value, sort_keys=True, default=str)
        if key in seen:
            message = f"`{value}` stands twice in a list"
            yield LintFinding("repeated-word", message, "remove one", policy.source, place, policy.id, Remove(place))
        seen.add(key)


def operators(policy: Policy, conditions: Callable[[Node], Iterable[Node]] = conditions_of) -> Iterator[LintFinding]:
    """`redundant-operator`: `and` and `or` of one thing, `!!` and two negations where only truth counts."""
    for rule in rules_of(policy):
        for node in conditions(rule.tree):
            inner = _does_nothing(node)
            if inner is not None and isinstance(node, Operation):
                place = (*rule.place, *node.place)
                message = f"`{node.name}` does nothing here"
                fix = Put(place, unparse(inner))
                yield LintFinding("redundant-operator", message, "leave it out", policy.source, place, policy.id, fix)


def _does_nothing(node: Node) -> Node | None:
    """The condition that another one comes down to."""
    if not isinstance(node, Operation) or len(node.arguments) != 1:
        return None
    inner = node.arguments[0]
    if node.name in ("and", "or", "!!"):
        return inner
    if node.name in NEGATIONS and isinstance(inner, Operation) and inner.name in NEGATIONS:
        return inner.arguments[0]
    return None
