"""What was detected as a bill of materials, CycloneDX 1.6 in JSON: a service for everybody that code calls.

In: a detection. Out: ASCII text. A service of CycloneDX has no evidence of its own: its places stand among its
properties.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...detection.model import DetectedOffering, Finding
from ...detection.sighting import NOBODYS
from ...report.bill import Value, bill, properties_of
from .model import Detected


def render(found: Detected) -> str:
    """The bill; services by name, models below them."""
    places = found.detection.by_name
    services: list[Value] = [_service(one, places[one.name], found) for one in found.detection.offerings]
    models = sorted({(one.name, model) for one in found.detection.offerings for model in one.models})
    return bill(
        {
            "services": services,
            "components": [_model(*one) for one in models],
            "dependencies": [_needs(one) for one in found.detection.offerings],
        }
    )


def _service(one: DetectedOffering, places: Iterable[Finding], found: Detected) -> dict[str, Value]:
    name = found.names.get(one.name, one.name)
    said: list[tuple[str, str]] = [("status", one.status)]
    said += [("endpoint", value) for value in one.endpoints]
    said += [("model", value) for value in one.models]
    said += [("region", value) for value in one.regions]
    said += [("recipient", value) for value in one.recipients]
    said += [("evidence", f"{place.location} {place.status} {place.kind}") for place in places]
    service: dict[str, Value] = {"bom-ref": _ref(one.name), "name": name}
    if one.offering is not None:
        service["group"] = one.offering
    if one.name not in NOBODYS:
        service["x-trust-boundary"] = True
    service["properties"] = properties_of(said)
    return service


def _model(name: str, model: str) -> dict[str, Value]:
    return {"type": "machine-learning-model", "bom-ref": _ref(name, model), "name": model}


def _needs(one: DetectedOffering) -> dict[str, Value]:
    return {"ref": _ref(one.name), "dependsOn": [_ref(one.name, model) for model in one.models]}


def _ref(name: str, model: str = "") -> str:
    return f"{name}/{model}" if model else name
