"""A manifest: bytes to model, checked against the vocabularies of bundle and snapshot, and what it declares of an
offering against what that offering lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import UNSET, UnsetType

from ..errors import Problem, enough
from ..model.identity import Whereabouts
from ..model.manifest import Manifest, ManifestFile, Route, RouteName, Usage, UsageDraft, name_of
from ..model.registry import Offering
from ..model.vocabulary import UNLISTED, canonical_region
from ..source import Path, Source
from .decode import decode
from .document import Document, read_document
from .files import JUDGED, read_bytes, sha256, shown_path, standard_input
from .finding import STANDARD_INPUT, Found
from .words import Words, check_offering, check_region, check_word


class ReadManifest(msgspec.Struct, frozen=True):
    """A manifest whose form is right, before its words are checked."""

    written: ManifestFile
    source: Source
    sha256: str
    file: str | None = None
    """Where it stands on the disk, which says its `path`; None: nowhere."""
    path: str | None = None
    """Its real path from the root of the repository; None: it is not known to be in there."""
    disowned: str | None = None
    """Why nobody may take its word for its project; None: nobody says so."""
    owned_before: tuple[str | None, ...] = ()
    """Who owns it by the base of a review, where the change says something else."""


class GivenManifest(msgspec.Struct, frozen=True):
    """A manifest that is meant: its form, and what is wrong with it."""

    path: str
    """As it is shown."""
    manifest: ReadManifest | None
    """None where it has no form; with one, there may be problems all the same."""
    problems: tuple[Problem, ...]
    sha256: str | None = None
    """Of the bytes that were read, whatever they hold; None where none were."""


def read_found(found: Found) -> GivenManifest:
    """A manifest that was found, read from where it stands, or from standard input."""
    shown, problems = shown_path(found.path), list(found.problems)
    if problems:
        return GivenManifest(shown, None, tuple(problems))
    piped = found.path == STANDARD_INPUT
    data = standard_input(problems) if piped else read_bytes(found.path, shown, problems, JUDGED)
    manifest = None if data is None else manifest_from(data, shown, problems, file=None if piped else found.path)
    return GivenManifest(shown, manifest, tuple(problems), None if data is None else sha256(data))


def read_manifest(path: str, shown: str, problems: list[Problem]) -> ReadManifest | None:
    """A manifest's form; None and problems where it has none."""
    data = read_bytes(path, shown, problems, JUDGED)
    return None if data is None else manifest_from(data, shown, problems, file=path)


def manifest_from(data: bytes, shown: str, problems: list[Problem], file: str | None = None) -> ReadManifest | None:
    """The form of a manifest whose bytes are given, and which stands in a file."""
    document = read_document(shown, data, problems, limits=JUDGED)
    return None if document is None else form_of(document, sha256(data), problems, file)


def form_of(document: Document, sha256: str, problems: list[Problem], file: str | None = None) -> ReadManifest | None:
    """The form of a manifest that is a document already; its SHA-256 is that of the bytes."""
    written = decode(document, ManifestFile, problems)
    if written is None:
        return None
    repeated_ids(written, document.source, problems)
    return ReadManifest(written, document.source, sha256, file)


def repeated_ids(written: ManifestFile, source: Source, problems: list[Problem]) -> None:
    first: dict[str, int] = {}
    for index, usage in enumerate(written.usages):
        if usage.id and first.setdefault(usage.id, index) != index and not enough(problems):
            line = source.locate(("usages", first[usage.id], "id")).line
            problems.append(
                Problem(
                    f"the id `{usage.id}` is used twice",
                    source.locate(("usages", index, "id")),
                    f"line {line} has it already; give each usage its own",
                    source,
                )
            )


def offerings_named(manifest: ReadManifest) -> set[str]:
    """Every offering that a manifest names, on any route."""
    return routed_offerings(manifest.written.usages)


def routed_offerings(usages: Iterable[Usage]) -> set[str]:
    """Every offering that usages name, on any route; `unlisted` is none."""
    return {name_of(route).offering for usage in usages for _, route in routes_of(usage, ())} - {UNLISTED}


def check_manifest(
    manifest: ReadManifest, words: Words, problems: list[Problem], repository: str | None = None
) -> Manifest:
    """The manifest with every region in its canonical spelling; words that do not exist are problems."""
    written, source = manifest.written, manifest.source
    usages = []
    for index, usage in enumerate(written.usages):
        check_usage(usage, ("usages", index), source, words, problems)
        if words.own.accounts is not None:
            from .observations import check_account  # few bundles list accounts

            for place, route in routes_of(usage, ("usages", index)):
                check_account(name_of(route), words.own.accounts, (source, (*place, "account")), problems)
        usages.append(_canonical(usage))
    owner = None if isinstance(written.owner, UnsetType) else written.owner
    where = Whereabouts(repository, manifest.path, manifest.disowned, manifest.owned_before)
    return Manifest(written.project, owner, tuple(usages), source, manifest.sha256, where)


def check_usage(usage: UsageDraft, path: Path, source: Source, words: Words, problems: list[Problem]) -> None:
    """Report each word of a usage that no vocabulary has, and each route that it names twice."""
    for index, name in enumerate(usage.data):
        check_word(name, words.data_classes, "a data class", (source, (*path, "data", index)), problems)
    for index, region in enumerate(usage.subjects or ()):
        check_region(region, (source, (*path, "subjects", index)), problems, words.own.region_groups)
    if usage.attributes:
        from .attributes import check_attributes  # few usages have any

        check_attributes(usage.attributes, words.own, (source, (*path, "attributes")), problems)
    seen: dict[RouteName, Path] = {}
    for place, route in routes_of(usage, path):
        route_name = name_of(route)
        where = place if isinstance(route, str) else (*place, "offering")
        if route_name.offering != UNLISTED:
            check_offering(route_name.offering, words, (source, where), problems)
        same = route_name
        if route_name.vendor is not None or route_name.offering == UNLISTED:
            from .vendors import check_vendor, same_route  # most vendors are listed

            check_vendor(route_name, words, (source, where, (*place, "vendor")), problems)
            same = same_route(route_name)
        is_named = route_name.offering and route_name != RouteName(UNLISTED)
        if is_named and seen.setdefault(same, where) != where:
            title = f"the offering `{route_name}` stands twice in this usage"
            line = source.locate(seen[same]).line
            help = f"line {line} has it already; leave one out{_told_apart(route_name)}"
            problems.append(Problem(title, source.locate(where), help, source))
        for index, kind in enumerate(() if isinstance(route, str) else route.agreements):
            from .agreements import check_kind  # few usages claim any

            check_kind(kind, words.own, (source, (*place, "agreements", index)), problems)
        if not isinstance(route, str) and not isinstance(route.region, UnsetType):
            check_region(route.region, (source, (*place, "region")), problems, words.own.region_groups)


def _told_apart(name: RouteName) -> str:
    return "" if name.offering == UNLISTED else ", or give each its own `account`"


def routes_of(usage: UsageDraft, path: Path) -> list[tuple[Path, str | Route | UsageDraft]]:
    """The routes of a usage in order, itself first, each with its place in the manifest."""
    routes: list[tuple[Path, str | Route | UsageDraft]] = [(path, usage)]
    routes.extend(((*path, "fallbacks", index), fallback) for index, fallback in enumerate(usage.fallbacks))
    if usage.via is not None:
        routes.append(((*path, "via"), usage.via))
    routes.extend(((*path, "recipients", index), recipient) for index, recipient in enumerate(usage.recipients))
    return routes


def _canonical(usage: Usage) -> Usage:
    """`uk` is read as `gb`, wherever a region stands."""
    return msgspec.structs.replace(
        usage,
        subjects=UNSET if isinstance(usage.subjects, UnsetType) else tuple(map(canonical_region, usage.subjects)),
        region=UNSET if isinstance(usage.region, UnsetType) else canonical_region(usage.region),
        fallbacks=tuple(map(_canonical_route, usage.fallbacks)),
        via=None if usage.via is None else _canonical_route(usage.via),
        recipients=tuple(map(_canonical_route, usage.recipients)),
    )


def _canonical_route(route: str | Route) -> str | Route:
    if isinstance(route, str) or isinstance(route.region, UnsetType):
        return route
    return msgspec.structs.replace(route, region=canonical_region(route.region))


def check_routes(manifest: Manifest, offerings: dict[str, Offering], problems: list[Problem]) -> None:
    """Report endpoints and features that the named offering does not have."""
    for index, usage in enumerate(manifest.usages):
        check_routes_of(usage, (manifest.source, ("usages", index)), offerings, problems)


def check_routes_of(
    usage: UsageDraft, place: tuple[Source, Path], offerings: Mapping[str, Offering], problems: list[Problem]
) -> None:
    """The same of one usage, which stands at a place."""
    source, path = place
    for where, route in routes_of(usage, path):
        offering = offerings.get(name_of(route).offering)
        if offering is not None and not isinstance(route, str):
            _check_names(route, offering, (source, where), problems)


def _check_names(
    route: Route | UsageDraft, offering: Offering, place: tuple[Source, Path], problems: list[Problem]
) -> None:
    source, path = place
    for axis, declared, listed in (
        ("endpoints", route.endpoints or (), offering.written.endpoints),
        ("features", route.features, offering.written.features),
    ):
        if listed is not None:
            what, names = f"among the {axis} of {offering.id}", frozenset(listed)
            for index, name in enumerate(declared):
                check_word(name, names, what, (source, (*path, axis, index)), problems)
