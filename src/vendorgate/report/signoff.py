"""Whether the policies are those that somebody has signed off, in words and as JSON reports have it.

In: a bundle, the day. Out: a part of a document; plain text, not yet escaped. No verdict depends on it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final, Union

import msgspec
from msgspec import UnsetType

from ..model.evaluation import Evaluation
from ..model.policy import Bundle
from ..model.signoff import Signoff, SignoffTrouble
from ..terminal.escape import escape


class ReportedSignoff(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That somebody has signed off the policies."""

    by: str
    """Who, as the bundle says."""
    on: datetime.date
    """The day."""
    digest: str
    """Of what was signed off."""
    holds: bool
    """Whether that is what judged, and was signed off by the day of the report."""


def reported_signoff(bundle: Bundle, as_of: datetime.date) -> Union[ReportedSignoff, UnsetType, None]:
    """The sign-off of a bundle; null without one, left out where other files were read than those that judge."""
    found = bundle.signoff
    if isinstance(found, UnsetType) or found is None:
        return found
    written = found.written
    return ReportedSignoff(written.by, written.on, written.digest, found.holds(as_of))


def _earlier(found: Signoff) -> str:
    return f"{found.written.by} signed off on {found.written.on}"


_TROUBLE: Final[Mapping[SignoffTrouble, str]] = {
    "changed": "the policies are not those that {0}",
    "packs": "{1} adds to what {0}",
    "later": "{3} signs off on {2}, a day to come",
}


def signoff_words(found: Signoff, as_of: datetime.date) -> str:
    """Whether a sign-off holds on a day, and if not, why."""
    trouble = found.trouble(as_of)
    if trouble is None:
        return f"the sign-off holds: the policies are those that {_earlier(found)}"
    added = " ".join(f"--pack {pack}" for pack in found.added)
    written = found.written
    return f"the sign-off does not hold: {_TROUBLE[trouble].format(_earlier(found), added, written.on, written.by)}"


def signoff_of(evaluation: Evaluation) -> Signoff | None:
    """The sign-off of the bundle that judged; None without one."""
    found = evaluation.bundle.signoff
    return None if isinstance(found, UnsetType) else found


def signoff_properties(evaluation: Evaluation) -> dict[str, object] | None:
    """The same for a format that has no escapes of its own; None without one."""
    found = signoff_of(evaluation)
    if found is None:
        return None
    by, day, holds = escape(found.written.by), found.written.on.isoformat(), found.holds(evaluation.as_of)
    return {"by": by, "on": day, "digest": found.written.digest, "holds": holds}


def broken_words(evaluation: Evaluation) -> str:
    """That the policies are not those that were signed off, and why; empty where they are, or nobody has."""
    found = signoff_of(evaluation)
    return "" if found is None or found.holds(evaluation.as_of) else signoff_words(found, evaluation.as_of)


SIGNOFF_CELLS: Final = ("bundle_signoff", "bundle_signoff_by", "bundle_signoff_on", "bundle_signoff_digest")


def signoff_cells(evaluation: Evaluation) -> dict[str, str]:
    """What tables and lists of properties have of it, by name; without a sign-off that is said."""
    found = signoff_of(evaluation)
    if found is None:
        return {"bundle_signoff": "none"}
    written, holds = found.written, found.holds(evaluation.as_of)
    return {
        "bundle_signoff": "holds" if holds else "does not hold",
        "bundle_signoff_by": written.by,
        "bundle_signoff_on": written.on.isoformat(),
        "bundle_signoff_digest": written.digest,
    }
