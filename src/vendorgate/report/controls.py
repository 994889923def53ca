"""An evaluation by the controls that its policies serve: what a control comes to, and what that rests on.

In: an evaluation. Out: frameworks with their controls, in the order of all reports. A result stands under each control
that its policy names, once; one whose policy names none stands in a group of its own. Refuses to know formats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final, Literal

import msgspec

from ..model.control import Control
from ..model.evaluation import Evaluation
from ..model.policy import Policy
from ..model.result import Result
from ..model.switched_off import SwitchedOff
from ..model.vocabulary import Outcome
from .control_order import OrderedControl, OrderedFramework, in_order
from .control_supports import SharedSupport, SupportsByControl
from .resting import ALONE

Standing = Literal["falls_short", "unknown", "waived", "on_claims_alone", "passes", "not_applicable", "not_addressed"]
"""What a control comes to, the worst first; `passes`: every policy in force that serves it passes wherever it applies,
and `on_claims_alone`: none of these passes rests on more than what manifests claim. What the control asks beside is
not known, so that neither says that it is met."""
STANDINGS: Final[Mapping[Standing, str]] = {
    "falls_short": "falls short",
    "unknown": "not known",
    "waived": "waived",
    "on_claims_alone": f"passes {ALONE}",
    "passes": "passes",
    "not_applicable": "not applicable",
    "not_addressed": "not addressed",
}
"""And the words that a reader sees."""
NO_CONTROL: Final = "no control named"
ABOUT: Final = (
    "A control passes here where every policy that serves it passes wherever it applies; "
    f"{ALONE}, where there is nothing to show but what manifests claim; "
    "a policy asks a part of what a control asks, and this is no legal advice"
)
"""What a reader must know of the word."""


class ServedBy(msgspec.Struct, frozen=True):
    """A policy in force that serves a control, and what it comes to."""

    policy: Policy
    results: tuple[Result, ...]
    """In the order of the evaluation, those that do not apply, too."""

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(one.outcome for one in self.results)

    @property
    def on_claims_alone(self) -> int:
        """How many of its passes rest on claims alone."""
        return sum(one.on_claims_alone for one in self.results)

    @property
    def short(self) -> tuple[Result, ...]:
        """Those that fail, are not known, or are waived."""
        return tuple(one for one in self.results if one.outcome in ("fail", "unknown", "waived"))


class ControlGroup(msgspec.Struct, frozen=True, dict=True):
    """A control, and all results under it."""

    control: OrderedControl
    """Of what names no control: without an id."""
    served_by: tuple[ServedBy, ...]
    """In the order of the bundle."""
    off: tuple[SwitchedOff, ...]
    """Policies that would serve it and are off."""
    supports: tuple[SharedSupport, ...]
    """What its passes rest on, each thing once."""
    complete: bool
    """Whether every manifest that was meant was judged."""

    @property
    def results(self) -> Iterator[Result]:
        for one in self.served_by:
            yield from one.results

    @cached_property
    def counts(self) -> Counter[Outcome]:
        """Results by what they come to."""
        return Counter(one.outcome for one in self.results)

    @cached_property
    def on_claims_alone(self) -> int:
        """How many of its passes rest on claims alone."""
        return sum(one.on_claims_alone for one in self.served_by)

    @cached_property
    def standing(self) -> Standing:
        """The worst of its results; of what was not judged nothing is known."""
        if not self.served_by:
            return "not_addressed"
        if self.counts["fail"]:
            return "falls_short"
        if self.counts["unknown"] or not self.complete:
            return "unknown"
        if self.counts["waived"]:
            return "waived"
        if not self.counts["pass"]:
            return "not_applicable"
        return "passes" if any(one.can_be_shown for one in self.results) else "on_claims_alone"


class FrameworkGroup(msgspec.Struct, frozen=True):
    """A framework, and what its controls come to."""

    framework: OrderedFramework | None
    """None: what names no control."""
    controls: tuple[ControlGroup, ...]
    """In the framework's own order, those that policies alone name behind them."""

    @property
    def heading(self) -> str:
        return NO_CONTROL if self.framework is None else self.framework.heading

    @property
    def standings(self) -> Counter[Standing]:
        """How many controls come to what."""
        return Counter(one.standing for one in self.controls)


def grouped_by_control(evaluation: Evaluation, *, supports: bool = True) -> tuple[FrameworkGroup, ...]:
    """Every framework that a policy of the bundle names, one that is off, too, with all of its controls.

    What names no control stands last, where anything does. Without `supports` nobody is asked what passes rest on.
    """
    served = _by_control(evaluation.bundle.policies)
    off = _off_by_control(evaluation.bundle.off)
    results = _by_policy(evaluation)
    shared = SupportsByControl(evaluation.results if supports else ())
    grouping = _Grouping(served, off, results, shared, not evaluation.not_judged)
    frameworks = (
        FrameworkGroup(one, tuple(grouping.of(Control(one.id, it.id), it) for it in one.controls))
        for one in in_order(control for control in (*served, *off) if control is not None)
    )
    none = grouping.of(None, OrderedControl("", NO_CONTROL, True))
    without = (FrameworkGroup(None, (none,)),) if none.served_by or none.off else ()
    return (*frameworks, *without)


class _Grouping(msgspec.Struct, frozen=True):
    """All that groups are made of; None stands for what names no control."""

    served: Mapping[Control | None, list[Policy]]
    off: Mapping[Control | None, list[SwitchedOff]]
    results: Mapping[str, list[Result]]
    supports: SupportsByControl
    complete: bool

    def of(self, control: Control | None, ordered: OrderedControl) -> ControlGroup:
        policies = self.served.get(control, [])
        return ControlGroup(
            control=ordered,
            served_by=tuple(ServedBy(one, tuple(self.results.get(one.id, ()))) for one in policies),
            off=tuple(self.off.get(control, ())),
            supports=self.supports.of(control),
            complete=self.complete,
        )


def controls_of(policy: Policy | SwitchedOff) -> tuple[Control | None, ...]:
    """The controls that a policy names, each once; None where it names none."""
    return (*dict.fromkeys(policy.controls),) or (None,)


def _by_control(policies: tuple[Policy, ...]) -> dict[Control | None, list[Policy]]:
    found: dict[Control | None, list[Policy]] = {}
    for one in policies:
        for control in controls_of(one):
            found.setdefault(control, []).append(one)
    return found


def _off_by_control(policies: tuple[SwitchedOff, ...]) -> dict[Control | None, list[SwitchedOff]]:
    found: dict[Control | None, list[SwitchedOff]] = {}
    for one in policies:
        for control in controls_of(one):
            found.setdefault(control, []).append(one)
    return found


def _by_policy(evaluation: Evaluation) -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = {}
    for one in evaluation.results:
        found.setdefault(one.policy.id, []).append(one)
    return found
