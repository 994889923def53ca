"""What was seen of each usage by each policy, as OSCAL's observations.

In: results with their names, findings that are no results. Out: observations, each with what it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import UnsetType

from ...logic.wording import value_words
from ...model.evaluation import Evaluation
from ...model.result import Citation, Result, Support
from ..finding import shortfalls, source_line
from ..lines import subject_words
from ..oscal_frame import ORIGINS
from ..oscal_words import Part, beginning, earliest, ending, filled, line, outlined, props
from ..resources import web_address
from ..resting import support_line
from ..surroundings import Surroundings
from .names import Named, Seen, component


def observation(one: Named, evaluation: Evaluation, items: Mapping[int, str]) -> Part:
    """A result, whatever it came to."""
    result = one.result
    supports = result.rests_on
    subject = result.subject
    return filled(
        {
            "uuid": one.observation,
            "title": line(result.policy.title),
            "description": outlined([(0, _headline(result)), *((depth + 1, text) for depth, text in reasons(result))]),
            "props": props(_said(result)),
            "methods": ["EXAMINE"],
            "types": ["control-objective"],
            "origins": ORIGINS,
            "subjects": [
                {"subject-uuid": items[id(subject)], "type": "inventory-item"},
                {"subject-uuid": component(subject), "type": "component"},
            ],
            "relevant-evidence": [*map(_cited, result.evidence), *_rests_on(result, supports)],
            "collected": beginning(evaluation.as_of),
            "expires": ending(earliest(support.until for support in supports)) if result.outcome != "unknown" else None,
        }
    )


def _headline(result: Result) -> str:
    words = {
        "pass": "meets the policy",
        "fail": "does not meet the policy",
        "unknown": "is not known to meet the policy",
        "waived": "does not meet the policy, and is waived",
    }
    return f"{subject_words(result)} {words[result.outcome]}"


def reasons(result: Result) -> Iterator[tuple[int, str]]:
    """Each requirement that is not met, with its reasons and its sources inside."""
    for found in shortfalls(result):
        yield 0, f"{found.outcome}: {found.message}"
        yield from ((step.depth + 1, f"{step.outcome}: {step.text}") for step in found.steps)
        yield from ((1, source) for source in found.sources)


def _said(result: Result) -> Mapping[str, str | None]:
    return {
        "outcome": result.outcome,
        "policy": result.policy.id,
        "severity": result.severity,
        "blocks": "yes" if result.blocks else "no",
        "on-claims-alone": "yes" if result.on_claims_alone else "no",
        "project": result.subject.manifest.project,
        "usage": result.subject.usage,
        "route": result.subject.route,
        "offering": result.subject.offering.id,
        "account": result.subject.name.account,
        "vendor": result.subject.name.vendor,
    }


def _cited(citation: Citation) -> Part:
    """A cell, with the address of its source where that is one of the web."""
    cell = citation.cell
    written = None if cell is None else cell.written
    verified = None if written is None or written.verified is None else written.verified.isoformat()
    said = {
        "kind": "evidence",
        "what": citation.dimension,
        "value": "not stated" if written is None else written.value,
        "verified": verified,
        "confidence": None if written is None else written.confidence,
        "from": None if cell is None else cell.owner,
        "reference": None if cell is None else cell.agreement,
    }
    href = None if written is None else web_address(written.source)
    return filled({"href": href, "description": line(source_line(citation)), "props": props(said)})


def _rests_on(result: Result, supports: tuple[Support, ...]) -> Iterator[Part]:
    """What else decided: agreements, what the registry says of the offering as a whole, and what is claimed."""
    cited = {citation.dimension for citation in result.evidence}
    for one in supports:
        if one.kind != "evidence" or one.what not in cited:
            until = None if one.until is None else one.until.isoformat()
            said = {
                "kind": one.kind,
                "what": one.what,
                "from": one.said_in,
                "reference": one.reference,
                "until": until,
                **_observed(one),
            }
            beside = "; the manifest says so, and nobody has shown it" if one.kind == "claim" else ""
            yield {"description": line(support_line(one) + beside), "props": props(said)}


def _observed(one: Support) -> Mapping[str, str | None]:
    """Of an observation its day, who attests it, and what is claimed where that is something else."""
    if one.kind != "observation":
        return {}
    return {
        "observed": None if one.verified is None else one.verified.isoformat(),
        "attested-by": one.attested_by,
        "claimed": None if isinstance(one.claimed, UnsetType) else value_words(one.claimed),
    }


def of_notice(one: Seen, evaluation: Evaluation, surroundings: Surroundings) -> Part:
    """Something that was found and is no result of a policy."""
    notice = one.notice
    place = notice.location
    where = None if place is None else f"{surroundings.path(place.path)}:{place.line}:{place.column}"
    said = {
        "notice": notice.id,
        "severity": notice.severity,
        "blocks": "yes" if notice.blocks else "no",
        "place": where,
    }
    return filled(
        {
            "uuid": one.observation,
            "title": line(notice.id),
            "description": line(notice.message),
            "props": props(said),
            "methods": ["EXAMINE"],
            "types": ["discovery"],
            "origins": ORIGINS,
            "collected": beginning(evaluation.as_of),
        }
    )
