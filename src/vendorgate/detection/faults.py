"""One file must not end the reading of all others.

In: what is done with one file. Out: what came of it, or why the file is passed over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from .reading.unreadable import Unreadable

_T = TypeVar("_T")


def tried(work: Callable[[], _T], before: str | None = None) -> tuple[_T | None, str | None]:
    """What it gives, and why not; `before` stands where nothing is wrong.

    Files are hostile, and nobody has foreseen everything: an error that is ours is said by its type, because its text
    might hold what the file does.
    """
    try:
        return work(), before
    except Unreadable as why:
        return None, why.reason
    except Exception as error:  # noqa: BLE001 said as the reason why the file is passed over
        return None, f"a fault of vendorgate: {type(error).__name__}"
