"""The text of a YAML file with other values in it, and every line that says the same as before left as it is.

In: a text that a strict reader takes, the values that it has and those that it should have. Out: the new text, which
whoever writes it reads again first. Comments, quotes, line breaks and order stay wherever nothing changes.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec
import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString
from yaml.nodes import MappingNode, Node, SequenceNode

from ...logic import Json
from ...logic.days import is_date
from ...model.registry import CellFile
from ...model.vocabulary import DIMENSIONS

LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_WIDTH: Final = 110
_ORDER: Final = {name: index for index, name in enumerate((*DIMENSIONS, *CellFile.__struct_fields__))}
"""Where keys stand that are added; all others go to the end."""
_SHORT: Final = 80
"""Characters of a list that stands on the line of its key."""
_PLAIN: Final = re.compile(
    r"https://[A-Za-z0-9._~/%#=-]+|[A-Za-z](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?(?: [A-Za-z0-9(][A-Za-z0-9._/()-]*)*"
)
"""Texts that stay as they are."""
_WORDS: Final = frozenset(("yes", "no", "on", "off", "y", "n", "true", "false", "null"))
_ALIAS: Final = re.compile(r"\s*:\s+\*[^\s,\]}]+")


class Unclear(Exception):
    """Written in a way in which a part cannot be changed by itself."""


class _Edit(msgspec.Struct, frozen=True, order=True):
    start: int
    end: int
    rank: int
    text: str


def rewritten(text: str, old: Mapping[str, Json], new: Mapping[str, Json]) -> str:
    """The text with `new` in it, which has `old`.

    Raises:
        Unclear: a change that would change something else.
    """
    ending = "\r\n" if "\r\n" in text else "\n"
    file = _Rewriting(text, [])
    root = yaml.compose(text, Loader=LOADER)
    if not isinstance(root, MappingNode):
        raise Unclear
    file.mapping(root, old, new)
    parts, at = [], 0
    for edit in sorted(file.edits):
        if edit.start < at:
            raise Unclear
        parts += [text[at : edit.start], edit.text.replace("\n", ending)]
        at = edit.end
    return "".join((*parts, text[at:]))


def written(value: Mapping[str, Any]) -> str:
    """The text of a new file."""
    return _dumped(_block(dict(value)))


class _Rewriting(msgspec.Struct, frozen=True):
    text: str
    edits: list[_Edit]

    def edit(self, start: int, end: int, text: str) -> None:
        self.edits.append(_Edit(start, end, len(self.edits), text))

    def mapping(self, node: MappingNode, old: Mapping[str, Json], new: Mapping[str, Json]) -> None:
        """Change, take out and add what differs; neither is empty."""
        kept = [(key, value) for key, value in node.value if key.value in new]
        if not kept:
            raise Unclear
        for index, (key, value) in enumerate(node.value):
            if key.value not in new:
                self.remove(node, index)
            elif not same(old[key.value], new[key.value]):
                self.change(node, key, value, old[key.value], new[key.value])
        for name, value in new.items():
            if name not in old:
                self.add(node, kept, name, value)

    def change(self, parent: MappingNode, key: Node, value: Node, old: Json, new: Json) -> None:
        alias = value.start_mark.index < key.start_mark.index
        if (
            isinstance(value, MappingNode)
            and isinstance(old, dict)
            and isinstance(new, dict)
            and old
            and new
            and not alias
        ):
            self.mapping(value, old, new)
        elif (
            isinstance(value, SequenceNode)
            and isinstance(old, list)
            and isinstance(new, list)
            and not alias
            and _continues(old, new)
        ):
            self.append(value, new[len(old) :])
        else:
            start, end = self.span(key, value)
            self.edit(start, end, self.pair(parent, key.value, new) + ("\n" if self.text[end - 1] == "\n" else ""))

    def pair(self, parent: MappingNode, name: str, value: Json) -> str:
        if parent.flow_style:
            return _in_flow({name: value})[1:-1]
        return _indented(_dumped(_block({name: value})), _column(parent))

    def add(self, node: MappingNode, kept: list[tuple[Node, Node]], name: str, value: Json) -> None:
        """Add a pair behind the last one that belongs before it."""
        before = [pair for pair in kept if _ORDER.get(pair[0].value, len(_ORDER)) < _ORDER.get(name, len(_ORDER))]
        end = self.span(*(before or kept)[-1])[1]
        if node.flow_style:
            self.edit(end, end, f", {self.pair(node, name, value)}")
        else:
            self.line(end, _column(node), self.pair(node, name, value))

    def append(self, node: SequenceNode, values: list[Json]) -> None:
        end = self.end(node.value[-1], node.start_mark.index)
        if node.flow_style:
            self.edit(end, end, f", {_in_flow(values)[1:-1]}")
            return
        column = node.start_mark.column
        for value in values:
            self.line(end, column, _indented(_dumped(CommentedSeq([_block(value)]))[2:].replace("\n  ", "\n"), column))

    def line(self, end: int, column: int, text: str) -> None:
        """A line of its own behind the one that ends here, its comment included."""
        at = end if self.text[end - 1] == "\n" else self.text.find("\n", end) + 1
        if at:
            self.edit(at, at, f"{' ' * column}{text}\n")
        else:
            self.edit(len(self.text), len(self.text), f"\n{' ' * column}{text}")

    def remove(self, node: MappingNode, index: int) -> None:
        start, end = self.span(*node.value[index])
        if not node.flow_style:
            above = self.text.rfind("\n", 0, start) + 1
            if self.text[above:start].strip():
                raise Unclear
            below = end if self.text[end - 1] == "\n" else self.text.find("\n", end) + 1
            self.edit(above, below or len(self.text), "")
        elif index:
            self.edit(self.span(*node.value[index - 1])[1], end, "")
        else:
            self.edit(start, node.value[1][0].start_mark.index, "")

    def span(self, key: Node, value: Node) -> tuple[int, int]:
        """From a key to the end of its value."""
        start = key.start_mark.index
        if value.start_mark.index < start:
            found = _ALIAS.match(self.text, key.end_mark.index)
            if found is None:
                raise Unclear
            return start, found.end()
        end = self.end(value, start)
        return start, end if end > key.end_mark.index else self.text.index(":", key.end_mark.index) + 1

    def end(self, node: Node, begun: int) -> int:
        """Behind the last thing that is written of a value."""
        if node.start_mark.index < begun:
            raise Unclear
        if isinstance(node, (MappingNode, SequenceNode)) and not node.flow_style and node.value:
            last = node.value[-1]
            return self.span(*last)[1] if isinstance(last, tuple) else self.end(last, node.start_mark.index)
        found: int = node.end_mark.index
        return found


def same(one: Json, other: Json) -> bool:
    """Whether two values are written alike: 1 is neither true nor 1.0."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def _continues(old: list[Json], new: list[Json]) -> bool:
    """Whether a list only grew at its end."""
    return bool(old) and len(new) > len(old) and same(old, new[: len(old)])


def _column(node: MappingNode) -> int:
    found: int = node.value[0][0].start_mark.column
    return found


def _indented(text: str, column: int) -> str:
    return text.rstrip("\n").replace("\n", f"\n{' ' * column}")


def _yaml(width: int) -> YAML:
    found = YAML()
    found.preserve_quotes = True
    found.width = width
    found.indent(mapping=2, sequence=4, offset=2)
    return found


def _dumped(value: object, width: int = _WIDTH) -> str:
    stream = io.StringIO()
    _yaml(width).dump(value, stream)
    return "\n".join(line.rstrip() for line in stream.getvalue().split("\n"))


def _in_flow(value: Json) -> str:
    """On one line, in braces or brackets."""
    return _dumped(_flow(value), 1_000_000).strip()


def _block(value: Json) -> object:
    """Plain values as YAML that a strict reader takes: what looks like something else than text is quoted."""
    if isinstance(value, dict):
        return CommentedMap((_scalar(name), _block(entry)) for name, entry in value.items())
    if isinstance(value, list):
        short = not any(isinstance(entry, (dict, list)) for entry in value) and len(_in_flow(value)) <= _SHORT
        return _flow(value) if short else CommentedSeq(map(_block, value))
    return _scalar(value)


def _flow(value: Json) -> object:
    if isinstance(value, dict):
        mapping = CommentedMap((_scalar(name), _flow(entry)) for name, entry in value.items())
        mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, list):
        sequence = CommentedSeq(map(_flow, value))
        sequence.fa.set_flow_style()
        return sequence
    return _scalar(value)


def _scalar(value: Json) -> object:
    if not isinstance(value, str):
        return value
    if is_date(value):
        return datetime.date.fromisoformat(value)
    return value if _PLAIN.fullmatch(value) and value.lower() not in _WORDS else DoubleQuotedScalarString(value)
