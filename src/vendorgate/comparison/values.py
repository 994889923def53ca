"""Values of a registry in words, the same for every format."""

from __future__ import annotations

import datetime
import json
from typing import Any

import msgspec

_LONGEST = 300


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    return msgspec.to_builtins(value)


def changed_value(value: Any) -> str:
    """One side of a change; what is not stated says so."""
    if value is None:
        return "not stated"
    if isinstance(value, (str, datetime.date)):
        text = str(value)
    else:
        text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
