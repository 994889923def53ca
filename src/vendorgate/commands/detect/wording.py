"""What is said of a detection in words.

In: a detection. Out: texts, in which no file says anything unescaped.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...detection.model import Status
from ...logic.wording import count, few
from ...report.unjudged import counted
from ...terminal.escape import escape
from .model import Against, Detected

PURPOSES: Final[Mapping[Status, str]] = {
    "used": "used",
    "optional": "used where somebody chooses it",
    "test": "used in tests alone",
    "tooling": "used for development alone",
    "ci": "used in pipelines alone",
    "docs": "shown in documentation alone",
    "dependency": "only named, not called",
    "self_hosted": "run on machines of your own",
}
_REASONS: Final = 3
"""Why files were passed over: that many reasons are named."""


def closing(found: Detected) -> str:
    """What it comes to, in one line."""
    seen = found.detection
    named = count(len(seen.offerings), "vendor or offering", "vendors and offerings")
    left = sum(one.count for one in seen.skipped)
    reasons = escape(few(sorted({one.reason for one in seen.skipped}), _REASONS))
    skipped = f", {count(left, 'file')} passed over ({reasons})" if left else ""
    return f"{named} in {count(seen.scanned, 'file')}{skipped}; what is not seen here may be used all the same"


def verdict_words(against: Against) -> str:
    """How much differs, from what and on which day, and how much of it blocks."""
    evaluation, drift = against.evaluation, against.found.drift
    words = [count(len(drift), "difference"), f"{against.found.blocking} blocking"]
    if against.found.suppressed:
        words.append(f"{len(against.found.suppressed)} suppressed")
    manifests = count(len(evaluation.manifests), "manifest")
    left = f" ({counted(evaluation)} not judged)" if evaluation.not_judged else ""
    return f"{', '.join(words)}; held against {manifests}{left}, as of {evaluation.day}"
