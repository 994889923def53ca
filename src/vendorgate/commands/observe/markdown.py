"""What observing comes to as Markdown, for the pull request that brings it into a bundle.

In: what it comes to. Out: Markdown; every word from an input or from an answer passes `markdown`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...report.markup import markdown, short
from .outcome import AccountOutcome, Observing
from .wording import below, change_words, closing, heading, label


def render(found: Observing) -> str:
    """A list for each account, and what all of it comes to; of what is as before only the names."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Observing) -> Iterator[str]:
    yield from ("## Attested" if found.attesting else "## Observed", "")
    for one in found.accounts:
        yield from (f"### {markdown(heading(one))}: {label(one)}", "", *_account(one), "")
    yield from (f"{markdown(words)}  " for words in closing(found))


def _account(one: AccountOutcome) -> Iterator[str]:
    for change in one.changes:
        if change.kind != "kept":
            words = short(change_words(change))
            yield f"- **{words}**" if change.is_worse else f"- {words}"
    kept = [str(change.name) for change in one.changes if change.kind == "kept"]
    if kept:
        yield f"- as before: {short(', '.join(kept))}"
    yield from (f"- {short(words)}" for words in below(one))
    if one.help is not None:
        yield f"- {short(one.help)}"
