"""A correction of the registry that somebody proposes: what a cell says and should say, and who read that where."""

import datetime
from typing import Annotated, Any, Literal, Union

import msgspec
from msgspec import Meta

from .manifest import Slug
from .registry import Scope, ScopedFacts
from .text import Text
from .vocabulary import AccessRoute, Confidence, Default, Dimension, Tier


class CorrectedCell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cell as it should be, whole; its source, its day and its readings come from the correction itself."""

    value: Text
    """A grade; one that this version does not know is unknown."""
    confidence: Confidence | None = None
    """How sure the registry is of it."""
    tier: Tier | None = None
    """The least tier at which the commitment is offered."""
    route: AccessRoute | None = None
    """How an organization gets at it."""
    default: Default | None = None
    """Whether it holds by itself, by configuration or by approval."""
    geography: Text | None = None
    """Where it is offered, in words."""
    note: Text | None = None
    """In own words, short."""
    scope: Scope | None = None
    """Where it reaches; left out: everywhere."""
    conditions: tuple[Any, ...] | None = None
    """JSON Logic; all must hold for the commitment to apply to us."""
    facts: dict[str, Any] | None = None
    """Anything that a policy may compute on."""
    scoped_facts: tuple[ScopedFacts, ...] | None = None
    """Key by key other facts, where their scope reaches; of several that reach a name the first."""
    valid_until: datetime.date | None = None
    """The last day of what the vendor has announced to end."""


class CorrectionFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `vendorgate registry correct` writes, a person fills in, and `--apply` takes."""

    version: Literal[1]
    """The version of the format."""
    offering: Slug
    """The id of the offering."""
    says: Annotated[dict[Dimension, Union[dict[str, Any], None]], Meta(min_length=1, max_length=1)]
    """What the cell says, as the registry has it; null where it states nothing. Where it says something else by now,
    nothing is applied."""
    dimensions: Annotated[dict[Dimension, CorrectedCell], Meta(min_length=1, max_length=1)]
    """What it should say: the whole cell."""
    source: Text
    """The primary source: a page of the vendor's own that anybody can open."""
    read_on: datetime.date
    """The day on which it was read."""
    by: Text
    """Who read it: a name or an address; it is recorded in the cell's `readings`."""
    why: Text
    """What was wrong, in a sentence of your own, for the changelog."""
    quote: Text | None = None
    """The passage that says it, in the source's own words; its SHA-256 is recorded, and not the passage."""
    archived: Text | None = None
    """A copy of the source as it was read."""
    credit: Text | None = None
    """The name under which the changelog thanks for it; left out: nobody is named."""
