"""CSV (RFC 4180) for spreadsheets: a row for every result, what passes and what does not apply too.

In: an evaluation. Out: UTF-8 without a byte-order mark; lines end with LF, so that every tool that reads lines can read
it; every cell is quoted and is one line, and no cell is a formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from ..model.evaluation import Evaluation, NotJudged
from ..model.result import Result, SupportKind
from ..model.subject import Subject
from ..model.switched_off import SwitchedOff
from ..version import VERSION
from . import resting, unjudged
from .account_fields import field_line, fields_of
from .csv_rows import joined, written
from .finding import shortfalls, source_line, ways_out
from .signoff import SIGNOFF_CELLS, signoff_cells
from .surroundings import Surroundings


class Around:
    """What a row says beside its result: paths from the root of the repository, and how accounts are set up."""

    def __init__(self, evaluation: Evaluation, surroundings: Surroundings) -> None:
        self.path = surroundings.path
        self._evaluation = evaluation
        self._settings: dict[int, str] = {}
        """By the identity of the subject, of which there are many results."""

    def cells(self, result: Result) -> list[str]:
        """The cells of `COLUMNS`."""
        return [value(result, self) for value in COLUMNS.values()]

    def settings(self, subject: Subject) -> str:
        """Each setting of a route, and by whose word it is so."""
        found = self._settings.get(id(subject))
        if found is None:
            lines = map(field_line, fields_of(subject, self._evaluation))
            found = self._settings[id(subject)] = joined(lines)
        return found


def _rests_on(kind: SupportKind) -> Callable[[Result, Around], str]:
    """What of a kind the result rests on."""

    def told(result: Result, around: Around) -> str:
        return joined(resting.in_full(one, around.path) for one in result.rests_on if one.kind == kind)

    return told


COLUMNS: Final[Mapping[str, Callable[[Result, Around], str]]] = {
    "outcome": lambda result, _: result.outcome,
    "blocks": lambda result, _: "yes" if result.blocks else "no",
    "severity": lambda result, _: result.severity,
    "policy": lambda result, _: result.policy.id,
    "title": lambda result, _: result.policy.title,
    "project": lambda result, _: result.subject.manifest.project,
    "usage": lambda result, _: result.subject.usage,
    "route": lambda result, _: result.subject.route,
    "offering": lambda result, _: result.subject.offering.id,
    "account": lambda result, _: result.subject.name.account or "",
    "vendor": lambda result, _: result.subject.name.vendor or "",
    "manifest": lambda result, around: around.path(result.subject.manifest.source.path),
    "line": lambda result, _: str(result.subject.location.line),
    "column": lambda result, _: str(result.subject.location.column),
    "requirements": lambda result, _: joined(found.message for found in shortfalls(result)),
    "reasons": lambda result, _: joined(step.text for found in shortfalls(result) for step in found.steps),
    "evidence": lambda result, _: joined(source_line(citation) for citation in result.evidence),
    "ways_out": lambda result, _: joined(ways_out(result) if result.outcome in ("fail", "unknown", "waived") else ()),
    "references": lambda result, _: joined(result.policy.references),
    "waived_until": lambda result, _: "" if result.waiver is None else result.waiver.written.expires.isoformat(),
    "waived_by": lambda result, _: "" if result.waiver is None else result.waiver.written.approved_by,
    "ticket": lambda result, _: _ticket(result),
    "waiver_reason": lambda result, _: "" if result.waiver is None else result.waiver.written.reason,
    "rests_on_evidence": _rests_on("evidence"),
    "rests_on_agreements": _rests_on("agreement"),
    "rests_on_observations": _rests_on("observation"),
    "rests_on_claims": _rests_on("claim"),
    "rests_on_waivers": _rests_on("waiver"),
    "settings": lambda result, around: around.settings(result.subject),
    "on_claims_alone": lambda result, _: "yes" if result.on_claims_alone else "no",
    "manifest_sha256": lambda result, _: result.subject.manifest.sha256,
}
"""What a row says of its result, and from where; then come `INPUTS`, the same in every row."""


def _of_signoff(name: str, evaluation: Evaluation) -> str:
    return signoff_cells(evaluation).get(name, "")


INPUTS: Final[Mapping[str, Callable[[Evaluation], str]]] = {
    "as_of": lambda evaluation: evaluation.as_of.isoformat(),
    "as_of_given": lambda evaluation: str(evaluation.as_of_given).lower(),
    "bundle_sha256": lambda evaluation: evaluation.bundle.sha256,
    "registry_sha256": lambda evaluation: evaluation.snapshot.sha256,
    "vendorgate": lambda _: VERSION,
    **{name: partial(_of_signoff, name) for name in SIGNOFF_CELLS},
}


def render(evaluation: Evaluation, surroundings: Surroundings = Surroundings()) -> str:
    """A row of names and a row a result, in the order of the evaluation; at the end a row a policy that is off."""
    everywhere = [value(evaluation) for value in INPUTS.values()]
    return written([*COLUMNS, *INPUTS], rows(evaluation, surroundings), everywhere)


def rows(evaluation: Evaluation, surroundings: Surroundings) -> Iterator[Sequence[str]]:
    """The cells of `COLUMNS`: of each manifest that was not judged, of each result, of each policy that is off."""
    for left in evaluation.not_judged:
        yield under_columns(unjudged_cells(left, surroundings))
    yield from map(Around(evaluation, surroundings).cells, evaluation.results)
    for off in evaluation.bundle.off:
        yield under_columns(cells_of_policy_off(off, surroundings))


def under_columns(cells: Mapping[str, str]) -> Sequence[str]:
    """Cells by name, each under its column."""
    return [cells.get(name, "") for name in COLUMNS]


def unjudged_cells(left: NotJudged, surroundings: Surroundings) -> Mapping[str, str]:
    """The cells of a manifest that was not judged."""
    place = unjudged.place(left)
    return {
        "outcome": "not_judged",
        "blocks": "yes",
        "severity": "error",
        "manifest": surroundings.path(left.path),
        "line": str(place.line),
        "column": str(place.column),
        "reasons": joined(unjudged.words(problem) for problem in left.problems),
    }


def cells_of_policy_off(off: SwitchedOff, surroundings: Surroundings) -> Mapping[str, str]:
    """The cells of a policy that judges nobody."""
    return {
        "outcome": "policy_off",
        "blocks": "no",
        "severity": "note",
        "policy": off.policy,
        "manifest": surroundings.path(off.location.path),
        "line": str(off.location.line),
        "column": str(off.location.column),
        "reasons": joined([off.reason]),
    }


def _ticket(result: Result) -> str:
    ticket = None if result.waiver is None else result.waiver.written.ticket
    return ticket if isinstance(ticket, str) else ""
