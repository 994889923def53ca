"""The agreements register as Markdown, for a page, a pull request or a meeting.

In: what was found. Out: Markdown; every word from an input passes `markdown`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.evaluation import Evaluation
from ...model.result import Notice
from ...report.markup import place, short
from ...report.unjudged import findings
from . import wording
from .model import (
    AgreementFinding,
    RegisterCheck,
    RegisterEntry,
    RegisterListing,
    Termination,
    TerminationEffect,
    Terminations,
)
from .record import record_words


def listing(found: RegisterListing) -> str:
    """A table."""
    columns = wording.columns(found)
    rows = [f"| {' | '.join(short(value(row)) for value in columns.values())} |" for row in found.rows]
    head = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}", *rows, ""] if rows else []
    return "\n".join(["## Agreements", "", *_unjudged(found.evaluation), *head, wording.listing_words(found)]) + "\n"


def _unjudged(evaluation: Evaluation) -> Iterator[str]:
    """What a document begins with where manifests were not judged."""
    if evaluation.not_judged:
        yield from ("### Not judged", "", *map(_notice, findings(evaluation)), "")


def _notice(one: Notice) -> str:
    return f"- {one.severity}: {short(one.message)}{place(one.location)}"


def check(found: RegisterCheck) -> str:
    """A table of findings under the verdict."""
    head = f"**{found.verdict.upper()}**: {wording.check_words(found)}"
    rows = [_finding(one) for one in found.findings]
    table = ["| | finding | what to do |", "|---|---|---|", *rows] if rows else []
    begin = ["## Agreements", "", *_unjudged(found.evaluation), head]
    return "\n".join([*begin, *([""] if table else []), *table]) + "\n"


def _finding(one: AgreementFinding) -> str:
    related = "".join(f"<br>with {short(entry.name)}{place(entry.location)}" for entry in one.related)
    return f"| {one.severity}: {one.id} | {short(one.message)}{place(one.location)}{related} | {short(one.help)} |"


def report(found: Terminations) -> str:
    """A section for each agreement that would be missed, and a list of the others."""
    missed, harmless = wording.parted(found)
    rest = [f"- {short(words)}" for words in wording.harmless_words(harmless)]
    sections = ["\n".join(_termination(one)) for one in missed]
    if rest:
        sections.append("\n".join(["### Without these nothing would change", "", *rest]))
    left = "\n".join(_unjudged(found.evaluation)).rstrip("\n")
    head = ["## If agreements were terminated", *([left] if left else [])]
    return "\n\n".join([*head, wording.closing_words(found), *sections]) + "\n"


def _termination(one: Termination) -> Iterator[str]:
    places = "<br>".join(map(_entry, one.entries))
    yield f"### {short(wording.terminated_words(one))}"
    yield ""
    yield places
    yield ""
    yield "| usage | what would change |"
    yield "|---|---|"
    yield from (_effect(effect) for effect in one.effects)


def _entry(entry: RegisterEntry) -> str:
    told = record_words(entry)
    where = short(f"{entry.location.path}:{entry.location.line}")
    return f"{where}: {short(told)}" if told else where


def _effect(effect: TerminationEffect) -> str:
    words = [short(one) for one in wording.loss_words(effect)] or ["nothing"]
    return f"| {short(wording.effect_words(effect))}{place(effect.subject.location)} | {'<br>'.join(words)} |"
