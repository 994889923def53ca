"""What an organization has signed."""

import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ..source import Source
from .manifest import Text, Texts, TextsNotEmpty
from .vocabulary import AgreementKind, AgreementStatus


class Agreement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One agreement with one or more vendors."""

    kind: AgreementKind
    offerings: TextsNotEmpty
    """Globs."""
    status: AgreementStatus
    signed: datetime.date | UnsetType = UNSET
    expires: datetime.date | UnsetType = UNSET
    """The last day on which it is in force; without one it has no end."""
    projects: Texts = ("*",)
    """Globs."""
    reference: Text | UnsetType = UNSET


class AgreementsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`agreements.yaml`."""

    version: Annotated[Literal[1], Meta(description="the version of the format")]
    agreements: tuple[Agreement, ...]


class Register(msgspec.Struct, frozen=True):
    """The agreements register: what it does not list is not in force."""

    agreements: tuple[Agreement, ...]
    source: Source
