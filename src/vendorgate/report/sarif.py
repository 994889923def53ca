"""SARIF 2.1.0 as GitHub code scanning reads it: a rule a policy, a result for all that fails or is not known.

In: an evaluation. Out: JSON within GitHub's limits; what would be over them is left out from the least important on,
and a notification says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from ..model.evaluation import Evaluation
from ..model.manifest import RouteName
from ..model.policy import Policy
from ..model.result import Notice, Result
from ..model.vocabulary import Outcome
from ..terminal.escape import escape
from .account_fields import counted_fields
from .diagnostic import of_notice
from .diagnostics import sarif as diagnostics
from .identity import diagnostic_identities, identities
from .lines import limited, shortened, summary, waiver, ways, why
from .order import findings, found_beside, is_finding, worst_notices_first
from .sarif_log import LONGEST, MOST_NOTICES, MOST_RESULTS, MOST_RULES, NOTIFICATION, fitted, left_out, log, place
from .sarif_rules import LEVEL, message, rule
from .signoff import signoff_properties
from .surroundings import BUILT_IN, Surroundings
from .uri import artifact_location, is_inside

KIND: Final[dict[Outcome, str]] = {"fail": "fail", "unknown": "fail", "waived": "fail"}
"""What is not known is no `open`, nor a `review`: those have no level (section 3.27.10), and what blocks must be an
alert."""

_LONGEST_SUMMARY: Final = 1_000
_LONGEST_LINE: Final = 250
_MOST_REASONS: Final = 20
_MOST_WAYS: Final = 6


def render(evaluation: Evaluation, surroundings: Surroundings = Surroundings()) -> str:
    """The log; the same evaluation gives the same bytes."""
    results = findings(evaluation, surroundings.waived)
    kept = min(len(results), max(0, MOST_RESULTS - len(found_beside(evaluation))))
    return fitted(lambda count: _log(evaluation, surroundings, results, count), kept)


def _log(evaluation: Evaluation, surroundings: Surroundings, results: list[Result], kept: int) -> dict[str, object]:
    shown = results[:kept]
    policies = _rules(evaluation.bundle.policies, shown)
    manifests = {surroundings.path(manifest.source.path): manifest for manifest in evaluation.manifests}
    whole = found_beside(evaluation)
    kinds = {notice.id: of_notice(notice) for notice in whole}
    rules = [*map(rule, policies), *map(diagnostics.rule, kinds.values())]
    found = list(_results(shown, policies, list(manifests), surroundings))
    suppress = any("suppressions" in one for one in found)
    found = [*_findings(whole, [str(one["id"]) for one in rules], suppress, surroundings), *found]
    artifacts = [
        {
            "location": artifact_location(manifest.source.path, surroundings),
            "roles": ["analysisTarget"],
            "hashes": {"sha-256": manifest.sha256},
        }
        for manifest in manifests.values()
    ]
    invocation = _invocation(evaluation, surroundings, len(results) - kept)
    return log(rules, found, invocation, artifacts=artifacts, properties=_properties(evaluation))


def _rules(policies: Sequence[Policy], shown: list[Result]) -> Sequence[Policy]:
    """Every policy, or those that the results name and as many others as there is room for."""
    if len(policies) <= MOST_RULES:
        return policies
    named = {result.policy.id: result.policy for result in shown}
    return [*named.values(), *(policy for policy in policies if policy.id not in named)][:MOST_RULES]


def _results(
    shown: list[Result], policies: Sequence[Policy], artifacts: Sequence[str], surroundings: Surroundings
) -> Iterator[dict[str, object]]:
    places = {path: index for index, path in enumerate(artifacts)}
    rules = {policy.id: index for index, policy in enumerate(policies)}
    suppress = any(result.waiver is not None for result in shown)
    for result, identity in zip(shown, identities(shown, surroundings), strict=True):
        location = result.subject.location
        at = place(location, surroundings, places[surroundings.path(location.path)])
        yield {
            "ruleId": result.policy.id,
            "ruleIndex": rules[result.policy.id],
            "kind": KIND[result.outcome],
            "level": LEVEL[result.severity],
            "message": message("\n".join(_message(result)), LONGEST),
            "locations": [at],
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
                **_beside(result.subject.name),
                "route": result.subject.route,
            },
        }


def _beside(name: RouteName) -> dict[str, str]:
    """What tells a route from others to its offering."""
    named = {"account": name.account, "vendor": name.vendor}
    return {field: text for field, text in named.items() if text is not None}


def _findings(
    notices: list[Notice], rules: list[str], suppress: bool, surroundings: Surroundings
) -> Iterator[dict[str, object]]:
    """Notices that are findings, as results."""
    beside: dict[str, object] = {"suppressions": []} if suppress else {}
    found = [of_notice(notice) for notice in notices]
    for one, identity in zip(found, diagnostic_identities(found, surroundings), strict=True):
        yield diagnostics.result(one, identity, rules.index(one.id), surroundings, beside)


def _message(result: Result) -> Iterator[str]:
    """First a sentence that can stand alone, as GitHub shows it."""
    yield f"{shortened(summary(result), _LONGEST_SUMMARY)}."
    if result.waiver is None:
        yield f"{'Blocks' if result.blocks else 'Does not block'}."
    yield from limited(why(result), _MOST_REASONS, _LONGEST_LINE)
    yield from limited(ways(result), _MOST_WAYS, _LONGEST_LINE)


def _related(policy: Policy, surroundings: Surroundings) -> dict[str, object]:
    """Where the policy stands, if that is in the repository."""
    location = policy.source.locate(("policies", policy.index, "id"))
    if location.path.startswith(BUILT_IN) or not is_inside(surroundings.path(location.path)):
        return {}
    return {"relatedLocations": [{"id": 1, "message": {"text": "The policy."}, **place(location, surroundings)}]}


def _suppressions(result: Result) -> list[dict[str, str]]:
    if result.waiver is None:
        return []
    return [{"kind": "external", "status": "accepted", "justification": waiver(result)}]


def _invocation(evaluation: Evaluation, surroundings: Surroundings, missing: int) -> dict[str, object]:
    notices = [notice for notice in worst_notices_first(evaluation) if not is_finding(notice)]
    found = [_notification(notice, surroundings) for notice in notices[:MOST_NOTICES]]
    if missing:
        found.insert(0, left_out(f"{missing} results", "GitHub takes no more"))
    if len(notices) > MOST_NOTICES:
        found.append(left_out(f"{len(notices) - MOST_NOTICES} notices", f"{MOST_NOTICES} are shown"))
    return {"executionSuccessful": not evaluation.not_judged, "toolExecutionNotifications": found}


def _notification(notice: Notice, surroundings: Surroundings) -> dict[str, object]:
    where = {} if notice.location is None else {"locations": [place(notice.location, surroundings)]}
    level = NOTIFICATION[notice.severity]
    words = message(escape(notice.message), LONGEST)
    return {"descriptor": {"id": notice.id}, "level": level, "message": words, **where}


def _properties(evaluation: Evaluation) -> dict[str, object]:
    """What the verdict rests on, as in the JSON report."""
    bundle, snapshot = evaluation.bundle, evaluation.snapshot
    kept = {} if bundle.address is None else {"source": escape(bundle.address)}
    return {
        "asOf": evaluation.as_of.isoformat(),
        "asOfGiven": evaluation.as_of_given,
        "verdict": evaluation.verdict,
        "summary": {**msgspec.to_builtins(evaluation.summary), "on_claims_alone": evaluation.on_claims_alone},
        "settings": counted_fields(evaluation),
        "bundle": {
            "name": _named(bundle.name),
            "release": _named(bundle.release),
            "sha256": bundle.sha256,
            **kept,
            "signoff": signoff_properties(evaluation),
        },
        "registry": {"name": escape(snapshot.written.name), "sha256": snapshot.sha256},
        "agreements": evaluation.agreements,
    }


def _named(text: str | None) -> str | None:
    return None if text is None else escape(text)
