"""What a bundle's `offerings/` says: the organization's own offerings, and what it adds to the registry's.

In: files of a bundle, the index of a snapshot, offerings of the registry. Out: `Overlays`, and offerings with what they
add. Few bundles have any, so that this is imported where one does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from ..errors import Problem, enough
from ..logic import Json
from ..logic.nearest import suggestion, typo
from ..logic.types import Dialect
from ..model.index import OfferingWords
from ..model.overlay import ExtensionFile, OwnOfferingFile
from ..model.registry import Former, Offering
from ..model.vocabulary import DIMENSIONS, NO_GROUPS, UNLISTED, RegionGroups
from ..source import Path, Source
from .cells import checked_cells, offering_of, report_cycles
from .decode import decode
from .document import Document
from .index_file import added_facts, offering_words
from .signatures import together

_NAME: Final = "[a-z][a-z0-9_]*"


class OwnOffering(msgspec.Struct, frozen=True):
    """An offering of the organization's own, and where it stands."""

    written: OwnOfferingFile
    document: Document


class Extension(msgspec.Struct, frozen=True):
    """What the organization adds to an offering of the registry, and where."""

    written: ExtensionFile
    document: Document

    @property
    def source(self) -> Source:
        """The file."""
        return self.document.source


class Overlays(msgspec.Struct, frozen=True):
    """What the files of `offerings/` say, by path."""

    own: tuple[OwnOffering, ...]
    extensions: tuple[Extension, ...]
    dimensions: tuple[str, ...] = ()
    """Of the bundle's own."""
    region_groups: RegionGroups = NO_GROUPS
    """Those that the bundle and its packs add."""

    @property
    def ids(self) -> frozenset[str]:
        """Of the organization's own offerings."""
        return frozenset(one.written.id for one in self.own)

    @property
    def touched(self) -> frozenset[str]:
        """Ids of the offerings of which anything is said."""
        return self.ids | {one.written.extends for one in self.extensions}

    def offering(self, id: str) -> OwnOffering | None:
        """An offering of the organization's own."""
        return next((one for one in self.own if one.written.id == id), None)

    def of(self, id: str) -> tuple[Extension, ...]:
        """What is added to an offering of the registry."""
        return tuple(one for one in self.extensions if one.written.extends == id)

    def cells_of(self, id: str) -> frozenset[str]:
        """The dimensions whose cell of an offering is the organization's."""
        own = self.offering(id)
        stated = [own.written.dimensions] if own is not None else [one.written.dimensions for one in self.of(id)]
        return frozenset(name for cells in stated for name, cell in cells.items() if cell is not None)


def overlays_from(documents: Iterable[Document], dimensions: Iterable[str], problems: list[Problem]) -> Overlays:
    """What documents say: one with `extends` adds to an offering of the registry, every other one is an offering."""
    own: list[OwnOffering] = []
    extensions: list[Extension] = []
    for document in documents:
        if isinstance(document.value, dict) and "extends" in document.value:
            added = decode(document, ExtensionFile, problems)
            extensions.extend([] if added is None else [Extension(added, document)])
        else:
            stated = decode(document, OwnOfferingFile, problems)
            own.extend([] if stated is None else [OwnOffering(stated, document)])
    return Overlays(tuple(own), tuple(extensions), tuple(dimensions))


def check_own_dimensions(names: Iterable[str], source: Source, problems: list[Problem]) -> None:
    """Report names of a bundle's own dimensions that stand for something else."""
    for name in names:
        place = source.locate(("dimensions", name), key=True)
        if name in DIMENSIONS:
            help = "take it out; its cells can be stated in `offerings/` all the same"
            problems.append(Problem(f"`{name}` is a dimension already", place, help, source))
        elif not re.fullmatch(_NAME, name):
            help = "write lower-case letters, digits and underscores"
            problems.append(Problem(f"`{name}` cannot be the name of a dimension", place, help, source))
        elif name == "default":
            problems.append(Problem("`default` stands for every dimension", place, "give it another name", source))


def check_dimensions(stated: Iterable[str], own: Iterable[str], source: Source, problems: list[Problem]) -> None:
    """Report cells of dimensions that neither the format nor the bundle has."""
    known = frozenset((*DIMENSIONS, *own))
    for name in stated:
        if name not in known and not enough(problems):
            place = source.locate(("dimensions", name), key=True)
            help = suggestion(name, known, "add it to `dimensions` of bundle.yaml, or use one of")
            problems.append(Problem(f"unknown key `{name}`", place, help, source))


def check_overlays(
    overlays: Overlays, ids: Collection[str], former: Mapping[str, Former], problems: list[Problem]
) -> None:
    """Report ids that the registry has or had, offerings that it has not, and cells that are stated twice."""
    every = [(one.written.dimensions, one.document.source) for one in overlays.own]
    for cells, file in (*every, *((one.written.dimensions, one.source) for one in overlays.extensions)):
        check_dimensions(cells, overlays.dimensions, file, problems)
    first: dict[str, Source] = {}
    for one in overlays.own:
        id, source = one.written.id, one.document.source
        title, help = _taken(id, ids, former, first)
        if id and title:
            problems.append(Problem(title, source.locate(("id",)), help, source))
        first.setdefault(id, source)
    stated: dict[tuple[str, str], Source] = {}
    for added in overlays.extensions:
        _check_extension(added, overlays, ids, former, problems)
        for name, cell in added.written.dimensions.items():
            key = (added.written.extends, str(name))
            if cell is not None and stated.setdefault(key, added.source) is not added.source:
                _report_twice(key, added.source, stated[key], problems)


def _taken(id: str, ids: Collection[str], former: Mapping[str, Former], first: Mapping[str, Source]) -> tuple[str, str]:
    """What is wrong with the id of an offering of our own, and what to do; empty where it is free."""
    if id == UNLISTED:
        return f"`{UNLISTED}` stands for every vendor that nobody has looked at", "give the offering an id of its own"
    if id in ids:
        return f"the registry has an offering `{id}`", f"add to it with `extends: {id}`, or give this one another id"
    if id in former:
        return f"the registry had an offering `{id}`, which rules may go on naming", "give this one another id"
    if id in first:
        return f"the id `{id}` is used twice", f"{first[id].path} has it already; give each offering its own"
    return "", ""


def _check_extension(
    added: Extension, overlays: Overlays, ids: Collection[str], former: Mapping[str, Former], problems: list[Problem]
) -> None:
    id, source = added.written.extends, added.source
    place = source.locate(("extends",))
    if id in overlays.ids:
        help = "state all of it in the file of the offering"
        problems.append(Problem(f"`{id}` is an offering of this bundle", place, help, source))
    elif id in former:
        from .former import gone  # few bundles add to one

        title, help = gone(id, former[id])
        problems.append(Problem(title, place, help, source))
    elif id and id not in ids:
        title = f"`{id}` is not an offering of the registry"
        meant = typo(id, ids)
        known = f"did you mean `{meant}`?" if meant is not None else "`vendorgate registry list` says what there is;"
        help = f"{known} an offering of your own has an `id`, and no `extends`"
        problems.append(Problem(title, place, help, source))
    if not added.written.dimensions and not added.written.aliases and added.written.signatures is None:
        help = "add `dimensions`, `aliases` or `signatures`"
        problems.append(Problem(f"nothing is added to `{id}`", place, help, source))


def _report_twice(key: tuple[str, str], source: Source, first: Source, problems: list[Problem]) -> None:
    id, name = key
    place: Path = ("dimensions", name)
    where = first.locate(place, key=True)
    title = f"the cell {name} of `{id}` is stated twice"
    problems.append(Problem(title, source.locate(place, key=True), f"{where} states it already; keep one", source))


def extended(
    offering: Offering,
    extensions: Sequence[Extension],
    dialect: Dialect | None,
    problems: list[Problem],
    groups: RegionGroups = NO_GROUPS,
) -> Offering:
    """An offering of the registry with the organization's cells, added or in the place of its own."""
    cells, aliases = dict(offering.cells), [*(offering.written.aliases or ())]
    for one in extensions:
        stated = one.written.dimensions
        own, places = stated.keys(), offering.cloud_regions
        mine = checked_cells(stated, offering.written, one.source, dialect, problems, own, groups, places)
        for name, cell in stated.items() if dialect is not None else ():
            if cell is not None and cell.scope is None:
                _refuse_to_widen(name, offering, one.source, problems)
        cells.update(mine)
        aliases.extend(one.written.aliases)
    report_cycles(cells, offering.source, problems)
    signatures = (offering.written.signatures, *(one.written.signatures for one in extensions))
    written = msgspec.structs.replace(
        offering.written,
        dimensions={name: cell.written for name, cell in cells.items()},
        aliases=tuple(dict.fromkeys(aliases)) or None,
        signatures=together(one for one in signatures if one is not None),
    )
    return offering_of(written, cells, offering.source, offering.owner, offering.cloud_regions)


def _refuse_to_widen(name: str, offering: Offering, source: Source, problems: list[Problem]) -> None:
    """Report a cell without a scope in the place of one with a scope: it would reach what nobody thought of."""
    replaced = offering.cells.get(name)
    if replaced is None or replaced.written.scope is None:
        return
    title = f"the registry's cell {name} of `{offering.id}` has a scope, and the one in its place states none"
    help = "state its `scope`, or `scope: {}` where it reaches everything"
    problems.append(Problem(title, source.locate(("dimensions", name), key=True), help, source))


def words_of_overlays(overlays: Overlays) -> OfferingWords:
    """The words that policies can compare with."""
    words = offering_words(one.written for one in overlays.own)
    return added_facts(words, (cell for one in overlays.extensions for cell in one.written.dimensions.items()))


def plain_cells(overlays: Overlays, id: str) -> dict[str, Json]:
    """The organization's cells of an offering of the registry, as plain values."""
    found: dict[str, Json] = {}
    for one in overlays.of(id):
        stated = one.document.value.get("dimensions") if isinstance(one.document.value, dict) else None
        found.update(stated if isinstance(stated, dict) else {})
    return {name: cell for name, cell in found.items() if cell is not None}
