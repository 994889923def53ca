"""How much of an evaluation the text for people tells, and what commands to type next need to know.

In: what a command line asks for. Out: a value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from ..model.evaluation import Evaluation
from ..source import Location

if TYPE_CHECKING:
    from ..model.proposal import Proposal  # what passes has none

Amount = Literal["groups", "all", "verdict"]
"""Causes with what they hit; every result with its reasons; the closing line alone."""


UsageKey = tuple[str, str]
"""The path of a manifest, as it is shown, and the id of a usage."""


class TextLook(msgspec.Struct, frozen=True):
    """How much is told. No exit code depends on it."""

    amount: Amount = "groups"
    statistics: bool = False
    """Whether counts are told, by policy, offering, project and cause."""
    options: tuple[str, ...] = ()
    """Those of this run that a command to type next needs, too, each with its value behind it."""
    bundle: str | None = None
    """The folder of the bundle; None where what came along judged."""

    propose: Callable[[Evaluation, Sequence[UsageKey]], Sequence[Proposal]] | None = None
    """Finds what usages could declare, of those that leave something out; None: that is not told."""
    path: Callable[[str], str] = str
    """A path as it is shown; one in a command stays as it is, because its options do."""
    by_control: bool = False
    """Whether results are told by the controls that their policies serve."""

    def place(self, location: Location) -> str:
        """A place as it is shown."""
        return f"{self.path(location.path)}:{location.line}:{location.column}"

    def in_bundle(self, file: str) -> str:
        """A file of the bundle, or the one that it would be."""
        if self.bundle is None:
            return f"policies/{file}, in a bundle (vendorgate init bundle)"
        return self.path(f"{self.bundle}/{file}")


GROUPS: Final = TextLook()
