"""Every mistake of a document that is not what it should be.

In: plain values and the model they should make. Out: problems with places, and what could be read.
Asked only when decoding failed; the types it walks are those that decode, so that the two cannot disagree.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

import msgspec
from msgspec import inspect

from ..errors import Problem, enough
from ..logic import Json
from ..logic.functions import is_glob
from ..logic.nearest import suggestion
from ..model.text import is_blank
from ..source import Path
from .document import Document
from .plain_names import not_plain
from .scalars import Unreadable

T = TypeVar("T")
_UNREAD: Final = object()
"""What stands for a value that could not be read."""


_INSTEAD_OF_A_GLOB: Final = {"features": "name each by itself", "vendor": "write the name without `*` and `?`"}
"""Of fields that cannot be left out to say that nothing is known."""


class _Enough(Exception):
    """More mistakes than anybody would read."""


def diagnose(document: Document, type: type[T], first: str, no_day: datetime.date, problems: list[Problem]) -> T | None:
    """Report every mistake.

    `first` is what the decoder said, in case that it dislikes something that nobody here knows;
    `no_day` stands for a day that cannot be read.
    """
    before = len(problems)
    try:
        readable = _Walk(document, no_day, problems).value(document.value, inspect.type_info(type), ())
    except _Enough:
        return None
    if first and len(problems) == before:
        problems.append(Problem(first, document.source.locate(), "correct it", document.source))
    return None if readable is _UNREAD else cast(T, readable)


class _Walk(msgspec.Struct, frozen=True):
    document: Document
    no_day: datetime.date
    problems: list[Problem]

    def report(self, path: Path, title: str, help: str, *, key: bool = False) -> None:
        location = self.document.source.locate(path, key=key)
        self.problems.append(Problem(title, location, help, self.document.source))
        if enough(self.problems):
            raise _Enough

    def value(self, value: Json, declared: inspect.Type, path: Path) -> object:
        """What can be read of a value as a type."""
        type, description = _plain(_member(value, declared))
        row = _ROWS[type.__class__]
        if isinstance(value, Unreadable) and not isinstance(type, inspect.AnyType):
            return _UNREAD
        if not row.fits(value, type):
            self.mismatch(value, declared, path)
            return _UNREAD
        return row.read(self, value, type, path, description)

    def mismatch(self, value: Json, type: inspect.Type, path: Path) -> None:
        subject = f"`{path[-1]}`" if path and isinstance(path[-1], str) else "this entry" if path else "the file"
        expected = _expected(type)
        if value is None:
            self.report(path, f"{subject} has no value", f"write {expected}")
            return
        found, written = _found(value), self.written(path)
        takes_text = any(isinstance(_plain(member)[0], inspect.StrType) for member in _members(type))
        quote = takes_text and isinstance(value, (bool, int, float))
        shown = found if isinstance(value, (dict, list)) else f"{found} {written}"
        alone = isinstance(value, str) and _takes_words(type) and _PLAIN_WORDS.fullmatch(written)
        help = f'quote it: "{written}"' if quote else f"write {expected}{f': [{written}]' if alone else ''}"
        self.report(path, f"{subject} must be {expected}, and this is {shown}", help)

    def written(self, path: Path) -> str:
        """The text of a scalar as it stands in the file."""
        place = self.document.source.locate(path)
        line = self.document.source.line(place.line)
        return line[place.column - 1 : place.column - 1 + min(place.width, 40)]

    def struct(self, value: dict[str, Json], type: inspect.StructType, path: Path, description: str) -> object:
        fields = {field.encode_name: field for field in type.fields}
        for name in value:
            if name not in fields and not isinstance(name, Unreadable):
                self.report((*path, name), f"unknown key `{name}`", suggestion(name, fields), key=True)
        read = {field.name: self.field(value, field, path) for field in type.fields}
        return type.cls(**{name: entry for name, entry in read.items() if entry is not _UNREAD})

    def field(self, value: dict[str, Json], field: inspect.Field, path: Path) -> object:
        """What can be read of a field; nothing at all where it may be left out and nothing else can stand for it."""
        name = field.encode_name
        if name not in value:
            if not field.required:
                return _UNREAD
            self.report(path, f"`{name}` is missing", f"add `{name}`, {_expected(field.type)}")
            return self.nothing(field.type)
        if value[name] is None and not field.required and not _takes_null(field.type):
            self.report((*path, name), f"`{name}` has no value", f"write {_expected(field.type)}, or leave it out")
            return _UNREAD
        read = self.value(value[name], field.type, (*path, name))
        return self.nothing(field.type, required=field.required) if read is _UNREAD else read

    def sequence(self, value: list[Json], type: inspect.VarTupleType, path: Path, description: str) -> object:
        if len(value) < (type.min_length or 0):
            self.report(path, f"`{path[-1]}` is empty", "name at least one")
        read = [self.value(entry, type.item_type, (*path, index)) for index, entry in enumerate(value)]
        return tuple(self.nothing(type.item_type) if entry is _UNREAD else entry for entry in read)

    def mapping(self, value: dict[str, Json], type: inspect.DictType, path: Path, description: str) -> object:
        if len(value) < (type.min_length or 0):
            self.report(path, f"`{path[-1]}` is empty", "name at least one")
        words = _words(type.key_type)
        read: dict[str, object] = {}
        for name, entry in value.items():
            if isinstance(name, Unreadable):
                continue
            if _is_refused(name, type.key_type):
                self.report((*path, name), "a blank key", "name it", key=True)
            elif not words or name in words:
                read[name] = self.value(entry, type.value_type, (*path, name))
            else:
                self.report((*path, name), f"unknown key `{name}`", suggestion(name, words), key=True)
        return {name: entry for name, entry in read.items() if entry is not _UNREAD}

    def text(self, value: str, type: inspect.StrType, path: Path, description: str) -> object:
        if type.pattern is None or re.search(type.pattern, value):
            return value
        what, _, spelling = description.partition(": ")
        if what:
            self.report(path, f"`{value}` is not {what}", f"write {spelling or what}")
        elif is_blank(value):
            self.report(path, f"{'a blank' if value else 'an empty'} text", "write something")
        elif not is_glob(value):
            self.report(path, *not_plain(value))
        else:
            axis = next((step for step in reversed(path) if isinstance(step, str)), "")
            help = _INSTEAD_OF_A_GLOB.get(axis, f"name each by itself, or leave `{axis}` out: unknown")
            self.report(path, f"`{value}` is a glob, and `{axis}` takes names", help)
        return ""

    def literal(self, value: Json, type: inspect.LiteralType, path: Path, description: str) -> object:
        if value in type.values:
            return value
        name = next((step for step in reversed(path) if isinstance(step, str)), "")
        advice = suggestion(str(value), map(str, type.values))
        self.report(path, f"`{value}` is not a value of `{name}`", advice)
        return _UNREAD

    def date(self, value: str, type: inspect.DateType, path: Path, description: str) -> object:
        try:
            return msgspec.convert(value, datetime.date)
        except msgspec.ValidationError:
            self.report(path, f"`{value}` is not a day", "write a day that exists as YYYY-MM-DD")
            return _UNREAD

    def number(self, value: int, type: inspect.IntType, path: Path, description: str) -> object:
        if type.ge is not None and value < type.ge:
            self.report(path, f"{value} is less than {type.ge}", f"write {type.ge} or more")
        if type.le is not None and value > type.le:
            self.report(path, f"a number of more than {type.le}", f"write {type.le} or less")
        return value

    def accept(self, value: Json, type: inspect.Type, path: Path, description: str) -> object:
        return value

    def nothing(self, declared: inspect.Type, *, required: bool = True) -> object:
        """What stands for a value that cannot be read; the checks that follow say nothing of it."""
        type = _plain(_members(declared)[0])[0]
        if isinstance(type, inspect.StrType):
            return ""
        if isinstance(type, inspect.DateType):
            return self.no_day
        if isinstance(type, inspect.VarTupleType):
            return ()
        if not required:
            return _UNREAD
        if isinstance(type, inspect.LiteralType):
            return type.values[-1]  # the last in the alphabet: nothing is demanded of a terminated agreement
        if isinstance(type, inspect.StructType):
            return type.cls(**{field.name: self.nothing(field.type) for field in type.fields if field.required})
        return {} if isinstance(type, inspect.DictType) else 0


class _Row(msgspec.Struct, frozen=True):
    """How one kind of type is named, recognized and read."""

    name: str
    fits: Callable[[Any, Any], bool]
    read: Callable[[_Walk, Any, Any, Path, str], object]


def _is(*kinds: type) -> Callable[[object, object], bool]:
    """Whether a value is of one of these kinds; a boolean is no number."""
    return lambda value, type: isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))


def _is_like_a_word(value: Json, type: inspect.LiteralType) -> bool:
    return value.__class__ in {word.__class__ for word in type.values}


_ROWS: Final[dict[type, _Row]] = {
    inspect.AnyType: _Row("a value", lambda value, type: True, _Walk.accept),
    inspect.NoneType: _Row("nothing", lambda value, type: value is None, _Walk.accept),
    inspect.BoolType: _Row("true or false", _is(bool), _Walk.accept),
    inspect.IntType: _Row("a whole number", _is(int), _Walk.number),
    inspect.FloatType: _Row("a number", _is(int, float), _Walk.accept),
    inspect.StrType: _Row("a text", _is(str), _Walk.text),
    inspect.DateType: _Row("a day as YYYY-MM-DD", _is(str), _Walk.date),
    inspect.LiteralType: _Row("", _is_like_a_word, _Walk.literal),
    inspect.VarTupleType: _Row("a list", _is(list), _Walk.sequence),
    inspect.DictType: _Row("a mapping", _is(dict), _Walk.mapping),
    inspect.StructType: _Row("a mapping", _is(dict), _Walk.struct),
}


_PLAIN_WORDS: Final = re.compile(r"\w[\w, ./-]{0,38}")
"""What in brackets is a list of texts, and was not cut."""


def _takes_words(type: inspect.Type) -> bool:
    """Whether a list of texts is expected, of which one alone was perhaps meant."""
    lists = (_plain(member)[0] for member in _members(type))
    items = (_plain(one.item_type)[0] for one in lists if isinstance(one, inspect.VarTupleType))
    return any(isinstance(one, (inspect.StrType, inspect.LiteralType)) for one in items)


def _plain(type: inspect.Type) -> tuple[inspect.Type, str]:
    """A type and what its authors say of it."""
    if isinstance(type, inspect.Metadata):
        return type.type, (type.extra_json_schema or {}).get("description", "")
    return type, ""


def _members(type: inspect.Type) -> list[inspect.Type]:
    """The types that a value may have, null aside."""
    if isinstance(type, inspect.UnionType):
        return [member for member in type.types if not isinstance(member, inspect.NoneType)]
    return [type]


def _takes_null(type: inspect.Type) -> bool:
    kinds = type.types if isinstance(type, inspect.UnionType) else (type,)
    return any(isinstance(kind, (inspect.NoneType, inspect.AnyType)) for kind in kinds)


def _member(value: Json, type: inspect.Type) -> inspect.Type:
    """What a value is meant as: null, a type that it fits, else the first."""
    if value is None and _takes_null(type):
        return inspect.NoneType() if isinstance(type, inspect.UnionType) else type
    members = _members(type)
    plain = [(member, _plain(member)[0]) for member in members]
    return next((member for member, kind in plain if _ROWS[kind.__class__].fits(value, kind)), members[0])


def _words(type: inspect.Type) -> tuple[str, ...]:
    """The words of a vocabulary; none where the type is open."""
    members = [_plain(member)[0] for member in _members(type)]
    return tuple(str(word) for member in members if isinstance(member, inspect.LiteralType) for word in member.values)


def _is_refused(name: str, type: inspect.Type) -> bool:
    """Whether a name is blank where the names of a mapping must be texts."""
    kind = _plain(type)[0]
    return isinstance(kind, inspect.StrType) and kind.pattern is not None and is_blank(name)


def _expected(type: inspect.Type) -> str:
    """What a value of a type is called."""
    return " or ".join(dict.fromkeys(_called(_plain(member)[0]) for member in _members(type)))


def _called(type: inspect.Type) -> str:
    if not isinstance(type, inspect.LiteralType):
        return _ROWS[type.__class__].name
    first, *others = type.values
    return f"the number {first}" if isinstance(first, int) and not others else _listed(type.values)


def _listed(words: tuple[object, ...]) -> str:
    return "one of " + ", ".join(f"`{word}`" for word in words)


def _found(value: Json) -> str:
    if isinstance(value, bool):
        return "the boolean"
    if isinstance(value, (int, float)):
        return "the number"
    return "the text" if isinstance(value, str) else "a list" if isinstance(value, list) else "a mapping"
