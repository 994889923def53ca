"""A registry snapshot: every offering is hashed, and only those that somebody asks for are parsed.

In: a folder. Out: an `Index` of it, then offerings by id.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import Final

import msgspec

from ..errors import Problem
from ..logic import Json
from ..logic.functions import is_glob
from ..logic.paths import words_of
from ..logic.types import Dialect
from ..model.asking import dimensions_of, settings_of
from ..model.index import OfferingWords
from ..model.registry import Cell, CellCondition, CellFile, Offering, OfferingFile, Reach, Snapshot, SnapshotFile
from ..model.vocabulary import LIFECYCLES, Dimension, canonical_region
from ..source import Location, Path, Source
from .decode import decode
from .document import Document, read_document
from .files import JUDGING, Folder, digest, read_bytes, sha256, too_large, unreadable
from .implications import check_clouds, check_implications
from .index_file import offering_words, read_index_file
from .rules import read_rule
from .scoped_facts import check_scoped_facts
from .words import check_region, check_word, names_listed

_SUFFIX: Final = ".yaml"
_NOT_GRADES: Final = frozenset(
    (
        *("scope", "conditions", "facts", "scoped_facts", "readings", "implies"),
        *("endpoints", "models", "features", "hosts", "sdk_packages"),
    )
)
"""Keys of an offering that say nothing of its grades."""
_NOT_WORDS: Final = frozenset(("conditions", "readings", "implies", "models", "hosts", "sdk_packages", "aliases"))
"""Keys of an offering under which no word stands that a policy can compare with."""


class Index(msgspec.Struct, frozen=True):
    """What is known of a snapshot without parsing its offerings."""

    folder: Folder
    written: SnapshotFile
    sha256: str
    digests: dict[str, str]
    """SHA-256 of each offering's file, by id."""
    words: OfferingWords | None = None
    """Of all offerings, as `index.yaml` lists them; None where there is none, or one of other files."""
    stale_index: Location | None = None
    """Where `index.yaml` is of other files."""


def read_index(folder: Folder, problems: list[Problem], *, indexed: bool = True) -> Index | None:
    """Read `snapshot.yaml` and hash every offering; without `indexed`, whatever `index.yaml` says."""
    path, shown = folder.file("snapshot.yaml")
    data = read_bytes(path, shown, problems)
    document = read_document(shown, data, problems) if data is not None else None
    written = decode(document, SnapshotFile, problems) if document is not None else None
    digests = _hash_offerings(folder, problems)
    if document is not None and written is not None:
        check_clouds(written, document.source, problems)
        if written.former:
            from .former import check_former  # most snapshots miss nothing

            check_former(written, digests or {}, document.source, problems)
    if data is None or written is None or digests is None:
        return None
    files = [(f"offerings/{id}{_SUFFIX}", value) for id, value in digests.items()]
    whole = digest([("snapshot.yaml", sha256(data)), *files])
    words, stale = read_index_file(folder, digests, problems) if indexed else (None, None)
    return Index(folder, written, whole, digests, words, stale)


def _hash_offerings(folder: Folder, problems: list[Problem]) -> dict[str, str] | None:
    path, shown = folder.file("offerings")
    try:
        names = sorted(entry.name for entry in os.scandir(path) if entry.name.endswith(_SUFFIX))
    except OSError as error:
        problems.append(unreadable(error, shown))
        return None
    if not names:
        problems.append(
            Problem("a registry without offerings", Location(shown, 1, 1), "check the path of the registry")
        )
        return None
    digests = {}
    for name in names:
        data = read_bytes(os.path.join(path, name), f"{shown}/{name}", problems)
        if data is not None and len(data) > JUDGING.size:
            problems.append(too_large(f"{shown}/{name}", JUDGING))
        elif data is not None:
            digests[name.removesuffix(_SUFFIX)] = sha256(data)
    return digests


def read_offering(index: Index, id: str, dialect: Dialect | None, problems: list[Problem]) -> Offering | None:
    """Parse one offering of the index, and check all that it says.

    Without a dialect its scopes, conditions and facts are left out and not looked at: grades are all that is asked for.
    """
    path, shown = index.folder.file(f"offerings/{id}{_SUFFIX}")
    data = read_bytes(path, shown, problems)
    if data is not None and sha256(data) != index.digests[id]:
        problems.append(Problem("the file changed while it was read", Location(shown, 1, 1), "run the check again"))
        return None
    leave_out = _NOT_GRADES if dialect is None else frozenset[str]()
    document = read_document(shown, data, problems, leave_out) if data is not None else None
    return None if document is None else offering_from(document, id, dialect, problems, index.written.clouds or {})


def read_words(index: Index, problems: list[Problem]) -> OfferingWords:
    """The words of all offerings, out of their files."""
    found = []
    for id in index.digests:
        path, shown = index.folder.file(f"offerings/{id}{_SUFFIX}")
        data = read_bytes(path, shown, problems)
        document = read_document(shown, data, problems, _NOT_WORDS) if data is not None else None
        written = decode(document, OfferingFile, problems) if document is not None else None
        if written is not None:
            found.append(written)
    return offering_words(found)


def read_plain(index: Index, id: str, problems: list[Problem]) -> dict[str, Json]:
    """An offering's file as plain values; nothing where there is none or it cannot be read."""
    path, shown = index.folder.file(f"offerings/{id}{_SUFFIX}")
    data = read_bytes(path, shown, problems) if id in index.digests else None
    document = read_document(shown, data, problems) if data is not None else None
    return document.value if document is not None and isinstance(document.value, dict) else {}


def offering_from(
    document: Document, id: str, dialect: Dialect | None, problems: list[Problem], clouds: Collection[str]
) -> Offering | None:
    """The offering that a document describes, checked; `clouds` has those of its snapshot."""
    written = decode(document, OfferingFile, problems)
    if written is None:
        return None
    if written.id and written.id != id:
        title = f"the id `{written.id}` differs from the name of the file"
        place = document.source.locate(("id",))
        problems.append(
            Problem(title, place, f"name the file {written.id}{_SUFFIX}, or set the id to {id}", document.source)
        )
    if dialect is None:
        cells = {str(name): Cell(name, cell, ()) for name, cell in written.dimensions.items() if cell is not None}
        return Offering(written.id, written, cells, document.source, frozenset())
    check_implications(written, clouds, document.source, problems)
    return _checked(written, document, dialect, problems)


def _checked(written: OfferingFile, document: Document, dialect: Dialect, problems: list[Problem]) -> Offering:
    cells = {}
    for dimension, cell in written.dimensions.items():
        if cell is not None:
            place: Path = ("dimensions", dimension)
            scoped = _with_scope(cell, written, (document.source, place), problems)
            check_scoped_facts(cell, written, place, document.source, problems)
            conditions = _conditions(cell, place, document.source, dialect, problems)
            cells[str(dimension)] = Cell(dimension, scoped, conditions, _needs(conditions))
    _report_cycles(cells, document.source, problems)
    settings = settings_of(condition.tree for cell in cells.values() for condition in cell.conditions)
    return Offering(written.id, written, cells, document.source, settings)


def _conditions(
    cell: CellFile, place: Path, source: Source, dialect: Dialect, problems: list[Problem]
) -> tuple[CellCondition, ...]:
    rules = enumerate(cell.conditions or ())
    return tuple(
        CellCondition(read_rule(rule, (*place, "conditions", index), source, dialect, problems), index)
        for index, rule in rules
    )


def _needs(conditions: tuple[CellCondition, ...]) -> tuple[Dimension, ...]:
    found = [name for condition in conditions for name in dimensions_of(condition.tree)]
    return tuple(dict.fromkeys(found))


def _with_scope(
    cell: CellFile, offering: OfferingFile, place: tuple[Source, Path], problems: list[Problem]
) -> CellFile:
    """The cell with the regions of its scope in their canonical spelling; a scope that restricts nothing is none."""
    if cell.scope is None:
        return cell
    source, path = place
    axes: dict[str, Reach | None] = {}
    for axis in cell.scope.__struct_fields__:
        reach: Reach | None = getattr(cell.scope, axis)
        where = (*path, "scope", axis)
        if reach is not None and reach.only is None and reach.excluded is None:
            title = f"the scope of {axis} says neither `only` nor `except`"
            problems.append(
                Problem(title, source.locate(where, key=True), "say which it reaches, or leave it out", source)
            )
        axes[axis] = reach and _checked_reach(axis, reach, offering, (source, where), problems)
    if not any(axes.values()):
        return msgspec.structs.replace(cell, scope=None)
    return msgspec.structs.replace(cell, scope=msgspec.structs.replace(cell.scope, **axes))


def _checked_reach(
    axis: str, reach: Reach, offering: OfferingFile, place: tuple[Source, Path], problems: list[Problem]
) -> Reach:
    source, path = place
    words = names_listed(offering).get(axis)
    for key, names in (("only", reach.only), ("except", reach.excluded)):
        for index, name in enumerate(names or ()):
            where = (source, (*path, key, index))
            if axis == "regions" and not is_glob(name):
                check_region(name, where, problems)
            elif axis == "lifecycle" and not is_glob(name):
                check_word(name, LIFECYCLES, "a lifecycle", where, problems)
            elif key == "except" and words is not None and not is_glob(name):
                # A misspelt exclusion would exclude nothing.
                check_word(name, words, f"among the {axis} of this offering", where, problems)
    if axis != "regions":
        return reach
    return Reach(
        reach.only and tuple(map(canonical_region, reach.only)),
        reach.excluded and tuple(map(canonical_region, reach.excluded)),
    )


def _report_cycles(cells: dict[str, Cell], source: Source, problems: list[Problem]) -> None:
    """A commitment cannot depend on itself, however many others stand between."""
    needs = {name: {d for c in cell.conditions for d in words_of(c.tree, "covered")} for name, cell in cells.items()}
    for name in needs:
        reached: set[str] = set()
        waiting = set(needs[name])
        while waiting:
            current = waiting.pop()
            reached.add(current)
            waiting |= needs.get(current, set()) - reached
        if name in reached:
            title = f"the conditions of {name} lead back to {name}"
            place = source.locate(("dimensions", name, "conditions"), key=True)
            problems.append(Problem(title, place, "take one `covered` out of the circle", source))


def snapshot(index: Index, offerings: dict[str, Offering]) -> Snapshot:
    """The snapshot as it is judged against."""
    return Snapshot(index.written, index.sha256, frozenset(index.digests), offerings, index.stale_index)
