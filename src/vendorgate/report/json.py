"""The JSON report, `vendorgate.report/1`.

In: an evaluation. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

import json
from typing import Any, Final

import msgspec
from msgspec import UnsetType

from ..model.evaluation import Evaluation
from ..model.result import Citation, Notice, Reason, RequirementResult, Result
from ..model.waiver import Waiver
from ..source import Location
from ..version import VERSION

SCHEMA: Final = "vendorgate.report/1"


def render(evaluation: Evaluation) -> str:
    """The report; the same evaluation gives the same bytes."""
    return json.dumps(report(evaluation), indent=2, ensure_ascii=True) + "\n"


def report(evaluation: Evaluation) -> dict[str, Any]:
    """The report as plain JSON, keys in the order of the contract."""
    bundle, snapshot = evaluation.bundle, evaluation.snapshot
    return {
        "schema": SCHEMA,
        "tool": {"name": "vendorgate", "version": VERSION},
        "as_of": evaluation.as_of.isoformat(),
        "inputs": {
            "manifests": [{"path": m.source.path, "sha256": m.sha256} for m in evaluation.manifests],
            "bundle": {"name": bundle.name, "release": bundle.release, "sha256": bundle.sha256},
            "registry": {
                "name": snapshot.written.name,
                "generated": snapshot.written.generated.isoformat(),
                "sha256": snapshot.sha256,
            },
            "agreements": evaluation.agreements,
        },
        "verdict": evaluation.verdict,
        "summary": msgspec.to_builtins(evaluation.summary),
        "results": [_result(result) for result in evaluation.results],
        "notices": [_notice(notice) for notice in evaluation.notices],
    }


def _result(result: Result) -> dict[str, Any]:
    subject, policy = result.subject, result.policy
    return {
        "manifest": subject.manifest.source.path,
        "project": subject.manifest.project,
        "usage": subject.usage,
        "offering": subject.offering.id,
        "route": subject.route,
        "policy": policy.id,
        "title": policy.title,
        "severity": result.severity,
        "outcome": result.outcome,
        "blocks": result.blocks,
        "location": _location(subject.location),
        "requirements": [_requirement(requirement) for requirement in result.requirements],
        "evidence": [_citation(citation) for citation in result.evidence],
        "remediation": policy.remediation,
        "references": list(policy.references),
        "waiver": None if result.waiver is None else _waiver(result.waiver),
    }


def _location(location: Location | None) -> dict[str, Any] | None:
    if location is None:
        return None
    return {"path": location.path, "line": location.line, "column": location.column}


def _requirement(result: RequirementResult) -> dict[str, Any]:
    return {
        "expression": result.requirement.expression,
        "outcome": result.outcome,
        "message": result.message,
        "reasons": [_reason(reason) for reason in result.reasons],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "kind": reason.kind,
        "dimension": reason.dimension,
        "outcome": reason.outcome,
        "message": reason.message,
        "reasons": [_reason(inner) for inner in reason.reasons],
    }


def _citation(citation: Citation) -> dict[str, Any]:
    written = citation.cell.written if citation.cell is not None else None
    verified = written.verified if written is not None else None
    return {
        "dimension": citation.dimension,
        "value": written.value if written is not None else None,
        "confidence": written.confidence if written is not None else None,
        "verified": verified.isoformat() if verified is not None else None,
        "source": written.source if written is not None else None,
    }


def _waiver(waiver: Waiver) -> dict[str, Any]:
    written = waiver.written
    return {
        "policy": written.policy,
        "reason": written.reason,
        "approved_by": written.approved_by,
        "ticket": None if isinstance(written.ticket, UnsetType) else written.ticket,
        "expires": written.expires.isoformat(),
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "id": notice.id,
        "severity": notice.severity,
        "message": notice.message,
        "location": _location(notice.location),
    }
