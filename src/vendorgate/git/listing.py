"""Which files git has or would take below a folder, asked without trusting the repository.

In: a folder. Out: paths from it, with forward slashes; or None, where git has nothing to say.
"""

from __future__ import annotations

import os
import subprocess

from .ignoring import asked


def files_below(folder: str) -> tuple[str, ...] | None:
    """What is tracked, and what is neither tracked nor ignored. None outside of git, and for a folder that git ignores:
    who names one means it.
    """
    try:
        listed = asked(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ".")
        found = tuple(dict.fromkeys(os.fsdecode(path) for path in listed.split(b"\0")[:-1]))
        return found if found or not _is_ignored(folder) else None
    except (OSError, subprocess.SubprocessError):
        return None


def _is_ignored(folder: str) -> bool:
    try:
        asked(folder, "check-ignore", "-q", ".")
    except subprocess.CalledProcessError:
        return False
    return True
