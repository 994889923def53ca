"""Everything that a review is about, found before anything is judged.

In: a `Question`. Out: `Prepared`, or every name that stands for nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal

import msgspec

from ...errors import Problem, UsageError
from ...git.repository import Repository, Tree
from ...model.identity import NOWHERE
from ...model.identity import Repository as Named
from ...model.vocabulary import FailOn
from ...source import Location
from .inputs import Place, origin, place, shown_place, stands
from .manifests import Chosen, choose, shown
from .model import Judges
from .sides import Sides, sides

Name = Literal["base", "head"]


class Question(msgspec.Struct, frozen=True):
    """What a review is asked."""

    base: str
    head: str
    as_of: datetime.date
    manifests: tuple[str, ...] = ()
    """Paths or globs; none: every one that goes by a manifest's name."""
    policies: str | None = None
    registry: str | None = None
    packs: tuple[str, ...] = ()
    asked_on: datetime.date | None = None
    """The day of the run, where somebody chose one of the days to judge by."""
    base_as_of: datetime.date | None = None
    """The day for the results before the change; None: the same."""
    fail_on: FailOn | None = None
    trust_head: bool = False
    new_only: bool = False
    repository: Named = NOWHERE
    """The repository by its name."""


class Prepared(msgspec.Struct, frozen=True):
    """A question, and what it names."""

    question: Question
    repository: Repository
    sides: Sides
    chosen: Chosen
    policies: Place
    registry: Place

    @property
    def judge(self) -> Name:
        """The side whose policies, waivers, agreements and registry judge head."""
        return "head" if self.question.trust_head else "base"

    def tree(self, side: Name) -> Tree:
        return self.sides.head_tree if side == "head" else self.sides.base_tree

    def shown(self, path: str) -> str:
        """A path from the root as it is written in this folder."""
        return shown(path, self.repository.here)

    @property
    def now(self) -> Mapping[str, str]:
        """The path of today by the path that a manifest had before, both as they are shown."""
        return {self.shown(pair.before): self.shown(pair.path) for pair in self.chosen.pairs if pair.before is not None}

    @property
    def judges(self) -> Judges:
        """Where what judges head comes from."""
        tree, side = self.tree(self.judge), self.judge
        policies, registry = ((origin(one, tree, side), shown_place(one, tree, self.repository)) for one in self.places)
        return Judges(*policies, *registry)

    @property
    def places(self) -> tuple[Place, Place]:
        return self.policies, self.registry


def prepare(question: Question, folder: str) -> Prepared:
    """Find commits, manifests, policies and registry.

    Raises:
        UsageError, InputError: something that is named is not there.
    """
    repository = Repository(folder)
    found = sides(repository, question.base, question.head)
    trees = (found.base_tree, found.parting_tree, found.head_tree)
    if question.trust_head:
        trees = (found.head_tree, found.base_tree, found.parting_tree)
    policies = place("policies", question.policies, repository, trees)
    registry = place("registry", question.registry, repository, trees)
    chosen = choose(
        question.manifests, repository, found.parting_tree, found.head_tree, lambda: _renames(repository, found)
    )
    prepared = Prepared(question, repository, found, chosen, policies, registry)
    _refuse_missing(prepared)
    return prepared


def _renames(repository: Repository, found: Sides) -> Mapping[str, str]:
    before, after = found.parting, found.head.commit
    return repository.renames(before, after) if before is not None and after is not None else {}


def _refuse_missing(prepared: Prepared) -> None:
    """A folder that git tracks and that the judging side does not have: nothing else is taken in its place."""
    side = prepared.judge
    name = (prepared.sides.head if side == "head" else prepared.sides.base).name
    problems = []
    for one in prepared.places:
        if one.named and one.path is not None and not stands(one, prepared.tree(side)):
            help = "name a folder that it has" + ("" if side == "head" else ", or let head judge itself: --trust-head")
            problems.append(Problem(f"no such folder in {side} {name}", Location(one.disk.shown, 1, 1), help))
    if problems:
        raise UsageError(problems)
