"""Agreements, of a register or of a policy's test, and the kinds that a bundle adds.

In: agreements and kinds as they are written. Out: problems: kinds that nobody knows, days that contradict a status or
each other, own kinds that stand for one that there is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import UnsetType

from ..errors import Problem
from ..model.vocabulary import AGREEMENT_KINDS
from ..source import Path, Source
from .decode import NO_DAY
from .words import check_word

if TYPE_CHECKING:
    from ..model.additions import OwnWords
    from ..model.agreement import Agreement


def check_agreements(
    agreements: Iterable[str | Agreement], place: tuple[Source, Path], own: OwnWords, problems: list[Problem]
) -> None:
    """Report each kind that does not exist, and each agreement whose days contradict its status or each other."""
    source, path = place
    for index, agreement in enumerate(agreements):
        if not isinstance(agreement, str):
            where = (source, (*path, index, "kind"))
            check_word(agreement.kind, own.agreement_kinds, "a value of `kind`", where, problems)
            _check_dates(agreement, (*path, index), source, problems)
            _check_review(agreement, (*path, index), source, problems)
            _check_paper(agreement, (*path, index), source, problems)
        else:
            check_kind(agreement, own, (source, (*path, index)), problems)


def check_kind(kind: str, own: OwnWords, place: tuple[Source, Path], problems: list[Problem]) -> None:
    """Report a kind of agreement, claimed or in force, that does not exist."""
    check_word(kind, own.agreement_kinds, "a value of `agreements`", place, problems)


def check_own_kinds(files: Iterable[tuple[tuple[str, ...], Source]], problems: list[Problem]) -> None:
    """Report each added kind that is, or could be taken for, one of the contract's: an agreement of the one would then
    stand where the other is meant."""
    known = {_plain(kind): kind for kind in AGREEMENT_KINDS}
    for kinds, source in files:
        for index, kind in enumerate(kinds):
            same = known.get(_plain(kind)) if kind else None
            if same is not None:
                title = f"`{kind}` is a kind of agreement already" if kind == same else f"`{kind}` reads like `{same}`"
                help = "take it out" if kind == same else f"write {same}, or give the kind another name"
                problems.append(Problem(title, source.locate(("agreement_kinds", index)), help, source))


def _plain(kind: str) -> str:
    return kind.replace("-", "").replace("_", "")


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


def _check_review(agreement: Agreement, path: Path, source: Source, problems: list[Problem]) -> None:
    """Nobody can have read what is signed before it was."""
    reviewed, signed = agreement.reviewed, agreement.signed
    if isinstance(reviewed, UnsetType) or isinstance(signed, UnsetType) or NO_DAY in (reviewed.on, signed):
        return
    if reviewed.on < signed:
        title = f"reviewed on {reviewed.on}, before it is signed on {signed}"
        help = "write the day on which somebody read what is signed, or take `reviewed` out"
        problems.append(Problem(title, source.locate((*path, "reviewed", "on")), help, source))


def _check_paper(agreement: Agreement, path: Path, source: Source, problems: list[Problem]) -> None:
    """Report a digest of nothing, and modules of clauses that an agreement of its kind does not have or has twice."""
    if isinstance(agreement.document, UnsetType) and not isinstance(agreement.sha256, UnsetType):
        help, place = "name the document that it is the digest of", source.locate((*path, "sha256"), key=True)
        problems.append(Problem("`sha256` without `document`", place, help, source))
    modules = agreement.scc_modules
    if isinstance(modules, UnsetType):
        return
    from ..model.agreement import WITHOUT_CLAUSES  # only who has one is here

    if agreement.kind in WITHOUT_CLAUSES:
        help = "modules stand at a `dpa`, `scc`, `enterprise`, `other` or a kind of the bundle's own: take them out"
        title, place = f"`scc_modules` of a `{agreement.kind}`", source.locate((*path, "scc_modules"), key=True)
        problems.append(Problem(title, place, help, source))
    for index, module in enumerate(modules):
        if module in modules[:index] and not any(one.source is source for one in problems):
            place = source.locate((*path, "scc_modules", index))
            problems.append(Problem(f"module {module} twice", place, "take one of them out", source))
