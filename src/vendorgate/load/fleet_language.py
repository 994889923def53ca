"""The language of rules over all usages: the one of policies, over a list that is gone through and counted.

In: the language of a bundle's policies. Out: the dialect of `fleet.yaml`. A rule looks at usages in no order, and at
equal ones as often as they come: an operator to which that matters is refused, and so is what only one usage can be
asked, or what would make an answer out of not knowing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from ..logic import Literal, Node, Operation
from ..logic.beside import alike
from ..logic.checking import Checker, Demand, rebuilt
from ..logic.demands import DEMANDS
from ..logic.members import QUANTIFIERS
from ..logic.nearest import suggestion
from ..logic.paths import COMPARISONS, COUNT, USAGES, is_of_all
from ..logic.types import ANY, BOOLEAN, DAY, NUMBER, TEXT, Dialect, Type, UnknownPath
from ..model.asking import OBSERVED, SIGNS
from .language import Language

_ROOTS: Final = ("usage", "primary", "project", "offering", "repository", "today")
_NOT_KEPT: Final = ("usage.id", "usage.purpose")
OF_OFFERINGS: Final = ("id", "name", "developer", "platform", "category", "model_family")
"""Fields of an offering that a run keeps for each usage."""
_OF_ONE: Final = "it is asked of one usage: write it as a policy, which judges each"
_GO_THROUGH: Final = "go through them with `all`, `some` or `none`, or count with `count_distinct`; `filter` picks some"
_COMPARE: Final = f"compare it: {{<=: [{{{COUNT}: [{{var: {USAGES}}}, {{var: offering.platform}}]}}, 2]}}"
_REFUSED: Final = {
    **dict.fromkeys((*SIGNS, OBSERVED), _OF_ONE),
    **dict.fromkeys(("known", "missing", "missing_some"), "what is not known of a usage stays unknown here"),
}


def fleet_dialect(language: Language) -> Dialect:
    """The dialect in which `{var: usages}` is the list of all usages, and what runs over it reads one of them."""
    one = language.when
    element = msgspec.structs.replace(
        one,
        path=lambda path: _of_usage(path, one),
        roots=frozenset(_ROOTS),
        refused={**one.refused, **_REFUSED, COUNT: "it counts over all usages, and here one of them is read"},
        demands={"var": _stated},
    )
    reading = _Reading(element)
    demands: dict[str, Demand] = {
        "var": _outermost,
        COUNT: _alone,
        **dict.fromkeys(QUANTIFIERS, reading.quantified),
        **dict.fromkeys(COMPARISONS, reading.comparison),
    }
    return msgspec.structs.replace(
        one,
        arities={**one.arities, COUNT: (2, 2)},
        path=_no_path,
        roots=frozenset((USAGES, "today")),
        refused={name: words for name, words in {**one.refused, **_REFUSED}.items() if name != COUNT},
        demands=demands,
    )


def _of_usage(path: str, one: Dialect) -> Type:
    """The type of what a path reads of one usage."""
    root = path.partition(".")[0]
    if path == "repository":
        return TEXT
    if path in _NOT_KEPT:
        raise UnknownPath("what tells usages apart is not kept for all: ask of what they have in common")
    if root == USAGES:
        raise UnknownPath("here one usage is read, by paths such as `usage.data`; rules over all stand outside")
    if root in ("registry", "agreements"):
        raise UnknownPath(f"what is documented and agreed: {_OF_ONE}")
    if root not in _ROOTS or path.startswith("repository."):
        raise UnknownPath(suggestion(root if root not in _ROOTS else path, _ROOTS, "a path begins with"))
    if root == "offering" and path.partition(".")[2] not in OF_OFFERINGS:
        raise UnknownPath(suggestion(path, [f"offering.{name}" for name in OF_OFFERINGS], "there are"))
    return one.path(path)


def _no_path(path: str) -> Type:
    """The type of what a path reads outside, where no usage is read."""
    if path == "today":
        return DAY
    if path.partition(".")[0] in _ROOTS:
        raise UnknownPath(f"it is of one usage: {_GO_THROUGH}")
    raise UnknownPath(suggestion(path, (USAGES, "today"), "there are"))


def _outermost(checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    """`var` where no usage is read: all usages are no value by themselves."""
    path = node.arguments[0]
    if element is None and isinstance(path, Literal) and path.value == USAGES:
        checker.report(path, f"`{USAGES}` stands where one value is expected", _GO_THROUGH)
        return node, ANY
    return _stated(checker, node, element, truth)


def _stated(checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    """`var` without a default: what a usage does not state must not count as something."""
    if len(node.arguments) > 1:
        help = "leave it out: what a usage does not state is unknown, and may be anything"
        checker.report(node.arguments[1], "a default, in a rule over all usages", help)
        return node, ANY
    return DEMANDS["var"](checker, node, element, truth)


def _alone(checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    """A count where a value is expected: it may be known in part, which only a comparison can take."""
    checker.report(node, f"`{COUNT}` is compared with nothing", _COMPARE, at_key=True)
    return node, NUMBER


class _Reading(msgspec.Struct, frozen=True):
    """What operators over all usages demand; their bodies are in the dialect of one usage."""

    element: Dialect

    def body(self, checker: Checker, node: Node, *, truth: bool) -> tuple[Node, Type]:
        demands: Mapping[str, Demand] = {**DEMANDS, **self.element.demands}
        inside = msgspec.structs.replace(checker, dialect=self.element, demands=demands)
        return inside.node(node, None, truth=truth)

    def collection(self, checker: Checker, node: Node) -> Node:
        """All usages, or those that a `filter` picks."""
        if not isinstance(node, Operation) or node.name == "var":
            return node
        over, condition = node.arguments
        picked, _ = self.body(checker, condition, truth=True)
        return Operation(node.name, (self.collection(checker, over), picked), node.place)

    def quantified(self, checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
        over, condition = node.arguments
        if element is not None or not is_of_all(over):
            return DEMANDS[node.name](checker, node, element, truth)
        body, _ = self.body(checker, condition, truth=True)
        return Operation(node.name, (self.collection(checker, over), body), node.place), BOOLEAN

    def comparison(self, checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
        if element is not None or not any(_counts(one) for one in node.arguments):
            return DEMANDS[node.name](checker, node, element, truth)
        pairs = [self.counted(checker, one) for one in node.arguments]
        alike(checker, pairs)
        for argument, kind in pairs:
            is_nothing = isinstance(argument, Literal) and argument.value is None
            if is_nothing or (kind.kind not in ("number", "any") and not isinstance(argument, Literal)):
                checker.report(argument, f"`{COUNT}` is compared with what is no number", _COMPARE)
        return rebuilt(node, pairs), BOOLEAN

    def counted(self, checker: Checker, node: Node) -> tuple[Node, Type]:
        """A number: a count over usages, or a value beside one."""
        if not isinstance(node, Operation) or not _counts(node):
            return checker.node(node, None)
        if not checker.allowed(node):
            return node, NUMBER
        over, value = node.arguments
        if not is_of_all(over):
            checker.report(over, f"`{COUNT}` counts over something else than `{{var: {USAGES}}}`", _COMPARE)
            return node, NUMBER
        body, kind = self.body(checker, value, truth=False)
        if kind.kind in ("list", "record"):
            help = "name a path with one value, such as {var: offering.platform}"
            checker.report(value, f"`{COUNT}` counts single values, and this is a list", help)
        return Operation(node.name, (self.collection(checker, over), body), node.place), NUMBER


def _counts(node: Node) -> bool:
    return isinstance(node, Operation) and node.name == COUNT
