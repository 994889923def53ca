"""A view: from the bytes of its file to a `View`, with every mistake at once.

In: a name or a path, the words of a bundle and a registry. Out: the view, checked: every path exists, every rule is
right.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import Final

import msgspec
from msgspec import UNSET, UnsetType

from ..errors import Problem
from ..load.decode import decode
from ..load.document import read_document
from ..load.files import JUDGED, read_bytes, shown_path
from ..load.rules import read_rule
from ..logic import Json, Node
from ..logic.nearest import suggestion
from ..logic.types import Dialect
from ..source import Path, Source
from .model import SHIPPED, Column, View, ViewSource
from .paths import UnknownViewPath, Words, reader_of
from .view_file import ColumnFile, ViewFile

SHIPPED_VIEWS: Final = ("systems", "ropa", "subprocessors", "dora", "vendors", "dpia")
"""Names of the views that came along."""
_ENDINGS: Final = (".yaml", ".yml")


class ReadView(msgspec.Struct, frozen=True):
    """A view as it is written, and what it was read from."""

    written: ViewFile
    source: Source
    sha256: str


def shipped_text(name: str) -> str:
    """The file of a view that came along."""
    return (files(__package__) / "views" / f"{name}.yaml").read_text("utf-8")


def is_file(given: str) -> bool:
    """Whether a view is meant by the path of its file."""
    return given.endswith(_ENDINGS) or "/" in given


def read_view(given: str, problems: list[Problem]) -> ReadView | None:
    """A view by its name, or by the path of its file; None and problems where it is none."""
    if not is_file(given):
        if given in SHIPPED_VIEWS:
            return _read(f"{SHIPPED}/{given}.yaml", shipped_text(given).encode(), problems)
        help = f"{suggestion(given, SHIPPED_VIEWS, 'views')}; one of your own is named by its file, such as ./view.yaml"
        problems.append(Problem(f"no view `{given}`", help=help))
        return None
    shown = shown_path(given)
    data = read_bytes(given, shown, problems, JUDGED)
    return None if data is None else _read(shown, data, problems)


def _read(shown: str, data: bytes, problems: list[Problem]) -> ReadView | None:
    document = read_document(shown, data, problems, limits=JUDGED)
    written = None if document is None else decode(document, ViewFile, problems)
    if document is None or written is None:
        return None
    return ReadView(written, document.source, hashlib.sha256(data).hexdigest())


def checked_view(read: ReadView, words: Words, dialect: Dialect, problems: list[Problem]) -> View:
    """The view; every mistake in its paths and rules is a problem."""
    written = read.written
    check = _Check(read.source, words, dialect, problems)
    check.ids(written.columns)
    return View(
        name=written.name,
        title=written.title,
        law=written.law,
        rows=written.rows,
        columns=tuple(check.column(one, place, written.columns) for place, one in enumerate(written.columns)),
        where=check.rule(written.where, ("where",)),
        public=written.public,
        notice=None if isinstance(written.notice, UnsetType) else written.notice,
        sha256=read.sha256,
    )


class _Check(msgspec.Struct, frozen=True):
    """What the columns of one view are held against."""

    source: Source
    words: Words
    dialect: Dialect
    problems: list[Problem]

    def report(self, path: Path, title: str, help: str, *, key: bool = False) -> None:
        self.problems.append(Problem(title, self.source.locate(path, key=key), help, self.source))

    def ids(self, columns: tuple[ColumnFile, ...]) -> None:
        first: dict[str, int] = {}
        for place, one in enumerate(columns):
            if one.id and first.setdefault(one.id, place) != place:
                line = self.source.locate(("columns", first[one.id], "id")).line
                help = f"line {line} has it already; give each column its own"
                self.report(("columns", place, "id"), f"the id `{one.id}` is used twice", help)

    def column(self, one: ColumnFile, place: int, columns: tuple[ColumnFile, ...]) -> Column:
        at: Path = ("columns", place)
        before = {column.id: index for index, column in enumerate(columns[:place]) if _has_rule(column)}
        self.one_of(one, at)
        return Column(
            id=one.id,
            title=one.title,
            cites=one.cites,
            required=one.required,
            sources=self.sources(one, at),
            met=self.rule(one.met, (*at, "met")),
            of=self.counted(one, at, before),
            least=one.least,
            when=self.rule(one.when, (*at, "when")),
            unless_not_met=self.earlier(one.unless_not_met, (*at, "unless_not_met"), before),
        )

    def one_of(self, one: ColumnFile, at: Path) -> None:
        """Report a column that is filled in no way, or in two."""
        said = [name for name, value in (("from", one.sources), ("met", one.met), ("of", one.of)) if value is not UNSET]
        if len(said) != 1:
            found = " and ".join(f"`{name}`" for name in said) if said else "neither `from` nor `met` nor `of`"
            help = "say in one way what fills it: paths in `from`, a rule in `met`, or other columns in `of`"
            self.report(at, f"the column `{one.id}` has {found}", help)

    def sources(self, one: ColumnFile, at: Path) -> tuple[ViewSource, ...]:
        found = []
        for index, given in enumerate(() if isinstance(one.sources, UnsetType) else one.sources):
            place: Path = (*at, "from", index) if isinstance(given, str) else (*at, "from", index, "path")
            path, says = (given, None) if isinstance(given, str) else (given.path, given.says)
            try:
                if path:  # an empty one could not be read, and has been reported
                    reader_of(path, self.words)
                    found.append(ViewSource(path, says))
            except UnknownViewPath as error:
                self.report(place, f"`{path}` is no path that a view can read", str(error))
        return tuple(found)

    def counted(self, one: ColumnFile, at: Path, before: dict[str, int]) -> tuple[int, ...]:
        names = () if isinstance(one.of, UnsetType) else one.of
        found = [self.earlier(name, (*at, "of", index), before) for index, name in enumerate(names)]
        if names and one.least > len(names):
            self.report((*at, "least"), f"{one.least} of {len(names)} columns", "name as many in `of`, or ask for less")
        return tuple(place for place in found if place is not None)

    def earlier(self, name: str | UnsetType, at: Path, before: dict[str, int]) -> int | None:
        """The place of a column with a rule that stands before."""
        if isinstance(name, UnsetType) or not name:
            return None
        if name not in before:
            self.report(at, f"no column `{name}` with a rule stands before", suggestion(name, before, "there are"))
        return before.get(name)

    def rule(self, rule: Json | UnsetType, at: Path) -> Node | None:
        """A rule that asks something: a word alone would be true of every row, and nothing at all of none."""
        if isinstance(rule, UnsetType):
            return None
        if not isinstance(rule, dict):
            self.report(at, f"`{at[-1]}` must be a rule, and this asks nothing", "write one, such as {var: usage.data}")
            return None
        return read_rule(rule, at, self.source, self.dialect, self.problems)


def _has_rule(column: ColumnFile) -> bool:
    return column.met is not UNSET or not isinstance(column.of, UnsetType)
