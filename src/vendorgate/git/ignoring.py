"""What git ignores, asked without trusting the repository.

In: a folder of a work tree. Out: `Ignored`.
"""

from __future__ import annotations

import os
import subprocess
from typing import Final

from ..load.finding import Ignored
from .settings import FORCED, LEFT_OUT, QUIET

_PATIENCE: Final = 60.0
"""Seconds in which git must say what it ignores; it reads patterns from files that may be no files."""
_OF_ONE_REPOSITORY: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")
"""Of the environment: which repository is meant, as a hook has it; here the folder says so."""


def ignored(folder: str) -> Ignored:
    """What git ignores below a folder of the work tree, which is given by its real path; asked once, whatever is there.

    A whole folder stands for what is in it, unless something in it is tracked.
    """
    try:
        root = asked(folder, "rev-parse", "--show-toplevel").removesuffix(b"\n")
        inside = os.path.relpath(folder, os.fsdecode(root))
        if inside.split(os.sep)[0] == os.pardir:
            return Ignored("unknown")
        options = ("-z", "--others", "--ignored", "--exclude-standard", "--directory")
        listed = asked(os.fsdecode(root), "ls-files", *options, "--", inside).split(b"\0")[:-1]
    except subprocess.CalledProcessError as error:
        outside = (b"not a git repository", b"must be run in a work tree")
        return Ignored("outside" if any(words in error.stderr for words in outside) else "unknown")
    except FileNotFoundError:
        return Ignored("unknown" if _has_git(folder) else "outside")
    except (OSError, subprocess.SubprocessError):
        return Ignored("unknown")
    return Ignored("git", frozenset(os.path.join(os.fsdecode(root), os.fsdecode(path)).rstrip("/") for path in listed))


def asked(folder: str, *arguments: str) -> bytes:
    """What git says in a folder, whatever repository the environment names.

    Raises:
        subprocess.SubprocessError: it fails, or takes too long.
        OSError: it cannot be run.
    """
    left_out = {*LEFT_OUT, *_OF_ONE_REPOSITORY}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    ended = subprocess.run(  # noqa: S603 no shell, and a folder is never taken for an option
        [*QUIET, *arguments],
        cwd=folder,
        env={**kept, **FORCED},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=_PATIENCE,
    )
    return ended.stdout


def _has_git(folder: str) -> bool:
    """Whether a folder, or one that it lies in, has what git keeps of a repository."""
    while not os.path.lexists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return False
        folder = above
    return True
