"""The registry for programs, `vendorgate.registry.<command>/1`.

In: offerings and what was found in them. Out: ASCII text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...comparison.difference import Difference, FieldChange
from ...comparison.values import plain
from ...model.registry import Cell, Offering, Snapshot
from ...model.vocabulary import DIMENSIONS, Dimension
from ...report.ascii_json import dumps


def _document(command: str, snapshot: Snapshot, **content: Any) -> str:
    written = snapshot.written
    return _dump(
        {
            "schema": f"vendorgate.registry.{command}/1",
            "registry": {
                "name": written.name,
                "generated": written.generated.isoformat(),
                "sha256": snapshot.sha256,
                "license": written.license,
                "attribution": written.attribution,
            },
            **content,
        }
    )


def _dump(value: Any) -> str:
    return dumps(value)


def listing(snapshot: Snapshot, offerings: Sequence[Offering]) -> str:
    return _document("list", snapshot, offerings=[{**_head(one), "grades": _grades(one)} for one in offerings])


def _head(offering: Offering) -> dict[str, Any]:
    written = offering.written
    return {
        "id": written.id,
        "name": written.name,
        "developer": written.developer,
        "platform": written.platform,
        "category": written.category,
        "model_family": written.model_family,
    }


def _grades(offering: Offering) -> dict[str, str | None]:
    cells = {name: offering.cells.get(name) for name in DIMENSIONS}
    return {name: None if cell is None else cell.written.value for name, cell in cells.items()}


def page(offering: Offering, snapshot: Snapshot, concerns: Mapping[Dimension, Sequence[str]]) -> str:
    watch = {dimension: list(words) for dimension, words in concerns.items()}
    clouds = (snapshot.written.clouds or {}).get(offering.written.cloud or "")
    return _document("show", snapshot, offering=plain(offering.written), cloud_regions=clouds, watch_outs=watch)


def comparison(offerings: Sequence[Offering], snapshot: Snapshot) -> str:
    rows = []
    for dimension in DIMENSIONS:
        cells = {offering.id: _cell(offering.cells.get(dimension)) for offering in offerings}
        grades = {None if cell is None else cell["value"] for cell in cells.values()}
        rows.append({"dimension": dimension, "same_grade": len(grades) == 1, "cells": cells})
    return _document("compare", snapshot, offerings=[_head(one) for one in offerings], dimensions=rows)


def _cell(cell: Cell | None) -> Any:
    return None if cell is None else plain(cell.written)


def question(dimension: Dimension, snapshot: Snapshot, offerings: Sequence[Offering]) -> str:
    cells = {offering.id: _cell(offering.cells.get(dimension)) for offering in offerings}
    asked = snapshot.written.dimensions.get(dimension)
    return _document("question", snapshot, dimension=dimension, question=asked, offerings=cells)


def watch_outs(found: Sequence[tuple[Offering, Mapping[Dimension, Sequence[str]]]], snapshot: Snapshot) -> str:
    rows = [
        {**_head(offering), "watch_outs": {name: list(words) for name, words in concerns.items()}}
        for offering, concerns in found
    ]
    return _document("watch-outs", snapshot, offerings=rows)


def matches(found: Iterable[tuple[str, str, str]], snapshot: Snapshot) -> str:
    rows = [{"offering": offering, "where": where, "text": text} for offering, where, text in found]
    return _document("search", snapshot, matches=rows)


Finding = tuple[str, str, str]
"""Offering, dimension, words."""


def verification(snapshot: Snapshot, aging: Sequence[Finding], unsourced: Sequence[Finding], within: int) -> str:
    cells = sum(len(offering.cells) for offering in snapshot.offerings.values())
    return _document(
        "verify",
        snapshot,
        valid=True,
        offerings=len(snapshot.offerings),
        cells=cells,
        within=within,
        aging=_findings(aging),
        unsourced=_findings(unsourced),
    )


def _findings(found: Sequence[Finding]) -> list[dict[str, str]]:
    return [{"offering": offering, "dimension": dimension, "evidence": words} for offering, dimension, words in found]


def difference(found: Difference) -> str:
    return _dump(
        {
            "schema": "vendorgate.registry.diff/1",
            "old": {"sha256": found.old_sha256},
            "new": {"sha256": found.new_sha256},
            "worse": found.worse,
            "snapshot": [_field(field) for field in found.snapshot],
            "offerings": [
                {
                    "offering": change.offering.id,
                    "kind": change.kind,
                    "direction": change.direction,
                    "fields": [_field(field) for field in change.fields],
                }
                for change in found.offerings
            ],
            "cells": [
                {
                    "offering": change.offering,
                    "dimension": change.dimension,
                    "kind": change.kind,
                    "direction": change.direction,
                    "fields": [_field(field) for field in change.fields],
                }
                for change in found.cells
            ],
        }
    )


def _field(change: FieldChange) -> dict[str, Any]:
    return {"field": change.field, "old": plain(change.old), "new": plain(change.new), "direction": change.direction}
