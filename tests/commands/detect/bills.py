"""CycloneDX's own schema of version 1.6, as its library carries it."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs

_BOM = "bom-1.6.SNAPSHOT.schema.json"
_PLACE = "http://cyclonedx.org/schema/"
_BESIDE = ("spdx.SNAPSHOT.schema.json", "jsf-0.82.SNAPSHOT.schema.json")


@cache
def _validator() -> Any:
    folder = files("cyclonedx") / "schema" / "_res"
    schemas = {name: json.loads((folder / name).read_text(encoding="utf-8")) for name in (_BOM, *_BESIDE)}
    beside = [(f"{_PLACE}{name}", {**schemas[name], "$id": f"{_PLACE}{name}"}) for name in _BESIDE]
    return jsonschema_rs.Draft7Validator(schemas[_BOM], registry=jsonschema_rs.Registry(beside), validate_formats=True)


def wrong(text: str) -> list[str]:
    """What the schema refuses of a bill."""
    return [error.message for error in _validator().iter_errors(json.loads(text))]
