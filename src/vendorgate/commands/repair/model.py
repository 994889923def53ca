"""Other offerings in the place of one that does not pass."""

from __future__ import annotations

from typing import Literal

import msgspec

from ...lifting.model import Repair, SearchResult
from ...model.evaluation import Evaluation
from ...model.registry import Offering
from ...model.result import Citation
from ...model.subject import Subject

Kinship = Literal["same offering", "same model family", "other"]
"""How near an offering is to the one that it would replace."""


class Alternative(msgspec.Struct, frozen=True):
    """An offering in the place of another."""

    offering: Offering
    kinship: Kinship
    search: SearchResult
    """With a repair, which may be of no changes, it passes."""
    subject: Subject
    """The route as it would be, before anything else changes."""
    left_behind: tuple[str, ...]
    """Declared names that have no counterpart there, with their axis: `model gpt-5.2`."""
    evidence: tuple[Citation, ...]
    """What the policies that apply would rest on."""

    @property
    def models(self) -> tuple[str, ...] | None:
        """The models that it takes over, by their names there; None where none are declared."""
        found = self.subject.stated.get("usage.models")
        return tuple(str(name) for name in found) if isinstance(found, list) else None

    @property
    def features(self) -> tuple[str, ...]:
        """The features that it takes over."""
        found = self.subject.stated["usage.features"]
        return tuple(str(name) for name in found) if isinstance(found, list) else ()

    @property
    def repair(self) -> Repair | None:
        return self.search.repairs[0] if self.search.repairs else None


class Alternatives(msgspec.Struct, frozen=True):
    """Every offering in the place of one route's."""

    evaluation: Evaluation
    """As it is: of the usage alone."""
    route: Subject
    """The route that is looked at."""
    passing: tuple[Alternative, ...]
    """The nearest first, then the cheapest."""
    failing: tuple[Alternative, ...]
    """Those that come closest first."""
    skipped: tuple[tuple[str, str], ...]
    """Offerings that were not looked at, and why."""
    ignored_waivers: bool
