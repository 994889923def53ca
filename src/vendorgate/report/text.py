"""The report for people: what failed, where, why, on what evidence, and the way out.

In: an evaluation and a style. Out: text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..model.evaluation import Evaluation
from ..model.result import Citation, Notice, Reason, ReasonKind, Remedy, RequirementResult, Result
from ..model.vocabulary import Decision, Outcome, RouteOfUsage
from ..terminal.escape import escape
from ..terminal.snippet import arrow, snippet
from ..terminal.style import PLAIN, Look, Style

MARK: Final[dict[Decision, str]] = {"pass": "+", "fail": "-", "unknown": "?"}
_ROUTE: Final[dict[RouteOfUsage, str]] = {"primary": "", "fallback": " (fallback)", "gateway": " (gateway)"}
_LEAVES: Final[tuple[ReasonKind, ...]] = ("agreement", "declaration", "expression")
_SHOWN: Final[tuple[Outcome, ...]] = ("fail", "unknown", "waived")


def render(evaluation: Evaluation, style: Style = PLAIN) -> str:
    """The report, ending with one line of counts."""
    blocks = ["\n".join(_result(result, style)) for result in evaluation.results if result.outcome in _SHOWN]
    blocks.extend("\n".join(_notice(notice, style)) for notice in evaluation.notices)
    return "\n\n".join([*blocks, closing(evaluation, style)]) + "\n"


def closing(evaluation: Evaluation, style: Style) -> str:
    """The one line that says it all."""
    counts = evaluation.summary
    verdict = style.paint("pass", "PASS") if evaluation.verdict == "pass" else style.paint("error", "FAIL")
    usages = sum(len(manifest.usages) for manifest in evaluation.manifests)
    judged = [
        _count(usages, "usage"),
        *([_count(counts.subjects, "route")] if counts.subjects != usages else []),
        _count(len(evaluation.bundle.policies), "policy", "policies"),
    ]
    outcomes = (
        f"{counts.fail} failed, {counts.unknown} unknown, {counts.waived} waived, {counts.passed} passed, "
        f"{counts.not_applicable} not applicable; {counts.blocking} blocking"
    )
    return f"{verdict}: {', '.join(judged)} as of {evaluation.as_of}: {outcomes}"


def _count(number: int, noun: str, plural: str = "") -> str:
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def _result(result: Result, style: Style) -> Iterator[str]:
    yield from headline(result, style)
    if result.waiver is not None:
        yield from _waiver(result, style)
        return
    failing = [requirement for requirement in result.requirements if requirement.outcome != "pass"]
    own = {_dimension(requirement) for requirement in failing}
    for requirement in failing:
        yield from _requirement(requirement, result, own, style)
    for remedy in _remedies(result, failing):
        yield f"   {style.paint('bold', '= fix:')} {remedy}"
    if result.policy.references:
        yield f"   {style.paint('bold', '= see:')} {escape('; '.join(result.policy.references))}"


def headline(result: Result, style: Style) -> Iterator[str]:
    """The finding's name and title, and the place in the manifest."""
    label: str = "waived" if result.outcome == "waived" else result.severity
    look: Look = "note" if result.outcome == "waived" else result.severity
    name = style.paint(look, f"{label}[{escape(result.policy.id)}]")
    yield f"{name}{style.paint('bold', ': ' + escape(result.policy.title))}"
    subject = result.subject
    usage = f"usage `{escape(subject.usage)}`{_ROUTE[subject.route]}"
    yield from snippet(subject.location, subject.manifest.source, usage, look, style)


def _waiver(result: Result, style: Style) -> Iterator[str]:
    assert result.waiver is not None
    written = result.waiver.written
    ticket = f" ({escape(written.ticket)})" if isinstance(written.ticket, str) else ""
    yield f"   {style.paint('bold', '= waived:')} until {written.expires} by {escape(written.approved_by)}{ticket}"
    yield f"       {escape(written.reason)}"


def _dimension(requirement: RequirementResult) -> str | None:
    """The dimension that a requirement asks for by itself."""
    expression = requirement.requirement.expression
    return expression["covered"] if isinstance(expression, dict) and [*expression] == ["covered"] else None


def _requirement(requirement: RequirementResult, result: Result, own: set[str | None], style: Style) -> Iterator[str]:
    yield f"   {style.paint('bold', f'= {requirement.outcome}:')} {escape(requirement.message)}"
    elsewhere = own - {_dimension(requirement)}
    for reason in requirement.reasons:
        yield from _reason(reason, elsewhere, 7)
    dimensions = {inner.dimension for reason in requirement.reasons for inner in _flat(reason, elsewhere)}
    for citation in result.evidence:
        if citation.dimension in dimensions and citation.dimension not in elsewhere:
            yield style.paint("dim", f"       {source_line(citation)}")


def _flat(reason: Reason, elsewhere: set[str | None]) -> Iterator[Reason]:
    yield reason
    for inner in reason.reasons:
        if inner.dimension not in elsewhere:
            yield from _flat(inner, elsewhere)


def _reason(reason: Reason, elsewhere: set[str | None], indent: int) -> Iterator[str]:
    """A reason and what led to it; a condition that comes down to one thing is that thing."""
    inner = reason.reasons
    if reason.kind == "condition" and len(inner) == 1 and not inner[0].reasons and inner[0].kind in _LEAVES:
        reason, inner = inner[0], ()
    repeated = bool(inner) and inner[0].dimension in elsewhere
    yield f"{' ' * indent}{MARK[reason.outcome]} {escape(reason.message)}{', as below' if repeated else ''}"
    if reason.kind != "scope" and not repeated:
        for nested in inner:
            yield from _reason(nested, elsewhere, indent + 2)


def source_line(citation: Citation) -> str:
    """Where the registry has a fact from."""
    if citation.cell is None:
        return f"{citation.dimension}: the registry states nothing"
    written = citation.cell.written
    verified = f"verified {written.verified}" if written.verified is not None else "never verified"
    confidence = f"confidence {written.confidence}" if written.confidence is not None else "no confidence stated"
    source = escape(written.source) if written.source is not None else "no source"
    return f"{citation.dimension}: {source}, {verified}, {confidence}"


_ACTIONS: Final = {
    "declare": "declare {0} in the manifest",
    "agree": "bring {0} into force, or choose an offering that needs none",
}
_MOST_OPTIONS: Final = 6


def _remedies(result: Result, failing: Iterable[RequirementResult]) -> Iterator[str]:
    """The way out: first what the policy's author advises, then what each reason asks for."""
    if result.policy.remediation is not None:
        yield escape(result.policy.remediation)
    steps = [inner for requirement in failing for reason in requirement.reasons for inner in _flat(reason, set())]
    remedies = [step.remedy for step in steps if step.remedy is not None and step.outcome != "pass"]
    for action, words in _ACTIONS.items():
        asked = dict.fromkeys(remedy.what for remedy in remedies if remedy.action == action)
        if asked:
            yield words.format(_names(asked))
    yield from _replacements(remedy for remedy in remedies if remedy.action == "replace")
    yield from dict.fromkeys(escape(remedy.what) for remedy in remedies if remedy.action == "do")


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{escape(name)}`" for name in names)


def _replacements(remedies: Iterable[Remedy]) -> Iterator[str]:
    """What to use instead of each name that is out; of several scopes that it is out of, what all of them reach."""
    options: dict[str, tuple[str, ...]] = {}
    for remedy in remedies:
        earlier = options.get(remedy.what)
        common = remedy.options if earlier is None else tuple(one for one in earlier if one in remedy.options)
        options[remedy.what] = common
    for name, inside in options.items():
        # A dated glob beside the plain name says nothing new to a reader.
        plain = [option for option in inside if "?" not in option] or list(inside)
        more = f" and {len(plain) - _MOST_OPTIONS} more" if len(plain) > _MOST_OPTIONS else ""
        yield (
            f"instead of {_names([name])} use {_names(plain[:_MOST_OPTIONS])}{more}"
            if plain
            else (f"do without {_names([name])}")
        )


def _notice(notice: Notice, style: Style) -> Iterator[str]:
    yield f"{style.paint(notice.severity, f'{notice.severity}[{notice.id}]')}: {escape(notice.message)}"
    if notice.location is not None:
        yield arrow(notice.location, style)
