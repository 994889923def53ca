"""Who may go by the name of a project."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from .text import Text

ProjectGlob = Annotated[
    str,
    Meta(
        pattern=r"^(?!.*\n)[a-z0-9._*?-]+$",
        description="the name of a project or a glob: lower-case letters, digits, hyphens, dots, underscores, `*`, `?`",
    ),
]
RepositoryGlob = Annotated[
    str,
    Meta(
        pattern=r"^(?!.*\n)(?=.*(?:/|\*\*))(?!(?:.*/)?\.{0,2}(?:/|$))[A-Za-z0-9._*?/-]+$",
        description="the name of a repository or a glob: OWNER/NAME, such as `acme/clinic` or `acme/*`",
    ),
]
PathGlob = Annotated[
    str,
    Meta(
        pattern=r"^(?!.*\n)(?=.*\S)(?!(?:.*/)?\.{0,2}(?:/|$))[^\\]+$",
        description="a path from the root of the repository or a glob:"
        " one such as `services/claims/**`, with forward slashes, none at its ends, and without `.` and `..`",
    ),
]


class ProjectBinding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who may go by the name of a project: manifests that stand where this says."""

    project: ProjectGlob
    """Of manifests; a glob."""
    repositories: Annotated[tuple[RepositoryGlob, ...], Meta(min_length=1)] | UnsetType = UNSET
    """Globs of OWNER/NAME, without case; `*` stays within a segment, `**` crosses. This or `paths` is required."""
    paths: Annotated[tuple[PathGlob, ...], Meta(min_length=1)] | UnsetType = UNSET
    """Globs of the manifest's path from the root of the repository; `*` stays within a segment, `**` crosses."""
    owner: Text | UnsetType = UNSET
    """Who answers for the project, whatever its manifest says."""
