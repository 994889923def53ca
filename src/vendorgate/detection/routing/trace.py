"""Whom an expression reaches: names are followed to what they are given, calls to what they make.

In: a value or a chain of calls with its place. Out: the clients that it may be, and what is done on them. Each chain is
followed once; one that leads back to itself leads nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, Literal

import msgspec

from ..code import Call, Either, Items, Made, Mapping, Path, Place, Reference, Value
from .asking import asked, function_of
from .chains import Chain, chain_of
from .client import Client
from .live import steps_in
from .making import made, model_of, of_route, region_of, routed
from .passed import Passed
from .project import Found
from .scene import Scene
from .services import service_of
from .switches import providers
from .symbols import client_of, symbols
from .view import View

_DEEPEST: Final = 12
_MOST: Final = 12
_EFFORT: Final = 1_000
"""Values that are followed for the sake of one chain."""
_WRAPPERS: Final = re.compile(
    r"\A(?:wrap|patch|from_?(?!pretrained)|instrument|trace|with|observe|monitor|get_?traced|apply|create_?traced|track)"
    r"|wrap|proxy|throttle|retry",
    re.IGNORECASE,
)
"""Functions of others that give back the client that they are given."""
_HOLDERS: Final = re.compile(r"wrap|custom_?provider|provider_?registry", re.IGNORECASE)
"""Those that take it in an object: a model, or providers and models by name."""

How = Literal["made", "asked", "held", "module", "none"]


class Traced(msgspec.Struct, frozen=True):
    """What a chain reaches."""

    clients: tuple[Client, ...] = ()
    rest: Path = ()
    """What is done on them."""
    how: How = "none"


NOWHERE: Final = Traced()


class Tracer:
    """Follows expressions of a project."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._project, self._catalogue = scene.project, scene.catalogue
        self._known: dict[tuple[str, Place, Path, Place], Traced] = {}
        self._left = _EFFORT
        scene.follow = self.clients

    def clients(self, view: View, value: Value, at: Place, depth: int = 0) -> tuple[Client, ...]:
        """The clients that a value may be."""
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            return ()
        return tuple(dict.fromkeys(islice(self._clients(view, value, at, depth), _MOST)))

    def _clients(self, view: View, value: Value, at: Place, depth: int) -> Iterator[Client]:
        match value:
            case Made():
                yield from self._made(view, chain_of(value.call), depth + 1)
            case Reference():
                yield from self.held(view, value.path, at, depth + 1).clients or self._modules(view, value.path)
            case Either():
                yield from _choice([self.clients(view, one, at, depth + 1) for one in value.options[:6]])
            case Items():
                for one in value.values[:6]:
                    yield from self.clients(view, one, at, depth + 1)
            case _:
                pass

    def _made(self, view: View, chain: Chain, depth: int) -> Iterator[Client]:
        """The clients that a chain gives back; on one that is held, a model may be chosen."""
        traced = self.traced(view, chain, depth)
        if traced.how != "held" or not traced.clients:
            yield from traced.clients
            return
        passed = Passed(self._project, view, chain)
        for one in traced.clients:
            yield msgspec.structs.replace(one, model=model_of(self._scene, one.provider, passed) or one.model)

    def held(self, view: View, path: Path, at: Place, depth: int = 0) -> Traced:
        """What a name holds, and the steps that are left of the path."""
        if depth > _DEEPEST:
            return NOWHERE
        if self._scene.live.isdisjoint(path):
            return NOWHERE
        key = (view.path, at, path, at)
        if key not in self._known:
            self._known[key] = NOWHERE
            self._known[key] = self._held(view, path, at, depth)
        return self._known[key]

    def _held(self, view: View, path: Path, at: Place, depth: int) -> Traced:
        for end in range(len(path), 0, -1):
            found: list[tuple[Client, ...]] = []
            for one in islice(self._project.lookup(view, path[:end], at), _MOST):
                if one.value != Reference(path[:end]):
                    found.append(self._within(one, depth + 1))
            clients = tuple(dict.fromkeys(_choice([one for one in found if one])))
            if clients:
                return Traced(clients, path[end:], "held")
        return self._instance(view, path)

    def _instance(self, view: View, path: Path) -> Traced:
        """A client that a package hands out ready made: `import { openai } from '@ai-sdk/openai'`."""
        symbol = client_of(self._project, view, path, self._catalogue, self._scene.known)
        framework = None if symbol is None else self._catalogue.framework(view.code.language, symbol.module)
        if symbol is None or framework is None or not framework.is_of_providers or symbol.name.startswith("create"):
            return NOWHERE
        return Traced((Client(symbol.provider, module=symbol.module, framework=framework.id),), symbol.rest, "held")

    def _modules(self, view: View, path: Path) -> tuple[Client, ...]:
        """A package that is handed on as if it were a client: `return openai`."""
        if len(path) != 1:
            return ()
        return tuple(
            Client(provider, module=one.module)
            for one, imported in view.bound.get(path[0], ())
            if imported == "*"
            and (provider := self._catalogue.module(view.code.language, one.module)) is not None
            and self._catalogue.role(provider) != "recipient"
        )

    def _within(self, found: Found, depth: int) -> tuple[Client, ...]:
        """The clients of what was found, after the steps that are left."""
        if not found.rest:
            return self.clients(found.view, found.value, found.place, depth)
        match found.value:
            case Mapping():
                inner = found.value.get(found.rest[0])
                values = [value for _, value in found.value.entries[:6]] if inner is None else [inner]
                clients = [self.clients(found.view, one, found.place, depth) for one in values]
                return tuple(_choice([one for one in clients if one])) if len(found.rest) == 1 else ()
            case Made():
                members = self._project.members(found.value.call.path[-1], found.rest[-1])
                return tuple(
                    client
                    for view, one in members[:3]
                    if not isinstance(one.value, Reference)
                    for client in self.clients(view, one.value, one.place, depth)
                )
            case Reference():
                path = (*found.value.path, *found.rest)
                held = self.held(found.view, path, found.place, depth) if len(path) < 10 else NOWHERE
                return () if held.rest else held.clients  # what is left is done on them: a shorter path has them
            case _:
                return ()

    def traced(self, view: View, chain: Chain, depth: int = 0) -> Traced:
        """What a chain reaches."""
        if depth == 0:
            self._left = _EFFORT
        if depth > _DEEPEST or self._scene.live.isdisjoint((*chain.root.path, *chain.steps, *_passed(chain))):
            return NOWHERE
        whole = (view.path, chain.root.place, ("", *chain.root.path, *chain.steps), chain.last.place)
        if whole not in self._known:
            self._known[whole] = NOWHERE  # of one that leads back to itself
            self._known[whole] = self._traced(view, chain, depth)
        return self._known[whole]

    def _traced(self, view: View, chain: Chain, depth: int) -> Traced:
        path = chain.root.path
        service = service_of(self._scene, view, chain)
        if service:
            return Traced(service, chain.steps, "made")
        symbol = client_of(self._project, view, path, self._catalogue, self._scene.known)
        if symbol is not None:
            clients = made(self._scene, view, chain, symbol, depth)
            how: How = "made"
            if any(one.framework and one.does is None for one in clients) and not symbol.name.startswith("create"):
                how = "held"
            return Traced(clients, (*symbol.rest, *chain.steps), how)
        function = function_of(self._scene, view, path)
        if function is not None:
            clients = asked(self._scene, view, chain, function, depth)
            if clients:
                return Traced(clients, (*function.rest, *chain.steps), "asked")
        return self._others(view, chain, depth)

    def _others(self, view: View, chain: Chain, depth: int) -> Traced:
        path = chain.root.path
        held = self.held(view, path, chain.root.place, depth + 1)
        if held.clients:
            return Traced(held.clients, (*held.rest, *chain.steps), "held")
        module = self._of_module(view, chain)
        if module is not None:
            return module
        given = self._wrapped(view, chain.root, depth)
        if given:
            return Traced(given, chain.steps, "held")
        returned = self._returned(view, path, chain.root.place, depth)
        return Traced(returned, chain.steps, "held") if returned else NOWHERE

    def _of_module(self, view: View, chain: Chain) -> Traced | None:
        """A call on a vendor's module itself: `openai.ChatCompletion.create()`, `new InvokeModelCommand()`."""
        for symbol in symbols(self._project, view, chain.root.path):
            provider = self._catalogue.module(view.code.language, symbol.module)
            if provider is None or not symbol.steps:
                continue
            steps = (re.split(r"[./\\:]", symbol.module)[-1], *symbol.steps, *chain.steps)
            if self._catalogue.endpoint(provider, steps) is None:
                continue
            passed = Passed(self._project, view, chain)
            bare = Client(provider, module=symbol.module, region=region_of(self._scene, passed))
            routes = [
                one
                for own in providers(self._scene, view, provider, passed)
                for one in routed(self._scene, view, own, symbol.module, passed)
            ]
            return Traced(tuple(of_route(bare, one) for one in routes), steps, "module")
        return None

    def _wrapped(self, view: View, call: Call, depth: int) -> tuple[Client, ...]:
        """What others' functions give back of the clients that they are given."""
        if _HOLDERS.search(call.path[-1]) and call.positional and isinstance(call.positional[0], Mapping):
            return self._of_entries(view, call.positional[0], call.place, depth + 1)
        if not _WRAPPERS.search(call.path[-1]) and not _WRAPPERS.search(call.path[0]):
            return ()
        for value in (*call.positional[:2], *(value for _, value in call.named[:4])):
            if isinstance(value, Made | Reference):
                found = self.clients(view, value, call.place, depth + 1)
                if found:
                    return found
        return ()

    def _of_entries(self, view: View, given: Mapping, at: Place, depth: int) -> tuple[Client, ...]:
        """The clients in an object that is handed over, and in the objects in it."""
        values = [value for _, value in given.entries[:20]]
        values += [inner for one in values if isinstance(one, Mapping) for _, inner in one.entries[:20]]
        found = [self.clients(view, one, at, depth) for one in values[:60] if isinstance(one, Made | Reference)]
        return tuple(dict.fromkeys(_choice([one for one in found if one])))[:_MOST]

    def _returned(self, view: View, path: Path, at: Place, depth: int) -> tuple[Client, ...]:
        """What a function of the project returns."""
        found = [
            self.clients(other, value, other.end_of(function.place), depth + 1)
            for other, function in self._project.function(view, path, at)[:3]
            for value in function.returns[:8]
        ]
        return tuple(dict.fromkeys(_choice([one for one in found if one])))[:_MOST]


def _passed(chain: Chain) -> Iterator[str]:
    """The names that are passed to a function of others, which may give one of them back."""
    for value in (*chain.root.positional[:2], *(value for _, value in chain.root.named[:4])):
        if isinstance(value, Made | Reference):
            yield from steps_in(value)


def _choice(found: list[tuple[Client, ...]]) -> Iterator[Client]:
    """All of several; where they reach different providers, each is one of a choice."""
    several = len({one.provider for clients in found for one in clients}) > 1 and len(found) > 1
    for clients in found:
        for one in clients:
            yield msgspec.structs.replace(one, is_optional=True) if several else one
