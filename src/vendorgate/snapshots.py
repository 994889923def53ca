"""A whole snapshot: every offering read, checked, and handed over.

In: a folder. Out: a `Snapshot` with all offerings, or every mistake of every file.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable
from typing import Final, cast

import msgspec

from .errors import InputError, Problem, UsageError
from .load.bundle_files import BundleFiles, read_bundle
from .load.files import Folder, shipped
from .load.index_file import differing, rendered
from .load.language import language
from .load.lexicon import lexicon_of
from .load.nearby import BUILT_IN, REGISTRY
from .load.snapshot import INDEX, Index, read_index, read_offering, read_words, snapshot, with_overlays
from .load.words import offering_help
from .model.additions import NO_WORDS
from .model.registry import Offering, Snapshot
from .model.vocabulary import DATA_CLASSES, Dimension
from .source import Location

STALE: Final = "stale-index"
WRONG: Final = "index-mismatch"
"""The ids of what is wrong with an index."""


def read_snapshot(
    folder: Folder, ids: Iterable[str] | None = None, *, rules: bool = True, bundle: Folder | None = None
) -> Snapshot:
    """The snapshot in a folder with its offerings, or with those that are named.

    Without `rules`, conditions and scopes are not looked at, which is enough for grades and signatures, and faster.
    With a bundle, what its `offerings/` says is in it, and what its own dimensions ask.

    Raises:
        InputError: a file cannot be read or is not valid; it carries every problem.
        UsageError: an id that no offering has.
    """
    problems: list[Problem] = []
    index = read_index(folder, problems)
    if index is None or problems:
        raise InputError(problems)
    files = None if bundle is None else read_bundle(bundle, problems)
    index = index if files is None else with_overlays(index, files.overlays, problems)
    if problems:
        raise InputError(problems)
    wanted = sorted(index.ids) if ids is None else _known(ids, index)
    offerings = _offerings(index, wanted, problems, files, rules=rules)
    if problems:
        raise InputError(problems)
    found = snapshot(index, offerings)
    if files is None or not files.settings.dimensions:
        return found
    questions = {**found.written.dimensions, **cast("dict[Dimension, str]", files.settings.dimensions)}
    return msgspec.structs.replace(found, written=msgspec.structs.replace(found.written, dimensions=questions))


def index_text(folder: Folder) -> bytes:
    """The index of the snapshot in a folder, whatever index is there.

    Raises:
        InputError: a file of the snapshot cannot be read or is not valid.
    """
    problems: list[Problem] = []
    index = read_index(folder, problems, indexed=False)
    words = read_words(index, problems) if index is not None else None
    if index is None or words is None or problems:
        raise InputError(problems)
    return rendered(words, index.digests)


def index_problems(folder: Folder) -> list[Problem]:
    """What is wrong with the index of a snapshot that has one: that it is not what the files say."""
    path, shown = folder.file(INDEX)
    if not os.path.lexists(path):
        return []
    problems: list[Problem] = []
    index = read_index(folder, problems)
    if index is None or problems:
        raise InputError(problems)
    name = BUILT_IN if folder.shown == shipped(REGISTRY).shown else shlex.quote(folder.shown)
    anew = f"write it anew: vendorgate registry index --registry {name}"
    if index.stale_index is not None:
        return [Problem("the index is of other files than those that are there", index.stale_index, anew, id=STALE)]
    stated, true = index.words() if index.words is not None else None, read_words(index, problems)
    return [
        Problem(f"the index is not what the files say of {kind}: {words}", Location(shown, 1, 1), anew, id=WRONG)
        for kind, words in (differing(stated, true) if stated is not None else ())
    ]


def _offerings(
    index: Index, ids: list[str], problems: list[Problem], files: BundleFiles | None, *, rules: bool
) -> dict[str, Offering]:
    classes, own = (frozenset(DATA_CLASSES), NO_WORDS) if files is None else (files.data_classes, files.own_words)
    dialect = language(classes, lexicon_of(index, problems), own).require if rules else None
    read = {id: read_offering(index, id, dialect, problems) for id in ids}
    return {id: offering for id, offering in read.items() if offering is not None}


def _known(ids: Iterable[str], index: Index) -> list[str]:
    wanted = list(dict.fromkeys(ids))
    unknown = [id for id in wanted if id not in index.ids]
    if unknown:
        raise UsageError([Problem(f"no offering `{id}`", help=_instead(id, index)) for id in unknown])
    return wanted


def _instead(id: str, index: Index) -> str:
    """What took the place of an offering that is gone, or the one that is meant, or the way on."""
    former = (index.written.former or {}).get(id)
    if former is None:
        return offering_help(id, index.ids)
    since = f" since {former.since}" if former.since is not None else ""
    instead = f"; look at `{former.instead}` instead" if former.instead is not None else ""
    note = f" ({former.note})" if former.note else ""
    return f"it is gone{since}{instead}{note}"
