"""How accounts are set up, in words that every format shares: of each setting who says so, and what is claimed besides.

In: subjects, the evaluation that they are of. Out: plain text, not yet escaped: each format does that in its own way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from msgspec import UnsetType

from ..logic import Json
from ..logic.wording import value_words
from ..model.evaluation import Evaluation
from ..model.manifest import RouteName
from ..model.result import Support
from ..model.subject import Subject

if TYPE_CHECKING:
    from ..declarations.account_fields import AccountField, FieldStatus


def fields_of(subject: Subject, evaluation: Evaluation) -> tuple[AccountField, ...]:
    """Each setting and the like of a subject that is declared or was observed."""
    from ..declarations.account_fields import account_fields  # most checks never ask

    bundle = evaluation.bundle
    return account_fields(subject, evaluation.as_of, bundle.observing, bundle.region_groups)


def observing(evaluation: Evaluation) -> Iterator[tuple[Subject, tuple[AccountField, ...]]]:
    """The subjects of whose accounts anything was observed or must be, with their fields."""
    required = evaluation.bundle.observing.required
    for subject in evaluation.subjects:
        if subject.offering.id in required or (subject.seen is not None and subject.seen.own):
            fields = fields_of(subject, evaluation)
            if fields:
                yield subject, fields


def account_of(subject: Subject, one: Support) -> RouteName:
    """Of whose account an observation is that a result of a subject rests on."""
    primary = subject.seen.primary if subject.seen is not None and one.what.startswith("primary.") else None
    return (primary or subject).name


def counted_fields(evaluation: Evaluation) -> dict[FieldStatus, int]:
    """Of how many fields of all routes each thing is so."""
    found = Counter(one.status for subject in evaluation.subjects for one in fields_of(subject, evaluation))
    return {status: found[status] for status in _WHO}


def field_line(one: AccountField) -> str:
    """A field in a line: who says so and when, then what, then what is claimed where that is something else. What a
    manifest could word comes last, so that no name or value passes for an observation."""
    return f"{who_words(one)}: {what_words(one)}"


def who_words(one: AccountField) -> str:
    """Who says so, and when."""
    return _WHO[one.status](one)


def what_words(one: AccountField) -> str:
    """What counts, and what is claimed where that is something else."""
    value = "" if isinstance(one.value, UnsetType) else f" is {value_words(one.value)}"
    return f"{one.what}{value}{_in_brackets(one)}"


def whose_word(one: AccountField) -> str:
    """The same without what counts."""
    return f"{who_words(one)}{_in_brackets(one)}"


def _in_brackets(one: AccountField) -> str:
    beside = "; ".join(_beside(one))
    return f" ({beside})" if beside else ""


def default_line(what: str, value: Json) -> str:
    """What holds because nobody says anything else."""
    return f"by default: {what} is {value_words(value)}"


def _seen(one: AccountField) -> str:
    """When it was observed, or by whom it is attested."""
    assert one.seen is not None
    return one.seen.observation.words


_WHO: Final[Mapping[FieldStatus, Callable[[AccountField], str]]] = {
    "observed": _seen,
    "attested": _seen,
    "claimed": lambda _: "claimed",
    "not_observed": lambda _: "must be observed, and is not",
    "observed_for_some": lambda _: "observed, and not for all that is declared or left open",
}


def _beside(one: AccountField) -> Iterator[str]:
    if one.status == "not_observed" and one.seen is not None:
        yield f"{value_words(one.seen.value)}, {one.seen.observation.words}"
    if not isinstance(one.claimed, UnsetType) and (one.contrary or isinstance(one.value, UnsetType)):
        yield f"claimed: {value_words(one.claimed)}"
    elif one.seen is not None and isinstance(one.claimed, UnsetType):
        yield "not declared"
    if one.lapsed is not None:
        words = f"{one.lapsed.observation.words}, which does not count"
        yield f"{value_words(one.lapsed.value)}, {words}"
    if one.untold is not None:
        yield f"asked for on {one.untold.written.observed}, and the vendor does not tell"
