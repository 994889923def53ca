"""What one worker does at once: pieces of sources, as they were read, and the batch of rows that they come to.

In: pieces. Out: tasks as bytes, the same on every machine, and rows, whose lines are read where the work is done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final, Union

import msgspec

from ..model import Batch, Row
from .row_reading import cell_row, line_rows

FEWEST: Final = 100
"""Manifests of a task, where there are as many: handing over a task costs as much as judging a few."""
USUAL: Final = 500
"""Manifests of a task where nobody says how many."""
_MOST_BYTES: Final = 8 * 1024 * 1024
"""Of a task; it ends with the piece that passes this."""


class Lines(msgspec.Struct, frozen=True, array_like=True, tag="lines"):
    """Lines of a file of JSON lines, one after the other."""

    shown: str
    first: int
    """The number of the first of them, from 1."""
    data: bytes
    """With their ends."""
    manifests: int
    """How many of them are not blank."""


class Cells(msgspec.Struct, frozen=True, array_like=True, tag="cells"):
    """Rows of a Parquet file, one after the other."""

    shown: str
    first: int
    paths: tuple[Union[str, None], ...]
    written: tuple[Union[str, None], ...]


class Rows(msgspec.Struct, frozen=True, array_like=True, tag="rows"):
    """Rows of a store, which were read when they were gathered."""

    rows: tuple[Row, ...]


Piece = Union[Lines, Cells, Rows]


class Task(msgspec.Struct, frozen=True, array_like=True):
    """What is judged at once, and which place it has among all."""

    number: int
    pieces: tuple[Piece, ...]

    @property
    def places(self) -> tuple[str, str]:
        """Where its first row stands, and its last one."""
        return _first_place(self.pieces[0]), _last_place(self.pieces[-1])


_pack: Final = msgspec.msgpack.Encoder().encode
_unpack: Final = msgspec.msgpack.Decoder(Task).decode


def packed(task: Task) -> bytes:
    """A task as it travels."""
    return _pack(task)


def batch_of(data: bytes) -> Batch:
    """The rows of a task."""
    task = _unpack(data)
    return Batch(task.number, tuple(row for piece in task.pieces for row in _rows_of(piece)))


def seal_of(key: str, data: bytes) -> bytes:
    """What tells a task that is judged under a key from every other one."""
    return hashlib.sha256(key.encode() + b"\0" + data).digest()


def tasks_of(pieces: Iterable[Piece], most: int) -> Iterator[Task]:
    """Tasks of as many manifests each, but for the last one, or of as many bytes."""
    number, waiting, manifests, size = 0, list[Piece](), 0, 0
    for piece in pieces:
        waiting.append(piece)
        manifests += manifests_of(piece)
        size += _size_of(piece)
        if manifests >= most or size >= _MOST_BYTES:
            yield Task(number, tuple(waiting))
            number, waiting, manifests, size = number + 1, [], 0, 0
    if waiting:
        yield Task(number, tuple(waiting))


def manifests_of(piece: Piece) -> int:
    """How many manifests it has."""
    if isinstance(piece, Lines):
        return piece.manifests
    return len(piece.rows if isinstance(piece, Rows) else piece.paths)


def _first_place(piece: Piece) -> str:
    return piece.rows[0].path if isinstance(piece, Rows) else f"{piece.shown}:{piece.first}"


def _last_place(piece: Piece) -> str:
    if isinstance(piece, Rows):
        return piece.rows[-1].path
    rows = len(piece.data.splitlines()) if isinstance(piece, Lines) else len(piece.paths)
    return f"{piece.shown}:{piece.first + rows - 1}"


def _size_of(piece: Piece) -> int:
    if isinstance(piece, Lines):
        return len(piece.data)
    if isinstance(piece, Cells):
        return sum(len(text) for text in piece.written if text is not None)
    return sum(len(row.written) for row in piece.rows)


def _rows_of(piece: Piece) -> Iterable[Row]:
    if isinstance(piece, Lines):
        return line_rows(piece.data, piece.shown, piece.first)
    if isinstance(piece, Rows):
        return piece.rows
    cells = enumerate(zip(piece.paths, piece.written, strict=True), piece.first)
    return (cell_row(path, written, f"{piece.shown}:{number}") for number, (path, written) in cells)
