"""What a language's tokens mean: roles of words, signs of assignments and arguments, what well-known calls return.

In: nothing. Out: `Grammar`, a table that each language fills and the parser is driven by.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

from ...code import Language, Path
from .lexicon import Lexicon

Role: TypeAlias = Literal[
    "block",  # its block runs: loops, try
    "branch",  # its block or statement runs or does not
    "case",  # a pattern follows, then what is done
    "cases",  # arms follow in braces, one of which is done
    "cast",  # a type follows
    "class",  # a name follows, then members
    "declare",  # names follow that get values
    "either",  # the other value, where the first is nothing
    "else",
    "end",
    "equals",  # a value follows, as behind `=`
    "false",
    "function",  # a name may follow, then parameters, then a body
    "ignored",  # says nothing that counts
    "import",
    "infix",  # between two values
    "new",
    "null",
    "return",
    "test",  # a type follows, and the value is whether it is one
    "true",
]
"""What a keyword does."""
Style: TypeAlias = Literal["type first", "name first", "colon"]
"""`String x`, `x string` or `x: String`."""
Braces: TypeAlias = Literal["literal", "initializer", "lambda", "class", "none"]
"""What braces behind a name are: `T{A: x}`, `new T { A = x }`, `f { … }`, `new T() { members }`, or nothing of it."""
Bare: TypeAlias = Literal["items", "lambda", "block"]
"""What braces are where a value is expected."""
Reads: TypeAlias = Literal["read", "set"]
Collects: TypeAlias = Literal["items", "pairs", "literal"]


class Grammar(msgspec.Struct, frozen=True, kw_only=True):
    """A language, as the parser sees it."""

    language: Language
    lexicon: Lexicon
    words: Mapping[str, Role]
    newlines: bool = False
    """Whether a line's end ends a statement."""
    continues: frozenset[str] = frozenset()
    """What at a line's beginning goes on with the line before."""
    steps: frozenset[str] = frozenset({"."})
    """Signs before a member."""
    separators: str = "."
    """What a path's names are split at: these characters, and blanks."""
    own: frozenset[str] = frozenset({"this"})
    """The words for the object itself, which are left out of paths."""
    style: Style = "type first"
    names: frozenset[str] = frozenset()
    """Signs between an argument's name and its value."""
    lambdas: frozenset[str] = frozenset()
    """Signs between a lambda's parameters and what it comes to."""
    either: frozenset[str] = frozenset()
    sums: frozenset[str] = frozenset({"+"})
    braces: Braces = "none"
    bare: Bare = "block"
    methods: bool = False
    """Whether `T f(…) {` defines a function without a word for it."""
    by_words: bool = False
    """Whether blocks end with `end`, and arguments may stand without parentheses."""
    shorthand: bool = False
    """Whether `T { a }` is `T { a: a }`, and `let … else` a statement."""
    defining: frozenset[Path] = frozenset()
    """Calls that give a name, their first argument, a value, their second."""
    bars: bool = False
    """Whether `|x|` are a lambda's parameters."""
    new_alone: bool = False
    """Whether `new A` is a call without round brackets."""
    question_is_postfix: bool = False
    tail_returns: bool = False
    """Whether the last value of a function is what it returns."""
    index_calls: bool = False
    """Whether `x["a"]` counts as a call of `x`: nobody can tell an indexer from a dictionary."""
    environment: Mapping[Path, Reads] = {}
    """Calls, by what they end with, whose first argument names a variable of the environment."""
    environment_maps: frozenset[Path] = frozenset()
    """What is indexed by the names of variables."""
    wrappers: frozenset[str] = frozenset()
    """Last names of calls that stand for their only argument."""
    transparent: frozenset[str] = frozenset()
    """Methods that stand for what they are called on."""
    defaults: frozenset[str] = frozenset()
    """Methods whose argument counts where there is nothing."""
    firsts: Mapping[Path, bool] = {}
    """Calls that come to the first of their arguments that is something."""
    formats: Mapping[Path, str] = {}
    """Calls that put values into a text: how the places look, `%`, `{}` or `{0}`."""
    collections: Mapping[Path, Collects] = {}
    """What looks like a call and makes a list, a mapping of keys and values in turn or with `to` between, or either."""
    lazy: frozenset[str] = frozenset()
    """Calls that stand for what their lambda comes to."""
