"""Dimensions across offerings, for programs: the documents of `registry compare` and `registry question`.

In: offerings. Out: ASCII text; JSON's own escapes keep every input harmless.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, Union

import msgspec
from msgspec import UNSET, UnsetType

from ...model.registry import CellFile, Offering
from ...model.vocabulary import DIMENSIONS, Dimension, in_order
from ...report.document import written
from .document import RegistryDocument, ReportedOffering, cell_fields, offering_fields, reported_snapshot
from .model import OneDimension, SideBySide


class ComparedDimension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One dimension of several offerings."""

    dimension: str
    """The dimension."""
    same_grade: bool
    """Whether all have the same grade, or all have none."""
    cells: dict[str, Union[CellFile, None]]
    """By offering; null where the registry states nothing."""
    own: tuple[str, ...] | UnsetType = UNSET
    """Offerings of which the organization states it in its bundle; left out where there are none."""


class RegistryCompare(RegistryDocument, frozen=True):
    """Offerings side by side."""

    schema: Literal["vendorgate.registry.compare/1"]
    """The format."""
    offerings: tuple[ReportedOffering, ...]
    """As they were named."""
    dimensions: tuple[ComparedDimension, ...]
    """All there are."""


def comparison(found: SideBySide) -> str:
    """Offerings side by side."""
    return written(
        RegistryCompare(
            schema="vendorgate.registry.compare/1",
            registry=reported_snapshot(found.snapshot),
            offerings=tuple(ReportedOffering(**offering_fields(one)) for one in found.offerings),
            dimensions=tuple(_compared(dimension, found.offerings) for dimension in _asked_of(found.offerings)),
        )
    )


def _asked_of(offerings: Iterable[Offering]) -> tuple[Dimension, ...]:
    """The usual dimensions, and those of the organization's own cells."""
    return in_order((*DIMENSIONS, *(name for offering in offerings for name in offering.cells)))


def _compared(dimension: Dimension, offerings: Sequence[Offering]) -> ComparedDimension:
    cells = _cells(dimension, offerings)
    grades = {None if cell is None else cell.value for cell in cells.values()}
    return ComparedDimension(dimension, len(grades) == 1, cells, _stating(dimension, offerings) or UNSET)


def _stating(dimension: str, offerings: Iterable[Offering]) -> tuple[str, ...]:
    """Offerings of which the organization states a dimension itself."""
    return tuple(one.id for one in offerings if (cell := one.cells.get(dimension)) and cell.owner == "bundle")


def _cells(dimension: Dimension, offerings: Iterable[Offering]) -> dict[str, CellFile | None]:
    """By offering: what it says of a dimension."""
    return {offering.id: cell_fields(offering.cells.get(dimension)) for offering in offerings}


class RegistryQuestion(RegistryDocument, frozen=True):
    """All offerings by one dimension."""

    schema: Literal["vendorgate.registry.question/1"]
    """The format."""
    dimension: str
    """The dimension, which can be one of the bundle's own."""
    question: Union[str, None]
    """What it answers; null where the snapshot does not say."""
    offerings: dict[str, Union[CellFile, None]]
    """By offering: what it says; null where nothing is stated."""
    own: tuple[str, ...] | UnsetType = UNSET
    """Offerings of which the organization states it in its bundle; left out where there are none."""


def question(asked: OneDimension) -> str:
    """All offerings by one dimension."""
    return written(
        RegistryQuestion(
            schema="vendorgate.registry.question/1",
            registry=reported_snapshot(asked.snapshot),
            dimension=asked.dimension,
            question=asked.snapshot.written.dimensions.get(asked.dimension),
            offerings=_cells(asked.dimension, asked.offerings),
            own=_stating(asked.dimension, asked.offerings) or UNSET,
        )
    )
