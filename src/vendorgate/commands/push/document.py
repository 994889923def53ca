"""The JSON report on a push, `vendorgate.push/1`: its type, and what fills it.

In: a push. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

from typing import Literal, Union

import msgspec

from ...model.vocabulary import Verdict
from ...report.document import (
    TOOL,
    DatedDocument,
    ReportedInputs,
    ReportedNotJudged,
    ReportedSummary,
    inputs,
    not_judged,
    summary,
    written,
)
from .model import Action, Kind, Push, Pushed, State


class PushedTo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where it goes."""

    product: Literal["ciso-assistant"]
    """What stands there."""
    url: str
    """Its address."""
    folder: str
    """The name of the folder."""
    folder_id: str
    """The id of the folder there."""


class PushedObject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One object."""

    kind: Kind
    """A vendor; what a policy comes to in a project; a waiver in use."""
    reference: str
    """What it is about, the same in every push."""
    name: str
    """As it is called there."""
    action: Action
    """What it needs: to be made, changed or marked as gone; nothing, because it is in step, is gone here and left as it
    is, or is not ours."""
    state: State
    """What became of that; planned where nothing may be written."""
    fields: tuple[str, ...]
    """What is written of it."""
    status: Union[str, None]
    """The status that it is given there; null where it keeps what it has, or has none."""
    id: Union[str, None]
    """Its id there; null where it is not there, or nobody knows."""
    why: Union[str, None]
    """Why nothing is done, or why it was not done."""
    help: Union[str, None]
    """What to do about that."""


class PushCounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts of objects."""

    create: int
    """Not there yet."""
    change: int
    """There, and different."""
    mark: int
    """Gone here, and marked there."""
    keep: int
    """In step."""
    gone: int
    """Gone here, and left as they are there."""
    leave: int
    """Not ours to touch."""
    done: int
    """Of those to be made, changed or marked: done."""
    undone: int
    """Of those: not done, not tried, or nobody knows."""


class PushReport(DatedDocument, frozen=True):
    """What was brought to another place, or would be: `vendorgate push ciso-assistant --format json`."""

    schema: Literal["vendorgate.push/1"]
    """The format."""
    inputs: ReportedInputs
    """Everything that was judged, with digests."""
    verdict: Verdict
    """Of the check, and not of the push."""
    not_judged: tuple[ReportedNotJudged, ...]
    """Manifests that were meant, too, and have mistakes; where there are any, nothing is written."""
    judged: ReportedSummary
    """Counts of results of the check."""
    target: PushedTo
    """Where it goes."""
    writes: bool
    """Whether anything may have been written; else all of it is a plan."""
    ended: Union[str, None]
    """Why it ended before all was tried; null where it did not."""
    summary: PushCounts
    """Counts of objects."""
    objects: tuple[PushedObject, ...]
    """Vendors, then evidences, then exceptions; of each those that should be there, then those that are gone."""


def render(found: Push) -> str:
    """The report; the same push gives the same bytes."""
    return written(_report(found))


def _report(found: Push) -> PushReport:
    evaluation, target = found.evaluation, found.target
    return PushReport(
        schema="vendorgate.push/1",
        tool=TOOL,
        as_of=evaluation.as_of,
        inputs=inputs(evaluation),
        verdict=evaluation.verdict,
        not_judged=not_judged(evaluation),
        judged=summary(evaluation),
        target=PushedTo(target.product, target.url, target.folder, target.folder_id),
        writes=found.writes,
        ended=found.ended,
        summary=_counts(found),
        objects=tuple(map(_object, found.objects)),
    )


def _counts(found: Push) -> PushCounts:
    actions = found.actions
    return PushCounts(
        create=actions["create"],
        change=actions["change"],
        mark=actions["mark"],
        keep=actions["keep"],
        gone=actions["gone"],
        leave=actions["leave"],
        done=found.states["done"],
        undone=len(found.undone),
    )


def _object(one: Pushed) -> PushedObject:
    return PushedObject(
        one.kind, one.reference, one.name, one.action, one.state, one.fields, one.status, one.id, one.why, one.help
    )
