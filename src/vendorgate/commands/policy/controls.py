"""Which policies of a bundle serve which control, and which controls none serves: the first question of whoever answers
to a law or an auditor, and it needs no manifest.

In: policies as they count. Out: frameworks with their controls, in the order of all reports.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from ...model.control import Control
from ...model.policy import Bundle
from ...report.control_order import OrderedControl, OrderedFramework, in_order
from .model import CountedPolicy

ControlState = Literal["addressed", "not_in_force", "not_addressed"]
"""Some policy that judges serves it; only policies that are off or wait for their pack do; none does."""
STATES: Final[dict[ControlState, str]] = {
    "addressed": "addressed",
    "not_in_force": "not in force",
    "not_addressed": "not addressed",
}
"""And the words that a reader sees."""


class ServedControl(msgspec.Struct, frozen=True):
    """A control, and the policies that name it."""

    control: OrderedControl
    policies: tuple[CountedPolicy, ...]
    """In the order of the bundle, those that judge nobody, too."""

    @property
    def state(self) -> ControlState:
        if not self.policies:
            return "not_addressed"
        return "addressed" if any(judges(one) for one in self.policies) else "not_in_force"


class ServedFramework(msgspec.Struct, frozen=True):
    """A framework, and who serves its controls."""

    framework: OrderedFramework
    controls: tuple[ServedControl, ...]

    def in_state(self, state: ControlState) -> tuple[ServedControl, ...]:
        return tuple(one for one in self.controls if one.state == state)


class ControlSelection(msgspec.Struct, frozen=True):
    """The controls of a bundle, by framework."""

    bundle: Bundle
    frameworks: tuple[ServedFramework, ...]
    without_controls: tuple[CountedPolicy, ...]
    """Policies that name no control."""


def judges(one: CountedPolicy) -> bool:
    """Whether a policy judges anybody where nobody asks for a pack."""
    return not one.is_off and not one.waits


def served(policies: Iterable[CountedPolicy], also: Iterable[str] = ()) -> tuple[ServedFramework, ...]:
    """Every framework that policies name and those of the ids `also`, each with all of its controls."""
    by_control: dict[Control, list[CountedPolicy]] = {}
    for one in policies:
        for control in dict.fromkeys(one.policy.controls):
            by_control.setdefault(control, []).append(one)
    return tuple(_served(framework, by_control) for framework in in_order(by_control, also))


def _served(framework: OrderedFramework, by_control: dict[Control, list[CountedPolicy]]) -> ServedFramework:
    found = (ServedControl(one, (*by_control.get(Control(framework.id, one.id), ()),)) for one in framework.controls)
    return ServedFramework(framework, tuple(found))
