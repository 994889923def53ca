"""Agreements, of a register or of a policy's test, whose days contradict their status or each other.

In: agreements as they are written. Out: problems.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import UnsetType

from ..errors import Problem
from ..model.agreement import Agreement
from ..source import Path, Source
from .decode import NO_DAY


def check_agreements(
    agreements: Iterable[str | Agreement], path: Path, source: Source, problems: list[Problem]
) -> None:
    """Report each agreement whose days contradict its status or each other."""
    for index, agreement in enumerate(agreements):
        if isinstance(agreement, Agreement):
            _check_dates(agreement, (*path, index), source, problems)


def _check_dates(agreement: Agreement, path: Path, source: Source, problems: list[Problem]) -> None:
    if isinstance(agreement.signed, UnsetType):
        if agreement.status == "executed":
            title, help = "an executed agreement without `signed`", "say on which day it was signed"
            problems.append(Problem(title, source.locate((*path, "kind"), key=True), help, source))
    elif isinstance(agreement.expires, UnsetType) or NO_DAY in (agreement.signed, agreement.expires):
        return
    elif agreement.expires < agreement.signed:
        title = f"expires on {agreement.expires}, before it is signed on {agreement.signed}"
        problems.append(Problem(title, source.locate((*path, "expires")), "correct one of the two days", source))
