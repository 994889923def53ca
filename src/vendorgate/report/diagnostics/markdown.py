"""Why nothing was judged, as Markdown for a job summary or a comment.

In: what was found. Out: Markdown within the limit of a comment.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..diagnostic import Diagnosed, Diagnostic
from ..fitting import Section, fitted
from ..lines import place, shortened
from ..markup import markdown
from ..surroundings import Surroundings

LARGEST: Final = 65_000
"""Bytes."""
_LONGEST: Final = 1_000


def render(found: Diagnosed, surroundings: Surroundings = Surroundings()) -> str:
    """A heading, what it means, and a point a diagnostic."""
    heading = f"## vendorgate: not checked\n\n**Nothing was judged, so nothing passed:** {markdown(found.closing)}\n"
    points = (_point(one, surroundings) for one in found.diagnostics)
    return fitted([Section(heading, points, len(found.diagnostics))], LARGEST)


def _point(one: Diagnostic, surroundings: Surroundings) -> str:
    return "\n".join(_lines(one, surroundings))


def _lines(one: Diagnostic, surroundings: Surroundings) -> Iterator[str]:
    where = "" if one.location is None else f"{markdown(place(one.location, surroundings))}: "
    yield f"- {where}**{_text(one.message)}**"
    if one.help is not None:
        yield f"  <br>help: {_text(one.help)}"


def _text(text: str) -> str:
    return markdown(shortened(text, _LONGEST))
