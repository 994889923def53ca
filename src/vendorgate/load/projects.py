"""The bindings of a bundle, `projects`: that each says where its manifests stand.

In: the entries as written. Out: a problem for each that any manifest could meet by its own word.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import UnsetType

from ..errors import Problem
from ..model.projects import ProjectBinding
from ..source import Source


def check_projects(projects: Iterable[ProjectBinding], source: Source, problems: list[Problem]) -> None:
    """Report each entry that binds by the name alone."""
    for index, entry in enumerate(projects):
        if isinstance(entry.repositories, UnsetType) and isinstance(entry.paths, UnsetType):
            title = f"`{entry.project}` is bound by nothing but its name, which any manifest can write"
            help = "say where its manifests stand: `paths: [services/claims/**]`, `repositories: [OWNER/NAME]`, or both"
            problems.append(Problem(title, source.locate(("projects", index, "project")), help, source))
