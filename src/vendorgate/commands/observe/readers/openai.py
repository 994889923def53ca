"""Reads projects at OpenAI: how long they keep data, and where.

In: an admin key, an account's entry. Out: `zero_data_retention`, `region`, and `residency` as the vendor has it: a
policy on processing must tell `JP_STORAGE` from `JP_STORAGE_PROCESSING`, which are one region. A project's retention is
its own, or the organization's where it says so (`organization_default`); modified abuse monitoring keeps data, and
`none` is no control, whatever the organization has. What an organization without any control is answered, nobody
documents, so anything else proves nothing. Refuses to know permissions for tools and models: they bound what may be
used, and prove no use.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from msgspec import UNSET, UnsetType

from ....model.observation import AccountEntry
from ..asking import Answer, Api, Asking, CannotObserve, Refused
from ..model import Reader, Reading
from .cursor import CursorPage, following

_KEY: Final = "OPENAI_ADMIN_KEY"
_PROJECTS: Final = "/v1/organization/projects"
_PROJECT: Final = f"{_PROJECTS}/{{project}}"
_RETENTION: Final[Mapping[str, bool]] = {
    "zero_data_retention": True,
    "enhanced_zero_data_retention": True,
    "modified_abuse_monitoring": False,
    "enhanced_modified_abuse_monitoring": False,
}
"""What an organization's control, or one that a project has itself, says of zero retention."""
_NONE: Final = "none"
_INHERITED: Final = "organization_default"
_REGIONS: Final[Mapping[str, str]] = {
    "GLOBAL": "global",
    "US_STORAGE_PROCESSING": "us",
    "EU_STORAGE_PROCESSING": "eu",
    "JP_STORAGE": "jp",
    "JP_STORAGE_PROCESSING": "jp",
    "KR_STORAGE": "kr",
    "CA_STORAGE": "ca",
    "SG_STORAGE": "sg",
    "IN_STORAGE": "in",
    "IN_STORAGE_PROCESSING": "in",
    "AU_STORAGE": "au",
    "AU_STORAGE_PROCESSING": "au",
    "GB_STORAGE": "gb",
    "AE_STORAGE": "ae",
    "AE_STORAGE_PROCESSING": "ae",
}
_SHOWN: Final = 20
"""Projects to choose from in a message."""
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""Ids that may stand in a message; an answer is somebody else's text."""
_NOT_SAID: Final = "the answer does not say"
_NOT_KNOWN: Final = "the answer has a value that is not known"


class DataRetention(Answer, frozen=True):
    """How an organization or a project keeps data."""

    type: str | UnsetType | None = UNSET


class Project(Answer, frozen=True):
    """A project, without what people call it."""

    passing = ("id",)

    id: str | UnsetType | None = UNSET
    status: str | UnsetType | None = UNSET
    archived_at: int | UnsetType | None = UNSET
    residency: str | UnsetType | None = UNSET

    @property
    def archived(self) -> bool:
        """Whether nothing can be asked in it any more."""
        return self.status == "archived" or isinstance(self.archived_at, int)


class Projects(CursorPage, frozen=True):
    """A page of them."""

    data: tuple[Project, ...] | UnsetType | None = UNSET


def _read(entry: AccountEntry, asking: Asking) -> Reading:
    key = asking.required(_KEY, "set it to an admin key with the permission to read only, which an owner creates")
    api = asking.api("https://api.openai.com", "VENDORGATE_OPENAI_URL", f"Bearer {key}")
    id = entry.project if isinstance(entry.project, str) else _only_project(api, entry)
    project = _project(api, id)
    zero_data_retention, kept_why = _zero_data_retention(api, id)
    residency, place_why = _residency(project)
    settings: dict[str, bool | str] = {}
    why: dict[str, str] = {}
    if zero_data_retention is None:
        why["zero_data_retention"] = kept_why
    else:
        settings["zero_data_retention"] = zero_data_retention
    if residency is None:
        why |= {"region": place_why, "residency": place_why}
        return Reading(settings, why=why)
    settings["residency"] = residency
    beside = ("the project keeps data in its region, and nothing says that it processes there",)
    return Reading(
        settings, region=_REGIONS[residency], why=why, beside=beside if residency.endswith("_STORAGE") else ()
    )


def _project(api: Api, id: str) -> Project | Refused:
    found = api.get(_PROJECT, Project, {"project": id})
    if isinstance(found, Refused):
        if found.status == 404:
            words = "knows no project of the id that accounts.yaml gives, or of another organization than the key's"
            raise CannotObserve(words, "correct `project` in accounts.yaml, or take the account out")
        return found
    if found.id != id:
        raise CannotObserve("answers with another project than the one that was asked for", "report it")
    if found.archived:
        words = "has archived the project, in which nothing can be asked any more"
        raise CannotObserve(words, "name in accounts.yaml the one that is used, or take the account out")
    return found


def _zero_data_retention(api: Api, project: str) -> tuple[bool | None, str]:
    """Whether nothing is kept; where that is not told, why not."""
    own = api.get(f"{_PROJECT}/data_retention", DataRetention, {"project": project})
    if isinstance(own, Refused):
        return None, own.why
    if own.type == _NONE:
        return False, ""
    if own.type != _INHERITED:
        return _meaning(own)
    whole = api.get("/v1/organization/data_retention", DataRetention)
    if isinstance(whole, Refused):
        return None, f"the project takes what the organization has: {whole.why}"
    value, why = _meaning(whole)
    return value, f"the project takes what the organization has: {why}"


def _meaning(retention: DataRetention) -> tuple[bool | None, str]:
    if not isinstance(retention.type, str):
        return None, _NOT_SAID
    return _RETENTION.get(retention.type), _NOT_KNOWN


def _residency(project: Project | Refused) -> tuple[str | None, str]:
    """Where data is kept, in the vendor's words; where that is not told, why not."""
    if isinstance(project, Refused):
        return None, project.why
    if not isinstance(project.residency, str):
        return None, _NOT_SAID
    return (project.residency if project.residency in _REGIONS else None), _NOT_KNOWN


def _only_project(api: Api, entry: AccountEntry) -> str:
    """The project that is meant where none is named: the only one in use.

    Raises:
        CannotObserve: there are none or several, or they may not be listed.
    """
    ids: list[str] = []
    for page in api.pages(_PROJECTS, Projects, following("after"), query={"limit": "100"}):
        if isinstance(page, Refused):
            words = f"does not list projects: {page.why}"
            raise CannotObserve(words, "name the project in accounts.yaml")
        if not isinstance(page.data, tuple):
            raise CannotObserve("answers with a list of projects that has none in it", "report it")
        ids += [one.id if isinstance(one.id, str) else "" for one in page.data if not one.archived]
        if len(ids) > _SHOWN:
            break
    if not ids:
        raise CannotObserve("has no project that is in use", "look whether the key is of the right organization")
    if len(ids) == 1:
        return ids[0]
    name = "" if entry.name is None else f"name: {entry.name}, "
    lines = [f"- {{offering: {entry.offering}, {name}project: {id}}}" for id in ids[:_SHOWN] if _ID.fullmatch(id)]
    help = f"name the one that is meant in accounts.yaml, by one of these lines: {'; '.join(lines)}"
    count = str(len(ids)) if len(ids) <= _SHOWN else f"more than {_SHOWN}"
    raise CannotObserve(f"has {count} projects in use, and accounts.yaml names none of them", help)


READER: Final = Reader(
    vendor="OpenAI",
    offerings=("openai-api",),
    tells=("zero_data_retention", "region", "residency"),
    credentials=((_KEY,),),
    needs=(),
    takes=("project",),
    privilege="an admin key with the permission to read only; an owner of the organization creates it",
    read=_read,
)
