"""A difference of snapshots as Markdown, for a pull request.

In: a difference. Out: Markdown; every word from a snapshot passes `markdown`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...comparison.registry_model import COVERED, CellChange, FieldChange, RegistryDifference, RegistryDirection
from ...comparison.values import changed_value
from ...logic.wording import count
from ...report.markup import markdown

_MARKS: Final[dict[RegistryDirection, str]] = {"worse": "🔴 worse", "better": "🟢 better", "changed": "🟡 changed"}


def difference(found: RegistryDifference) -> str:
    """One table of changes; a line says how many are worse."""
    total = found.total
    head = f"**{count(total, 'change')}, {found.worse} of them worse**\n"
    if not total:
        return head
    rows = [
        *(_row(one.direction, "snapshot", "changed", (one,)) for one in found.snapshot),
        *(_row(change.direction, change.offering.id, change.kind, change.fields) for change in found.offerings),
        *(_row(one.direction, _cell_name(one), one.kind, one.fields) for one in found.cells),
    ]
    return f"{head}\n| | cell | change |\n|---|---|---|\n" + "".join(rows)


def _cell_name(one: CellChange) -> str:
    own = f" ({COVERED})" if one.covered else ""
    return f"{one.offering} {one.dimension}{own}"


def _row(direction: RegistryDirection, name: str, kind: str, fields: Sequence[FieldChange]) -> str:
    sides = [
        f"{markdown(one.field)}: {markdown(changed_value(one.old))} → {markdown(changed_value(one.new))}"
        for one in fields
    ]
    return f"| {_MARKS[direction]} | {markdown(name)} | {'<br>'.join(sides) or kind} |\n"
