"""What `bundle.yaml` says of detection, checked.

In: the settings as written. Out: `DetectRules`, and a problem for each exception that names nothing.
"""

from __future__ import annotations

from msgspec import UnsetType

from ..errors import Problem
from ..model.detect import DetectException, DetectRules, DetectSettings
from ..source import Source


def detect_rules(written: DetectSettings, source: Source, problems: list[Problem]) -> DetectRules:
    """The rules; an exception that says neither where nor who is a problem: it would except everything."""
    for index, entry in enumerate(written.exceptions):
        if not entry.reason:
            continue  # it could not be read, which has been reported
        if isinstance(entry.path, UnsetType) and isinstance(entry.offering, UnsetType):
            title = "an exception of everything: neither `path` nor `offering` is said"
            help = "say which files or which offering it is for: `path: scripts/**`, `offering: openai-api`, or both"
            problems.append(Problem(title, source.locate(("detect", "except", index)), help, source))
    return DetectRules(
        written.statuses,
        written.severity,
        tuple(DetectException(entry, source, index) for index, entry in enumerate(written.exceptions)),
        None if isinstance(comments := written.comments, UnsetType) else comments.max_days,
    )
