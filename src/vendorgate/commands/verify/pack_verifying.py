"""An evidence pack held against itself: its digests, and what vendorgate makes of its inputs.

In: a path. Out: a `Verification`. Nothing but the archive is read: neither the policies nor the registry of this
machine, no network.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from ...archive.derived import derived_members
from ...archive.document import MANIFEST, EvidenceManifest, MemberKind, PackedInputs, evidence_manifest
from ...archive.inputs import policy_members, registry_members
from ...archive.reading import EvidencePack, MemberFault, opened_pack
from ...archive.report_file import ReadReport
from ...archive.same_archive import same_but_for_compression
from ...frame.archiving import renderers
from ...gate import Gate
from ...model.evaluation import Evaluation
from ...model.identity import RepositoryName
from ...version import VERSION
from .model import PackFindings, Verification, VerifyOutcome
from .pack_word import faults_of_word
from .unpacked import Unpacked, kept_report, unpacked
from .verifying import VerifyQuestion, verified

_WORKBOOK: Final = ".xlsx"
"""An archive itself, which another version of zlib may compress otherwise."""
_SAID: Final = MemberFault(MANIFEST, "differs")


def verified_pack(path: str, largest: int) -> Verification:
    """Hold a pack against its digests, judge its inputs again, and compare all that follows from them.

    Raises:
        InputError: it cannot be read, is no pack, would be dangerous to unpack, or its inputs are not valid.
        UsageError: it was made with a threshold that is laxer than its bundle's.
    """
    with opened_pack(path, largest) as (pack, faults):
        if faults:
            return _verification(pack, "tampered", faults)
        with unpacked(pack) as inputs:
            return _judged_again(pack, inputs)


def _judged_again(pack: EvidencePack, inputs: Unpacked) -> Verification:
    gate = Gate(inputs.policies, inputs.registry, inputs.packs)
    evaluation = _evaluation(pack, gate, inputs)
    word = tuple(_faults_of_word(pack, gate, evaluation, inputs))
    faults = (*word, *(one for one in _faults(pack, gate, evaluation, inputs) if one not in word))
    if not faults:
        return _verification(pack, "holds", ())
    report = kept_report(pack)
    about_it = report is not None and _is_about_the_same(report, pack.manifest)
    of_report = verified(_question(report, pack, inputs)) if report is not None and about_it else None
    if of_report is None or of_report.outcome == "holds":
        return _verification(pack, "differs", faults)
    if of_report.outcome == "other-version" and (pack.manifest.tool.version == VERSION or _SAID in word):
        of_report = msgspec.structs.replace(of_report, outcome="differs")
    return _with_report(pack, of_report, faults)


def _is_about_the_same(read: ReadReport, manifest: EvidenceManifest) -> bool:
    """Whether a report says of the run what the pack says: then it can be compared with what is judged here."""
    report, said = read.report, manifest.inputs
    paths = [one.path for one in report.inputs.manifests], [one.path for one in report.not_judged]
    return (
        (report.as_of, report.as_of_given) == (manifest.as_of, manifest.as_of_given)
        and report.repository == manifest.repository
        and paths == ([one.path for one in said.manifests], [one.path for one in said.not_judged])
    )


def _with_report(pack: EvidencePack, of_report: Verification, faults: tuple[MemberFault, ...]) -> Verification:
    """What was found of its report and of its members; another version words most of them otherwise."""
    other = of_report.outcome == "other-version"
    here = _verification(pack, of_report.outcome, tuple(one for one in faults if not other or one.kind == "foreign"))
    findings = here.pack
    assert findings is not None
    if other:
        findings = msgspec.structs.replace(findings, not_compared=tuple(one.path for one in faults))
    return msgspec.structs.replace(
        of_report, path=here.path, sha256=here.sha256, source=here.source, said=here.said, pack=findings
    )


def _faults_of_word(pack: EvidencePack, gate: Gate, evaluation: Evaluation, inputs: Unpacked) -> Iterator[MemberFault]:
    """What the pack says of the run, whatever version made it: another one words only how policies were found."""
    same = pack.manifest.tool.version == VERSION
    found = list(faults_of_word(pack, gate, evaluation, inputs.policies.said if same else ()))
    yield from found
    expected = evidence_manifest(evaluation, inputs.packing, pack.manifest.members)
    if _SAID not in found and msgspec.structs.replace(expected, tool=pack.manifest.tool) != pack.manifest:
        yield _SAID


def _evaluation(pack: EvidencePack, gate: Gate, inputs: Unpacked) -> Evaluation:
    manifest = pack.manifest
    found = gate.judge(
        (*inputs.manifests.judged, *inputs.manifests.left),
        as_of=manifest.as_of,
        fail_on=manifest.run.fail_on,
        allow_incomplete=True,
        repository=RepositoryName(manifest.repository.name, manifest.repository.said_by),
    )
    return msgspec.structs.replace(found, as_of_given=manifest.as_of_given)


def _question(report: ReadReport, pack: EvidencePack, inputs: Unpacked) -> VerifyQuestion:
    run = pack.manifest.run
    return VerifyQuestion(report, (), inputs.policies, inputs.registry, inputs.packs, run.fail_on, inputs.manifests)


def _faults(pack: EvidencePack, gate: Gate, evaluation: Evaluation, inputs: Unpacked) -> Iterator[MemberFault]:
    """What does not follow from the inputs, and what is missing of that which does."""
    there = {one.path: one.kind for one in pack.manifest.members}
    given = dict(_inputs(gate, evaluation, inputs))
    rendering = renderers(inputs.packing, gate)
    derived = list(derived_members(evaluation, inputs.packing, rendering, given))
    expected: dict[str, MemberKind] = {**given, **{one.name: one.kind for one in derived}}
    yield from (MemberFault(path, "unmade") for path, kind in there.items() if expected.get(path) != kind)
    yield from (MemberFault(path, "lacking") for path in expected if path not in there)
    for one in derived:
        if one.name in there and not _same(one.name, pack.content(one.name), one.content()):
            yield MemberFault(one.name, "differs")
    if evidence_manifest(evaluation, inputs.packing, pack.manifest.members) != pack.manifest:
        yield _SAID


def _inputs(gate: Gate, evaluation: Evaluation, inputs: Unpacked) -> Iterator[tuple[str, MemberKind]]:
    """The members that judge and are judged."""
    packing = inputs.packing
    yield from ((one.member, "manifest") for one in packing.manifests)
    yield from ((one.member, "not-judged") for one in packing.not_judged if one.member is not None)
    judging = (
        *policy_members(gate.files, inputs.packs.library),
        *registry_members(inputs.registry, evaluation, gate.digests),
    )
    yield from ((one.name, one.kind) for one in judging)


def _same(name: str, recorded: bytes, made: bytes) -> bool:
    """Whether a member is what is made here; of a workbook, what is in it."""
    return recorded == made or (name.endswith(_WORKBOOK) and same_but_for_compression(recorded, made))


def _verification(pack: EvidencePack, outcome: VerifyOutcome, faults: tuple[MemberFault, ...]) -> Verification:
    manifest = pack.manifest
    return Verification(
        pack.shown,
        pack.sha256,
        manifest.tool.version,
        manifest.as_of,
        outcome,
        (),
        as_of_given=manifest.as_of_given,
        repository=manifest.repository.name,
        source=manifest.inputs.bundle.source,
        said=(*_unconfirmed(manifest.inputs), *dict.fromkeys(one.id for one in manifest.run.said)),
        pack=PackFindings(manifest.verdict, len(manifest.members), faults),
    )


def _unconfirmed(inputs: PackedInputs) -> Iterator[str]:
    """What the pack says of manifests that none of its members shows."""
    if any(one.place is not None for one in inputs.manifests):
        yield "inputs.manifests.place"
    if any(one.member is None for one in inputs.not_judged):
        yield "not_judged"
