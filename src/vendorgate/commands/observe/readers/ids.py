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
        CannotObserve: the entry has none, or one of another shape.
    """
    value = getattr(entry, name)
    if not isinstance(value, str):
        raise CannotObserve(f"accounts.yaml names no `{name}` for the account", f"give {expected}")
    if shape.fullmatch(value) is None:
        raise CannotObserve(f"accounts.yaml names a `{name}` for the account that can be none", f"give {expected}")
    return value
