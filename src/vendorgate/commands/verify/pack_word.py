"""What an evidence pack says of its run, held against what a run can say.

In: a pack, what judged its inputs again. Out: what cannot be so. Nobody can tell where a run was; but what is called
vendorgate's own must be, each manifest must have a member of its own, and no word may say more than a run does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import UnsetType

from ...archive.document import LIBRARY, MANIFEST, POLICIES, REGISTRY, EvidenceManifest, PackedRun
from ...archive.inputs import member_of_manifest
from ...archive.reading import EvidencePack, MemberFault
from ...errors import UsageError
from ...gate import Gate
from ...load.files import JUDGING, Folder, read_bytes, shipped, yaml_files
from ...load.nearby import POLICIES as POLICIES_FOLDER
from ...load.nearby import REGISTRY as REGISTRY_FOLDER
from ...load.nearby import is_of_finding
from ...load.places import is_repository
from ...model.evaluation import Evaluation
from ...model.result import Notice
from ...remote.address import address_of
from ...remote.opening import shown_folder
from ...report.document import ReportedRepository

_ELSEWHERE: Final = "://"


def faults_of_word(
    pack: EvidencePack, gate: Gate, evaluation: Evaluation, said: Iterable[Notice]
) -> Iterator[MemberFault]:
    """Members that are called vendorgate's own and are not, and `MANIFEST.json` where it says what no run says.

    `said` is what the pack says of how the policies were found.
    """
    manifest = pack.manifest
    yield from _foreign(pack, LIBRARY, shipped(POLICIES_FOLDER), whole=False)
    if manifest.inputs.bundle.shown == shipped(POLICIES_FOLDER).shown:
        yield from _foreign(pack, POLICIES, shipped(POLICIES_FOLDER), whole=True)
    if manifest.inputs.registry.shown == shipped(REGISTRY_FOLDER).shown:
        yield from _foreign(pack, REGISTRY, shipped(REGISTRY_FOLDER), whole=True)
    binds = not isinstance(gate.files.settings.projects, UnsetType)
    can_be = (
        _is_of_a_run(manifest.run, said)
        and _is_a_place(manifest)
        and _is_a_repository(manifest.repository)
        and _each_has_its_own(manifest, evaluation)
        and (binds or all(one.place is None for one in manifest.inputs.manifests))
    )
    if not can_be:
        yield MemberFault(MANIFEST, "differs")


def _foreign(pack: EvidencePack, folder: str, own: Folder, *, whole: bool) -> Iterator[MemberFault]:
    """Members of a folder that did not come with vendorgate; `whole`: all that came with it must be there."""
    there = {one.path.removeprefix(folder) for one in pack.manifest.members if one.path.startswith(folder)}
    for name in sorted(there):
        path, shown = own.file(name)
        if read_bytes(path, shown, [], JUDGING) != pack.content(folder + name):
            yield MemberFault(folder + name, "foreign")
    if whole:
        yield from (MemberFault(folder + name, "lacking") for name in yaml_files(own, []) if name not in there)


def _is_of_a_run(run: PackedRun, said: Iterable[Notice]) -> bool:
    parts = (run.folder or "").split("/")
    inside = not run.folder or not {"", ".", ".."}.intersection(parts)
    return inside and all(map(is_of_finding, said))


def _is_a_place(manifest: EvidenceManifest) -> bool:
    """Whether policies that are called by an address are said to be kept there, under a pin."""
    bundle, registry = manifest.inputs.bundle, manifest.inputs.registry
    if _ELSEWHERE in registry.shown or not (bundle.shown.strip() and registry.shown.strip()):
        return False
    if bundle.source is None:
        return _ELSEWHERE not in bundle.shown
    try:
        address = address_of(bundle.source)
    except UsageError:
        return False
    return address.pinned and address.shown == bundle.source and bundle.shown == shown_folder(address)


def _is_a_repository(said: ReportedRepository) -> bool:
    return (said.name is None) == (said.said_by == "none") and (said.name is None or is_repository(said.name))


def _each_has_its_own(manifest: EvidenceManifest, evaluation: Evaluation) -> bool:
    """Whether each manifest has a digest, a path and a member of its own, named as a pack names them, in order."""
    inputs = manifest.inputs
    paths = [*(one.path for one in inputs.manifests), *(one.path for one in inputs.not_judged)]
    members = [
        *((one.member, judged.project) for one, judged in zip(inputs.manifests, evaluation.manifests, strict=False)),
        *((one.member, None) for one in inputs.not_judged if one.member is not None),
    ]
    numbers = [_number(member) for member, _ in members]
    named = all(
        member == member_of_manifest(number, len(paths), project)
        for number, (member, project) in zip(numbers, members, strict=True)
    )
    judged, left = numbers[: len(inputs.manifests)], numbers[len(inputs.manifests) :]
    digests = [one.sha256 for one in inputs.manifests] == [one.sha256 for one in evaluation.manifests]
    rises = judged == sorted(judged) and left == sorted(left)
    return named and digests and rises and len({*numbers}) == len(numbers) and len({*paths}) == len(paths)


def _number(member: str) -> int:
    """The number in the name of a manifest's member; 0 where there is none."""
    found = re.match(r"[0-9]{4,9}", member.rpartition("/")[2], re.ASCII)
    return 0 if found is None else int(found[0])
