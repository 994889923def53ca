"""The JSON report on a change, `vendorgate.review/1`.

In: a review. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ...comparison.difference import Difference
from ...comparison.document import (
    ReportedRegistryChange,
    changed_cell,
    changed_offering,
    edited,
    reported_fields,
    standing,
)
from ...comparison.model import ResultChange
from ...model.report import ReportedTool
from ...report.ascii_json import dumps
from ...report.json import location, reported
from ...version import VERSION
from . import document as model
from .model import Gone, Integration, Judges, Named, NewData, Review
from .wording import told


def render(review: Review) -> str:
    """The report; the same review gives the same bytes."""
    return dumps(msgspec.to_builtins(_report(review)))


def _report(review: Review) -> model.ReviewReport:
    return model.ReviewReport(
        schema="vendorgate.review/1",
        tool=ReportedTool("vendorgate", VERSION),
        as_of=review.evaluation.as_of.isoformat(),
        base_as_of=review.base_as_of.isoformat(),
        base=_commit(review.base),
        merge_base=review.parting,
        head=_commit(review.head),
        judged_by=_judges(review.judges, review.trust_head),
        new_only=review.new_only,
        verdict=review.verdict,
        summary=model.ReportedCounts(*msgspec.structs.astuple(review.summary)),
        changes=tuple(_change(change) for change in review.changes if told(change)),
        integrations=tuple(_integration(one) for one in review.integrations),
        data=tuple(_data(one) for one in review.data),
        gone=tuple(_gone(one) for one in review.gone),
        edits=_edits(review),
        report=reported(review.evaluation),
    )


def _commit(named: Named) -> model.ReportedCommit:
    return model.ReportedCommit(named.name, named.commit)


def _judges(judges: Judges, trust_head: bool) -> model.ReportedJudges:
    return model.ReportedJudges(
        "head" if trust_head else "base",
        model.ReportedFolder(judges.policies, judges.policies_path),
        model.ReportedFolder(judges.registry, judges.registry_path),
    )


def _change(change: ResultChange) -> model.ReportedChange:
    result, before = change.result, change.before
    subject = result.subject
    return model.ReportedChange(
        change=change.kind,
        causes=change.causes,
        wider=change.wider,
        manifest=subject.manifest.source.path,
        previous_manifest=None if before is None else before.subject.manifest.source.path,
        project=subject.manifest.project,
        usage=subject.usage,
        offering=subject.offering.id,
        route=subject.route,
        policy=result.policy.id,
        title=result.policy.title,
        location=location(subject.location),
        before=standing(before),
        after=standing(change.after),
    )


def _integration(one: Integration) -> model.ReportedIntegration:
    subject = one.subject
    return model.ReportedIntegration(
        manifest=subject.manifest.source.path,
        project=subject.manifest.project,
        usage=subject.usage,
        offering=subject.offering.id,
        name=subject.offering.written.name,
        route=subject.route,
        data=one.data,
        location=location(subject.location),
        watch_outs=tuple(model.ReportedWatchOut(*pair) for pair in one.watch_outs.items()),
    )


def _data(one: NewData) -> model.ReportedNewData:
    manifest = one.subject.manifest
    return model.ReportedNewData(manifest.source.path, manifest.project, one.subject.usage, one.data)


def _gone(one: Gone) -> model.ReportedGone:
    elsewhere = dict(one.elsewhere)
    return model.ReportedGone(one.manifest, one.became, one.moved_to, one.usages, elsewhere, one.severity, one.blocks)


def _edits(review: Review) -> model.ReportedEdits:
    edits = review.edits
    registry = () if edits.registry is None else tuple(_registry(edits.registry))
    return model.ReportedEdits(edits.in_force, edits.files, tuple(edited(one) for one in edits.edits), registry)


def _registry(found: Difference) -> Iterator[ReportedRegistryChange]:
    for one in found.snapshot:
        yield ReportedRegistryChange(None, None, "changed", one.direction, reported_fields((one,)))
    yield from map(changed_offering, found.offerings)
    yield from map(changed_cell, found.cells)
