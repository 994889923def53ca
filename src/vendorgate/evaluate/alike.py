"""Reasons that are alike for all subjects of an offering of which a rule reads the same values: worked out once.

In: a case, a rule, what works its reasons out. Out: reasons. What asks for coverage is worked out for each case, as is
everything of a case of which something was observed, contradicts itself, or is unlisted.
"""

from __future__ import annotations

from collections.abc import Callable

from ..logic import UNKNOWN, Node, Unknown
from ..model.result import Reason
from ..source import Location
from .case import Case
from .cells import Told
from .texts import RuleTexts, texts_of
from .unlisted import is_unlisted

_OF_OTHERS = ("registry.", "agreements.")
"""What paths begin with that do not say by their value alone why they have none."""


def told_once(
    case: Case,
    tree: Node,
    locate: Callable[[], Location],
    asked: tuple[object, ...],
    work_out: Callable[[], tuple[Reason, ...]],
) -> tuple[Reason, ...]:
    """The reasons of a rule at its place; `asked` tells apart what else decides them."""
    said = texts_of(case.program.texts, tree)
    values = _values(case, said) if said.is_of_values and _is_plain(case) else None
    if values is None:
        return work_out()
    key, agreements = (id(tree), *asked, *values), case.subject.agreements if said.kinds else None
    found = case.cells.told.get(key)
    if found is None or found.locate is not locate or found.agreements is not agreements:
        found = case.cells.tell(key, Told(work_out(), tree, locate, agreements))
    return found.reasons


def _values(case: Case, said: RuleTexts) -> list[object] | None:
    """The day, the agreements that a rule asks for, and each value that it reads with its type; None where that is not
    all that decides it."""
    found: list[object] = [case.as_of]
    if said.kinds:
        found += id(case.subject.agreements), case.subject.identity.is_stranger
        found += [case.in_force(kind) for kind in said.kinds]
    for path in said.paths:
        value = case.program.reader(path)(None, case)
        kind = value.__class__
        if kind is str or kind is bool or kind is int:
            found += kind, value
        elif isinstance(value, Unknown):
            if path.startswith(_OF_OTHERS):
                return None
            found.append(value)
        elif isinstance(value, list) and all(one.__class__ is str for one in value):
            found += list, *value, None  # which no text is: the list ends here
        else:
            return None
    return found


def _is_plain(case: Case) -> bool:
    """Whether nothing but what it declares says why a value of a case is there, or is not."""
    return (
        case.__class__ is Case
        and not case.observed
        and not case.contradictions
        and case.undeclared_setting is UNKNOWN
        and not is_unlisted(case.subject)
    )
