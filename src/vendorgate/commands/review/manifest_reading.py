"""What a manifest of a commit says, as far as it can be read; whether it is valid is asked elsewhere."""

from __future__ import annotations

from ...errors import Problem
from ...git.repository import Repository, Tree
from ...load.files import JUDGED
from ...load.manifest import manifest_from
from ...model.manifest import ManifestFile


def written_manifest(repository: Repository, tree: Tree, path: str) -> ManifestFile | None:
    """What it says; None where no file stands there, or nothing of a manifest in it."""
    entry, problems = tree.get(path), list[Problem]()
    if entry is None or entry.kind != "file":
        return None
    data = repository.contents([entry], JUDGED.size)[entry.id]
    read = manifest_from(data, path, problems)
    return None if read is None else read.written


def project(repository: Repository, tree: Tree, path: str) -> str | None:
    """The project that it names."""
    found = written_manifest(repository, tree, path)
    return (found.project or None) if found is not None else None
