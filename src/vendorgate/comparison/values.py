"""Values of a registry in words, the same for every format."""

from __future__ import annotations

import datetime
import json

import msgspec

from ..logic import Json

_LONGEST = 300


def plain(value: object) -> Json:
    """A value as JSON has it."""
    found: Json = msgspec.to_builtins(value)
    return found


def changed_value(value: object) -> str:
    """One side of a change; what is not stated says so."""
    if value is None:
        return "not stated"
    if isinstance(value, (str, datetime.date)):
        text = str(value)
    else:
        text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
