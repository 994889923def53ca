"""What is wrong with the agreements register as diagnostics.

In: what was found. Out: `Diagnostic`s; those that are severe enough end the command with 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...evaluate.judge import stricter_or_equal
from ...report.diagnostic import NOT_JUDGED, Diagnosed, Diagnostic, Related, of_notice
from ...report.unjudged import findings
from .model import AgreementFinding, FindingId, RegisterCheck
from .wording import check_words

KINDS: Final[Mapping[FindingId, str]] = {
    "matches-nothing": "an agreement names an offering or a project that there is not",
    "contradiction": "two agreements, or an agreement and the day, contradict each other",
    "ended": "the last agreement of a kind that a usage needs is over",
    "gap": "between two agreements of a kind that a usage needs there are days without one",
    "ends-soon": "an agreement ends soon",
    "claim-only": "a usage relies on an agreement that the manifest alone claims",
    "overlap": "two agreements of one kind are in force at once",
    "unused-agreement": "no given usage needs an agreement",
    "missing-document": "the document of an agreement is not there",
    "another-document": "the document of an agreement is not the one that was filed",
    "unpinned-document": "an agreement does not say the SHA-256 of its document",
    "review-due": "the last review of an agreement is too long ago, or still to come",
    "notice-due": "notice must be given so that an agreement ends",
    "incomplete-entry": "an agreement does not say who signed, where it is, who looks after it or when it was reviewed",
}


def diagnosed(found: RegisterCheck) -> Diagnosed:
    """Everything that was found."""
    every = tuple(diagnostic(one, blocks=stricter_or_equal(found.fail_on, one.severity)) for one in found.findings)
    left = tuple(map(of_notice, findings(found.evaluation)))
    words = f"{found.verdict.upper()}: {check_words(found)}"
    kinds = {**NOT_JUDGED, **{str(id): told for id, told in KINDS.items()}}
    return Diagnosed("vendorgate agreements check", (*left, *every), words, kinds=kinds, incomplete=bool(left))


def diagnostic(one: AgreementFinding, *, blocks: bool = False) -> Diagnostic:
    """A finding, with the other agreements that it is about."""
    return Diagnostic(
        one.id,
        one.severity,
        one.message,
        one.help,
        one.location,
        one.source,
        related=tuple(Related(entry.name, entry.location) for entry in one.related),
        about=("/".join(map(str, one.place)), *("/".join(map(str, entry.path)) for entry in one.related)),
        blocks=blocks,
    )
