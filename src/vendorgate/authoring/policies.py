"""Policies as Python writes them, and the plain values that a policy file has.

In: terms. Out: mappings in the order of the file format. What the words may be, the loader checks, with the line of
the Python file.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence
from typing import Union

from ..logic import Json
from .terms import Term, condition

_MADE: list[Policy] = []


class Requirement:
    """A condition with the sentence that a report shows."""

    def __init__(self, that: Term, message: str | None) -> None:
        self.rule = condition(that).rule
        self.message = message

    @property
    def written(self) -> Json:
        return self.rule if self.message is None else {"that": self.rule, "message": self.message}


def that(requirement: Term, message: str) -> Requirement:
    """A requirement with a message: `that(usage.lifecycle == "ga", "only what is generally available")`."""
    return Requirement(requirement, message)


class Test:
    """A test of a policy."""

    __test__ = False  # for pytest

    def __init__(self, name: str, expect: str, usage: dict[str, object], **more: object) -> None:
        self.written = {"name": name, "usage": usage, **more, "expect": expect}


class Policy:
    """A policy; making one adds it to the file that `vendorgate policy build` writes.

    Args:
        controls: of frameworks, such as `("hipaa", "164.504(e)")`.
        require: conditions, or `that(condition, message)`.
        tests: `Test("no BAA", "fail", {"offering": "openai-api", "data": ["phi"]})`.

    Raises:
        AuthoringError: a condition is none.
    """

    def __init__(
        self,
        *,
        id: str,
        title: str,
        require: Sequence[Union[Term, Requirement]] | Term,
        when: Term | None = None,
        severity: str = "error",
        on_unknown: str = "fail",
        enforce_from: datetime.date | None = None,
        remediation: str | None = None,
        references: Sequence[str] = (),
        controls: Sequence[tuple[str, str]] = (),
        tags: Sequence[str] = (),
        tests: Sequence[Test] = (),
    ) -> None:
        requirements = [require] if isinstance(require, (Term, Requirement)) else list(require)
        self.line = sys._getframe(1).f_lineno
        self.written: dict[str, object] = {
            "id": id,
            "title": title,
            **({"severity": severity} if severity != "error" else {}),
            **({"on_unknown": on_unknown} if on_unknown != "fail" else {}),
            **({"enforce_from": enforce_from.isoformat()} if enforce_from is not None else {}),
            **({"when": condition(when).rule} if when is not None else {}),
            "require": [
                (one if isinstance(one, Requirement) else Requirement(one, None)).written for one in requirements
            ],
            **({"remediation": remediation} if remediation is not None else {}),
            **({"references": list(references)} if references else {}),
            **(
                {"controls": [{"framework": framework, "id": number} for framework, number in controls]}
                if controls
                else {}
            ),
            **({"tags": list(tags)} if tags else {}),
            **({"tests": [test.written for test in tests]} if tests else {}),
        }
        _MADE.append(self)


class FleetTest(Test):
    """A test of a fleet policy: `FleetTest("one vendor", "pass", [{"offering": "openai-api", "data": ["phi"]}])`."""

    def __init__(self, name: str, expect: str, usages: Sequence[dict[str, object]], **more: object) -> None:
        self.written = {"name": name, "usages": list(usages), **more, "expect": expect}


class FleetPolicy(Policy):
    """A rule over all usages of a fleet, without `when`; `vendorgate policy build` writes a `fleet.yaml` of those."""


def made() -> list[Policy]:
    """The policies made since it was last asked."""
    found = list(_MADE)
    _MADE.clear()
    return found
