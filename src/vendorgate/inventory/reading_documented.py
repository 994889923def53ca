"""What is documented and signed: `offering.…`, `registry.…` and `agreements.…`.

In: a path, a route. Out: what is stated with its source, and where that does not count on the day, why: it is no
value then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from ..evaluate.agreement_reasons import agreement_reason
from ..evaluate.case import Case
from ..evaluate.coverage import absent_value
from ..evaluate.supports import agreement_support, cell_support, stated_support
from ..evaluate.unlisted import is_unlisted
from ..logic import UNKNOWN, Json, Unknown, Value
from ..model.fact_words import fact_value_words
from ..model.facts import COMMON_FACTS
from ..model.registry import Cell
from ..model.result import Reason
from .answer import NAMED, Absent, Answer, Read, Seen, values_of, words_of

_AS_CELL: Final = f"say it as cell {NAMED} of the registry or of your own in the bundle's offerings/"
_NO_REGISTER: Final = "there is no agreements register, so that no agreement is known"
_NO_END: Final = "no end"
"""What an agreement says that names no last day."""


def offering(path: str) -> Read:
    """What reads a word of the offering; of an unlisted vendor none is known."""
    field = path.partition(".")[2]

    def read(seen: Seen) -> Answer:
        value: Value = seen.case.stated.get(path, UNKNOWN)
        if isinstance(value, Unknown):
            why = (
                _unlisted(seen)
                if is_unlisted(seen.subject)
                else f"`{field}` of {seen.subject.offering.id} is not stated"
            )
            return Absent("registry", field, "have the registry state it, or the bundle's offerings/", why)
        found = next(stated_support(seen.case, path), None)
        return values_of(value, "registry" if found is None else found.said_in, None if found is None else found.locate)

    return read


def _unlisted(seen: Seen) -> str:
    return f"nobody has looked at `{seen.subject.name.vendor}`, which the registry does not list"


def cell(path: str, dimension: str, field: str) -> Read:
    """What reads a field of a cell."""
    return _documented(path, dimension, lambda case: case.registry(dimension, field, []), words_of)


def fact(path: str, dimension: str, name: str) -> Read:
    """What reads a fact of a cell; a listing is read as a whole."""
    steps = [name] if name in COMMON_FACTS else name.split(".")

    def words(value: Json) -> str:
        return words_of(value) if isinstance(value, bool) else fact_value_words(name, value)

    return _documented(path, dimension, lambda case: case.registry(dimension, "facts", steps), words)


def _documented(path: str, dimension: str, ask: Callable[[Case], Value], words: Callable[[Json], str]) -> Read:
    def read(seen: Seen) -> Answer:
        found = seen.remembered.get(path)
        if found is None:
            found = seen.remembered[path] = _read(seen.case)
        return found

    def _read(case: Case) -> Answer:
        stated = case.cell(dimension)
        if stated is None or case.evidence(stated) != "pass":
            return _absent(case, dimension, f"registry.{dimension}.value")
        value = ask(case)
        if isinstance(value, Unknown) or value is None:
            return _absent(case, dimension, path)
        found = cell_support(case, stated)
        return values_of(value, stated.owner, found.locate, found.reference, _day(stated), words)

    return read


def _day(stated: Cell) -> str | None:
    return None if stated.written.verified is None else stated.written.verified.isoformat()


def _absent(case: Case, dimension: str, path: str) -> Absent:
    why = "; ".join(dict.fromkeys(_words(absent_value(case, path))))
    return Absent("registry", dimension, _AS_CELL, _in_words(why, path), kind="cell ")


def _in_words(why: str, path: str) -> str:
    """A fact that is not stated by what it says; its path would tell a program."""
    if why != f"the registry does not state {path}":
        return why
    name = path.partition(".facts.")[2]
    meaning = COMMON_FACTS[name].meaning if name in COMMON_FACTS else ""
    return f"the registry does not state {meaning or f'`{name or path}`'}"


def _words(reason: Reason) -> Iterator[str]:
    """A reason by what led to it."""
    if not reason.reasons:
        yield reason.message
    for inner in reason.reasons:
        yield from _words(inner)


def agreement(kind: str, field: str) -> Read:
    """What reads a field of the agreement of a kind that is in force; of several, the one that ends last."""

    def read(seen: Seen) -> Answer:
        found = seen.case.agreement(kind)
        if found is None:
            none = seen.remembered.get(kind)
            if none is None:
                none = seen.remembered[kind] = _none_in_force(seen.case, kind)
            return none
        value = seen.case.agreement_field(kind, field)
        if isinstance(value, Unknown) and field == "expires":
            value = _NO_END
        if isinstance(value, Unknown):
            reference = "" if not isinstance(found.reference, str) else f" ({found.reference})"
            help = f"say it as `{field}` of the agreement `{kind}`{reference} in agreements.yaml"
            return Absent("register", f"{kind}.{field}", help)
        support = next(agreement_support(seen.case, found))
        return values_of(value, "register", support.locate, support.reference)

    return read


def _none_in_force(case: Case, kind: str) -> Absent:
    return Absent(
        "register", kind, f"add an agreement to agreements.yaml (kind {NAMED})", _why_none(case, kind), "agreement "
    )


def _why_none(case: Case, kind: str) -> str:
    """Why no agreement is in force, in words that are the same of all kinds where that is so."""
    if case.subject.agreements is None:
        return _NO_REGISTER
    why = agreement_reason(case, kind, "fail").message
    begins = f"agreement `{kind}` is not in force: "
    return f"no {NAMED} in force: {why.removeprefix(begins)}" if why.startswith(begins) else why
