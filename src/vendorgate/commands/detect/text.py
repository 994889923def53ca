"""What was detected, for people at a terminal.

In: a detection. Out: text, in which no input does anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ...detection.model import DetectedOffering, Finding
from ...drift.telling import beside, diagnostic
from ...report import unjudged
from ...report.diagnostics import text as diagnostics
from ...report.notice_lines import notice_lines
from ...terminal.escape import escape
from ...terminal.style import PLAIN, Style
from .model import Against, Detected
from .wording import PURPOSES, closing, verdict_words

_PLACES: Final = 3
"""Places of an offering that are named."""


def render(found: Detected, style: Style = PLAIN) -> str:
    """What differs from manifests, where that was asked for; then an offering a block: what it is for, endpoints,
    models, regions, and where."""
    seen = found.detection
    places = seen.by_name
    blocks = [_block(one, places[one.name], style) for one in seen.offerings]
    last = [closing(found)] if found.against is None else [closing(found), _verdict(found.against, style)]
    return "\n".join([*_differences(found.against, style), *blocks, *last]) + "\n"


def _differences(against: Against | None, style: Style) -> Iterator[str]:
    """What differs, a block each, then what is suppressed and what is to be known, a line each."""
    if against is None:
        return
    for block in unjudged.blocks(against.evaluation, style):
        yield block + "\n"
    for one in sorted(against.found.drift, key=lambda one: not one.blocks):
        yield "\n".join(diagnostics.lines(diagnostic(one), style)) + "\n"
    others = list(notice_lines(beside(against.found), style, "--format json"))
    if others:
        yield "\n".join(others) + "\n"


def _verdict(against: Against, style: Style) -> str:
    word = against.verdict.upper()
    return f"{style.paint('pass' if against.verdict == 'pass' else 'error', word)}  {verdict_words(against)}"


def _block(offering: DetectedOffering, findings: Sequence[Finding], style: Style) -> str:
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
