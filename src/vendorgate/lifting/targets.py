"""What a change can be aimed at: of which declarations and agreements at least one must change for a result to pass.

In: a result that blocks, what has been changed already. Out: targets; none where nothing on our side changes it.
A set of targets is never too small: whatever makes the result pass changes one of them. It may be too large.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final, cast

from msgspec import UnsetType

from ..evaluate.case import Case, decision
from ..evaluate.judge import unknown_blocks
from ..evaluate.reading import cells_behind
from ..evaluate.scope import DECLARED_BY, Gap
from ..logic import Node, Operation
from ..logic.kleene import NEGATIONS
from ..logic.paths import words_of
from ..model.manifest import Route, RouteName, Usage, name_of
from ..model.observable import SETTINGS as SETTINGS_READ
from ..model.registry import Cell, Offering
from ..model.subject import Contradiction, Subject
from ..model.vocabulary import Decision, FailOn
from .asked import Asked, Asking
from .changes import ATTRIBUTES, LISTS, SETTINGS, as_route
from .constant_facts import is_settled
from .trial import Blocked

Target = tuple[RouteName, str, str]
"""What a change is aimed at: a route of the usage; a field of its declarations; and the name in a list, the kind
of an agreement, or nothing."""
Targets = frozenset[Target]
NONE: Final[Targets] = frozenset()
DROP: Final = "route"
"""The field of a target that is a route as a whole."""
BIND: Final[Target] = (RouteName(""), "projects", "")
"""The binding of the project's name, where it has none: agreements, waivers and rules may ask for it."""
ADD: Final = "features that are implied"
"""The field of a target that adds a feature; its name is the feature's."""
_PLACES: Final = frozenset(("usage.region", "usage.cloud_region"))


class UsageTargets:
    """Everything in the declarations of a usage that a change can be aimed at."""

    def __init__(
        self,
        usage: Usage,
        claimable: Iterable[str] | None,
        asking: Asking,
        kept: RouteName | None = None,
        features: Mapping[RouteName, tuple[str, ...]] | None = None,
    ) -> None:
        self.usage = usage
        self._asking = asking
        """What rules ask for."""
        self._features: Mapping[RouteName, tuple[str, ...]] = features or {}
        """By route: those that its account is observed to have, in the place of what it declares."""
        self.kept = kept
        """The name of a route that must stay."""
        self.claimable = claimable
        """The kinds of agreement that a claim brings into force; None: a register says what is."""
        routes = [*usage.fallbacks, *([] if usage.via is None else [usage.via]), *usage.recipients]
        self.primary = name_of(usage)
        self.accounts: dict[RouteName, Usage | Route] = {self.primary: usage}
        self.accounts.update((name_of(route), as_route(route)) for route in routes)
        self._lists: dict[tuple[RouteName, str], Targets] = {}
        self._static: dict[tuple[int, RouteName], tuple[Node, frozenset[str], Targets]] = {}
        self.dropping: Targets = frozenset(
            (name, DROP, "") for name in self.accounts if name not in (self.primary, self.kept)
        )
        """The targets of routes that the usage can do without."""

    def of_path(self, path: str, subject: Subject) -> Targets:
        """The targets that change what a path reads, contradictions aside."""
        root, _, rest = path.partition(".")
        name = subject.name
        if root == "agreements":
            return frozenset(((name, "agreements", rest.partition(".")[0]),))
        if path == "primary.region":
            return self.of_inherited("region", self.primary)
        if root != "usage":
            return NONE
        if rest.startswith(SETTINGS) or rest in ("tier", "cloud_region"):
            return frozenset(((name, rest, ""),))
        if rest in LISTS:
            return self.of_list(rest, name)
        if rest in ("purpose", "subjects") or rest.startswith(ATTRIBUTES):
            return self.of_shared(rest)
        if rest == "region":
            return self.of_inherited(rest, name)
        if rest in ("fallbacks", "via", "recipients") and subject.route == "primary":
            return self.dropping
        if rest == "agreements":
            return frozenset((name, "agreements", kind) for kind in self.claimable or ())
        return NONE

    def of_list(self, field: str, route: RouteName) -> Targets:
        found = self._lists.get((route, field))
        if found is None:
            observed = self._features.get(route) if field == "features" else None
            declared = getattr(self.accounts[route], field) if observed is None else observed
            names = ("",) if isinstance(declared, UnsetType) else declared
            found = self._lists[route, field] = frozenset((route, field, name) for name in names)
        return found

    def of_shared(self, field: str) -> Targets:
        """The target of what a usage says of itself, for all routes: ours to declare, and never to change."""
        if field.startswith(ATTRIBUTES):
            declared = field.removeprefix(ATTRIBUTES) in self.usage.attributes
        else:
            declared = not isinstance(getattr(self.usage, field), UnsetType)
        return NONE if declared else frozenset(((self.primary, field, ""),))

    def of_inherited(self, field: str, route: RouteName) -> Targets:
        """A route without a region or lifecycle of its own takes the usage's: either can be changed."""
        own = isinstance(getattr(self.accounts[route], field), UnsetType)
        places = {route, self.primary} if own else {route}
        return frozenset((place, field, "") for place in places)

    def of_contradiction(self, one: Contradiction, subject: Subject) -> Iterator[Target]:
        """The targets of a name and of what is declared beside it: one of them must change, whatever is to be known.

        A lifecycle, and a feature that is not declared, are ours to say only where a name implies them.
        """
        root, _, field = one.path.partition(".")
        route = self.primary if root == "primary" else subject.name
        if one.axis == "cloud_regions":
            yield from ((route, "cloud_region", ""), *self.of_inherited("region", route))
            return
        yield from self.of_list(one.axis, route) & {(route, one.axis, one.name)}
        if field == "features":
            implied, stated = cast("list[str]", one.implied), cast("list[str]", one.stated)
            yield from ((route, ADD, name) for name in implied if name not in stated)
        elif field in ("region", "lifecycle"):
            yield from self.of_inherited(field, route)
        else:
            yield (route, field, "")

    def of_observed(self, path: str, subject: Subject) -> Targets:
        """The targets that have a path observed."""
        if path in ("usage.features", "usage.lifecycle"):
            return frozenset(((subject.name, path.removeprefix("usage."), ""),))
        return self.of_path(path, subject)

    def of_paths(self, paths: Collection[str], case: Case) -> Targets:
        """The targets of several paths, and of the names that make them unknown although they are declared."""
        subject = case.subject
        found = {target for path in paths for target in self.of_path(path, subject)}
        for one in case.contradictions:
            if one.path in paths:
                found.update(self.of_contradiction(one, subject))
        return frozenset(found)

    def read_by(self, node: Node, case: Case) -> Targets:
        """The targets of everything that a rule reads, whatever its outcome."""
        known = (id(node), case.subject.name)
        found = self._static.get(known)
        if found is None:
            found = self._static[known] = node, *self._read_by(node, case.subject)
        return self.of_paths(found[1], case) | found[2]

    def _read_by(self, node: Node, subject: Subject) -> tuple[frozenset[str], Targets]:
        """Every path that a rule asks for, itself or through coverage, and the targets that have a path observed."""
        cells = cells_behind([node], subject.offering, self._asking.dimensions)
        trees = (node, *(condition.tree for cell in cells for condition in cell.conditions))
        paths, observed = set[str](), set[str]()
        for asked in map(self._asking.of, trees):
            paths.update(
                asked.paths, _deciding_knowledge(asked, subject.offering), _deciding_observation(asked, subject)
            )
            paths.update([f"agreements.{kind}" for kind in asked.kinds])
            observed.update(asked.observed)
        for cell in cells:
            paths.update(_reads_of_cell(cell, subject.offering))
        return frozenset(paths), NONE.union(*(self.of_observed(path, subject) for path in observed))


def _reads_of_cell(cell: Cell, offering: Offering) -> Iterator[str]:
    """The declarations on which it depends whether a cell reaches a usage."""
    yield "usage.tier"
    if offering.written.models is not None:
        yield "usage.models"
    yield from DECLARED_BY.values() if cell.written.scope is not None else ()
    for entry in cell.written.scoped_facts or ():
        yield from (f"usage.{axis}" for axis in LISTS if getattr(entry.scope, axis) is not None)


def _deciding_knowledge(rule: Asked, offering: Offering) -> Iterator[str]:
    """What decides whether a path is known that `known` or `missing` asks for: one that a name contradicts is not."""
    asked = rule.whether_known
    if not asked:
        return
    for entry in offering.written.implies or ():
        if any(path.partition(".")[2] in entry.set for path in asked):
            yield from (f"usage.{axis}" for axis in LISTS if getattr(entry, axis) is not None)
    if asked & _PLACES and offering.written.cloud is not None:
        yield from _PLACES


def _deciding_observation(rule: Asked, subject: Subject) -> Iterator[str]:
    """The names on which it depends what was observed of a setting that a rule asks for."""
    if subject.seen is None:
        return
    from ..declarations.observing import told_by_name  # few bundles observe anything

    by_name = frozenset[str]().union(*map(told_by_name, subject.seen.own))
    asked = (*rule.paths, *rule.observed) if by_name else ()
    if any(path.startswith(SETTINGS_READ) and path.removeprefix(SETTINGS_READ) in by_name for path in asked):
        yield from ("usage.models", "usage.endpoints", "usage.cloud_region")


class BlockingTargets:
    """Finds the targets of a result that blocks, without those that have been changed already or are not allowed."""

    def __init__(
        self,
        usage_targets: UsageTargets,
        blocked: Blocked,
        changed: Targets,
        fail_on: FailOn,
        allowed: Callable[[Target], bool] | None = None,
    ) -> None:
        self._usage_targets = usage_targets
        self._blocked = blocked
        self._case = blocked.case
        self._changed = changed
        self._allowed = allowed
        self._strict = unknown_blocks(blocked.compiled.policy, blocked.case.as_of, fail_on)
        self._bad: tuple[Decision, ...] = ("fail", "unknown") if self._strict else ("fail",)
        """Decisions of a requirement with which the result blocks."""

    def of_result(self) -> Targets:
        """The targets of the whole result."""
        policy, case = self._blocked.compiled.policy, self._case
        pairs = zip(policy.require, self._blocked.ruling.judged.decisions, strict=True)
        if self._blocked.ruling.judged.contradicted and not self._strict:
            # Only an unknown that rests on a contradiction blocks here; which of them does is not kept.
            unknown = [one.tree for one, outcome in pairs if outcome == "unknown"]
            found = self._free(NONE.union(*(self._usage_targets.read_by(tree, case) for tree in unknown)))
        else:
            found = _fewest(self.of(one.tree, True) for one, outcome in pairs if outcome in self._bad)
        if policy.when is not None:
            found |= self._free(self._usage_targets.read_by(policy.when, case))
        if case.subject.identity.is_stranger:
            found |= self._free((BIND,))
        if case.subject.route != "primary":
            found |= self._free(self._usage_targets.dropping & {(case.subject.name, DROP, "")})
        return found

    def of(self, node: Node, wanted: bool) -> Targets:
        """The targets of a rule that is not of the truth that is wanted of it."""
        if not isinstance(node, Operation):
            return NONE
        if node.name in ("and", "or"):
            failing = [self.of(one, wanted) for one in node.arguments if self._is_bad(one, wanted)]
            return _fewest(failing) if wanted == (node.name == "and") else NONE.union(*failing)
        if node.name in NEGATIONS:
            return self.of(node.arguments[0], not wanted)
        if node.name == "!!":
            return self.of(node.arguments[0], wanted)
        if node.name == "covered" and wanted:
            return self.of_coverage(words_of(node, "covered")[0])
        if node.name == "agreement" and not wanted:
            return NONE  # what has been signed stays signed
        if is_settled(node, self._decision(node, wanted), self._case):
            return NONE
        return self._free(self._usage_targets.read_by(node, self._case))

    def _is_bad(self, node: Node, wanted: bool) -> bool:
        return self._decision(node, wanted) in self._bad

    def _decision(self, node: Node, wanted: bool) -> Decision:
        return decision(self._case.program.evaluator(node)(None, self._case), wanted)

    def _free(self, targets: Iterable[Target]) -> Targets:
        free = frozenset(targets) - self._changed
        return free if self._allowed is None else frozenset(filter(self._allowed, free))

    def of_coverage(self, dimension: str) -> Targets:
        """The targets of the step of coverage that has the fewest; grade and evidence are not ours to change."""
        case, cell = self._case, self._case.cell(dimension)
        if cell is None or case.grade(cell) in self._bad or case.evidence(cell) in self._bad:
            return NONE
        steps = [self.of_gap(gap) for gap in case.gaps(cell) if gap.outcome in self._bad]
        if case.names() in self._bad:
            steps.extend(self._of_name("models", name) for name in case.strangers())
        if case.tier(cell) in self._bad:
            steps.append(self._free(self._usage_targets.of_path("usage.tier", case.subject)))
        steps.extend(self.of(one.tree, True) for one in cell.conditions if self._is_bad(one.tree, True))
        return _fewest(steps)

    def of_gap(self, gap: Gap) -> Targets:
        """The name that is outside a scope, or the declaration that a scope asks for."""
        if gap.name is not None and gap.axis in LISTS:
            return self._of_name(gap.axis, gap.name)
        return self._free(self._usage_targets.of_paths((DECLARED_BY[gap.axis],), self._case))

    def _of_name(self, field: str, name: str) -> Targets:
        """The target of a declared name; none where a change has put it there."""
        route = self._case.subject.name
        return self._free(self._usage_targets.of_list(field, route) & {(route, field, name)})


def _fewest(sets: Iterable[Targets]) -> Targets:
    """Of sets of which each must have a change, the one with the fewest targets."""
    return min(sets, key=len, default=NONE)
