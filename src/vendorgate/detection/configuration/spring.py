"""Properties of Spring Boot and Quarkus: Spring AI and langchain4j.

In: path and text, the catalogue. Out: sightings of kind `config` that only declare: a starter makes the client, and
`joining` holds both together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from ..catalogue.addresses import UNKNOWN_PART
from ..catalogue.catalogue import Catalogue
from ..documents.node import Leaf, walk
from ..documents.properties import read_properties
from ..documents.yaml_reader import read_yaml
from ..sighting import OPENAI_COMPATIBLE, SELF_HOSTED, Sighting
from .dependencies.starters import VENDORS
from .purposes import doing
from .telling import model_name, region_of, served_at

FRAMEWORKS: Final = ("spring_ai", "langchain4j", "quarkus_langchain4j")
_ADDRESS: Final = re.compile(r"(?:base-?url|endpoint)\Z", re.IGNORECASE)
_MODEL: Final = re.compile(r"(?:options\.model|model-?name|model-?id|(?<!chat-)(?<!embedding-)model)\Z", re.IGNORECASE)
_REGION: Final = re.compile(r"(?:\.region|\.location)\Z")
_KEY: Final = re.compile(r"(?:api-?key|credential|access-?key|token|project-?id|deployment-?name)\Z", re.IGNORECASE)
_PROFILE: Final = re.compile(r"[\"']?%([\w,-]+)[\"']?\.")
_FOR_PROFILE: Final = ("spring.config.activate.on-profile", "spring.profiles")
_DEFAULT: Final = re.compile(r"\$\{[^:}]*:([^}]*)\}\Z")
_OPTION: Final = re.compile(
    r"(?:image|embedding|moderation|scoring)-model\.|(?:image|embedding|moderation|audio\.\w+)\.options\."
)
_CHOICE: Final = re.compile(
    r"spring\.ai\.model\.(?:chat|embedding|image|moderation|audio\.\w+)\Z|.*\.chat-model\.provider\Z"
)
_PURPOSES: Final = (
    ("embedding", "embeddings"),
    ("image", "images"),
    ("transcription", "transcription"),
    ("speech", "speech"),
    ("moderation", "moderation"),
    ("scoring", "rerank"),
    ("chat", "chat"),
)
"""What a part of a property's name says of what is done."""


class _Property(msgspec.Struct, frozen=True):
    name: Leaf
    value: Leaf
    provider: str
    rest: str
    profile: str
    """For which it counts alone; empty for all."""


def extract(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """What properties say of each vendor."""
    pairs = list(_pairs(path, text))
    found = [one for profile, name, value in pairs if (one := _property(profile, name, value, catalogue)) is not None]
    bases = {(one.provider, one.profile): one.value for one in found if _ADDRESS.search(one.rest) and one.value.value}
    told: set[tuple[str, str | None, str]] = set()
    for one in found:
        base = bases.get((one.provider, one.profile)) or bases.get((one.provider, ""))
        for seen in _told(one, base, catalogue):
            told.add((one.provider, seen.endpoint, one.profile))
            yield seen
    for one in found:
        yield from _option(one, bases.get((one.provider, "")), told, catalogue)
    for profile, name, value in pairs:
        whose = VENDORS.get(value.value) if _CHOICE.match(name.value) else None
        if whose is not None:
            yield Sighting(whose, "config", value.place, reach="declared", token=_token(profile, name))


def _token(profile: str, name: Leaf) -> str:
    """The name of a property, with its profile before it, as Quarkus writes both."""
    return f"%{profile}.{name.value}"[:200] if profile else name.value[:200]


def _pairs(path: str, text: str) -> Iterator[tuple[str, Leaf, Leaf]]:
    """Profile, name and value of each property."""
    if not path.lower().endswith((".yml", ".yaml")):
        for name, value in read_properties(text):
            found = _PROFILE.match(name.value)
            plain = name if found is None else Leaf(name.value[found.end() :], name.place)
            yield _counting(found[1] if found is not None else ""), plain, value
        return
    for document in read_yaml(text):
        leaves = [(".".join(keys), leaf) for keys, leaf in walk(document)]
        profile = next((leaf.value for name, leaf in leaves if name in _FOR_PROFILE), "")
        for written, leaf in leaves:
            found = _PROFILE.match(written)
            own = found[1] if found is not None else profile
            yield _counting(own), Leaf(written[found.end() if found is not None else 0 :], leaf.place), leaf


def _counting(profile: str) -> str:
    """A profile, where it is one among several: what counts in production counts."""
    return "" if profile in {"prod", "production"} else profile


def _property(profile: str, name: Leaf, value: Leaf, catalogue: Catalogue) -> _Property | None:
    for framework in FRAMEWORKS:
        found = catalogue.prefixed(framework, name.value)
        if found is not None:
            default = _DEFAULT.match(value.value)
            written = default[1] if default is not None else value.value
            if default is not None and _is_ours(catalogue, written):
                written = UNKNOWN_PART  # which the environment may set otherwise
            return _Property(name, Leaf(written, value.place), found[0], found[1], profile)
    return None


def _is_ours(catalogue: Catalogue, written: str) -> bool:
    found = catalogue.host(written)
    return found is not None and found.provider == SELF_HOSTED


def _told(one: _Property, base: Leaf | None, catalogue: Catalogue) -> Iterator[Sighting]:
    known = base if base is not None and not base.value.startswith("$") else None
    provider, region, _ = served_at(catalogue, one.provider, known)
    place, model = one.name.place, None
    if _MODEL.search(one.rest):
        place, model = one.value.place, model_name(one.value.value)
    elif _REGION.search(one.rest):
        place, region = one.value.place, one.value.value if re.fullmatch(r"[a-z0-9-]{2,30}", one.value.value) else None
    elif _ADDRESS.search(one.rest):
        place = one.value.place
    elif not _KEY.search(one.rest):
        return
    yield Sighting(
        provider,
        "config",
        place,
        endpoint=_endpoint(catalogue, provider, one.rest, model),
        model=model,
        region=region or region_of(catalogue, provider, model),
        reach="declared",
        token=_token(one.profile, one.name),
    )


def _option(
    one: _Property, base: Leaf | None, told: set[tuple[str, str | None, str]], catalogue: Catalogue
) -> Iterator[Sighting]:
    """That something is done at all, of an option of it: `image-model.size`."""
    if base is not None or one.profile or not _OPTION.search(one.rest) or one.value.value == "false":
        return
    endpoint = _endpoint(catalogue, one.provider, one.rest, None)
    if endpoint is not None and (one.provider, endpoint, "") not in told:
        told.add((one.provider, endpoint, ""))
        place = one.name.place
        yield Sighting(one.provider, "config", place, endpoint=endpoint, reach="declared", token=_token("", one.name))


def _endpoint(catalogue: Catalogue, provider: str, rest: str, model: str | None) -> str | None:
    """What a property is about: that of a model says what the model is for."""
    if provider in {SELF_HOSTED, OPENAI_COMPATIBLE}:
        return None
    does = next((does for word, does in _PURPOSES if word in rest), None)
    return catalogue.does(provider, does or doing(model or "") or "chat") if does or model else None
