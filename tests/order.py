"""The files that take longest, in the order in which they start.

Workers take whole files (`--dist=loadfile`), so that a file's fixtures are made once; with the longest first, the many
short ones fill what is left, and no worker waits for another. A file that is not named starts after those that are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent
LONGEST: Final = ("commands/repair/test_ways_out.py",)


def longest_first(items: list[pytest.Item]) -> None:
    """Order tests by file, the longest first; within a file, and of files that are not named, the order stays."""
    ranks = {ROOT / name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))
