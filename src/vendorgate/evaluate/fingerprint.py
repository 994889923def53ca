"""The fingerprint of a finding: the same as long as its reasons are the same, whatever the day.

In: a policy, a subject, what each requirement came to. Out: `sha256:` and 64 hexadecimal digits.
It is the SHA-256 of a JSON document (ASCII, no spaces): the name of this format, the policy's id, the offering, the
route, and of each requirement that does not pass its rule, its outcome and the tree of its reasons. Of a reason there
are kind, outcome, dimension and what it is about: never a day, an age, a place or a message. The order of requirements
and reasons does not count. A route with an account or a vendor has both at the end, null where there is none.
Project and usage are not in it: which ones a waiver names, its globs say.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Final

from ..model.manifest import RouteName
from ..model.policy import Policy
from ..model.result import Reason, RequirementResult
from ..model.subject import Subject

_FORMAT: Final = "vendorgate.fingerprint/1"


def fingerprint(policy: Policy, subject: Subject, requirements: Iterable[RequirementResult]) -> str:
    """The fingerprint of a result that fails or is not known, judged without the reasons of what passes."""
    short = [
        [one.requirement.expression, one.outcome, _plain(one.reasons)] for one in requirements if one.outcome != "pass"
    ]
    name = subject.name
    beside = [] if name == RouteName(name.offering) else [name.account, name.vendor]
    document = [_FORMAT, policy.id, name.offering, subject.route, sorted(short, key=_text), *beside]
    return f"sha256:{hashlib.sha256(_text(document).encode('ascii')).hexdigest()}"


def _plain(reasons: Iterable[Reason]) -> list[object]:
    """Reasons as JSON, in an order of their own."""
    return sorted(
        ([one.kind, one.outcome, one.dimension, one.about, _plain(one.reasons)] for one in reasons), key=_text
    )


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
