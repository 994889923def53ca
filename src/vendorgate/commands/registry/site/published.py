"""The registry as data: in the shape that the upstream registry publishes (`data.json`), and in ours.

In: snapshots. Out: ASCII text. The first has what the registry says and nothing of the organization's own. What
restricts a cell goes along with it, in words and as rules: whoever reads no rules has the words, and an import that
does not know the rules takes no such cell for a whole yes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from ....model.registry import Cell, Offering, Snapshot
from ....model.vocabulary import in_order
from ....report.ascii_json import dumps
from ..offering_merge import PLAIN_FIELDS
from .model import Asked
from .views import Views, views


def upstream_data(asked: Asked, cells: Views) -> str:
    """`data.json`; `cells` are those of what is shown, which are the registry's own where there is no bundle."""
    snapshot = asked.listed
    if snapshot is not asked.snapshot:
        cells = views(msgspec.structs.replace(asked, snapshot=snapshot))
    file = snapshot.written
    return dumps(
        {
            "name": file.name,
            "generated": file.generated.isoformat(),
            "license": file.license,
            "attribution": file.attribution,
            "disclaimer": file.disclaimer,
            "dimensions": dict(file.dimensions),
            "offerings": [*_offerings(snapshot, cells)],
        }
    )


def _offerings(snapshot: Snapshot, cells: Views) -> Iterator[dict[str, Any]]:
    for number, id in enumerate(sorted(snapshot.offerings), 1):
        offering = snapshot.offerings[id]
        file = offering.written
        found: dict[str, Any] = {
            "id": id,
            "name": file.name,
            "developer": file.developer,
            "platform": file.platform,
            "category": file.category,
            "model_family": file.model_family,
            "summary": file.summary,
            "sort_order": number,
            "dimensions": dict(_cells(offering, cells)),
        }
        yield {key: value for key, value in found.items() if value is not None}


def _cells(offering: Offering, cells: Views) -> Iterator[tuple[str, dict[str, Any]]]:
    words = {row.question.dimension: "; ".join(row.watch_outs) for row in cells.of(offering)}
    for dimension in in_order(offering.cells):
        yield dimension, _cell(offering.cells[dimension], words[dimension])


def _cell(cell: Cell, caveat: str) -> dict[str, Any]:
    """A cell with what restricts it; what is not stated is left out."""
    written: dict[str, Any] = msgspec.to_builtins(cell.written)
    found = {key: written[key] for key in PLAIN_FIELDS}
    found["notes"] = written["note"]
    found["facts"] = written["facts"]
    found |= {
        "scope": _stated(written["scope"]),
        "conditions": written["conditions"],
        "scoped_facts": [{**one, "scope": _stated(one["scope"])} for one in written["scoped_facts"] or ()] or None,
    }
    if found["scope"] or found["conditions"]:
        found["caveat"] = caveat
    return {key: value for key, value in found.items() if value is not None}


def _stated(scope: dict[str, Any] | None) -> dict[str, Any] | None:
    """A scope without the axes that it does not restrict."""
    if scope is None:
        return None
    reaches = {axis: reach for axis, reach in scope.items() if reach is not None}
    return {axis: {key: names for key, names in reach.items() if names is not None} for axis, reach in reaches.items()}
