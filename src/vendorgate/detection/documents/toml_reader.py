"""TOML with the place of every value, also of a file that is broken.

In: a text. Out: its tables as one branch. A line that is no TOML is passed over.
"""

from __future__ import annotations

import re
from typing import Final

from ..code import Place
from .building import Building, Full, Open
from .json_reader import unquoted
from .lines import Lines
from .node import MOST_LEVELS, MOST_NODES, Branch, Leaf, Node, Row

_TOKEN: Final = re.compile(
    r"""
    (?P<space>[ \t\r]+)
    |(?P<comment>\#[^\n]*)
    |(?P<line>\n)
    |(?P<long>\"\"\"|''')
    |(?P<text>"[^"\\\n]*(?:\\.[^"\\\n]*)*"?)
    |(?P<literal>'[^'\n]*'?)
    |(?P<mark>[\[\]{}=,])
    |(?P<word>[^\s\#"'\[\]{}=,]+)
    """,
    re.VERBOSE,
)
_PART: Final = re.compile(r"\"[^\"\\]*(?:\\.[^\"\\]*)*\"|'[^']*'|[^.\"']+")


_MOST_TOKENS: Final = 300
"""Of a key: a line that has more before its value is no entry."""


class _Table:
    """A table that may still grow: TOML adds to tables from anywhere."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.values: dict[str, tuple[Leaf, Node | _Table | list[_Table]]] = {}

    def below(self, key: Leaf) -> _Table:
        """The table of a key, made where it is not there; of a list of tables its last one."""
        found = self.values.get(key.value)
        inner = found[1] if found is not None else None
        if isinstance(inner, list):
            return inner[-1]
        if isinstance(inner, _Table):
            return inner
        table = _Table(key.place)
        self.values[key.value] = key, table
        return table

    def another(self, key: Leaf) -> _Table:
        """One more table of a list."""
        found = self.values.get(key.value)
        table = _Table(key.place)
        if found is not None and isinstance(found[1], list):
            found[1].append(table)
        else:
            self.values[key.value] = key, [table]
        return table

    def frozen(self) -> Branch:
        """As a branch."""
        return Branch(tuple((key, _frozen(value)) for key, value in self.values.values()), self.place)


def _frozen(value: Node | _Table | list[_Table]) -> Node:
    if isinstance(value, _Table):
        return value.frozen()
    return Row(tuple(one.frozen() for one in value), value[0].place) if isinstance(value, list) else value


def read_toml(text: str) -> Branch:
    """The tables of a text, as far as they can be read."""
    return _Reading(text).read()


class _Reading:
    """Goes through the tokens."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = Lines(text)
        self.at = 0
        self.made = 0

    def read(self) -> Branch:
        """Read everything."""
        root = _Table(Place(1, 1))
        table = root
        while self.made < MOST_NODES and self._to_content():
            header = self.text.startswith("[", self.at)
            if header:
                table = self._header(root) or table
            else:
                self._entry(table)
            self.made += 1
            self._skip_line()
        return root.frozen()

    def _to_content(self) -> bool:
        """Go to where something stands; whether there is anything."""
        while self.at < len(self.text):
            found = _TOKEN.match(self.text, self.at)
            if found is None or found.lastgroup not in {"space", "comment", "line"}:
                return True
            self.at = found.end()
        return False

    def _skip_line(self) -> None:
        end = self.text.find("\n", self.at)
        self.at = len(self.text) if end < 0 else end + 1

    def _header(self, root: _Table) -> _Table | None:
        """The table that a line such as `[a.b]` or `[[a]]` opens."""
        doubled = self.text.startswith("[[", self.at)
        self.at += 2 if doubled else 1
        keys = self._keys("]")
        table = root
        for key in keys[: -1 if doubled else None]:
            table = table.below(key)
        return (table.another(keys[-1]) if doubled else table) if keys else None

    def _entry(self, table: _Table) -> None:
        keys = self._keys("=")
        if not keys or not self.text.startswith("=", self.at):
            return
        self.at += 1
        for key in keys[:-1]:
            table = table.below(key)
        value = self._value()
        if value is not None:
            table.values.setdefault(keys[-1].value, (keys[-1], value))

    def _keys(self, end: str) -> list[Leaf]:
        """The parts of a dotted key, up to a mark on the same line."""
        keys: list[Leaf] = []
        for _ in range(_MOST_TOKENS):
            token = _TOKEN.match(self.text, self.at)
            if token is None:
                break
            kind = token.lastgroup
            if kind in {"line", "long"} or (kind == "mark" and token[0] == end):
                break
            if kind in {"text", "literal"}:
                keys.append(Leaf(unquoted(token[0]), self.lines.place(self.at)))
            elif kind == "word":
                keys += self._parts(token)
            self.at = token.end()
        return keys[:MOST_LEVELS]

    def _parts(self, token: re.Match[str]) -> list[Leaf]:
        found = _PART.finditer(token[0])
        return [Leaf(part[0], self.lines.place(token.start() + part.start())) for part in found]

    def _value(self) -> Node | None:
        """The value that begins here: a scalar, or everything up to the end of an array or an inline table."""
        building = Building()
        try:
            while (token := _TOKEN.match(self.text, self.at)) is not None:
                if token.lastgroup == "line" and not building.open:
                    break
                self._take(building, token)
        except Full:
            pass
        self.made += building.made
        roots = building.finish()
        return roots[0] if roots else None

    def _take(self, building: Building, token: re.Match[str]) -> None:
        kind, written, start = token.lastgroup, token[0], self.at
        self.at = token.end()
        if kind == "long":
            end = self.text.find(written, self.at)
            stop = len(self.text) if end < 0 else end
            building.put(Leaf(self.text[self.at : stop].removeprefix("\n"), self.lines.place(start)))
            self.at = min(stop + 3, len(self.text))
        elif kind in {"text", "literal"}:
            _put(building, Leaf(unquoted(written), self.lines.place(start)), is_word=False)
        elif kind == "word":
            _put(building, Leaf(written, self.lines.place(start)), is_word=True)
        elif kind == "mark" and written in "[{":
            building.start(self.lines.place(start), is_branch=written == "{")
        elif kind == "mark" and written in "]}":
            building.end()


def _put(building: Building, leaf: Leaf, *, is_word: bool) -> None:
    """Hand over a value; a dotted key of an inline table is its last part."""
    open: Open | None = building.open[-1] if building.open else None
    if is_word and open is not None and open.is_branch and open.key is None:
        leaf = Leaf(leaf.value.rpartition(".")[2], leaf.place)
    building.put(leaf)
