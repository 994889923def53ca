"""Where the waivers of a bundle stand."""

from __future__ import annotations

import msgspec

from ...model.evaluation import Evaluation
from ...model.result import WaiverUse


class WaiverList(msgspec.Struct, frozen=True):
    """Every waiver of a bundle, with what it does for the manifests of an evaluation."""

    evaluation: Evaluation
    uses: tuple[WaiverUse, ...]
    """One of each waiver, in the order of the file."""
