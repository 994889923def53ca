"""The page of a register with a section by control under its rows.

In: an inventory. Out: HTML; every text passes `finalize` of `report/page/environment.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import msgspec
from jinja2 import Template
from markupsafe import Markup

from ..model.vocabulary import Outcome
from ..report.controls import STANDINGS, ControlGroup
from ..report.controls_told import off_words, said_words, standings_words, support_words
from ..report.page.controls import MARKS
from ..report.page.environment import environment
from ..report.page.reference import Reference, reference
from . import html
from .by_control import ControlRows, FrameworkRows, by_control
from .controls_told import OUTSIDE, about, policies_words, worst_first
from .model import Inventory


class RestsView(msgspec.Struct, frozen=True):
    """One thing that passes rest on."""

    words: str
    source: Reference | None
    """Where it can be read; in the words where it is no address."""


class RowView(msgspec.Struct, frozen=True):
    """A row under a control, and how it stands there."""

    name: str
    standing: str
    mark: Outcome
    policies: str
    rests: tuple[RestsView, ...]


class ControlView(msgspec.Struct, frozen=True):
    """A control."""

    id: str
    title: str
    standing: str
    mark: Outcome
    rows: tuple[RowView, ...]
    off: tuple[str, ...]


class FrameworkView(msgspec.Struct, frozen=True):
    """A framework."""

    heading: str
    words: str
    """How many controls come to what; empty of what names no control."""
    controls: tuple[ControlView, ...]


def render(inventory: Inventory) -> str:
    """The page; the same inputs give the same bytes."""
    frameworks = [_framework(one) for one in by_control(inventory)]
    section = _template().render(about=about(inventory.evaluation), frameworks=frameworks)
    # What the template made of it is escaped already.
    return html.render(inventory, Markup(section), _part("controls.css"))  # noqa: S704


def _framework(found: FrameworkRows) -> FrameworkView:
    words = "" if found.group.framework is None else standings_words(found.group)
    return FrameworkView(found.group.heading, words, tuple(map(_control, found.controls)))


def _control(found: ControlRows) -> ControlView:
    control, standing = found.group.control, found.group.standing
    rows = (_row(one.row.name, one.group) for one in worst_first(found.rows))
    outside = () if found.outside is None else (_row(OUTSIDE, found.outside),)
    off = tuple(map(off_words, found.group.off))
    return ControlView(control.id, control.title, STANDINGS[standing], MARKS[standing], (*rows, *outside), off)


def _row(name: str, group: ControlGroup) -> RowView:
    rests = (*_shown(group), *(RestsView(words, None) for words in said_words(group)))
    return RowView(name, STANDINGS[group.standing], MARKS[group.standing], policies_words(group), rests)


def _shown(group: ControlGroup) -> Iterator[RestsView]:
    """What can be shown; the address of evidence apart, so that the page may link to it."""
    for one in group.supports:
        if one.can_be_shown:
            source = reference(one.support.reference or "") if one.support.is_cell else None
            is_link = source is not None and source.is_link
            yield RestsView(support_words(one, source=not is_link), source if is_link else None)


@cache
def _template() -> Template:
    return environment().from_string(_part("controls.html.jinja"))


def _part(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")
