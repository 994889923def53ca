"""What results come to by policy, cause, offering, project and owner, and what a reader can filter them by.

In: the results of an evaluation and the names of their causes. Out: tables of counts, and choices. It counts results
that the evaluation has judged; the counts of the whole are the evaluation's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, Literal

import msgspec

from ...model.evaluation import Evaluation
from ...model.vocabulary import Outcome
from .names import USUAL_ROUTE, Facet, values

Column = Literal["blocks", "fail", "unknown", "waived", "pass", "not_applicable"]
COLUMNS: Final[tuple[Column, ...]] = ("blocks", "fail", "unknown", "waived", "pass", "not_applicable")
"""Worst first, which is also what the rows are sorted by."""
TABLES: Final[tuple[Facet, ...]] = ("policy", "offering", "project", "owner", "account", "route", "cause")
CHOICES: Final[tuple[Facet, ...]] = ("project", "owner", "offering", "account", "route", "policy", "cause")


class Total(msgspec.Struct, frozen=True):
    """The counts of results that have something in common."""

    value: str | None
    """What the address calls it; None: what has none."""
    words: str
    """Beside it: the title of a policy, a cause in words; mostly empty."""
    counts: tuple[int, ...]
    """By column."""


class Table(msgspec.Struct, frozen=True):
    """A table of counts, without columns in which nothing would stand."""

    facet: Facet
    columns: tuple[Column, ...]
    rows: tuple[Total, ...]


class Choice(msgspec.Struct, frozen=True):
    """What a control offers."""

    facet: Facet
    values: tuple[tuple[str, str], ...]
    """What the address calls it, and its words."""
    has_none: bool
    """Whether some results have none."""


class Counts(msgspec.Struct, frozen=True):
    """Results by what they have in common."""

    by: Mapping[Facet, Mapping[str | None, Counter[Column]]]
    words: Mapping[Facet, Mapping[str, str]]
    """Of policies and causes."""

    def applies(self, facet: Facet) -> bool:
        """Whether some results have it, other than all the usual one."""
        found = set(self.by[facet]) - {None}
        return bool(found) and not (facet == "route" and found == {USUAL_ROUTE})


def counted(evaluation: Evaluation, cause_of: Mapping[int, str], messages: Mapping[str, str]) -> Counts:
    """Count; `cause_of` has the name of the cause by the identity of the result, `messages` each in words."""
    by: dict[Facet, dict[str | None, Counter[Column]]] = {facet: defaultdict(Counter) for facet in TABLES}
    for result in evaluation.results:
        outcome: Outcome = result.outcome
        for facet, value in values(result, cause_of.get(id(result))).items():
            counts = by[facet][value]
            counts[outcome] += 1
            counts["blocks"] += result.blocks
    titles = {policy.id: policy.title for policy in evaluation.bundle.policies}
    return Counts(by, {"policy": titles, "cause": messages})


def tables(counts: Counts) -> tuple[Table, ...]:
    """By policy, by cause, and so on; none by what applies nowhere."""
    return tuple(_table(facet, counts) for facet in TABLES if counts.applies(facet))


def choices(counts: Counts) -> tuple[Choice, ...]:
    """What the controls offer, sorted by their words."""
    return tuple(_choice(facet, counts) for facet in CHOICES if counts.applies(facet))


def _table(facet: Facet, counts: Counts) -> Table:
    by = {value: one for value, one in counts.by[facet].items() if facet != "cause" or value is not None}
    columns = tuple(column for column in COLUMNS if any(one[column] for one in by.values()))
    return Table(facet, columns, tuple(_rows(columns, by, counts.words.get(facet, {}))))


def _rows(
    columns: Iterable[Column], by: Mapping[str | None, Counter[Column]], words: Mapping[str, str]
) -> Iterable[Total]:
    """The worst first; what is as bad as another by its words, then by its name."""
    rows = [
        Total(value, "" if value is None else words.get(value, ""), tuple(one[column] for column in columns))
        for value, one in by.items()
    ]
    return sorted(rows, key=_rank)


def _rank(row: Total) -> tuple[list[int], bool, str, str]:
    return [-number for number in row.counts], row.value is None, row.words, row.value or ""


def _choice(facet: Facet, counts: Counts) -> Choice:
    found, words = counts.by[facet], counts.words.get(facet, {})
    offered = [(value, words.get(value, value) if facet == "cause" else value) for value in found if value is not None]
    return Choice(facet, tuple(sorted(offered, key=lambda one: (one[1], one[0]))), None in found and facet != "cause")
