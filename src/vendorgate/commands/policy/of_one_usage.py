"""What a rule over all usages asks of each usage, as policies that ask one usage.

In: a fleet policy. Out: policies whose requirements are the conditions that a usage meets where it helps the fleet to
pass, at the places that they have in `fleet.yaml`: of `none`, and of a count with an upper limit, that a usage is not
among those that are meant. They are for looking at, and no fleet is judged by them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from ...logic import Literal, Node, Operation
from ...logic.paths import COMPARISONS, COUNT, ORDERS
from ...model.policy import Policy, Requirement
from .fleet_conditions import OverAll, is_over_all, over_all
from .polarity import Polarity, conjuncts, with_polarity

_BOTH: Final = frozenset((True, False))
_RISING: Final = ("<", "<=")


def of_one_usage(policy: Policy) -> Iterator[Policy]:
    """What holds of every usage together, as one part bounds there what another one leaves open; all else by itself."""
    of_every: list[Requirement] = []
    for requirement in policy.require:
        outermost = {id(one) for one in conjuncts(requirement.tree)}
        for one in with_polarity(msgspec.structs.replace(policy, require=(requirement,))):
            for part, polarity in _parts(one.node, one.polarity):
                if not part.asked:
                    continue
                asked = msgspec.structs.replace(requirement, tree=_turned(_asked(part), polarity))
                if part.node.name in ("all", "none") and id(part.node) in outermost:
                    of_every.append(asked)
                else:
                    yield msgspec.structs.replace(policy, require=(asked,))
    if of_every:
        yield msgspec.structs.replace(policy, require=(*of_every,))


def _parts(node: Node, polarity: Polarity) -> Iterator[tuple[OverAll, Polarity]]:
    """What goes through usages in a condition, with the truths of what it asks of one that help to pass."""
    if not isinstance(node, Operation):
        return
    if is_over_all(node):
        yield from ((part, polarity) for part in over_all(node))
    elif node.name in COMPARISONS:
        for place, one in enumerate(node.arguments):
            if isinstance(one, Operation) and one.name == COUNT:
                truths = _of_count(node, place)
                yield from ((part, frozenset(a == b for a in truths for b in polarity)) for part in over_all(one))


def _of_count(node: Operation, place: int) -> Polarity:
    """Whether a comparison is helped by one usage more in a count, or by one less."""
    is_last, is_first = place == len(node.arguments) - 1, place == 0
    if node.name not in ORDERS or not (is_first or is_last):
        return _BOTH
    return frozenset((is_last == (node.name in _RISING),))


def _asked(part: OverAll) -> Node:
    """What is asked of one usage: it is true of each in `all` and `none`, and of one that is enough or counts else."""
    if part.node.name == "all":
        return _joined("or", (*map(_negated, part.filters), part.body), part)
    found = _joined("and", part.asked, part)
    return _negated(found) if part.node.name == "none" else found


def _joined(name: str, nodes: tuple[Node, ...], part: OverAll) -> Node:
    return nodes[0] if len(nodes) == 1 else Operation(name, nodes, (*part.node.place, name))


def _negated(node: Node) -> Node:
    return Operation("!", (node,), (*node.place, "!"))


def _turned(node: Node, polarity: Polarity) -> Node:
    if polarity == _BOTH:
        return Operation("if", (node, Literal(True), Literal(False)), (*node.place, "if"))
    return node if True in polarity else _negated(node)
