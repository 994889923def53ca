"""What a push comes to as an exit code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ...frame.verdict import INCOMPLETE
from .model import Push

FAIL_WHEN: Final[Mapping[str, Callable[[Push], bool]]] = {
    "any": lambda found: any(one.differs for one in found.objects),
    "never": lambda found: False,
}
"""What exits with 1."""


def exit_code(found: Push, fail_when: str) -> int:
    """2 where a manifest was not judged or something was not done, else 1 where it is asked for, else 0."""
    if found.evaluation.not_judged or found.undone or found.ended is not None:
        return INCOMPLETE
    return int(FAIL_WHEN[fail_when](found))
