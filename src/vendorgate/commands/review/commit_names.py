"""What a name of a commit can stand for, and which names nobody may rely on.

In: a name as somebody gave it. Out: a commit, or the problem with its name. git takes the first that it finds, a tag
before a branch; whoever may push a tag could put one in the place of the branch that judges.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from ...errors import Problem
from ...git.repository import Repository
from ...logic.nearest import nearest

FETCH: Final = "fetch the whole history (actions/checkout with `fetch-depth: 0`, or `git fetch --unshallow`)"
_STEM: Final = re.compile(r"[~^:]|@\{")
"""What follows the name of a ref begins with one of these."""
_ITSELF: Final = ("", "HEAD", "@")
_PLACES: Final = ("refs/{}", "refs/tags/{}", "refs/heads/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD")
"""Where git looks for a ref, in this order."""
_ID_INSIDE: Final = re.compile(r"(?:^|-g)([0-9a-f]{4,})\Z")
"""The beginning of an id, by itself or at the end of what `git describe` says."""
_NO_REF: Final = re.compile(r"[*?\[\\\s\0]")


class FoundCommit(msgspec.Struct, frozen=True):
    """The commit of a name, or why there is none."""

    commit: str | None
    problem: Problem | None = None


def find(repository: Repository, option: str, name: str) -> FoundCommit:
    """The commit that a name stands for, where it can stand for one alone."""
    stem = _STEM.split(name, maxsplit=1)[0]
    meant = _meanings(repository, stem)
    if len(meant) > 1:
        return FoundCommit(None, _ambiguous(option, name, stem, meant))
    commit = repository.commit(name) if meant or not stem.startswith("refs/") else None
    return FoundCommit(commit, _missing(repository, option, name) if commit is None else None)


def _meanings(repository: Repository, stem: str) -> list[str]:
    """Everything that a name can be, by whole names; nothing where git takes it for one thing only, or for none."""
    if stem in _ITSELF or stem.startswith("-") or _NO_REF.search(stem) or repository.is_whole_id(stem):
        return []
    if stem.startswith("refs/"):
        return [one for one in repository.refs(stem) if one == stem]
    places = [place.format(stem) for place in _PLACES]
    there = repository.refs(*places)
    found = [one for one in places if one in there]
    if found and f"refs/heads/{stem}" not in found:
        found += [one for one in remote_branches(repository, stem) if one not in found]
    short = _ID_INSIDE.search(stem)
    if found and short is not None and repository.begins_an_id(short[1]):
        found.append(f"the commit that begins with {short[1]}")
    return found


def remote_branches(repository: Repository, branch: str) -> list[str]:
    """The branches of that name that remotes have, by whole names."""
    return [one for one in repository.refs(f"refs/remotes/*/{branch}") if one.endswith(f"/{branch}")]


def _ambiguous(option: str, name: str, stem: str, meant: list[str]) -> Problem:
    title = f"{option} {name}: ambiguous, because `{stem}` can be {' or '.join(meant)}"
    branches = [one for one in meant if one.startswith(("refs/heads/", "refs/remotes/"))]
    whole = f"{(branches or meant)[0]}{name.removeprefix(stem)}"
    help = f"write the one you mean in full, such as `{option} {whole}`, or the whole id of the commit, as CI names it"
    return Problem(title, help=help)


def checked_out_itself(repository: Repository, name: str, commit: str) -> Problem | None:
    """Why a base that is the head itself may be another's branch: CI checks a change's branch out by its own name."""
    branch = repository.checked_out()
    if branch is None or name != branch.removeprefix("refs/heads/"):
        return None
    others = [one for one in remote_branches(repository, name) if repository.commit(one) != commit]
    if not others:
        return None
    title = f"--base {name}: this is the branch that is checked out, and {others[0]} is at another commit"
    return Problem(title, help=f"write `--base {others[0]}`, or the whole id of the commit, as CI names it")


def _missing(repository: Repository, option: str, name: str) -> Problem:
    title = f"{option} {name}: no such commit" + (" in this shallow clone" if repository.shallow else " here")
    meant = _meant(name, repository.names())
    help = f"did you mean `{meant}`?" if meant else "name a branch, a tag or a commit"
    if repository.shallow:
        help = f"{FETCH}{f'; or did you mean `{meant}`?' if meant else ''}"
    return Problem(title, help=help)


def _meant(name: str, names: list[str]) -> str | None:
    """The branch of a remote that has the name, as in a checkout that CI made; else the nearest name."""
    remote = [one for one in names if one.partition("/")[2] == name]
    return remote[0] if remote else nearest(name, names)
