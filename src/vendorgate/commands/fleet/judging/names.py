"""Whose manifests are, as far as that can tell their verdicts apart.

In: a row and what it says of itself, what the bundle binds and limits. Out: who it is, and the part of a key that
stands for that: two manifests of one such part are reached by the same agreements, and look the same to every rule.
"""

from __future__ import annotations

from typing import Final

import msgspec

from ....identity import identify
from ....model.identity import Identity, Whereabouts
from ....model.manifest import Manifest
from ....model.policy import Bundle
from ..model import JudgedCase, Row
from .asked import Asked
from .reading import Fields

_encode: Final = msgspec.json.Encoder().encode


class Whose(msgspec.Struct, frozen=True):
    """A manifest as far as others may share its verdicts."""

    manifest: Manifest
    """Without usages."""
    identity: Identity
    key: bytes
    """What tells it from others, as far as rules, agreements and bindings can."""

    @property
    def named(self) -> bytes:
        """The same with its name."""
        return b"%b\0%b" % (self.key, self.manifest.project.encode())

    @property
    def repository(self) -> str | None:
        """As the gather knows it."""
        return self.manifest.whereabouts.repository


class Names:
    """Tells whose manifests are."""

    def __init__(self, bundle: Bundle, asked: Asked) -> None:
        self._projects = bundle.projects
        self._reads_name = asked.matters("project.name") != "not at all"
        self._reads_owner = asked.matters("project.owner") != "not at all"
        self._register = None if bundle.register is None else bundle.register.index

    def whose(self, row: Row, project: str, owner: str | None) -> Whose:
        """Whose the manifest of a row is, which says a project and an owner of itself."""
        source = Fields(row.path, row.written)
        manifest = Manifest(project, owner, (), source, row.sha256, Whereabouts(row.repository, row.place))
        identity = identify(manifest, self._projects)
        name = project if self._reads_name else None
        shown = identity.owner if self._reads_owner else None
        key = (identity.bound, self._reach(identity, project), name, shown)
        return Whose(manifest, identity, _encode(key))

    def _reach(self, identity: Identity, project: str) -> str:
        """Which agreements are for a project: their bits."""
        if self._register is None:
            return ""
        return f"{self._register.of_project(project, is_stranger=identity.is_stranger):x}"


def names_project(case: JudgedCase, project: str) -> bool:
    """Whether what is said of a case may name a project, so that it holds for no other."""
    name = project.encode()
    return name in case.reasons or any(project in one.message for one in case.notices)
