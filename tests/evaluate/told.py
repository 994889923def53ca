"""Reasons and notices as lines, so that a test can hold all of them to what it expects: a word, a place, a way out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from vendorgate.model.result import Notice, Reason, Remedy
from vendorgate.source import Location


def told(reasons: Iterable[Reason], indent: str = "") -> list[str]:
    """A line a reason: outcome, kind, dimension, message, remedy, place; what nests is indented."""
    lines = []
    for reason in reasons:
        dimension = f" of {reason.dimension}" if reason.dimension else ""
        place = _place(reason.locate() if reason.locate else None)
        lines.append(
            f"{indent}{reason.outcome} {reason.kind}{dimension}: {reason.message}{_remedy(reason.remedy)}{place}"
        )
        lines.extend(told(reason.reasons, indent + "  "))
    return lines


def noticed(notices: Iterable[Notice]) -> list[str]:
    """A line a notice."""
    return [f"{one.severity} {one.id}: {one.message}{_place(one.location)}" for one in notices]


def _remedy(remedy: Remedy | None) -> str:
    if remedy is None:
        return ""
    options = f" by {', '.join(remedy.options)}" if remedy.options else ""
    return f" -> {remedy.action} {remedy.what}{options}"


def _place(location: Location | None) -> str:
    """The text at a place, after the name of the file that has it."""
    if location is None:
        return ""
    line = Path(location.path).read_text(encoding="utf-8").split("\n")[location.line - 1]
    text = line[location.column - 1 : location.column - 1 + location.width]
    return f" @ {Path(location.path).stem} {text}"
