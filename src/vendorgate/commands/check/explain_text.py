"""The whole tree of reasons, what passes too: for whoever signs off a verdict or doubts one.

In: an evaluation with full reasons. Out: text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...declarations.account_fields import FieldStatus
from ...model.evaluation import Evaluation
from ...model.observable import FIELDS
from ...model.result import Reason, Result
from ...model.subject import Subject
from ...model.vocabulary import Outcome
from ...report.account_fields import default_line, field_line, fields_of
from ...report.finding import MARK, source_line, waived_words
from ...report.resting import support_line
from ...source import Location
from ...terminal.escape import escape
from ...terminal.style import PLAIN, Look, Style

_LOOK: Final[dict[Outcome, Look]] = {
    "pass": "pass",
    "fail": "error",
    "unknown": "warning",
    "waived": "note",
    "not_applicable": "dim",
}


_LEFT_OUT: Final = ("id", "purpose")
_FIELD_LOOK: Final[dict[FieldStatus, Look]] = {
    "observed": "pass",
    "attested": "pass",
    "claimed": "dim",
    "not_observed": "warning",
    "observed_for_some": "warning",
}


def render(evaluation: Evaluation, style: Style = PLAIN) -> str:
    """The explanation of every result, grouped by subject."""
    blocks = []
    for subject in evaluation.subjects:
        blocks.append("\n".join(_subject(subject, evaluation, style)))
        blocks.extend("\n".join(_result(r, style)) for r in evaluation.results if r.subject is subject)
    return "\n\n".join(blocks) + "\n"


def _subject(subject: Subject, evaluation: Evaluation, style: Style) -> Iterator[str]:
    title = f"usage `{subject.usage}` of project `{subject.manifest.project}`, {subject.route} route {subject.name}"
    yield style.paint("bold", escape(title))
    yield f"  judged as of {evaluation.as_of}{_at(subject.location, style)}"
    written = subject.offering.written
    if subject.name.vendor is not None:
        yield "  not in the registry: nobody has looked at it"
    else:
        yield f"  {escape(written.name)}: models of {escape(written.developer)}, served by {escape(written.platform)}"
    told = {one.what: one for one in fields_of(subject, evaluation)}
    for path, value in subject.stated.items():
        what = path.removeprefix("usage.")
        if path.startswith("usage.") and what not in (*told, *_LEFT_OUT) and value not in ([], None):
            line = default_line(what, value) if what in FIELDS else f"{what}: {_value(value)}"
            yield style.paint("dim", f"  {escape(line)}")
    for one in told.values():
        yield f"  {style.paint(_FIELD_LOOK[one.status], escape(field_line(one)))}{_at(one.locate(), style)}"


def _value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _at(location: Location | None, style: Style) -> str:
    return "" if location is None else style.paint("dim", f"  ({escape(str(location))})")


def _result(result: Result, style: Style) -> Iterator[str]:
    policy = result.policy
    place = policy.source.locate(("policies", policy.index, "id"))
    outcome = result.outcome.replace("_", " ")
    effect = "blocks" if result.blocks else "does not block"
    name = style.paint(_LOOK[result.outcome], outcome)
    yield f"{name} {escape(policy.id)}: {escape(policy.title)}{_at(place, style)}"
    yield f"  severity {result.severity}, {effect}"
    if policy.when is not None:
        applies = "does not apply" if result.outcome == "not_applicable" else "applies"
        yield f"  {applies}:"
        for reason in result.when:
            yield from _reason(reason, 4, style)
    for requirement in result.requirements:
        place = policy.source.locate(("policies", policy.index, "require", requirement.requirement.index))
        mark = MARK[requirement.outcome]
        yield f"  {mark} requirement: {escape(requirement.message)}{_at(place, style)}"
        for reason in requirement.reasons:
            yield from _reason(reason, 6, style)
    if result.evidence:
        yield "  evidence:"
        yield from (f"    {escape(source_line(citation))}" for citation in result.evidence)
    if result.rests_on:
        yield "  rests on:"
        yield from (
            f"    {escape(support_line(one))}{_at(one.locate and one.locate(), style)}" for one in result.rests_on
        )
    if result.waiver is not None:
        yield f"  waived {escape(waived_words(result) or '')}: {escape(result.waiver.written.reason)}"
    if result.outcome in ("fail", "unknown") and policy.remediation is not None:
        yield f"  fix: {escape(policy.remediation)}"
    if policy.references:
        yield f"  see: {escape('; '.join(policy.references))}"


def _reason(reason: Reason, indent: int, style: Style) -> Iterator[str]:
    location = reason.locate() if reason.locate is not None else None
    yield f"{' ' * indent}{MARK[reason.outcome]} {escape(reason.message)}{_at(location, style)}"
    for inner in reason.reasons:
        yield from _reason(inner, indent + 2, style)
