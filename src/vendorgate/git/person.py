"""Who git says that somebody is.

In: a folder. Out: the address that git would put into a commit there, or nothing.
"""

from __future__ import annotations

import subprocess

from .ignoring import asked


def email(folder: str) -> str | None:
    """`user.email` of the settings that are in force in a folder; None where none is set, or there is no git."""
    try:
        said = asked(folder, "config", "--get", "user.email")
    except (OSError, subprocess.SubprocessError):
        return None
    return said.decode("utf-8", "surrogateescape").strip() or None
