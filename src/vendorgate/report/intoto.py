"""An in-toto Statement (version 1) with SLSA's verification summary: one yes or no for a pipeline to sign and to ask for.

In: an evaluation. Out: JSON, unsigned: whoever runs the check signs it. PASSED is said of a verdict that is a pass alone;
what was not judged makes it FAILED, because the summary has no third word.
"""

from __future__ import annotations

from typing import Final

import msgspec

from ..model.evaluation import Evaluation, NotJudged
from ..terminal.escape import escape, escape_source
from ..version import VERSION
from . import unjudged
from .ascii_json import dumps
from .order import found_beside
from .resources import HOME, TIME, bundle_uri, instant, judged_uri, registry_uri
from .surroundings import Surroundings

STATEMENT: Final = "https://in-toto.io/Statement/v1"
SUMMARY: Final = "https://slsa.dev/verification_summary/v1"
OURS: Final = f"{HOME}/verification/v1"
"""The field with what the summary has no field for; names of such fields are URIs."""
NOTHING_BLOCKS: Final = "VENDORGATE_NOTHING_BLOCKS"
ALL_PASS: Final = "VENDORGATE_ALL_PASS"
"""Levels of one track, from least to most; the higher one says that something passes and all that applies does."""
FAILED: Final = "FAILED"
VERIFIER: Final = {"id": f"{HOME}/verifier", "version": {"vendorgate": VERSION}}


def render(evaluation: Evaluation, surroundings: Surroundings = Surroundings()) -> str:
    """The statement; the same evaluation gives the same bytes."""
    subjects = [
        {"name": _path(manifest.source.path, surroundings), "digest": {"sha256": manifest.sha256}}
        for manifest in evaluation.manifests
    ]
    return dumps(statement(subjects, _predicate(evaluation, surroundings)))


def statement(subjects: list[dict[str, object]], predicate: dict[str, object]) -> dict[str, object]:
    """The frame of a statement."""
    return {"_type": STATEMENT, "subject": subjects, "predicateType": SUMMARY, "predicate": predicate}


def _predicate(evaluation: Evaluation, surroundings: Surroundings) -> dict[str, object]:
    bundle, snapshot = evaluation.bundle, evaluation.snapshot
    registry = {
        "name": escape(snapshot.written.name),
        "uri": registry_uri(evaluation),
        "digest": {"sha256": snapshot.sha256},
    }
    named = {} if bundle.name is None else {"name": escape(bundle.name)}
    passed = evaluation.verdict == "pass"
    return {
        "verifier": VERIFIER,
        "timeVerified": instant(evaluation.as_of),
        "resourceUri": judged_uri(evaluation),
        "policy": {**named, "uri": bundle_uri(evaluation), "digest": {"sha256": bundle.sha256}},
        "inputAttestations": [registry],
        "verificationResult": "PASSED" if passed else FAILED,
        "verifiedLevels": [_level(evaluation) if passed else FAILED],
        OURS: _ours(evaluation, surroundings),
    }


def _level(evaluation: Evaluation) -> str:
    counts = evaluation.summary
    short = counts.fail + counts.unknown + counts.waived + len(found_beside(evaluation))
    return ALL_PASS if counts.passed and not short else NOTHING_BLOCKS


def _ours(evaluation: Evaluation, surroundings: Surroundings) -> dict[str, object]:
    """What the yes or no rests on."""
    bundle, repository = evaluation.bundle, evaluation.repository
    return {
        "verdict": evaluation.verdict,
        "asOf": evaluation.as_of.isoformat(),
        "asOfGiven": evaluation.as_of_given,
        "timeVerifiedIs": TIME,
        "failOn": evaluation.fail_on,
        "agreements": evaluation.agreements,
        "repository": {"name": _said(repository.name), "saidBy": repository.said_by},
        "release": _said(bundle.release),
        "registryGenerated": evaluation.snapshot.written.generated.isoformat(),
        "summary": msgspec.to_builtins(evaluation.summary),
        "policiesOff": [{"policy": off.policy, "reason": escape(off.reason)} for off in bundle.off],
        "found": [
            {"id": one.id, "blocks": one.blocks, "message": escape(one.message)}
            for one in found_beside(evaluation)
            if one.id != "not-judged"
        ],
        "notJudged": [_left(one, surroundings) for one in evaluation.not_judged],
    }


def _left(left: NotJudged, surroundings: Surroundings) -> dict[str, object]:
    problems = [escape(unjudged.words(problem)) for problem in left.problems]
    return {"path": _path(left.path, surroundings), "problems": problems}


def _path(path: str, surroundings: Surroundings) -> str:
    return escape_source(surroundings.path(path))


def _said(text: str | None) -> str | None:
    return None if text is None else escape(text)
