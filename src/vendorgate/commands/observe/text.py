"""What observing comes to, for people: account by account what is another, what is not told and why.

In: what it comes to, a style. Out: text. Every word from an input or from an answer passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ...terminal.escape import escape
from ...terminal.style import PLAIN, Look, Style
from .outcome import AccountOutcome, ChangeKind, FieldChange, Observing, State
from .wording import below, change_words, heading, label
from .wording import closing as closing_words

_LOOKS: Final[Mapping[State, Look]] = {
    "new": "pass",
    "changed": "warning",
    "renewed": "dim",
    "same": "dim",
    "failed": "error",
    "left": "note",
}
_CHANGES: Final[Mapping[ChangeKind, Look]] = {"new": "pass", "changed": "warning", "gone": "warning", "kept": "dim"}


def render(found: Observing, style: Style = PLAIN) -> str:
    """All of it."""
    return differences(found, style) + "\n" + closing(found)


def differences(found: Observing, style: Style = PLAIN) -> str:
    """Account by account."""
    return "\n\n".join("\n".join(_account(one, style)) for one in found.accounts) + "\n"


def closing(found: Observing) -> str:
    """The lines that sum it up."""
    return "".join(f"{escape(words)}\n" for words in closing_words(found))


def _account(one: AccountOutcome, style: Style) -> Iterator[str]:
    look: Look = "error" if one.is_undone or one.is_worse else _LOOKS[one.state]
    yield f"{escape(heading(one))}: {style.paint(look, label(one))}"
    yield from (f"  {_painted(change, style)}" for change in one.changes)
    yield from (f"  {escape(words)}" for words in below(one))
    if one.help is not None:
        yield f"  {style.paint('bold', '= help:')} {escape(one.help)}"


def _painted(change: FieldChange, style: Style) -> str:
    look: Look = "error" if change.is_worse else _CHANGES[change.kind]
    return style.paint(look, escape(change_words(change)))
