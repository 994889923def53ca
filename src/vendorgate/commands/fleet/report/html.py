"""The report as a page: all in one file, without a network; its figures are drawn here, its rows by its script.

In: a fleet. Out: HTML. Every text passes `finalize` of `report/page/environment.py`, the only place that escapes; the
rows pass `page_data`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from jinja2 import Template
from markupsafe import Markup

from ....report.lines import shortened
from ....report.page.environment import environment, look, part, security
from ....version import VERSION
from . import grids, totals
from .flow import WIDTH, flow
from .model import OUTCOMES, Fleet
from .page_data import page_data
from .wording import SIGNS, head_words, scope_words, verdict_words

_SCRIPTS: Final = ("rows.js", "lists.js", "figures.js", "page.js")
"""Parts of one script, in this order."""
_FIRST: Final = 24
"""Repositories without a manifest, and ends, that are named at once."""
_ENDS: Final = 10
_LABEL: Final = 20
"""Characters of a name in a drawing."""
_PARTS: Final = {
    "rules": "Over all usages",
    "heat": "Teams and vendors",
    "ends": "What ends",
    "flow": "Who sends what where",
    "blocking": "What blocks where",
    "totals": "Totals",
    "without": "Who has no manifest",
    "beside": "Drift and notices",
    "rows": "Rows",
    "inputs": "Inputs",
}
_WORDS: Final = {"fail": "fail", "unknown": "unknown", "waived": "waived", "pass": "pass", "not_applicable": "n/a"}


def render(fleet: Fleet) -> str:
    """The page; the same run gives the same bytes."""
    style = f"{look()}{part('page.css')}{_part('fleet.css')}"
    script = "".join(map(_part, _SCRIPTS))
    ends = grids.timeline(fleet)
    ahead = [(number, one) for number, one in enumerate(fleet.ends.endings) if one.subjects]
    return _template().render(
        fleet=fleet,
        about=fleet.about,
        heat=grids.heat(fleet),
        blocking=grids.blocking(fleet),
        ends=ends,
        bubbles=[*grids.bubbles(ends)],
        flow=flow(fleet),
        flow_width=WIDTH,
        row=grids.ROW,
        tall=grids.TALL,
        head=grids.HEAD,
        tables=totals.tables(fleet),
        drift=totals.drift_kinds(fleet),
        notices=totals.notice_kinds(fleet),
        without=[one for one in fleet.repositories if one.state != "has"],
        first=_FIRST,
        next_ends=ahead[:_ENDS],
        more_ends=len(fleet.ends.endings) - len(ahead[:_ENDS]),
        parts=[*_parts(fleet)],
        signs=SIGNS,
        verdict=verdict_words(fleet),
        scope=scope_words(fleet),
        heading=head_words(fleet),
        outcomes=OUTCOMES,
        words=_WORDS,
        version=VERSION,
        security=security(style, script),
        # The files of this package, and JSON in which nothing is markup, are all that is not escaped.
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        data=Markup(page_data(fleet)),  # noqa: S704
    )


def _part(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")


@cache
def _template() -> Template:
    made = environment()
    made.filters.update(brief=grids.brief, brief_label=_label)
    return made.from_string(_part("fleet.html.jinja"))


def _label(text: str) -> str:
    """A name that has little room; the whole of it is said beside it."""
    return shortened(text, _LABEL)


def _parts(fleet: Fleet) -> Iterator[tuple[str, str]]:
    """The parts of the page that there are, by their anchors."""
    there = {
        "rules": fleet.rules,
        "heat": fleet.subjects.case,
        "ends": fleet.ends.endings,
        "flow": fleet.subjects.case,
        "blocking": fleet.tally.blocks,
        "totals": fleet.subjects.case,
        "without": fleet.repositories,
        "beside": fleet.drift or fleet.notices or fleet.about.unjudged,
        "rows": True,
        "inputs": True,
    }
    yield from ((anchor, _PARTS[anchor]) for anchor, one in there.items() if one)
