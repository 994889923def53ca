"""A register by control in Markdown: the register, then a table a framework, and under it the rows of each control.

In: an inventory. Out: Markdown; every word from an input passes `markdown`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..report.controls import STANDINGS, ControlGroup
from ..report.controls_told import off_words, standings_words
from ..report.markup import markdown
from . import markdown as register
from .by_control import ControlRows, FrameworkRows, by_control
from .controls_told import NO_ROW, NOTHING, OUTSIDE, about, policies_words, rests_words, worst_first
from .model import Inventory


def render(inventory: Inventory) -> str:
    """The register, and what its rows come to by control."""
    return register.render(inventory) + "\n" + "\n".join(_sections(inventory)) + "\n"


def _sections(inventory: Inventory) -> Iterator[str]:
    yield from ("## By control", "", markdown(about(inventory.evaluation)))
    for one in by_control(inventory):
        yield ""
        yield from _framework(one)


def _framework(found: FrameworkRows) -> Iterator[str]:
    yield f"### {markdown(found.group.heading)}"
    yield ""
    if found.group.framework is not None:
        yield from (standings_words(found.group), "")
    yield "| control | what it is about | | row | | policies | rests on |"
    yield f"|{'---|' * 7}"
    for one in found.controls:
        yield from _control(one)


def _control(found: ControlRows) -> Iterator[str]:
    control, standing = found.group.control, STANDINGS[found.group.standing]
    whose = f"| {markdown(control.id)} | {markdown(control.title)} | {standing} |"
    for one in worst_first(found.rows):
        yield f"{whose} {markdown(one.row.name)} | {_judged(one.group, found)} |"
    if found.outside is not None:
        yield f"{whose} {OUTSIDE} | {_judged(found.outside, found)} |"
    elif not found.rows:
        policies = (*(one.policy.id for one in found.group.served_by), *map(off_words, found.group.off))
        yield f"{whose} {NO_ROW} | {standing} | {'<br>'.join(map(markdown, policies)) or 'none'} | {NOTHING} |"


def _judged(group: ControlGroup, under: ControlRows) -> str:
    rests = "<br>".join(map(markdown, rests_words(group)))
    return f"{STANDINGS[group.standing]} | {markdown(policies_words(group, under.group.off))} | {rests or NOTHING}"
