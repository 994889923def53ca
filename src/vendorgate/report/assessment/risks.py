"""What falls short, as OSCAL's risks: open, or accepted for a while by a waiver.

In: results with their names, findings that are no results. Out: risks with their ways out and deadlines.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...model.evaluation import Evaluation
from ...model.result import Result
from ...model.waiver import Waiver
from ..document import stated
from ..finding import ways_out
from ..lines import subject_words, summary
from ..oscal_frame import ORIGINS
from ..oscal_words import NAMESPACE, Part, beginning, core_prop, ending, filled, line, listed, outlined, props, uid
from .names import Named, Seen
from .observed import reasons


def risk(one: Named, evaluation: Evaluation, items: Mapping[int, str]) -> Part:
    """A result that falls short."""
    assert one.risk is not None
    result = one.result
    said = {
        "outcome": result.outcome,
        "policy": result.policy.id,
        "severity": result.severity,
        "blocks": "yes" if result.blocks else "no",
        "item": items[id(result.subject)],
        **_waived(result.waiver),
    }
    accepted = [core_prop("accepted", "yes")] if result.waiver is not None else []
    return filled(
        {
            "uuid": one.risk,
            "title": line(f"{result.policy.title}: {subject_words(result)}"),
            "description": line(summary(result)),
            "statement": outlined(reasons(result)),
            "props": [*accepted, *props(said)],
            "status": "open" if result.waiver is None else "deviation-approved",
            "origins": ORIGINS,
            "characterizations": [_severity(result.severity)],
            "deadline": _deadline(result, evaluation),
            "remediations": _remediations(result, one.risk),
            "related-observations": [{"observation-uuid": one.observation}],
        }
    )


def _waived(waiver: Waiver | None) -> Mapping[str, str | None]:
    if waiver is None:
        return {}
    written = waiver.written
    return {
        "waived-by": written.approved_by,
        "waived-until": written.expires.isoformat(),
        "waiver-reason": written.reason,
        "waiver-ticket": stated(written.ticket),
    }


def _severity(severity: str) -> Part:
    return {"origin": ORIGINS[0], "facets": [{"name": "severity", "system": NAMESPACE, "value": severity}]}


def _deadline(result: Result, evaluation: Evaluation) -> str | None:
    """The last day of the waiver; else the day from which the policy is enforced, where that is to come."""
    if result.waiver is not None:
        return ending(result.waiver.written.expires)
    day = result.policy.enforce_from
    return beginning(day) if day is not None and day > evaluation.as_of else None


def _remediations(result: Result, risk: str) -> list[Part]:
    found = ways_out(result)
    ways: Part = {
        "uuid": uid("ways-out", risk),
        "lifecycle": "recommendation",
        "title": "Ways out",
        "description": listed(found),
    }
    return [ways] if found else []


def of_notice(one: Seen) -> Part:
    """Something that was found and is no result of a policy."""
    notice = one.notice
    ways: Part = {
        "uuid": uid("ways-out", one.risk),
        "lifecycle": "recommendation",
        "title": "Way out",
        "description": line(notice.help or ""),
    }
    return filled(
        {
            "uuid": one.risk,
            "title": line(notice.id),
            "description": line(notice.message),
            "statement": line(notice.message),
            "props": props(
                {"notice": notice.id, "severity": notice.severity, "blocks": "yes" if notice.blocks else "no"}
            ),
            "status": "open",
            "origins": ORIGINS,
            "characterizations": [_severity(notice.severity)],
            "remediations": [ways] if notice.help is not None else [],
            "related-observations": [{"observation-uuid": one.observation}],
        }
    )
