"""Bytes to plain values, strictly.

In: the bytes of one YAML file. Out: dicts, lists and scalars as JSON has them, and a `Source` that finds each of them.
Refuses to know what the file is about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..errors import Problem
from ..logic import Json
from ..source import Location, Source
from .files import JUDGING, Limits, too_large
from .libyaml import YAMLError, compose
from .parsed import Asked, shipped_values
from .reader import Reader

if TYPE_CHECKING:
    from yaml.nodes import Node

_UNSEEN: Final = r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\r(?!\n)"
"""Control characters, and line breaks that an editor does not show as one."""


class Document:
    """A file's values, and where they stand."""

    __slots__ = ("key", "sound", "source", "value")

    def __init__(self, source: Source, value: Json, sound: bool, key: bytes | None = None) -> None:
        self.key = key
        """Under what the values were found that ship; None of values that were read."""
        self.source = source
        self.value = value
        self.sound = sound
        """Whether nothing had to be reported, so that no `Unreadable` is in it."""


def read_document(
    path: str,
    data: bytes,
    problems: list[Problem],
    leave_out: frozenset[str] = frozenset(),
    level: int | None = None,
    limits: Limits = JUDGING,
    sha256: str | None = None,
) -> Document | None:
    """The document in a file within its limits; None where it has no value to go on with.

    Lists and mappings under the keys of `leave_out` are skipped and not looked at, but for their size and depth:
    wherever they stand, or inside that many collections alone which `level` says.

    `sha256` is that of the bytes, where somebody knows it.

    A scalar that cannot be read or a key that stands twice is reported, and the rest of the document is read.
    """
    text = _decoded(path, data, limits, problems)
    if text is None:
        return None
    source = Source(path, text, _compose)
    if limits is JUDGING:  # what ships is within these
        known = shipped_values()
        sha256 = sha256 or known.sha256(data)
        if sha256 is not None:
            key = Asked(leave_out, level).key(sha256)
            value = known.under(key)
            if value is not None:
                return Document(source, value, True, key)
    # What Python can print needs no closer look, and few files need the pattern, which is slow to compile.
    printable = text.replace("\r\n", "").replace("\n", "").replace("\t", "").isprintable()
    unseen = None if printable else re.search(_UNSEEN, text)
    if unseen is not None:
        problems.append(_unseen(source, unseen))
        return None
    reader = Reader(source, len(problems), problems, limits.nodes, leave_out, level)
    if not reader.read():
        return None
    return Document(source, reader.value, sound=reader.sound)


def _compose(text: str) -> Node | None:
    """The nodes of a document, for positions; not even these where it has mistakes that no node survives."""
    try:
        return compose(text)
    except YAMLError:
        return None


def _decoded(path: str, data: bytes, limits: Limits, problems: list[Problem]) -> str | None:
    if len(data) > limits.size:
        problems.append(too_large(path, limits))
        return None
    written = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError as error:
        before = written[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        title = f"not UTF-8: the byte 0x{written[error.start]:02x}"
        problems.append(Problem(title, Location(path, line, column), "save the file as UTF-8"))
        return None


def _unseen(source: Source, found: re.Match[str]) -> Problem:
    before, number = source.text[: found.start()], ord(found.group())
    location = Location(source.path, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    return Problem(
        f"a control character, U+{number:04X}", location, "take it out, or write it escaped in double quotes", source
    )
