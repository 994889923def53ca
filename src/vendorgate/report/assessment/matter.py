"""What was assessed by what, as resources of OSCAL's back matter: manifests, policies, evidence, with their digests.

In: an evaluation. Out: resources.
"""

from __future__ import annotations

from typing import Final

from ...model.evaluation import Evaluation
from ..lines import bundle_words
from ..oscal_words import Part, core_prop, filled, line, prop, props
from ..resources import bundle_uri, registry_uri
from ..signoff import signoff_cells
from ..surroundings import Surroundings
from ..uri import artifact_location
from .names import bundle_resource, manifest_resource, registry_resource

_LISTED: Final = "The digest is the SHA-256 of what `sha256sum` prints for its files, sorted by path."


def resources(evaluation: Evaluation, surroundings: Surroundings) -> list[Part]:
    """Policies and registry, then every manifest."""
    bundle, snapshot = evaluation.bundle, evaluation.snapshot
    written = snapshot.written
    about = {"name": bundle.name, "release": bundle.release, "agreements": evaluation.agreements}
    signed = {name.removeprefix("bundle_").replace("_", "-"): told for name, told in signoff_cells(evaluation).items()}
    policies: Part = {
        "uuid": bundle_resource(evaluation),
        "title": line(f"Policies: {bundle_words(bundle) or 'a bundle without a name'}"),
        "description": line(f"What is demanded, what was signed and what is waived. {_LISTED}"),
        "props": [core_prop("type", "policy"), *props({**about, **signed})],
        "rlinks": [_linked(bundle_uri(evaluation), bundle.sha256)],
    }
    registry: Part = {
        "uuid": registry_resource(evaluation),
        "title": line(f"Registry: {written.name}"),
        "description": line(f"What vendors document. {_LISTED}"),
        "props": [core_prop("type", "evidence"), prop("generated", written.generated.isoformat())],
        "rlinks": [_linked(registry_uri(evaluation), snapshot.sha256)],
        "remarks": line(written.attribution),
    }
    return [policies, registry, *_manifests(evaluation, surroundings)]


def _linked(href: str, digest: str, media: str | None = None) -> Part:
    hashes = [{"algorithm": "SHA-256", "value": digest}]
    return filled({"href": href, "media-type": media, "hashes": hashes})


def _manifests(evaluation: Evaluation, surroundings: Surroundings) -> list[Part]:
    found: list[Part] = []
    for manifest in evaluation.manifests:
        path = surroundings.path(manifest.source.path)
        href = artifact_location(manifest.source.path, surroundings)["uri"]
        found.append(
            {
                "uuid": manifest_resource(manifest, surroundings),
                "title": line(f"Manifest: {path}"),
                "props": [core_prop("type", "artifact"), prop("project", manifest.project)],
                "rlinks": [_linked(href, manifest.sha256, "application/yaml")],
            }
        )
    return found
