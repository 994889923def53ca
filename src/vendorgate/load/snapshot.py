"""A registry snapshot: every offering is hashed, and only those that somebody asks for are parsed.

In: a folder. Out: an `Index` of it, then offerings by id.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from ..errors import Problem
from ..logic import Json
from ..model.registry import ListedOfferingFile, Offering, OfferingFile, Snapshot, SnapshotFile
from ..model.vocabulary import NO_GROUPS, UNLISTED, Owner, RegionGroups
from ..source import Location, Source
from .decode import decode
from .document import Document, read_document
from .files import JUDGING, Folder, digest, read_bytes, sha256, too_large, unreadable
from .held import cells_from_rows, is_index_of, rows_of_offering
from .parsed import sha256_of

if TYPE_CHECKING:
    from ..logic.types import Dialect
    from ..model.index import OfferingWords
    from .overlays import Overlays

SNAPSHOT: Final = "snapshot.yaml"
INDEX: Final = "index.yaml"
_SUFFIX: Final = ".yaml"
_NOT_GRADES: Final = frozenset(
    ("scope", "conditions", "facts", "scoped_facts", "readings", "implies", "models", "features")
)
"""Keys of an offering that say nothing of its grades, of what code that calls it is known by, nor which of its
endpoints a manifest can name."""
_NOT_WORDS: Final = frozenset(
    ("conditions", "readings", "implies", "models", "hosts", "sdk_packages", "signatures", "aliases")
)
"""Keys of an offering under which no word stands that a policy can compare with."""


class Index(msgspec.Struct, frozen=True):
    """What is known of a snapshot without parsing its offerings."""

    folder: Folder
    written: SnapshotFile
    sha256: str
    digests: dict[str, str]
    """SHA-256 of each offering's file, by id."""
    words: Callable[[], OfferingWords] | None = None
    """Of all offerings, as `index.yaml` lists them; None where there is none, or one of other files."""
    index_sha256: str | None = None
    """Of `index.yaml`, where it lists them."""
    stale_index: Location | None = None
    """Where `index.yaml` is of other files."""
    overlays: Overlays | None = None
    """What a bundle adds; None where it adds nothing."""

    @property
    def ids(self) -> frozenset[str]:
        """Of every offering, the organization's own included."""
        return frozenset(self.digests) | (self.overlays.ids if self.overlays is not None else frozenset())


def with_overlays(index: Index, overlays: Overlays | None, problems: list[Problem]) -> Index:
    """The index with what a bundle adds; what contradicts the registry is a problem."""
    if overlays is None:
        return index
    from .overlays import check_overlays  # few bundles add anything

    check_overlays(overlays, index.digests, index.written.former or {}, problems)
    return msgspec.structs.replace(index, overlays=overlays)


def read_index(folder: Folder, problems: list[Problem], *, indexed: bool = True) -> Index | None:
    """Read `snapshot.yaml` and hash every offering; without `indexed`, whatever `index.yaml` says."""
    path, shown = folder.file(SNAPSHOT)
    if not os.path.lexists(path):
        problems.append(_no_snapshot(folder, shown))
        return None
    data = read_bytes(path, shown, problems)
    document = read_document(shown, data, problems) if data is not None else None
    written = decode(document, SnapshotFile, problems) if document is not None else None
    digests = _hash_offerings(folder, problems)
    if data is None or document is None or written is None or digests is None:
        if document is not None and written is not None:
            _check_written(written, {}, document.source, problems)
        return None
    files = [(f"offerings/{id}{_SUFFIX}", value) for id, value in digests.items()]
    whole = digest([(SNAPSHOT, sha256_of(data)), *files], sha256_of)
    found = Index(folder, written, whole, digests)
    met: list[Problem] = []
    listed = _index_bytes(folder, met) if indexed else None
    listed_sha256 = None if listed is None else sha256_of(listed)
    if listed is not None and listed_sha256 is not None and is_index_of(listed_sha256, found.sha256):
        return _with_index(found, listed, listed_sha256)
    _check_written(written, digests, document.source, problems)
    problems.extend(met)
    if listed is None:
        return found
    from .index_file import index_from  # that of what ships was read when the package was built

    words, stale = index_from(listed, folder.file(INDEX)[1], digests, problems)
    if words is None:
        return msgspec.structs.replace(found, stale_index=stale)
    return msgspec.structs.replace(found, words=lambda: words, index_sha256=listed_sha256)


def _no_snapshot(folder: Folder, shown: str) -> Problem:
    """What is wrong with a folder that has no `snapshot.yaml`: mostly the one above a snapshot was named."""
    if not os.path.lexists(folder.path):
        return Problem("no such file", Location(folder.shown, 1, 1), "check the path")
    from .nearby import REGISTRY  # most snapshots are where they are said to be

    below = f"{REGISTRY}/{SNAPSHOT}"
    meant = f", such as {folder.file(REGISTRY)[1]}" if os.path.lexists(folder.file(below)[0]) else ""
    help = f"name the folder that has {SNAPSHOT} and offerings/{meant}"
    return Problem(f"no {SNAPSHOT}, and so no registry snapshot", Location(shown, 1, 1), help)


def _index_bytes(folder: Folder, problems: list[Problem]) -> bytes | None:
    path, shown = folder.file(INDEX)
    return read_bytes(path, shown, problems) if os.path.lexists(path) else None


def _with_index(index: Index, listed: bytes, sha256: str) -> Index:
    """The index of a snapshot with the words of its `index.yaml`, which is known to be of these files."""

    @cache
    def words() -> OfferingWords:
        from .index_file import index_from  # few checks ask for a word of what ships

        found, _ = index_from(listed, index.folder.file(INDEX)[1], index.digests, [])
        assert found is not None
        return found

    return msgspec.structs.replace(index, words=words, index_sha256=sha256)


def _check_written(written: SnapshotFile, offerings: Collection[str], source: Source, problems: list[Problem]) -> None:
    from .implications import check_clouds  # what ships was looked at when the package was built

    check_clouds(written, source, problems)
    if written.former:
        from .former import check_former  # most snapshots miss nothing

        check_former(written, offerings, source, problems)


def _hash_offerings(folder: Folder, problems: list[Problem]) -> dict[str, str] | None:
    path, shown = folder.file("offerings")
    try:
        with os.scandir(path) as entries:
            files = {entry.name: entry for entry in entries if entry.name.endswith(_SUFFIX)}
    except OSError as error:
        problems.append(unreadable(error, shown))
        return None
    if not files:
        problems.append(
            Problem("a registry without offerings", Location(shown, 1, 1), "check the path of the registry")
        )
        return None
    digests = {}
    if f"{UNLISTED}{_SUFFIX}" in files:
        title = f"`{UNLISTED}` is what a manifest calls a vendor that is not in the registry, and no offering"
        problems.append(Problem(title, Location(f"{shown}/{UNLISTED}{_SUFFIX}", 1, 1), "give it another id"))
    for name, entry in sorted(files.items()):
        data = read_bytes(entry.path, f"{shown}/{name}", problems, entry=entry)
        if data is not None and len(data) > JUDGING.size:
            problems.append(too_large(f"{shown}/{name}", JUDGING))
        elif data is not None:
            digests[name.removesuffix(_SUFFIX)] = sha256_of(data)
    return digests


def read_offering(index: Index, id: str, dialect: Dialect | None, problems: list[Problem]) -> Offering | None:
    """Parse one offering of the index, and check all that it says.

    Without a dialect its scopes, conditions and facts are left out and not looked at: grades, or what code that calls
    it is known by, are all that is asked for.
    """
    if index.overlays is None:
        return _listed(index, id, dialect, problems)
    own = index.overlays.offering(id)
    if own is not None:
        clouds, cells = index.written.clouds or {}, index.overlays.cells_of(id)
        groups = index.overlays.region_groups
        return offering_from(own.document, id, dialect, problems, clouds, type(own.written), cells, groups)
    found, extensions = _listed(index, id, dialect, problems), index.overlays.of(id)
    if found is None or not extensions:
        return found
    from .overlays import extended

    return extended(found, extensions, dialect, problems, index.overlays.region_groups)


def _listed(index: Index, id: str, dialect: Dialect | None, problems: list[Problem]) -> Offering | None:
    """An offering as the registry has it."""
    path, shown = index.folder.file(f"offerings/{id}{_SUFFIX}")
    data = read_bytes(path, shown, problems)
    if data is not None and sha256(data) != index.digests[id]:
        problems.append(Problem("the file changed while it was read", Location(shown, 1, 1), "run the check again"))
        return None
    leave_out = _NOT_GRADES if dialect is None else frozenset[str]()
    document = read_document(shown, data, problems, leave_out) if data is not None else None
    return None if document is None else offering_from(document, id, dialect, problems, index.written.clouds or {})


def read_offering_in(
    index: Index, document: Document, id: str, dialect: Dialect, problems: list[Problem]
) -> Offering | None:
    """An offering as a test describes it in the place of the index's, in the format of a bundle's `offerings/`.

    Cells stay whose they are.
    """
    from ..model.overlay import OwnOfferingFile
    from .overlays import check_dimensions  # few tests describe one

    own, dimensions = frozenset[str](), tuple[str, ...]()
    if index.overlays is not None:
        own, dimensions = index.overlays.cells_of(id), index.overlays.dimensions
    found = offering_from(document, id, dialect, problems, index.written.clouds or {}, OwnOfferingFile, own)
    check_dimensions(found.cells if found is not None else (), dimensions, document.source, problems)
    return found


def read_held_offering(index: Index, id: str) -> Offering | None:
    """One offering of the index, which is known to be without a mistake; None where it is not known."""
    path, shown = index.folder.file(f"offerings/{id}{_SUFFIX}")
    problems: list[Problem] = []
    data = read_bytes(path, shown, problems)
    known = index.digests[id]
    rows = rows_of_offering(known) if data is not None and sha256_of(data) == known else None
    document = None if data is None or rows is None else read_document(shown, data, problems, sha256=known)
    stated = decode(document, ListedOfferingFile, problems) if document is not None else None
    if document is None or stated is None or rows is None or problems:
        return None
    written = OfferingFile(**msgspec.structs.asdict(stated))
    cells, settings = cells_from_rows(written.dimensions, document.source, rows)
    places = (index.written.clouds or {}).get(written.cloud or "", {})
    return Offering(written.id, written, cells, document.source, settings, cloud_regions=places)


def read_words(index: Index, problems: list[Problem]) -> OfferingWords:
    """The words of all offerings, out of their files."""
    from .index_file import offering_words  # an index has them

    found = []
    for id in index.digests:
        path, shown = index.folder.file(f"offerings/{id}{_SUFFIX}")
        data = read_bytes(path, shown, problems)
        document = read_document(shown, data, problems, _NOT_WORDS) if data is not None else None
        written = decode(document, ListedOfferingFile, problems) if document is not None else None
        if written is not None:
            found.append(written)
    return offering_words(found)


def read_plain(index: Index, id: str, problems: list[Problem]) -> dict[str, Json]:
    """An offering as plain values, with what a bundle adds; nothing where there is none or it cannot be read."""
    own = index.overlays.offering(id) if index.overlays is not None else None
    if own is not None:
        return own.document.value if isinstance(own.document.value, dict) else {}
    path, shown = index.folder.file(f"offerings/{id}{_SUFFIX}")
    data = read_bytes(path, shown, problems) if id in index.digests else None
    document = read_document(shown, data, problems) if data is not None else None
    found = document.value if document is not None and isinstance(document.value, dict) else {}
    if index.overlays is None:
        return found
    from .overlays import plain_cells

    stated = found.get("dimensions")
    return {**found, "dimensions": {**(stated if isinstance(stated, dict) else {}), **plain_cells(index.overlays, id)}}


def offering_from(
    document: Document,
    id: str,
    dialect: Dialect | None,
    problems: list[Problem],
    clouds: Mapping[str, Mapping[str, str]],
    model: type[OfferingFile] = ListedOfferingFile,
    own: Collection[str] = (),
    groups: RegionGroups = NO_GROUPS,
) -> Offering | None:
    """The offering that a document describes, checked.

    `clouds` has those of its snapshot, with their regions; `model` is what the document should be, `own` has the
    dimensions whose cells are the organization's, and `groups` its groups of regions.
    """
    stated = decode(document, model, problems)
    if stated is None:
        return None
    written, source = OfferingFile(**msgspec.structs.asdict(stated)), document.source
    if written.id and written.id != id:
        title = f"the id `{written.id}` differs from the name of the file"
        help = f"name the file {written.id}{_SUFFIX}, or set the id to {id}"
        problems.append(Problem(title, source.locate(("id",)), help, source))
    from .cells import checked_cells, offering_of, report_cycles
    from .implications import check_implications  # what ships was looked at when the package was built

    places = clouds.get(written.cloud or "", {})
    cells = checked_cells(written.dimensions, written, source, dialect, problems, own, groups, places)
    if dialect is not None:
        check_implications(written, clouds, source, problems)
        report_cycles(cells, source, problems)
    owner: Owner = "registry" if model is ListedOfferingFile else "bundle"
    return offering_of(written, cells, source, owner, places)


def snapshot(index: Index, offerings: dict[str, Offering]) -> Snapshot:
    """The snapshot as it is judged against."""
    return Snapshot(index.written, index.sha256, index.ids, offerings, index.stale_index)
