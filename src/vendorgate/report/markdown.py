"""Markdown for a job summary and for a comment on a pull request: the verdict, what blocks by cause, the ways out.

In: an evaluation. Out: GitHub's Markdown, no longer than a comment may be. Every word from an input passes `markdown`,
or `code_in_html` where Markdown is not read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from ..logic.wording import count, few
from ..model.detect import DRIFT_KINDS
from ..model.evaluation import Evaluation
from ..model.result import Notice, Result
from ..model.subject import Subject
from ..model.vocabulary import Decision
from ..terminal.escape import escape, escape_source
from ..terminal.style import PLAIN
from ..version import VERSION
from . import resting, told, unjudged
from .account_fields import observing, what_words, who_words
from .closing import closing, next_steps
from .finding import ROUTE, Shortfall, shortfalls, usage_words, ways_out
from .fitting import Section, fitted
from .grouping import Group, grouped
from .lines import bundle_words, place, shortened, title
from .look import GROUPS, TextLook
from .markup import code_in_html, markdown
from .notice_lines import by_kind
from .order import worst_first, worst_notices_first
from .proposed import left_words, proposed
from .signoff import broken_words, signoff_of, signoff_words
from .surroundings import Surroundings
from .told import first_place

if TYPE_CHECKING:
    from ..declarations.account_fields import AccountField

LARGEST: Final = 65_000
"""Bytes: a comment has at most 65,536 characters, and whoever posts it adds a few; a job summary has 1 MiB."""
_MOST_OF_CAUSES: Final = 20_000
_MOST_OF_LINES: Final = 8_000
_MOST_OF_DETAILS: Final = 25_000
_MOST_OF_SUPPORTS: Final = 15_000
_MOST_OF_ACCOUNTS: Final = 8_000
"""Bytes, so that what does not block, waivers and notices are not crowded out."""
_OUTCOME: Final[dict[Decision, str]] = {"pass": "met: ", "fail": "", "unknown": "not known: "}
"""Before a reason."""
_LONGEST: Final = 300
"""Characters of a text, before Markdown's own escapes."""
_LONGEST_COMMAND: Final = 2_000
_MOST_LINES: Final = 40
"""Of the reasons of one requirement."""
_DEEPEST: Final = 4
_MOST_POLICIES: Final = 3

_COUNTS: Final = """\
### Counts

| failed | unknown | waived | passed | on claims alone | not applicable | blocking |
|---:|---:|---:|---:|---:|---:|---:|
"""
_WAIVED: Final = "| policy | usage | until | by | reason |\n|---|---|---|---|---|"
_TICKS: Final = re.compile("`+")
_INPUTS: Final = "| input | | SHA-256 |\n|---|---|---|"


def render(evaluation: Evaluation, surroundings: Surroundings = Surroundings(), look: TextLook = GROUPS) -> str:
    """The document; the same evaluation gives the same bytes."""
    look = msgspec.structs.replace(look, path=surroundings.path)
    results = worst_first(evaluation, "fail", "unknown")
    blocking = grouped(result for result in results if result.blocks)
    others = grouped(result for result in results if not result.blocks)
    waived = worst_first(evaluation, "waived")
    sections = [
        Section(_head(evaluation, blocking), iter(()), 0),
        *not_judged(evaluation, surroundings),
        *_causes(blocking, look),
        *_to_add(evaluation, blocking, look),
        *_next(evaluation, look),
        *_code(worst_notices_first(evaluation), surroundings),
        *_not_blocking(others, look),
        *([Section(f"### Waived\n\n{_WAIVED}", map(_waived, waived), len(waived))] if waived else []),
        *_notices([one for one in worst_notices_first(evaluation) if one.id not in DRIFT_KINDS], surroundings),
        *_every(results, surroundings),
        *_accounts(evaluation),
        *_resting(evaluation, surroundings),
        Section(_counts(evaluation), iter(()), 0),
        inputs(evaluation, surroundings),
    ]
    return fitted(sections, LARGEST)


def _head(evaluation: Evaluation, blocking: Sequence[Group]) -> str:
    verdict, _, judged = closing(evaluation, PLAIN, len(blocking)).partition("  ")
    broken = broken_words(evaluation)
    told = f"\n\n**{_text(broken)}**" if broken else ""
    return f"## vendorgate: {verdict}\n\n{judged}{told}"


def _to_add(evaluation: Evaluation, blocking: Sequence[Group], look: TextLook) -> Iterator[Section]:
    """Lines to paste, fenced."""
    several, left = proposed(evaluation, blocking, look)
    blocks = [f"{_text(one.words)}\n\n{_fenced(one.yaml)}" for one in several]
    if left:
        blocks.append(f"{left_words(len(several), left)}: `vendorgate repair MANIFEST --usage ID`")
    if blocks:
        yield Section("### To add", iter(blocks), len(blocks), "\n\n", most=_MOST_OF_LINES)


def _fenced(lines: Sequence[str]) -> str:
    """Lines that nothing in them ends."""
    shown = [escape_source(line) for line in lines]
    fence = "`" * max([3, *(len(run) + 1 for line in shown for run in _TICKS.findall(line))])
    return "\n".join([f"{fence}yaml", *shown, fence])


def _next(evaluation: Evaluation, look: TextLook) -> Iterator[Section]:
    for command in next_steps(evaluation, look):
        yield Section(f"Next: {markdown(shortened(escape(f'`{command}`'), _LONGEST_COMMAND))}", iter(()), 0)


def _counts(evaluation: Evaluation) -> str:
    counts = evaluation.summary
    numbers = (
        counts.fail,
        counts.unknown,
        counts.waived,
        counts.passed,
        evaluation.on_claims_alone,
        counts.not_applicable,
        counts.blocking,
    )
    return f"{_COUNTS}| {' | '.join(map(str, numbers))} |"


def not_judged(evaluation: Evaluation, surroundings: Surroundings) -> Iterator[Section]:
    """What was meant and not judged, where anything was."""
    left = unjudged.findings(evaluation)
    if left:
        yield Section("### Not judged\n", (_notice(one, surroundings) for one in left), len(left))


def _causes(groups: Sequence[Group], look: TextLook) -> Iterator[Section]:
    """What blocks, each cause with what it hits and the ways out."""
    if groups:
        before = set[str]()
        blocks = ("\n".join(_cause(group, look, before)) for group in groups)
        yield Section("### Blocking", blocks, len(groups), "\n\n", "and {} more causes", _MOST_OF_CAUSES)


def _cause(group: Group, look: TextLook, before: set[str]) -> Iterator[str]:
    place, label = first_place(group)
    yield f"**{group.severity}: {_text(told.title(group))}**"
    yield ""
    yield f"- at {_text(f'`{look.place(place)}`')}: {_text(label)}"
    for what, words in told.lines(group, look, before):
        yield f"- {f'{what}: ' if what else ''}{_text(words)}"


def _not_blocking(groups: Sequence[Group], look: TextLook) -> Iterator[Section]:
    if groups:
        lines = (_line(group, look) for group in groups)
        yield Section("### Not blocking\n", lines, len(groups), most=_MOST_OF_LINES, left_out="and {} more causes")


def _line(group: Group, look: TextLook) -> str:
    policies = few([f"`{id}`" for id in group.policies], _MOST_POLICIES)
    usages = f" of {count(group.usages, 'usage')}" if group.usages > 1 else ""
    at = f"`{look.place(first_place(group)[0])}`"
    return f"- {group.severity}: {_text(group.headline)} ({_text(policies)}{usages}; {_text(at)})"


def _every(results: Sequence[Result], surroundings: Surroundings) -> Iterator[Section]:
    """Each finding with its reasons, folded up."""
    if results:
        details = ("\n".join(_details(result, surroundings)) for result in results)
        left_out = "and the details of {} findings"
        yield Section("### Every finding", details, len(results), "\n\n", left_out, _MOST_OF_DETAILS)


def _details(result: Result, surroundings: Surroundings) -> Iterator[str]:
    policy, subject = result.policy, result.subject
    usage = f"usage {code_in_html(subject.usage)}{ROUTE[subject.route]} on {code_in_html(str(subject.name))}"
    yield f"<details><summary>{result.severity} {code_in_html(policy.id)}: {usage}</summary>"
    yield ""
    yield f"**{_text(title(policy))}**, at {_text(f'`{place(subject.location, surroundings)}`')}"
    yield ""
    for found in shortfalls(result):
        yield from _reasons(found)
    yield from _listed("Ways out", ways_out(result))
    yield from _listed("See", policy.references)
    yield from ("", "</details>")


def _reasons(found: Shortfall) -> Iterator[str]:
    yield f"- {found.outcome}: {_text(found.message)}"
    for step in found.steps[:_MOST_LINES]:
        yield f"{'  ' * min(step.depth + 1, _DEEPEST)}- {_OUTCOME[step.outcome]}{_text(step.text)}"
    if len(found.steps) > _MOST_LINES:
        yield f"  - and {len(found.steps) - _MOST_LINES} more"
    yield from (f"  - evidence: {_text(source)}" for source in found.sources)


def _accounts(evaluation: Evaluation) -> Iterator[Section]:
    """How accounts are set up of which anything was observed or must be, folded up by route."""
    found = list(observing(evaluation))
    if found:
        folds = ("\n".join(_account(subject, fields)) for subject, fields in found)
        left_out = "and the accounts of {} more routes"
        yield Section("### Accounts", folds, len(found), "\n\n", left_out, _MOST_OF_ACCOUNTS)


def _account(subject: Subject, fields: Sequence[AccountField]) -> Iterator[str]:
    usage = f"usage {code_in_html(subject.usage)}{ROUTE[subject.route]} on {code_in_html(str(subject.name))}"
    counts = Counter(one.status for one in fields)
    words = ", ".join(f"{number} {status.replace('_', ' ')}" for status, number in counts.items())
    yield f"<details><summary>{usage}: {words}</summary>"
    yield ""
    yield from (f"- {_text(who_words(one))}: {_text(what_words(one))}" for one in fields[:_MOST_LINES])
    if len(fields) > _MOST_LINES:
        yield f"- and {len(fields) - _MOST_LINES} more"
    yield from ("", "</details>")


def _resting(evaluation: Evaluation, surroundings: Surroundings) -> Iterator[Section]:
    """What passes and waived results rest on, folded up by usage: each result by names, then each thing in full."""
    found = list(resting.told_by_subject(evaluation))
    if found:
        folds = ("\n".join(_fold(subject, results, surroundings)) for subject, results in found)
        left_out = "and what results of {} more routes rest on"
        yield Section("### What passes rest on", folds, len(found), "\n\n", left_out, _MOST_OF_SUPPORTS)


def _fold(subject: Subject, results: Sequence[Result], surroundings: Surroundings) -> Iterator[str]:
    usage = f"usage {code_in_html(subject.usage)}{ROUTE[subject.route]} on {code_in_html(str(subject.name))}"
    yield f"<details><summary>{usage}: {_how_many(results)}</summary>"
    yield ""
    for one in results:
        waived = "waived " if one.outcome == "waived" else ""
        alone = f" ({resting.ALONE})" if one.on_claims_alone else ""
        yield f"- {waived}{_text(f'`{one.policy.id}`')}{alone}: {_text(resting.named(one))}"
    supports = [
        f"{one.kind} {resting.in_full(one, surroundings.path)}" for result in results for one in result.rests_on
    ]
    yield from _listed("In full", dict.fromkeys(supports))
    yield from ("", "</details>")


def _how_many(results: Sequence[Result]) -> str:
    alone = sum(one.on_claims_alone for one in results)
    passed = sum(one.outcome == "pass" for one in results)
    words = [f"{passed} passed ({alone} {resting.ALONE})"] if passed else []
    return ", ".join([*words, *([f"{len(results) - passed} waived"] if passed < len(results) else [])])


def _listed(title: str, texts: Iterable[str]) -> Iterator[str]:
    found = list(texts)
    if found:
        yield from ("", f"{title}:", "")
        yield from (f"- {_text(text)}" for text in found[:_MOST_LINES])
    if len(found) > _MOST_LINES:
        yield f"- and {len(found) - _MOST_LINES} more"


def _waived(result: Result) -> str:
    assert result.waiver is not None
    written = result.waiver.written
    ticket = f" ({written.ticket})" if isinstance(written.ticket, str) else ""
    cells = (
        _text(f"`{result.policy.id}`"),
        _text(f"{usage_words(result)} on `{result.subject.name}`"),
        str(written.expires),
        _text(f"{written.approved_by}{ticket}"),
        _text(written.reason),
    )
    return f"| {' | '.join(cells)} |"


def _code(notices: Sequence[Notice], surroundings: Surroundings) -> Iterator[Section]:
    """What code does otherwise than is declared, what blocks first, each with what to do."""
    found = sorted((one for one in notices if one.id in DRIFT_KINDS), key=lambda one: not one.blocks)
    if found:
        lines = (f"{_notice(one, surroundings)}{_help(one)}" for one in found)
        yield Section("### Code otherwise than declared\n", lines, len(found), most=_MOST_OF_LINES)


def _help(notice: Notice) -> str:
    return "" if notice.help is None else f"; {_text(notice.help)}"


def _notices(notices: Sequence[Notice], surroundings: Surroundings) -> Iterator[Section]:
    if notices:
        lines = [line for told, more in by_kind(notices) for line in _alike(told, more, surroundings)]
        yield Section("### Notices\n", iter(lines), len(lines))


def _alike(told: Sequence[Notice], more: int, surroundings: Surroundings) -> Iterator[str]:
    yield from (_notice(notice, surroundings) for notice in told)
    if more:
        yield f"- {told[0].severity} `{told[0].id}`: and {more} more like these"


def _notice(notice: Notice, surroundings: Surroundings) -> str:
    where = "" if notice.location is None else f" ({_text(f'`{place(notice.location, surroundings)}`')})"
    return f"- {notice.severity} `{notice.id}`: {_text(notice.message)}{where}"


def inputs(evaluation: Evaluation, surroundings: Surroundings) -> Section:
    """What was judged by what: the digests, so that anybody can tell whether it was the same."""
    bundle, snapshot = evaluation.bundle, evaluation.snapshot
    rows = [
        _INPUTS,
        f"| bundle | {_text(bundle_words(bundle))} | `{bundle.sha256}` |",
        f"| registry | {_text(f'{snapshot.written.name} {snapshot.written.generated}')} | `{snapshot.sha256}` |",
    ]
    manifests = (
        f"| manifest | {_text(f'`{surroundings.path(one.source.path)}`')} | `{one.sha256}` |"
        for one in evaluation.manifests
    )
    judged = f"vendorgate {VERSION}, as of {evaluation.day}, agreements: {evaluation.agreements}"
    signed = signoff_of(evaluation)
    told = [] if signed is None else [f"{_text(signoff_words(signed, evaluation.as_of))}\n"]
    return Section("\n".join(["### Inputs\n", f"{judged}\n", *told, *rows]), manifests, len(evaluation.manifests))


def _text(text: str) -> str:
    return markdown(shortened(escape(text), _LONGEST))
