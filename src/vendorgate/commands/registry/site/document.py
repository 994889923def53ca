"""The registry as data in our own shape, `vendorgate.registry.site/1`, which lies beside the pages.

In: what the site is made of. Out: ASCII text.
"""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from ....evaluate.watch_outs import watch_outs
from ....model.registry import OfferingFile
from ....report.document import written
from ..document import (
    OwnStatement,
    RegistryDocument,
    own_statements,
    plain_offering,
    reported_snapshot,
    told_watch_outs,
)
from .model import Asked


class PublishedOffering(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An offering with the place of its page."""

    page: str
    """From the folder of this document."""
    offering: OfferingFile
    """The offering as it is written, with null for what is not stated."""
    watch_outs: dict[str, tuple[str, ...]]
    """By dimension: why it is not a clean public yes."""
    own: tuple[OwnStatement, ...] | UnsetType = UNSET
    """Cells of the organization, which stand in the place of the registry's; left out where there are none."""
    owner: Literal["bundle"] | UnsetType = msgspec.field(name="from", default=UNSET)
    """Whose the offering is: the organization's own; left out: the registry's."""


class RegistrySite(RegistryDocument, frozen=True):
    """All that a site of the registry says."""

    schema: Literal["vendorgate.registry.site/1"]
    """The format."""
    as_of: datetime.date
    """The day from which the pages count."""
    dimensions: dict[str, str]
    """By id: the question that it answers."""
    offerings: tuple[PublishedOffering, ...]
    """By id."""


def site_data(asked: Asked) -> str:
    """`vendorgate.json`."""
    return written(
        RegistrySite(
            schema="vendorgate.registry.site/1",
            registry=reported_snapshot(asked.snapshot),
            as_of=asked.day,
            dimensions={str(name): text for name, text in asked.snapshot.written.dimensions.items()},
            offerings=tuple(
                PublishedOffering(
                    f"offerings/{one.id}/",
                    plain_offering(one),
                    told_watch_outs(watch_outs(one)),
                    own_statements(one),
                    "bundle" if one.owner == "bundle" else UNSET,
                )
                for one in asked.offerings
            ),
        )
    )
