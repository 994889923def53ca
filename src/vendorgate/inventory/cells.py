"""One cell of a row: what a column says of its routes, and what is missing.

In: a column, the routes of a row. Out: a `Cell`. What several routes say is said once; what one of them lacks is
missing, by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, Generic, TypeVar

import msgspec

from ..evaluate.case import Case
from ..evaluate.program import Program
from ..logic import Node, Unknown
from ..logic.paths import reads
from ..logic.values import truth_of
from ..model.asking import asks_by_word
from ..model.public_words import data_class_name, place_name
from .answer import ATTRIBUTE, NAMED, Absent, Answer, Read, Seen, Span, words_of
from .model import NOT_ASKED, Cell, CellMissing, CellValue, Column
from .paths import PathReader, Words, reader_of

MET: Final = "met"
NOT_MET: Final = "not met"
_SAY: Final = "say it as "
_WIDER: Final[tuple[Span, ...]] = ("run", "usage", "route")
Said = TypeVar("Said", CellValue, CellMissing)


class Unit(msgspec.Struct, frozen=True):
    """What a column asks once: the whole row, a usage, or a route."""

    seen: Seen
    label: str


Units = Callable[[Span], Sequence[Unit]]
"""The routes of a row, or one of each usage, or of all."""
FillColumn = Callable[[Units, Sequence[Cell]], Cell]
"""Fills a cell; what stands before it in its row is given, too."""


def column_filler(column: Column, words: Words, program: Program, public: bool = False) -> FillColumn:
    """What fills the cells of a column, whose paths are all there; `public`: for people who know no codes."""
    if column.of:
        fill = _counting(column)
    elif column.met is not None:
        fill = _criterion(column, column.met, words, program)
    else:
        fill = _from_sources(column, words, program, public)
    place = column.unless_not_met
    if place is None:
        return fill
    return lambda units, before: NOT_ASKED if _is_not_met(before[place]) else fill(units, before)


def _is_not_met(cell: Cell) -> bool:
    """A column that a row is not asked for is not met there, either."""
    return not cell.missing and not any(one.value is True for one in cell.values)


def _asked(column: Column, program: Program, units: Sequence[Unit]) -> Sequence[Unit]:
    """Those of which the column is asked; what is not known is."""
    if column.when is None:
        return units
    evaluate = program.evaluator(column.when)
    return [one for one in units if truth_of(evaluate(None, one.seen.case)) is not False]


def _from_sources(column: Column, words: Words, program: Program, public: bool) -> FillColumn:
    sources = [(reader_of(one.path, words), one.says) for one in column.sources]
    paths = [path for path, _ in sources]
    span = _widest([*(one.span for one in paths), *_spans(column.when, words)])
    readers = [_saying(path.read, says) if says is not None else path.read for path, says in sources]
    if public:
        named = (_NAMES.get(one.path) for one in column.sources)
        readers = [read if name is None else _naming(read, name) for read, name in zip(readers, named, strict=True)]
    lacking: dict[tuple[Absent, ...], Cell] = {}
    """Cells that many rows share: most of what is missing is missing in the same words."""

    def fill_from(seen: Seen) -> Cell:
        absent = []
        for read in readers:
            found = read(seen)
            if isinstance(found, tuple):
                return Cell(found)
            absent.append(found)
        key = tuple(absent)
        cell = lacking.get(key)
        if cell is None:
            cell = lacking[key] = Cell((), (_missing(column.title, key),))
        return cell

    return lambda units, before: _together(
        [(fill_from(one.seen), one.label) for one in _asked(column, program, units(span))]
    )


def _together(cells: Sequence[tuple[Cell, str]]) -> Cell:
    """One cell of what each route says, each thing once, with the routes that it is said of."""
    if len(cells) == 1:
        return cells[0][0]
    values: Together[CellValue] = Together()
    missing: Together[CellMissing] = Together()
    for cell, label in cells:
        values.add(cell.values, label)
        missing.add(cell.missing, label)
    return Cell(values.told(len(cells)), missing.told(len(cells)))


def _saying(read: Read, says: str) -> Read:
    """A source that answers yes or no: words where it is yes, else nothing."""

    def answer(seen: Seen) -> Answer:
        found = read(seen)
        if isinstance(found, Absent):
            return found
        told = tuple(msgspec.structs.replace(one, words=says) for one in found if one.value is True)
        return told or Absent("registry", says, "", f"{says}: {found[0].words}")

    return answer


_NAMES: Final[Mapping[str, Callable[[str], str]]] = {
    "usage.data": data_class_name,
    "usage.region": place_name,
    "usage.subjects": place_name,
    "registry.data_residency.facts.hosting_countries": place_name,
    "registry.gdpr_dpa.facts.headquarters_country": place_name,
}
"""What puts the codes of a path in words for everybody."""


def _naming(read: Read, name: Callable[[str], str]) -> Read:
    """A source of codes, in words for people who have never seen one."""

    def answer(seen: Seen) -> Answer:
        found = read(seen)
        if isinstance(found, Absent):
            return found
        return tuple(
            msgspec.structs.replace(one, words=name(one.value)) if isinstance(one.value, str) else one for one in found
        )

    return answer


def _missing(title: str, absent: Sequence[Absent]) -> CellMissing:
    """What is missing where no source has it: the first is where it belongs."""
    first = absent[0]
    ways = _by_text((one.help, one.name) for one in absent if one.help)
    whys = _by_text((one.why, one.name) for one in absent if one.why)
    called = f"{first.kind}{_either(ways[first.help])}" if NAMED in first.help else ""
    attribute = first.name if first.kind == ATTRIBUTE else None
    why = "; ".join(_named(text, names) for text, names in whys.items()) or None
    return CellMissing(title, first.place, first.name, _ways_words(ways), why, called=called, attribute=attribute)


def _by_text(said: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    """Each text once, with the names of which it is said."""
    found: dict[str, dict[str, None]] = {}
    for text, name in said:
        found.setdefault(text, {})[name] = None
    return {text: [*names] for text, names in found.items()}


def _ways_words(ways: Mapping[str, Sequence[str]]) -> str:
    told = [_named(text, names) for text, names in ways.items()]
    before = ["", *told]
    alike = (_SAY if one.startswith(_SAY) else "" for one in before)
    return ", or ".join(
        f"as {one.removeprefix(_SAY)}" if same and one.startswith(same) else one
        for one, same in zip(told, alike, strict=False)
    )


def _named(text: str, names: Sequence[str]) -> str:
    return text.replace(NAMED, _either(names), 1)


def _either(names: Sequence[str]) -> str:
    return " or ".join(f"`{one}`" for one in names)


class Together(Generic[Said]):
    """What several routes say, each thing once, with those that say it."""

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], tuple[Said, list[str]]] = {}

    def add(self, said: Iterable[Said], label: str) -> None:
        for one in said:
            labels = self._found.setdefault(_key(one), (one, []))[1]
            if not labels or labels[-1] != label:
                labels.append(label)

    def told(self, every: int) -> tuple[Said, ...]:
        """Each with the routes of which it is said, where these are not all."""
        return tuple(
            one if len(labels) == every else msgspec.structs.replace(one, of=tuple(labels))
            for one, labels in self._found.values()
        )


def _key(one: CellValue | CellMissing) -> tuple[object, ...]:
    if isinstance(one, CellValue):
        return one.words, one.said_by, one.reference, one.verified, one.attested_by, str(one.claimed)
    return one.place, one.name, one.help, one.why


# Rules.


def _spans(tree: Node | None, words: Words) -> Iterator[Span]:
    """What a rule says the same of; one that asks for coverage or an agreement is of a route."""
    if tree is None:
        return
    paths = reads(tree)
    yield from (reader.span for reader in _readers(paths, words))
    if not paths or asks_by_word(tree):
        yield "route"


def _readers(paths: Iterable[str], words: Words) -> Iterator[PathReader]:
    from .paths import UnknownViewPath

    for path in paths:
        try:
            yield reader_of(path, words)
        except UnknownViewPath:  # what rules alone can read, such as one name of a listing
            yield PathReader("route", lambda seen: ())


def _widest(spans: Sequence[Span]) -> Span:
    return max(spans, key=_WIDER.index)


def _criterion(column: Column, tree: Node, words: Words, program: Program) -> FillColumn:
    """Whether any route meets a rule; not known where none does and one might."""
    evaluate, paths = program.evaluator(tree), reads(tree)
    span = _widest([*_spans(tree, words), *_spans(column.when, words)])
    readers = [*zip(paths, (one.read for one in _readers(paths, words)), strict=True)]

    def fill(units: Units, before: Sequence[Cell]) -> Cell:
        truths: dict[bool | None, list[Unit]] = {}
        for one in _asked(column, program, units(span)):
            truths.setdefault(truth_of(evaluate(None, one.seen.case)), []).append(one)
        if True in truths:
            return Cell((_ruled(True, truths[True], paths),))
        if None in truths:
            return Cell((), _unknown(column.title, truths[None], readers))
        return Cell((_ruled(False, truths[False], paths),)) if False in truths else NOT_ASKED

    return fill


def _ruled(met: bool, units: Sequence[Unit], paths: Iterable[str]) -> CellValue:
    """What a rule came to, and by what: the declarations that it read."""
    case = units[0].seen.case
    known = ((path, case.stated.get(path)) for path in paths)
    because = "; ".join(
        f"{path}: {words_of(value)}{_observed(case, path)}"
        for path, value in known
        if value is not None and not isinstance(value, Unknown)
    )
    labels = tuple(one.label for one in units if one.label)
    return CellValue(met, MET if met else NOT_MET, "rule", None, because or None, None, labels if met else ())


def _observed(case: Case, path: str) -> str:
    """That a value is no claim, and of which day."""
    found = case.observed.get(path)
    return "" if found is None else f" ({found.observation.words})"


def _unknown(title: str, units: Sequence[Unit], readers: Sequence[tuple[str, Read]]) -> tuple[CellMissing, ...]:
    """What a rule would need to know."""
    found: Together[CellMissing] = Together()
    for one in units:
        absent = [answer for _, read in readers if isinstance(answer := read(one.seen), Absent)]
        lacking = absent or [Absent("registry", title, "say it where the rule of this column reads it")]
        found.add((_missing(title, [one]) for one in lacking), one.label)
    return found.told(len(units))


def _counting(column: Column) -> FillColumn:
    """Whether enough columns are met; not known where those that are not known would make the difference."""

    def fill(units: Units, before: Sequence[Cell]) -> Cell:
        met = [place for place in column.of if any(one.value is True for one in before[place].values)]
        unknown = [place for place in column.of if before[place].missing]
        if len(met) >= column.least:
            return Cell((CellValue(True, MET, "rule", None, f"{len(met)} of {len(column.of)} met"),))
        if len(met) + len(unknown) < column.least:
            return Cell((CellValue(False, NOT_MET, "rule", None, f"{len(met)} of {len(column.of)} met"),))
        why = f"{len(met)} of {len(column.of)} met, {len(unknown)} not known, and {column.least} would do"
        help = "say what the columns that it counts ask for"
        return Cell((), (CellMissing(column.title, "view", column.id, help, why),))

    return fill
