"""Which two commits a review compares, asked of git.

In: an event and the folder of a clone. Out: a change. Reads commits, never files, and runs nothing of the repository.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from typing import Final

from .event import CommitRange, Event

_PARENT: Final = re.compile(r"^parent ([0-9a-f]{40,64})$", re.MULTILINE)
_CAREFUL: Final = (
    *("--no-replace-objects", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"),
    *("-c", "safe.bareRepository=explicit", "-c", "protocol.ext.allow=never"),
)
"""A change can lay a folder out as a bare repository, with objects and settings of its own."""
_PATIENCE: Final = 60.0
"""Seconds that git may take; a partial clone fetches what it is asked for."""


def change_of(event: Event, folder: str) -> CommitRange | None:
    """The change of an event; of a pull request what merging it would change.

    A pull request's own head may be older than the branch that it goes into, and then differs from it in what others
    did. The merge that GitHub tries has the tip of that branch as its first parent and the head as its second. Where it
    is not in the clone, because the workflow checked out something else, the ends that the payload names are compared.
    """
    if event.change is None or not event.merge:
        return event.change
    parents = _parents(event.merge, folder)
    if len(parents) == 2 and parents[1] == event.change.head:
        return CommitRange(parents[0], event.merge)
    return event.change


def _parents(commit: str, folder: str) -> Sequence[str]:
    """As the commit itself names them, in a shallow clone too; none where it is not there."""
    command = ("git", *_CAREFUL, "cat-file", "commit", commit)
    try:
        ended = subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=_PATIENCE)  # noqa: S603 a commit's name, no shell
    except (OSError, subprocess.SubprocessError):
        return ()
    headers, _, _ = ended.stdout.decode("utf-8", "replace").partition("\n\n")
    return _PARENT.findall(headers)
