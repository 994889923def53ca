"""A policy in sentences: what it applies to, what it requires, what happens otherwise.

In: a policy. Out: a `Page` of clauses, plain text and not yet escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from ..logic.paths import USAGES, reads
from ..model.policy import Policy, Requirement
from .clauses import Clause
from .english import clause

ADVICE: Final = "Documented coverage is evidence, and not legal advice."


class Page(msgspec.Struct, frozen=True):
    """A policy in sentences."""

    policy: Policy
    applies: Clause
    requires: tuple[Clause, ...]
    consequences: tuple[str, ...]


def page(policy: Policy) -> Page:
    """The sentences of a policy."""
    return Page(policy, _applies(policy), tuple(map(_requirement, policy.require)), tuple(_consequences(policy)))


def _applies(policy: Policy) -> Clause:
    if policy.when is not None:
        return clause(policy.when)
    over_all = any(USAGES in reads(one.tree) for one in policy.require)
    return Clause("all usages of a fleet together" if over_all else "every usage")


def _requirement(requirement: Requirement) -> Clause:
    found = clause(requirement.tree)
    if requirement.message is None:
        return found
    return Clause(f"{requirement.message}; in detail:", (found,))


_SEVERITY: Final = {"error": "an error", "warning": "a warning", "note": "a note"}
_UNKNOWN: Final = {
    "fail": "What is not known counts as not met.",
    "warn": "What is not known is a warning at most.",
    "pass": "What is not known is noted and never blocks.",
}


def _consequences(policy: Policy) -> Iterator[str]:
    yield f"Where it is not met: {_SEVERITY[policy.severity]}."
    yield _UNKNOWN[policy.on_unknown]
    if policy.when is not None:
        yield "Where it is not known whether it applies, it applies."
    if policy.enforce_from is not None and policy.severity == "error":
        yield f"Until {policy.enforce_from} it is a warning at most."
