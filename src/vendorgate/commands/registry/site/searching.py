"""An index of every word, which a page searches without a server of its own: Pagefind's, from its package.

In: a folder of pages. Out: its folder `pagefind/`. The package is imported where it is asked for alone, and its program
runs in an environment of its own; it asks no network.
"""

from __future__ import annotations

import os
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from ....errors import InputError, Problem

FOLDER: Final = "pagefind"
_PACKAGE: Final = "pagefind_bin"
INSTALL: Final = "pip install 'vendorgate[site]'"
_UNUSED: Final = ("*ui.css", "*ui.js", "pagefind-highlight.js")
"""What it writes for pages that look another way than these."""
_PATIENCE: Final = 600
"""Seconds."""


def is_there() -> bool:
    """Whether the package is installed."""
    return find_spec(_PACKAGE) is not None


def index(site: Path, shown: str) -> None:
    """Write the index of all pages in a folder.

    Raises:
        InputError: it cannot be written; what the program says of it is in the message.
    """
    from pagefind_bin import get_executable

    command = [str(get_executable()), "--site", str(site), "--output-subdir", FOLDER, "--quiet"]
    bare = {name: os.environ[name] for name in ("SystemRoot", "TMPDIR", "TEMP") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603  # the package's own program, and no word of an input
            command, capture_output=True, check=False, timeout=_PATIENCE, env=bare, cwd=site
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(shown, str(error)) from None
    if done.returncode != 0:
        raise _failed(shown, (done.stderr or done.stdout).decode("utf-8", "replace")[-400:])
    for unused in _UNUSED:
        for path in site.glob(f"{FOLDER}/{unused}"):
            path.unlink()


def _failed(shown: str, said: str) -> InputError:
    title = f"{shown}: the index of words cannot be made: {said.strip() or 'pagefind says nothing'}"
    return InputError([Problem(title, help="leave it out with --search filter, or install the package again")])
