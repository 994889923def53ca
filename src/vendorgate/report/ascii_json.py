"""JSON that is harmless wherever it is read: in a file, on a terminal, in the log of a CI system.

In: plain values. Out: ASCII, indented; no control character, and no `##[command]` of a log.
"""

from __future__ import annotations

import json

import msgspec


def dumps(value: object) -> str:
    """The document, ending with a line break; the same value gives the same bytes."""
    return _indented(value).replace("##", "#\\u0023") + "\n"  # `#` stands in texts alone, where this is the same text


def in_one_line(value: object) -> str:
    """The same in one line without spaces, for a part of a large document."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace("##", "#\\u0023")


def _indented(value: object) -> str:
    compact = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    try:
        return msgspec.json.format(compact, indent=2)
    except msgspec.DecodeError:  # a lone surrogate, of a path that is not UTF-8
        return json.dumps(value, ensure_ascii=True, indent=2)
