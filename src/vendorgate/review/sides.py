"""The commits of a review: whose policies judge, what the change began from, and what it comes to.

In: names of commits. Out: `Sides`. A name that stands for nothing, or a history that is cut off, is an error that says
how to get what is missing.
"""

from __future__ import annotations

from typing import Final

import msgspec

from ..errors import Problem, UsageError
from ..logic.nearest import nearest
from .git import Repository, Tree, is_nothing

_FETCH: Final = "fetch the whole history (actions/checkout with `fetch-depth: 0`, or `git fetch --unshallow`)"


class Side(msgspec.Struct, frozen=True):
    """A commit by the name that was given, and by its id; None where it stands for nothing at all."""

    name: str
    commit: str | None


class Sides(msgspec.Struct, frozen=True):
    """The three trees that a review reads."""

    base: Side
    """What the change is to go into: its policies, waivers, agreements and registry judge."""
    parting: str | None
    """The commit at which the change began, so that what others did meanwhile is not blamed on it; None: nothing."""
    head: Side
    base_tree: Tree
    parting_tree: Tree
    head_tree: Tree


def sides(repository: Repository, base: str, head: str) -> Sides:
    """The commits that two names stand for.

    Raises:
        UsageError: a name stands for no commit that is here, or the common history is not here.
    """
    missing: list[Problem] = []
    whole = _side(repository, "--base", base, missing)
    change = _side(repository, "--head", head, missing)
    if missing:
        raise UsageError(missing)
    parting = _parting(repository, whole, change)
    return Sides(whole, parting, change, *(repository.tree(one) for one in (whole.commit, parting, change.commit)))


def _side(repository: Repository, option: str, name: str, missing: list[Problem]) -> Side:
    if option == "--base" and is_nothing(name):
        return Side(name, None)
    commit = repository.commit(name)
    if commit is None:
        missing.append(_missing(repository, option, name))
    return Side(name, commit)


def _parting(repository: Repository, base: Side, head: Side) -> str | None:
    if base.commit is None or head.commit is None:
        return None
    parting = repository.merge_base(base.commit, head.commit)
    if parting is None and repository.shallow:
        title = f"the history that {base.name} and {head.name} share is not in this shallow clone"
        raise UsageError([Problem(title, help=_FETCH)])
    return parting


def _missing(repository: Repository, option: str, name: str) -> Problem:
    title = f"{option} {name}: no such commit" + (" in this shallow clone" if repository.shallow else " here")
    meant = _meant(name, repository.names())
    help = f"did you mean `{meant}`?" if meant else "name a branch, a tag or a commit"
    if repository.shallow:
        help = f"{_FETCH}{f'; or did you mean `{meant}`?' if meant else ''}"
    return Problem(title, help=help)


def _meant(name: str, names: list[str]) -> str | None:
    """The branch of a remote that goes by the name, as in a checkout that CI made; else the nearest name."""
    remote = [one for one in names if one.partition("/")[2] == name]
    return remote[0] if remote else nearest(name, names)
