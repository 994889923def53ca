"""Batches that are finished, as files: what an interrupted run goes on with, and what the database is made of.

In: a judged batch, where a run is written. Out: a file of its results, where somebody asked for them, and one of all
else, each whole or not there; then what stands in them, or nothing, where they are of another task or damaged.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import Final

import msgspec

from ..model import JudgedBatch
from ..run.document import RowsFormat
from ..run.folder import KEPT
from ..run.reading import digest_of
from ..run.schema import ROWS

_DIGEST: Final = 32
"""Bytes of a SHA-256."""
_encode: Final = msgspec.msgpack.Encoder().encode
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class RowsFile(msgspec.Struct, frozen=True, array_like=True):
    """A file of results."""

    name: str
    size: int
    sha256: str


class Finished(msgspec.Struct, frozen=True, array_like=True):
    """All that is known of a finished batch; its rows stand in the file."""

    judged: JudgedBatch
    rows: RowsFile | None


_decode: Final = msgspec.msgpack.Decoder(Finished).decode


def keep(work: Path, seal: bytes, judged: JudgedBatch, format: RowsFormat) -> None:
    """File a batch away: its results first, so that whoever finds the other file finds these, too.

    Raises:
        OSError: it cannot be written; nothing of it looks whole.
    """
    rows = None
    if format != "none":
        name = f"{judged.number:06}.{format}"
        data = judged.rows if format == "jsonl" else _as_parquet(judged.rows)
        _put(work / ROWS / name, data)
        rows = RowsFile(name, len(data), hashlib.sha256(data).hexdigest())
    body = _encode(Finished(msgspec.structs.replace(judged, rows=b""), rows))
    _put(_path(work, judged.number), b"".join((seal, hashlib.sha256(body).digest(), body)))


def _as_parquet(rows: bytes) -> bytes:
    from .rows_parquet import as_parquet

    return as_parquet(rows)


def is_kept(work: Path, number: int, seal: bytes) -> bool:
    """Whether a task is finished: the files are there, of exactly this task, and undamaged."""
    try:
        with _path(work, number).open("rb") as file:
            if file.read(_DIGEST) != seal:
                return False
        found = kept(work, number)
    except OSError:
        return False
    return found is not None and _has_its_rows(work, found)


def kept(work: Path, number: int) -> Finished | None:
    """A batch that was filed away; None where it is damaged.

    Raises:
        OSError: it cannot be read.
    """
    data = _path(work, number).read_bytes()
    body = data[2 * _DIGEST :]
    if hashlib.sha256(body).digest() != data[_DIGEST : 2 * _DIGEST]:
        return None
    try:
        return _decode(body)
    except msgspec.MsgspecError:
        return None


def _has_its_rows(work: Path, found: Finished) -> bool:
    if found.rows is None:
        return True
    with (work / ROWS / found.rows.name).open("rb") as file:
        return digest_of(file.fileno()) == (found.rows.size, found.rows.sha256)


def _path(work: Path, number: int) -> Path:
    return work / KEPT / f"{number:06}"


def _put(path: Path, data: bytes) -> None:
    """A file that appears at once and whole, as long as the machine runs. What a power cut leaves of it is found by its
    digest, and judged again: to wait for the disk took longer than judging."""
    temporary = path.parent / f".{path.name}.{secrets.token_hex(8)}.tmp"
    try:
        with os.fdopen(os.open(temporary, _NEW, 0o666), "wb") as file:
            file.write(data)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
