"""What a result that blocks hangs on: of which declarations and agreements at least one must change.

In: a result that blocks, what has been changed already. Out: levers; none where nothing on our side moves it.
A set of levers is never too small: whatever makes the result pass changes one of them. It may be too large.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final, cast

from msgspec import UnsetType

from ...evaluate.case import Case, decision
from ...evaluate.judge import unknown_blocks
from ...evaluate.scope import DECLARED_BY, Gap
from ...load.manifest import name_of
from ...logic import Node, Operation, walk
from ...logic.reading import reads, words_of
from ...model.manifest import Route, Usage
from ...model.registry import Cell, Offering
from ...model.subject import Contradiction, Subject
from ...model.vocabulary import AGREEMENT_KINDS, Decision, FailOn
from .changes import LISTS, SETTINGS, as_route
from .trial import Blocked

Lever = tuple[str, str, str]
"""An offering of the usage; a field of the manifest; and the name in a list, the kind of an agreement, or nothing."""
Levers = frozenset[Lever]
NONE: Final[Levers] = frozenset()
DROP: Final = "route"
"""The lever of a route as a whole."""
BIND: Final[Lever] = ("", "projects", "")
"""That nobody has bound the project's name: agreements, waivers and rules may hang on it."""
ADD: Final = "features that are implied"
"""The field of a lever that adds a feature; its name is the feature's."""
_NEGATIONS: Final = ("!", "not")
_ASKS: Final = ("known", "missing", "missing_some")
_PLACES: Final = frozenset(("usage.region", "usage.cloud_region"))


class Grip:
    """The levers of a usage as it is declared."""

    def __init__(self, usage: Usage, registered: bool, kept: str = "") -> None:
        self.usage = usage
        self.kept = kept
        """The offering of a route that must stay."""
        self.registered = registered
        """Whether a register says what is in force; else the claims of the manifest do."""
        routes = [*usage.fallbacks, *([] if usage.via is None else [usage.via])]
        self.accounts: dict[str, Usage | Route] = {usage.offering: usage}
        self.accounts.update((name_of(route), as_route(route)) for route in routes)
        self._lists: dict[tuple[str, str], Levers] = {}
        self._static: dict[tuple[int, str], tuple[Node, frozenset[str]]] = {}

    def dropping(self) -> Levers:
        """The levers of routes that the usage can do without."""
        staying = (self.usage.offering, self.kept)
        return frozenset((offering, DROP, "") for offering in self.accounts if offering not in staying)

    def of_path(self, path: str, subject: Subject) -> Levers:
        """The levers that move what a path reads, contradictions aside."""
        root, _, rest = path.partition(".")
        offering = subject.offering.id
        if root == "agreements":
            return frozenset(((offering, "agreements", rest.partition(".")[0]),))
        if path == "primary.region":
            return self.of_inherited("region", self.usage.offering)
        if root != "usage":
            return NONE
        if rest.startswith(SETTINGS) or rest in ("tier", "cloud_region"):
            return frozenset(((offering, rest, ""),))
        if rest in LISTS:
            return self.of_list(rest, offering)
        if rest == "region":
            return self.of_inherited(rest, offering)
        if rest in ("fallbacks", "via") and subject.route == "primary":
            return self.dropping()
        if rest == "agreements" and not self.registered:
            return frozenset((offering, "agreements", kind) for kind in AGREEMENT_KINDS)
        return NONE

    def of_list(self, field: str, offering: str) -> Levers:
        found = self._lists.get((offering, field))
        if found is None:
            declared = getattr(self.accounts[offering], field)
            names = ("",) if isinstance(declared, UnsetType) else declared
            found = self._lists[offering, field] = frozenset((offering, field, name) for name in names)
        return found

    def of_inherited(self, field: str, offering: str) -> Levers:
        """A route without a region or lifecycle of its own takes the usage's: either can be changed."""
        own = isinstance(getattr(self.accounts[offering], field), UnsetType)
        places = {offering, self.usage.offering} if own else {offering}
        return frozenset((place, field, "") for place in places)

    def of_contradiction(self, one: Contradiction, subject: Subject) -> Iterator[Lever]:
        """The levers of a name and of what is declared beside it: one of them must move, whatever is to be known.

        A lifecycle, and a feature that is not declared, are ours to say only where a name implies them.
        """
        root, _, field = one.path.partition(".")
        offering = self.usage.offering if root == "primary" else subject.offering.id
        if one.axis == "cloud_regions":
            yield from ((offering, "cloud_region", ""), *self.of_inherited("region", offering))
            return
        yield from self.of_list(one.axis, offering) & {(offering, one.axis, one.name)}
        if field == "features":
            implied, stated = cast("list[str]", one.implied), cast("list[str]", one.stated)
            yield from ((offering, ADD, name) for name in implied if name not in stated)
        elif field in ("region", "lifecycle"):
            yield from self.of_inherited(field, offering)
        else:
            yield (offering, field, "")

    def of_paths(self, paths: Collection[str], subject: Subject) -> Levers:
        """The levers of several paths, and of what makes them unknown although they are declared."""
        found = {lever for path in paths for lever in self.of_path(path, subject)}
        for one in subject.contradictions:
            if one.path in paths:
                found.update(self.of_contradiction(one, subject))
        return frozenset(found)

    def read_by(self, node: Node, case: Case) -> Levers:
        """The levers of everything that a rule reads, whatever it comes to."""
        known = (id(node), case.subject.offering.id)
        found = self._static.get(known)
        if found is None:
            found = self._static[known] = node, frozenset(_reads(node, case, set()))
        return self.of_paths(found[1], case.subject)


def _reads(node: Node, case: Case, seen: set[str]) -> Iterator[str]:
    """Every path that a rule comes to ask for."""
    yield from reads(node)
    yield from _deciding_knowledge(node, case.subject.offering)
    for kind in words_of(node, "agreement"):
        yield f"agreements.{kind}"
    dimensions = [*words_of(node, "covered", "documented"), *_dimensions(reads(node))]
    for dimension in dimensions:
        cell = case.cell(dimension)
        if cell is not None and dimension not in seen:
            seen.add(dimension)
            yield from _reads_of_cell(cell, case, seen)


def _reads_of_cell(cell: Cell, case: Case, seen: set[str]) -> Iterator[str]:
    yield "usage.tier"
    if case.subject.offering.written.models is not None:
        yield "usage.models"
    yield from DECLARED_BY.values() if cell.written.scope is not None else ()
    for entry in cell.written.scoped_facts or ():
        yield from (f"usage.{axis}" for axis in LISTS if getattr(entry.scope, axis) is not None)
    for condition in cell.conditions:
        yield from _reads(condition.tree, case, seen)


def _deciding_knowledge(node: Node, offering: Offering) -> Iterator[str]:
    """The names on which it hangs whether a path is known: a contradicted one is not, which alone can help."""
    asked = {path for one in walk(node) if isinstance(one, Operation) and one.name in _ASKS for path in reads(one)}
    if not asked:
        return
    for entry in offering.written.implies or ():
        if any(path.partition(".")[2] in entry.set for path in asked):
            yield from (f"usage.{axis}" for axis in LISTS if getattr(entry, axis) is not None)
    if asked & _PLACES and offering.written.cloud is not None:
        yield from _PLACES


def _dimensions(paths: Iterable[str]) -> list[str]:
    """What a path to a partial grade's value or facts depends on reaches."""
    return [path.split(".")[1] for path in paths if path.startswith("registry.")]


class Hinges:
    """Finds the levers of a result that blocks, those that have been moved already aside."""

    def __init__(self, grip: Grip, blocked: Blocked, moved: Levers, fail_on: FailOn) -> None:
        self._grip = grip
        self._blocked = blocked
        self._case = blocked.case
        self._moved = moved
        self._strict = unknown_blocks(blocked.compiled.policy, blocked.case.as_of, fail_on)
        self._bad: tuple[Decision, ...] = ("fail", "unknown") if self._strict else ("fail",)
        """What a requirement may not come to; where an unknown does not block, it is good enough."""

    def levers(self) -> Levers:
        """The levers of the whole result."""
        policy, case = self._blocked.compiled.policy, self._case
        pairs = zip(policy.require, self._blocked.ruling.judged.decisions, strict=True)
        if self._blocked.ruling.judged.contradicted and not self._strict:
            # An unknown that rests on nothing contradicted will do: which of them do is not told.
            unknown = [one.tree for one, outcome in pairs if outcome == "unknown"]
            found = self._free(NONE.union(*(self._grip.read_by(tree, case) for tree in unknown)))
        else:
            found = _fewest(self.of(one.tree, True) for one, outcome in pairs if outcome in self._bad)
        if policy.when is not None:
            found |= self._free(self._grip.read_by(policy.when, case))
        if case.subject.identity.is_stranger:
            found |= self._free((BIND,))
        if case.subject.route != "primary":
            found |= self._free(self._grip.dropping() & {(case.subject.offering.id, DROP, "")})
        return found

    def of(self, node: Node, wanted: bool) -> Levers:
        """The levers of a rule that is not of the truth that is wanted of it."""
        if not isinstance(node, Operation):
            return NONE
        if node.name in ("and", "or"):
            failing = [self.of(one, wanted) for one in node.arguments if self._is_bad(one, wanted)]
            return _fewest(failing) if wanted == (node.name == "and") else NONE.union(*failing)
        if node.name in _NEGATIONS:
            return self.of(node.arguments[0], not wanted)
        if node.name == "!!":
            return self.of(node.arguments[0], wanted)
        if node.name == "covered" and wanted:
            return self.of_coverage(words_of(node, "covered")[0])
        if node.name == "agreement" and not wanted:
            return NONE  # what has been signed stays signed
        return self._free(self._grip.read_by(node, self._case))

    def _is_bad(self, node: Node, wanted: bool) -> bool:
        return decision(self._case.program.evaluator(node)(None, self._case), wanted) in self._bad

    def _free(self, levers: Iterable[Lever]) -> Levers:
        return frozenset(levers) - self._moved

    def of_coverage(self, dimension: str) -> Levers:
        """The levers of the step that leaves the fewest; grade and evidence are not ours to change."""
        case, cell = self._case, self._case.cell(dimension)
        if cell is None or case.grade(cell) in self._bad or case.evidence(cell) in self._bad:
            return NONE
        steps = [self.of_gap(gap) for gap in case.gaps(cell) if gap.outcome in self._bad]
        if case.names() in self._bad:
            steps.extend(self._of_name("models", name) for name in case.strangers())
        if case.tier(cell) in self._bad:
            steps.append(self._free(self._grip.of_path("usage.tier", case.subject)))
        steps.extend(self.of(one.tree, True) for one in cell.conditions if self._is_bad(one.tree, True))
        return _fewest(steps)

    def of_gap(self, gap: Gap) -> Levers:
        """What is outside a scope must go; what is not declared must be."""
        if gap.name is not None and gap.axis in LISTS:
            return self._of_name(gap.axis, gap.name)
        return self._free(self._grip.of_paths((DECLARED_BY[gap.axis],), self._case.subject))

    def _of_name(self, field: str, name: str) -> Levers:
        """The lever of a declared name; none where it has been put there."""
        offering = self._case.subject.offering.id
        return self._free(self._grip.of_list(field, offering) & {(offering, field, name)})


def _fewest(sets: Iterable[Levers]) -> Levers:
    """Of several that must all be moved, the set that leaves the least choice."""
    return min(sets, key=len, default=NONE)
