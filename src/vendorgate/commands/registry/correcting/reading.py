"""A correction that somebody has filled in, and all that is wrong with it, each mistake with its line.

In: the bytes of a file, the snapshot that it is to change. Out: a `Correction` that can be applied.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import urlsplit

import msgspec

from ....errors import InputError, Problem
from ....load.cells import checked_cells
from ....load.decode import decode
from ....load.document import Document, read_document
from ....load.files import JUDGED
from ....load.words import offering_help
from ....logic import Json
from ....logic.types import Dialect
from ....model.correction import CorrectedCell, CorrectionFile
from ....model.registry import CellFile, OfferingFile, Reading
from ....rewriting.changing import same
from ....source import Path
from ..reading.model import CellName
from ..reading.quotes import mistake, sha256_of
from ..reading.readers import is_web_address, who_mistakes

_COPIES: Final = ("archive.org", "archive.ph", "archive.today", "archive.is", "perma.cc", "ghostarchive.org")
"""Hosts of copies."""


class Correction(msgspec.Struct, frozen=True):
    """A correction without a mistake."""

    name: CellName
    written: CorrectionFile
    cell: dict[str, Json]
    """As it will be written, without its readings."""
    reading: Reading


class Known(msgspec.Struct, frozen=True):
    """What a correction is held against."""

    ids: frozenset[str]
    """Of the offerings of the snapshot."""
    offering: Callable[[str], tuple[OfferingFile, dict[str, Json]]]
    """An offering of the snapshot as it is written, and its cells in plain values."""
    dialect: Dialect
    """In which conditions are written."""
    as_of: datetime.date


def read_correction(shown: str, data: bytes, known: Known) -> Correction:
    """The correction in a file.

    Raises:
        InputError: with every mistake.
    """
    problems: list[Problem] = []
    document = read_document(shown, data, problems, limits=JUDGED)
    written = None if document is None else decode(document, CorrectionFile, problems)
    if document is None or written is None or not document.sound:
        raise InputError(problems)
    found = _Filled(document, written)
    problems += [*found.about_the_reading(known.as_of), *found.about_the_cell(known)]
    if problems:
        raise InputError(problems)
    return found.correction()


class _Filled(msgspec.Struct, frozen=True):
    """A file that could be read, as far as it can be."""

    document: Document
    written: CorrectionFile

    @property
    def dimension(self) -> str:
        return next(iter(self.written.dimensions), "")

    def problem(self, path: Path, title: str, help: str) -> Problem:
        source = self.document.source
        return Problem(title, source.locate(path), help, source)

    def about_the_reading(self, as_of: datetime.date) -> Iterator[Problem]:
        """What is wrong with the source, the day and the passage."""
        written = self.written
        if written.source and not is_web_address(written.source):
            yield self.problem(("source",), "not an address that anybody can open", "give it whole: https://HOST/PATH")
        elif _is_copy(written.source):
            help = "give the vendor's own page, and the copy in `archived`"
            yield self.problem(("source",), "a copy, and no primary source", help)
        if written.archived is not None and not is_web_address(written.archived):
            yield self.problem(("archived",), "not an address that anybody can open", "give it whole, or leave it out")
        if as_of < written.read_on < datetime.date.max:
            title = f"{written.read_on} is after {as_of}, and nobody has read on a day to come"
            yield self.problem(("read_on",), title, "name the day of reading")
        for field in ("by", "credit"):
            text = getattr(written, field)
            if text and who_mistakes(text):
                yield self.problem((field,), "nobody's name", "give a name or an address on one line, not too long")
        wrong = None if written.quote is None else mistake(written.quote, "the passage")
        if wrong is not None:
            yield self.problem(("quote",), wrong.title, wrong.help or "")

    def about_the_cell(self, known: Known) -> Iterator[Problem]:
        """What is wrong with what the cell says, and should say."""
        written = self.written
        if written.offering and written.offering not in known.ids:
            help = offering_help(written.offering, known.ids)
            yield self.problem(("offering",), f"no offering `{written.offering}`", help)
            return
        if not written.offering or written.says.keys() != written.dimensions.keys():
            help = f"name the one of `says`: {', '.join(written.says)}"
            yield self.problem(("dimensions",), "not the dimension that `says` has", help)
            return
        offering, cells = known.offering(written.offering)
        yield from self._meanwhile(cells.get(self.dimension))
        yield from self._no_change(offering)
        problems: list[Problem] = []
        cell = _cell(written, self.dimension)
        checked_cells({self.dimension: cell}, offering, self.document.source, known.dialect, problems)
        yield from problems

    def _meanwhile(self, now: Json) -> Iterator[Problem]:
        """That the registry says something else by now."""
        says = _cell_of(self.document, "says", self.dimension)
        if same(says, now):
            return
        if not isinstance(says, dict) or not isinstance(now, dict):
            words = "states nothing of it" if now is None else "states a cell by now"
            yield self.problem(("says", self.dimension), f"the registry {words}", _AGAIN)
            return
        for field in sorted({*says, *now}):
            if field not in says or field not in now or not same(says[field], now[field]):
                title = f"the registry says something else of `{field}` by now"
                yield self.problem(("says", self.dimension, field), title, _AGAIN)

    def _no_change(self, offering: OfferingFile) -> Iterator[Problem]:
        before = {str(name): cell for name, cell in offering.dimensions.items()}.get(self.dimension)
        if before is None:
            return
        if before.verified is not None and self.written.read_on < before.verified:
            title = f"{self.written.read_on} is before {before.verified}, when the cell was last verified"
            yield self.problem(("read_on",), title, "read the source again: no day of reading goes backwards")
        corrected = self.written.dimensions.get(self.dimension)  # type: ignore[call-overload]
        fields = CorrectedCell.__struct_fields__
        if corrected is not None and all(getattr(before, name) == getattr(corrected, name) for name in fields):
            title = "it should say what it says"
            help = "change what is wrong; that nothing is wrong, `vendorgate registry confirm` records"
            yield self.problem(("dimensions", self.dimension), title, help)

    def correction(self) -> Correction:
        written = self.written
        should = _cell_of(self.document, "dimensions", self.dimension)
        assert isinstance(should, dict)
        said = {"source": written.source.strip(), "verified": written.read_on.isoformat()}
        copy = {} if written.archived is None else {"archived": written.archived.strip()}
        quote = None if written.quote is None else sha256_of(written.quote)
        reading = Reading(written.read_on, written.by.strip(), quote, copy.get("archived"))
        name = CellName(written.offering, self.dimension)
        return Correction(name, written, {**should, **said, **copy}, reading)


_AGAIN: Final = "begin anew with `vendorgate registry correct`, and see whether it is still wrong"


def _cell_of(document: Document, key: str, dimension: str) -> Json:
    """A cell in plain values, of a file that has been decoded."""
    cells = document.value[key] if isinstance(document.value, dict) else {}
    return cells[dimension] if isinstance(cells, dict) else None


def _cell(written: CorrectionFile, dimension: str) -> CellFile:
    corrected = next(iter(written.dimensions.values()))
    return CellFile(**msgspec.structs.asdict(corrected), source=written.source, verified=written.read_on)


def _is_copy(address: str) -> bool:
    host = urlsplit(address.strip()).hostname or ""
    return any(host == one or host.endswith(f".{one}") for one in _COPIES)
