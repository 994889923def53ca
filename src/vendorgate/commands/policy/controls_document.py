"""Who serves which control for programs, `vendorgate.policy-controls/1`: the type of the document, and what fills it.

In: the controls of a bundle. Out: ASCII text; JSON's own escapes keep every input harmless.
"""

from __future__ import annotations

from typing import Literal, Union

import msgspec

from ...model.vocabulary import Severity
from ...report.document import TOOL, JsonDocument, ReportedBundle, reported_bundle, written
from .controls import STATES, ControlSelection, ControlState, ServedControl, ServedFramework, judges
from .model import CountedPolicy


class ServingPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A policy that names the control."""

    id: str
    """Its id."""
    title: str
    """What it demands, in one line."""
    severity: Severity
    """How much it matters here."""
    in_force: bool
    """Whether it judges where nobody asks for a pack."""
    off: bool
    """Whether the bundle switches it off."""
    reason: Union[str, None]
    """Why the bundle lets it count otherwise than it is written; null where it counts as it is written."""
    pack: Union[str, None]
    """The pack that it is in; null where it is in none."""
    fleet: bool
    """Whether it judges all usages of a fleet together, and no check."""


class ReportedControl(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A control."""

    id: str
    """As the framework numbers it."""
    title: Union[str, None]
    """What it is about; null where vendorgate does not list it."""
    state: ControlState
    """Whether some policy that judges serves it, only others do, or none does."""
    policies: tuple[ServingPolicy, ...]
    """Those that name it, in the order in which they judge."""


class ReportedFramework(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A framework."""

    id: str
    """What `controls` of policies call it."""
    name: Union[str, None]
    """In full; null where vendorgate does not list it."""
    edition: Union[str, None]
    """Which edition of it; null where vendorgate does not list it."""
    controls: tuple[ReportedControl, ...]
    """In its own order; those that it does not list behind them."""


class ReportedControlCounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many controls are in which state."""

    addressed: int
    """Some policy that judges serves them."""
    not_in_force: int
    """Only policies that are off, or that wait for their pack, serve them."""
    not_addressed: int
    """No policy serves them."""


class PolicyControls(JsonDocument, frozen=True):
    """Which policies of a bundle serve which control, and which controls none serves."""

    schema: Literal["vendorgate.policy-controls/1"]
    """The format."""
    bundle: ReportedBundle
    """That the policies are of."""
    summary: ReportedControlCounts
    """Counts."""
    frameworks: tuple[ReportedFramework, ...]
    """Those that ship by name, then others by id."""
    without_controls: tuple[ServingPolicy, ...]
    """Policies that name no control."""


def render(selected: ControlSelection) -> str:
    """The document."""
    counts = (sum(len(one.in_state(state)) for one in selected.frameworks) for state in STATES)
    return written(
        PolicyControls(
            schema="vendorgate.policy-controls/1",
            tool=TOOL,
            bundle=reported_bundle(selected.bundle),
            summary=ReportedControlCounts(*counts),
            frameworks=tuple(map(_framework, selected.frameworks)),
            without_controls=tuple(map(_policy, selected.without_controls)),
        )
    )


def _framework(one: ServedFramework) -> ReportedFramework:
    framework = one.framework
    name, edition = (None, None) if framework.is_own else (framework.name, framework.edition)
    return ReportedFramework(framework.id, name, edition, tuple(map(_control, one.controls)))


def _control(one: ServedControl) -> ReportedControl:
    control = one.control
    title = None if control.is_own else control.title
    return ReportedControl(control.id, title, one.state, tuple(map(_policy, one.policies)))


def _policy(one: CountedPolicy) -> ServingPolicy:
    policy = one.policy
    return ServingPolicy(
        policy.id,
        policy.title,
        policy.severity,
        judges(one),
        one.is_off,
        None if one.override is None else one.override.reason,
        None if one.pack is None else one.pack.name,
        one.is_of_fleet,
    )
