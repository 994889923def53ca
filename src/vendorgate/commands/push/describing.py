"""What each object says to the people who find it, as Markdown.

In: what is wanted. Out: lines; every word from an input passes `markdown`. No day of judging and no age is in them, as
far as it is up to this module: what nothing has changed about is to read the same tomorrow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from ...logic.wording import count
from ...model.grades import meaning_of
from ...model.registry import Offering
from ...model.result import Result
from ...model.vocabulary import Outcome
from ...report.finding import route_words, shortfalls
from ...report.markup import markdown, short
from ...report.nouns import DIMENSIONS
from ...report.resting import support_line
from .wanted import WantedEvidence, WantedException, WantedVendor

_MOST: Final = 50
"""Uses, or offerings, that are told of; a report that is attached lists all."""
_MOST_BELOW: Final = 12
"""Things that are told of one use."""
_FOUND: Final[Mapping[Outcome, str]] = {
    "pass": "The policy is met by every use that it applies to.",
    "waived": "The policy is not met by every use that it applies to; where it is not, a waiver is in force.",
    "unknown": "Nobody knows whether the policy is met: something that it asks for is not known.",
    "fail": "The policy is not met.",
    "not_applicable": "The policy applies to no use.",
}
_WORDS: Final[Mapping[Outcome, str]] = {
    "fail": "fails",
    "unknown": "not known",
    "waived": "waived",
    "pass": "passes",
    "not_applicable": "not applicable",
}
_ORDER: Final[tuple[Outcome, ...]] = ("fail", "unknown", "waived", "pass", "not_applicable")
_NOT_KNOWN: Final = "not known"


def evidence_lines(wanted: WantedEvidence) -> Iterator[str]:
    """What a policy comes to in a project, use by use."""
    policy = wanted.policy
    yield from (f"**{_FOUND[wanted.outcome]}**", "")
    yield f"- Project: {short(wanted.project)}"
    yield f"- Policy: {short(policy.title)} ({short(policy.id)}), {'; '.join(_severities(wanted))}"
    if policy.controls:
        yield f"- Controls: {short('; '.join(f'{one.framework} {one.id}' for one in policy.controls))}"
    if policy.references:
        yield f"- References: {short('; '.join(policy.references))}"
    counted = Counter(one.outcome for one in wanted.results)
    parts = ", ".join(f"{counted[one]} {_WORDS[one]}" for one in _ORDER if counted[one])
    yield from (f"- Uses that it applies to: {len(wanted.results)} ({parts})", "")
    ordered = sorted(wanted.results, key=lambda one: _ORDER.index(one.outcome))
    for one in ordered[:_MOST]:
        yield f"- {_WORDS[one.outcome]}: {short(route_words(one) + _offering_words(one))}"
        yield from _limited(_why(one))
    yield from _left(ordered)


def exception_lines(wanted: WantedException) -> Iterator[str]:
    """A waiver: why, by whom, until when, and what it waives."""
    written = wanted.waiver.written
    owners = dict.fromkeys(one.subject.identity.owner for one in wanted.results)
    yield from (f"**{short(written.reason)}**", "")
    yield f"- Approved by: {short(written.approved_by)}"
    yield f"- Owner of the project: {short(', '.join(one or _NOT_KNOWN for one in owners))}"
    yield f"- Last day: {written.expires}"
    yield f"- Ticket: {short(written.ticket) if isinstance(written.ticket, str) else 'none is named'}"
    yield f"- Project: {short(wanted.project)}"
    yield from (f"- Waives: {count(len(wanted.results), 'result')}", "")
    for one in wanted.results[:_MOST]:
        yield f"- {short(one.policy.title)}: {short(route_words(one) + _offering_words(one))}"
        yield from _limited(markdown(found.message) for found in shortfalls(one))
    yield from _left(wanted.results)


def vendor_lines(wanted: WantedVendor, questions: Iterable[str]) -> Iterator[str]:
    """Who it is, and what is known of everything that they offer."""
    if not wanted.listed:
        yield "**In use, and nobody has looked at what this vendor documents: nothing is known of it.**"
        return
    yield from ("**AI vendor in use.** What is documented, as the registry of evidence has it:", "")
    asked = (*questions,)
    for one in wanted.offerings[:_MOST]:
        yield f"- {short(one.written.name)} ({short(one.id)}), model developer: {short(one.written.developer)}"
        yield from (f"  - {line}" for line in _grades(one, asked))
    yield from _left(wanted.offerings)


def _severities(wanted: WantedEvidence) -> Iterator[str]:
    yield from dict.fromkeys(f"severity {one.severity}" for one in wanted.results)


def _why(result: Result) -> Iterator[str]:
    if result.outcome in ("fail", "unknown"):
        yield from (markdown(found.message) for found in shortfalls(result))
        return
    if result.on_claims_alone:
        yield "rests on what the manifest claims, and on nothing that can be shown"
    yield from (short(support_line(one)) for one in result.rests_on)


def _offering_words(result: Result) -> str:
    name = result.subject.name
    return "" if str(name) in route_words(result) else f" with {name}"


def _limited(lines: Iterable[str]) -> Iterator[str]:
    found = [*lines]
    yield from (f"  - {one}" for one in found[:_MOST_BELOW])
    if len(found) > _MOST_BELOW:
        yield f"  - and {len(found) - _MOST_BELOW} more"


def _left(told: Collection[object]) -> Iterator[str]:
    more = len(told) - _MOST
    if more > 0:
        yield f"- and {more} more"


def _grades(offering: Offering, questions: Iterable[str]) -> Iterator[str]:
    """By what the grade means: what it is about, and the day on which somebody read that."""
    found: dict[str, list[str]] = {}
    for question in questions:
        cell = offering.cells.get(question)
        words = _NOT_KNOWN if cell is None else meaning_of(cell.written.value).words
        read = None if cell is None else cell.written.verified
        day = f" (read {read})" if read is not None else " (nobody has read it)" if cell is not None else ""
        _, noun = DIMENSIONS.get(question, ("", question))
        found.setdefault(words, []).append(f"{noun}{day}")
    for words in sorted(found, key=lambda one: one == _NOT_KNOWN):
        yield f"{markdown(words)}: {markdown(', '.join(found[words]))}"
