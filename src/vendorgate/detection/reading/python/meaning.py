"""Calls that only hand on a value, of the language and of what everybody uses: they mean that value.

In: a call with its values. Out: the value that it comes to; None for every other call, which stays a call. What is
known here is where settings come from and how texts are put together; no vendor is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from ...code import (
    UNKNOWN,
    Call,
    Either,
    Environment,
    Import,
    Items,
    Joined,
    Made,
    Mapping,
    Path,
    Reference,
    Text,
    Unknown,
    Value,
)
from .sheet import Sheet
from .texts import clean, formatted, separated, slashed

ENVIRONMENTS: Final = frozenset(
    {("os", "environ"), ("os", "environb"), ("google", "colab", "userdata"), ("streamlit", "secrets")}
)
"""What holds variables of the environment by their names; hosted notebooks and applications keep theirs elsewhere."""
READERS: Final = frozenset({("os", "getenv"), ("os", "getenvb"), ("decouple", "config")})
READER_MAKERS: Final = frozenset(
    {
        ("environs", "Env"),
        ("environ", "Env"),
        ("starlette", "config", "Config"),
        ("decouple", "Config"),
        ("decouple", "AutoConfig"),
    }
)
"""What they make is called with the name of a variable."""
READER: Final = "<reader of the environment>"
"""The origin of a name that was given such a one."""
_IMPORTERS: Final = frozenset(
    {("importlib", "import_module"), ("import_module",), ("__import__",), ("pytest", "importorskip")}
)
_SLASHED: Final = frozenset({("urljoin",), ("path", "join"), ("posixpath", "join"), ("op", "join"), ("osp", "join")})
_THE_SAME: Final = {
    "str": 0,
    "cast": 1,
    "SecretStr": 0,
    "URL": 0,
    "HttpUrl": 0,
    "AnyUrl": 0,
    "AnyHttpUrl": 0,
    "list": 0,
    "tuple": 0,
    "set": 0,
    "frozenset": 0,
    "sorted": 0,
    "deepcopy": 0,
}
"""Functions that give back what one of their arguments says."""
_SAME_TEXT: Final = frozenset({"strip", "lstrip", "rstrip", "lower", "casefold", "encode", "decode", "copy"})
"""Methods that change nothing about where a text leads."""
_CALLED_LATER: Final = {
    "partial": 0,
    "to_thread": 0,
    "submit": 0,
    "run_in_executor": 1,
    "run_in_threadpool": 0,
    "run_sync": 0,
}
"""Functions that call one of their arguments with those after it."""

Meaning: TypeAlias = Callable[[Sheet, Call, Value], "Value | None"]


def meaning(sheet: Sheet, call: Call, base: Value) -> Value | None:
    """What a call comes to; `base` is what its method is called on, `UNKNOWN` for a function."""
    path = sheet.origin(call.path) if call.receiver is None else call.path
    read = _environment(sheet, path, call) if call.receiver is None else None
    if read is not None:
        return read
    if path in _IMPORTERS:
        _import(sheet, call)
        return None
    if path[-2:] in _SLASHED or path[-1:] in _SLASHED:
        return slashed(call.positional)
    found = _TABLE.get(path[-1])
    return found(sheet, call, base) if found else None


def _environment(sheet: Sheet, path: Path, call: Call) -> Value | None:
    """A variable that is read by a function, or by a method of what holds them."""
    reads = path in READERS or path[0] == READER or (path[:-1] in ENVIRONMENTS and path[-1] in _METHODS)
    if path in {("os", "environ", "update")}:
        _set_many(sheet, call)
    if not reads:
        return None
    name = named_variable(sheet, call.positional[0] if call.positional else call.argument("key", "option", "var"))
    if name is None:
        return None
    default = call.positional[1] if len(call.positional) > 1 else call.argument("default")
    if path[-1] == "setdefault" and default is not None:
        sheet.assign(("os", "environ", name), default, call.place)
    return sheet.variable(name, call.place, default)


_METHODS: Final = frozenset({"get", "pop", "setdefault", "__getitem__"})


def _set_many(sheet: Sheet, call: Call) -> None:
    entries = [entry for value in call.positional if isinstance(value, Mapping) for entry in value.entries]
    for name, value in (*entries, *call.named):
        sheet.environment.append((name, call.place))
        sheet.assign(("os", "environ", name), value, call.place)


def named_variable(sheet: Sheet, value: Value | None) -> str | None:
    """The name of a variable, written there or kept under another name in the file."""
    if isinstance(value, Reference):
        value = sheet.known(value.path)
    return value.value if isinstance(value, Text) and value.value else None


def _import(sheet: Sheet, call: Call) -> None:
    if call.positional and isinstance(call.positional[0], Text):
        sheet.dynamic[id(call)] = len(sheet.imports)
        sheet.imports.append(Import(call.positional[0].value, call.place, (), sheet.where.types_only))


def _the_same(sheet: Sheet, call: Call, base: Value) -> Value | None:
    at = _THE_SAME[call.path[-1]]
    plain = call.receiver is None and len(call.path) <= 2 and at < len(call.positional)
    return call.positional[at] if plain and len(call.positional) == at + 1 else None


def _same_text(sheet: Sheet, call: Call, base: Value) -> Value | None:
    if not all(isinstance(one, Text) for one in call.positional):
        return None
    if isinstance(base, (Text, Joined, Environment, Either, Mapping)):
        return Text(base.value.strip()) if isinstance(base, Text) and call.path[-1].endswith("strip") else base
    return Reference(call.path[:-1]) if call.receiver is None and len(call.path) > 1 and call.path[0] else None


def _format(sheet: Sheet, call: Call, base: Value) -> Value | None:
    return formatted(base.value, call.positional, dict(call.named)) if isinstance(base, Text) else None


def _join(sheet: Sheet, call: Call, base: Value) -> Value | None:
    if not isinstance(base, Text) or len(call.positional) != 1:
        return None
    return separated(base.value, call.positional[0])


def _get(sheet: Sheet, call: Call, base: Value) -> Value | None:
    """`table.get(key, default)`; of what is no dictionary here, only with both, which is hardly anything else."""
    whole = sheet.known(call.path[:-1]) if isinstance(base, Reference) else base
    if isinstance(whole, Mapping) and call.positional:
        return pick(whole, call.positional[0], call.positional[1:2])
    if call.receiver is not None or len(call.positional) != 2 or call.named or call.path[0] in sheet.origins:
        return None
    key, default = call.positional
    if not isinstance(key, Text) or not key.value.isidentifier():
        return None
    return either((Reference((*call.path[:-1], key.value)), default))


def pick(whole: Value, key: Value, default: Sequence[Value] = ()) -> Value:
    """The value under a key; one of all where the key is not known."""
    if isinstance(whole, Mapping):
        if isinstance(key, Text):
            found = whole.get(key.value)
            return found if found is not None else default[0] if default else UNKNOWN
        return either((*(value for _, value in whole.entries), *default))
    values = whole.values if isinstance(whole, Items) else ()
    at = getattr(key, "value", None)
    if isinstance(at, int):
        return values[at] if -len(values) <= at < len(values) else UNKNOWN
    return either(values)


def either(options: Sequence[Value]) -> Value:
    """One of several; options of options are options."""
    flat = [one for option in options for one in (option.options if isinstance(option, Either) else (option,))]
    if all(isinstance(one, Unknown) for one in flat):
        return UNKNOWN
    return Either(tuple(flat)) if len(flat) > 1 else flat[0]


def _walked(sheet: Sheet, call: Call, base: Value) -> Value | None:
    """The entries, keys or values of a dictionary of the file."""
    whole = sheet.known(call.path[:-1]) if isinstance(base, Reference) else base
    if not isinstance(whole, Mapping) or call.positional:
        return None
    match call.path[-1]:
        case "keys":
            return Items(tuple(Text(key) for key, _ in whole.entries))
        case "values":
            return Items(tuple(value for _, value in whole.entries))
        case _:
            return Items(tuple(Items((Text(key), value)) for key, value in whole.entries))


def _numbered(sheet: Sheet, call: Call, base: Value) -> Value | None:
    """`enumerate(items)`."""
    whole = call.positional[0] if call.positional else UNKNOWN
    whole = sheet.known(whole.path) if isinstance(whole, Reference) else whole
    return Items(tuple(Items((UNKNOWN, value)) for value in whole.values)) if isinstance(whole, Items) else None


def _dictionary(sheet: Sheet, call: Call, base: Value) -> Value | None:
    if call.receiver is not None or len(call.path) != 1:
        return None
    entries: list[tuple[str, Value]] = []
    for value in call.positional:
        if isinstance(value, Mapping):
            entries += value.entries
        elif isinstance(value, Items):
            entries += [(clean(key.value), one) for key, one in map(_pair, value.values) if isinstance(key, Text)]
        else:
            entries.append(("**", value))
    return Mapping((*entries, *call.named))


def _pair(value: Value) -> tuple[Value, Value]:
    if isinstance(value, Items) and len(value.values) == 2:
        return value.values[0], value.values[1]
    return UNKNOWN, UNKNOWN


def _attribute(sheet: Sheet, call: Call, base: Value) -> Value | None:
    """`getattr(x, "name", default)`."""
    if call.receiver is not None or len(call.path) != 1 or len(call.positional) < 2:
        return None
    whole, name = call.positional[:2]
    if not isinstance(whole, Reference) or not isinstance(name, Text):
        return None
    path = (*whole.path, name.value)
    found = Reference(path[1:] if path[0] in sheet.where.me else path)
    return either((found, *call.positional[2:3]))


def _called_later(sheet: Sheet, call: Call, base: Value) -> Value | None:
    """`functools.partial(f, x=1)` makes what `f(x=1)` makes; a thread or an executor calls its function."""
    at = _CALLED_LATER[call.path[-1]]
    target = call.positional[at] if at < len(call.positional) else UNKNOWN
    if not isinstance(target, Reference):
        return None
    made = Call(target.path, call.place, call.positional[at + 1 :], call.named, None, call.conditional)
    sheet.calls.append(made)
    return Made(made) if call.path[-1] in {"partial", "to_thread"} else None


def _depends(sheet: Sheet, call: Call, base: Value) -> Value | None:
    """What a web framework calls for a parameter."""
    if len(call.path) != 1 or len(call.positional) != 1 or not isinstance(call.positional[0], Reference):
        return None
    return Made(Call(call.positional[0].path, call.place))


_TABLE: Final[dict[str, Meaning]] = {
    **dict.fromkeys(_THE_SAME, _the_same),
    **dict.fromkeys(_SAME_TEXT, _same_text),
    **dict.fromkeys(_CALLED_LATER, _called_later),
    "format": _format,
    "join": _join,
    "get": _get,
    "items": _walked,
    "keys": _walked,
    "values": _walked,
    "enumerate": _numbered,
    "dict": _dictionary,
    "getattr": _attribute,
    "Depends": _depends,
}
