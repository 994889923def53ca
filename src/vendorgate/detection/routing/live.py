"""Which names can lead to anybody at all: what cannot is not followed.

In: the project, names that somebody is known by. Out: all names that are given something in which one of them stands,
by name alone and over all files. It says too much and never too little; it takes a time that grows with the code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..catalogue.catalogue import Catalogue
from ..catalogue.facts import routes
from ..catalogue.remembered import remembered
from ..code import Either, Environment, Items, Joined, Made, Mapping, Reference, Text, Value
from ..sighting import SELF_HOSTED
from .project import Project
from .texts import HOLE
from .view import View, bare

_SERVICES = frozenset({"client", "resource", "create_client", "get_client", "boto3_client", "async_client"})


class Names:
    """Which names stand in what other names are given."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._given: dict[str, list[str]] = defaultdict(list)
        for view in project.views.values():
            for name, value in _values(view):
                for step in steps_in(value):
                    if step.isidentifier():
                        self._given[step].append(name)
            for one in view.code.imports:
                for imported, local in one.names:
                    if imported != local:
                        self._given[imported].append(local)

    def reached(self, seeds: Iterable[str]) -> frozenset[str]:
        """The seeds, and all names that they lead to."""
        found, waiting = set[str](), list(seeds)
        while waiting:
            name = waiting.pop()
            if name not in found and name.isidentifier():
                found.add(name)
                waiting += self._given.get(name, ())
        return frozenset(found)


def _values(view: View) -> Iterator[tuple[str, Value]]:
    """Names with everything that they are given."""
    for one in view.code.assignments:
        yield one.path[-1], one.value
        if len(one.path) > 1:  # what is set on something is a part of it
            yield one.path[-2], one.value
    for function in view.code.functions:
        for value in function.returns:
            yield bare(function.name), value


def steps_in(value: Value) -> set[str]:
    """All steps of all paths in a value."""
    found: set[str] = set()
    stack: list[Value] = [value]
    while stack:
        one = stack.pop()
        match one:
            case Reference():
                found.update(one.path)
            case Made():
                found.update(one.call.path)
                stack += (*one.call.positional, *(inner for _, inner in one.call.named))
                if one.call.receiver is not None:
                    stack.append(Made(one.call.receiver))
            case Joined():
                stack += one.parts
            case Either():
                stack += one.options
            case Items():
                stack += one.values
            case Mapping():
                stack += [inner for _, inner in one.entries]
            case Environment() if one.default is not None:
                stack.append(one.default)
            case _:
                pass
    return found


def known_names(project: Project, catalogue: Catalogue) -> set[str]:
    """Names by which files reach somebody: of imports, and of what needs none."""
    found = {name.rpartition(":")[2] for name in routes().either}
    above, services = _above(catalogue), {name for _, name in catalogue.services}
    for view in project.views.values():
        language = view.code.language
        for one in view.code.imports:
            if _is_known(catalogue, above, language, one.module, [name for name, _ in one.names]):
                found.update(step for _, local in one.names for step in local.split("."))
                if language == "go":
                    found.update(local for local, several in view.bound.items() if one in [each for each, _ in several])
        if any(one.value in services for one in view.code.literals):
            found |= _SERVICES
    languages = {view.code.language for view in project.views.values()}
    found.update(
        part for part, language in (*_first_parts(catalogue), *_of_frameworks(catalogue)) if language in languages
    )
    return found


def _is_known(
    catalogue: Catalogue, above: frozenset[tuple[str, str]], language: str, module: str, names: list[str]
) -> bool:
    if module in routes().carriers or (language, module) in above:
        return True
    return any(
        catalogue.module(language, one) is not None or catalogue.framework(language, one) is not None
        for one in (module, *(f"{module}.{name}" for name in names))
    ) or any(catalogue.client(language, module, name) is not None for name in (*names, "default"))


@remembered
def _above(catalogue: Catalogue) -> frozenset[tuple[str, str]]:
    """The modules of clients, and all that are around them."""
    found: set[tuple[str, str]] = set()
    compatible = (
        (language, one.rpartition(":")[0]) for language, several in routes().compatible.items() for one in several
    )
    for language, module in {*((language, module) for language, module, _ in catalogue.clients), *compatible}:
        joint = "/" if language in {"javascript", "go"} else "."
        steps = module.split(joint)
        found.update((language, joint.join(steps[:end])) for end in range(1, len(steps) + 1))
    return frozenset(found)


def _first_parts(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Of languages in which a name needs no import: what it begins with."""
    for language, module, symbol in catalogue.clients:
        if language in {"csharp", "java"}:
            yield symbol, language
        elif language in {"ruby", "php", "rust"}:
            for text in (symbol, module):
                for joint in ("::", "\\", "."):
                    text = text.partition(joint)[0]
                yield text, language


def _of_frameworks(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    return (
        (module, language) for language, module in catalogue.framework_modules if language in {"ruby", "rust", "php"}
    )


def address_names(project: Project, catalogue: Catalogue) -> set[str]:
    """Names that are given a text with the host of somebody who is known."""
    found: set[str] = set()
    for view in project.views.values():
        if any(_is_host(catalogue, one.value) for one in view.code.literals):
            found.update(name for name, value in _values(view) if _has_host(catalogue, value))
    return found


def _has_host(catalogue: Catalogue, value: Value) -> bool:
    stack = [value]
    while stack:
        one = stack.pop()
        match one:
            case Text():
                if _is_host(catalogue, one.value):
                    return True
            case Joined():
                whole = "".join(part.value if isinstance(part, Text) else HOLE for part in one.parts)
                if _is_host(catalogue, whole):
                    return True
                stack += one.parts
            case Either():
                stack += one.options
            case Items():
                stack += one.values
            case Mapping():
                stack += [inner for _, inner in one.entries]
            case Environment() if one.default is not None:
                stack.append(one.default)
            case Made():
                stack += one.call.positional
            case _:
                pass
    return False


def _is_host(catalogue: Catalogue, text: str) -> bool:
    if "." not in text or len(text) > 300:
        return False
    found = catalogue.host(text)
    return found is not None and found.provider != SELF_HOSTED
