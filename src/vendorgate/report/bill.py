"""A bill of materials, CycloneDX 1.6 in JSON: its frame, whatever stands in it.

In: the parts of a bill. Out: ASCII text; the same parts give the same bytes, with a serial number made of them and
without a
time.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias, Union

from ..version import VERSION
from .ascii_json import dumps

Value: TypeAlias = Union[str, bool, "list[Value]", "dict[str, Value]"]
_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://vendorgate.dev/bill")


def bill(content: Mapping[str, Value], said: Iterable[tuple[str, str]] = ()) -> str:
    """The bill; `said` is said of it as a whole."""
    tools: dict[str, Value] = {"components": [{"type": "application", "name": "vendorgate", "version": VERSION}]}
    metadata: dict[str, Value] = {"tools": tools}
    if properties := properties_of(said):
        metadata["properties"] = properties
    serial = uuid.uuid5(_NAMESPACE, json.dumps([content, metadata], sort_keys=True))
    return dumps(
        {
            "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "serialNumber": f"urn:uuid:{serial}",
            "version": 1,
            "metadata": metadata,
            **content,
        }
    )


def properties_of(said: Iterable[tuple[str, str]]) -> list[Value]:
    """What is said with names of our own."""
    return [{"name": f"vendorgate:{name}", "value": value} for name, value in said]
