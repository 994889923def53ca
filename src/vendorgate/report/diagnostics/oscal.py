"""Why nothing was judged, as OSCAL's assessment results that satisfy nothing, in the place of earlier ones.

In: what was found, and the day. Out: JSON.
"""

from __future__ import annotations

import datetime
from typing import Final

from ..ascii_json import dumps
from ..diagnostic import Diagnosed, Diagnostic
from ..oscal_frame import ASSETS, ORIGINS, assessment
from ..oscal_words import Part, filled, line, listed, props, string, uid
from ..resources import instant
from ..surroundings import Surroundings

_TARGET: Final = "not-checked"


def render(found: Diagnosed, day: datetime.date, surroundings: Surroundings = Surroundings()) -> str:
    """The document; the same diagnostics on the same day give the same bytes."""
    time = instant(day)
    nothing: Part = {
        "uuid": uid("nothing-read"),
        "title": "Policies that were not read",
        "description": "Nothing was judged, so that there is nothing to refer to.",
    }
    return dumps(
        assessment(
            title=f"AI vendors: {found.last_line}",
            time=time,
            said={"verdict": found.verdict, "command": found.command},
            remarks="Nothing was judged; every time in this document is the day of the run, at 00:00 UTC.",
            parties=[],
            objectives=[],
            result=_result(found, time, surroundings),
            resources=[nothing],
        )
    )


def _result(found: Diagnosed, time: str, surroundings: Surroundings) -> Part:
    named = [(uid("problem", time, str(at)), one) for at, one in enumerate(found.diagnostics)]
    return filled(
        {
            "uuid": uid("nothing-judged", time, found.last_line),
            "title": "Not checked",
            "description": line(f"Nothing was judged, so nothing passed: {found.closing}"),
            "start": time,
            "props": props({"verdict": found.verdict}),
            "local-definitions": {"assessment-assets": ASSETS},
            "reviewed-controls": {
                "control-selections": [
                    {"description": "None was reviewed.", "include-controls": [{"control-id": _TARGET}]}
                ]
            },
            "observations": [_observation(uuid, one, time, surroundings) for uuid, one in named],
            "findings": [_finding(found, [uuid for uuid, _ in named], time)],
        }
    )


def _observation(uuid: str, one: Diagnostic, time: str, surroundings: Surroundings) -> Part:
    at = one.readable
    place = None if at is None else f"{surroundings.path(at.path)}:{at.line}:{at.column}"
    return {
        "uuid": uuid,
        "title": line(one.id),
        "description": listed(text for text in (one.message, one.help) if text),
        "props": props({"notice": one.id, "severity": one.severity, "place": place}),
        "methods": ["EXAMINE"],
        "types": ["discovery"],
        "origins": ORIGINS,
        "collected": time,
    }


def _finding(found: Diagnosed, observations: list[str], time: str) -> Part:
    return filled(
        {
            "uuid": uid("finding", time, found.last_line),
            "title": "Nothing was judged",
            "description": string(found.closing),
            "origins": ORIGINS,
            "target": {
                "type": "objective-id",
                "target-id": _TARGET,
                "status": {"state": "not-satisfied", "reason": "other", "remarks": line(found.last_line)},
            },
            "related-observations": [{"observation-uuid": uuid} for uuid in observations],
        }
    )
