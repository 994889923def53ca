"""Requests that are written out: hosts in texts, and paths that stand apart from them.

In: a file's texts, the values that its calls are given. Out: sightings of kind `host`. A page of a vendor's is no API:
the path decides. A path alone says an endpoint where one provider's host is at hand.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from itertools import islice
from typing import Final

import msgspec

from ..catalogue.catalogue import Catalogue, HostFound
from ..catalogue.facts import routes as facts
from ..code import Joined, Made, Place, Reference, Text, Value
from ..sighting import OPENAI_COMPATIBLE, SELF_HOSTED, Reach, Sighting
from .address import Route, routes
from .live import steps_in
from .scene import Scene
from .texts import HOLE, Said, said
from .view import View

_PAGES: Final = re.compile(
    r"/(?:docs?|settings|schemas?|login|keys|api-keys|account|dashboard|playground|pricing|blog|legal|changelog"
    r"|openapi\.\w+|\.well-known|swagger|console|billing|terms|privacy|about|contact|usage|signup|sign-up|api-docs"
    r"|documentation|guides?|help|support|status|news|careers|favicon\.\w+|robots\.txt)(?:[/?.#]|\Z)"
    r"|\.(?:html?|png|svg|jpe?g|css|ico|pdf|md)\Z",
    re.IGNORECASE,
)
_PLACEHOLDER: Final = re.compile(
    r"(?:your[-_]?[\w-]*|example[\w-]*|placeholder|resource(?:[-_]?name)?|name|endpoint|xx+|foo"
    r"|my[-_]?(?:resource|endpoint|instance)[\w-]*)\.",
    re.IGNORECASE,
)
"""Hosts that only show how one is written."""
_PATHS: Final = re.compile(r"/?(?:v\d+\w*/)?[a-z_-]+(?:/[a-z_\0-]+){0,3}\Z")
"""Paths of endpoints that stand alone: `chat/completions`, `/v1/images/generations`."""
_UNKNOWN: Final = {
    "chat/completions": "chat completions",
    "v1/messages": "messages",
    "v1/responses": "responses",
    "v1/embeddings": "embeddings",
    "v1/completions": "completions",
}
"""Paths that say by themselves what kind of API answers, with the endpoint."""
_OWN: Final = re.compile(rf"/({'|'.join(_UNKNOWN)})/?\Z")
_MARKS: Final = frozenset({"POST", "GET", "PUT", "HTTP", "PostExchange", "GetExchange"})
_PARTS: Final = 12_000
"""Texts of a file that are looked at."""


class Host(msgspec.Struct, frozen=True):
    """One host of a text."""

    provider: str
    place: Place
    region: str | None
    via: str | None
    path: str
    name: str


def hosts(scene: Scene, view: View) -> Iterator[Host]:
    """The hosts of APIs that stand in a file's texts."""
    for one in view.code.literals[:_PARTS]:
        if "://" in one.value or ("." in one.value and one.value not in view.listed):
            yield from _of(scene, Said(one.value), one.place)


def own_paths(scene: Scene, view: View) -> Iterator[Sighting]:
    """Paths that only one provider's APIs have, on hosts that nobody can tell."""
    for one in view.code.literals[:_PARTS]:
        if "/" not in one.value or len(one.value) > 500 or scene.catalogue.host(one.value) is not None:
            continue
        for part, provider in facts().paths.items():
            if f"{part}/" in one.value:
                path = one.value[one.value.index(part) :]
                endpoint = scene.catalogue.endpoint_at(provider, path)
                yield Sighting(provider, "host", one.place, endpoint, token=part)


def unknown_hosts(scene: Scene, view: View, told: Container[Place]) -> Iterator[Sighting]:
    """Requests of paths that only such APIs have, to addresses that nobody can tell, and that nothing else tells of."""
    for one in view.code.literals[:_PARTS]:
        found = _OWN.search(one.value.partition("?")[0])
        if found is None or len(one.value) > 300 or one.place in told:
            continue
        if one.value.startswith(HOLE) or ("://" in one.value and scene.catalogue.host(one.value) is None):
            yield Sighting(OPENAI_COMPATIBLE, "host", one.place, _UNKNOWN[found[1]], token=found[0])


def passed_hosts(scene: Scene, view: View) -> Iterator[Host]:
    """The hosts of addresses that are put together of constants and given to calls."""
    for call in view.code.calls[:_PARTS]:
        for value in (*call.positional, *(value for _, value in call.named)):
            if _is_put_together(scene, value):
                for one in said(scene.project, view, value, call.place):
                    if one.text and HOLE + "://" not in one.text and "://" in one.text:
                        yield from _of(scene, one, call.place)


def _is_put_together(scene: Scene, value: Value) -> bool:
    if isinstance(value, Joined):
        return any(isinstance(part, Reference | Made) for part in value.parts) and _leads(scene, value)
    return isinstance(value, Reference) and _leads(scene, value)


def _leads(scene: Scene, value: Value) -> bool:
    """Whether something in a value can be an address of somebody's."""
    return not scene.addresses.isdisjoint(steps_in(value))


def _of(scene: Scene, one: Said, place: Place) -> Iterator[Host]:
    found = scene.catalogue.host(one.text or "")
    if found is None or found.provider == SELF_HOSTED or not is_api(scene.catalogue, found):
        return
    if _PLACEHOLDER.match(found.address.host):
        return
    role = scene.catalogue.role(found.provider)
    if role == "local":
        return
    route = Route(found.provider, found.region) if role == "recipient" else _routed(scene, found, one)
    yield Host(route.provider, place, route.region, route.via, found.address.path, found.address.host)


def _routed(scene: Scene, found: HostFound, one: Said) -> Route:
    return next(iter(routes(found.provider, [one], scene.catalogue, scene.addressed)))


def is_api(catalogue: Catalogue, found: HostFound) -> bool:
    """Whether the path is one of the API's: not a page on the same host."""
    path = found.address.path
    if path in {"", "/"} or catalogue.role(found.provider) == "recipient":
        return True
    if catalogue.endpoint_at(found.provider, path) is not None:
        return True
    return _PAGES.search(path) is None


def of_hosts(scene: Scene, found: Iterator[Host], reach: Reach) -> Iterator[Sighting]:
    """What hosts say, with the endpoints of their paths."""
    for one in found:
        yield Sighting(
            one.provider,
            "host",
            one.place,
            scene.catalogue.endpoint_at(one.provider, one.path.replace(HOLE, HOLE)),
            model_in(scene.catalogue, one),
            one.region,
            via=one.via,
            reach=reach,
            token=one.name.replace(HOLE, "…"),
        )


_IN_PATH: Final = re.compile(r"/(?:models|model|deployments)/([\w.:@%-]+?)(?::\w+|/|\Z)")


def model_in(catalogue: Catalogue, one: Host) -> str | None:
    """The model that a path names."""
    found = _IN_PATH.search(one.path)
    if found is None or HOLE in found[1]:
        return None
    known = catalogue.providers.get(one.provider)
    is_known = catalogue.maker(found[1]) is not None or (
        known is not None and any(glob.match(found[1]) for glob, _ in known.model_ids)
    )
    return found[1] if is_known else None


def paths(scene: Scene, view: View, providers: set[str], *, only_templates: bool = False) -> Iterator[Sighting]:
    """Paths that stand alone, of the providers whose hosts are at hand: those that begin with what is not known, or
    have several steps; and single words that are given to the same functions."""
    found: dict[Place, Sighting] = {}
    marked, verbs = _marked(view) if only_templates else frozenset(), _verbs(scene, providers)
    for one in islice(view.code.literals, _PARTS):
        if only_templates and not one.value.startswith(HOLE) and one.value not in marked:
            continue
        if one.value in verbs:
            yield from _at(scene, providers, f"/models/{HOLE}:{one.value}", one.place)
        text = one.value.removeprefix(HOLE).partition("?")[0]
        if len(text) < 100 and "/" in text and _PATHS.match(text) and _is_whole(text):
            for seen in _at(scene, providers, text, one.place):
                found[one.place] = seen
                yield seen
    if found and not only_templates:
        yield from _words(scene, view, providers, {seen.token for seen in found.values()})


def _marked(view: View) -> frozenset[str]:
    """Paths of the methods of an interface that a library calls: `@POST("v1/chat/completions")`."""
    return frozenset(
        value.value
        for call in view.code.calls
        if call.path[-1] in _MARKS
        for value in call.positional[:1]
        if isinstance(value, Text)
    )


def _verbs(scene: Scene, providers: set[str]) -> frozenset[str]:
    """What stands after a colon in the paths of providers, and is often put there from elsewhere."""
    return frozenset(
        path.partition(":")[2] for one in providers for path in scene.catalogue.api(one).paths if ":" in path
    )


def _at(scene: Scene, providers: set[str], text: str, place: Place) -> Iterator[Sighting]:
    for provider in sorted(providers):
        endpoint = scene.catalogue.endpoint_at(provider, text)
        if endpoint is not None:
            reach: Reach = "used" if len(providers) == 1 else "optional"
            yield Sighting(provider, "host", place, endpoint, reach=reach, token=text.replace(HOLE, "…"))


def _words(scene: Scene, view: View, providers: set[str], known: set[str]) -> Iterator[Sighting]:
    """Single words that are given to a function that is given paths, too: `request("completions")`."""
    takers = {
        (call.path[-1], at)
        for call in view.code.calls
        for at, value in enumerate(call.positional)
        if isinstance(value, Text) and value.value in known
    }
    for call in view.code.calls:
        for at, value in enumerate(call.positional):
            if (call.path[-1], at) in takers and isinstance(value, Text) and "/" not in value.value.strip("/"):
                yield from _at(scene, providers, value.value, call.place)


def _is_whole(text: str) -> bool:
    """Whether a path says more than one common word."""
    steps = [step for step in text.split("/") if step]
    return len(steps) > 1 or text.startswith("/")
