"""What a run knows beside subjects: repositories, drift, notices, and rules over all usages.

In: the database of a run. Out: rows, sorted, in one line each.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from ....model.vocabulary import Outcome, Severity
from ....terminal.escape import escape
from .model import DriftRow, NoticeRow, RepositoryRow, RuleRow

_REPOSITORIES: Final = (
    "SELECT name, state, MAX(repositories.manifests, COUNT(manifests.id)) AS number, problem, help, gathered"
    " FROM repositories LEFT JOIN manifests ON manifests.repository = repositories.name GROUP BY repositories.id"
    " ORDER BY state = 'gathered', number > 0, name"
)
"""Of those of one name in several stores, the manifests of all; of one of which nobody knows OWNER/NAME what the gather
says, because no manifest names it."""
_DRIFT: Final = (
    "SELECT repository, id, severity, message, path, line, offering FROM drift"
    " ORDER BY severity = 'note', severity = 'warning', id, repository, path, line, message"
)
_NOTICES: Final = (
    "SELECT id, severity, message, manifest, case_id, usage FROM notices"
    " ORDER BY severity = 'note', severity = 'warning', id, manifest IS NULL, message"
)
_RULES: Final = "SELECT id, title, outcome, severity, blocks, told FROM rules ORDER BY position"


class _Reason(msgspec.Struct, frozen=True):
    message: str


class _Requirement(msgspec.Struct, frozen=True):
    """What of a rule's requirement is told in short."""

    message: str
    reasons: tuple[_Reason, ...] = ()


_decode: Final = msgspec.json.Decoder(tuple[_Requirement, ...]).decode


def repositories(database: sqlite3.Connection) -> Iterator[RepositoryRow]:
    """Those that nobody could read first, then those without a manifest."""
    for name, state, manifests, problem, help, gathered in database.execute(_REPOSITORIES):
        yield RepositoryRow(
            escape(name),
            "error" if state != "gathered" else "has" if manifests else "none",
            manifests,
            escape(problem or ""),
            escape(help or ""),
            escape(gathered),
        )


def drift(database: sqlite3.Connection) -> Iterator[DriftRow]:
    """The most severe first."""
    found: tuple[str, str, Severity, str, str | None, int | None, str | None]
    for found in database.execute(_DRIFT):
        repository, id, severity, message, path, line, offering = found
        place = "" if path is None else escape(path if line is None else f"{path}:{line}")
        yield DriftRow(escape(repository), escape(id), severity, escape(message), place, escape(offering or ""))


def notices(
    database: sqlite3.Connection, manifests: Mapping[int, int], cases: Mapping[int, int]
) -> Iterator[NoticeRow]:
    """The most severe first; of a case that no subject is, there is none."""
    found: tuple[str, Severity, str, int | None, int | None, str | None]
    for found in database.execute(_NOTICES):
        id, severity, message, manifest, case, usage = found
        if case is None or case in cases:
            of = None if manifest is None else manifests[manifest]
            number = None if case is None else cases[case]
            yield NoticeRow(escape(id), severity, escape(message), of, number, escape(usage or ""))


def rules(database: sqlite3.Connection) -> Iterator[RuleRow]:
    """In the order of the bundle."""
    found: tuple[str, str, Outcome, Severity, int, str]
    for found in database.execute(_RULES):
        id, title, outcome, severity, blocks, told = found
        yield RuleRow(escape(id), escape(title) or id, outcome, severity, bool(blocks), tuple(_messages(told)))


def _messages(told: str) -> Iterator[str]:
    """What each requirement came to, and why."""
    for requirement in _decode(told):
        yield escape(requirement.message)
        yield from (escape(one.message) for one in requirement.reasons)
