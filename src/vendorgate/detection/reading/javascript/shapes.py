"""What expressions of scripts come to, whoever reads them.

In: values. Out: a value: texts joined, one of several, a member, a variable of the environment.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ...code import UNKNOWN, Either, Environment, Items, Joined, Mapping, Path, Reference, Scalar, Text, Value

ENVIRONMENTS: Final = frozenset((("process", "env"), ("import", "meta", "env"), ("Bun", "env")))
"""Where the variables of the environment are found; `Deno.env.get` is a call."""
GLOBALS: Final = frozenset(("globalThis", "window", "global", "self"))
NOTHING: Final = Scalar(None)
COMPUTED: Final = "*"
"""The step of a path that is computed: `clients[name].chat`."""
CALLED: Final = "__call__"
"""The step of what a call returns and that is called at once: `provider({})("gpt-5.2")`."""
UNTOLD: Final = ""
"""The first step of a path that begins with something that has no name: `(a ?? b).chat`."""
SPREAD: Final = "**"
"""The key of what is spread and not known: `{...options}`."""
DEEPEST: Final = 40
"""How deep a value may nest; what is deeper is not known."""
MOST_DEFAULTS: Final = 16
"""How many defaults of defaults are followed."""
MOST_FLAT: Final = 200
"""How much is taken from one level into the one around it, so that no text is copied once for each level."""


def joined(parts: Iterable[Value]) -> Value:
    """Texts one after the other, those that are known as one."""
    flat: list[Value] = []
    known: list[str] = []
    for part in parts:
        for one in part.parts if isinstance(part, Joined) and len(part.parts) <= MOST_FLAT else (part,):
            if isinstance(one, Text):
                known.append(one.value)
                continue
            flat += _known(known)
            known = []
            flat.append(one)
    flat += _known(known)
    if not flat:
        return Text("")
    return flat[0] if len(flat) == 1 and isinstance(flat[0], Text) else Joined(tuple(flat))


def _known(texts: list[str]) -> tuple[Text, ...]:
    text = "".join(texts)
    return (Text(text),) if text else ()


def either(options: Iterable[Value]) -> Value:
    """One of several, without levels."""
    flat: list[Value] = []
    for option in options:
        flat += option.options if isinstance(option, Either) and len(option.options) <= MOST_FLAT else (option,)
    return flat[0] if len(flat) == 1 else Either(tuple(flat))


def first_of(options: list[Value]) -> Value:
    """What `a || b` and `a ?? b` come to: what follows a variable of the environment is its default."""
    rest = options[-1:]
    defaults = 0
    for option in reversed(options[:-1]):
        if isinstance(option, Environment) and option.default is None and defaults < MOST_DEFAULTS:
            rest = [Environment(option.name, either(reversed(rest)))]
            defaults += 1
        else:
            rest.append(option)
    return either(reversed(rest))


def member(value: Value, step: str | int) -> Value:
    """A member of something, as destructuring takes it out."""
    if isinstance(value, Reference) and step != -1:
        return reference((*value.path, str(step)))
    if isinstance(value, Mapping) and isinstance(step, str):
        found = value.get(step)
        return found if found is not None else UNKNOWN
    if isinstance(value, Items) and isinstance(step, int) and 0 <= step < len(value.values):
        return value.values[step]
    return UNKNOWN


def reference(path: Path) -> Value:
    """What a path says: a variable of the environment, a reference, or nothing where it begins with no name."""
    if (name := environment_of(path)) is not None:
        return Environment(name) if len(path) == _depth(path) else UNKNOWN
    if not path or path[0] == UNTOLD:
        return UNKNOWN
    return Reference(path)


def _depth(path: Path) -> int:
    return (4 if path[0] == "import" else 3) + (path[0] in GLOBALS)


def environment_of(path: Path) -> str | None:
    """The variable of the environment that a path names, or a member of which it names."""
    if path and path[0] in GLOBALS:
        path = path[1:]
    for length in (2, 3):
        if len(path) > length and path[:length] in ENVIRONMENTS and path[length] != COMPUTED:
            return path[length]
    return None


def spread_into(entries: list[tuple[str, Value]], value: Value, *, sometimes: bool) -> None:
    """Add to an object's entries what is spread there, perhaps only `sometimes`."""
    options = value.options if isinstance(value, Either) else (value,)
    sometimes = sometimes or len(options) > 1
    for option in options:
        if isinstance(option, Mapping) and len(option.entries) <= MOST_FLAT:
            entries += ((key, either((one, NOTHING)) if sometimes else one) for key, one in option.entries)
        elif not isinstance(option, Scalar):
            entries.append((SPREAD, option))
