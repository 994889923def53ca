"""NIST's own schema of OSCAL's assessment results, which is in the public domain and stands beside this file."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import jsonschema_rs

_SCHEMA: Final = Path(__file__).with_name("oscal-1.2.3-assessment-results.json")


def schema_file() -> str:
    """Its path."""
    return str(_SCHEMA)


@cache
def _validator() -> Any:
    return jsonschema_rs.Draft7Validator(json.loads(_SCHEMA.read_text("utf-8")), validate_formats=True)


def wrong(text: str) -> list[str]:
    """What the schema refuses of a document."""
    return [f"{error.instance_path}: {error.message}"[:300] for error in _validator().iter_errors(json.loads(text))]
