"""What an assessment asks of everybody: each control that policies serve, and each policy.

In: policies. Out: objectives, in the order in which policies name them, with titles for people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from ..logic.wording import count
from ..model.control import Control
from ..model.evaluation import Evaluation
from ..model.frameworks.table import FRAMEWORKS
from ..model.policy import Policy
from ..model.result import Result
from ..model.vocabulary import Outcome
from . import unjudged
from .controls_told import off_words
from .resting import ALONE

OWN: Final = "Policies"
"""The framework of policies that stand for themselves; no framework that policies name is written with a capital."""
AS_FAR: Final = "as far as the policies that serve this control ask; the control may ask for more than they do"
_WORDS: Final[Mapping[Outcome, str]] = {
    "pass": "pass",
    "fail": "fail",
    "unknown": "not known",
    "waived": "waived",
    "not_applicable": "not applicable",
}


class Objective(msgspec.Struct, frozen=True):
    """A control, or a policy that stands for itself."""

    control: Control | None
    policies: tuple[Policy, ...]
    """Those that serve the control; the only one."""

    @property
    def framework(self) -> str:
        """Whose it is."""
        return OWN if self.control is None else self.control.framework

    @property
    def name(self) -> str:
        """As it is written."""
        return self.policies[0].id if self.control is None else self.control.id

    @property
    def heading(self) -> str:
        """What it is about, without its name; a control that no framework lists is called by its name."""
        if self.control is None:
            return self.policies[0].title
        known = FRAMEWORKS.get(self.control.framework)
        return self.control.id if known is None else known.controls.get(self.control.id, self.control.id)

    @property
    def title(self) -> str:
        """For people: framework, name, and what it is about."""
        if self.control is None:
            return self.heading
        about = "" if self.heading == self.control.id else f": {self.heading}"
        return f"{framework_name(self.control.framework)} {self.control.id}{about}"


def framework_name(framework: str) -> str:
    """In full, where it is one of those that ship."""
    known = FRAMEWORKS.get(framework)
    return framework if known is None else known.name


def of_controls(policies: Sequence[Policy]) -> tuple[Objective, ...]:
    """Each control that policies serve."""
    served: dict[Control, list[Policy]] = {}
    for policy in policies:
        for control in dict.fromkeys(policy.controls):
            served.setdefault(control, []).append(policy)
    return tuple(Objective(control, tuple(found)) for control, found in served.items())


def of_policies(policies: Sequence[Policy]) -> tuple[Objective, ...]:
    """Each policy by itself."""
    return tuple(Objective(None, (policy,)) for policy in policies)


def objectives(policies: Sequence[Policy]) -> tuple[Objective, ...]:
    """Each control that policies serve, then each policy that serves none."""
    return (*of_controls(policies), *of_policies([policy for policy in policies if not policy.controls]))


def told(objective: Objective, results: Sequence[Result], evaluation: Evaluation) -> str:
    """What results under an objective come to, and which policies would serve its control and are off."""
    off = (off_words(one) for one in evaluation.bundle.off if objective.control in one.controls)
    return "; ".join((outcomes_words(results, evaluation), *off))


def outcomes_words(results: Sequence[Result], evaluation: Evaluation) -> str:
    """What results come to, and how many manifests were not judged beside them."""
    outcomes = Counter(result.outcome for result in results)
    claimed = sum(result.on_claims_alone for result in results)
    alone = {"pass": f" ({claimed} {ALONE})"} if claimed else {}
    words = ", ".join(
        f"{outcomes[outcome]} {word}{alone.get(outcome, '')}" for outcome, word in _WORDS.items() if outcomes[outcome]
    )
    left = f"; {unjudged.counted(evaluation)} not judged" if evaluation.not_judged else ""
    return f"{count(len(results), 'result')}: {words}{left}"
