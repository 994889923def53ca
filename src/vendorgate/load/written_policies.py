"""Policies as they are written, put together with their rules.

In: an entry of a policy file, its rules as they judge, what these ask for. Out: a policy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import UnsetType

from ..logic import Node
from ..model.policy import Policy, PolicyOutline, Requirement
from ..model.vocabulary import Dimension
from ..source import Source

if TYPE_CHECKING:
    from ..model.written_tests import PolicyTest

T = TypeVar("T")


class Asking(msgspec.Struct, frozen=True):
    """What the rules of a policy ask for; see the fields of `Policy`."""

    dimensions: tuple[Dimension, ...]
    settings: frozenset[str]
    attributes: frozenset[str]
    facts: tuple[str, ...]


def stated(value: T | UnsetType) -> T | None:
    """What a field says; None where it is left out."""
    return None if isinstance(value, UnsetType) else value


def policy_of(
    entry: PolicyOutline,
    place: tuple[Source, int],
    when: Node | None,
    require: tuple[Requirement, ...],
    asking: Asking,
    tests: tuple[PolicyTest, ...] = (),
) -> Policy:
    """The policy that an entry of a file describes; `place` has the file, and its place in the `policies` of it."""
    source, index = place
    return Policy(
        id=entry.id,
        title=entry.title,
        severity=entry.severity,
        on_unknown=entry.on_unknown,
        when=when,
        require=require,
        enforce_from=stated(entry.enforce_from),
        remediation=stated(entry.remediation),
        references=entry.references,
        controls=entry.controls,
        tags=entry.tags,
        tests=tests,
        dimensions=asking.dimensions,
        settings_read=asking.settings,
        attributes_read=asking.attributes,
        facts_read=asking.facts,
        source=source,
        index=index,
    )
