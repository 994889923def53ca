"""How a bundle lets policies count: another severity, another day, or not at all.

In: policies, and the bundle's `overrides`. Out: the policies as they count, those that are off, and a problem for each
entry that says nothing, contradicts itself or fits no policy: a typo must not leave a policy as it was meant not to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

import msgspec
from msgspec import UnsetType

from ..errors import Problem
from ..logic.globs import Globs
from ..model.additions import PolicyOverride
from ..model.policy import Policy, PolicyOutline
from ..model.switched_off import SwitchedOff
from ..source import Source

AnyPolicy = TypeVar("AnyPolicy", Policy, PolicyOutline)
_SAYS: Final = ("severity", "enforce_from", "off")


class Counting:
    """The overrides of a bundle, by the policies that they fit."""

    __slots__ = ("_fitting", "_overrides")

    def __init__(self, overrides: Sequence[PolicyOverride]) -> None:
        self._overrides = overrides
        self._fitting = Globs((entry.policy,) for entry in overrides)

    def last_fitting(self, id: str) -> int | None:
        """The place of the last entry that fits a policy."""
        found = self._fitting.naming(id).bit_length()
        return found - 1 if found else None

    def as_counted(self, policy: AnyPolicy) -> AnyPolicy | None:
        """A policy as the bundle lets it count; None where it is off."""
        found = self.last_fitting(policy.id)
        if found is None:
            return policy
        entry = self._overrides[found]
        if entry.off is True:
            return None
        said = {field: getattr(entry, field) for field in ("severity", "enforce_from")}
        changes = {field: value for field, value in said.items() if not isinstance(value, UnsetType)}
        return msgspec.structs.replace(policy, **changes)


def overridden(
    policies: Sequence[Policy], overrides: Sequence[PolicyOverride], source: Source, problems: list[Problem]
) -> tuple[tuple[Policy, ...], tuple[SwitchedOff, ...]]:
    """The policies as they count, and those that are off; that all of them are is a problem."""
    kept: list[Policy] = []
    off: list[SwitchedOff] = []
    counting = Counting(overrides)
    for policy in policies:
        counted = counting.as_counted(policy)
        if counted is not None:
            kept.append(counted)
            continue
        index = counting.last_fitting(policy.id)
        assert index is not None
        location = source.locate(("overrides", index, "policy"))
        off.append(SwitchedOff(policy.id, overrides[index].reason, location, policy.controls))
    if off and not kept:
        help = "a bundle that asks nothing of anybody judges nobody: leave on what is to judge"
        location = source.locate(("overrides",), key=True)
        problems.append(Problem("every policy of the bundle is off", location, help, source))
    return tuple(kept), tuple(off)


def check_overrides(overrides: Iterable[PolicyOverride], source: Source, problems: list[Problem]) -> None:
    """Report each entry that says nothing, and each that switches off and says how much the policies matter."""
    for index, entry in enumerate(overrides):
        said = [field for field in _SAYS if not isinstance(getattr(entry, field), UnsetType)]
        if not said:
            help = "add `severity`, `enforce_from` or `off: true`, or take the entry out"
            location = source.locate(("overrides", index, "policy"))
            problems.append(Problem(f"nothing is said of `{entry.policy}`", location, help, source))
        elif entry.off is True and len(said) > 1:
            title = f"`off: true` beside `{said[0]}`"
            help = "a policy that is off judges nobody: keep one of the two"
            problems.append(Problem(title, source.locate(("overrides", index, said[0]), key=True), help, source))
