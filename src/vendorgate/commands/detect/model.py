"""What the command tells: a detection, where it was looked, and what differs from manifests.

In: nothing. Out: `Detected`.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ...detection.model import Detection
from ...drift.model import DriftFound
from ...model.evaluation import Evaluation
from ...model.vocabulary import Verdict


class Against(msgspec.Struct, frozen=True):
    """What came of holding code against manifests."""

    evaluation: Evaluation
    """Of the manifests; may have none."""
    found: DriftFound

    @property
    def verdict(self) -> Verdict:
        """Incomplete where a manifest could not be read, else fail where anything blocks."""
        if self.evaluation.not_judged:
            return "incomplete"
        return "fail" if self.found.blocking else "pass"


class Detected(msgspec.Struct, frozen=True):
    """The answer of the command."""

    detection: Detection
    root: str
    """What stands before every path where only one folder was looked at, with a slash at its end; else empty."""
    names: Mapping[str, str]
    """By the id of an offering or a vendor: its name."""
    against: Against | None = None
    """None: nobody asked what differs."""
