"""What an object says that is worth a new look at it: a digest that is another one only where that is.

In: what is wanted. Out: hexadecimal digits. A day of judging, an age, a place in a file and a wording do not count; an
outcome, what it rests on, until when that counts, and whose word it is do.
"""

from __future__ import annotations

import hashlib
import json
from typing import Final

from ...evaluate.fingerprint import fingerprint
from ...model.policy import Policy
from ...model.registry import Offering
from ...model.result import Result, Support
from ...report.document import stated
from .wanted import WantedEvidence, WantedException, WantedVendor

_FORMAT: Final = "vendorgate.push/1"
_WIDTH: Final = 16
"""Hexadecimal digits of what only tells names apart."""


def digest(value: object) -> str:
    """A digest of plain values, whole: with a short one somebody could look for two contents of which it is the same,
    have the good one approved, and then be the other."""
    return hashlib.sha256(_text([_FORMAT, value]).encode("ascii")).hexdigest()


def short_digest(value: object) -> str:
    """A digest of names."""
    return digest(value)[:_WIDTH]


def of_evidence(wanted: WantedEvidence) -> str:
    """Of what a policy comes to in a project."""
    results = sorted(map(_text, map(_result, wanted.results)))
    return digest(["evidence", wanted.project, _policy(wanted.policy), results])


def of_exception(wanted: WantedException) -> str:
    """Of a waiver and of what it waives."""
    written = wanted.waiver.written
    said = [written.reason, written.approved_by, written.expires, stated(written.ticket), wanted.severity]
    return digest(["exception", said, sorted(_text(_named(one)) for one in wanted.results)])


def of_vendor(wanted: WantedVendor) -> str:
    """Of what is known of a vendor."""
    return digest(["entity", wanted.name, wanted.listed, [_offering(one) for one in wanted.offerings]])


def _offering(one: Offering) -> list[object]:
    written = one.written
    cells = [[name, cell.written.value, cell.written.verified, cell.owner] for name, cell in sorted(one.cells.items())]
    return [one.id, written.name, written.developer, written.category, cells]


def _policy(policy: Policy) -> list[object]:
    """What a policy asks for, and what it says that it serves."""
    controls = [[one.framework, one.id] for one in policy.controls]
    required = [[one.expression, one.message] for one in policy.require]
    return [policy.id, policy.title, controls, policy.references, required]


def _result(one: Result) -> list[object]:
    """A result without any day, place or wording."""
    reasons = fingerprint(one.policy, one.subject, one.requirements)
    written = None if one.waiver is None else one.waiver.written
    waiver = None if written is None else [written.reason, written.approved_by, written.expires]
    return [*_named(one), one.outcome, one.severity, reasons, sorted(map(_text, map(_support, one.rests_on))), waiver]


def _named(one: Result) -> list[object]:
    name = one.subject.name
    return [one.policy.id, one.subject.usage, one.subject.route, name.offering, name.account, name.vendor]


def _support(one: Support) -> list[object]:
    whose = [] if one.attested_by is None else [one.attested_by]
    return [one.kind, one.what, one.value, one.said_in, one.reference, one.until, *whose]


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=str)
