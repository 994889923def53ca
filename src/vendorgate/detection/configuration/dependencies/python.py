"""Python: requirements, `pyproject.toml`, `setup.py`, `setup.cfg`, `Pipfile`, conda's `environment.yml`.

In: path and text, the catalogue. Out: sightings of packages.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from ...catalogue.catalogue import Catalogue
from ...code import Place
from ...documents.node import Branch, Leaf, Node, Path, at, entries, items, nodes
from ...documents.toml_reader import read_toml
from ...documents.yaml_reader import read_yaml
from ...sighting import Sighting
from ..telling import package

_REQUIREMENT: Final = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]{0,200})\])?")
_EGG: Final = re.compile(r"[#&]egg=([A-Za-z0-9][A-Za-z0-9._-]*)")
_LISTS: Final = frozenset(["optional-dependencies", "dependency-groups", "extras", "dev-dependencies"])
_TABLES: Final = frozenset(["dependencies", "dev-dependencies", "packages", "dev-packages", "pypi-dependencies"])
_LONGEST_SOURCE: Final = 200_000


def extract(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """The packages that a list names."""
    name = path.rpartition("/")[2].lower()
    listed = next((reads for ends, reads in _READERS if name.endswith(ends)), _requirements)
    for leaf in listed(text):
        yield from _packages(leaf, catalogue)


def _packages(leaf: Leaf, catalogue: Catalogue) -> Iterator[Sighting]:
    """The package of a requirement such as `openai[realtime]>=1; python_version > "3.9"`."""
    found = _EGG.search(leaf.value) if "egg=" in leaf.value else _REQUIREMENT.match(leaf.value)
    if found is None:
        return
    name = Leaf(found[1], Place(leaf.place.line, leaf.place.column))
    extras = found[2].split(",") if found.re is _REQUIREMENT and found[2] else []
    with_extras = [Leaf(f"{name.value}[{extra.strip()}]", name.place) for extra in extras]
    told = [seen for one in with_extras if (seen := package(catalogue, "pypi", one)) is not None]
    if not told and (plain := package(catalogue, "pypi", name)) is not None:
        told = [plain]
    yield from told


def _requirements(text: str) -> Iterator[Leaf]:
    for number, line in enumerate(text.split("\n"), 1):
        written = line.partition(" #")[0].strip()
        if (written and written[0] not in "#-") or "egg=" in written:
            yield Leaf(written[:500], Place(number, len(line) - len(line.lstrip()) + 1))


def _pyproject(text: str) -> Iterator[Leaf]:
    for path, node in nodes(read_toml(text)):
        yield from _listed(path, node)


def _listed(path: Path, node: Node) -> Iterator[Leaf]:
    """Requirements of a list of texts, or the keys of a table of packages."""
    if isinstance(node, Branch):
        if path and path[-1] in _TABLES and path[0] not in {"project", "dependency-groups"}:
            yield from (key for key, _ in node.entries)
        return
    is_list = bool(path) and (path[-1] in {"dependencies", "dev-dependencies"} or not _LISTS.isdisjoint(path[:-1]))
    for one in items(node) if is_list and path[0] != "build-system" else ():
        if isinstance(one, Leaf):
            yield one


def _pipfile(text: str) -> Iterator[Leaf]:
    for key, table in entries(read_toml(text)):
        if key.value in _TABLES:
            yield from (name for name, _ in entries(table))


def _environment(text: str) -> Iterator[Leaf]:
    for document in read_yaml(text):
        for one in items(at(document, "dependencies")):
            if isinstance(one, Leaf):
                yield Leaf(one.value.rpartition("::")[2], one.place)
            yield from (leaf for leaf in items(at(one, "pip")) if isinstance(leaf, Leaf))


def _setup_cfg(text: str) -> Iterator[Leaf]:
    section, is_list = "", False
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if stripped.startswith("["):
            section, is_list = stripped.strip("[]").strip(), False
        elif line[:1].isspace():
            if is_list and stripped and stripped[0] != "#":
                yield Leaf(stripped[:500], Place(number, len(line) - len(line.lstrip()) + 1))
        elif "=" in line:
            key, _, value = line.partition("=")
            is_list = section == "options.extras_require" or key.strip().endswith(("_requires", "_require"))
            if is_list and value.strip():
                yield Leaf(value.strip()[:500], Place(number, line.index("=") + 2))


def _setup_py(text: str) -> Iterator[Leaf]:
    """Texts in whatever is called by a word of requirements."""
    try:
        tree = ast.parse(text[:_LONGEST_SOURCE])
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if (isinstance(node, ast.keyword) and "require" in (node.arg or "")) or (
            isinstance(node, ast.Assign) and any(_is_list_of_packages(one) for one in node.targets)
        ):
            yield from _texts(node.value)


def _is_list_of_packages(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) and any(word in target.id.lower() for word in ("require", "deps", "dependenc"))


def _texts(node: ast.expr) -> Iterator[Leaf]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield Leaf(one.value[:500], Place(one.lineno, one.col_offset + 1))


_READERS: Final[tuple[tuple[str, Callable[[str], Iterator[Leaf]]], ...]] = (
    ("pyproject.toml", _pyproject),
    ("pixi.toml", _pyproject),
    ("pipfile", _pipfile),
    ("setup.cfg", _setup_cfg),
    ("setup.py", _setup_py),
    (".yml", _environment),
    (".yaml", _environment),
)
"""By the end of a file's name; all others are requirements."""
