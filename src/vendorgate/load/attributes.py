"""Attributes of usages: what a bundle and its packs declare of them, and whether a usage keeps to it.

In: declarations, attributes as they are written. Out: problems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from msgspec import UnsetType

from ..errors import Problem, enough
from ..logic.days import is_date
from ..model.additions import AttributeRule, AttributeType, AttributeValue, OwnWords
from ..source import Path, Source

Declared = tuple[Mapping[str, AttributeRule], Source]
"""Attributes that one file declares."""
_TYPES: Final[Mapping[AttributeType, tuple[str, Callable[[AttributeValue], bool]]]] = {
    "text": ("a text", lambda value: isinstance(value, str)),
    "flag": ("true or false", lambda value: isinstance(value, bool)),
    "day": ("a day as YYYY-MM-DD", lambda value: isinstance(value, str) and is_date(value)),
    "number": ("a number", lambda value: isinstance(value, (int, float)) and not isinstance(value, bool)),
}
"""What a value of a type is called, and whether one is of it."""


def check_declarations(files: Iterable[Declared], problems: list[Problem]) -> None:
    """Report each attribute that is declared as nothing or as two things, by one file or by several."""
    first: dict[str, tuple[AttributeRule, Source]] = {}
    unread = {id(problem.source) for problem in problems}
    for declared, source in files:
        for name, rule in declared.items():
            path: Path = ("attributes", name)
            if isinstance(rule.type, UnsetType) == isinstance(rule.one_of, UnsetType) and id(source) not in unread:
                said = "both `type` and" if rule.type else "neither `type` nor"
                title = f"the attribute `{name}` has {said} `one_of`"
                help = "give one of them: `type` is text, flag, day or number, `one_of` a list of words"
                problems.append(Problem(title, source.locate(path, key=True), help, source))
            earlier, where = first.setdefault(name, (rule, source))
            if where is not source and earlier != rule:
                title = f"the attribute `{name}` is declared as two different things"
                help = f"{where.locate(path, key=True)} declares it, too: let both say the same"
                problems.append(Problem(title, source.locate(path, key=True), help, source))


def check_attributes(
    written: Mapping[str, AttributeValue], own: OwnWords, place: tuple[Source, Path], problems: list[Problem]
) -> None:
    """Report each attribute of a usage that is not declared where the set is closed, and each of another type."""
    source, path = place
    for name, value in written.items():
        rule = own.attributes.get(name)
        if enough(problems) or value == "":  # an empty text could not be read, and has been reported
            continue
        if rule is not None:
            _check_value(name, value, rule, (source, (*path, name)), problems)
        elif own.closed:
            from ..logic.nearest import suggestion

            title, help = f"no attribute `{name}`", suggestion(name, own.attributes, "attributes")
            problems.append(Problem(title, source.locate((*path, name), key=True), help, source))


def fits(value: AttributeValue, rule: AttributeRule) -> bool:
    """Whether an attribute can have a value."""
    if not isinstance(rule.one_of, UnsetType):
        return value in rule.one_of
    return isinstance(rule.type, UnsetType) or _TYPES[rule.type][1](value)


def _check_value(
    name: str, value: AttributeValue, rule: AttributeRule, place: tuple[Source, Path], problems: list[Problem]
) -> None:
    source, path = place
    if not isinstance(rule.one_of, UnsetType):
        if value not in rule.one_of:
            from ..logic.nearest import suggestion

            title, help = f"`{_shown(value)}` is not a value of `{name}`", suggestion(_shown(value), rule.one_of)
            problems.append(Problem(title, source.locate(path), help, source))
        return
    if isinstance(rule.type, UnsetType):  # which has been reported
        return
    called, fits = _TYPES[rule.type]
    if not fits(value):
        title = f"the attribute `{name}` must be {called}, and this is `{_shown(value)}`"
        quote = rule.type == "text"
        help = f'quote it: "{_shown(value)}"' if quote else f"write {called}"
        problems.append(Problem(title, source.locate(path), help, source))


def _shown(value: AttributeValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
