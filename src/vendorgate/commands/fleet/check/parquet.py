"""A Parquet file as a source: the columns `path` and `manifest`, a row group after the other.

In: a file. Out: pieces of its rows. It needs pyarrow, which `pip install vendorgate[parquet]` brings along.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from ....errors import InputError, Problem, UsageError
from ....load.files import opened, unreadable
from ....source import Location
from ..run.document import ReportedSource, SourceKind
from .source import SourceOfRows, refuse_changed
from .tasks import Cells, Piece

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

_COLUMNS: Final = ("path", "manifest")
_ROWS: Final = 64
"""Of a piece."""
_AT_ONCE: Final = 4096
"""Rows that are decoded together."""
MISSING: Final = "install what reads and writes it: pip install 'vendorgate[parquet]'"


class Parquet(SourceOfRows):
    """A Parquet file."""

    kind: SourceKind = "parquet"

    def __init__(self, path: str, shown: str) -> None:
        self._path = path
        self.shown = shown
        self.manifests = 0
        self._rows = 0
        self._before: os.stat_result | None = None
        """As it was when its rows began to be read."""
        try:
            import pyarrow.parquet  # noqa: F401 that it is there
        except ImportError:
            raise UsageError([Problem("Parquet needs pyarrow", Location(shown, 1, 1), MISSING)]) from None
        with self._opened() as file:
            self._refuse_other_columns(file)
            self._rows = file.metadata.num_rows

    @property
    def share_read(self) -> float | None:
        """How much of it has been read."""
        return self.manifests / self._rows if self._rows else 1.0

    def pieces(self) -> Iterator[Piece]:
        """Its rows, some at once."""
        self.manifests = 0
        with self._opened() as file:
            self._before = os.stat(self._path)
            for group in range(file.num_row_groups):
                for batch in file.iter_batches(_AT_ONCE, row_groups=[group], columns=[*_COLUMNS], use_threads=False):
                    yield from self._cut(batch)

    def _cut(self, batch: Any) -> Iterator[Piece]:
        paths, written = (batch.column(name).to_pylist() for name in _COLUMNS)
        for start in range(0, len(paths), _ROWS):
            some = slice(start, start + _ROWS)
            piece = Cells(self.shown, self.manifests + 1, tuple(paths[some]), tuple(written[some]))
            self.manifests += len(piece.paths)
            yield piece

    def report(self) -> ReportedSource:
        """What was read: the file as a whole."""
        from ..run.reading import digest_of

        try:
            with opened(self._path) as file:
                refuse_changed(self._before or os.fstat(file.fileno()), os.fstat(file.fileno()), self.shown)
                _, sha256 = digest_of(file.fileno())
        except OSError as error:
            raise InputError([unreadable(error, self.shown)]) from None
        return ReportedSource(self.shown, self.kind, self.manifests, sha256)

    @contextmanager
    def _opened(self) -> Iterator[ParquetFile]:
        """The file.

        Raises:
            InputError: it cannot be read, or is cut off or damaged.
        """
        import pyarrow
        from pyarrow.parquet import ParquetFile

        try:
            with ParquetFile(self._path, pre_buffer=False) as file:
                yield file
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            reason = " ".join(str(error).split())[:200]
            title = f"no Parquet that can be read: {reason}"
            raise InputError([Problem(title, Location(self.shown, 1, 1), "write it anew, whole")]) from None

    def _refuse_other_columns(self, file: ParquetFile) -> None:
        import pyarrow

        found = {field.name: field.type for field in file.schema_arrow}
        problems = []
        if sorted(found) != sorted(_COLUMNS) or len(file.schema_arrow) != len(_COLUMNS):
            said = ", ".join(f"`{name}`" for name in sorted(found)[:12]) or "none"
            problems.append(f"other columns than `path` and `manifest`: {said}")
        for name in _COLUMNS:
            kind = found.get(name)
            if kind is not None and not (pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind)):
                problems.append(f"the column `{name}` is {kind}, and no text")
        help = "write two columns of text: where each manifest stands, and what it says as JSON"
        if problems:
            raise InputError([Problem(one, Location(self.shown, 1, 1), help) for one in problems])
