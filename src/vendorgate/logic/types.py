"""What the checker knows of a value before it exists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal, Union

import msgspec

from .tree import Place


class Vocabulary(msgspec.Struct, frozen=True):
    """A closed set of words."""

    name: str
    """What one of them is called, with its article: "a data class"."""
    words: frozenset[str]
    aliases: Mapping[str, str] = {}
    """Other spellings, and the words they stand for."""


class Type(msgspec.Struct, frozen=True):
    kind: Literal["any", "text", "number", "boolean", "list", "record"]
    vocabulary: Vocabulary | None = None
    """Of a text: the words that it can be."""
    element: Type | None = None
    """Of a list; None = anything."""
    fields: Mapping[str, Type] = {}
    """Of a record."""
    written: bool = False
    """The rule itself writes it out, so that beside words of a vocabulary it can only be meant as one of them."""


ANY: Final = Type("any")
TEXT: Final = Type("text")
NUMBER: Final = Type("number")
BOOLEAN: Final = Type("boolean")


class Word(msgspec.Struct, frozen=True):
    """A parameter that must be written out: a word of a vocabulary."""

    vocabulary: Vocabulary


class Scalar(msgspec.Struct, frozen=True):
    """A parameter that is one value, of a vocabulary where there is one."""

    vocabulary: Vocabulary | None = None


class Date(msgspec.Struct, frozen=True):
    """A parameter that is a day, as an ISO 8601 text."""


Parameter = Union[Word, Scalar, Date]


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
    """Operators that cannot stand here, and why."""


class RuleProblem(msgspec.Struct, frozen=True):
    """A mistake in a rule."""

    place: Place
    title: str
    help: str
    at_key: bool = False
    """The mistake is the name of the operation at `place`, not its arguments."""
