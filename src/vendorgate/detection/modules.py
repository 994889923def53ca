"""Which files of the project an import means.

In: the paths of the project's sources. Out: for an import in a file, the files that it names. What is not in the
project is no file: a package of that name is somebody else's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from posixpath import dirname, join, normpath
from typing import Final

from .code import Code, Import

_ENDINGS: Final = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts", ".vue", ".svelte", ".astro")
_WRITTEN: Final = (".js", ".mjs", ".cjs", ".jsx")
"""Endings that TypeScript's imports have of files that end otherwise."""


class Modules:
    """Finds files by what imports call them."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = frozenset(paths)
        self._scripts: dict[tuple[str, str], str | None] = {}
        self._python: dict[str, list[str]] = defaultdict(list)
        self._go: dict[str, list[str]] = defaultdict(list)
        for path in self._paths:
            if path.endswith(".go"):
                self._go[dirname(path)].append(path)
            if path.endswith(".py"):
                for name in _python_names(path):
                    self._python[name].append(path)

    def imported(self, path: str, code: Code) -> frozenset[str]:
        """The files that a file imports."""
        found: set[str] = set()
        for one in code.imports:
            found.update(self.files(path, code.language, one))
            if code.language == "go":
                found.update(self._of_go(path, one.module))
        return frozenset(found - {path})

    def files(self, path: str, language: str, one: Import) -> list[str]:
        """The files that one import of a file means; of a package and its parts, the parts that are imported too."""
        if language == "python":
            return self._of_python(path, one)
        if language == "javascript":
            found = self._script(dirname(path), one.module)
            return [] if found is None else [found]
        if language == "ruby" and one.module.startswith("."):
            wanted = normpath(join(dirname(path), one.module.removesuffix(".rb") + ".rb"))
            return [wanted] if wanted in self._paths else []
        return []

    def _of_python(self, path: str, one: Import) -> list[str]:
        dots = len(one.module) - len(one.module.lstrip("."))
        rest = one.module[dots:].split(".") if one.module[dots:] else []
        found = []
        for steps in (rest, *([*rest, name] for name, _ in one.names if name != "*")):
            if not dots:
                found += self._absolute(path, ".".join(steps))
            elif (relative := self._relative(path, dots, steps)) is not None:
                found.append(relative)
        return found

    def _of_go(self, path: str, package: str) -> list[str]:
        """The files of a package: the longest end of its name that is a folder below one above the file, where a
        module may begin. Names of the standard library begin without a dot, and a folder called so is not meant."""
        steps = package.split("/")
        least = 1 if "." in steps[0] else 2
        for at in range(1, len(steps) - least + 1):
            for root in _above(path):
                if files := self._go.get(join(root, *steps[at:])):
                    return files
        return []

    def _relative(self, path: str, dots: int, steps: list[str]) -> str | None:
        folder = dirname(path)
        for _ in range(dots - 1):
            folder = dirname(folder)
        return self._module_at(join(folder, *steps)) if steps else self._module_at(folder)

    def _module_at(self, place: str) -> str | None:
        return next((one for one in (f"{place}.py", f"{place}/__init__.py") if one in self._paths), None)

    def _absolute(self, path: str, module: str) -> list[str]:
        """Of several of that name, the one that lies nearest: beside the file, or below the folders above it."""
        candidates = self._python.get(module, [])
        if len(candidates) < 2:
            return candidates
        return [max(candidates, key=lambda one: (_shared(one, path), one))]

    def _script(self, folder: str, module: str) -> str | None:
        """The file that an import in a folder means; asked again and again by everybody who follows a name."""
        key = (folder, module)
        if key not in self._scripts:
            self._scripts[key] = self._of_javascript(folder, module)
        return self._scripts[key]

    def _of_javascript(self, folder: str, module: str) -> str | None:
        if module.startswith("."):
            return self._script_at(normpath(join(folder, module)))
        if module.startswith(("~/", "@/", "#/", "src/")):  # the usual names of the folder of sources
            return self._below_sources(folder, module.partition("/")[2])
        return None

    def _below_sources(self, folder: str, inner: str) -> str | None:
        while True:
            for root in (folder, join(folder, "src"), join(folder, "app")):
                if (found := self._script_at(normpath(join(root, inner)))) is not None:
                    return found
            if folder == dirname(folder):  # the root, of the project or of everything
                return None
            folder = dirname(folder)

    def _script_at(self, place: str) -> str | None:
        bare = next((place[: -len(end)] for end in _WRITTEN if place.endswith(end)), place)
        tried = (place, *(bare + end for end in _ENDINGS), *(f"{place}/index{end}" for end in _ENDINGS))
        return next((one for one in tried if one in self._paths), None)


def _python_names(path: str) -> list[str]:
    """What a module may be imported as: from any folder above it, because nobody says which is the root."""
    steps = path.removesuffix(".py").split("/")
    if steps[-1] == "__init__":
        steps = steps[:-1]
    return [".".join(steps[at:]) for at in range(len(steps))]


def _above(path: str) -> list[str]:
    """The folders above a file, the nearest first, of a path from the root of everything or of the project."""
    found = [dirname(path)]
    while found[-1] != dirname(found[-1]):
        found.append(dirname(found[-1]))
    return found


def _shared(one: str, other: str) -> int:
    """How many folders two paths share from the root."""
    count = 0
    for left, right in zip(one.split("/")[:-1], other.split("/")[:-1], strict=False):
        if left != right:
            break
        count += 1
    return count
