"""What was detected as diagnostics: everybody that code uses, at the first place where that is seen.

In: a detection. Out: `Diagnostic`s; a use alone blocks nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...detection.model import DetectedOffering, Finding
from ...drift.telling import KINDS, beside, diagnostic
from ...logic.wording import count
from ...model.detect import BY_THE_PRODUCT
from ...report import unjudged
from ...report.diagnostic import NOT_JUDGED, Diagnosed, Diagnostic, Related, of_notice
from .model import Against, Detected
from .wording import PURPOSES, closing, verdict_words

_RELATED: Final = 10
"""Further places that are named."""
USES: Final = "uses"


def diagnosed(found: Detected) -> Diagnosed:
    """Who is used, or would be if somebody chose so; where code is held against manifests, what differs alone."""
    if found.against is not None:
        return _differing(found.against)
    places = found.detection.by_name
    told = [_use(one, places[one.name]) for one in found.detection.offerings if one.status in BY_THE_PRODUCT]
    kinds = {USES: "code uses an offering of an AI vendor"}
    return Diagnosed("vendorgate detect", tuple(told), closing(found), kinds=kinds)


def _differing(against: Against) -> Diagnosed:
    evaluation = against.evaluation
    told = (
        *map(of_notice, unjudged.findings(evaluation)),
        *map(diagnostic, against.found.drift),
        *map(of_notice, beside(against.found)),
    )
    closing = f"{against.verdict.upper()}: {verdict_words(against)}"
    return Diagnosed(
        "vendorgate detect", told, closing, kinds={**NOT_JUDGED, **KINDS}, incomplete=bool(evaluation.not_judged)
    )


def _use(offering: DetectedOffering, findings: Sequence[Finding]) -> Diagnostic:
    told = [one for one in findings if one.status in BY_THE_PRODUCT]
    about = [
        *(["endpoints " + ", ".join(offering.endpoints)] if offering.endpoints else []),
        *(["models " + ", ".join(offering.models)] if offering.models else []),
        *(["regions " + ", ".join(offering.regions)] if offering.regions else []),
    ]
    details = f": {'; '.join(about)}" if about else ""
    more = f", {count(len(told), 'place')}" if len(told) > 1 else ""
    return Diagnostic(
        USES,
        "note",
        f"{offering.name} is {PURPOSES[offering.status]}{more}{details}",
        location=told[0].location,
        related=tuple(Related(f"{one.kind} {one.token}".strip(), one.location) for one in told[1 : 1 + _RELATED]),
        about=(offering.name,),
        blocks=False,
    )
