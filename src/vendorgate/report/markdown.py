"""Markdown for a job summary and for a comment on a pull request: the verdict, what blocks, why, and the ways out.

In: an evaluation. Out: GitHub's Markdown, no longer than a comment may be. Every word from an input passes `markdown`,
or `code_in_html` where Markdown is not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ..model.evaluation import Evaluation
from ..model.result import Notice, Result
from ..model.vocabulary import Decision
from ..terminal.escape import escape
from ..terminal.style import PLAIN
from ..version import VERSION
from . import unjudged
from .closing import counted_closing
from .finding import ROUTE, Shortfall, shortfalls, usage_words, ways_out
from .fitting import Section, fitted
from .lines import place, shortened, title
from .markup import code_in_html, markdown
from .order import worst_first, worst_notices_first
from .surroundings import Surroundings

LARGEST: Final = 65_000
"""Bytes: a comment has at most 65,536 characters, and whoever posts it adds a few; a job summary has 1 MiB."""
_MOST_OF_TABLE: Final = 12_000
_MOST_OF_DETAILS: Final = 30_000
"""Bytes, so that what does not block, waivers and notices are not crowded out."""
_OUTCOME: Final[dict[Decision, str]] = {"pass": "met: ", "fail": "", "unknown": "not known: "}
"""Before a reason."""
_LONGEST: Final = 300
"""Characters of a text, before Markdown's own escapes."""
_MOST_LINES: Final = 40
"""Of the reasons of one requirement."""
_DEEPEST: Final = 4

_COUNTS: Final = """\
| failed | unknown | waived | passed | not applicable | blocking |
|---:|---:|---:|---:|---:|---:|
"""
_FINDINGS: Final = "| severity | policy | usage | what is wrong | where |\n|---|---|---|---|---|"
_WAIVED: Final = "| policy | usage | until | by | reason |\n|---|---|---|---|---|"
_INPUTS: Final = "| input | | SHA-256 |\n|---|---|---|"


def render(evaluation: Evaluation, surroundings: Surroundings = Surroundings()) -> str:
    """The document; the same evaluation gives the same bytes."""
    results = worst_first(evaluation, "fail", "unknown")
    blocking = [result for result in results if result.blocks]
    others = [result for result in results if not result.blocks]
    waived = worst_first(evaluation, "waived")
    sections = [
        Section(_head(evaluation), iter(()), 0),
        *_unjudged(unjudged.findings(evaluation), surroundings),
        *_findings("Blocking", blocking, surroundings),
        *_findings("Not blocking", others, surroundings),
        *([Section(f"### Waived\n\n{_WAIVED}", map(_waived, waived), len(waived))] if waived else []),
        *_notices(worst_notices_first(evaluation), surroundings),
        _inputs(evaluation, surroundings),
    ]
    return fitted(sections, LARGEST)


def _head(evaluation: Evaluation) -> str:
    counts = evaluation.summary
    verdict, _, judged = counted_closing(evaluation, PLAIN).partition(": ")
    numbers = (
        counts.fail,
        counts.unknown,
        counts.waived,
        counts.passed,
        counts.not_applicable,
        counts.blocking,
    )
    row = " | ".join(map(str, numbers))
    return f"## vendorgate: {verdict}\n\n{judged.rpartition(': ')[0]}\n\n{_COUNTS}| {row} |"


def _unjudged(left: Sequence[Notice], surroundings: Surroundings) -> Iterator[Section]:
    if left:
        yield Section("### Not judged\n", (_notice(one, surroundings) for one in left), len(left))


def _findings(title: str, results: Sequence[Result], surroundings: Surroundings) -> Iterator[Section]:
    """A table of all of them, then each with its details."""
    if results:
        rows = (_row(result, surroundings) for result in results)
        details = ("\n".join(_details(result, surroundings)) for result in results)
        yield Section(f"### {title}\n\n{_FINDINGS}", rows, len(results), most=_MOST_OF_TABLE)
        left_out = "and the details of {} findings"
        yield Section("", details, len(results), "\n\n", left_out, _MOST_OF_DETAILS)


def _row(result: Result, surroundings: Surroundings) -> str:
    wrong = "; ".join(found.message for found in shortfalls(result))
    cells = (
        result.severity,
        _text(f"`{result.policy.id}`"),
        _text(f"{usage_words(result)} on `{result.subject.name}`"),
        _text(wrong),
        _text(f"`{place(result.subject.location, surroundings)}`"),
    )
    return f"| {' | '.join(cells)} |"


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


def _notices(notices: Sequence[Notice], surroundings: Surroundings) -> Iterator[Section]:
    if notices:
        lines = (_notice(notice, surroundings) for notice in notices)
        yield Section("### Notices\n", lines, len(notices))


def _notice(notice: Notice, surroundings: Surroundings) -> str:
    where = "" if notice.location is None else f" ({_text(f'`{place(notice.location, surroundings)}`')})"
    return f"- {notice.severity} `{notice.id}`: {_text(notice.message)}{where}"


def _inputs(evaluation: Evaluation, surroundings: Surroundings) -> Section:
    """What was judged by what: the digests, so that anybody can tell whether it was the same."""
    bundle, snapshot = evaluation.bundle, evaluation.snapshot
    named = " ".join(text for text in (bundle.name, bundle.release) if text)
    rows = [
        _INPUTS,
        f"| bundle | {_text(named)} | `{bundle.sha256}` |",
        f"| registry | {_text(f'{snapshot.written.name} {snapshot.written.generated}')} | `{snapshot.sha256}` |",
    ]
    manifests = (
        f"| manifest | {_text(f'`{surroundings.path(one.source.path)}`')} | `{one.sha256}` |"
        for one in evaluation.manifests
    )
    judged = f"vendorgate {VERSION}, as of {evaluation.day}, agreements: {evaluation.agreements}"
    return Section("\n".join(["### Inputs\n", f"{judged}\n", *rows]), manifests, len(evaluation.manifests))


def _text(text: str) -> str:
    return markdown(shortened(escape(text), _LONGEST))
