"""Names that a command line gives, of things that must exist.

In: a name and those that there are. Out: nothing; a name that does not exist is refused with the nearest one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ..errors import Problem, UsageError
from ..load.words import offering_help
from ..logic.nearest import suggestion


def require_known(word: str, words: Iterable[str], what: str) -> None:
    """Refuse a name that does not exist.

    Raises:
        UsageError: with the nearest name, or with those that there are.
    """
    known = list(words)
    if word not in known:
        raise UsageError([Problem(f"no {what} `{word}`", help=suggestion(word, known, "there are"))])


def require_offering(word: str, offerings: Collection[str]) -> None:
    """Refuse an offering that does not exist.

    Raises:
        UsageError: with the one that is meant, or the way on where a vendor is not there.
    """
    if word not in offerings:
        raise UsageError([Problem(f"no offering `{word}`", help=offering_help(word, offerings))])


def known_or_only(word: str | None, words: Sequence[str], what: str) -> str:
    """A name that exists; where none is given, the only one.

    Raises:
        UsageError: there is none of that name; or none is given, and there are several or none.
    """
    if word is not None:
        require_known(word, words, what)
        return word
    if len(words) != 1:
        title = f"{len(words)} {what}s, and this is about one" if words else f"there is no {what}"
        raise UsageError([Problem(title, help=f"name it: --{what} {'|'.join(words)}" if words else None)])
    return words[0]
