"""libyaml's events to plain values, one pass, without recursion.

In: a source. Out: its value, and a problem for everything that a strict reader refuses.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from ..errors import Problem, enough
from ..logic import Json
from ..model.text import LONGEST
from ..source import Location, Source
from .files import SPLIT
from .libyaml import LOADER, MarkedYAMLError, events
from .nesting import Anchored, Collection, Frame
from .scalars import REMARKABLE, Ambiguous, Unreadable, resolve

if TYPE_CHECKING:
    from .libyaml import Event
    from .syntax import Tabs

MOST_LEVELS: Final = 100
MOST_GROWTH: Final = 10
"""How many times larger than it is written aliases may make a file."""
_NAMED: Final = {"on": ("readings", "reviewed", "signoff"), "off": ("overrides",)}
"""Keys of the formats that YAML 1.1 takes for booleans, and below what they stand: there nobody need quote them."""


class _Refused(Exception):
    """The document is not worth reading on."""


def _tabs(source: Source) -> Tabs:
    from .syntax import Tabs  # few files have any

    return Tabs(source)


class Reader:
    """Builds values from libyaml's events, one pass, without recursion."""

    def __init__(
        self,
        source: Source,
        before: int,
        problems: list[Problem],
        most_nodes: int,
        leave_out: frozenset[str] = frozenset(),
        level: int | None = None,
    ) -> None:
        self.source = source
        self.problems = problems
        self.value: Json = None
        self._before = before
        self._frames: list[Frame] = []
        self._anchors: dict[str, Anchored] = {}
        self._documents = 0
        self._most_nodes = most_nodes
        self._written = 0
        self._expanded = 0
        """Nodes, with what aliases stand for."""
        self._characters = 0
        """Of scalars, with what aliases stand for."""
        self._growing: Event | None = None
        """The first alias that made what is read so far too large for what is written."""
        self._tabs = _tabs(source) if "\t" in source.text else None
        # An alias could stand for what is in there.
        self._leave_out = frozenset() if "&" in source.text else leave_out
        self._level = level
        """Collections that are open where something is left out; None = any number."""
        self._next: Callable[[], Event]

    @property
    def sound(self) -> bool:
        return len(self.problems) == self._before

    def read(self) -> bool:
        """Read it all; whether there is a value to go on with."""
        loader = LOADER(self.source.text)
        next_event, scalar = loader.get_event, self.scalar
        self._next = next_event
        try:
            while True:
                event = next_event()
                if self._tabs is not None:
                    self._refuse_tab(self._tabs, event)
                kind = type(event)
                if kind is events.ScalarEvent:
                    scalar(event)
                elif kind is events.StreamEndEvent:
                    break
                else:
                    _HANDLERS[kind](self, event)
            self._refuse_growth()
        except MarkedYAMLError as error:
            from .syntax import syntax_problem  # most files are YAML

            self.problems.append(syntax_problem(error, self.source))
            return False
        except _Refused:
            return False
        finally:
            loader.dispose()
        if self._documents == 0 or (self.value is None and self.sound):
            self._report(Location(self.source.path, 1, 1), "an empty file", "write what belongs in it, or remove it")
            return False
        return True

    def _refuse_growth(self) -> None:
        if self._growing is not None and self._has_grown():
            title = f"aliases make the file more than {MOST_GROWTH} times larger"
            self._report(self._location(self._growing), title, "write the values out, or repeat less")
            raise _Refused

    def _has_grown(self) -> bool:
        """Whether aliases make much more of the document than stands there, in nodes or in characters."""
        many, long = MOST_GROWTH * self._written, MOST_GROWTH * len(self.source.text)
        return self._expanded > many or self._characters > long

    def _location(self, event: Event) -> Location:
        start, end = event.start_mark, event.end_mark
        width = end.column - start.column if end.line == start.line else 1
        return Location(self.source.path, start.line + 1, start.column + 1, max(1, width))

    def _report(self, location: Location, title: str, help: str) -> None:
        self.problems.append(Problem(title, location, help, self.source))
        if enough(self.problems):
            raise _Refused

    def _refuse_tab(self, tabs: Tabs, event: Event) -> None:
        place = tabs.before(event.start_mark)
        if place is not None:
            self._report(place, "a tab for indentation", "indent with spaces")
            raise _Refused

    def start_document(self, event: Event) -> None:
        self._documents += 1
        if self._documents > 1:
            self._report(self._location(event), "a second document", "put each document in a file of its own")
            raise _Refused

    def skip(self, event: Event) -> None:
        """The ends of streams and documents say nothing."""

    def _count(self, event: Event, nodes: int, height: int) -> None:
        """Count what stands at an event, before it is kept."""
        self._written += 1
        self._expanded += nodes
        if self._expanded > self._most_nodes:
            self._refuse_size(event)
        if len(self._frames) + height > MOST_LEVELS:
            self._report(self._location(event), f"more than {MOST_LEVELS} levels", "nest less deeply")
            raise _Refused

    def _refuse_size(self, event: Event) -> None:
        self._report(self._location(event), f"more than {self._most_nodes:,} nodes", SPLIT)
        raise _Refused

    def _refuse_length(self, event: Event) -> None:
        what = "key" if self._frames and self._frames[-1].is_mapping and self._frames[-1].key is None else "text"
        title = f"a {what} of more than {LONGEST:,} characters"
        self._report(self._location(event), title, "shorten it")

    def _refuse_tag(self, event: Event, kind: str) -> None:
        if event.tag is not None:
            help = "remove it: what a value is shows by itself"
            self._report(self._location(event), f"a tag on a {kind}: {event.tag}", help)

    def scalar(self, event: Event) -> None:
        """The place where a file spends its time, so that the usual scalar is counted right here."""
        self._written += 1
        self._expanded += 1
        if self._expanded > self._most_nodes:
            self._refuse_size(event)
        text = event.value
        value: Json = text
        self._characters += len(text)
        if len(text) > LONGEST:
            self._refuse_length(event)
            value = Unreadable(text)
        elif event.implicit[0] and (not text or text[0] in REMARKABLE):  # plain, and perhaps no text
            value = self._plain(event, text)
        if event.tag is not None or event.anchor is not None:
            self._marked(event, value)
        self._put(value, event)

    def _plain(self, event: Event, text: str) -> Json:
        """The value of a plain scalar."""
        if text == "<<" and self._frames and self._frames[-1].is_mapping and self._frames[-1].key is None:
            self._report(self._location(event), "a merge key", "write the keys out")
            return Unreadable(text)
        if text in _NAMED and self._is_named(text):
            return text
        try:
            return resolve(text)
        except Ambiguous as error:
            self._report(self._location(event), f"`{text[:40]}` is not read the same everywhere", str(error))
            return Unreadable(text)

    def _is_named(self, text: str) -> bool:
        """Whether a word for a boolean is a key that the formats have."""
        frame = self._frames[-1] if self._frames else None
        return frame is not None and frame.is_mapping and frame.key is None and frame.under in _NAMED[text]

    def _marked(self, event: Event, value: Json) -> None:
        """A scalar with a tag, which is refused, or an anchor."""
        self._refuse_tag(event, "scalar")
        if event.anchor is not None:
            self._refuse_second_anchor(event)
            self._anchors[event.anchor] = Anchored(value, 1, len(event.value), 0)

    def _put(self, value: Json, event: Event) -> None:
        """Hand a value to the collection that it stands in."""
        if not self._frames:
            self.value = value
            return
        frame = self._frames[-1]
        collection = frame.collection
        if type(collection) is list:
            collection.append(value)
        elif frame.key is None:
            self._start_entry(frame, value, event)
        elif type(collection) is dict:
            # Of a key that stands twice the first value is kept; the second has been reported.
            collection.setdefault(frame.key, value)
            frame.key = None

    def _start_entry(self, frame: Frame, key: Json, event: Event) -> None:
        if not isinstance(key, str):
            text = str(getattr(event, "value", ""))
            help = f'quote it: "{text}"' if text else "write a text"
            self._report(self._location(event), "a key that is no text", help)
            key = Unreadable(text)
        marks, mark = frame.marks, event.start_mark
        if key not in marks:
            marks[key] = mark
        else:
            help = f"line {marks[key].line + 1} has it already; keep one"
            self._report(self._location(event), f"the key `{key}` stands twice", help)
        frame.key = key if isinstance(key, Unreadable) else sys.intern(key)  # a large registry repeats its keys

    def start_sequence(self, event: Event) -> None:
        self._start(event, [], "list")

    def start_mapping(self, event: Event) -> None:
        self._start(event, {}, "mapping")

    def _start(self, event: Event, collection: Collection, kind: str) -> None:
        self._count(event, 1, 1)
        self._refuse_tag(event, kind)
        frame = self._frames[-1] if self._frames else None
        if frame is not None and frame.is_mapping and frame.key is None:
            self._report(self._location(event), f"a {kind} as a key", "write a text")
            raise _Refused
        if frame is not None and frame.key in self._leave_out and self._level in (None, len(self._frames)):
            self._skip_collection()
            frame.key = None
            return
        self._refuse_second_anchor(event)
        under = None if frame is None else frame.key if frame.is_mapping else frame.under
        self._put(collection, event)
        self._frames.append(Frame(collection, event.anchor, self._expanded - 1, self._characters, under))

    def _skip_collection(self) -> None:
        """Go to the end of the collection that has just begun, within the limits of size and depth."""
        depth = 1
        while depth:
            event = self._next()
            kind: type[object] = type(event)
            if kind is events.SequenceEndEvent or kind is events.MappingEndEvent:
                depth -= 1
                continue
            inner = kind is events.SequenceStartEvent or kind is events.MappingStartEvent
            self._count(event, 1, depth + inner)
            depth += inner
            if kind is events.ScalarEvent and len(event.value) > LONGEST:
                self._refuse_length(event)

    def _refuse_second_anchor(self, event: Event) -> None:
        name = event.anchor
        if name in self._anchors or (name is not None and any(frame.anchor == name for frame in self._frames)):
            self._report(self._location(event), f"the anchor &{name} stands twice", "give each its own name")
            raise _Refused

    def end(self, event: Event) -> None:
        frame = self._frames.pop()
        if self._frames:
            self._frames[-1].height = max(self._frames[-1].height, frame.height + 1)
        if frame.anchor is not None:
            nodes, characters = self._expanded - frame.nodes, self._characters - frame.characters
            self._anchors[frame.anchor] = Anchored(frame.collection, nodes, characters, frame.height)

    def alias(self, event: Event) -> None:
        found = self._anchors.get(event.anchor or "")
        if found is None:
            open = any(frame.anchor == event.anchor for frame in self._frames)
            title = "an alias inside what it stands for" if open else "an alias without an anchor before it"
            self._report(self._location(event), f"{title}: *{event.anchor}", "write the value out")
            raise _Refused
        self._count(event, found.nodes, found.height)
        self._characters += found.characters
        if self._growing is None and self._has_grown():
            self._growing = event
        if self._frames:
            self._frames[-1].height = max(self._frames[-1].height, found.height + 1)
        self._put(found.value, event)


_HANDLERS: Final[dict[type, Callable[[Reader, Event], None]]] = {
    events.StreamStartEvent: Reader.skip,
    events.DocumentStartEvent: Reader.start_document,
    events.DocumentEndEvent: Reader.skip,
    events.AliasEvent: Reader.alias,
    events.SequenceStartEvent: Reader.start_sequence,
    events.SequenceEndEvent: Reader.end,
    events.MappingStartEvent: Reader.start_mapping,
    events.MappingEndEvent: Reader.end,
}
