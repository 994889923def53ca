"""What an organization has signed."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ..source import Source
from .registry import Sha256
from .text import DOCUMENT, Text, Texts, TextsNotEmpty
from .vocabulary import AgreementStatus

if TYPE_CHECKING:
    from .register_index import RegisterIndex

SccModule = Literal[1, 2, 3, 4]
WITHOUT_CLAUSES: Final = ("baa", "zdr", "nda", "soc2_report", "residency")
"""Kinds of agreement that no standard contractual clauses are part of."""
LONGEST_NOTICE: Final = 36_500
"""Days."""
_PAPER: Final = "a document: a path below the bundle, such as contracts/baa.pdf, or an address with https://"


class AgreementReview(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That somebody has read a signed agreement and found that it still serves."""

    by: Text
    """Who."""
    on: datetime.date
    """The day; not before it was signed. Until that day nothing has been reviewed."""


class Agreement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One agreement with one or more vendors."""

    kind: Text
    """What was signed: a kind of the contract, or one that the bundle adds."""
    offerings: TextsNotEmpty
    """Globs."""
    status: AgreementStatus
    """Where it stands."""
    signed: datetime.date | UnsetType = UNSET
    """The day on which it was signed; needed where it is executed."""
    expires: datetime.date | UnsetType = UNSET
    """The last day on which it is in force; without one it has no end."""
    projects: Texts = ("*",)
    """Globs."""
    reference: Text | UnsetType = UNSET
    """Where it is filed."""
    counterparty: Text | UnsetType = UNSET
    """Who else has signed: the vendor's legal name."""
    # Written out here, so that a pattern that takes a millisecond to compile is compiled for registers alone.
    document: Annotated[str, Meta(min_length=1, pattern=DOCUMENT, description=_PAPER)] | UnsetType = UNSET
    """Where the paper is: a path below the bundle, by `/`, or an address with https. Nothing that judges opens it."""
    sha256: Sha256 | UnsetType = UNSET
    """The digest of the document, so that another one is found out; only with `document`."""
    owner: Text | UnsetType = UNSET
    """Who looks after it on our side."""
    notice_days: Annotated[int, Meta(ge=0, le=LONGEST_NOTICE)] | UnsetType = UNSET
    """How many days before its end notice must be given, so that it is not renewed."""
    scc_modules: Annotated[tuple[SccModule, ...], Meta(min_length=1)] | UnsetType = UNSET
    """The modules of the EU's standard contractual clauses (Decision 2021/914) in it; a `baa`, `zdr`, `nda`,
    `soc2_report` or `residency` has none."""
    reviewed: AgreementReview | UnsetType = UNSET
    """When somebody last read it and found that it still serves."""


class AgreementsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`agreements.yaml`."""

    version: Literal[1]
    """The version of the format."""
    agreements: tuple[Agreement, ...]
    """What is not listed is not in force."""


class Register(msgspec.Struct, frozen=True, dict=True):
    """The agreements register: what it does not list is not in force."""

    agreements: tuple[Agreement, ...]
    source: Source

    @cached_property
    def index(self) -> RegisterIndex[Agreement]:
        """The agreements by what they name, made when first asked for."""
        from .register_index import RegisterIndex  # many bundles have no register

        return RegisterIndex(self.agreements)
