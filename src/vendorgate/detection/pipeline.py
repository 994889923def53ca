"""The whole way: from the bytes of files to what they say of vendors.

In: files or their bytes, the catalogue. Out: a `Detection`; the same bytes give the same, however many processes read
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

import msgspec

from ..source import Location
from .catalogue.catalogue import Catalogue
from .code import Code
from .extractors import EXTRACTORS, Extractor, is_looked_at_anyway
from .faults import tried
from .files import ListedFile, Unread, checked, is_wide, read, text_of
from .leading import leads_aside
from .model import Commented, Detection, Skipped, Status
from .modules import Modules
from .needles import hits
from .sighting import Sighting
from .sources import code_of, is_source, with_ending
from .status import by_place, with_imports
from .summary import findings, offerings
from .unread import may_name, no_reader, unusual_encoding

_COMMENT: Final = "vendorgate:"
_CHUNK: Final = 64
"""Files that a process takes at a time."""
_FETCHED: Final = 256
"""Contents that are asked for at a time."""
_LINE: Final = 500
"""Characters of a line with a comment that are kept."""

Bytes = Callable[[], bytes]
Contents = Callable[[Sequence[str]], Mapping[str, bytes]]
"""Gives contents by their names."""


class Examined(msgspec.Struct, frozen=True):
    """What one file says by itself."""

    path: str
    code: Code | None = None
    seen: tuple[Sighting, ...] = ()
    skipped: str | None = None
    """Why it was passed over, or a part of it."""
    names_somebody: bool = False
    """Of one that was passed over: whether it may name somebody."""
    count: int = 1
    """How many files are meant."""
    comments: tuple[Commented, ...] = ()


def detect(files: Sequence[ListedFile], catalogue: Catalogue, jobs: int = 1) -> Detection:
    """What files say; with several jobs, in as many processes."""
    places = _places(files)
    if jobs > 1 and len(files) > _CHUNK:
        return _together(_in_processes(files, catalogue, jobs), catalogue, places)
    return _together(_of_files(files, catalogue, places), catalogue, places)


def _places(files: Sequence[ListedFile]) -> dict[str, str]:
    return {one.path: one.place or one.path for one in files}


def _of_files(files: Sequence[ListedFile], catalogue: Catalogue, places: Mapping[str, str]) -> Iterator[Examined]:
    return _examined(((one.path, _reading(one)) for one in files), catalogue, places)


def detect_bytes(contents: Mapping[str, bytes], catalogue: Catalogue) -> Detection:
    """What the files of a commit say, by their paths."""
    return _together(_examined(((path, _given(path, data)) for path, data in contents.items()), catalogue), catalogue)


def detect_versions(
    versions: Sequence[Mapping[str, str]],
    contents: Callable[[Sequence[str]], Mapping[str, bytes]],
    catalogue: Catalogue,
) -> list[Detection]:
    """What the files of several commits say, of which most have the same contents: each is read and examined once.

    Args:
        versions: of each commit, the name of a content by the path of its file.
        contents: gives contents by their names; asked for some at a time.
    """
    pairs = list(dict.fromkeys(pair for files in versions for pair in files.items()))
    examined = dict(zip(pairs, _examined(_fetched(pairs, contents), catalogue), strict=True))
    return [_together((examined[pair] for pair in files.items()), catalogue) for files in versions]


def _fetched(pairs: Sequence[tuple[str, str]], contents: Contents) -> Iterator[tuple[str, Bytes]]:
    for at in range(0, len(pairs), _FETCHED):
        chunk = pairs[at : at + _FETCHED]
        found = contents([name for _, name in chunk])
        yield from ((path, _given(path, found[name])) for path, name in chunk)


def _reading(one: ListedFile) -> Bytes:
    return partial(_left_out, one) if one.left_out else partial(read, one.real)


def _left_out(one: ListedFile) -> bytes:
    raise Unread(f"in {one.path.rstrip('/').rpartition('/')[2]}", count=one.left_out)


def _given(path: str, data: bytes) -> Bytes:
    return lambda: checked(path, data)


def _in_processes(files: Sequence[ListedFile], catalogue: Catalogue, jobs: int) -> Iterator[Examined]:
    from concurrent.futures import ProcessPoolExecutor

    from ..child_processes import nothing_of_this_folder

    with nothing_of_this_folder(), ProcessPoolExecutor(jobs, initializer=_begin, initargs=(catalogue,)) as pool:
        chunks = [files[at : at + _CHUNK] for at in range(0, len(files), _CHUNK)]
        for found in pool.map(_chunk, chunks):
            yield from found


_CATALOGUES: Final[list[Catalogue]] = []
"""The one of this process, which came with it."""


def _begin(catalogue: Catalogue) -> None:
    _CATALOGUES[:] = [catalogue]


def _chunk(files: Sequence[ListedFile]) -> list[Examined]:
    return list(_of_files(files, _CATALOGUES[0], _places(files)))


def _examined(
    files: Iterable[tuple[str, Bytes]], catalogue: Catalogue, places: Mapping[str, str] | None = None
) -> Iterator[Examined]:
    """Each file by itself; one that names nobody is only counted."""
    is_hit, others = hits(catalogue), places or {}
    for path, reading in files:
        try:
            yield _read(path, others.get(path, path), reading(), is_hit, catalogue)
        except Unread as why:
            yield Examined(path, None, (), why.reason, may_name(path, why, is_hit), why.count)


def _read(path: str, place: str, data: bytes, is_hit: Callable[[bytes], bool], catalogue: Catalogue) -> Examined:
    searched = data.decode("utf-16", "replace").encode() if is_wide(data) else data
    encoding = unusual_encoding(path, data)
    if encoding is not None:
        return Examined(path, skipped=encoding, names_somebody=True)
    if not is_hit(searched) and not is_looked_at_anyway(path):
        return Examined(path, _leading(path, place, searched))
    unread = no_reader(path)
    if unread is not None:
        return Examined(path, skipped=unread, names_somebody=True)
    found = _one(path, text_of(path, data), catalogue)
    return msgspec.structs.replace(found, names_somebody=found.skipped is not None and is_hit(searched))


def _leading(path: str, place: str, data: bytes) -> Code | None:
    """Of a file that names nobody, what it imports, where that tells who uses code of tests and tools."""
    if not is_source(path) or not leads_aside(place, data):
        return None
    found, _ = tried(lambda: code_of(path, text_of(path, data)))
    return None if found is None else Code(found.language, found.imports)


def _one(path: str, text: str, catalogue: Catalogue) -> Examined:
    code, skipped, named = None, None, with_ending(path, text)
    seen: list[Sighting] = []
    for extractor in EXTRACTORS:
        if extractor.wants(named):
            found, skipped = tried(partial(_extracted, extractor, path, text, catalogue), skipped)
            seen += found or ()
    if is_source(named):
        code, skipped = tried(lambda: code_of(named, text), skipped)
    return Examined(path, code, tuple(seen), skipped, comments=_comments(path, text))


def _extracted(extractor: Extractor, path: str, text: str, catalogue: Catalogue) -> list[Sighting]:
    looked = extractor.looks is None or extractor.looks(text)
    return list(extractor.extract(path, text, catalogue)) if looked else []


def _comments(path: str, text: str) -> tuple[Commented, ...]:
    if _COMMENT not in text:
        return ()
    return tuple(
        Commented(Location(path, number, line.index(_COMMENT) + 1), line[:_LINE])
        for number, line in enumerate(text.split("\n"), 1)
        if _COMMENT in line
    )


def _together(examined: Iterable[Examined], catalogue: Catalogue, places: Mapping[str, str] | None = None) -> Detection:
    """What the files say of each other, and what it comes to; with the places of files whose paths are others."""
    found = {one.path: one for one in examined}
    codes = {path: one.code for path, one in found.items() if one.code is not None}
    seen: dict[str, list[Sighting]] = {path: list(one.seen) for path, one in found.items() if one.seen}
    routed, faults = _routed(codes, catalogue)
    for path, several in routed.items():
        seen.setdefault(path, []).extend(several)
    if seen:
        from .configuration.joining import joined

        seen = joined(seen, codes, catalogue)
    told = findings(seen, _statuses(found, codes, places or {}), catalogue)
    with_findings = {one.location.path for one in told}
    return Detection(
        scanned=len(found),
        skipped=tuple(
            Skipped(path, why, one.names_somebody or path in faults, one.count)
            for path, one in found.items()
            if (why := one.skipped or faults.get(path))
        ),
        offerings=offerings(told),
        findings=tuple(told),
        comments=tuple(comment for path, one in found.items() if path in with_findings for comment in one.comments),
    )


def _routed(
    codes: Mapping[str, Code], catalogue: Catalogue
) -> tuple[Mapping[str, Sequence[Sighting]], Mapping[str, str]]:
    """What source files say of whom they call, and which were passed over for a fault.

    Where all together end in a fault, those go that end in one by themselves; where that does not help, each file is
    asked by itself, without what the others say.
    """
    if not codes:
        return {}, {}
    from .routing import sightings

    found, fault = tried(lambda: sightings(codes, catalogue))
    if found is not None:
        return found, {}
    alone = {path: tried(partial(sightings, {path: code}, catalogue)) for path, code in codes.items()}
    faults = {path: why for path, (_, why) in alone.items() if why is not None}
    sound = {path: code for path, code in codes.items() if path not in faults}
    found, _ = tried(lambda: sightings(sound, catalogue)) if faults else (None, fault)
    if found is None:
        found = {path: seen for each, _ in alone.values() for path, seen in (each or {}).items()}
    return found, faults


def _statuses(found: Iterable[str], codes: Mapping[str, Code], places: Mapping[str, str]) -> dict[str, Status]:
    modules = Modules(codes)
    own = {path: by_place(places.get(path, path)) for path in found}
    return with_imports(own, {path: modules.imported(path, code) for path, code in codes.items()})
