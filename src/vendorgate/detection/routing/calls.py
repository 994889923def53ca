"""What calls say: which clients are made, and which endpoints are called on them.

In: a file's chains with what they reach. Out: sightings. A call on something that nobody knows is a client's where its
name is one that only clients have, and all clients at hand are one provider's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from ..catalogue.catalogue import Catalogue
from ..catalogue.facts import words
from ..code import UNKNOWN, Assignment, Made, Mapping, Path, Place, Reference
from ..sighting import OPENAI_COMPATIBLE, SELF_HOSTED, Sighting
from .address import ADDRESSES
from .chains import Chain, chain_of
from .client import Client
from .making import first_of, is_served, model_of, models_of, region_of
from .passed import Passed, plain
from .scene import Scene
from .settings import settings_of
from .trace import Traced
from .view import View

_REMOTE: Final = (":cloud", "-cloud")
"""How Ollama's models end that run at Ollama."""
_OTHERS: Final = frozenset(
    {"db", "prisma", "database", "twilio", "session", "knex", "conn", "repo", "repository", "stripe"}
)
_COMMON: Final = frozenset({"messages", "responses", "threads", "files", "images", "batches", "runs", "jobs", "chat"})
"""What others' APIs have, too."""
_TAKEN: Final = frozenset(
    {
        "model",
        "input",
        "messages",
        "maxtokens",
        "prompt",
        "file",
        "purpose",
        "parameters",
        "modelid",
        "contents",
        "image",
    }
)
_CALLED: Final = "__call__"
_MOST: Final = 6


def of_chain(scene: Scene, view: View, chain: Chain, traced: Traced) -> Iterator[Sighting]:
    """What a chain says whose clients are known."""
    passed = None
    for client in traced.clients:
        if traced.how in {"made", "asked"} and not client.is_told:
            yield _sighting(client, chain.place, _does(scene, client, traced.how), client.model, token(chain))
        endpoint = (
            None
            if client.is_told and traced.how == "asked"
            else endpoint_of(scene, view, client, traced, chain.root.path)
        )
        if endpoint is not None:
            passed = passed or Passed(scene.project, view, chain)
            yield from called(scene, client, chain, passed, endpoint)


def called(scene: Scene, client: Client, chain: Chain, passed: Passed, endpoint: str) -> Iterator[Sighting]:
    """What a call of an endpoint says, for each of its models."""
    given = dict.fromkeys([*models_of(scene, client.provider, passed), *first_of(scene, client, passed)])
    models = [one for one in given if is_served(scene.catalogue, client.provider, one)]
    region, settings = region_of(scene, passed), settings_of(passed)
    dressed = msgspec.structs.replace(client, region=region or client.region, settings=settings or client.settings)
    chosen: list[str | None] = [*models[:_MOST]] or [model_of(scene, client.provider, passed) or client.model]
    for model in chosen:
        yield _sighting(dressed, chain.last.place, endpoint, model, token(chain))


def _sighting(client: Client, place: Place, endpoint: str | None, model: str | None, token: str) -> Sighting:
    remote = client.provider == SELF_HOSTED and model is not None and model.endswith(_REMOTE)
    return Sighting(
        "ollama-cloud" if remote else client.provider,
        "call",
        place,
        endpoint,
        model,
        client.region,
        client.settings,
        client.via,
        "optional" if client.is_optional else "used",
        token,
    )


def token(chain: Chain) -> str:
    """What is called, as written."""
    return ".".join((*chain.root.path, *chain.steps))[:80]


def _does(scene: Scene, client: Client, how: str) -> str | None:
    if client.does is None:
        return None
    return scene.catalogue.does(client.provider, client.does, client.framework)


def endpoint_of(scene: Scene, view: View, client: Client, traced: Traced, path: Path) -> str | None:
    """The endpoint that steps on a client reach; of a function that calls at once, its own name says it."""
    framework = scene.catalogue.frameworks.get(client.framework or "")
    if framework is None:
        called = traced.rest or (path if traced.how == "made" and client.does is None else ())
        return _furthest(scene.catalogue, view, client, called)
    if framework.is_of_providers and client.does is None and traced.how in {"held", "made"}:
        return _of_provider(scene, client, traced.rest, traced.how)
    what = framework.functions.get(traced.rest[-1]) if traced.rest else None
    return None if what is None or traced.how == "module" else scene.catalogue.does(client.provider, what, framework.id)


def _furthest(catalogue: Catalogue, view: View, client: Client, path: Path) -> str | None:
    """The endpoint that the most of the steps reach: what comes after is done with the answer."""
    ends = (path[:end] for end in range(len(path), 0, -1))
    return next(filter(None, (_endpoint(catalogue, view, client, end) for end in ends)), None)


def _of_provider(scene: Scene, client: Client, rest: Path, how: str) -> str | None:
    """What a provider of models makes when it is called: `openai("gpt-5.2")`, `openai.embedding("…")`."""
    framework = scene.catalogue.frameworks[client.framework or ""]
    if rest[:1] == (_CALLED,):  # made and called at once
        rest, how = rest[1:], "held"
    if not rest:
        return scene.catalogue.does(client.provider, "chat", framework.id) if how == "held" else None
    if rest[0] == "chat":
        return scene.catalogue.endpoint(client.provider, ("chat",)) or scene.catalogue.does(client.provider, "chat")
    what = framework.functions.get(rest[0])
    return None if what is None else scene.catalogue.does(client.provider, what, framework.id)


def _endpoint(catalogue: Catalogue, view: View, client: Client, path: Path) -> str | None:
    """The endpoint that a call reaches: as the package calls it, which may be another vendor's; then as the provider
    does."""
    package = catalogue.module(view.code.language, client.module) if client.module else None
    if package is not None and package != client.provider:
        found = catalogue.endpoint(package, path)
        if found is not None:
            return catalogue.api(client.provider).takes.get(found, found)
    return catalogue.endpoint(client.provider, path)


def orphan(scene: Scene, view: View, chain: Chain, pools: Iterable[Iterable[Client]]) -> Iterator[Sighting]:
    """What a call says on something that nobody knows."""
    path = (*chain.root.path, *chain.steps)
    if not is_telling(path) or _is_others(scene, view, chain):
        return
    unread = _is_unread(scene, view, chain)
    for pool in pools:
        found: dict[str, tuple[Client, str]] = {}
        for client in pool:
            endpoint = _endpoint(scene.catalogue, view, client, path) if client.framework is None else None
            if endpoint is not None:
                found.setdefault(client.provider, (client, endpoint))
        if found:
            passed = Passed(scene.project, view, chain)
            for client, endpoint in found.values():
                own = OPENAI_COMPATIBLE if unread else client.provider
                bare = Client(own, is_optional=len(found) > 1, via=client.via)
                yield from called(scene, bare, chain, passed, endpoint)
            return


def _is_others(scene: Scene, view: View, chain: Chain) -> bool:
    """Whether what it is called on is somebody else's: a database, or made by a package that nobody is known by; or
    nothing is given that such a call takes."""
    path = chain.root.path
    if path[0].lower() in _OTHERS:
        return True
    if any(
        isinstance(one.value, Made) and _is_made_by_others(scene, one, view)
        for one in view.values(path[:1], chain.place)
    ):
        return True
    steps = [step.replace("_", "").lower() for step in (*path, *chain.steps)]
    if len(steps) < 2 or steps[-2] not in _COMMON:
        return False
    given = [name for call in chain.calls for name, _ in call.named]
    given += [key for value in chain.last.positional if isinstance(value, Mapping) for key, _ in value.entries]
    handed = any(isinstance(value, Reference | Made) or value == UNKNOWN for value in chain.last.positional)
    return not handed and _TAKEN.isdisjoint(plain(name) for name in given)


def _is_unread(scene: Scene, view: View, chain: Chain) -> bool:
    """Whether what it is called on was made in a way that nobody can follow: by a class of the project, or with an
    address."""
    for one in view.values(chain.root.path[:1], chain.place):
        if isinstance(one.value, Made):
            call = one.value.call
            if call.path[-1] in scene.project.classes or any(plain(name) in ADDRESSES for name, _ in call.named):
                return True
    return False


def _is_made_by_others(scene: Scene, one: Assignment, view: View) -> bool:
    """Whether a package made it that is nobody's who is known, and not the project's own."""
    root = chain_of(one.value.call).root.path[0] if isinstance(one.value, Made) else ""
    language = view.code.language
    return any(
        scene.catalogue.module(language, imported.module) is None
        and scene.catalogue.framework(language, imported.module) is None
        and not imported.module.startswith((".", "~", "@/", "#/"))
        and not scene.project.files(view, imported.module, name)
        for imported, name in view.bound.get(root, ())
    )


def is_telling(path: Path) -> bool:
    """Whether only clients have calls of this name: two steps of an API, or one long one."""
    steps = [step.replace("_", "").lower() for step in path]
    if len(steps) > 1 and f"{steps[-2]}.{steps[-1]}" in _PAIRS:
        return True
    return steps[-1] in _LONG


_PAIRS: Final = words("telling_pairs")
_LONG: Final = words("telling_names")
