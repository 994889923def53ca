"""Proposals as lines that can be pasted into a manifest.

In: a proposal. Out: texts of YAML that a strict reader takes, each with the place that it is for. A field has one line,
whatever its value has in it; the words for the place are plain text, not yet escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from ..model.manifest import Route, SettingValue, Usage
from ..model.proposal import Declaration, DeclaredValue, Proposal
from ..source import Location, Path

_MOST_OTHERS: Final = 6
_TABLES: Final = ("settings", "attributes")
_WORDS: Final = frozenset(("yes", "no", "on", "off", "y", "n", "true", "false", "null"))
"""What YAML 1.1 or 1.2 takes for something else than a text."""
_LETTERS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_BEGINNINGS: Final = _LETTERS.union("0123456789")
_WITHIN: Final = _BEGINNINGS.union("._/-")
_OTHER_BEGINNINGS: Final = _BEGINNINGS.union("(")
_OTHERS_WITHIN: Final = _WITHIN.union("()")
"""Characters of words that stay as they are."""


class Pasted(msgspec.Struct, frozen=True):
    """Lines for one place in a manifest."""

    words: str
    """Where they go: `usage `u`, under `settings``."""
    location: Location
    """Of the mapping that they are added to, or of what they take the place of."""
    path: Path
    """The same below the root of the manifest."""
    instead: bool
    """Whether they take the place of a route that is only named, or of a table in braces with what it has."""
    in_flow: bool
    """Whether it is one line for what is written in braces or brackets."""
    text: str
    """Not indented; its last line ends, too."""


def proposal_yaml(proposal: Proposal) -> tuple[Pasted, ...]:
    """What to paste, place by place; one text for each route, and for each table that it has already."""
    by_place: dict[Path, list[Declaration]] = {}
    for one in proposal.declarations:
        by_place.setdefault(_place(one, proposal), []).append(one)
    return tuple(_pasted(path, several, proposal) for path, several in by_place.items())


def _place(one: Declaration, proposal: Proposal) -> Path:
    """The mapping that a declaration is added to: a table of the route's, where it has one."""
    table = (*one.at, one.field.partition(".")[0])
    there = table[-1] in _TABLES and not one.only_named and proposal.manifest.source.has(table)
    return table if there else one.at


def _written(at: Path, proposal: Proposal) -> Usage | Route | None:
    """The mapping of a route; None where it is only named."""
    usage = proposal.manifest.usages[int(at[1])]
    routes: dict[Path, str | Route | None] = {(*at[:2], "via"): usage.via}
    for field, several in (("fallbacks", usage.fallbacks), ("recipients", usage.recipients)):
        routes.update({(*at[:2], field, index): route for index, route in enumerate(several)})
    found = usage if len(at) == 2 else routes[at]
    return None if isinstance(found, str) else found


def _pasted(path: Path, several: list[Declaration], proposal: Proposal) -> Pasted:
    first, source = several[0], proposal.manifest.source
    route = _route_words(first, proposal)
    if path != first.at:
        return _into_table(path, several, proposal, route)
    in_flow = source.in_flow(path[:-1] if first.only_named else path)
    if first.only_named:
        text = _named_in_flow(first, several) if in_flow else _text(_as_mapping(first, _lines(several, inside=False)))
        place = source.locate_entry(path) if path[-1] == "via" else source.locate(path)
        return Pasted(f"in the place of {route}", place, path, True, in_flow, text)
    words = f"{route}, in its braces" if in_flow else route
    text = f"{_fields_in_flow(several)}\n" if in_flow else _text(_lines(several, inside=False))
    return Pasted(words, source.locate(path), path, False, in_flow, text)


def _into_table(path: Path, several: list[Declaration], proposal: Proposal, route: str) -> Pasted:
    """Into settings or attributes that are there; those in braces are written anew, with all that they have."""
    table, source = str(path[-1]), proposal.manifest.source
    if not source.in_flow(path):
        words = f"{route}, under `{table}`"
        return Pasted(words, source.locate(path, key=True), path, False, False, _text(_lines(several, inside=True)))
    declared = _written(several[0].at, proposal)
    old: dict[str, SettingValue] = {} if declared is None else getattr(declared, table)
    pairs = [*old.items(), *((one.field.partition(".")[2], one.value) for one in several)]
    text = f"{table}: {_in_braces(pairs)}\n"
    return Pasted(f"in the place of `{table}` of {route}", source.locate_entry(path), path, True, True, text)


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _in_braces(pairs: Iterable[tuple[str, DeclaredValue]]) -> str:
    return "{" + ", ".join(f"{scalar(name)}: {_shown(value)}" for name, value in pairs) + "}"


def _fields_in_flow(several: Iterable[Declaration]) -> str:
    """Fields for a mapping in braces, without these."""
    tables: dict[str, list[tuple[str, DeclaredValue]]] = {}
    found: dict[str, str] = {}
    for one in several:
        of, dot, name = one.field.partition(".")
        if dot:
            tables.setdefault(of, []).append((name, one.value))
        found[of] = _in_braces(tables[of]) if dot else _shown(one.value)
    return ", ".join(f"{field}: {value}" for field, value in found.items())


def _named_in_flow(first: Declaration, several: Iterable[Declaration]) -> str:
    """A mapping in braces in the place of a name."""
    key = "via: " if first.at[-1] == "via" else ""
    return f"{key}{{offering: {scalar(first.name.offering)}, {_fields_in_flow(several)}}}\n"


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
        yield f"{indent}{scalar(name) if dot else of}: {_shown(one.value)}{_comment(one)}"


def _as_mapping(one: Declaration, lines: Iterable[str]) -> Iterator[str]:
    """A mapping in the place of a name, as an entry of its list or below `via`."""
    begin, indent = ("via:", "  ") if one.at[-1] == "via" else ("", "  ")
    if begin:
        yield begin
    yield f"{indent if begin else '- '}offering: {scalar(one.name.offering)}"
    yield from (f"{indent}{line}" for line in lines)


def _shown(value: DeclaredValue) -> str:
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
        return _bare(value)
    if _is_plain(value) and value.lower() not in _WORDS:
        return value
    if value.isprintable() and '"' not in value and "\\" not in value and "##" not in value:
        return f'"{value}"'
    return _quoted(value)


def _bare(value: float) -> str:
    """A number or a truth."""
    if isinstance(value, bool):
        return "true" if value else "false"
    from json import dumps  # slow to import, and nearly all values are truths or texts

    written = dumps(value)
    return written.replace("e", ".0e") if isinstance(value, float) and "." not in written else written


def _is_plain(text: str) -> bool:
    """Whether a text stays as it is, in brackets too: words of letters, digits and `._/-`, of which the first begins
    with a letter and ends with one or with a digit; the others may have parentheses, and begin with no `._/-)`."""
    first, *others = text.split(" ")
    return (
        first[:1] in _LETTERS
        and first[-1:] in _BEGINNINGS
        and _WITHIN.issuperset(first)
        and all(one[:1] in _OTHER_BEGINNINGS and _OTHERS_WITHIN.issuperset(one) for one in others)
    )


def _quoted(text: str) -> str:
    from json import dumps  # slow to import, and few texts have anything to escape

    quoted = dumps(text, ensure_ascii=False).replace("##", "#\\u0023")  # no command to the log of a CI system
    return "".join(one if one.isprintable() else _code(ord(one)) for one in quoted)


def _code(number: int) -> str:
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
