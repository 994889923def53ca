"""Whose a manifest is: what it can be held against, and what holding it against the bundle's bindings came to."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

EVERYBODY: Final = "*"
"""What an agreement or a waiver is limited to where it is for every project, one that only claims its name, too."""
SaidBy = Literal["ci", "option", "gather", "none"]
"""Who named the repository."""


class RepositoryName(msgspec.Struct, frozen=True):
    """The repository that manifests are judged in."""

    name: str | None = None
    """OWNER/NAME, as it was said; None where nobody said it."""
    said_by: SaidBy = "none"


NOWHERE: Final = RepositoryName()


class Whereabouts(msgspec.Struct, frozen=True):
    """Where a manifest stands, which it does not say itself."""

    repository: str | None = None
    """OWNER/NAME; None where it is not known."""
    path: str | None = None
    """Its real path from the root of the repository, with forward slashes; None where it is not in there."""
    disowned: str | None = None
    """Why nobody may take its word for its project, as a clause about it: `the base has another project there`."""
    owned_before: tuple[str | None, ...] = ()
    """Who owns it by the base of a review, where the change says something else; None in it: nobody."""


class Identity(msgspec.Struct, frozen=True):
    """Whose a manifest is."""

    bound: bool | None = None
    """Whether an entry of `projects` fits it; None where the bundle has none, so that names count as they stand."""
    owner: str | None = None
    """The entry's owner, else the manifest's."""
    owned_before: tuple[str | None, ...] = ()
    """Whose it was, where a change that is not merged yet says something else and no entry does."""

    @property
    def is_stranger(self) -> bool:
        """Whether its project's name counts for nothing."""
        return self.bound is False
