"""The words that all formats of a report on a fleet share.

In: a fleet. Out: plain text, not yet escaped for a format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ....logic.wording import count
from ....report.markup import code_in_html, short
from .model import Fleet

SIGNS: Final[Mapping[str, str]] = {
    "blocks": "■",
    "fail": "✕",
    "unknown": "?",
    "waived": "◇",
    "pass": "✓",
    "not_applicable": "–",
}
_DIFFERENCES: Final = (("difference", "blocks"), ("differences", "block"))
SUBJECT: Final = "A subject is a usage on one of its routes: its offering, a fallback, a gateway or a recipient."


def head_words(fleet: Fleet) -> str:
    """What it is about."""
    if fleet.repositories:
        return f"AI vendors of {_counted(len(fleet.repositories), 'repository', 'repositories')}"
    return f"AI vendors of {_counted(fleet.about.manifests, 'manifest')}"


def verdict_words(fleet: Fleet) -> str:
    """Why the verdict is what it is."""
    about = fleet.about
    parts = [_counted(about.results.blocks, "result blocks", "results block")] if about.results.blocks else []
    if about.departing:
        one, several = (f"{noun} between code and manifests {verb}" for noun, verb in _DIFFERENCES)
        parts.append(_counted(about.departing, one, several))
    parts = parts or ["nothing blocks"]
    if about.unjudged:
        parts.append(f"{_counted(about.unjudged, 'manifest')} not judged")
    if fleet.unreachable:
        parts.append(f"{_counted(fleet.unreachable, 'repository', 'repositories')} out of reach")
    return "; ".join(parts)


def scope_words(fleet: Fleet) -> str:
    """How much was judged, by what."""
    about = fleet.about
    teams = f" of {_counted(len(fleet.names['team']), 'team')}" if fleet.names["team"] else ""
    policies = _counted(len(fleet.policies), "policy", "policies")
    scope = f"{_counted(about.subjects, 'subject')} in {_counted(about.manifests, 'manifest')}{teams}"
    return f"{scope}, judged by {policies} as of {about.as_of}. {SUBJECT}"


def inputs_words(fleet: Fleet) -> Iterator[str]:
    """What was judged by, as lines of Markdown."""
    yield f"- vendorgate {short(fleet.about.version)}, as of {fleet.about.as_of}"
    for one in fleet.about.inputs:
        yield f"- {one.kind} {short(one.name)} {code_in_html(one.sha256)}"


def _counted(number: int, noun: str, plural: str = "") -> str:
    return count(number, noun, plural).replace(str(number), f"{number:,}", 1)
