"""What happened in the repository, and what follows from it.

In: the name of the event and its payload, as GitHub writes them. Out: which commits to compare, which pull request to
tell, whether the results are those of the commit that GitHub thinks of. Reads no text that a person wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Final

import msgspec

from ...errors import Problem, UsageError

_Commit = Annotated[str, msgspec.Meta(pattern=r"^(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")]
_NOTHING: Final = frozenset("0")


class CommitRange(msgspec.Struct, frozen=True):
    """Two commits, the second made from the first."""

    base: str
    head: str


class Event(msgspec.Struct, frozen=True):
    """What the action needs to know of an event."""

    name: str
    change: CommitRange | None = None
    """None where nothing was there before, as on a schedule or in a new branch."""
    merge: str = ""
    """The commit that GitHub made to try a pull request: its first parent is the tip of the branch it would go into."""
    pull_request: int = 0
    """0 where there is none to tell."""
    fork: bool = False
    """Whether the pull request comes from another repository, so that the token may only read."""
    reviewed: bool = False
    """Whether `review: auto` asks for a review."""
    scanned: bool = False
    """Whether code scanning would file the results under the commit that they are about."""


class _Repository(msgspec.Struct, frozen=True):
    full_name: str


class _End(msgspec.Struct, frozen=True):
    sha: _Commit
    repo: _Repository | None = None
    """None where a fork has been deleted."""


class _PullRequest(msgspec.Struct, frozen=True):
    number: Annotated[int, msgspec.Meta(ge=1)]
    base: _End
    head: _End
    merge_commit_sha: _Commit | None = None


class _OfPullRequest(msgspec.Struct, frozen=True):
    pull_request: _PullRequest


class _MergeGroup(msgspec.Struct, frozen=True):
    base_sha: _Commit
    head_sha: _Commit


class _OfMergeGroup(msgspec.Struct, frozen=True):
    merge_group: _MergeGroup


class _OfPush(msgspec.Struct, frozen=True):
    before: _Commit
    after: _Commit


def read_event(name: str, payload: bytes, commit: str) -> Event:
    """The event; `commit` is the one that GitHub started the workflow for.

    Raises:
        UsageError: the payload is not one of such an event.
    """
    read = _READ.get(name)
    if read is None:
        return Event(name)
    try:
        return read(name, payload, commit)
    except msgspec.MsgspecError as error:
        words = f"the payload of the event `{name}` is not as GitHub writes it: {error}"
        raise UsageError([Problem(words, help="run this as a step of a GitHub Actions job")]) from None


def _pull_request(name: str, payload: bytes, commit: str) -> Event:
    return _of_pull_request(name, msgspec.json.decode(payload, type=_OfPullRequest).pull_request, commit, scanned=True)


def _pull_request_target(name: str, payload: bytes, commit: str) -> Event:
    """GitHub starts such a workflow for the base, so neither is `commit` the merge nor do the results belong to it."""
    found = msgspec.json.decode(payload, type=_OfPullRequest).pull_request
    return _of_pull_request(name, found, found.merge_commit_sha or "", scanned=False)


def _of_pull_request(name: str, found: _PullRequest, merge: str, *, scanned: bool) -> Event:
    there, here = found.head.repo, found.base.repo
    return Event(
        name,
        change=CommitRange(found.base.sha, found.head.sha),
        merge=merge,
        pull_request=found.number,
        fork=there is None or here is None or there.full_name != here.full_name,
        reviewed=True,
        scanned=scanned,
    )


def _merge_group(name: str, payload: bytes, commit: str) -> Event:
    found = msgspec.json.decode(payload, type=_OfMergeGroup).merge_group
    return Event(name, CommitRange(found.base_sha, found.head_sha), reviewed=True, scanned=True)


def _push(name: str, payload: bytes, commit: str) -> Event:
    found = msgspec.json.decode(payload, type=_OfPush)
    there = not (_NOTHING.issuperset(found.before) or _NOTHING.issuperset(found.after))
    return Event(name, CommitRange(found.before, found.after) if there else None, scanned=True)


def _alone(name: str, payload: bytes, commit: str) -> Event:
    return Event(name, scanned=True)


_READ: Final[Mapping[str, Callable[[str, bytes, str], Event]]] = {
    "pull_request": _pull_request,
    "pull_request_target": _pull_request_target,
    "merge_group": _merge_group,
    "push": _push,
    "schedule": _alone,
    "workflow_dispatch": _alone,
}
"""The events that are known; on another one everything is checked and nobody is told."""
