"""What each grade means, a row a grade: for coverage, for comparing, and in words.

In: a grade as a file has it. Out: what it means; of a grade that is not in the table nothing is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from .vocabulary import CONTRACT, Decision


class GradeMeaning(msgspec.Struct, frozen=True):
    """What one grade means."""

    covers: Decision
    """Coverage, step 1: of `partial` where its scope says what it reaches, of `yes_contract` while that counts."""
    rank: int
    """How much it promises, to compare two snapshots; the greater the better."""
    words: str
    """In a reason."""
    concern: str
    """In a list of what to watch out for."""


_NOT_KNOWN: Final = 1
"""The rank of a grade of which nobody knows, and of what stands in no snapshot."""
GRADE_MEANINGS: Final[Mapping[str, GradeMeaning]] = {
    "yes_public": GradeMeaning("pass", 4, "documented publicly", "documented publicly"),
    "yes_sales_gated": GradeMeaning(
        "pass",
        3,
        "documented, on terms that sales or support must grant",
        "only on terms that sales or support must grant",
    ),
    "yes_platform_only": GradeMeaning(
        "pass",
        3,
        "documented for the platform as a whole",
        "documented for the platform as a whole, not for this offering",
    ),
    CONTRACT: GradeMeaning("pass", _NOT_KNOWN, "our own contract says so", "by our own contract, while it is in force"),
    "partial": GradeMeaning("pass", 2, "documented for a part, which its scope names", "documented for a part only"),
    "no": GradeMeaning("fail", 0, *("the vendor documents that it does not offer this",) * 2),
    "no_public_evidence": GradeMeaning("unknown", _NOT_KNOWN, *("no public evidence was found",) * 2),
    "unclear": GradeMeaning("unknown", _NOT_KNOWN, *("what the vendor documents is unclear",) * 2),
}
DOCUMENTED: Final = tuple(name for name, one in GRADE_MEANINGS.items() if one.covers == "pass" and name != CONTRACT)
"""Grades of a registry that can cover something."""


def meaning_of(grade: str) -> GradeMeaning:
    """What a grade means; one that this version does not know is unknown, and promises nothing."""
    found = GRADE_MEANINGS.get(grade)
    if found is not None:
        return found
    words = "a grade that this version of vendorgate does not know"
    return GradeMeaning("unknown", _NOT_KNOWN, words, f"graded `{grade}`, which this version does not know")


def rank(grade: str | None) -> int:
    """How much a grade is worth, or a cell that is not there."""
    return _NOT_KNOWN if grade is None else meaning_of(grade).rank
