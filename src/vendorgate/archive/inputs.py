"""Inputs as members of a pack, byte for byte as they judged: a file that has changed since is refused.

In: the files of a bundle and a snapshot that were read, manifests that were. Out: members still to be written, and
which of them each manifest is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence

from ..errors import InputError, Problem
from ..load.bundle_files import BundleFiles
from ..load.files import JUDGED, JUDGING, Folder, Limits, digest, read_bytes, sha256, standard_input, yaml_files
from ..load.finding import STANDARD_INPUT
from ..load.manifest import GivenManifest
from ..model.evaluation import Evaluation
from ..source import Location
from .document import LIBRARY, POLICIES, REGISTRY, MemberKind, PackedManifest, PackedUnjudged
from .members import Planned

_INDEX = "index.yaml"
_SNAPSHOT = "snapshot.yaml"


def policy_members(files: BundleFiles, library: Folder | None) -> Iterator[Planned]:
    """Every YAML file of a bundle, optional packs that are not in force, too, and what is in force of the library.

    Raises:
        InputError: a file has come or gone since the bundle was read.
    """
    problems: list[Problem] = []
    own, digests = yaml_files(files.folder, problems), dict(files.digests)
    if problems:
        raise InputError(problems)
    waiting = {name for name in own if name not in digests}
    optional = frozenset(files.settings.optional_packs)
    strangers = [name for name in waiting if name.partition("/")[0] not in optional]
    if strangers:
        raise InputError([_changed(files.folder.file(name)[1]) for name in strangers])
    for name in own:
        yield Planned(POLICIES + name, "policies", *_file(files.folder, name, digests.get(name)))
    for name in sorted(digests.keys() - set(own)):
        if library is None:
            raise InputError([_changed(files.folder.file(name)[1])])
        yield Planned(LIBRARY + name, "library", *_file(library, name, digests[name]))


def registry_members(folder: Folder, evaluation: Evaluation, digests: Mapping[str, str]) -> Iterator[Planned]:
    """Every file of a snapshot that its digest covers, and its index, where it has one.

    Raises:
        InputError: the snapshot has changed since it was read.
    """
    offerings = {f"offerings/{id}.yaml": value for id, value in digests.items()}
    read, shown = _file(folder, _SNAPSHOT, None)
    first = sha256(read())
    if digest([(_SNAPSHOT, first), *offerings.items()]) != evaluation.snapshot.sha256:
        raise InputError([_changed(shown)])
    for name, value in {_SNAPSHOT: first, **offerings}.items():
        yield Planned(REGISTRY + name, "registry", *_file(folder, name, value))
    if os.path.isfile(folder.file(_INDEX)[0]):
        yield Planned(REGISTRY + _INDEX, "registry", *_file(folder, _INDEX, None))


def manifest_members(
    evaluation: Evaluation, given: Sequence[tuple[str, GivenManifest]]
) -> tuple[list[Planned], tuple[PackedManifest, ...], tuple[PackedUnjudged, ...]]:
    """Manifests, given with the paths that they were read from: members, and which is which.

    One that was not judged is a member as far as it could be read, and its mistakes are its bytes'.
    """
    members: list[Planned] = []
    judged, left = list[PackedManifest](), list[PackedUnjudged]()
    wanting = {one.path for one in evaluation.not_judged}
    checked = iter(evaluation.manifests)
    for number, (path, read) in enumerate(given, 1):
        if read.path in wanting:
            member = None if read.sha256 is None else member_of_manifest(number, len(given), None)
            left.append(PackedUnjudged(read.path, member))
        else:
            one = next(checked)
            member = member_of_manifest(number, len(given), one.project)
            judged.append(PackedManifest(read.path, one.sha256, member, one.whereabouts.path))
        if member is not None and read.sha256 is not None:
            kind: MemberKind = "not-judged" if read.path in wanting else "manifest"
            members.append(Planned(member, kind, _manifest(path, read.path, read.sha256), read.path))
    return members, tuple(judged), tuple(left)


def member_of_manifest(number: int, of: int, project: str | None) -> str:
    """The member that is a manifest, by its number of so many; without a project it was not judged."""
    digits = f"{number:0{max(4, len(str(of)))}}"
    return f"inputs/not-judged/{digits}.yaml" if project is None else f"inputs/manifests/{digits}-{project}.yaml"


def _manifest(path: str, shown: str, expected: str) -> Callable[[], bytes]:
    return lambda: _read(path, shown, expected, JUDGED)


def _file(folder: Folder, name: str, expected: str | None) -> tuple[Callable[[], bytes], str]:
    path, shown = folder.file(name)
    return (lambda: _read(path, shown, expected, JUDGING)), shown


def _read(path: str, shown: str, expected: str | None, limits: Limits) -> bytes:
    """The bytes of a file, which must be those that judged.

    Raises:
        InputError: it cannot be read, or is another one by now.
    """
    problems: list[Problem] = []
    data = standard_input(problems) if path == STANDARD_INPUT else read_bytes(path, shown, problems, limits)
    if data is None:
        raise InputError(problems)
    if expected is not None and sha256(data) != expected:
        raise InputError([_changed(shown)])
    return data


def _changed(shown: str) -> Problem:
    return Problem("the file changed while it was packed", Location(shown, 1, 1), "pack again")
