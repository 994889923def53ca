"""Names that a command line gives, of things that must exist.

In: a name and those that there are. Out: nothing; a name that does not exist is refused with the nearest one.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import Problem, UsageError
from ..logic.nearest import suggestion


def require_known(word: str, words: Iterable[str], what: str) -> None:
    """Refuse a name that does not exist.

    Raises:
        UsageError: with the nearest name, or with those that there are.
    """
    known = list(words)
    if word not in known:
        raise UsageError([Problem(f"no {what} `{word}`", help=suggestion(word, known, "there are"))])
