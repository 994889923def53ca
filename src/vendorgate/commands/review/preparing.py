"""Everything that a review is about, found before anything is judged.

In: a `ReviewQuestion`. Out: `PreparedReview`, or every name that stands for nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from ...errors import Problem, UsageError
from ...git.repository import Repository, Tree, TreeEntry
from ...model.identity import NOWHERE, RepositoryName
from ...model.vocabulary import FailOn
from ...source import Location
from .commits import Commits, commits_of
from .folders import JudgingFolder, expected, origin, place, shown_place, stands
from .manifests import ChosenManifests, choose, shown
from .model import JudgedBy

SideName = Literal["base", "head"]


class ReviewQuestion(msgspec.Struct, frozen=True):
    """What a review is asked."""

    base: str
    head: str
    as_of: datetime.date
    manifests: tuple[str, ...] = ()
    """Paths or globs; none: every file with a manifest's name."""
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
    code: bool = False
    """Whether code is held against what is declared, too."""
    repository: RepositoryName = NOWHERE
    """The repository by its name."""


class PreparedReview(msgspec.Struct, frozen=True):
    """A question, and what it names."""

    question: ReviewQuestion
    repository: Repository
    commits: Commits
    chosen: ChosenManifests
    policies: JudgingFolder
    registry: JudgingFolder

    @property
    def judge(self) -> SideName:
        """The side whose policies, waivers, agreements and registry judge head."""
        return "head" if self.question.trust_head else "base"

    def tree(self, side: SideName) -> Tree:
        return self.commits.head_tree if side == "head" else self.commits.base_tree

    def shown(self, path: str) -> str:
        """A path from the root as it is written in this folder."""
        return shown(path, self.repository.here)

    @property
    def now(self) -> Mapping[str, str]:
        """The path of today by the path that a manifest had before, both as they are shown."""
        return {self.shown(pair.before): self.shown(pair.path) for pair in self.chosen.pairs if pair.before is not None}

    @property
    def judges(self) -> JudgedBy:
        """Where what judges head comes from."""
        tree, side = self.tree(self.judge), self.judge
        policies, registry = ((origin(one, tree, side), shown_place(one, tree, self.repository)) for one in self.places)
        return JudgedBy(*policies, *registry)

    @property
    def places(self) -> tuple[JudgingFolder, JudgingFolder]:
        return self.policies, self.registry


def prepare(question: ReviewQuestion, folder: str) -> PreparedReview:
    """Find commits, manifests, policies and registry.

    Raises:
        UsageError, InputError: something that is named is not there.
    """
    repository = Repository(folder)
    found = commits_of(repository, question.base, question.head)
    trees = (found.base_tree, found.parting_tree, found.head_tree)
    if question.trust_head:
        trees = (found.head_tree, found.base_tree, found.parting_tree)
    policies = place("policies", question.policies, repository, trees)
    registry = place("registry", question.registry, repository, trees)
    chosen = choose(
        question.manifests, repository, found.parting_tree, found.head_tree, lambda: _renames(repository, found)
    )
    prepared = PreparedReview(question, repository, found, chosen, policies, registry)
    _refuse_missing(prepared)
    repository.expect(_asked_for(prepared))
    return prepared


def _asked_for(prepared: PreparedReview) -> Iterator[TreeEntry]:
    """What judging reads of commits: the folders that judge, and the manifests of each side and of base."""
    for one in prepared.places:
        yield from expected(one, prepared.tree(prepared.judge))
    found, chosen = prepared.commits, prepared.chosen
    for pair in chosen.pairs:
        wanted = ((found.head_tree, pair.path), (found.base_tree, pair.path), (found.parting_tree, pair.before))
        yield from (tree[path] for tree, path in wanted if path in tree)
    yield from (found.parting_tree[path] for path in chosen.gone)


def _renames(repository: Repository, found: Commits) -> Mapping[str, str]:
    before, after = found.parting, found.head.commit
    return repository.renames(before, after) if before is not None and after is not None else {}


def _refuse_missing(prepared: PreparedReview) -> None:
    """A folder that git tracks and that the judging side does not have: nothing else is taken in its place."""
    side = prepared.judge
    name = (prepared.commits.head if side == "head" else prepared.commits.base).name
    problems = []
    for one in prepared.places:
        if one.named and one.path is not None and not stands(one, prepared.tree(side)):
            help = "name a folder that it has" + ("" if side == "head" else ", or let head judge itself: --trust-head")
            problems.append(Problem(f"no such folder in {side} {name}", Location(one.disk.shown, 1, 1), help))
    if problems:
        raise UsageError(problems)
