"""Where workspaces of Anthropic's keep data, and where they may infer: the same calls on its own platform and on AWS.

In: an API, and the id of a workspace or none. Out: `workspace_geo` and `inference_geo`, each where answers prove it.
Without an id, all workspaces are read, the default one with them, and a value is one only where each of them has it:
whichever an account uses, it holds there. Refuses to know `default_inference_geo`: it stands in for requests that name
no place, and others name another one, unless a single place is allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec
from msgspec import UNSET, UnsetType

from ..asking import Answer, Api, CannotObserve, Refused
from .cursor import CursorPage, following

PLACES: Final = ("workspace_geo", "inference_geo")
"""The settings that workspaces tell."""
_PATH: Final = "/v1/organizations/workspaces"
_WORKSPACE_GEOS: Final = ("us",)
_INFERENCE_GEOS: Final = ("us", "global")


class DataResidency(Answer, frozen=True):
    """Where a workspace keeps data and may infer."""

    workspace_geo: str | UnsetType | None = UNSET
    allowed_inference_geos: tuple[str, ...] | str | UnsetType | None = UNSET
    """Places, or `unrestricted`."""


class Workspace(Answer, frozen=True):
    """A workspace, without what people call it."""

    passing = ("id",)

    id: str | UnsetType | None = UNSET
    archived_at: str | UnsetType | None = UNSET
    data_residency: DataResidency | UnsetType | None = UNSET


class Workspaces(CursorPage, frozen=True):
    """A page of them."""

    data: tuple[Workspace, ...] | UnsetType | None = UNSET


class Places(msgspec.Struct, frozen=True):
    """What is proved of the two settings, and of the others why not."""

    settings: Mapping[str, str]
    why: Mapping[str, str]
    answered: bool = True
    """Whether a workspace was found, whatever it tells."""


def read_places(api: Api, workspace: str | None) -> Places:
    """What one workspace tells, or all together where none is named.

    Raises:
        CannotObserve: the workspace is gone or archived, or nothing can be said at all.
    """
    found = _all(api) if workspace is None else _one(api, workspace)
    if isinstance(found, Refused):
        return untold(found.why)
    settings: dict[str, str] = {}
    why: dict[str, str] = {}
    for name, of in _READ.items():
        value, reason = _agreed([of(one.data_residency) for one in found])
        if value is None:
            why[name] = reason
        else:
            settings[name] = value
    return Places(settings, why)


def untold(why: str) -> Places:
    """Neither of the two, for one reason."""
    return Places({}, dict.fromkeys(PLACES, why), answered=False)


def _one(api: Api, workspace: str) -> Sequence[Workspace] | Refused:
    found = api.get(f"{_PATH}/{{workspace}}", Workspace, {"workspace": workspace})
    if isinstance(found, Refused) and found.status == 404:
        listed = _all(api)  # nothing says that the default workspace is found by its id
        others = () if isinstance(listed, Refused) else listed
        found = next((one for one in others if one.id == workspace), found)
    if isinstance(found, Refused):
        if found.status == 404:
            words = "knows no workspace of the id that accounts.yaml gives, or has archived it"
            raise CannotObserve(words, "correct `workspace` in accounts.yaml, or take the account out")
        return found
    if found.id != workspace:
        raise CannotObserve("answers with another workspace than the one that was asked for", "report it")
    if isinstance(found.archived_at, str):
        words = "has archived the workspace, in which nothing can be asked any more"
        raise CannotObserve(words, "name in accounts.yaml the one that is used, or take the account out")
    return [found]


def _all(api: Api) -> Sequence[Workspace] | Refused:
    """All that are not archived; without a word on it, the default one is not listed."""
    query = {"include_default": "true", "limit": "1000"}
    found: list[Workspace] = []
    for page in api.pages(_PATH, Workspaces, following("after_id"), query=query):
        if isinstance(page, Refused):
            return page
        if not isinstance(page.data, tuple):
            raise CannotObserve("answers with a list of workspaces that has none in it", "report it")
        found += [one for one in page.data if not isinstance(one.archived_at, str)]
    return found


_Place = tuple["str | None", str]
"""A value, or why there is none."""


def _workspace_geo(residency: DataResidency | UnsetType | None) -> _Place:
    geo = residency.workspace_geo if isinstance(residency, DataResidency) else UNSET
    if not isinstance(geo, str):
        return None, "the answer does not say where data is kept"
    return (geo, "") if geo in _WORKSPACE_GEOS else (None, "the answer names a place that is not known")


def _inference_geo(residency: DataResidency | UnsetType | None) -> _Place:
    allowed = residency.allowed_inference_geos if isinstance(residency, DataResidency) else UNSET
    if allowed == "unrestricted":
        return None, "every place of inference is allowed, and each request may name its own"
    if not isinstance(allowed, tuple) or not allowed:
        return None, "the answer does not say which places of inference are allowed"
    if len(set(allowed)) > 1:
        return None, "more than one place of inference is allowed, and each request may name its own"
    return (allowed[0], "") if allowed[0] in _INFERENCE_GEOS else (None, "the answer names a place that is not known")


_READ: Final[Mapping[str, Callable[[DataResidency | UnsetType | None], _Place]]] = {
    "workspace_geo": _workspace_geo,
    "inference_geo": _inference_geo,
}


def _agreed(places: Sequence[_Place]) -> _Place:
    """The one value that all have."""
    if not places:
        return None, "no workspace is listed"
    if len(places) == 1 or len(set(places)) == 1:
        return places[0]
    return None, f"its {len(places)} workspaces do not all say the same: name one as `workspace` in accounts.yaml"
