"""A run, counted once: every format renders what is counted here, and nothing counts again.

In: the database of a run and what `run.json` says. Out: a `Fleet`, in an order that does not depend on who judged what
first.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ....terminal.escape import escape
from .cases import CaseRow, cases
from .columns import ManifestRow, SubjectColumns, collected
from .ends import ends
from .model import (
    FACETS,
    LETTERS,
    NO_TALLY,
    OUTCOMES,
    CaseView,
    Facet,
    Fleet,
    Manifest,
    PolicyRow,
    RunAbout,
    Tally,
)
from .naming import Tallied, Texts, places
from .remainder import drift, notices, repositories, rules

_COUNTED: Final[Mapping[str, int]] = {LETTERS[name]: number for number, name in enumerate(OUTCOMES)}


def counted(database: sqlite3.Connection, about: RunAbout) -> Fleet:
    """All of a run."""
    policies = database.execute("SELECT position, id, title, severity FROM policies ORDER BY position").fetchall()
    numbers = {id: number for number, (_, id, _, _) in enumerate(policies)}
    positions = {position: number for number, (position, _, _, _) in enumerate(policies)}
    texts = Texts()
    found = dict(cases(database, numbers))
    columns = collected(database, texts)
    of_case = Counter(columns.case)
    names, tallies = _named(found, columns, of_case)
    place = {facet: places(names[facet]) for facet in FACETS}
    case_numbers = {id: number for number, id in enumerate(columns.case_ids)}
    views = tuple(_case(found[id], place) for id in columns.case_ids)
    ending = ends(database, positions, texts, columns, views, about.as_of)
    return Fleet(
        about=about,
        names=names,
        tallies=tallies,
        tally=_sum(_tally(found[id], of_case[number]) for number, id in enumerate(columns.case_ids)),
        policies=tuple(_policies(policies, found, columns, of_case)),
        cases=views,
        of_case=tuple(of_case[number] for number in range(len(columns.case_ids))),
        manifests=tuple(_manifest(row, place) for row in columns.manifests),
        subjects=columns.subjects(texts.all()),
        ends=ending,
        repositories=tuple(repositories(database)),
        drift=tuple(drift(database)),
        notices=tuple(notices(database, columns.manifest_numbers, case_numbers)),
        rules=tuple(rules(database)),
    )


def _tally(case: CaseRow, many: int) -> Tally:
    outcomes = tuple(many if name == case.outcome else 0 for name in OUTCOMES)
    return Tally(outcomes, many if case.blocks else 0)


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = NO_TALLY
    for one in tallies:
        total = total.plus(one)
    return total


def _policies(
    rows: Iterable[tuple[int, str, str, str]],
    found: Mapping[int, CaseRow],
    columns: SubjectColumns,
    of_case: Counter[int],
) -> Iterator[PolicyRow]:
    for number, (_, id, title, severity) in enumerate(rows):
        yield PolicyRow(id, escape(title) or id, severity, _of_policy(number, found, columns, of_case))


def _of_policy(policy: int, found: Mapping[int, CaseRow], columns: SubjectColumns, of_case: Counter[int]) -> Tally:
    """What the results of a policy came to."""
    outcomes, blocks = [0] * len(OUTCOMES), 0
    for number, id in enumerate(columns.case_ids):
        letter = found[id].verdicts[policy]
        outcomes[_COUNTED[letter.lower()]] += of_case[number]
        blocks += of_case[number] if letter.isupper() else 0
    return Tally(tuple(outcomes), blocks)


def _named(
    found: Mapping[int, CaseRow], columns: SubjectColumns, of_case: Counter[int]
) -> tuple[dict[Facet, tuple[str | None, ...]], dict[Facet, tuple[Tally, ...]]]:
    """By facet every name, ranked, and what is counted of it."""
    by: dict[Facet, Tallied] = {facet: Tallied() for facet in FACETS}
    for number, id in enumerate(columns.case_ids):
        case, tally = found[id], _tally(found[id], of_case[number])
        by["platform"].add(case.platform, tally)
        by["region"].add(case.region, tally)
        for name in case.data or (None,):
            by["data"].add(name, tally)
    for row in columns.manifests:
        by["team"].add(row.team)
        by["place"].add(row.place)
    for (manifest, number), many in columns.together().items():
        tally = _tally(found[columns.case_ids[number]], many)
        by["team"].add(columns.manifests[manifest].team, tally)
        by["place"].add(columns.manifests[manifest].place, tally)
    ranked = {facet: one.ranked() for facet, one in by.items()}
    return {facet: one[0] for facet, one in ranked.items()}, {facet: one[1] for facet, one in ranked.items()}


def _case(row: CaseRow, place: Mapping[Facet, Mapping[str | None, int]]) -> CaseView:
    return CaseView(
        place["platform"][row.platform],
        place["region"][row.region],
        tuple(sorted(place["data"][name] for name in row.data or (None,))),
        row.verdicts,
        row.severities,
        row.outcome,
        row.blocks,
        row.waivers,
        row.reasons,
    )


def _manifest(row: ManifestRow, place: Mapping[Facet, Mapping[str | None, int]]) -> Manifest:
    return Manifest(
        row.repository, row.path, row.project, place["team"][row.team], place["place"][row.place], row.problems
    )
