"""What CISO Assistant answers, as far as it is read: lists of objects, one object, and refusals in its words.

In: bytes. Out: typed answers, or what is wrong with them. Whatever else it says is passed over, and nothing of what is
read is believed: see `api.py`. Its OpenAPI calls related objects and choices texts; it sends objects and display names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar, Union

import msgspec

T = TypeVar("T")
_MOST: Final = 300
"""Characters of a refusal that are repeated."""
_DEEPEST: Final = 4
SEVERITIES: Final[Mapping[str, int]] = {"undefined": -1, "info": 0, "low": 1, "medium": 2, "high": 3, "critical": 4}
"""Severities of a security exception, by the names that it sends; numbers are what it takes."""


class Listed(msgspec.Struct, frozen=True):
    """An object in a list, or by itself."""

    id: str
    name: str = ""
    description: Union[str, None] = None
    ref_id: Union[str, None] = None
    folder: Any = None
    status: Any = None
    severity: Any = None
    expiration_date: Union[str, None] = None
    attachment: Union[str, None] = None

    @property
    def folder_id(self) -> str | None:
        """The folder that it is in."""
        return related_id(self.folder)

    @property
    def severity_number(self) -> int | None:
        """As a number, however it was sent."""
        said = self.severity
        return said if isinstance(said, int) else SEVERITIES.get(str(said).lower())


class Folder(msgspec.Struct, frozen=True):
    """A folder, which people call a domain."""

    id: str
    name: str
    content_type: str = ""


class Revision(msgspec.Struct, frozen=True):
    """A revision of an evidence."""

    id: str
    version: int = 0
    attachment: Union[str, None] = None
    """The name of the file."""
    evidence: Any = None


class Page(msgspec.Struct, frozen=True):
    """A part of a list."""

    count: int
    results: tuple[msgspec.Raw, ...]


class Made(msgspec.Struct, frozen=True):
    """An object that was made or changed."""

    id: str
    name: Union[str, None] = None


class NotUnderstood(Exception):
    """An answer that is not like any of these."""


def read(data: bytes | msgspec.Raw, type: type[T]) -> T:
    """An answer of a type.

    Raises:
        NotUnderstood: it is another one.
    """
    try:
        return msgspec.json.decode(data, type=type)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise NotUnderstood from None


def related_id(related: object) -> str | None:
    """The id of a related object, which is sent as an object or as its id alone."""
    found = related.get("id") if isinstance(related, dict) else related
    return found if isinstance(found, str) else None


def refusal_words(data: bytes) -> str:
    """Why it refuses, in its own words; nothing where it gives none."""
    try:
        said = json.loads(data[:65_536])
    except (ValueError, RecursionError):
        return ""
    words = "; ".join(_words(said, 0))
    return words if len(words) <= _MOST else f"{words[:_MOST]}…"


def _words(said: object, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(said, str):
        yield said
    elif isinstance(said, list):
        for one in said[:10]:
            yield from _words(one, depth + 1)
    elif isinstance(said, dict):
        for name, value in [*said.items()][:10]:
            found = ", ".join(_words(value, depth + 1))
            if found:
                yield found if name in ("detail", "error", "non_field_errors") else f"{name}: {found}"
