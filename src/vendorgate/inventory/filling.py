"""A view, filled from an evaluation: its rows, each with a cell for every column.

In: a view, an evaluation, what paths can name. Out: an `Inventory`. Rows stand in the order of the evaluation;
vendors by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from ..evaluate.case import Case
from ..evaluate.program import Program
from ..logic.values import CONTRADICTED, truth_of
from ..model.evaluation import Evaluation
from ..model.result import Result
from ..model.subject import Subject
from ..model.vocabulary import UNLISTED
from .answer import Seen, Span
from .cells import FillColumn, Unit, column_filler
from .model import Cell, Inventory, Row, RowUsage, View
from .paths import Words
from .reading_declared import ill_typed
from .view_file import RowKind


def filled(view: View, evaluation: Evaluation, words: Words) -> Inventory:
    """The view with a row for all that it is about."""
    program = Program(evaluation.bundle)
    routes = _routes(evaluation, program)
    meant = _meant(view, routes, program)
    fillers = [column_filler(column, words, program, view.public) for column in view.columns]
    groups = _GROUPS[view.rows](meant)
    names = _distinct(groups)
    rows = tuple(_row(name, found, view.rows, fillers) for name, found in zip(names, groups.values(), strict=True))
    return Inventory(view, evaluation, rows, len(routes) - len(meant))


def _routes(evaluation: Evaluation, program: Program) -> list[Seen]:
    results: dict[int, list[Result]] = {}
    for result in evaluation.results:
        results.setdefault(id(result.subject), []).append(result)
    return [_seen(one, results.get(id(one), ()), evaluation, program) for one in evaluation.subjects]


def _seen(subject: Subject, results: Sequence[Result], evaluation: Evaluation, program: Program) -> Seen:
    """A route; what could be taken for its contrary, such as a flag that is a text, is not known."""
    case = Case(subject, program, evaluation.as_of)
    wrong = dict(ill_typed(subject.stated, evaluation.bundle.attributes))
    case.stated.update(dict.fromkeys(wrong, CONTRADICTED))
    return Seen(subject, case, results, evaluation, _route_words(subject), wrong, {})


def _meant(view: View, routes: list[Seen], program: Program) -> list[Seen]:
    """Those that the view is about; of what is not known, it is."""
    if view.where is None:
        return routes
    evaluate = program.evaluator(view.where)
    return [one for one in routes if truth_of(evaluate(None, one.case)) is not False]


# What one row is of.

Groups = Mapping[tuple[str, ...], list[Seen]]


def _by(routes: Iterable[Seen], key: Callable[[Subject], tuple[str, ...]]) -> dict[tuple[str, ...], list[Seen]]:
    found: dict[tuple[str, ...], list[Seen]] = {}
    for one in routes:
        found.setdefault(key(one.subject), []).append(one)
    return found


def _by_usage(routes: Iterable[Seen]) -> Groups:
    return _by(routes, lambda one: (one.manifest.project, one.usage, one.manifest.source.path))


def _by_route(routes: Iterable[Seen]) -> Groups:
    found = (
        (one, (*_usage_key(one.subject), _route_words(one.subject), str(place))) for place, one in enumerate(routes)
    )
    return {key: [one] for one, key in found}


def _usage_key(subject: Subject) -> tuple[str, str]:
    return subject.manifest.project, subject.usage


def _by_vendor(routes: Iterable[Seen]) -> Groups:
    """By who serves it, in the order of their names; an unlisted vendor goes by its own."""
    found = _by(routes, lambda one: _vendor(one))
    return {key: found[key] for key in sorted(found, key=lambda key: (key[0].casefold(), key))}


def _vendor(subject: Subject) -> tuple[str, str]:
    if subject.offering.id == UNLISTED:
        name = (subject.name.vendor or "").strip()
        return f"{name.casefold()} (unlisted)", ""
    return subject.offering.written.platform, ""


_GROUPS: Final[Mapping[RowKind, Callable[[Iterable[Seen]], Groups]]] = {
    "usage": _by_usage,
    "route": _by_route,
    "vendor": _by_vendor,
}


def _distinct(groups: Groups) -> list[str]:
    """The id of each row, which stays as long as what it is of; where two would be alike, they say more."""
    short = ["/".join(key[:-1]) for key in groups]
    counts = Counter(short)
    return [name if counts[name] == 1 else f"{name} ({key[-1]})" for name, key in zip(short, groups, strict=True)]


def _row(id: str, routes: list[Seen], kind: RowKind, fillers: Sequence[FillColumn]) -> Row:
    units = _units(routes)
    cells: list[Cell] = []
    for fill in fillers:
        cells.append(fill(units, cells))
    return Row(id, _name(id, routes, kind), tuple(row_usage(one.subject) for one in routes), tuple(cells))


def _name(id: str, routes: Sequence[Seen], kind: RowKind) -> str:
    if kind == "vendor":
        vendor = routes[0].subject.name.vendor
        return f"{vendor.strip()} (unlisted)" if vendor is not None else id
    return id.replace("/", " / ")


def _units(routes: Sequence[Seen]) -> Callable[[Span], Sequence[Unit]]:
    """What a column asks once: of a row of one usage a route by its name, of others with the usage's."""
    usages: dict[tuple[int, str], Seen] = {}
    for one in routes:
        usages.setdefault((id(one.subject.manifest), one.subject.usage), one)
    several = len(usages) > 1
    found: dict[Span, Sequence[Unit]] = {
        "run": [Unit(routes[0], "")],
        "usage": [Unit(one, "/".join(_usage_key(one.subject)) if several else "") for one in usages.values()],
    }

    def units(span: Span) -> Sequence[Unit]:
        if span not in found:
            alone = len(routes) == 1
            found[span] = [Unit(one, "" if alone else _label(one, several)) for one in routes]
        return found[span]

    return units


def _label(seen: Seen, several: bool) -> str:
    return f"{'/'.join(_usage_key(seen.subject))}: {seen.label}" if several else seen.label


def _route_words(subject: Subject) -> str:
    return str(subject.name) if subject.route == "primary" else f"{subject.route} {subject.name}"


def row_usage(subject: Subject) -> RowUsage:
    """What a row says of a route, which is what it is known by."""
    name = subject.name
    return RowUsage(
        subject.manifest.source.path,
        subject.manifest.project,
        subject.usage,
        subject.route,
        name.offering,
        name.account,
        name.vendor,
    )
