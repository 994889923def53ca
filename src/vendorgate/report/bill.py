"""A bill of materials, CycloneDX 1.6 in JSON: its frame, whatever stands in it.

In: the parts of a bill. Out: ASCII text; the same parts give the same bytes, with a serial number made of them. No
clock is read: a bill has the time that it is given, or none.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias, Union

from ..version import VERSION
from .ascii_json import dumps

Value: TypeAlias = Union[str, bool, float, "list[Value]", "dict[str, Value]"]
_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://vendorgate.dev/bill")


def bill(
    content: Mapping[str, Value],
    said: Iterable[tuple[str, str]] = (),
    *,
    about: Mapping[str, Value] | None = None,
    time: str | None = None,
) -> str:
    """The bill; `said` is said of it as a whole, `about` is what it is a bill of."""
    tools: dict[str, Value] = {"components": [{"type": "application", "name": "vendorgate", "version": VERSION}]}
    metadata: dict[str, Value] = {} if time is None else {"timestamp": time}
    metadata["tools"] = tools
    if about is not None:
        metadata["component"] = {**about}
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
