"""What observing comes to in words, once for all formats.

In: what it comes to. Out: words, not yet escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ...logic.wording import count, value_words
from .outcome import AccountOutcome, ChangeKind, FieldChange, Observing, State, Value

_STATES: Final[Mapping[State, str]] = {
    "new": "new",
    "changed": "changed",
    "renewed": "renewed",
    "same": "as before",
    "failed": "not read",
    "left": "left out",
}
_BEFORE: Final[Mapping[ChangeKind, str]] = {
    "new": "{name}: {after}",
    "changed": "{name}: {before} -> {after}",
    "gone": "{name}: no longer told (was {before})",
    "kept": "{name}: {after}, as before",
}
_MOST: Final = 8
"""Names of one value that are told."""
_SAY_YES: Final = "nothing was written; to write it: --yes"
_AGAIN: Final = "what could not be read or written is as it was; run it again when that is mended"
_SIGN: Final = "sign them off anew when you have read them: vendorgate policy signoff --by NAME --write"


def heading(one: AccountOutcome) -> str:
    """Which account, whose it is."""
    return f"{one.name}, {one.vendor}" if one.vendor else str(one.name)


def label(one: AccountOutcome) -> str:
    """What becomes of it."""
    if one.is_undone and one.state != "failed":
        return "not written"
    return f"{_STATES[one.state]}, and worse" if one.is_worse else _STATES[one.state]


def change_words(one: FieldChange) -> str:
    """What becomes of a value, and why."""
    before, after = one.before, one.after
    if one.kind == "changed" and isinstance(before, tuple) and isinstance(after, tuple) and _are_many(before, after):
        words = f"{one.name}: {_come_and_gone(before, after)}"
    else:
        words = _BEFORE[one.kind].format(name=one.name, before=_value(before), after=_value(after))
    if one.why:
        words = f"{words}: {one.why}"
    return f"{words}; worse for {', '.join(one.worse)}" if one.worse else words


def _are_many(*values: tuple[str, ...]) -> bool:
    return any(len(names) > _MOST for names in values)


def _come_and_gone(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """Which names of many are others."""
    come = tuple(one for one in after if one not in before)
    gone = tuple(one for one in before if one not in after)
    told = "; ".join(f"{sign} {_value(names)}" for sign, names in (("+", come), ("-", gone)) if names)
    return told or "the same names in another order"


def below(one: AccountOutcome) -> Iterator[str]:
    """What is told of an account beside its values."""
    for name, why in one.unreadable.items():
        yield f"not told: {name}{f': {why}' if why else ''}"
    yield from one.beside
    if one.trouble is not None:
        yield one.trouble
    if one.file is not None:
        yield _file_words(one)


def _file_words(one: AccountOutcome) -> str:
    if one.after is None or one.is_undone:
        before = "" if one.before is None else f", observed on {one.before.observed}"
        return f"{one.file} stays as it is{before}" if one.before is not None else f"{one.file} is not there"
    days = f"observed on {one.after.observed}"
    if one.before is not None and one.before.observed != one.after.observed:
        days += f", before on {one.before.observed}"
    return f"{one.file}: {days}"


def closing(found: Observing) -> Iterator[str]:
    """What all of it comes to, and what to do next."""
    yield "; ".join(_counted(found))
    if found.to_write:
        yield _SAY_YES
    if found.undone:
        yield _AGAIN
    if found.ends_signoff:
        yield f"the sign-off of {found.bundle} is of the files as they were; {_SIGN}"


def _counted(found: Observing) -> Iterator[str]:
    counted: dict[str, int] = {}
    for one in found.accounts:
        counted[label(one)] = counted.get(label(one), 0) + 1
    yield from (f"{count(number, 'account')} {words}" for words, number in counted.items())


def _value(value: Value | None) -> str:
    if not isinstance(value, tuple):
        return value_words(value)
    told = value_words([*value[:_MOST]])
    return f"{told} and {len(value) - _MOST} more" if _are_many(value) else told
