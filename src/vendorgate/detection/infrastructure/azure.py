"""Azure's descriptions: Bicep, its parameters, and ARM's templates as JSON.

In: path and text, the catalogue. Out: sightings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..configuration.environment import variable
from ..configuration.telling import model_name
from ..documents.block_reader import read_bicep
from ..documents.json_reader import read_json
from ..documents.node import Branch, Leaf, Node, at, branches, entries, items, text, walk
from ..sighting import Reach, Sighting
from .resolving import arm, bicep
from .scanning import body_of, given_model, place_of_region, properties_of, scanned

_SCHEMA: Final = re.compile(r"schema\.management\.azure\.com/|deploymentTemplate\.json|deploymentParameters\.json")
_AZD: Final = re.compile(r"\$\{([A-Z][A-Z0-9_]*)(?:=([^}]*))?\}\Z")
_MODULES: Final = re.compile(
    r"br[:/].*avm/res/cognitive-services/account|cognitiveservices\.bicep|openai", re.IGNORECASE
)
_TYPE: Final = re.compile(r"[A-Za-z]+\.[A-Za-z]+/")


def looks(text: str) -> bool:
    """Whether a file of JSON is a template or has the parameters of one."""
    return bool(_SCHEMA.search(text[:2_000]))


def extract_bicep(path: str, text_: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """What a file of Bicep's sets up."""
    document = bicep(read_bicep(text_))
    for key, value in entries(document):
        if key.value == "resource":
            yield from _declared(value, "", catalogue)
        elif key.value == "module":
            yield from _modules(value, catalogue)
    yield from scanned(document, catalogue)
    yield from _names(document, catalogue)
    if path.lower().endswith(".bicepparam"):
        for key, value in entries(document):
            for name, one in entries(value) if key.value == "param" else ():
                for leaf in (one, *items(one)):
                    yield from given_model(name, leaf if isinstance(leaf, Leaf) else None, catalogue)


def _declared(types: Node, above: str, catalogue: Catalogue) -> Iterator[Sighting]:
    """Resources, and those inside of them, whose types go on where the outer one ends."""
    for type, named in entries(types):
        full = type.value if _TYPE.match(type.value) or not above else f"{above}/{type.value}"
        for _, found in entries(named):
            body = body_of(found)
            if body is not None:
                yield from _resource(Leaf(full, type.place), body, catalogue)
                for key, inner in body.entries:
                    if key.value == "resource":
                        yield from _declared(inner, full, catalogue)


def _resource(type: Leaf, body: Node, catalogue: Catalogue) -> Iterator[Sighting]:
    said = properties_of(body)
    provider = catalogue.resource("bicep", type.value, said)
    if provider is None:
        return
    model = said.get("model.name")
    reach: Reach = "declared" if catalogue.role(provider) == "platform" else "used"
    yield Sighting(
        provider,
        "iac",
        type.place,
        model=model_name(model) if model is not None else None,
        region=place_of_region(body, provider),
        reach=reach,
        token=type.value[:200],
    )


def _modules(paths: Node, catalogue: Catalogue) -> Iterator[Sighting]:
    """Modules that set up an account, where what they get says that it is for models of OpenAI's."""
    for path, named in entries(paths):
        for _, found in entries(named):
            body = body_of(found)
            given = at(body, "params")
            kind = text(given, "kind")
            is_account = bool(_MODULES.search(path.value[:300]))
            has_models = any(text(one, "format") is not None for _, one in branches(given))
            if is_account and ((kind is not None and kind.value in {"OpenAI", "AIServices"}) or has_models):
                yield Sighting("azure-openai", "iac", path.place, token=path.value[:200])


def _names(document: Node, catalogue: Catalogue) -> Iterator[Sighting]:
    """Names of variables among values, as `readEnvironmentVariable` gets them."""
    for _, leaf in walk(document):
        if leaf.value.isupper() and "_" in leaf.value and len(leaf.value) < 100:
            whose = variable(catalogue, leaf.value)
            if whose is not None:
                yield Sighting(whose, "env", leaf.place, reach="declared", token=leaf.value)


def extract_arm(path: str, text_: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """What a template as JSON sets up, or which values its parameters get."""
    written = read_json(text_)
    if written is None:
        return
    document = arm(written)
    yield from _nested(at(document, "resources"), "", catalogue)
    yield from scanned(document, catalogue)
    for name, value in entries(at(written, "parameters")):
        yield from given_model(name, text(value, "value"), catalogue)
    for _, leaf in walk(written):
        found = _AZD.match(leaf.value) if leaf.value.startswith("${") else None
        whose = variable(catalogue, found[1]) if found is not None else None
        if found is not None and whose is not None:
            model = model_name(found[2]) if found[2] and found[1].endswith(("_MODEL", "_MODEL_NAME")) else None
            yield Sighting(whose, "env", leaf.place, model=model, reach="declared", token=found[1][:200])


def _nested(resources: Node | None, above: str, catalogue: Catalogue, depth: int = 0) -> Iterator[Sighting]:
    """Resources of a template, and those inside of them."""
    found = (
        getattr(resources, "items", ()) if not isinstance(resources, Branch) else [one for _, one in resources.entries]
    )
    for one in found:
        type = text(one, "type")
        if type is None or depth > 10:
            continue
        full = type.value if _TYPE.match(type.value) or not above else f"{above}/{type.value}"
        yield from _resource(Leaf(full, type.place), one, catalogue)
        yield from _nested(at(one, "resources"), full, catalogue, depth + 1)
        yield from _nested(at(one, "properties", "template", "resources"), "", catalogue, depth + 1)
