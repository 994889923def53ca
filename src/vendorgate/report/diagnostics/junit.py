"""Diagnostics as JUnit XML: a suite a command, a test case a diagnostic.

In: what was found. Out: XML. What blocks is a failure, and an error where nothing was judged because of it; what does
not block is said by a case that passes.
"""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from ...terminal.escape import escape
from ...version import VERSION
from ..diagnostic import NOT_JUDGED, Diagnosed, Diagnostic
from ..junit_xml import Ending, case, document, end, say, suite
from ..lines import place, shortened
from ..surroundings import Surroundings
from .wording import beside

_LONGEST: Final = 1_000
"""Characters of a message; the text below it has everything."""
_LONGEST_LINE: Final = 1_000
_MOST_LINES: Final = 200


def render(found: Diagnosed, surroundings: Surroundings = Surroundings()) -> str:
    """The document; the same diagnostics give the same bytes. Where nothing was found, that is a case that passes."""
    cases = [_case(one, found, surroundings) for one in found.diagnostics]
    if not cases:
        cases = [case(found.command, "nothing found")]
    properties = {"vendorgate": VERSION, "verdict": found.verdict}
    return document(
        found.command, [suite(found.command, cases, properties=properties, output=[escape(found.last_line)])]
    )


def _case(one: Diagnostic, found: Diagnosed, surroundings: Surroundings) -> Element:
    element = case(found.command, ": ".join((one.id, *one.about)))
    ending: Ending = "failure" if found.judged and one.id not in NOT_JUDGED else "error"
    if one.blocks:
        fail(element, one, ending, surroundings, "blocks: " if ending == "failure" else "")
    else:
        say(element, _lines(one, surroundings))
    return element


def fail(
    element: Element, one: Diagnostic, ending: Ending, surroundings: Surroundings, before: str = "blocks: "
) -> None:
    """End a case with a diagnostic that blocks."""
    message = f"{before}{shortened(escape(one.message), _LONGEST)}"
    end(element, ending, message, _lines(one, surroundings), one.severity)


def _lines(one: Diagnostic, surroundings: Surroundings) -> list[str]:
    return [line(one, surroundings), *beside(one, _MOST_LINES, _LONGEST_LINE, surroundings)]


def line(one: Diagnostic, surroundings: Surroundings) -> str:
    """A diagnostic in one line."""
    where = "" if one.location is None else f" ({place(one.location, surroundings)})"
    return f"{one.severity}[{escape(one.id)}]: {escape(one.message)}{where}"
