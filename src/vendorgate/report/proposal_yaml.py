"""Proposals as lines that can be pasted into a manifest.

In: a proposal. Out: texts of YAML that a strict reader takes, each with the place that it is for. A field has one line,
whatever its value has in it; the words for the place are plain text, not yet escaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from ..model.manifest import Route, SettingValue, Usage
from ..model.proposal import Declaration, Proposal
from ..source import Location, Path

_MOST_OTHERS: Final = 6
_TABLES: Final = ("settings", "attributes")
_PLAIN: Final = re.compile(r"[A-Za-z](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?(?: [A-Za-z0-9(][A-Za-z0-9._/()-]*)*")
"""Texts that stay as they are, in brackets too."""
_WORDS: Final = frozenset(("yes", "no", "on", "off", "y", "n", "true", "false", "null"))
"""What YAML 1.1 or 1.2 takes for something else than a text."""


class Pasted(msgspec.Struct, frozen=True):
    """Lines for one place in a manifest."""

    words: str
    """Where they go: `usage `u`, under `settings``."""
    location: Location
    """Of the mapping that they are added to, or of the name in whose place they go."""
    path: Path
    """The same below the root of the manifest."""
    instead: bool
    """Whether they take the place of a route that is only named."""
    text: str
    """Not indented; its last line ends, too."""


def proposal_yaml(proposal: Proposal) -> tuple[Pasted, ...]:
    """What to paste, place by place; one text for each route, and for each mapping that it has already."""
    by_place: dict[Path, list[Declaration]] = {}
    for one in proposal.declarations:
        by_place.setdefault(_place(one, proposal), []).append(one)
    return tuple(_pasted(path, several, proposal) for path, several in by_place.items())


def _place(one: Declaration, proposal: Proposal) -> Path:
    """The mapping that a declaration is added to: a table of the route's, where it has one."""
    table = one.field.partition(".")[0]
    declared = _written(one.at, proposal)
    there = table in _TABLES and declared is not None and bool(getattr(declared, table))
    return (*one.at, table) if there else one.at


def _written(at: Path, proposal: Proposal) -> Usage | Route | None:
    """The mapping of a route; None where it is only named."""
    usage = proposal.manifest.usages[int(at[1])]
    routes: dict[Path, str | Route | None] = {(*at[:2], "via"): usage.via}
    for field, several in (("fallbacks", usage.fallbacks), ("recipients", usage.recipients)):
        routes.update({(*at[:2], field, index): route for index, route in enumerate(several)})
    found = usage if len(at) == 2 else routes[at]
    return None if isinstance(found, str) else found


def _pasted(path: Path, several: list[Declaration], proposal: Proposal) -> Pasted:
    first = several[0]
    inside = path != first.at
    lines = [*_lines(several, inside)]
    if first.only_named:
        lines = [*_as_mapping(first, lines)]
    route = _route_words(first, proposal)
    words = f"{route}, under `{path[-1]}`" if inside else f"in the place of {route}" if first.only_named else route
    place = proposal.manifest.source.locate(path, key=inside)
    return Pasted(words, place, path, first.only_named, "".join(f"{line}\n" for line in lines))


def _route_words(one: Declaration, proposal: Proposal) -> str:
    usage = f"usage `{proposal.usage}`"
    return usage if one.route == "primary" else f"{one.route} `{one.name}` of {usage}"


def _lines(several: Iterable[Declaration], inside: bool) -> Iterator[str]:
    """The fields, those of one table together below it, unless they stand inside of it."""
    table = ""
    for one in several:
        of, dot, name = one.field.partition(".")
        if dot and not inside and of != table:
            yield f"{of}:"
        table = of
        indent = "  " if dot and not inside else ""
        yield f"{indent}{scalar(name) if dot else of}: {_value(one)}{_comment(one)}"


def _as_mapping(one: Declaration, lines: Iterable[str]) -> Iterator[str]:
    """A mapping in the place of a name, as an entry of its list or below `via`."""
    begin, indent = ("via:", "  ") if one.at[-1] == "via" else ("", "  ")
    if begin:
        yield begin
    yield f"{indent if begin else '- '}offering: {scalar(one.name.offering)}"
    yield from (f"{indent}{line}" for line in lines)


def _value(one: Declaration) -> str:
    value = one.value
    return f"[{', '.join(map(scalar, value))}]" if isinstance(value, tuple) else scalar(value)


def _comment(one: Declaration) -> str:
    """What does as well, behind the value."""
    if isinstance(one.value, str) and one.value.startswith("<"):
        return "  # in your own words"
    if not one.others:
        return ""
    shown = ", ".join(map(scalar, one.others[:_MOST_OTHERS]))
    more = len(one.others) - _MOST_OTHERS
    return f"  # or {shown}{f', {more} more' if more > 0 else ''}"


def scalar(value: SettingValue) -> str:
    """A value on one line; a text that could be read as something else, or holds what nobody sees, is quoted."""
    if not isinstance(value, str):
        return json.dumps(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    quoted = json.dumps(value, ensure_ascii=False).replace("##", "#\\u0023")  # no command to the log of a CI system
    return "".join(one if one.isprintable() else _code(ord(one)) for one in quoted)


def _code(number: int) -> str:
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
