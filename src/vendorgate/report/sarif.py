"""SARIF 2.1.0 as GitHub code scanning reads it: a rule a policy, a result for all that fails or is not known.

In: an evaluation. Out: JSON within GitHub's limits; what would be over them is left out from the least important on,
and a notification says so.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from ..model.evaluation import Evaluation
from ..model.policy import Policy
from ..model.result import Notice, Result
from ..model.vocabulary import Outcome, Severity
from ..source import Location
from ..terminal.escape import escape
from ..version import VERSION
from .ascii_json import dumps
from .identity import identities, notice_identity
from .lines import limited, shortened, summary, waiver, ways, why
from .order import blocking_notices, findings, worst_notices_first
from .sarif_rules import LEVEL, finding_rule, message, rule
from .surroundings import Surroundings
from .uri import ROOT, artifact_location, is_inside

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
HOME: Final = "https://github.com/vendorgate/vendorgate"
KIND: Final[dict[Outcome, str]] = {"fail": "fail", "unknown": "fail", "waived": "fail"}
"""What is not known is no `open`, nor a `review`: those have no level (section 3.27.10), and what blocks must be an
alert."""
NOTIFICATION: Final[dict[Severity, str]] = {**LEVEL, "error": "warning"}
"""No notice is an error: that would say that the run failed (section 3.20.21)."""

MOST_RESULTS: Final = 25_000
MOST_RULES: Final = 25_000
LARGEST: Final = 10_000_000
"""Bytes when compressed. These three are GitHub's limits for a run and a file."""
MOST_NOTICES: Final = 1_000
_LONGEST: Final = 8_000
"""Characters of a message, so that hostile text does not crowd out the other results."""
_LONGEST_SUMMARY: Final = 1_000
_LONGEST_LINE: Final = 250
_MOST_REASONS: Final = 20
_MOST_WAYS: Final = 6


def render(evaluation: Evaluation, surroundings: Surroundings = Surroundings()) -> str:
    """The log; the same evaluation gives the same bytes."""
    results = findings(evaluation, surroundings.waived)
    kept = min(len(results), max(0, MOST_RESULTS - len(blocking_notices(evaluation))))
    while True:
        text = dumps(_log(evaluation, surroundings, results, kept))
        size = _compressed(text)
        if size <= LARGEST or not kept:
            return text
        kept = min(kept - 1, kept * LARGEST // size * 9 // 10)


def _compressed(text: str) -> int:
    """No less than what gzip makes of it; a short text is not worth trying."""
    return len(text) if len(text) <= LARGEST else len(zlib.compress(text.encode("ascii"), 1))


def _log(evaluation: Evaluation, surroundings: Surroundings, results: list[Result], kept: int) -> dict[str, Any]:
    shown = results[:kept]
    policies = _rules(evaluation.bundle.policies, shown)
    manifests = {surroundings.path(manifest.source.path): manifest for manifest in evaluation.manifests}
    whole = blocking_notices(evaluation)
    rules = [*map(rule, policies), *map(finding_rule, {notice.id: notice for notice in whole}.values())]
    found = list(_results(shown, policies, list(manifests), surroundings))
    suppress = any("suppressions" in one for one in found)
    found = [*_findings(whole, [one["id"] for one in rules], suppress, surroundings), *found]
    driver = {"name": "vendorgate", "version": VERSION, "semanticVersion": VERSION, "informationUri": HOME}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {**driver, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
                "invocations": [_invocation(evaluation, surroundings, len(results) - kept)],
                "artifacts": [
                    {
                        "location": artifact_location(manifest.source.path, surroundings),
                        "roles": ["analysisTarget"],
                        "hashes": {"sha-256": manifest.sha256},
                    }
                    for manifest in manifests.values()
                ],
                "results": found,
                "properties": _properties(evaluation),
            }
        ],
    }


def _rules(policies: Sequence[Policy], shown: list[Result]) -> Sequence[Policy]:
    """Every policy, or those that the results name and as many others as there is room for."""
    if len(policies) <= MOST_RULES:
        return policies
    named = {result.policy.id: result.policy for result in shown}
    return [*named.values(), *(policy for policy in policies if policy.id not in named)][:MOST_RULES]


def _results(
    shown: list[Result], policies: Sequence[Policy], artifacts: Sequence[str], surroundings: Surroundings
) -> Iterator[dict[str, Any]]:
    places = {path: index for index, path in enumerate(artifacts)}
    rules = {policy.id: index for index, policy in enumerate(policies)}
    suppress = any(result.waiver is not None for result in shown)
    for result, identity in zip(shown, identities(shown, surroundings), strict=True):
        location = result.subject.location
        place = _place(location, surroundings)
        place["physicalLocation"]["artifactLocation"]["index"] = places[surroundings.path(location.path)]
        yield {
            "ruleId": result.policy.id,
            "ruleIndex": rules[result.policy.id],
            "kind": KIND[result.outcome],
            "level": LEVEL[result.severity],
            "message": message("\n".join(_message(result)), _LONGEST),
            "locations": [place],
            **_related(result.policy, surroundings),
            "partialFingerprints": {"primaryLocationLineHash": identity},
            # Of a run, all results carry them or none (section 3.27.23).
            **({"suppressions": _suppressions(result)} if suppress else {}),
            "properties": {
                "outcome": result.outcome,
                "blocks": result.blocks,
                "project": result.subject.manifest.project,
                "usage": result.subject.usage,
                "offering": result.subject.offering.id,
                "route": result.subject.route,
            },
        }


def _findings(
    notices: list[Notice], rules: list[str], suppress: bool, surroundings: Surroundings
) -> Iterator[dict[str, Any]]:
    """Notices that block, as results."""
    for notice in notices:
        yield {
            "ruleId": notice.id,
            "ruleIndex": rules.index(notice.id),
            "kind": "fail",
            "level": LEVEL[notice.severity],
            "message": message(f"{escape(notice.message)}.", _LONGEST),
            "locations": [] if notice.location is None else [_place(notice.location, surroundings)],
            "partialFingerprints": {"primaryLocationLineHash": notice_identity(notice, surroundings)},
            **({"suppressions": []} if suppress else {}),
            "properties": {"outcome": "fail", "blocks": True},
        }


def _message(result: Result) -> Iterator[str]:
    """First a sentence that can stand alone, as GitHub shows it."""
    yield f"{shortened(summary(result), _LONGEST_SUMMARY)}."
    if result.waiver is None:
        yield f"{'Blocks' if result.blocks else 'Does not block'}."
    yield from limited(why(result), _MOST_REASONS, _LONGEST_LINE)
    yield from limited(ways(result), _MOST_WAYS, _LONGEST_LINE)


def _place(location: Location, surroundings: Surroundings) -> dict[str, Any]:
    region = {
        "startLine": location.line,
        "startColumn": location.column,
        "endLine": location.line,
        "endColumn": location.column + location.width,
    }
    return {
        "physicalLocation": {
            "artifactLocation": artifact_location(location.path, surroundings),
            "region": region,
        }
    }


def _related(policy: Policy, surroundings: Surroundings) -> dict[str, Any]:
    """Where the policy stands, if that is in the repository."""
    location = policy.source.locate(("policies", policy.index, "id"))
    if location.path.startswith("vendorgate:") or not is_inside(surroundings.path(location.path)):
        return {}
    return {"relatedLocations": [{"id": 1, "message": {"text": "The policy."}, **_place(location, surroundings)}]}


def _suppressions(result: Result) -> list[dict[str, str]]:
    if result.waiver is None:
        return []
    return [{"kind": "external", "status": "accepted", "justification": waiver(result)}]


def _invocation(evaluation: Evaluation, surroundings: Surroundings, left_out: int) -> dict[str, Any]:
    notices = [notice for notice in worst_notices_first(evaluation) if not notice.blocks]
    found = [_notification(notice, surroundings) for notice in notices[:MOST_NOTICES]]
    if left_out:
        found.insert(0, _left_out(f"{left_out} results", "GitHub takes no more"))
    if len(notices) > MOST_NOTICES:
        found.append(_left_out(f"{len(notices) - MOST_NOTICES} notices", f"{MOST_NOTICES} are shown"))
    return {"executionSuccessful": not evaluation.not_judged, "toolExecutionNotifications": found}


def _left_out(what: str, reason: str) -> dict[str, Any]:
    text = f"{what} were left out, the least important: {reason}; the JSON report has all of them."
    return {"descriptor": {"id": "left-out"}, "level": "warning", "message": {"text": text}}


def _notification(notice: Notice, surroundings: Surroundings) -> dict[str, Any]:
    where = {} if notice.location is None else {"locations": [_place(notice.location, surroundings)]}
    level = NOTIFICATION[notice.severity]
    words = message(escape(notice.message), _LONGEST)
    return {"descriptor": {"id": notice.id}, "level": level, "message": words, **where}


def _properties(evaluation: Evaluation) -> dict[str, Any]:
    """What the verdict rests on, as in the JSON report."""
    bundle, snapshot = evaluation.bundle, evaluation.snapshot
    return {
        "asOf": evaluation.as_of.isoformat(),
        "asOfGiven": evaluation.as_of_given,
        "verdict": evaluation.verdict,
        "summary": msgspec.to_builtins(evaluation.summary),
        "bundle": {"name": _named(bundle.name), "release": _named(bundle.release), "sha256": bundle.sha256},
        "registry": {"name": escape(snapshot.written.name), "sha256": snapshot.sha256},
        "agreements": evaluation.agreements,
    }


def _named(text: str | None) -> str | None:
    return None if text is None else escape(text)
