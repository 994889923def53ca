"""What is used, as services of a bill of materials: each offering once for each account, and each unlisted vendor.

In: an evaluation. Out: services with the data that they get, the models below them, and the projects that use them.
Endpoints of CycloneDX are addresses: what the registry calls one is a property, as is the evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import quote

from msgspec import UnsetType

from ..declarations.account_fields import AccountField
from ..model.evaluation import Evaluation
from ..model.manifest import Manifest
from ..model.result import Result
from ..model.subject import Subject
from ..model.vocabulary import OUTCOMES, UNLISTED
from ..terminal.escape import escape
from .account_fields import field_line, fields_of
from .bill import Value, properties_of
from .finding import source_line
from .resources import web_address
from .surroundings import Surroundings
from .uri import artifact_location

ROOT: Final = "judged"
"""The reference of what it is a bill of."""
_DECLARED: Final = {"environment": "environment", "models": "model"}
"""By field of a usage: what it is called in the singular."""


def service_ref(subject: Subject) -> str:
    """What other parts call a service."""
    name = subject.name
    beside = (("account", name.account), ("vendor", name.vendor))
    return "/".join([name.offering, *(f"{kind}={_part(text)}" for kind, text in beside if text is not None)])


def manifest_ref(manifest: Manifest, surroundings: Surroundings) -> str:
    """What other parts call a project's manifest."""
    return f"manifest/{_part(surroundings.path(manifest.source.path))}"


def _part(text: str) -> str:
    """Percent-encoded, so that no two texts give one reference."""
    return quote(text, safe="", errors="surrogatepass")


def _model_ref(service: str, model: str) -> str:
    return f"{service}/model={_part(model)}"


class Used:
    """The subjects and results of an evaluation by the services that they lead to, in the order of the evaluation."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self.refs = {id(subject): service_ref(subject) for subject in evaluation.subjects}
        self.subjects: dict[str, list[Subject]] = {}
        self.results: dict[str, list[Result]] = {}
        for subject in evaluation.subjects:
            self.subjects.setdefault(self.refs[id(subject)], []).append(subject)
        for result in evaluation.results:
            self.results.setdefault(self.refs[id(result.subject)], []).append(result)

    def fields(self, subject: Subject) -> tuple[AccountField, ...]:
        """How the account of a subject is set up."""
        return fields_of(subject, self._evaluation)


def services(used: Used) -> list[Value]:
    """A service for whoever gets data."""
    return [_service(ref, subjects, used) for ref, subjects in used.subjects.items()]


def _service(ref: str, subjects: Sequence[Subject], used: Used) -> Value:
    offering, name = subjects[0].offering, subjects[0].name
    written = offering.written
    service: dict[str, Value] = {
        "bom-ref": ref,
        "provider": {"name": escape(name.vendor or written.platform)},
        **({} if offering.id == UNLISTED else {"group": offering.id}),
        "name": escape(name.vendor or written.name),
    }
    addresses = [address for one in _stated(subjects, "endpoints") if (address := web_address(one)) is not None]
    if addresses:
        service["endpoints"] = [*addresses]
    service["x-trust-boundary"] = written.category != "internal"
    service["data"] = [*_data(subjects)]
    said = _said(subjects, used.results.get(ref, []), [one for subject in subjects for one in used.fields(subject)])
    service["properties"] = properties_of((name, escape(value)) for name, value in said)
    return service


def _stated(subjects: Iterable[Subject], field: str) -> list[str]:
    """What usages declare in a field, each once, in their order."""
    values = (subject.stated.get(f"usage.{field}") for subject in subjects)
    flat = (one for value in values for one in (value if isinstance(value, list) else [value]) if one is not None)
    return [*dict.fromkeys(map(str, flat))]


def _data(subjects: Sequence[Subject]) -> Iterator[Value]:
    """Each class of data that goes into the service; what comes out of it nobody declares."""
    for kind in _stated(subjects, "data"):
        yield {"flow": "inbound", "classification": escape(kind)}


def _said(
    subjects: Sequence[Subject], results: Sequence[Result], fields: Sequence[AccountField]
) -> Iterator[tuple[str, str]]:
    subject = subjects[0]
    yield "status", "used"
    yield "offering", subject.offering.id
    if subject.name.account is not None:
        yield "account", subject.name.account
    yield "category", subject.offering.written.category
    yield from (("route", route) for route in dict.fromkeys(one.route for one in subjects))
    yield from (("endpoint", one) for one in _stated(subjects, "endpoints") if web_address(one) is None)
    regions = (one.value for one in fields if one.what == "region" and not isinstance(one.value, UnsetType))
    yield from (("region", value) for value in dict.fromkeys(map(str, regions)))
    for field, singular in _DECLARED.items():
        yield from ((singular, value) for value in _stated(subjects, field))
    yield from (("setting", words) for words in dict.fromkeys(map(field_line, fields)))
    yield from (
        ("usage", f"{one.manifest.project}/{one.usage}: {', '.join(_stated([one], 'data'))}") for one in subjects
    )
    for outcome in OUTCOMES:
        yield outcome.replace("_", "-"), str(sum(one.outcome == outcome for one in results))
    yield from (("evidence", words) for words in dict.fromkeys(_evidence(results)))


def _evidence(results: Iterable[Result]) -> Iterator[str]:
    return (source_line(citation) for result in results for citation in result.evidence if citation.cell is not None)


def projects(evaluation: Evaluation, surroundings: Surroundings) -> list[Value]:
    """An application for each manifest, which it refers to with its digest."""
    return [_project(manifest, surroundings) for manifest in evaluation.manifests]


def _project(manifest: Manifest, surroundings: Surroundings) -> Value:
    reference: dict[str, Value] = {
        "type": "configuration",
        "url": artifact_location(manifest.source.path, surroundings)["uri"],
        "hashes": [{"alg": "SHA-256", "content": manifest.sha256}],
    }
    return {
        "type": "application",
        "bom-ref": manifest_ref(manifest, surroundings),
        "name": escape(manifest.project),
        "externalReferences": [reference],
    }


def models(used: Used) -> list[Value]:
    """Each model of each service."""
    return [
        {"type": "machine-learning-model", "bom-ref": _model_ref(ref, model), "name": escape(model)}
        for ref, subjects in used.subjects.items()
        for model in _stated(subjects, "models")
    ]


def dependencies(evaluation: Evaluation, used: Used, surroundings: Surroundings) -> list[Value]:
    """What was judged needs its projects, these their services, those their models."""
    by_manifest: dict[int, dict[str, None]] = {id(manifest): {} for manifest in evaluation.manifests}
    for subject in evaluation.subjects:
        by_manifest[id(subject.manifest)][used.refs[id(subject)]] = None
    needs: dict[str, list[Value]] = {ROOT: [manifest_ref(one, surroundings) for one in evaluation.manifests]}
    needs |= {manifest_ref(one, surroundings): [*by_manifest[id(one)]] for one in evaluation.manifests}
    needs |= _models_needed(used.subjects)
    return [{"ref": ref, "dependsOn": found} for ref, found in needs.items()]


def _models_needed(subjects: Mapping[str, Sequence[Subject]]) -> dict[str, list[Value]]:
    return {ref: [_model_ref(ref, model) for model in _stated(found, "models")] for ref, found in subjects.items()}
