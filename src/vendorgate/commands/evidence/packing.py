"""A check with its inputs and reports, written into an open file.

In: the inputs that a command line means. Out: an evidence pack, and the evaluation that it holds. Whatever judged is
packed byte for byte, and what changes meanwhile is refused.
"""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from ...archive.derived import derived_members
from ...archive.document import PackedRun, Packing, evidence_manifest, said_notices
from ...archive.inputs import manifest_members, policy_members, registry_members
from ...archive.members import in_order
from ...archive.writing import PackWriter
from ...frame.archiving import folder_in_repository, renderers
from ...frame.defaults import AsOf
from ...gate import Gate
from ...load.files import Folder
from ...load.finding import Found
from ...load.manifest import read_found
from ...load.packs import PackChoice
from ...model.evaluation import Evaluation
from ...model.identity import RepositoryName
from ...model.vocabulary import FailOn

_FOUND_BY = ("folder-passed-over", "nested-bundle")
"""Notices of how the policies were found, which their files do not say."""


class PackQuestion(msgspec.Struct, frozen=True):
    """What is to be judged and packed."""

    manifests: tuple[Found, ...]
    policies: Folder
    registry: Folder
    packs: PackChoice
    day: AsOf
    repository: RepositoryName
    fail_on: FailOn | None
    largest: int
    """Bytes of all that the pack holds, unpacked."""


def pack_into(file: BinaryIO, question: PackQuestion) -> Evaluation:
    """Judge, and write the pack; what it says.

    Raises:
        InputError: nothing can be judged, or an input changed meanwhile; it carries every problem.
        UsageError: the threshold is laxer than the bundle's, or the pack becomes too large.
        OSError: the file cannot be written.
    """
    gate = Gate(question.policies, question.registry, question.packs)
    read = [read_found(one) for one in question.manifests]
    evaluation = gate.judge(
        read,
        as_of=question.day.day,
        fail_on=question.fail_on,
        allow_incomplete=True,
        repository=question.repository,
        asked_on=question.day.asked_on,
    )
    given = [(one.path, form) for one, form in zip(question.manifests, read, strict=True)]
    manifests, judged, left = manifest_members(evaluation, given)
    run = PackedRun(question.fail_on, question.packs.asked, folder_in_repository(), said_notices(evaluation, _FOUND_BY))
    packing = Packing(judged, left, question.policies.shown, question.registry.shown, run)
    inputs = [
        *manifests,
        *policy_members(gate.files, question.packs.library),
        *registry_members(question.registry, evaluation, gate.digests),
    ]
    derived = derived_members(evaluation, packing, renderers(packing, gate), [one.name for one in inputs])
    writer = PackWriter(file, question.largest)
    for one in in_order((*inputs, *derived)):
        writer.add(one.name, one.kind, (one.content(),))
    writer.finish(evidence_manifest(evaluation, packing, writer.members))
    return evaluation
