"""What was assessed and with what, as OSCAL's local definitions: vendors and usages.

In: an evaluation. Out: parties, components, inventory items. What nobody declared is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import UnsetType

from ...declarations.account_fields import AccountField
from ...logic import Json
from ...logic.wording import value_words
from ...model.evaluation import Evaluation
from ...model.subject import Subject
from ...model.vocabulary import UNLISTED
from ..account_fields import fields_of, whose_word
from ..oscal_frame import PROVIDER
from ..oscal_words import Part, core_prop, filled, line, prop, props, string
from ..surroundings import Surroundings
from .names import component, item, manifest_resource, party, reference, vendor

_DECLARED: Final = ("data", "subjects", "region", "cloud_region", "environment", "lifecycle", "tier", "endpoints")
_SETTINGS: Final = "settings."
_NAMES: Final = ("models", "features")


def by_route(evaluation: Evaluation) -> Mapping[str, list[Subject]]:
    """Usages by the UUID of what they lead to, as they come."""
    found: dict[str, list[Subject]] = {}
    for subject in evaluation.subjects:
        found.setdefault(component(subject), []).append(subject)
    return found


def parties(evaluation: Evaluation) -> list[Part]:
    """Each vendor once, by name."""
    names = sorted({vendor(one.offering, one.name.vendor) for one in evaluation.subjects})
    return [{"uuid": party(name), "type": "organization", "name": string(name)} for name in names]


def components(routes: Mapping[str, list[Subject]]) -> list[Part]:
    """Each offering once for each account, and each unlisted vendor."""
    return [_component(uuid, subjects) for uuid, subjects in routes.items()]


def _component(uuid: str, subjects: list[Subject]) -> Part:
    subject = subjects[0]
    offering, name = subject.offering, subject.name
    written = offering.written
    serves = vendor(offering, name.vendor)
    is_ours = written.category == "internal"
    in_production = any(one.stated.get("usage.environment") == "production" for one in subjects)
    return {
        "uuid": uuid,
        "type": "service",
        "title": line(name.vendor or written.name),
        "description": line(_described(subject)),
        "props": [
            core_prop("implementation-point", "internal" if is_ours else "external"),
            core_prop("vendor-name", string(serves)),
            *props(
                {
                    "offering": offering.id,
                    "account": name.account,
                    "category": written.category,
                    "developer": None if offering.id == UNLISTED else written.developer,
                    "stated-by": offering.owner,
                }
            ),
        ],
        "status": {"state": "operational" if in_production else "under-development"},
        "responsible-roles": [{"role-id": PROVIDER, "party-uuids": [party(serves)]}],
        "remarks": "The state is that of the environments that manifests declare.",
    }


def _described(subject: Subject) -> str:
    written = subject.offering.written
    if subject.offering.id == UNLISTED:
        return "A vendor that no registry lists: nothing is known of what it documents."
    return written.summary if isinstance(written.summary, str) else f"{written.name}, served by {written.platform}."


def items(evaluation: Evaluation, surroundings: Surroundings) -> list[Part]:
    """Each usage, once for each of its routes."""
    return [_item(subject, evaluation, surroundings) for subject in evaluation.subjects]


def _item(subject: Subject, evaluation: Evaluation, surroundings: Surroundings) -> Part:
    manifest, stated = subject.manifest, subject.stated
    said = {
        "manifest": surroundings.path(manifest.source.path),
        "line": str(subject.location.line),
        "project": manifest.project,
        "owner": subject.identity.owner,
        "usage": subject.usage,
        "route": subject.route,
    }
    return filled(
        {
            "uuid": item(subject, evaluation, surroundings),
            "description": line(
                str(stated.get("usage.purpose") or f"usage `{subject.usage}`; its purpose is not declared")
            ),
            "props": [*props(said), *_declared(stated, fields_of(subject, evaluation))],
            "links": [reference(manifest_resource(manifest, surroundings))],
            "implemented-components": [{"component-uuid": component(subject)}],
        }
    )


def _declared(stated: Mapping[str, Json], fields: Sequence[AccountField]) -> Iterator[Part]:
    """What is declared of it, a property for each name; of what can be observed what counts, and by whose word."""
    of_account = {one.what: one for one in fields}
    for field in (*_DECLARED, *_NAMES):
        if field in of_account:
            yield from _of_account(field, "", of_account[field])
            continue
        value = stated.get(f"usage.{field}")
        names = value if isinstance(value, list) else [] if value is None else [value]
        yield from (prop(field, _words(one)) for one in names)
    for one in fields:
        if one.what.startswith(_SETTINGS):
            yield from _of_account("setting", f"{one.what.removeprefix(_SETTINGS)}: ", one)
    for path, value in stated.items():
        kind, _, name = path.removeprefix("usage.").partition(".")
        if kind == "attributes" and name:
            yield prop("attribute", f"{name}: {_words(value)}")


def _of_account(name: str, before: str, one: AccountField) -> Iterator[Part]:
    names = one.value if isinstance(one.value, list) else [one.value]
    for value in names or ["none"]:
        words = "not known" if isinstance(value, UnsetType) else _words(value)
        yield prop(name, f"{before}{words}", whose_word(one))


def _words(value: Json) -> str:
    return value if isinstance(value, str) else value_words(value)
