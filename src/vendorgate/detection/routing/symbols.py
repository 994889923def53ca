"""What a path of a file means outside of the project: a module, and the steps in it.

In: a path, the file's imports. Out: `Symbol`s, none where it is the project's own or nobody's. Of languages whose
imports bind no names, the class's name decides where a module that has it is imported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from ..catalogue.catalogue import Catalogue, is_within
from ..catalogue.facts import routes
from ..code import Import, Language, Path, Reference
from ..sighting import OPENAI_COMPATIBLE
from .project import Project
from .view import View

_DEEPEST: Final = 3
_ALIASES: Final = 3
_JOINED: Final = re.compile(r"::|\\|\.")
"""Between the parts of a name that says by itself whose it is."""
_JOINTS: Final = {"ruby": "::", "rust": "::", "php": "\\"}
"""Between the parts of a module; a dot elsewhere."""


class Symbol(msgspec.Struct, frozen=True):
    """Something outside of the project."""

    module: str
    steps: Path


class Client(msgspec.Struct, frozen=True):
    """A class or function that makes a client, found in the catalogue."""

    provider: str
    module: str
    name: str
    rest: Path
    """The steps after it."""


def symbols(project: Project, view: View, path: Path, depth: int = 0) -> Iterator[Symbol]:
    """What a path may mean, the likeliest first."""
    if path[0] in view.bound:
        for one, imported in view.bound[path[0]]:
            if depth < _DEEPEST and (
                one.module.startswith((".", "~", "@/", "#/")) or is_own(project, view, one, imported)
            ):
                yield from _handed_on(project, view, one.module, imported, path, depth)
            else:
                yield from _of_import(view.code.language, one.module, imported, path)
        return
    dotted = next(
        (name for name in view.bound if "." in name and path[: name.count(".") + 1] == tuple(name.split("."))), None
    )
    if dotted is not None:
        for one, _ in view.bound[dotted]:
            yield Symbol(one.module, path[dotted.count(".") + 1 :])
        return
    yield from _alias(project, view, path, depth)
    yield from _unbound(view, path)


def _alias(project: Project, view: View, path: Path, depth: int) -> Iterator[Symbol]:
    """What is only another name of something that is imported: `Maker = openai.OpenAI`."""
    if depth < _DEEPEST:
        for one in view.assigned.get(path[:1], ())[:_ALIASES]:
            if isinstance(one.value, Reference) and one.value.path[0] != path[0]:
                yield from symbols(project, view, (*one.value.path, *path[1:]), depth + 1)


def is_own(project: Project, view: View, one: Import, imported: str) -> bool:
    """Whether a file of the project is what an import means, although somebody's package has that name, too: it
    defines what is imported."""
    if view.code.language != "python":
        return False
    name = one.module.rpartition(".")[2] if imported == "*" else imported
    return any(
        name in other.functions or name in other.classes or (name,) in other.assigned
        for other in project.files(view, one.module, imported)
    )


def _of_import(language: Language, module: str, imported: str, path: Path) -> Iterator[Symbol]:
    module = routes().carriers.get(module, module)
    if imported == "*":
        yield Symbol(module, path[1:])
    elif imported == "default":
        yield Symbol(module, ("default", *path[1:]))
        yield Symbol(module, path)
        yield Symbol(module, path[1:])
    else:
        yield Symbol(module, (imported, *path[1:]))


def _handed_on(project: Project, view: View, module: str, imported: str, path: Path, depth: int) -> Iterator[Symbol]:
    """What a file of the project hands on of others' modules."""
    for other in project.files(view, module, imported):
        steps = path[1:] if imported == "*" else (imported, *path[1:])
        if steps and steps[0] in other.bound:
            yield from symbols(project, other, steps, depth + 1)


def _unbound(view: View, path: Path) -> Iterator[Symbol]:
    """A path that no import binds: of a module that binds nothing, or written out."""
    language = view.code.language
    joint = _JOINTS.get(language, ".")
    for one in view.whole:
        yield Symbol(one.module, path)
    if language in {"ruby", "rust", "php", "java", "csharp"}:
        for end in range(len(path) - 1, 0, -1):
            yield Symbol(joint.join(path[:end]), path[end:])


Clients = dict[tuple[str, Path], Client | None]
"""By file and path, what was found before: most paths stand in a file many times."""


def client_of(project: Project, view: View, path: Path, catalogue: Catalogue, known: Clients) -> Client | None:
    """The class or function of the catalogue that a path begins with."""
    key = (view.path, path)
    if key not in known:
        known[key] = _client_of(project, view, path, catalogue)
    return known[key]


def _client_of(project: Project, view: View, path: Path, catalogue: Catalogue) -> Client | None:
    language = view.code.language
    for symbol in symbols(project, view, path):
        found = _within(language, symbol, catalogue)
        if found is not None:
            return found
    if any(one.module not in {"", path[0]} for one, _ in view.bound.get(path[0], ())):
        return None  # it says itself whose it is
    return _by_name(project, view, path, catalogue)


def _within(language: Language, symbol: Symbol, catalogue: Catalogue) -> Client | None:
    joint = _JOINTS.get(language, "/" if language in {"javascript", "go"} else ".")
    for module, steps in _splits(language, symbol, joint):
        for end in range(len(steps), 0, -1):
            for name in _names(steps[:end]):
                provider = catalogue.client(language, module, name) or _compatible(language, module, name)
                if provider is not None:
                    return Client(provider, module, name, steps[end:])
    return _named_as_its_module(language, symbol, catalogue)


def _named_as_its_module(language: Language, symbol: Symbol, catalogue: Catalogue) -> Client | None:
    """What a framework's package of one provider hands out under the provider's name, whatever its capitals:
    `deepSeek` and `createDeepSeek` of `@ai-sdk/deepseek`."""
    framework = catalogue.framework(language, symbol.module)
    provider = catalogue.module(language, symbol.module)
    if framework is None or not framework.is_of_providers or provider is None or not symbol.steps:
        return None
    name = symbol.steps[0]
    plain = _letters(name.removeprefix("create"))
    if len(plain) < 3 or plain not in _letters(symbol.module):
        return None
    return Client(provider, symbol.module, name, symbol.steps[1:])


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


def _compatible(language: Language, module: str, name: str) -> str | None:
    return OPENAI_COMPATIBLE if f"{module}:{name}" in routes().compatible.get(language, ()) else None


def _names(steps: Path) -> tuple[str, ...]:
    """How a class inside of others may be written."""
    return (steps[0],) if len(steps) == 1 else (".".join(steps), "::".join(steps))


def _splits(language: Language, symbol: Symbol, joint: str) -> Iterator[tuple[str, Path]]:
    """The module as imported, and with the first steps as modules below it."""
    yield symbol.module, symbol.steps
    if language in {"python", "rust", "java", "csharp", "php"}:
        for end in range(1, min(len(symbol.steps), 4)):
            yield joint.join((symbol.module, *symbol.steps[:end])), symbol.steps[end:]


def _by_name(project: Project, view: View, path: Path, catalogue: Catalogue) -> Client | None:
    finder = _NAMED.get(view.code.language)
    return None if finder is None else finder(project, view, path, catalogue)


def _by_constant(project: Project, view: View, path: Path, catalogue: Catalogue) -> Client | None:
    """Of Ruby and PHP, which load what is named: a constant is who it says, unless the project has one of that
    name."""
    language = view.code.language
    for end in range(len(path), 0, -1):
        for name in ("::".join(path[:end]), "\\".join(path[:end]), ".".join(path[:end])):
            for module, provider in catalogue.by_symbol(language, name):
                if name not in project.classes and _JOINED.search(name):
                    return Client(provider, module, name, path[end:])
    return None


def _by_class(project: Project, view: View, path: Path, catalogue: Catalogue) -> Client | None:
    """Of Java and C#: a class or an extension method whose module, or one around it, the file or the project
    imports."""
    language = view.code.language
    for end, step in enumerate(path, 1):
        known = catalogue.by_symbol(language, step)
        if f"*:{step}" in routes().either:
            return Client(routes().either[f"*:{step}"][0], "*", step, path[end:])
        if not known or step in project.classes or step in view.functions or step in project.functions:
            continue
        for module, provider in known:
            if module == "*":
                return Client(provider, module, step, path[end:])
        for imports in (view.code.imports, project.imports_of(language)):
            for module, provider in known:
                if any(_reaches(language, one.module, module) for one in imports):
                    return Client(provider, module, step, path[end:])
    return None


def _reaches(language: Language, imported: str, module: str) -> bool:
    return is_within(language, imported, module) or is_within(language, module, imported)


_NAMED: Final[dict[str, Callable[[Project, View, Path, Catalogue], Client | None]]] = {
    "ruby": _by_constant,
    "php": _by_constant,
    "java": _by_class,
    "csharp": _by_class,
}
