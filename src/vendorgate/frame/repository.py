"""The repository that a command works in: the one that CI itself names, else the one that the command line does.

In: the option as given, the environment. Out: a `RepositoryName`. The command line lives in the project, which may not
say otherwise than CI.
"""

from __future__ import annotations

import os
from typing import Final

from ..errors import Problem, UsageError
from ..model.identity import NOWHERE, RepositoryName

_OPTION: Final = "--repository"
_CI: Final = ("GITHUB_REPOSITORY", "CI_PROJECT_PATH")
"""Variables in which GitHub Actions and GitLab CI/CD name it."""


def repository_for(given: str | None) -> RepositoryName:
    """The repository by its name.

    Raises:
        UsageError: a name is none, or two of them differ.
    """
    found = [(name, value) for name in _CI if (value := os.environ.get(name))]
    named = [(name, _named(name, value)) for name, value in found]
    option = _named(_OPTION, given)
    if not named:
        return option
    variable, repository = named[0]
    for name, other in [*named[1:], (_OPTION, option)]:
        if other.name is not None and not _are_same(other, repository):
            title = f"{name} says {other.name}, and {variable} says {repository.name}"
            raise UsageError([Problem(title, help=_help(name))])
    return repository


def _named(where: str, value: str | None) -> RepositoryName:
    if value is None:
        return NOWHERE
    from ..load.places import repository_named  # mostly nobody says it

    try:
        return repository_named(value, "option" if where == _OPTION else "ci")
    except UsageError as error:
        raise UsageError([Problem(f"{where}: {one.title}", help=one.help) for one in error.problems]) from None


def _are_same(one: RepositoryName, other: RepositoryName) -> bool:
    return (one.name or "").lower() == (other.name or "").lower()


def _help(name: str) -> str:
    return "leave the option out: in CI, CI says it" if name == _OPTION else f"unset {name} where it is not CI's own"
