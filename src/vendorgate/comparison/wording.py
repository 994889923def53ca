"""What reports that compare say in common: from what to what, what was edited, what changed in a registry.

In: results, edits, changes. Out: plain text, not yet escaped.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.result import Result
from ..report.finding import usage_words
from .model import Edit, FieldEdit
from .registry_model import CellChange, FieldChange, OfferingChange, RegistryDifference
from .values import changed_value


def step_words(before: Result | None, after: Result | None) -> str:
    """From what to what."""
    was, becomes = _state(before, after), _state(after, before)
    if was == becomes and before is not None and after is not None:
        return f"{_outcome(before)} -> {_outcome(after)}"
    return f"{was} -> {becomes}"


def _outcome(result: Result) -> str:
    return result.outcome.replace("_", " ")


def _state(result: Result | None, other: Result | None) -> str:
    """An outcome, with what else is not the same on the other side."""
    if result is None:
        return "not there"
    words = [_outcome(result)]
    if other is not None and result.outcome == other.outcome:
        words += [result.severity] if result.severity != other.severity else []
        words += ["blocking" if result.blocks else "not blocking"] if result.blocks != other.blocks else []
        if len(words) == 1 and (unmet := [one for one in result.requirements if one.outcome != "pass"]):
            words.append(f"{len(unmet)} of {len(result.requirements)} requirements not met")
            unknown = sum(one.outcome == "unknown" for one in unmet)
            words += [f"{unknown} of them unknown"] if unknown else []
    return ", ".join(words)


def subject_words(result: Result) -> str:
    """The usage, its route and offering, and the project."""
    return f"{usage_words(result)} with {result.subject.name}, project `{result.subject.manifest.project}`"


def edit_words(edit: Edit) -> str:
    """What was edited, and how."""
    kind = f" {edit.kind}" if edit.kind != "changed" or not edit.fields else ""
    fields = "; ".join(_field(field, edit.name) for field in edit.fields)
    return f"{edit.what} `{edit.name}`{kind}{': ' if fields else ''}{fields}"


def _field(field: FieldEdit, name: str) -> str:
    own = "" if field.field == name else f"{field.field} "
    return f"{own}{changed_value(field.old)} -> {changed_value(field.new)}"


def registry_words(found: RegistryDifference) -> Iterator[tuple[str, str]]:
    """Each change to the registry: its direction, and what it is."""
    yield from ((one.direction, f"registry{_changed('changed', (one,))}") for one in found.snapshot)
    yield from ((one.direction, offering_words(one)) for one in found.offerings)
    yield from ((one.direction, cell_words(one)) for one in found.cells)


def offering_words(one: OfferingChange) -> str:
    """An offering of the registry, and what became of it."""
    return f"registry `{one.offering.id}`{_changed(one.kind, one.fields)}"


def cell_words(one: CellChange) -> str:
    """A cell of the registry, and what became of it."""
    return f"registry `{one.offering}` {one.dimension}{_changed(one.kind, one.fields)}"


def _changed(kind: str, fields: tuple[FieldChange, ...]) -> str:
    sides = "; ".join(f"{one.field} {changed_value(one.old)} -> {changed_value(one.new)}" for one in fields)
    return f" {kind}" if kind != "changed" or not sides else f": {sides}"
