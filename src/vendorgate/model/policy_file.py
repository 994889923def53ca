"""Files of policies as they are written, with the tests beside their policies: a check reads outlines of them."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from .additions import KIND_NAME, KIND_NAME_WORDS, AttributeRules, WrittenGroups
from .manifest import Slug
from .policy import PolicyOutline
from .written_tests import PolicyTest


class PolicyFileEntry(PolicyOutline, frozen=True, forbid_unknown_fields=True):
    """A policy as it is written."""

    tests: tuple[PolicyTest, ...] = ()
    """Usages, and what the policy must say of them."""


class PolicyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One policy file of a bundle."""

    version: Literal[1]
    """The version of the format."""
    policies: Annotated[tuple[PolicyFileEntry, ...], Meta(min_length=1)]
    """In the order in which they judge."""
    data_classes: tuple[Slug, ...] = ()
    """Data classes that they need beside the usual ones."""
    agreement_kinds: tuple[Annotated[str, Meta(pattern=KIND_NAME, description=KIND_NAME_WORDS)], ...] = ()
    """Kinds of agreement that they need beside the usual ones."""
    attributes: AttributeRules = {}
    """Attributes of usages that they read, and what each can be."""
    region_groups: WrittenGroups = {}
    """Groups of regions that they name, beside the usual ones: regions by the group's name."""
