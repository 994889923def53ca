"""What is wanted, as objects of CISO Assistant: which fields, and which of them are ours for good.

In: what is wanted. Out: `Intended`s. A machine approves nothing: an evidence comes as `in_review`, or as what keeps it
from being one, and what becomes of it there is people's to say, until it says something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from ....model.vocabulary import Outcome, Severity
from .. import describing, references, substance
from ..model import Kind
from ..wanted import WantedEvidence, WantedException, WantedVendor
from .answers import SEVERITIES

_LONGEST_NAME: Final = 200
_LONGEST_LINK: Final = 2048
_STATUS: Final[Mapping[Outcome, str]] = {
    "pass": "in_review",
    "waived": "in_review",
    "unknown": "missing",
    "fail": "rejected",
    "not_applicable": "missing",
}
"""Of an evidence, by what the policy comes to."""
_SEVERITY: Final[Mapping[Severity, str]] = {"error": "high", "warning": "medium", "note": "low"}
_TRUST: Final = "trust_center"
_HTTPS: Final = "https://"


class Intended(msgspec.Struct, frozen=True):
    """An object as it should be there."""

    kind: Kind
    reference: str
    name: str
    content: str
    """A digest of what it says."""
    text: str
    """What it says, in Markdown."""
    first: Mapping[str, object]
    """Fields that are written when it is made, beside the name, and never again."""
    anew: Mapping[str, object]
    """Fields that are written whenever it says something else; between that they are people's."""
    always: Mapping[str, object]
    """Fields that are what they are here, whatever people write there."""
    report: Callable[[], bytes] | None = None
    """What goes with it, worked out where it is wanted."""

    @property
    def ref_id(self) -> str | None:
        """The reference as a field, where its kind has one."""
        found = self.first.get("ref_id")
        return found if isinstance(found, str) else None


def evidence(wanted: WantedEvidence, report: Callable[[], bytes]) -> Intended:
    """What a policy comes to in a project."""
    reference = references.of_evidence(wanted)
    until = wanted.until
    return Intended(
        "evidence",
        reference,
        references.name_with_reference(f"{wanted.project}: {wanted.policy.title}", reference, _LONGEST_NAME),
        substance.of_evidence(wanted),
        "\n".join(describing.evidence_lines(wanted)),
        first={},
        anew={"status": _STATUS[wanted.outcome], "expiry_date": None if until is None else until.isoformat()},
        always={},
        report=report,
    )


def exception(wanted: WantedException) -> Intended:
    """A waiver in use."""
    reference = references.of_exception(wanted)
    written = wanted.waiver.written
    return Intended(
        "exception",
        reference,
        references.name_with_reference(f"{wanted.project}: {written.reason}", reference, _LONGEST_NAME),
        substance.of_exception(wanted),
        "\n".join(describing.exception_lines(wanted)),
        first={"ref_id": _ref_id(reference)},
        anew={"status": "approved"},
        always={
            "severity": SEVERITIES[_SEVERITY[wanted.severity]],
            "expiration_date": written.expires.isoformat(),
        },
    )


def entity(wanted: WantedVendor, questions: Iterable[str]) -> Intended:
    """A vendor in use."""
    reference = references.of_vendor(wanted)
    link = _trust_center(wanted)
    return Intended(
        "entity",
        reference,
        references.name_of_vendor(wanted.name, _LONGEST_NAME),
        substance.of_vendor(wanted),
        "\n".join(describing.vendor_lines(wanted, questions)),
        first={"ref_id": _ref_id(reference)},
        anew={} if link is None else {"reference_link": link},
        always={},
    )


def _ref_id(reference: str) -> str:
    """Short enough for the field of every kind: 100 characters."""
    kind = reference.partition("/")[0]
    return f"vendorgate:{kind}:{substance.short_digest(reference)}"


def _trust_center(wanted: WantedVendor) -> str | None:
    cells = (one.cells.get(_TRUST) for one in wanted.offerings)
    links = (one.written.source for one in cells if one is not None)
    return next((one for one in links if one and one.startswith(_HTTPS) and len(one) <= _LONGEST_LINK), None)
