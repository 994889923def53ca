"""Which calls of Bedrock stay in given regions: by which ids of models.

In: the control planes of all regions that are read. Out: globs of ids. An id without a prefix, and a model by its
maker's own name, is served in the region that is called: as far as no profile is declared beside it, which the gate
looks at, as it does at regions in ARNs. An id with a prefix is an inference profile, which sends a call on to any of
its destinations, and these may be others in each region that it is called from: it is let in only where every one of
them, from each region, is among those that are read. A profile that goes to all regions never is, nor one whose
destinations nobody tells.

Source: the service model of `bedrock` (botocore 1.44), and the user guide ("Supported Regions and models for inference
profiles"). That the destination of a global profile has no region, those who have asked say.

Refuses to know the profiles that an account makes for itself: their ids tell nothing of a model, and their names have
the account's number in them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec import UNSET, UnsetType, field

from ....logic.wording import few
from ..asking import Answer, Api, Refused

PROVIDERS: Final[Mapping[str, str]] = {
    "amazon-nova-bedrock": "amazon",
    "claude-bedrock": "anthropic",
    "llama-bedrock": "meta",
    "openai-bedrock": "openai",
}
"""What stands before the first dot of a model's id, or before the second one with a profile, by offering."""
_MAKERS: Final[Mapping[str, tuple[str, ...]]] = {
    "amazon-nova-bedrock": ("nova-*",),
    "claude-bedrock": ("claude-*",),
    "openai-bedrock": ("gpt-*",),
}
"""The makers' own names, where the registry has some, by offering."""
_SYSTEM_DEFINED: Final = "SYSTEM_DEFINED"
_APPLICATION: Final = "APPLICATION"
_GLOBAL: Final = "global."
_MODEL: Final = re.compile(r"arn:aws[a-z-]*:bedrock:(?P<region>[a-z0-9-]+)::foundation-model/[A-Za-z0-9.:-]+")
_MOST: Final = "1000"
"""Profiles of a page."""
_NAMED: Final = 6
"""Profiles that are named in a sentence."""


class Destination(Answer, frozen=True):
    """A model in a region; its name is not kept."""

    passing = ("arn",)
    arn: str | UnsetType | None = field(default=UNSET, name="modelArn")


class Profile(Answer, frozen=True):
    """An inference profile; its name is not kept."""

    passing = ("id",)
    id: str | UnsetType | None = field(default=UNSET, name="inferenceProfileId")
    type: str | UnsetType | None = UNSET
    models: tuple[Destination, ...] | UnsetType | None = UNSET


class Profiles(Answer, frozen=True):
    """A page of inference profiles."""

    passing = ("next_token",)
    profiles: tuple[Profile, ...] | UnsetType | None = field(default=UNSET, name="inferenceProfileSummaries")
    next_token: str | UnsetType | None = field(default=UNSET, name="nextToken")


class Reached(msgspec.Struct, frozen=True):
    """The calls that stay in the regions that are read."""

    models: tuple[str, ...]
    """Globs of the ids that they name."""
    beside: str
    """What is to be said of inference profiles."""


class _Untold(Exception):
    """A region that does not tell its profiles."""


def reached(offering: str, regions: Mapping[str, Api]) -> Reached:
    """The calls that stay in regions, each with its control plane."""
    provider = PROVIDERS[offering]
    own = (f"{provider}.*", *_MAKERS.get(offering, ()), f"arn:*:bedrock:?*::foundation-model/{provider}.*")
    listed: dict[str, Mapping[str, frozenset[str | None]]] = {}
    for region, api in regions.items():
        try:
            listed[region] = _destinations(api)
        except _Untold as untold:
            return Reached(own, f"calls by an inference profile are not told of: in {region}, {untold}")
    shape = re.compile(rf"[a-z0-9-]+\.{provider}\.[A-Za-z0-9.:-]+")
    ids = sorted({id for each in listed.values() for id in each if shape.fullmatch(id)})
    inside = [id for id in ids if _stays(id, listed)]
    if not inside:
        return Reached(own, "calls by an inference profile are not told of: none is known to stay in what was read")
    by_arn = (f"arn:*:inference-profile/{id}" for id in inside)
    return Reached(
        (*own, *inside, *by_arn), f"of calls by an inference profile, these alone are told of: {few(inside, _NAMED)}"
    )


def _destinations(api: Api) -> dict[str, frozenset[str | None]]:
    """The regions that the profiles of one region lead to, by profile; None among them is anywhere."""
    found: dict[str, frozenset[str | None]] = {}
    query = {"type": _SYSTEM_DEFINED, "maxResults": _MOST}
    for page in api.pages("/inference-profiles", Profiles, _following, query=query):
        if isinstance(page, Refused):
            raise _Untold(page.why)
        if not isinstance(page.profiles, tuple):
            raise _Untold("the answer has no profiles where they would be")
        for one in page.profiles:
            if one.type == _APPLICATION:
                continue
            if one.type != _SYSTEM_DEFINED or not isinstance(one.id, str):
                raise _Untold("the answer has a profile that does not say which it is")
            found[one.id] = found.get(one.id, frozenset()) | _regions(one)
    return found


def _following(page: Profiles) -> Mapping[str, str] | None:
    return {"nextToken": page.next_token} if isinstance(page.next_token, str) else None


def _regions(profile: Profile) -> frozenset[str | None]:
    if not isinstance(profile.models, tuple) or not profile.models:
        return frozenset({None})
    places = [_MODEL.fullmatch(one.arn) if isinstance(one.arn, str) else None for one in profile.models]
    return frozenset(None if one is None else one["region"] for one in places)


def _stays(id: str, listed: Mapping[str, Mapping[str, frozenset[str | None]]]) -> bool:
    """Whether all destinations of a profile are read, from wherever it is called."""
    return not id.startswith(_GLOBAL) and all(each.get(id, frozenset()) <= listed.keys() for each in listed.values())
