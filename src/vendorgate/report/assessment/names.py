"""Under which UUIDs and tokens the parts of an assessment refer to each other.

In: what is judged. Out: identifiers. Vendors, usages and risks keep theirs from day to day, so that a tool knows them
again; what was observed and found is of one day and its inputs, and has others on another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from ...model.evaluation import Evaluation
from ...model.manifest import Manifest
from ...model.registry import Offering
from ...model.result import Notice, Result
from ...model.subject import Subject
from ..diagnostic import of_notice
from ..identity import diagnostic_identities, identities
from ..objectives import Objective
from ..order import found_beside
from ..oscal_words import Part, token, uid
from ..surroundings import Surroundings


class Named(msgspec.Struct, frozen=True):
    """A result with the names that others refer to it by."""

    result: Result
    observation: str
    risk: str | None
    """None where it falls short of nothing."""


class Seen(msgspec.Struct, frozen=True):
    """Something that was found and is no result of a policy, with the names that others refer to it by."""

    notice: Notice
    observation: str
    risk: str
    finding: str


def target(objective: Objective) -> str:
    """An objective as OSCAL can refer to it: frameworks number alike, so that each name begins with its framework."""
    return token(f"{objective.framework}_{objective.name}")


def basis(evaluation: Evaluation) -> str:
    """What everything is of that was observed: the day, and the digests of the inputs."""
    digests = [manifest.sha256 for manifest in evaluation.manifests]
    return uid(evaluation.as_of.isoformat(), evaluation.bundle.sha256, evaluation.snapshot.sha256, *digests)


def named(evaluation: Evaluation, surroundings: Surroundings) -> Iterator[Named]:
    """Every result that applies; no two share a name."""
    results = [one for one in evaluation.results if one.outcome != "not_applicable"]
    of_day = basis(evaluation)
    for result, identity in zip(results, identities(results, surroundings), strict=True):
        whose = (evaluation.repository.name, result.subject.manifest.project)
        risk = None if result.outcome == "pass" else uid("risk", *whose, identity)
        yield Named(result, uid("observation", of_day, identity), risk)


def seen(evaluation: Evaluation, surroundings: Surroundings) -> Iterator[Seen]:
    """What was not judged, and what else is found beside results; no two share a name."""
    notices = found_beside(evaluation)
    of_day = basis(evaluation)
    for notice, identity in zip(notices, diagnostic_identities(map(of_notice, notices), surroundings), strict=True):
        of_day_and_it = (of_day, notice.id, identity)
        risk = uid("risk", evaluation.repository.name, notice.id, identity)
        yield Seen(notice, uid("observation", *of_day_and_it), risk, uid("finding", *of_day_and_it))


def bundle_resource(evaluation: Evaluation) -> str:
    """The UUID of the resource that stands for the policies."""
    return uid("bundle", evaluation.bundle.sha256)


def registry_resource(evaluation: Evaluation) -> str:
    """The UUID of the resource that stands for the evidence."""
    return uid("registry", evaluation.snapshot.sha256)


def manifest_resource(manifest: Manifest, surroundings: Surroundings) -> str:
    """The UUID of the resource that stands for a manifest."""
    return uid("manifest", surroundings.path(manifest.source.path), manifest.sha256)


def reference(resource: str) -> Part:
    """A link to a resource."""
    return {"href": f"#{resource}", "rel": "reference"}


def vendor(offering: Offering, stated: str | None) -> str:
    """Who serves an offering; of an unlisted one whom the manifest names."""
    return stated or offering.written.platform


def party(name: str) -> str:
    """The UUID of a vendor."""
    return uid("party", name)


def component(subject: Subject) -> str:
    """The UUID of what a route leads to."""
    return uid("component", subject.name.offering, subject.name.account, subject.name.vendor)


def item(subject: Subject, evaluation: Evaluation, surroundings: Surroundings) -> str:
    """The UUID of a usage on a route: of a repository and a project, because paths are alike elsewhere."""
    name = subject.name
    path = surroundings.path(subject.manifest.source.path)
    whose = (evaluation.repository.name, subject.manifest.project, path)
    return uid("item", *whose, subject.usage, subject.route, name.offering, name.account, name.vendor)


def by_policy(found: Sequence[Named]) -> Mapping[str, list[Named]]:
    """Results by the id of their policy."""
    sorted_out: dict[str, list[Named]] = {}
    for one in found:
        sorted_out.setdefault(one.result.policy.id, []).append(one)
    return sorted_out
