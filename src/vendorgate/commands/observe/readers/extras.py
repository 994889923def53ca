"""Clients of clouds, which come with extras of vendorgate: asked for when they are needed, missed in words, and quiet.

In: what an extra brings. Out: the words for one that is not installed, and a silence in which it works. Refuses to
know what such a client does.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from ....load.files import opened
from ..asking import CannotObserve

_TALKATIVE: Final = ("azure", "botocore", "msal", "urllib3")
_LARGEST: Final = 1024 * 1024
"""Bytes of a file of credentials."""
_NOTHING: Final = logging.CRITICAL + 1


def missing(package: str, extra: str, otherwise: str = "") -> CannotObserve:
    """That a package is not installed, and how it is."""
    help = f"pip install 'vendorgate[{extra}]'{otherwise}"
    return CannotObserve(f"cannot be asked without {package}, which is not installed", help)


def credentials_in(path: str) -> bytes | None:
    """What stands in a file of credentials; None where it cannot be read, or is a pipe or a device, which a client
    would wait for or read without an end."""
    try:
        with opened(path) as file:
            found = file.read(_LARGEST + 1)
    except (OSError, ValueError):
        return None
    return found if len(found) <= _LARGEST else None


@contextmanager
def quiet() -> Iterator[None]:
    """Nothing is logged: these clients write what a cloud answers, with ids of accounts, to whoever listens."""
    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    before = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(_NOTHING)
    try:
        yield
    finally:
        for one, level in zip(loggers, before, strict=True):
            one.setLevel(level)
