"""Java and Kotlin: Maven's `pom.xml`, Gradle's scripts and its `libs.versions.toml`.

In: path and text, the catalogue. Out: sightings of packages, and of starters, which make clients by being there.
What is managed (`dependencyManagement`, platforms, BOMs) only sets versions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ...catalogue.catalogue import Catalogue
from ...code import Place
from ...documents.node import Leaf, at, entries, text
from ...documents.toml_reader import read_toml
from ...documents.xml_reader import Element, read_xml
from ...sighting import Reach, Sighting
from ..telling import package
from .comments import without_comments
from .starters import aliased, starter

_DEPENDENCY: Final = re.compile(
    r"""(?P<how>[A-Za-z]\w*)\s*\(?\s*["'](?P<name>[\w.\-]+:[\w.\-]+)(?::[^"']*)?["']""",
)
_NAMED: Final = re.compile(
    r"""(?P<how>[A-Za-z]\w*)\s*\(?\s*group\s*[:=]\s*["'](?P<group>[\w.\-]+)["']\s*,\s*name\s*[:=]\s*["'](?P<name>[\w.\-]+)["']"""
)
_ALIAS: Final = re.compile(r"(?P<how>[A-Za-z]\w*)\s*\(?\s*libs\.(?P<alias>[\w.]+)")
_NOT_DEPENDED_ON: Final = frozenset(
    [
        "mavenBom",
        "platform",
        "enforcedPlatform",
        "classpath",
        "id",
        "exclude",
        "force",
        "mavenbom",
        "because",
        "dependency",
    ]
)
_LONGEST_LINE: Final = 2_000


def extract_pom(path: str, written: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """The dependencies of a project, and those of its profiles, of which somebody chooses one."""
    root = read_xml(written)
    if root is None or root.name != "project":
        return
    for one in root.every("dependencies", "dependency"):
        yield from _of_pom(one, catalogue, "used")
    for profile in root.every("profiles", "profile"):
        is_default = profile.text("activation", "activeByDefault")
        reach: Reach = "used" if is_default is not None and is_default.value == "true" else "optional"
        for one in profile.every("dependencies", "dependency"):
            yield from _of_pom(one, catalogue, reach)


def _coordinates(dependency: Element) -> str:
    group, artifact = dependency.text("groupId"), dependency.text("artifactId")
    return f"{group.value if group else ''}:{artifact.value if artifact else ''}"


def _of_pom(dependency: Element, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    artifact, scope = dependency.text("artifactId"), dependency.text("scope")
    if artifact is None or (scope is not None and scope.value == "import"):
        return
    name = Leaf(_coordinates(dependency), artifact.place)
    is_test = scope is not None and scope.value == "test"
    yield from _named(name, catalogue, "declared" if is_test else reach)


def _named(name: Leaf, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    found = starter(catalogue, name, reach)
    if found:
        yield from found
    elif (told := package(catalogue, "maven", name)) is not None:
        yield told


def extract_gradle(path: str, written: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """The dependencies of a Gradle script, in either of its languages."""
    for number, line in enumerate(without_comments(written).split("\n"), 1):
        if not line or len(line) > _LONGEST_LINE:
            continue
        for found in (*_DEPENDENCY.finditer(line), *_NAMED.finditer(line)):
            if found["how"] not in _NOT_DEPENDED_ON:
                name = f"{found['group']}:{found['name']}" if found.re is _NAMED else found["name"]
                leaf = Leaf(name, Place(number, found.start("name") + 1))
                yield from _named(leaf, catalogue, _reach(found["how"]))
        for found in _ALIAS.finditer(line):
            if found["how"] not in _NOT_DEPENDED_ON:
                leaf = Leaf(found["alias"], Place(number, found.start("alias") + 1))
                yield from aliased(catalogue, leaf, _reach(found["how"]))


def _reach(how: str) -> Reach:
    """How far a configuration of Gradle's reaches."""
    return "declared" if "test" in how.lower() else "used"


def extract_versions(path: str, written: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """The libraries that scripts may name by an alias."""
    for alias, library in entries(at(read_toml(written), "libraries")):
        module, group, name = text(library, "module"), text(library, "group"), text(library, "name")
        written_name = module.value if module else f"{group.value}:{name.value}" if group and name else ""
        if isinstance(library, Leaf):
            written_name = ":".join(library.value.split(":")[:2])
        found = package(catalogue, "maven", Leaf(written_name, alias.place))
        if found is not None:
            yield found
