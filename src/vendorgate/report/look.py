"""How much of an evaluation the text for people tells, and what commands to type next need to know.

In: what a command line asks for. Out: a value.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

Amount = Literal["groups", "all", "verdict"]
"""Causes with what they hit; every result with its reasons; the closing line alone."""


class TextLook(msgspec.Struct, frozen=True):
    """How much is told. No exit code depends on it."""

    amount: Amount = "groups"
    statistics: bool = False
    """Whether counts are told, by policy, offering, project and cause."""
    options: tuple[str, ...] = ()
    """Those of this run that a command to type next needs, too, each with its value behind it."""
    bundle: str | None = None
    """The folder of the bundle; None where what came along judged."""

    def in_bundle(self, file: str) -> str:
        """A file of the bundle, or the one that it would be."""
        return f"{self.bundle}/{file}" if self.bundle else f"policies/{file}, in a bundle (vendorgate init bundle)"


GROUPS: Final = TextLook()
