"""What a bundle says of policies that others wrote, and what it adds to the contract's words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final, Literal, Union

import msgspec
from msgspec import UNSET, UnsetType

from .text import Text, TextsNotEmpty
from .vocabulary import AGREEMENT_KINDS, NO_GROUPS, RegionGroups, Severity

# These stand in fields and not in a type of their own, so that nothing compiles them where what ships judges.
KIND_NAME: Final = r"^(?!.*\n)[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$"
KIND_NAME_WORDS: Final = "the name of a kind of agreement: lower-case letters, digits, hyphens and underscores"
AttributeValue = Union[Text, int, float, bool]
AttributeType = Literal["text", "flag", "day", "number"]


class PolicyOverride(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How policies count in this organization; of several that fit a policy, the last one counts alone."""

    policy: Text
    """The id of a policy or a glob; one that fits no policy is an error."""
    reason: Text
    """Why they count so."""
    severity: Severity | UnsetType = UNSET
    """How much they matter."""
    enforce_from: datetime.date | UnsetType = UNSET
    """Until this day they are warnings at most."""
    off: bool | UnsetType = UNSET
    """Whether they judge nobody; true stands alone, false undoes an earlier entry."""


class AttributeRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an attribute of usages can be: a type, or one of some words."""

    type: AttributeType | UnsetType = UNSET
    """A text, true or false, a day, or a number; this or `one_of` is required."""
    one_of: TextsNotEmpty | UnsetType = UNSET
    """The words that it can be."""


AttributeRules = dict[Text, AttributeRule]
WrittenGroups = dict[Text, TextsNotEmpty]
"""By name: regions."""


class OwnWords(msgspec.Struct, frozen=True):
    """What a bundle and its packs add to the contract's words."""

    agreement_kinds: frozenset[str] = frozenset(AGREEMENT_KINDS)
    """The contract's and their own."""
    attributes: Mapping[str, AttributeRule] = {}
    """Those that are declared, by name."""
    closed: bool = False
    """Whether a usage may have no other attribute."""
    region_groups: RegionGroups = NO_GROUPS
    """Groups of regions, by name, each with its members."""
    accounts: frozenset[tuple[str, Union[str, None]]] | None = None
    """The accounts that exist, each by its offering and its name; None: the bundle does not say."""


NO_WORDS = OwnWords()
