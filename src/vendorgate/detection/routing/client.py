"""A client, or what stands for one: whom it reaches, with what it was made with.

In: nothing. Out: `Client`.
"""

from __future__ import annotations

import msgspec

from ..sighting import Setting


class Client(msgspec.Struct, frozen=True):
    """Whom calls on it reach."""

    provider: str
    model: str | None = None
    region: str | None = None
    via: str | None = None
    is_optional: bool = False
    module: str = ""
    """The module that its class is of."""
    framework: str | None = None
    """The framework that it is a part of, whose calls are not the vendor's."""
    does: str | None = None
    """What a framework's class does: `chat`, `embeddings`, …"""
    settings: tuple[Setting, ...] = ()
    is_told: bool = False
    """Whether another call says already what is done with it."""
