"""Who may go by the name of a project."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec
from msgspec import UNSET, Meta, UnsetType

from .text import Text

# These stand in the fields and not in types of their own, so that nothing compiles them where what ships judges.
_PROJECT_GLOB: Final = r"^(?!.*\n)[a-z0-9._*?-]+$"
_PROJECT_GLOB_WORDS: Final = (
    "the name of a project or a glob: lower-case letters, digits, hyphens, dots, underscores, `*`, `?`"
)
_REPOSITORY_GLOB: Final = r"^(?!.*\n)(?=.*(?:/|\*\*))(?!(?:.*/)?\.{0,2}(?:/|$))[A-Za-z0-9._*?/-]+$"
_REPOSITORY_GLOB_WORDS: Final = "the name of a repository or a glob: OWNER/NAME, such as `acme/clinic` or `acme/*`"
PATH_GLOB: Final = r"^(?!.*\n)(?=.*\S)(?!(?:.*/)?\.{0,2}(?:/|$))[^\\]+$"
PATH_GLOB_WORDS: Final = (
    "a path from the root of the repository or a glob:"
    " one such as `services/claims/**`, with forward slashes, none at its ends, and without `.` and `..`"
)


class ProjectBinding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who may go by the name of a project: manifests that stand where this says."""

    project: Annotated[str, Meta(pattern=_PROJECT_GLOB, description=_PROJECT_GLOB_WORDS)]
    """Of manifests; a glob."""
    repositories: (
        Annotated[
            tuple[Annotated[str, Meta(pattern=_REPOSITORY_GLOB, description=_REPOSITORY_GLOB_WORDS)], ...],
            Meta(min_length=1),
        ]
        | UnsetType
    ) = UNSET
    """Globs of OWNER/NAME, without case; `*` stays within a segment, `**` crosses. This or `paths` is required."""
    paths: (
        Annotated[tuple[Annotated[str, Meta(pattern=PATH_GLOB, description=PATH_GLOB_WORDS)], ...], Meta(min_length=1)]
        | UnsetType
    ) = UNSET
    """Globs of the manifest's path from the root of the repository; `*` stays within a segment, `**` crosses."""
    owner: Text | UnsetType = UNSET
    """Who answers for the project, whatever its manifest says."""
