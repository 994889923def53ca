"""What a history did to each file, read out of what git lists.

In: the lists of `rev-list` and `diff-tree`. Out: versions by path, the newest first. Days are those that authors state:
whoever records a day sets them, and a rebase leaves them alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

_FILE: Final = b"100"
"""How the mode of a file begins; that of a link, of another repository and of nothing begin otherwise."""
_COMMIT: Final = "commit "
_FURTHEST: Final = 253_402_300_799
"""The last second of the calendar, 9999-12-31; a commit can claim any number."""


class Version(msgspec.Struct, frozen=True):
    """What a commit made of a file."""

    commit: str
    seconds: int
    """Since 1970, when its author says that it was; between the ends of the calendar."""
    content: str | None
    """The id of the bytes; None where there is no file any more, or something else."""


Versions = Mapping[str, Sequence[Version]]
"""By path, from the newest to the oldest."""


def seconds_by_commit(listed: str) -> dict[str, int]:
    """When each commit was made, of `rev-list --format=%at`; 0 where it does not say when."""
    found, commit = dict[str, int](), ""
    for line in listed.splitlines():
        if line.startswith(_COMMIT):
            commit = line.removeprefix(_COMMIT)
        found[commit] = _seconds(line)
    return found


def _seconds(text: str) -> int:
    return min(int(text[:18]), _FURTHEST) if text.isdecimal() else 0


def versions(listed: bytes, seconds: Mapping[str, int]) -> Versions:
    """What each commit did, of `diff-tree --stdin --raw -z`."""
    found: dict[str, list[Version]] = {}
    for commit, path, content in _changes(listed):
        found.setdefault(path, []).append(Version(commit, seconds.get(commit, 0), content))
    return found


def _changes(listed: bytes) -> Iterator[tuple[str, str, str | None]]:
    """Commits, paths, and ids of what is then there."""
    commit = ""
    records = iter(listed.split(b"\0")[:-1])
    for record in records:
        if not record.startswith(b":"):
            commit = record.decode("ascii", "replace").strip()
            continue
        _, mode, _, content, *_ = record.split(b" ")
        path = next(records, b"").decode("utf-8", "surrogateescape")
        yield commit, path, content.decode("ascii", "replace") if mode.startswith(_FILE) else None
