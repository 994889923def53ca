"""What `vendorgate.inventory/1` says by control: its types, and what fills them.

In: an inventory. Out: frozen documents.
"""

from __future__ import annotations

from typing import Union

import msgspec

from ..model.vocabulary import Outcome
from ..report.controls import ControlGroup, ServedBy, Standing
from ..report.json import ReportedSupport, reported_support
from .by_control import ControlRows, FrameworkRows, RowUnder, by_control
from .model import Inventory


class InventoryPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A policy in force that serves a control."""

    policy: str
    """Its id."""
    title: str
    """What it asks for."""
    results: dict[Outcome, int]
    """How many of its results come to what; empty where no usage was judged."""


class InventorySupport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that passes rest on."""

    offerings: tuple[str, ...]
    """For which it is needed."""
    passes: int
    """How many rest on it."""
    can_be_shown: bool
    """Whether there is more to show than somebody's word."""
    support: ReportedSupport
    """What it is; of a claim the first of its field."""


class InventoryControlRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the register under a control; there is none where nothing under it applies to the row."""

    row: Union[str, None]
    """Its id; null: routes of which the register has no row."""
    standing: Standing
    """The worst of the results of its routes under the control."""
    on_claims_alone: int
    """How many of its passes rest on claims alone."""
    policies: tuple[InventoryPolicy, ...]
    """Those that apply to it."""
    rests_on: tuple[InventorySupport, ...]
    """What its passes rest on, each thing once; empty of routes without a row."""


class InventoryControl(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A control, with the rows that its policies judge."""

    framework: Union[str, None]
    """The id of the framework; null of policies that name no control."""
    framework_name: str
    """What people call it."""
    control: str
    """The id of the control; empty of policies that name none."""
    title: str
    """What it is about; empty where vendorgate does not list it."""
    standing: Standing
    """What it comes to, by all results, as `check --group-by control` counts them."""
    results: dict[Outcome, int]
    """How many results come to what, in the whole run."""
    on_claims_alone: int
    """How many passes rest on claims alone."""
    policies: tuple[InventoryPolicy, ...]
    """Policies in force that serve it."""
    off: tuple[str, ...]
    """Policies that would serve it and are off."""
    rows: tuple[InventoryControlRow, ...]
    """In the order of the register; routes without a row last."""


def reported_controls(inventory: Inventory) -> tuple[InventoryControl, ...]:
    """Every control, in the order of all reports."""
    return tuple(_control(framework, one) for framework in by_control(inventory) for one in framework.controls)


def _control(framework: FrameworkRows, found: ControlRows) -> InventoryControl:
    group, named = found.group, framework.group.framework
    outside = () if found.outside is None else (_row(None, found.outside),)
    return InventoryControl(
        framework=None if named is None else named.id,
        framework_name=framework.group.heading if named is None else named.name,
        control=group.control.id,
        title=group.control.title,
        standing=group.standing,
        results=dict(sorted(group.counts.items())),
        on_claims_alone=group.on_claims_alone,
        policies=tuple(map(_policy, group.served_by)),
        off=tuple(one.policy for one in group.off),
        rows=(*map(_judged, found.rows), *outside),
    )


def _judged(one: RowUnder) -> InventoryControlRow:
    return _row(one.row.id, one.group)


def _row(id: str | None, group: ControlGroup) -> InventoryControlRow:
    supports = tuple(
        InventorySupport(one.offerings, one.passes, one.can_be_shown, reported_support(one.support))
        for one in group.supports
    )
    policies = tuple(map(_policy, group.served_by))
    return InventoryControlRow(id, group.standing, group.on_claims_alone, policies, supports)


def _policy(served: ServedBy) -> InventoryPolicy:
    return InventoryPolicy(served.policy.id, served.policy.title, dict(sorted(served.counts.items())))
