"""The commits of a review: whose policies judge, what the change began from, and what it comes to.

In: names of commits. Out: `Commits`. A name that stands for nothing or for several things, or a history that is cut
off, is an error that says what to do.
"""

from __future__ import annotations

import msgspec

from ...errors import Problem, UsageError
from ...git.repository import Repository, Tree, is_nothing
from .commit_names import FETCH, checked_out_itself, find
from .model import NamedCommit


class Commits(msgspec.Struct, frozen=True):
    """The three trees that a review reads."""

    base: NamedCommit
    """What the change is to go into: its policies, waivers, agreements and registry judge."""
    parting: str | None
    """The commit at which the change began, so that what others did meanwhile is not blamed on it; None: nothing."""
    head: NamedCommit
    base_tree: Tree
    parting_tree: Tree
    head_tree: Tree


def commits_of(repository: Repository, base: str, head: str) -> Commits:
    """The commits that two names stand for.

    Raises:
        UsageError: a name stands for no commit that is here, or for more than one, or the common history is not here.
    """
    problems: list[Problem] = []
    whole = _side(repository, "--base", base, problems)
    change = _side(repository, "--head", head, problems)
    if problems:
        raise UsageError(problems)
    _refuse_itself(repository, whole, change)
    parting = _parting(repository, whole, change)
    return Commits(whole, parting, change, *(repository.tree(one) for one in (whole.commit, parting, change.commit)))


def _side(repository: Repository, option: str, name: str, problems: list[Problem]) -> NamedCommit:
    if option == "--base" and is_nothing(name):
        return NamedCommit(name, None)
    found = find(repository, option, name)
    if found.problem is not None:
        problems.append(found.problem)
    return NamedCommit(name, found.commit)


def _refuse_itself(repository: Repository, base: NamedCommit, head: NamedCommit) -> None:
    if base.commit is not None and base.commit == head.commit:
        problem = checked_out_itself(repository, base.name, base.commit)
        if problem is not None:
            raise UsageError([problem])


def _parting(repository: Repository, base: NamedCommit, head: NamedCommit) -> str | None:
    if base.commit is None or head.commit is None:
        return None
    parting = repository.merge_base(base.commit, head.commit)
    if parting is None and repository.shallow:
        title = f"the history that {base.name} and {head.name} share is not in this shallow clone"
        raise UsageError([Problem(title, help=FETCH)])
    return parting
