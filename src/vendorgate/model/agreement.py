"""What an organization has signed."""

import datetime
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from ..source import Source
from .text import Text, Texts, TextsNotEmpty
from .vocabulary import AgreementStatus


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


class AgreementsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`agreements.yaml`."""

    version: Literal[1]
    """The version of the format."""
    agreements: tuple[Agreement, ...]
    """What is not listed is not in force."""


class Register(msgspec.Struct, frozen=True):
    """The agreements register: what it does not list is not in force."""

    agreements: tuple[Agreement, ...]
    source: Source
