"""What the command tells: a detection, and where it was looked.

In: nothing. Out: `Detected`.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ...detection.model import Detection


class Detected(msgspec.Struct, frozen=True):
    """The answer of the command."""

    detection: Detection
    root: str
    """What stands before every path where only one folder was looked at, with a slash at its end; else empty."""
    names: Mapping[str, str]
    """By the id of an offering or a vendor: its name."""
