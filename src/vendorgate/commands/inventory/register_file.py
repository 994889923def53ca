"""A register that was printed as JSON: bytes to model, strictly.

In: a path. Out: the register. What is no `vendorgate.inventory/1`, or names a row twice, is refused.
"""

from __future__ import annotations

from typing import Final

import msgspec

from ...errors import Problem
from ...inventory.document import InventoryReport
from ...load.files import shown_path
from ...load.json_text import TOO_DEEP, cut, document_bytes, parsed
from ...logic import Json
from ...source import Location

LARGEST_REGISTER: Final = 256 * 1024 * 1024
"""Bytes; a register of 10,000 usages has less than half of it."""
_SCHEMA: Final = "vendorgate.inventory/1"
_WANTED: Final = "give a register that `vendorgate inventory --format json` wrote"


def read_register(path: str, problems: list[Problem]) -> InventoryReport | None:
    """The register in a file; None and a problem where there is none."""
    shown = shown_path(path)
    data = document_bytes(path, shown, "register", _WANTED, LARGEST_REGISTER, problems)
    read = None if data is None else parsed(data, shown, _WANTED, problems)
    if read is None:
        return None
    found = _register(read.value)
    if isinstance(found, InventoryReport):
        return found
    problems.append(Problem(cut(found), Location(shown, 1, 1), _WANTED))
    return None


def _register(value: Json) -> InventoryReport | str:
    """The register, or what is wrong with it."""
    schema = value.get("schema") if isinstance(value, dict) else None
    if schema != _SCHEMA:
        return (
            f"not a register: no `schema`, which is `{_SCHEMA}`" if schema is None else f"`{schema}`, not `{_SCHEMA}`"
        )
    try:
        found = msgspec.convert(value, InventoryReport)
    except msgspec.ValidationError as error:
        return f"not a {_SCHEMA}: {str(error)[:1].lower()}{str(error)[1:]}"
    except RecursionError:
        return TOO_DEEP
    return _contradiction(found) or found


def _contradiction(found: InventoryReport) -> str:
    """What no run would have written; empty where there is nothing of it."""
    ids: set[str] = set()
    columns = {one.id for one in found.view.columns}
    for row in found.rows:
        if row.id in ids:
            return f"the row `{row.id}` stands twice"
        if row.cells.keys() != columns:
            return f"the row `{row.id}` has other columns than its view"
        ids.add(row.id)
    return ""
