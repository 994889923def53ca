"""What was detected, for people at a terminal.

In: a detection. Out: text, in which no input does anything.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from ...detection.model import DetectedOffering, Finding
from ...terminal.escape import escape
from ...terminal.style import PLAIN, Style
from .model import Detected
from .wording import PURPOSES, closing

_PLACES: Final = 3
"""Places of an offering that are named."""


def render(found: Detected, style: Style = PLAIN) -> str:
    """An offering a block: what it is for, endpoints, models, regions, and where."""
    seen = found.detection
    by_name: dict[str, list[Finding]] = defaultdict(list)
    for one in seen.findings:
        by_name[one.name].append(one)
    blocks = [_block(one, by_name[one.name], style) for one in seen.offerings]
    return "\n".join([*blocks, closing(found)]) + "\n"


def _block(offering: DetectedOffering, findings: list[Finding], style: Style) -> str:
    name = escape(offering.name)
    lines = [f"{style.paint('bold', name)}  {PURPOSES[offering.status]}"]
    for label, values in (
        ("endpoints", offering.endpoints),
        ("models", offering.models),
        ("regions", offering.regions),
        ("recipients", offering.recipients),
    ):
        if values:
            lines.append(f"  {label}: {escape(', '.join(values))}")
    told = [one for one in findings if one.status == offering.status]
    lines += [f"  {escape(str(one.location))}  {one.kind} {escape(one.token)}".rstrip() for one in told[:_PLACES]]
    if len(told) > _PLACES:
        lines.append(f"  and {len(told) - _PLACES} more")
    return "\n".join(lines) + "\n"
