"""Everything that a project's sources say, put together.

In: the code by path, the catalogue. Out: sightings by path. Clients first, then what hangs on them: calls on what
nobody knows, hosts, paths, imports; at the end, which of them are one of a choice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from ..catalogue.catalogue import Catalogue
from ..catalogue.facts import FrameworkFacts
from ..code import Code, Language
from ..sighting import NOBODYS, OPENAI_COMPATIBLE, Reach, Sighting
from . import mentions, named
from .calls import of_chain, orphan
from .chains import Chain, chains
from .choices import chosen
from .client import Client
from .hosts import Host, hosts, of_hosts, own_paths, passed_hosts, paths, unknown_hosts
from .scene import Scene
from .trace import Tracer
from .view import View

_FEW: Final = 3
"""Providers of a file to each of whom a path in it may belong."""
_NAMING: Final = frozenset({"langchain", "litellm", "any_llm"})


class _File:
    """What is known of one file on the way."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.seen: list[Sighting] = []
        self.branched: set[Sighting] = set()
        """Those of calls in a branch."""
        self.clients: list[Client] = []
        self.orphans: list[Chain] = []
        self.hosts: list[Host] = []


class _Everybody:
    """All clients of a project, each once, by what a call that nobody knows is held against."""

    def __init__(self, catalogue: Catalogue, files: Iterable[_File]) -> None:
        clients = (one for file in files for one in file.clients)
        alike = (Client(one.provider, via=one.via, module=one.module, framework=one.framework) for one in clients)
        self.clients = tuple(dict.fromkeys(alike))
        self.is_one = len({one.provider for one in self.clients if one.framework is None}) == 1
        """Whether all reach the same provider."""
        self._catalogue = catalogue
        self._of: dict[Language, dict[str | None, list[Client]]] = {}

    def of(self, language: Language, provider: str) -> list[Client]:
        """Those that are made of a package by which this provider is known."""
        if language not in self._of:
            found: dict[str | None, list[Client]] = defaultdict(list)
            for one in self.clients:
                if one.module:
                    found[self._catalogue.module(language, one.module)].append(one)
            self._of[language] = found
        return self._of[language].get(provider, [])


def sightings(project: Mapping[str, Code], catalogue: Catalogue) -> dict[str, list[Sighting]]:
    """What each file says of whom it calls, the other files at hand."""
    scene = Scene(project, catalogue)
    tracer = Tracer(scene)
    files = {path: _File(view) for path, view in scene.project.views.items()}
    for file in files.values():
        _calls(scene, tracer, file)
    made = _made(scene, files.values())
    everybody = _Everybody(scene.catalogue, files.values())
    for file in files.values():
        _orphans(scene, files, file, everybody)
    for file in files.values():
        _hosts(scene, files, file)
    importers = _importers(scene)
    naming = _naming(scene)
    everywhere = _called(scene, (one for file in files.values() for one in file.hosts))
    for file in files.values():
        _paths(scene, files, file, everywhere)
        file.seen += named.imports(scene, file.view, _made(scene, [file]), made)
        file.seen += named.variables(catalogue, file.view)
        file.seen += named.callbacks(scene, file.view)
        file.seen += mentions.members(scene, file.view)
        file.seen += mentions.constants(scene, file.view)
        file.seen += mentions.configured(scene, file.view)
        file.seen += mentions.providers(scene, file.view, naming)
        file.seen += mentions.prefixed(scene, file.view, _frameworks(scene, file.view, importers), list(file.seen))
    for file in files.values():
        _models(scene, files, file, importers)
    seen = {path: list(dict.fromkeys(file.seen)) for path, file in files.items() if file.seen}
    return chosen(seen, {path: file.branched for path, file in files.items()})


def _calls(scene: Scene, tracer: Tracer, file: _File) -> None:
    for chain in chains(file.view.code):
        traced = tracer.traced(file.view, chain)
        if traced.how == "none":
            file.orphans.append(chain)
            continue
        file.clients += traced.clients
        found = list(of_chain(scene, file.view, chain, traced))
        file.seen += found
        if chain.conditional:
            file.branched.update(found)
    file.clients = list(dict.fromkeys(file.clients))


def _made(scene: Scene, files: Iterable[_File]) -> dict[str, set[str]]:
    """By who is named by a package: whom the clients reach that are made of it."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in files:
        for client in file.clients:
            if client.module:
                named_by = scene.catalogue.module(file.view.code.language, client.module)
                if named_by is not None:
                    found[named_by].add(client.provider)
    return found


def _orphans(scene: Scene, files: Mapping[str, _File], file: _File, everybody: _Everybody) -> None:
    if not file.orphans:
        return
    near = [client for path in _near(scene, file.view) for client in files[path].clients]
    imported = _imported(scene, file.view, everybody)
    whole = everybody.clients if everybody.is_one else ()
    for chain in file.orphans:
        file.seen += orphan(scene, file.view, chain, (file.clients, imported, near, whole))


def _near(scene: Scene, view: View) -> list[str]:
    """The files that a file imports."""
    return sorted(scene.project.modules.imported(view.path, view.code))


def _imported(scene: Scene, view: View, everybody: _Everybody) -> list[Client]:
    """Who is reached by the packages that a file imports, as the project's other clients of them are."""
    found: list[Client] = []
    for one in view.code.imports:
        provider = scene.catalogue.module(view.code.language, one.module)
        if provider is not None:
            found += everybody.of(view.code.language, provider) or [Client(provider, module=one.module)]
    return found


def _hosts(scene: Scene, files: Mapping[str, _File], file: _File) -> None:
    file.hosts = list(hosts(scene, file.view))
    reach: Reach = "used" if file.view.code.calls or _is_imported(scene, file.view) else "declared"
    file.seen += of_hosts(scene, iter(file.hosts), reach)
    file.seen += of_hosts(scene, passed_hosts(scene, file.view), reach)
    if file.view.code.calls:
        file.seen += own_paths(scene, file.view)


def _paths(scene: Scene, files: Mapping[str, _File], file: _File, everywhere: set[str]) -> None:
    """Endpoints of hosts that stand elsewhere than their paths, or beside calls on clients that nobody can tell."""
    if not file.view.code.calls:
        return
    providers = _called(scene, file.hosts) or _referred(scene, files, file.view)
    if 0 < len(providers) <= _FEW:
        file.seen += paths(scene, file.view, providers)
    if len(providers) == 1:
        file.seen += _of_nobody(file, next(iter(providers)))
    elif not providers and len(everywhere) == 1:
        file.seen += paths(scene, file.view, everywhere, only_templates=True)
    told = {one.place for one in file.seen if one.kind in {"call", "host"}}
    file.seen += unknown_hosts(scene, file.view, told)


def _of_nobody(file: _File, provider: str) -> list[Sighting]:
    """Calls whose address nobody can read, in a file that names the host of one provider and of no other."""
    called = {one.provider for one in file.seen if one.kind == "call"}
    if called - {OPENAI_COMPATIBLE}:
        return []
    return [
        msgspec.structs.replace(one, provider=provider, kind="host", reach="optional")
        for one in file.seen
        if one.provider == OPENAI_COMPATIBLE and one.endpoint is not None
    ]


def _referred(scene: Scene, files: Mapping[str, _File], view: View) -> set[str]:
    """Whose hosts stand in the files that a file imports, or whose constants it names."""
    near = {*_near(scene, view), *scene.project.named_by(view)}
    return _called(scene, (one for path in near for one in files[path].hosts))


def _called(scene: Scene, found: Iterable[Host]) -> set[str]:
    return {one.provider for one in found if scene.catalogue.role(one.provider) != "recipient"}


def _naming(scene: Scene) -> list[FrameworkFacts]:
    """The frameworks of the project that take a provider's name beside a model's."""
    found: dict[str, FrameworkFacts] = {}
    for view in scene.project.views.values():
        for one in _frameworks(scene, view, {}):
            if one.id in _NAMING:
                found[one.id] = one
    return list(found.values())


def _models(scene: Scene, files: Mapping[str, _File], file: _File, importers: Mapping[str, list[View]]) -> None:
    """Models beside the clients of a file; where it has none, of those that it imports, that import it, or lie in the
    same package."""
    reached = _reached(scene, [file])
    near = {*_near(scene, file.view), *(one.path for one in importers.get(file.view.path, ()))}
    if file.view.code.language == "go":
        near.update(one.path for one in scene.project.beside(file.view))
    around = reached or _reached(scene, [files[path] for path in sorted(near)])
    file.seen += named.models(scene.catalogue, file.view, around, list(file.seen), is_own=bool(reached))


def _reached(scene: Scene, several: Iterable[_File]) -> dict[str, bool]:
    """Who is called in files, each with whether it is one of a choice."""
    found: dict[str, bool] = {}
    for file in several:
        for one in file.seen:
            counts = one.kind in {"call", "host"} and one.reach != "declared" and one.provider not in NOBODYS
            if counts and scene.catalogue.role(one.provider) != "recipient":
                found[one.provider] = found.get(one.provider, True) and one.reach == "optional"
    return found


def _importers(scene: Scene) -> dict[str, list[View]]:
    """By file: those that import it."""
    found: dict[str, list[View]] = defaultdict(list)
    for view in scene.project.views.values():
        for path in _near(scene, view):
            found[path].append(view)
    return found


def _frameworks(scene: Scene, view: View, importers: Mapping[str, list[View]]) -> list[FrameworkFacts]:
    """The frameworks that take texts with a provider, and that a file or one that imports it uses."""
    found: dict[str, FrameworkFacts] = {}
    for one in (view, *importers.get(view.path, ())):
        for imported in one.code.imports:
            framework = scene.catalogue.framework(one.code.language, imported.module)
            if (
                framework is not None
                and framework.splitter
                and any(name in framework.functions or name == "*" for name, _ in imported.names)
            ):
                found[framework.id] = framework
    return list(found.values())


def _is_imported(scene: Scene, view: View) -> bool:
    return view.path in scene.project.imported
