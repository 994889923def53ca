"""A push for people: what is made, changed, marked and left alone, what was not done and why, and what to do next.

In: a push and a style. Out: text. Every word from an input or from an answer passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ...report import unjudged
from ...terminal.escape import escape
from ...terminal.style import PLAIN, Look, Style
from .model import Action, Push, Pushed
from .wording import below, closing_words, heading_words, label, noun, told

_LOOKS: Final[Mapping[Action, Look]] = {
    "create": "pass",
    "change": "warning",
    "mark": "warning",
    "keep": "dim",
    "gone": "note",
    "leave": "note",
}
_UNDONE: Final = ("failed", "unsure", "not_tried")


def render(found: Push, style: Style = PLAIN) -> str:
    """Object by object, ending with lines that sum it up."""
    blocks = [*unjudged.blocks(found.evaluation, style), style.paint("bold", escape(heading_words(found)))]
    lines = [line for one in told(found) for line in _object(one, style)]
    if lines:
        blocks.append("\n".join(lines))
    beginning = unjudged.missing_words(found.evaluation)
    closing = [escape(words) for words in closing_words(found)]
    if beginning:
        closing[-1] = f"{beginning}{closing[-1]}"
    return "\n\n".join([*blocks, "\n".join(closing)]) + "\n"


def _object(one: Pushed, style: Style) -> Iterator[str]:
    look: Look = "error" if one.state in _UNDONE else _LOOKS[one.action]
    status = "" if one.status is None else f", as {one.status}"
    yield f"{style.paint(look, label(one))}: {noun(one)} {escape(one.name)}{status}"
    yield from (f"  {escape(words)}" for words in below(one))
    if one.help is not None:
        yield f"  {style.paint('bold', '= help:')} {escape(one.help)}"
