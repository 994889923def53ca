"""Reads organizations at Anthropic: how long they keep data, whether they are ready for HIPAA, and where they work.

In: an admin key, a compliance access key or both, each asked for what it alone may tell; an account's entry. Out: by
the compliance key `zero_data_retention` and `hipaa_readiness`, by the admin key the places of workspaces.

Zero retention is arranged for an organization. One of its workspaces can be set to keep data for 30 days all the same,
and the compliance settings say that they do not show it: so the organization's `true` proves nothing of any workspace,
and every request is made in one. It is never told as true, only shown beside the difference; a person can attest the
workspace. The organization's `false` is told: without the arrangement there is nothing that a workspace could keep. The
row is missing where the API is not the organization's to use, and then nothing is told. HIPAA readiness is the
organization's alone, and its row is always there.

Whose settings are asked for, the entry says, or the admin key; where both do, they must be the same. What a missing key
would tell is not told, and the difference says which key is missing; a workspace that the entry names has the admin
key asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from msgspec import UNSET, UnsetType

from ....model.observation import AccountEntry
from ..asking import Answer, Api, Asking, CannotObserve, KeyHeader, Refused
from ..model import Reader, Reading
from .anthropic_workspaces import PLACES, Places, read_places, untold

_ADMIN: Final = "ANTHROPIC_ADMIN_KEY"
_COMPLIANCE: Final = "ANTHROPIC_COMPLIANCE_KEY"
_RETENTION_ROW: Final = "api_zero_data_retention_enabled"
_HIPAA_ROW: Final = "hipaa_compliance_enabled"
_VERSION: Final[Mapping[str, str]] = {"anthropic-version": "2023-06-01"}
_SEES_ALL: Final = "sk-ant-admin"
"""How keys begin that are shown every workspace; others are shown what their owner is."""
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_NOT_SAID: Final = "the answer does not say"
_A_WORKSPACE_MAY_DIFFER: Final = (
    "the organization has zero retention, but a workspace can be set to keep data, which no API tells: "
    "look at the workspace's own setting, and attest it"
)


class Organization(Answer, frozen=True):
    """Whose admin key it is."""

    passing = ("id",)

    id: str | UnsetType | None = UNSET


class Setting(Answer, frozen=True):
    """A setting of an organization; of most the value is no truth value."""

    name: str | UnsetType | None = UNSET
    type: str | UnsetType | None = UNSET
    value: object = UNSET

    def kept(self) -> object:
        """Of its value, a truth value alone."""
        told = {"name": self.name, "type": self.type, "value": self.value if isinstance(self.value, bool) else UNSET}
        return {name: value for name, value in told.items() if value is not UNSET}


class EffectiveSettings(Answer, frozen=True):
    """The settings of an organization, among them many that are not read."""

    organization_id: str | UnsetType | None = UNSET
    settings: tuple[Setting, ...] | UnsetType | None = UNSET

    def kept(self) -> object:
        """Those that are read."""
        rows = self.settings if isinstance(self.settings, tuple) else ()
        return {"settings": [one.kept() for one in rows if one.name in (_RETENTION_ROW, _HIPAA_ROW)]}


class _Owner(msgspec.Struct, frozen=True):
    """The organization that the admin key is of, or why nobody knows."""

    id: str | None
    why: str = ""


class _Told(msgspec.Struct, frozen=True):
    """What the compliance settings prove, and of the others why not."""

    settings: Mapping[str, bool]
    why: Mapping[str, str]
    beside: tuple[str, ...] = ()


def _read(entry: AccountEntry, asking: Asking) -> Reading:
    admin, compliance = _api(asking, _ADMIN), _api(asking, _COMPLIANCE)
    if admin is None and compliance is None:
        help = "set one of them, or both: each is asked for what it alone may tell"
        raise CannotObserve(f"the environment has neither {_ADMIN} nor {_COMPLIANCE}", help)
    if admin is None and isinstance(entry.workspace, str):
        help = "set it, or take `workspace` out of the account in accounts.yaml"
        raise CannotObserve(f"the environment has no {_ADMIN}, which a workspace is asked for with", help)
    named = _named(entry)
    owner = _owner(admin) if admin is not None and (named is not None or compliance is not None) else None
    if named is not None and owner is not None and owner.id is not None and owner.id.lower() != named.lower():
        help = f"correct `organization` in accounts.yaml, or set {_ADMIN} to a key of that organization"
        raise CannotObserve(f"has {_ADMIN} for another organization than the one that accounts.yaml names", help)
    told = _told(compliance, named, owner)
    places = _places(admin, asking, entry, owner)
    return Reading({**told.settings, **places.settings}, why={**told.why, **places.why}, beside=told.beside)


def _api(asking: Asking, variable: str) -> Api | None:
    key = asking.credential(variable)
    if key is None:
        return None
    signed = KeyHeader("x-api-key", key)
    return asking.api("https://api.anthropic.com", "VENDORGATE_ANTHROPIC_URL", signed, headers=_VERSION)


def _named(entry: AccountEntry) -> str | None:
    """The organization that the entry names."""
    if not isinstance(entry.organization, str):
        return None
    if not _UUID.fullmatch(entry.organization):
        help = "give the bare UUID, as GET /v1/organizations/me has it, without `org_` before it"
        raise CannotObserve("cannot be asked for an organization whose id is no UUID", help)
    return entry.organization


def _owner(admin: Api) -> _Owner:
    found = admin.get("/v1/organizations/me", Organization)
    if isinstance(found, Refused):
        return _Owner(None, found.why)
    return _Owner(found.id) if isinstance(found.id, str) else _Owner(None, _NOT_SAID)


# What the compliance key tells.


def _told(compliance: Api | None, named: str | None, owner: _Owner | None) -> _Told:
    if compliance is None:
        return _nothing(f"the environment has no {_COMPLIANCE}")
    owned = None if owner is None else owner.id
    organization = named if named is not None else owned
    if organization is None:
        if owner is None:
            help = f"give `organization` in accounts.yaml, or set {_ADMIN}"
            raise CannotObserve("cannot be asked for the settings of an organization that nobody names", help)
        return _nothing(f"which organization it is, nobody says: {owner.why}")
    path = "/v1/compliance/organizations/{organization}/settings"
    found = compliance.get(path, EffectiveSettings, {"organization": organization})
    if isinstance(found, Refused):
        if found.status == 404 and owned is None:
            words = f"knows no such organization, has this not enabled, or keeps it from the key that {_COMPLIANCE} has"
            raise CannotObserve(words, "correct `organization` in accounts.yaml, or have it enabled for the parent")
        return _nothing(found.why)
    if not isinstance(found.organization_id, str) or found.organization_id.lower() != organization.lower():
        raise CannotObserve("answers with another organization than the one that was asked for", "report it")
    return _proved(found.settings if isinstance(found.settings, tuple) else ())


def _nothing(why: str) -> _Told:
    return _Told({}, {"zero_data_retention": why, "hipaa_readiness": why})


def _proved(rows: Sequence[Setting]) -> _Told:
    settings: dict[str, bool] = {}
    why: dict[str, str] = {}
    retention, ready = _truth(rows, _RETENTION_ROW), _truth(rows, _HIPAA_ROW)
    if retention is False:
        settings["zero_data_retention"] = False
    else:
        why["zero_data_retention"] = _NOT_SAID if retention is None else _A_WORKSPACE_MAY_DIFFER
    if ready is None:
        why["hipaa_readiness"] = _NOT_SAID
    else:
        settings["hipaa_readiness"] = ready
    return _Told(settings, why, ("the organization has zero retention arranged",) if retention else ())


def _truth(rows: Sequence[Setting], name: str) -> bool | None:
    """The value of the one row of a name, where it is a truth value."""
    found = [one for one in rows if one.name == name]
    if len(found) != 1 or found[0].type != "boolean" or not isinstance(found[0].value, bool):
        return None
    return found[0].value


# What the admin key tells.


def _places(admin: Api | None, asking: Asking, entry: AccountEntry, owner: _Owner | None) -> Places:
    if admin is None:
        return untold(f"the environment has no {_ADMIN}")
    if isinstance(entry.organization, str) and owner is not None and owner.id is None:
        return untold(f"whether the key is of the organization that accounts.yaml names, nobody says: {owner.why}")
    if isinstance(entry.workspace, str):
        return read_places(admin, entry.workspace)
    if not (asking.credential(_ADMIN) or "").startswith(_SEES_ALL):
        return untold("only an admin key is shown every workspace: name one as `workspace` in accounts.yaml")
    return read_places(admin, None)


READER: Final = Reader(
    vendor="Anthropic",
    offerings=("anthropic-api",),
    tells=("zero_data_retention", "hipaa_readiness", *PLACES),
    credentials=((_ADMIN,), (_COMPLIANCE,)),
    needs=(),
    takes=("organization", "workspace"),
    privilege=(
        "a compliance access key with read:compliance_org_data alone for retention and HIPAA; an admin key for places, "
        "which can write as well"
    ),
    read=_read,
)
