"""The vendor's ids of an account, held to the shape that the vendor gives them.

In: an entry of `accounts.yaml`. Out: an id that is safe in a path, and in an address where its shape says so. Refuses
to know whether anything has that id.
"""

from __future__ import annotations

import re

from ....model.observation import AccountEntry
from ..asking import CannotObserve
from ..model import IdName


def id_of(entry: AccountEntry, name: IdName, shape: re.Pattern[str], expected: str) -> str:
    """One id of an entry, whole.

    Args:
        expected: what it should be, such as "the id of a project (`clinic-prod`)".

    Raises:
        CannotObserve: the entry has none, several, or one of another shape.
    """
    found = ids_of(entry, name, shape, expected)
    if len(found) > 1:
        words = f"accounts.yaml names several of `{name}` for the account, which is read by one"
        raise CannotObserve(words, f"give {expected}, and each other one to an account of its own")
    return found[0]


def ids_of(entry: AccountEntry, name: IdName, shape: re.Pattern[str], expected: str) -> tuple[str, ...]:
    """One or several ids of an entry, each whole and each once.

    Args:
        expected: what one should be.

    Raises:
        CannotObserve: the entry has none, or one of another shape.
    """
    value = getattr(entry, name)
    found: tuple[str, ...] = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    if not found:
        raise CannotObserve(f"accounts.yaml names no `{name}` for the account", f"give {expected}")
    if any(shape.fullmatch(one) is None for one in found):
        raise CannotObserve(f"accounts.yaml names a `{name}` for the account that can be none", f"give {expected}")
    return tuple(dict.fromkeys(found))
