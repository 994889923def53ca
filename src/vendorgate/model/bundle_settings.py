"""What the settings of a bundle demand of its waivers, make of its observations, and switch off of the lints.

Every `bundle.yaml` is read by these; the nouns of waivers and observations are for bundles that have any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import msgspec
from msgspec import UNSET, Meta, UnsetType

from .text import Text, Texts, TextsNotEmpty

if TYPE_CHECKING:
    from .observation import Observations

Days = Annotated[int, Meta(ge=0)]


class WaiverRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a bundle demands of its waivers; one that breaks a rule is void."""

    max_days: Annotated[int, Meta(ge=1)] | UnsetType = UNSET
    """The most days, from the day that is judged by, that a waiver may still run."""
    require_ticket: bool = False
    """Whether a waiver must name a ticket."""
    forbid_self_approval: bool = False
    """Whether nobody may approve a waiver of what they own themselves."""
    forbid_policies: Texts = ()
    """Globs of the policies that nothing waives."""


class ObservationRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a bundle makes of observations."""

    max_age_days: Days = 30
    """For how many days an observation counts."""
    required: Texts = ()
    """Offerings of which a setting counts where it was observed, and else nobody knows it, whatever is claimed."""
    attested: bool = False
    """Whether what a person has attested counts as observed, where it must be."""


class LintException(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A lint that is switched off, and why."""

    ignore: Text
    """The id of the lint."""
    reason: Text
    """Why it is right to switch it off."""
    policies: TextsNotEmpty = ("*",)
    """Globs of the policies for which it is switched off."""


NOTHING_OBSERVED: Final[Observations] = {}
