"""What a path says of one route, or why it says nothing; and one route as views read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal, TypeAlias, Union

import msgspec

from ..evaluate.case import Case
from ..logic import Json
from ..logic.values import to_text
from ..model.evaluation import Evaluation
from ..model.fact_words import plain_words
from ..model.result import Result
from ..model.subject import Subject
from ..source import Location
from .model import CellValue, Place, SaidBy

Span = Literal["run", "usage", "route"]
"""What a path says the same of: the whole run, every route of a usage, or one route."""


class Seen(msgspec.Struct, frozen=True):
    """One route, with what was judged of it."""

    subject: Subject
    case: Case
    results: Sequence[Result]
    evaluation: Evaluation
    label: str
    """What tells it from others in a row."""
    ill_typed: Mapping[str, str] = {}
    """Attributes of registers whose value is none of their kind, by path: why."""
    remembered: dict[str, Answer] = {}
    """What paths said that took some work, by path: several columns ask for the same."""


class Absent(msgspec.Struct, frozen=True):
    """That a path has no value, and where one could be said."""

    place: Place
    name: str
    help: str
    """How to say it; `NAMED` stands in it for the name, so that what is said in one way is told once."""
    why: str | None = None
    """Why what is there does not count; `NAMED` as in `help`."""
    kind: str = ""
    """What the name is of, with a space: attribute, setting, agreement, cell; empty of a field of a manifest."""


Answer: TypeAlias = Union[tuple[CellValue, ...], Absent]
"""Values, at least one; or none."""
Read = Callable[[Seen], Answer]
ATTRIBUTE: Final = "attribute "
"""The kind of what is missing and belongs into the attributes of a usage."""
NAMED: Final = "\0"
"""In a text on what is missing: where its name stands; always before any text of an input."""
NONE: Final = "none"
"""What stands for an empty list, which is a statement."""


def values_of(
    value: Json,
    said_by: SaidBy,
    locate: Callable[[], Location | None] | None = None,
    reference: str | None = None,
    verified: str | None = None,
    words: Callable[[Json], str] = lambda value: words_of(value),
) -> tuple[CellValue, ...]:
    """One value each for what a list holds; an empty one says that there are none."""
    if isinstance(value, list):
        return tuple(CellValue(one, words(one), said_by, locate, reference, verified) for one in value) or (
            CellValue([], NONE, said_by, locate, reference, verified),
        )
    return (CellValue(value, words(value), said_by, locate, reference, verified),)


def words_of(value: Json) -> str:
    """A value as people read it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain_words(value) if isinstance(value, (list, dict)) else to_text(value)


Named = Mapping[str, Callable[[Seen], Json]]
