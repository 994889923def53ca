"""Whose a manifest is: its project's name held against the bindings of a bundle.

In: a manifest with its whereabouts, the bundle's `projects`. Out: an `Identity`. What a manifest writes decides nothing
here but which entry is looked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import UnsetType

from ..logic.globs import Globs, SameObject, places
from ..model.identity import Identity, Whereabouts
from ..model.manifest import Manifest
from ..model.projects import ProjectBinding

Bindings = tuple[ProjectBinding, ...] | None


def identify(manifest: Manifest, projects: Bindings) -> Identity:
    """Whose a manifest is; of several entries that fit, the first counts."""
    for entry in entries_for(projects, manifest.project):
        if _fits(entry, manifest.whereabouts):
            owner = entry.owner
            return _as_written(True, manifest) if isinstance(owner, UnsetType) else Identity(True, owner)
    known = projects is None and manifest.whereabouts.disowned is None
    return _as_written(None if known else False, manifest)


def entries_for(projects: Bindings, project: str) -> Iterator[ProjectBinding]:
    """The entries for a project's name, wherever it stands, in their order."""
    if projects:
        named = _named(SameObject(projects)).naming(project)
        yield from (projects[place] for place in places(named))


@lru_cache(maxsize=4)
def _named(projects: SameObject[tuple[ProjectBinding, ...]]) -> Globs:
    """Which entries name a project; of the bindings of the bundles that judge, which are one or two."""
    return Globs((entry.project,) for entry in projects.value)


def _as_written(bound: bool | None, manifest: Manifest) -> Identity:
    return Identity(bound, manifest.owner, manifest.whereabouts.owned_before)


def _fits(entry: ProjectBinding, where: Whereabouts) -> bool:
    """Whether all that an entry states of where a manifest stands holds; one that states nothing binds nobody."""
    from .segments import fits  # few bundles bind names

    conditions = (
        (entry.repositories, None if where.repository is None else where.repository.lower(), str.lower),
        (entry.paths, where.path, str),
    )
    stated = [(globs, text, fold) for globs, text, fold in conditions if not isinstance(globs, UnsetType)]
    return bool(stated) and all(
        text is not None and any(fits(text, fold(glob)) for glob in globs) for globs, text, fold in stated
    )
