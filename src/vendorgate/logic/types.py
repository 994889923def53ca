"""What the checker knows of a value before it exists."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final, Literal, Union

import msgspec

from .tree import Node, Place


class LazyWords(Collection[str]):
    """Words that are read when somebody asks for one."""

    def __init__(self, read: Callable[[], Iterable[str]]) -> None:
        self._read = read

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._read())

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


class Vocabulary(msgspec.Struct, frozen=True):
    """A closed set of words."""

    name: str
    """What one of them is called, with its article: "a data class"."""
    words: Collection[str]
    aliases: Mapping[str, str] = {}
    """Other spellings, and the words they stand for."""
    in_parts: bool = False
    """Whether `in` may look for a part of a word."""
    mixed: bool = False
    """Whether values that are no texts stand beside the words."""


class Shape(msgspec.Struct, frozen=True):
    """What every text of an open set looks like; one that looks otherwise is never among them."""

    name: str
    """What one of them is called, with its article: "the name of a project"."""
    inside: frozenset[str]
    """The characters that one can have."""
    ends: frozenset[str]
    """Those with which one begins and ends."""
    help: str

    def is_word(self, text: str) -> bool:
        """Whether a text can be one of them."""
        return self.is_glob(text) and self.is_part(text)

    def is_glob(self, text: str) -> bool:
        """Whether a glob can match one of them: a necessary condition, by its characters."""
        edges = {text[:1], text[-1:]} - {"*", "?", ""}
        return bool(text) and edges <= self.ends and self.is_part(text.replace("*", "").replace("?", ""))

    def is_part(self, text: str) -> bool:
        """Whether a text can stand in one of them."""
        return self.inside.issuperset(text)


class Type(msgspec.Struct, frozen=True):
    kind: Literal["any", "text", "number", "boolean", "list", "record"]
    vocabulary: Vocabulary | None = None
    """Of a text: the words that it can be."""
    element: Type | None = None
    """Of a list; None = anything."""
    fields: Mapping[str, Type] = {}
    """Of a record."""
    day: bool = False
    """Of a text: whether it is a day, as ISO 8601 writes it."""
    holds: bool = False
    """Of a text: it is never empty, so that as a condition it holds whatever it says."""
    shape: Shape | None = None
    """Of a text: what it looks like."""
    written: bool = False
    """The rule itself writes it out, so that beside words of a vocabulary it can only be meant as one of them."""


ANY: Final = Type("any")
TEXT: Final = Type("text")
DAY: Final = Type("text", day=True)
NUMBER: Final = Type("number")
BOOLEAN: Final = Type("boolean")


_WRITTEN_TEXT: Final = Type("text", written=True)
_NOTHING: Final = Type("any", written=True)
"""Of null, and of an element of an empty list: it says nothing of the values beside it."""


def type_of(value: object) -> Type:
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, (int, float)):
        return NUMBER
    if isinstance(value, str):
        return _WRITTEN_TEXT
    return _NOTHING if value is None else ANY


def common(kinds: Iterable[Type]) -> Type:
    """The type that all of several values have, ANY where they differ; words beside words join their vocabularies."""
    found = [kind for kind in kinds if kind != _NOTHING]
    if not found:
        return _NOTHING
    names = {kind.kind for kind in found}
    if names == {"text"}:
        return _join_texts([kind for kind in found if not kind.written])
    if names == {"list"}:
        return Type("list", element=common(kind.element or ANY for kind in found))
    if all(kind == found[0] for kind in found):
        return found[0]
    return _mixed(found) if names <= {"text", "number", "boolean", "any"} else ANY


def _mixed(kinds: list[Type]) -> Type:
    """Words or something else, such as what `and` and `or` hand on: a text among them can only be such a word."""
    texts = [kind for kind in kinds if kind.kind == "text" or kind.vocabulary is not None]
    if any(kind.kind == "any" for kind in kinds if kind not in texts):
        return ANY
    vocabulary = _join_texts([kind for kind in texts if not kind.written]).vocabulary
    return ANY if vocabulary is None else Type("any", msgspec.structs.replace(vocabulary, mixed=True))


def _join_texts(kinds: list[Type]) -> Type:
    if not kinds:
        return _WRITTEN_TEXT
    vocabularies = [kind.vocabulary for kind in kinds if kind.vocabulary is not None]
    if len(vocabularies) < len(kinds):
        return TEXT
    unique = list({vocabulary.name: vocabulary for vocabulary in vocabularies}.values())
    return Type("text", unique[0] if len(unique) == 1 else _joined(unique))


def _joined(vocabularies: list[Vocabulary]) -> Vocabulary:
    return Vocabulary(
        " or ".join(vocabulary.name for vocabulary in vocabularies),
        LazyWords(lambda: (word for vocabulary in vocabularies for word in vocabulary.words)),
        {old: new for vocabulary in vocabularies for old, new in vocabulary.aliases.items()},
        any(vocabulary.in_parts for vocabulary in vocabularies),
        any(vocabulary.mixed for vocabulary in vocabularies),
    )


class WordParameter(msgspec.Struct, frozen=True):
    """A parameter that must be written out: a word of a vocabulary."""

    vocabulary: Vocabulary


class ValueParameter(msgspec.Struct, frozen=True):
    """A parameter that is one value, of a vocabulary where there is one."""

    vocabulary: Vocabulary | None = None


class DayParameter(msgspec.Struct, frozen=True):
    """A parameter that is a day, as an ISO 8601 text."""


class PathParameter(msgspec.Struct, frozen=True):
    """A parameter that must be a path written out, which names something and does not read it."""

    check: Callable[[str], None]
    """Raises `UnknownPath` for a path that cannot stand here."""
    example: str


Parameter = Union[WordParameter, ValueParameter, DayParameter, PathParameter]


class Signature(msgspec.Struct, frozen=True):
    """What a domain operator takes and gives."""

    parameters: tuple[Parameter, ...]
    result: Type


class UnknownPath(ValueError):
    """A path that the data model does not have; carries the advice."""


class Dialect(msgspec.Struct, frozen=True):
    """A language that rules are checked against."""

    arities: Mapping[str, tuple[int, int | None]]
    """Of every operator: the fewest and the most arguments, None = any number."""
    signatures: Mapping[str, Signature]
    """Of the domain operators."""
    path: Callable[[str], Type]
    """The type of a `var` path; raises `UnknownPath`."""
    roots: frozenset[str]
    """First steps of the paths of the outermost data."""
    no_default_under: frozenset[str] = frozenset()
    """Roots under which a `var` may not have a default."""
    refused: Mapping[str, str] = {}
    """Operators that cannot stand here, and why; they may be none of this language."""
    rewrite: Callable[[Node], Node] | None = None
    """What a rule without mistakes becomes before it is evaluated."""
    demands: Mapping[str, Callable[..., tuple[Node, Type]]] = {}
    """Operators that demand something else of their arguments here than elsewhere; each as `checking.Demand`."""


class RuleProblem(msgspec.Struct, frozen=True):
    """A mistake in a rule."""

    place: Place
    title: str
    help: str
    at_key: bool = False
    """The mistake is the name of the operation at `place`, not its arguments."""
