"""The text of a YAML file with other values in it, and every line that says the same as before left as it is.

In: a text that a strict reader takes, the values that it has and those that it should have. Out: the new text, which
whoever writes it has read again first. Comments, quotes, line breaks and order stay wherever nothing changes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import msgspec
import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from ..logic import Json
from .appending import appended
from .edits import LOADER, TextEdit, Unclear, edited, next_line
from .yaml_text import entry_lines, in_flow, mapping_lines, pairs_in_flow

_KEEPS_LINES: Final = re.compile(r"[|>][1-9]?\+")
_BLANK_LINES: Final = re.compile(r"(?:[ \t]*\r?\n)+")
_ALIAS: Final = re.compile(r"\s*:\s+\*[^\s,\]}]+")


def written(value: Mapping[str, Json]) -> str:
    """The text of a new file."""
    return "".join(f"{line}\n" for line in mapping_lines(value)) if value else "{}\n"


def rewritten(text: str, old: Mapping[str, Json], new: Mapping[str, Json], order: Sequence[str] = ()) -> str:
    """The text with `new` in it, which has `old`; keys that are added stand where `order` has them, others at the end.

    Raises:
        Unclear: a change that would change something else.
    """
    root = yaml.compose(text, Loader=LOADER)
    if not isinstance(root, MappingNode):
        raise Unclear
    ranks = {name: index for index, name in enumerate(order)}
    file = _Rewriting(text, ranks, bool(root.flow_style), [])
    file.mapping(root, old, new)
    return edited(text, file.edits)


def without(text: str, name: str, gone: Collection[int]) -> str:
    """The text without some entries of the list that `name` has in its root, and every other line as it is.

    Raises:
        Unclear: a change that would change something else.
    """
    root = yaml.compose(text, Loader=LOADER)
    if not isinstance(root, MappingNode):
        raise Unclear
    key, node = next((pair for pair in root.value if pair[0].value == name), (root, root))
    if not isinstance(node, SequenceNode):
        raise Unclear
    file = _Rewriting(text, {}, bool(root.flow_style), [])
    file.shorten(key, node, gone)
    return edited(text, file.edits)


class _Rewriting(msgspec.Struct, frozen=True):
    text: str
    ranks: Mapping[str, int]
    as_json: bool
    edits: list[TextEdit]

    def edit(self, start: int, end: int, text: str) -> None:
        self.edits.append(TextEdit(start, end, len(self.edits), text))

    def mapping(self, node: MappingNode, old: Mapping[str, Json], new: Mapping[str, Json]) -> None:
        """Change, take out and add what differs; neither is empty."""
        kept = [(key, value) for key, value in node.value if key.value in new]
        if not kept:
            raise Unclear
        for index, (key, value) in enumerate(node.value):
            if key.value not in new:
                self.remove(node, index, is_first=not any(one.value in new for one, _ in node.value[:index]))
            elif not same(old[key.value], new[key.value]):
                self.change(node, key, value, old[key.value], new[key.value])
        for name, value in new.items():
            if name not in old:
                self.add(node, kept, name, value)

    def change(self, parent: MappingNode, key: Node, value: Node, old: Json, new: Json) -> None:
        begun = key.start_mark.index
        if value.start_mark.index < begun or not self.inside(value, old, new, None if parent.flow_style else key):
            place = self.span(key, value)
            if parent.flow_style:
                self.edit(*place, self.pair(parent, key.value, new))
            else:
                self.instead(place, _column(parent), [*mapping_lines({key.value: new})])

    def inside(self, node: Node, old: Json, new: Json, key: Node | None) -> bool:
        """Whether a value could be changed in parts; `key` is the one that it stands below."""
        if isinstance(node, MappingNode) and isinstance(old, dict) and isinstance(new, dict) and old and new:
            if not old.keys() & new.keys():
                return False
            self.mapping(node, old, new)
            return True
        if isinstance(node, SequenceNode) and isinstance(old, list) and isinstance(new, list) and new:
            return self.sequence(node, old, new, key)
        return False

    def sequence(self, node: SequenceNode, old: list[Json], new: list[Json], key: Node | None) -> bool:
        """Change a list entry by entry, where it is clear which entry became which."""
        gone = _gone(old, new)
        differing = [index for index, (one, other) in enumerate(zip(old, new, strict=False)) if not same(one, other)]
        if gone is not None:
            for index in gone:
                self.remove(node, index, is_first=set(range(index)) <= set(gone))
        elif len(new) < len(old) or sum(_is_scalar(old[index]) for index in differing) > 1:
            return False
        else:
            for index in differing:
                self.entry(node, index, old[index], new[index])
            if len(new) > len(old):
                column = None if key is None else key.start_mark.column
                self.edit(*appended(self.text, node.start_mark.index, column, new[len(old) :]))
        return True

    def entry(self, parent: SequenceNode, index: int, old: Json, new: Json) -> None:
        """Change one entry of a list."""
        node = parent.value[index]
        begun = parent.value[index - 1].start_mark.index if index else parent.start_mark.index
        if node.start_mark.index <= begun:  # an alias: what it stands for stands elsewhere
            raise Unclear
        if self.inside(node, old, new, None):
            return
        place = node.start_mark.index, self.end(node, begun)
        if parent.flow_style:
            self.edit(*place, in_flow(new, as_json=self.as_json))
            return
        beside = node.start_mark.column - parent.start_mark.column
        self.instead(place, node.start_mark.column, [line[beside:] for line in entry_lines(new, beside)])

    def instead(self, place: tuple[int, int], column: int, lines: Sequence[str]) -> None:
        """Lines in the place of a value: a comment behind its last line stands behind the first of them."""
        start, end = place
        self.edit(start, end, lines[0] + ("\n" if self.text[end - 1] == "\n" else ""))
        if len(lines) > 1:
            self.line(end, column, f"\n{' ' * column}".join(lines[1:]))

    def pair(self, parent: MappingNode, name: str, value: Json) -> str:
        if parent.flow_style:
            return pairs_in_flow({name: value}, as_json=self.as_json)
        return f"\n{' ' * _column(parent)}".join(mapping_lines({name: value}))

    def add(self, node: MappingNode, kept: list[tuple[Node, Node]], name: str, value: Json) -> None:
        """Add a pair behind the last one that belongs before it."""
        most = len(self.ranks)
        before = [pair for pair in kept if self.ranks.get(pair[0].value, most) < self.ranks.get(name, most)]
        end = self.span(*(before or kept)[-1])[1]
        if node.flow_style:
            self.edit(end, end, f", {self.pair(node, name, value)}")
        else:
            self.line(end, _column(node), self.pair(node, name, value))

    def line(self, end: int, column: int, text: str) -> None:
        """A line of its own behind the one that ends here, its comment included."""
        at = end if self.text[end - 1] == "\n" else self.text.find("\n", end) + 1
        if at:
            self.edit(at, at, f"{' ' * column}{text}\n")
        else:
            self.edit(len(self.text), len(self.text), f"\n{' ' * column}{text}")

    def remove(self, node: CollectionNode, index: int, *, is_first: bool) -> None:
        """Take an entry or a pair out; `is_first`: none that stays stands before it."""
        start, end = self.place(node, index)
        if not node.flow_style:
            above = self.text.rfind("\n", 0, start) + 1
            if self.text[above:start].strip(" -" if isinstance(node, SequenceNode) else " "):
                raise Unclear
            behind = end if self.text[end - 1] == "\n" else next_line(self.text, end)
            self.edit(above, self.behind_blank_lines(behind) if self.would_take_lines(node, index) else behind, "")
        elif not is_first:
            self.edit(self.place(node, index - 1)[1], end, "")
        else:
            self.edit(start, self.place(node, index + 1)[0], "")

    def would_take_lines(self, node: CollectionNode, index: int) -> bool:
        """Whether a text of lines before an entry would take blank lines for its own that stand behind the entry."""
        before = [_last_scalar(one[1] if isinstance(one, tuple) else one) for one in node.value[:index]]
        return any(one is not None and _KEEPS_LINES.match(self.text, one.start_mark.index) for one in before)

    def behind_blank_lines(self, start: int) -> int:
        """Where the next line begins that says something."""
        found = _BLANK_LINES.match(self.text, start)
        return start if found is None else found.end()

    def shorten(self, key: Node, node: SequenceNode, gone: Collection[int]) -> None:
        """Take entries out of a list; of one that has no other a pair of brackets is left."""
        if node.flow_style:
            self.refuse_comments(node)
        stays = len(gone) < len(node.value)
        if node.flow_style and not stays:
            self.edit(node.start_mark.index, node.end_mark.index, "[]")
            return
        for index in sorted(gone):
            self.remove(node, index, is_first=all(before in gone for before in range(index)))
        if not stays:
            colon = self.text.index(":", key.end_mark.index) + 1
            self.edit(colon, colon, " []")

    def refuse_comments(self, node: SequenceNode) -> None:
        """Refuse a list in brackets with comments between its entries: nobody can know to which one they belong."""
        begun = node.start_mark.index
        for one in [*node.value, None]:
            start = node.end_mark.index if one is None else one.start_mark.index
            if "#" in self.text[begun:start]:
                raise Unclear
            begun = start if one is None else self.end(one, begun)

    def place(self, node: CollectionNode, index: int) -> tuple[int, int]:
        """Where an entry or a pair begins and ends."""
        one = node.value[index]
        if isinstance(one, tuple):
            return self.span(*one)
        begun = self.place(node, index - 1)[1] if index else node.start_mark.index
        return one.start_mark.index, self.end(one, begun)

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


def _gone(old: list[Json], new: list[Json]) -> list[int] | None:
    """Which entries a list has lost, where it lost some and nothing else; None otherwise."""
    gone, rest = [], list(new)
    for index, one in enumerate(old):
        if rest and same(one, rest[0]):
            rest.pop(0)
        else:
            gone.append(index)
    return gone if gone and not rest else None


def _last_scalar(node: Node) -> ScalarNode | None:
    """What a value ends with; None where that is a list or mapping in brackets, or an empty one."""
    while isinstance(node, CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node if isinstance(node, ScalarNode) else None


def _is_scalar(value: Json) -> bool:
    return not isinstance(value, (dict, list))


def _column(node: MappingNode) -> int:
    found: int = node.value[0][0].start_mark.column
    return found
