"""A check by control in Markdown, for a job summary or a comment: what each framework comes to, then what falls short.

In: an evaluation. Out: GitHub's Markdown, no longer than a comment may be. Every word from an input passes `markdown`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from ..model.evaluation import Evaluation
from ..terminal.escape import escape
from ..terminal.style import PLAIN
from .closing import closing
from .controls import STANDINGS, ControlGroup, FrameworkGroup, Standing, grouped_by_control
from .controls_told import about, counts_words, off_words, said_words, standings_words, support_words, whose_words
from .fitting import Section, fitted
from .lines import shortened
from .markdown import LARGEST, inputs, not_judged
from .markup import markdown
from .signoff import broken_words
from .surroundings import Surroundings

_LONGEST: Final = 300
"""Characters of a text, before Markdown's own escapes."""
_MOST: Final = 10
"""Usages of a policy, and things that passes rest on."""
_IN_ONE_LINE: Final[tuple[Standing, ...]] = ("not_applicable", "not_addressed")
"""Of which the table says all that there is."""
_TABLE: Final = "| control | what it is about | | policies that serve it | results |\n|---|---|---|---|---|"


def render(evaluation: Evaluation, surroundings: Surroundings = Surroundings()) -> str:
    """The document; the same evaluation gives the same bytes."""
    groups = grouped_by_control(evaluation)
    details = [(one, it) for one in groups for it in one.controls if it.standing not in _IN_ONE_LINE or it.off]
    sections = [
        Section(_head(evaluation), iter(()), 0),
        *not_judged(evaluation, surroundings),
        *(_framework(one) for one in groups if one.framework is not None),
        Section(
            "### What each rests on, and what falls short",
            ("\n".join(_details(framework, it, surroundings.path)) for framework, it in details),
            len(details),
            "\n\n",
            "and {} more controls",
        ),
        inputs(evaluation, surroundings),
    ]
    return fitted(sections, LARGEST)


def _head(evaluation: Evaluation) -> str:
    verdict, _, judged = closing(evaluation, PLAIN).partition("  ")
    broken = broken_words(evaluation)
    told = f"\n\n**{_text(broken)}**" if broken else ""
    return f"## vendorgate: {verdict}\n\n{judged}{told}\n\n{_text(about(evaluation))}"


def _framework(group: FrameworkGroup) -> Section:
    heading = f"### {_text(group.heading)}\n\n{standings_words(group)}\n\n{_TABLE}"
    return Section(heading, map(_row, group.controls), len(group.controls), left_out="and {} more controls")


def _row(group: ControlGroup) -> str:
    policies = "<br>".join(
        (*(f"`{one.policy.id}`" for one in group.served_by), *(f"`{one.policy}` (off)" for one in group.off))
    )
    results = counts_words(group) if group.served_by else ""
    control = group.control
    return f"| {_text(control.id)} | {_text(control.title)} | {STANDINGS[group.standing]} | {policies} | {results} |"


def _details(framework: FrameworkGroup, group: ControlGroup, path: Callable[[str], str]) -> Iterator[str]:
    if framework.framework is None:
        yield f"**{_text(framework.heading)}**"
    else:
        yield f"**{_text(f'{framework.framework.id} {group.control.id}')}**: {STANDINGS[group.standing]}"
    yield ""
    for served in group.served_by:
        yield f"- `{served.policy.id}`: {counts_words(served)}"
        short = [f"{one.outcome}: {whose_words(one)}" for one in served.short]
        yield from (f"  - {line}" for line in _limited(short))
    shown = [f"rests on {support_words(one, path)}" for one in group.supports if one.can_be_shown]
    yield from (f"- {line}" for line in (*_limited(shown), *(_text(f"rests on {one}") for one in said_words(group))))
    yield from (f"- {_text(off_words(one))}" for one in group.off)


def _limited(texts: Sequence[str]) -> Iterator[str]:
    yield from map(_text, texts[:_MOST])
    if len(texts) > _MOST:
        yield f"and {len(texts) - _MOST} more"


def _text(text: str) -> str:
    return markdown(shortened(escape(text), _LONGEST))
