"""The cases of a run as a report needs them: where data goes, what each policy came to, and why in short.

In: rows of `cases` and `verdicts`. Out: a `CaseView` each; names are counted and told by their place later.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Final

import msgspec

from ....model.vocabulary import Outcome, Severity
from ....report.lines import shortened
from ....terminal.escape import escape
from .model import LETTERS, OUTCOMES, SEVERITY_LETTERS

_LONGEST: Final = 240
"""Characters of a reason in a row; the whole of it stands in the run."""
_VERDICTS: Final = "SELECT case_id, policy, outcome, severity, blocks, waiver FROM verdicts ORDER BY case_id, policy"


class _Facts(msgspec.Struct, frozen=True):
    """What of a case's facts a report is about."""

    platform: object = msgspec.field(name="offering.platform", default=None)
    vendor: object = msgspec.field(name="usage.vendor", default=None)
    region: object = msgspec.field(name="usage.region", default=None)
    data: object = msgspec.field(name="usage.data", default=None)


class _Requirement(msgspec.Struct, frozen=True):
    message: str = ""


class _Reason(msgspec.Struct, frozen=True):
    """Why a result did not pass."""

    cause: str | None = None
    requirements: tuple[_Requirement, ...] = ()


class CaseRow(msgspec.Struct, frozen=True):
    """A case as it stands in the run."""

    platform: str | None
    region: str | None
    data: tuple[str, ...]
    verdicts: str
    severities: str
    outcome: Outcome
    blocks: bool
    waivers: Mapping[int, str]
    reasons: Mapping[int, str]


_decode_facts: Final = msgspec.json.Decoder(_Facts).decode
_decode_reasons: Final = msgspec.json.Decoder(dict[str, _Reason]).decode


def cases(database: sqlite3.Connection, policies: Mapping[str, int]) -> Iterator[tuple[int, CaseRow]]:
    """Each case by its number in the run; `policies` has the place of each policy by its id."""
    verdicts = groupby(database.execute(_VERDICTS), itemgetter(0))
    place = {position: number for number, position in enumerate(_positions(database))}
    next_id, found = next(verdicts, (None, iter(())))
    for id, facts, reasons in database.execute("SELECT id, facts, reasons FROM cases ORDER BY id"):
        rows: list[tuple[int, int, Outcome, Severity, int, str | None]] = []
        if next_id == id:
            rows = list(found)
            next_id, found = next(verdicts, (None, iter(())))
        yield id, _row(facts, reasons, [(place[row[1]], *row[2:]) for row in rows], policies)


def _positions(database: sqlite3.Connection) -> list[int]:
    return [row[0] for row in database.execute("SELECT position FROM policies ORDER BY position")]


def _row(
    facts: str,
    reasons: str,
    verdicts: list[tuple[int, Outcome, Severity, int, str | None]],
    policies: Mapping[str, int],
) -> CaseRow:
    known = _decode_facts(facts)
    letters, severities = [LETTERS["not_applicable"]] * len(policies), [SEVERITY_LETTERS["error"]] * len(policies)
    for policy, outcome, severity, blocks, _ in verdicts:
        letters[policy] = LETTERS[outcome].upper() if blocks else LETTERS[outcome]
        severities[policy] = SEVERITY_LETTERS[severity]
    found = {outcome for _, outcome, *_ in verdicts}
    return CaseRow(
        _text(known.platform) or _unlisted(_text(known.vendor)),
        _text(known.region),
        tuple(sorted(set(_texts(known.data)))),
        "".join(letters),
        "".join(severities),
        next((name for name in OUTCOMES if name in found), "not_applicable"),
        any(blocks for *_, blocks, _ in verdicts),
        {policy: escape(waiver) for policy, *_, waiver in verdicts if waiver},
        {policies[id]: words for id, words in _reasons(reasons) if id in policies},
    )


def _text(value: object) -> str | None:
    return escape(value) or None if isinstance(value, str) else None


def _unlisted(vendor: str | None) -> str | None:
    """What stands for a platform that no registry lists."""
    return None if vendor is None else f"{vendor} (unlisted)"


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        yield from (escape(one) for one in value if isinstance(one, str))


def _reasons(written: str) -> Iterator[tuple[str, str]]:
    """By policy: the one fact behind it, else its requirements."""
    for policy, reason in _decode_reasons(written).items():
        words = reason.cause or "; ".join(one.message for one in reason.requirements)
        yield policy, shortened(escape(words), _LONGEST)
