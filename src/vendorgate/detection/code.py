"""What a source file says, whatever its language: imports, assignments, calls and texts.

In: nothing. Out: `Code`, which every reader of `reading` makes and `routing` reads. It is what an honest reader sees
at a glance: no types, no flow; what a reader cannot tell is `UNKNOWN`, never a guess. `self` and `this` are left out
of paths.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

Language: TypeAlias = Literal["python", "javascript", "go", "java", "csharp", "ruby", "rust", "php"]
"""As signatures name them: TypeScript counts as javascript, Kotlin as java."""

Path: TypeAlias = tuple[str, ...]
"""A reference as written, step by step: `("client", "chat", "completions", "create")`."""


class Place(msgspec.Struct, frozen=True, order=True):
    """A line and a column of the file; both count from 1."""

    line: int
    column: int


class Text(msgspec.Struct, frozen=True, tag=True):
    """A text that stands there."""

    value: str


class Scalar(msgspec.Struct, frozen=True, tag=True):
    """A number, true, false, or nothing."""

    value: bool | int | float | None


class Reference(msgspec.Struct, frozen=True, tag=True):
    """A variable, a constant or an attribute."""

    path: Path


class Environment(msgspec.Struct, frozen=True, tag=True):
    """A variable of the environment."""

    name: str
    default: Value | None = None
    """What counts where it is not set; None where nothing is said."""


class Joined(msgspec.Struct, frozen=True, tag=True):
    """Texts one after the other: a template, a sum, a formatted text."""

    parts: tuple[Value, ...]


class Either(msgspec.Struct, frozen=True, tag=True):
    """One of several: `a or b`, `a ?? b`, `c ? a : b`. The order is as written."""

    options: tuple[Value, ...]


class Items(msgspec.Struct, frozen=True, tag=True):
    """A list, a tuple or a set."""

    values: tuple[Value, ...]


class Mapping(msgspec.Struct, frozen=True, tag=True):
    """An object, a dictionary, a literal of a struct: keys as written, with their values."""

    entries: tuple[tuple[str, Value], ...]

    def get(self, name: str) -> Value | None:
        """The value of a key; the last one counts."""
        return next((value for key, value in reversed(self.entries) if key == name), None)


class Made(msgspec.Struct, frozen=True, tag=True):
    """What a call returns."""

    call: Call


class Unknown(msgspec.Struct, frozen=True, tag=True):
    """Something that a reader cannot tell."""


Value: TypeAlias = Text | Scalar | Reference | Environment | Joined | Either | Items | Mapping | Made | Unknown
UNKNOWN: Final = Unknown()


class Call(msgspec.Struct, frozen=True):
    """One call: `client.chat.completions.create(model="gpt-5.2")`, `new OpenAI({baseURL})`, `openai.NewClient(...)`."""

    path: Path
    """What is called, as written; without `new`. Where `receiver` is there: from it on."""
    place: Place
    positional: tuple[Value, ...] = ()
    """`Unknown` where something is spread."""
    named: tuple[tuple[str, Value], ...] = ()
    """Keyword arguments, in their order; of Ruby also those of a trailing hash. An object that is passed is
    positional."""
    receiver: Call | None = None
    """The call on whose result it is called: `OpenAI().chat.completions.create()`,
    `Client.builder().apiKey(k).build()`."""
    conditional: bool = False
    """Whether it stands in a branch: if, else, switch, match, when, catch."""

    def argument(self, *names: str) -> Value | None:
        """The value of the first of these names: a keyword, or a key of an object that is passed."""
        objects = [value for value in self.positional if isinstance(value, Mapping)]
        for name in names:
            for key, value in self.named:
                if key == name:
                    return value
            for passed in objects:
                if (found := passed.get(name)) is not None:
                    return found
        return None


class Import(msgspec.Struct, frozen=True):
    """One module that a file imports."""

    module: str
    """As written: `openai`, `./config`, `..settings`, `github.com/sashabaranov/go-openai`, `Azure.AI.OpenAI`."""
    place: Place
    names: tuple[tuple[str, str], ...] = ()
    """What is imported of it, and how it is called here: `("OpenAI", "OpenAI")`, `("default", "Client")`, `("*", "ai")`
    for the module as a whole. Empty where the language binds no name (C#'s `using`, Ruby's `require`, Java's `import
    x.*`)."""
    types_only: bool = False
    """Whether only types are imported, which leave nothing behind at run time."""


class Assignment(msgspec.Struct, frozen=True):
    """A name gets a value: variables, constants, attributes, fields, defaults of parameters, class attributes."""

    path: Path
    """`("client",)`, `("config", "BaseURL")`; `self.client = …` is `("client",)`."""
    value: Value
    place: Place
    owner: str = ""
    """The class, object, module or enumeration whose member it is; empty for others."""
    function: str = ""
    """The function, with its class before it and a dot between, in which it stands; empty outside of functions."""
    is_default: bool = False
    """Whether it is the default of a parameter."""
    conditional: bool = False
    """Whether it stands in a branch, so that what was given before may still count."""


class Written(msgspec.Struct, frozen=True):
    """A text that stands in the code: of a call, an assignment or anywhere else; comments and documentation are
    none."""

    value: str
    """Of a template with parts that are not known, the parts are `\\0`."""
    place: Place


class Function(msgspec.Struct, frozen=True):
    """A function that the file defines."""

    name: str
    """With its class before it and a dot between."""
    parameters: tuple[str, ...]
    returns: tuple[Value, ...]
    place: Place


class Code(msgspec.Struct, frozen=True):
    """All that routing wants to know of a source file, in the order of the file."""

    language: Language
    imports: tuple[Import, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    calls: tuple[Call, ...] = ()
    """Every call, also those inside of others' arguments and receivers."""
    literals: tuple[Written, ...] = ()
    functions: tuple[Function, ...] = ()
    environment: tuple[tuple[str, Place], ...] = ()
    """Variables of the environment that are read or set, with where."""
    exact: bool = True
    """Whether a parser of the language read it, not only its tokens."""
