"""What reports in JSON that compare have in common, and how it is filled: standings, edits, changes to a registry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Union

import msgspec

from ..model.result import Result
from ..report.document import ReportedStanding
from .model import Edit, Edited, EditKind, Effect
from .registry_model import CellChange, FieldChange, OfferingChange, RegistryDirection
from .registry_model import RegistryChangeKind as RegistryChangeKind


class ReportedFieldEdit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field of what was edited."""

    field: str
    """Its name."""
    old: Any
    """What it was; null where nothing was stated."""
    new: Any
    """What it is."""
    effect: Effect
    """What that does to the gate."""


class ReportedEdit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An edit of something that judges."""

    what: Edited
    """What it is."""
    name: str
    """Which one."""
    kind: EditKind
    """What became of it."""
    effect: Effect
    """Whether the gate lets more pass, or less."""
    fields: tuple[ReportedFieldEdit, ...]
    """Of something that changed the fields that differ; of an observation that is new, too, what it tells."""


class ReportedRegistryField(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field of a change to the registry."""

    field: str
    """Its name."""
    old: Any
    """What it was; null where nothing was stated."""
    new: Any
    """What it is."""
    direction: RegistryDirection
    """For somebody who relies on it."""


class ReportedRegistryChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A change to the registry."""

    offering: Union[str, None]
    """The offering; null where the snapshot itself is meant."""
    dimension: Union[str, None]
    """The cell; null where the offering itself is meant."""
    kind: RegistryChangeKind
    """What became of it."""
    direction: RegistryDirection
    """For somebody who relies on it."""
    fields: tuple[ReportedRegistryField, ...]
    """The fields that differ."""


def standing(result: Result | None) -> ReportedStanding | None:
    """A result on one side."""
    return None if result is None else ReportedStanding(result.outcome, result.severity, result.blocks)


def edited(edit: Edit) -> ReportedEdit:
    """An edit of something that judges."""
    fields = tuple(ReportedFieldEdit(*msgspec.structs.astuple(field)) for field in edit.fields)
    return ReportedEdit(edit.what, edit.name, edit.kind, edit.effect, fields)


def changed_offering(one: OfferingChange) -> ReportedRegistryChange:
    """A change to an offering itself."""
    return ReportedRegistryChange(one.offering.id, None, one.kind, one.direction, reported_fields(one.fields))


def changed_cell(one: CellChange) -> ReportedRegistryChange:
    """A change to one of its cells."""
    return ReportedRegistryChange(one.offering, one.dimension, one.kind, one.direction, reported_fields(one.fields))


def reported_fields(fields: Iterable[FieldChange]) -> tuple[ReportedRegistryField, ...]:
    """The fields of a change, each with both sides."""
    return tuple(ReportedRegistryField(*msgspec.structs.astuple(one)) for one in fields)
