"""Which files git has or would take below a folder, asked without trusting the repository.

In: a folder. Out: paths from it, with forward slashes; or None, where git has nothing to say.
"""

from __future__ import annotations

import os
import subprocess

from .ignoring import asked


def files_below(folder: str) -> tuple[str, ...] | None:
    """What is tracked, and what is neither tracked nor ignored. None outside of git, and where git ignores everything
    in the folder: who names one means it.
    """
    try:
        listed = asked(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ".")
    except (OSError, subprocess.SubprocessError):
        return None
    return tuple(dict.fromkeys(os.fsdecode(path) for path in listed.split(b"\0")[:-1])) or None
