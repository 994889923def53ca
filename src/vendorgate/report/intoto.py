"""A check as an in-toto Statement with SLSA's verification summary: a yes or no for a pipeline to sign and to ask for.

In: an evaluation. Out: JSON, unsigned: whoever runs the check signs it. PASSED is said of a verdict that is a pass and
of no other; what was not judged makes it FAILED, because the summary has no third word.
"""

from __future__ import annotations

import msgspec

from ..model.evaluation import Evaluation, NotJudged
from ..terminal.escape import escape, escape_source
from . import unjudged
from .account_fields import counted_fields
from .ascii_json import dumps
from .attestation import FAILED, NOTHING_BLOCKS, NOTHING_SHORT, OURS, statement
from .order import found_beside
from .resources import TIME, bundle_uri, instant, judged_uri, registry_uri
from .signoff import signoff_properties
from .surroundings import Surroundings


def render(evaluation: Evaluation, surroundings: Surroundings = Surroundings()) -> str:
    """The statement; the same evaluation gives the same bytes."""
    subjects = [(_path(one.source.path, surroundings), one.sha256) for one in evaluation.manifests]
    return dumps(statement(subjects, _said_of(evaluation, surroundings)))


def _said_of(evaluation: Evaluation, surroundings: Surroundings) -> dict[str, object]:
    bundle, snapshot = evaluation.bundle, evaluation.snapshot
    registry = {
        "name": escape(snapshot.written.name),
        "uri": registry_uri(evaluation),
        "digest": {"sha256": snapshot.sha256},
    }
    named = {} if bundle.name is None else {"name": escape(bundle.name)}
    passed = evaluation.verdict == "pass"
    return {
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
    return NOTHING_SHORT if counts.passed and not short else NOTHING_BLOCKS


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
        "signoff": signoff_properties(evaluation),
        "registryGenerated": evaluation.snapshot.written.generated.isoformat(),
        "summary": {**msgspec.to_builtins(evaluation.summary), "on_claims_alone": evaluation.on_claims_alone},
        "settings": {_camel(status): number for status, number in counted_fields(evaluation).items()},
        "policiesOff": [{"policy": off.policy, "reason": escape(off.reason)} for off in bundle.off],
        "found": [
            {"id": one.id, "blocks": one.blocks, "message": escape(one.message)}
            for one in found_beside(evaluation)
            if one.id != "not-judged"
        ],
        "notJudged": [_left(one, surroundings) for one in evaluation.not_judged],
    }


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))


def _left(left: NotJudged, surroundings: Surroundings) -> dict[str, object]:
    problems = [escape(unjudged.words(problem)) for problem in left.problems]
    return {"path": _path(left.path, surroundings), "problems": problems}


def _path(path: str, surroundings: Surroundings) -> str:
    return escape_source(surroundings.path(path))


def _said(text: str | None) -> str | None:
    return None if text is None else escape(text)
