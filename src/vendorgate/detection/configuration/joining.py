"""What files say of each other that are no source: a starter, the properties that set it, the code that asks for it.

In: sightings by path, the code by path, the catalogue. Out: the sightings again. A starter makes a client of whom the
properties below it name; they are used as far as it is; what the code imports of it is reached, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from ..catalogue.catalogue import Catalogue
from ..code import Code, Import
from ..sighting import NOBODYS, Reach, Sighting
from .dependencies.starters import framework_of
from .telling import GEOGRAPHIES, is_regional, reach_of

Seen = Mapping[str, Sequence[Sighting]]

_ASKED: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "spring_ai": (
        ("org.springframework.ai.embedding", "embeddings"),
        ("org.springframework.ai.vectorstore", "embeddings"),
        ("org.springframework.ai.image", "images"),
        ("org.springframework.ai.audio.transcription", "transcription"),
        ("org.springframework.ai.audio.tts", "speech"),
        ("org.springframework.ai.moderation", "moderation"),
    ),
    "quarkus_langchain4j": (
        ("dev.langchain4j.model.embedding.EmbeddingModel", "embeddings"),
        ("dev.langchain4j.model.image.ImageModel", "images"),
        ("dev.langchain4j.model.moderation.ModerationModel", "moderation"),
    ),
}
"""By framework: packages of the code that ask a starter for more than to chat."""
_WEIGHT: Final[Mapping[Reach, int]] = {"used": 0, "optional": 1, "declared": 2}
_NOT_RUN: Final = frozenset(["test", "tests", "dev", "development", "local", "ci", "it", "integration"])
"""Profiles of those who develop."""
_STARTER_FILES: Final = ("pom.xml", ".gradle", ".gradle.kts")
_PARAMETER_FILES: Final = (".parameters.json", ".bicepparam", ".tf", ".tfvars", ".tfvars.json")
_PROPERTY_FILES: Final = (".properties", ".yml", ".yaml")


class _Starter(msgspec.Struct, frozen=True):
    """A starter with where it stands."""

    path: str
    seen: Sighting
    framework: str

    @property
    def below(self) -> str:
        """What paths begin with that it is on the classpath of."""
        folder, slash, _ = self.path.rpartition("/")
        return folder + slash


class _Property(msgspec.Struct, frozen=True):
    """What a property says, and of whom it speaks, whoever is at its address."""

    path: str
    seen: Sighting
    framework: str
    provider: str


def joined(seen: Seen, codes: Mapping[str, Code], catalogue: Catalogue) -> dict[str, list[Sighting]]:
    """The sightings, with those of starters and properties held together."""
    found = {path: list(several) for path, several in seen.items()}
    for path, added in _regions(found, catalogue):
        found[path] = [*found[path], *added]
    for path, several in _parameters(found):
        found[path] = several
    starters = list(_starters(found))
    if not starters:
        return found
    properties = list(_properties(found, catalogue))
    for path in {one.path for one in properties}:
        found[path] = [_reached(path, one, starters, catalogue) for one in found[path]]
    for one in starters:
        found[one.path] = [each for each in found[one.path] if each is not one.seen]
        found[one.path] += _of_starter(one, properties, codes, catalogue)
    return found


def _regions(seen: Seen, catalogue: Catalogue) -> Iterator[tuple[str, list[Sighting]]]:
    """Regions that a variable of the environment sets for what files below it call on the same platform."""
    for path, several in seen.items():
        for one in several if reach_of(path) != "declared" else ():
            if one.kind == "env" and one.region is not None and is_regional(one.provider):
                served = _served_below(path, one, seen, catalogue)
                yield path, [msgspec.structs.replace(one, provider=id, reach=reach) for id, reach in served.items()]


def _served_below(path: str, one: Sighting, seen: Seen, catalogue: Catalogue) -> dict[str, Reach]:
    """Who is called below a file on the platform of a variable, with how far that reaches; not those whose region is
    said."""
    below, platform = path[: path.rfind("/") + 1], _platform(one.provider)
    found: dict[str, Reach] = {}
    for other, several in seen.items():
        for each in several if other.startswith(below) else ():
            is_called = each.kind in {"call", "config"} and each.reach != "declared"
            if is_called and _platform(each.provider) == platform and each.region in {None, *GEOGRAPHIES}:
                offering, _ = catalogue.offering(each.provider, each.model)
                id = offering or each.provider
                found[id] = min(found.get(id, each.reach), each.reach, key=_WEIGHT.__getitem__)
    return found


def _platform(provider: str) -> str:
    return provider.rpartition("-")[2]


def _parameters(seen: Seen) -> Iterator[tuple[str, list[Sighting]]]:
    """Parameters of infrastructure, which are used as far as a description below sets up the same service."""
    for path, several in seen.items():
        if path.endswith(_PARAMETER_FILES):
            below = path[: path.rfind("/") + 1]
            set_up = {
                each.provider
                for other, those in seen.items()
                if other.startswith(below)
                for each in those
                if each.kind == "iac" and each.reach == "used"
            }
            yield (
                path,
                [
                    msgspec.structs.replace(one, reach="used") if one.model and one.provider in set_up else one
                    for one in several
                ],
            )


def _starters(seen: Seen) -> Iterator[_Starter]:
    for path, several in seen.items():
        if path.endswith(_STARTER_FILES):
            for one in several:
                framework = framework_of(one.token) if one.kind == "config" else None
                if framework is not None:
                    yield _Starter(path, one, framework)


def _properties(seen: Seen, catalogue: Catalogue) -> Iterator[_Property]:
    for path, several in seen.items():
        if path.endswith(_PROPERTY_FILES):
            for one in several:
                told = _of_property(path, one, catalogue)
                if told is not None:
                    yield told


def _of_property(path: str, seen: Sighting, catalogue: Catalogue) -> _Property | None:
    for framework in ("spring_ai", "langchain4j", "quarkus_langchain4j"):
        found = catalogue.prefixed(framework, seen.token) if seen.kind == "config" else None
        if found is not None:
            return _Property(path, seen, framework, found[0])
    return None


def _reached(path: str, seen: Sighting, starters: Sequence[_Starter], catalogue: Catalogue) -> Sighting:
    """A property, as far as a starter above it reaches."""
    told = _of_property(path, seen, catalogue)
    if told is None:
        return seen
    above = [one for one in starters if _sets(told, one)]
    profile = _profile(path)
    if not above or profile in _NOT_RUN:
        return seen
    if profile:
        return msgspec.structs.replace(seen, reach="optional")
    return msgspec.structs.replace(seen, reach=min((one.seen.reach for one in above), key=_WEIGHT.__getitem__))


def _profile(path: str) -> str:
    """The profile that a file of properties is for; empty for all, or for production."""
    if "/test/" in f"/{path}":
        return "test"
    stem = path.rpartition("/")[2].rpartition(".")[0]
    profile = stem.partition("-")[2].lower()
    return "" if profile.startswith("prod") else profile


def _sets(told: _Property, starter: _Starter) -> bool:
    """Whether a property sets the client of a starter."""
    is_its = told.framework == starter.framework and _same(told.provider, starter.seen.provider)
    return is_its and told.path.startswith(starter.below)


def _same(one: str, other: str) -> bool:
    """Whether two ids are one, or the platform and what it serves."""
    return one == other or one.endswith(f"-{other}") or other.endswith(f"-{one}")


def _of_starter(
    starter: _Starter, properties: Sequence[_Property], codes: Mapping[str, Code], catalogue: Catalogue
) -> Iterator[Sighting]:
    """The client of a starter, at whom its properties name; with all that the code asks of it."""
    elsewhere = [
        one.seen.provider
        for one in properties
        if _sets(one, starter) and _profile(one.path) == "" and not _same(one.seen.provider, one.provider)
    ]
    provider = elsewhere[0] if elsewhere else starter.seen.provider
    is_known = provider not in NOBODYS and catalogue.role(provider) != "local"
    endpoint = starter.seen.endpoint if provider == starter.seen.provider else None
    if endpoint is None and is_known:
        endpoint = catalogue.does(provider, "chat")
    yield msgspec.structs.replace(starter.seen, provider=provider, endpoint=endpoint if is_known else None)
    for does in sorted(_asked(starter, codes)) if is_known else ():
        if (more := catalogue.does(provider, does)) is not None:
            yield msgspec.structs.replace(starter.seen, provider=provider, endpoint=more)


def _imported(one: Import) -> Iterator[str]:
    """The names of an import, those of classes with their packages."""
    yield one.module
    yield from (f"{one.module}.{name}" for name, _ in one.names)


def _asked(starter: _Starter, codes: Mapping[str, Code]) -> set[str]:
    """What the code below a starter imports of its framework beside clients that chat."""
    packages = _ASKED.get(starter.framework, ())
    return {
        does
        for path, code in codes.items()
        if packages and code.language == "java" and path.startswith(starter.below) and "/test/" not in path
        for one in code.imports
        for package, does in packages
        if any(name == package or name.startswith(f"{package}.") for name in _imported(one))
    }
