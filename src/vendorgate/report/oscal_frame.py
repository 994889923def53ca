"""OSCAL's assessment results: the frame, whatever stands in it.

In: the parts. Out: the document, with a UUID made of all of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from ..version import VERSION
from .oscal_words import OSCAL, Part, core_prop, filled, line, listed, props, uid

TOOL: Final = uid("tool", "vendorgate")
PROVIDER: Final = "provider"
"""The role of whoever serves an offering."""
ORIGINS: Final[list[Part]] = [{"actors": [{"type": "tool", "actor-uuid": TOOL}]}]
"""Everything is found by the tool."""
ASSETS: Final[Part] = {
    "components": [
        {
            "uuid": TOOL,
            "type": "software",
            "title": "vendorgate",
            "description": "Judges declared uses of AI vendors by policies and by what the vendors document.",
            "props": [core_prop("version", VERSION)],
            "status": {"state": "operational"},
        }
    ],
    "assessment-platforms": [
        {
            "uuid": uid("platform", "vendorgate"),
            "title": "vendorgate",
            "uses-components": [{"component-uuid": TOOL}],
        },
    ],
}
"""What it was assessed with."""


def assessment(
    *,
    title: str,
    time: str,
    said: Mapping[str, str | None],
    remarks: str,
    parties: Sequence[Part],
    objectives: Sequence[Part],
    result: Part,
    resources: Sequence[Part],
) -> Part:
    """The document; the first resource is what was assessed by, for want of a plan."""
    metadata = {
        "title": line(title),
        "last-modified": time,
        "version": time[:10],
        "oscal-version": OSCAL,
        "props": props(said),
        "roles": [{"id": PROVIDER, "title": "Provider"}] if parties else [],
        "parties": parties,
        "remarks": listed([remarks]),
    }
    plan = {
        "href": f"#{resources[0]['uuid']}",
        "remarks": "There is no plan of its own: the policies say what is assessed.",
    }
    content = {
        "metadata": filled(metadata),
        "import-ap": plan,
        "local-definitions": {"objectives-and-methods": objectives} if objectives else None,
        "results": [result],
        "back-matter": {"resources": resources},
    }
    document = filled(content)
    uuid = uid("document", json.dumps(document))
    return {"assessment-results": {"uuid": uuid, **document}}
