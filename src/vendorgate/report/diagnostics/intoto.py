"""Why nothing was judged, as an in-toto Statement that says FAILED, so that none of an earlier run looks current.

In: what was found, and the day. Out: JSON. A statement must be of something: it is of the mistakes, by their digest.
"""

from __future__ import annotations

import datetime
import hashlib
import json

from ...terminal.escape import escape, escape_source
from ..ascii_json import dumps
from ..attestation import FAILED, OURS, statement
from ..diagnostic import Diagnosed, Diagnostic
from ..resources import instant, urn
from ..surroundings import Surroundings


def render(found: Diagnosed, day: datetime.date, surroundings: Surroundings = Surroundings()) -> str:
    """The statement; the same diagnostics on the same day give the same bytes."""
    problems = [_problem(one, surroundings) for one in found.diagnostics]
    digest = hashlib.sha256(json.dumps(problems, ensure_ascii=True).encode()).hexdigest()
    said = {
        "timeVerified": instant(day),
        "resourceUri": urn("problems", f"sha256:{digest}"),
        "policy": {"uri": urn("bundle", "not-read")},
        "verificationResult": FAILED,
        "verifiedLevels": [FAILED],
        OURS: {"verdict": found.verdict, "command": escape(found.command), "problems": problems},
    }
    return dumps(statement([("problems", digest)], said))


def _problem(one: Diagnostic, surroundings: Surroundings) -> dict[str, object]:
    path = None if one.readable is None else escape_source(surroundings.path(one.readable.path))
    return {"id": one.id, "message": escape(one.message), "path": path}
