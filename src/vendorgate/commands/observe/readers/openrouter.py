"""What a workspace at OpenRouter logs, and what its default guardrail enforces on all that goes through it.

In: the workspace, from `accounts.yaml`; the workspace and its default guardrail. Out: what they leave no key, member or
request a choice of. Refuses to know other guardrails, which govern nobody until they are assigned, and only tighten.

A guardrail proves that something is on, never that it is off: the account, which no endpoint shows, and each request
can demand it as well. One that was never written is answered with 404, and enforces nothing that we know.
"""

from __future__ import annotations

import re
from typing import Final, Union

from msgspec import UNSET, UnsetType

from ....model.manifest import SettingValue
from ....model.observation import AccountEntry
from ..asking import Answer, Api, Asking, CannotObserve, Refused
from ..model import Reader, Reading, ScopedValue
from .ids import id_of

_HOME: Final = "https://openrouter.ai/api/v1"
_KEY: Final = "OPENROUTER_MANAGEMENT_KEY"
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,127}")
_WORKSPACE: Final = "the workspace's id or its short name (`phi`)"
_OF_GUARDRAIL: Final = ("zero_data_retention", "zdr_only", "provider_data_collection", "endpoint_location")
_TELLS: Final = ("content_logging", "data_sharing", *_OF_GUARDRAIL)
_REGIONS: Final = {"europe": "eu", "us": "us"}
_ANTHROPIC, _GOOGLE, _OPENAI, _XAI = _MAKERS = ("anthropic/*", "google/*", "openai/*", "x-ai/*")
"""Whose models a guardrail names apart, by their names there; all others it takes together."""
_NOT_ENFORCED: Final = "the default guardrail does not enforce it, but the account or a request still can"
_Flag = Union[bool, UnsetType, None]


class _Workspace(Answer, frozen=True):
    passing = ("id", "slug", "default_guardrail_id")
    id: str | UnsetType | None = UNSET
    slug: str | UnsetType | None = UNSET
    default_guardrail_id: str | UnsetType | None = UNSET
    is_observability_io_logging_enabled: bool | UnsetType | None = UNSET
    is_data_discount_logging_enabled: bool | UnsetType | None = UNSET
    is_observability_broadcast_enabled: bool | UnsetType | None = UNSET


class _OneWorkspace(Answer, frozen=True):
    data: _Workspace | UnsetType | None = UNSET


class _Workspaces(Answer, frozen=True):
    data: tuple[_Workspace, ...] | UnsetType | None = UNSET
    total_count: int | UnsetType | None = UNSET


class _Guardrail(Answer, frozen=True):
    passing = ("id",)
    id: str | UnsetType | None = UNSET
    enforce_zdr: bool | UnsetType | None = UNSET
    enforce_zdr_anthropic: bool | UnsetType | None = UNSET
    enforce_zdr_google: bool | UnsetType | None = UNSET
    enforce_zdr_openai: bool | UnsetType | None = UNSET
    enforce_zdr_other: bool | UnsetType | None = UNSET
    enforce_zdr_xai: bool | UnsetType | None = UNSET
    allow_safety_retention_google: bool | UnsetType | None = UNSET
    allow_safety_retention_other: bool | UnsetType | None = UNSET
    enable_paid_model_training: bool | UnsetType | None = UNSET
    enable_free_model_training: bool | UnsetType | None = UNSET
    enable_free_model_publication: bool | UnsetType | None = UNSET
    allowed_data_regions: tuple[str, ...] | UnsetType | None = UNSET


class _OneGuardrail(Answer, frozen=True):
    data: _Guardrail | UnsetType | None = UNSET


def _read(entry: AccountEntry, asking: Asking) -> Reading:
    key = asking.required(_KEY, "make a management key, which cannot be used for inference, and set it")
    api = asking.api(_HOME, "VENDORGATE_OPENROUTER_URL", f"Bearer {key}")
    workspace = _workspace(entry, api)
    if isinstance(workspace, Refused):
        return Reading(why=dict.fromkeys(_TELLS, workspace.why))
    settings: dict[str, SettingValue] = {}
    why: dict[str, str] = {}
    for setting, flag in (
        ("content_logging", workspace.is_observability_io_logging_enabled),
        ("data_sharing", workspace.is_data_discount_logging_enabled),
    ):
        if isinstance(flag, bool):
            settings[setting] = flag
        else:
            why[setting] = "the answer does not say"
    beside: tuple[str, ...] = ()
    if workspace.is_observability_broadcast_enabled is True:
        beside = ("Prompts and answers are broadcast to other destinations, which are recipients of them.",)
    guardrail = _default_guardrail(api, workspace)
    if isinstance(guardrail, str):
        return Reading(settings, why={**why, **dict.fromkeys(_OF_GUARDRAIL, guardrail)}, beside=beside)
    enforced, scoped = _enforced(guardrail)
    told = {*enforced, *(one.setting for one in scoped)}
    why.update({name: _NOT_ENFORCED for name in _OF_GUARDRAIL if name not in told})
    return Reading({**settings, **enforced}, scoped, why=why, beside=beside)


def _workspace(entry: AccountEntry, api: Api) -> _Workspace | Refused:
    """The workspace that the entry names; else the only one that there is.

    With several, nothing says through which of them a usage goes.
    """
    if entry.workspace is UNSET:
        return _only_workspace(api)
    named = id_of(entry, "workspace", _ID, _WORKSPACE)
    answer = api.get("/workspaces/{workspace}", _OneWorkspace, {"workspace": named})
    if isinstance(answer, Refused):
        if answer.status == 404:
            raise CannotObserve("answers that there is no such workspace (404)", f"look at `workspace`: {_WORKSPACE}")
        return answer
    if not isinstance(answer.data, _Workspace) or named not in (answer.data.id, answer.data.slug):
        raise CannotObserve("answers about another workspace, or about none", f"look at `workspace`: {_WORKSPACE}")
    return answer.data


def _only_workspace(api: Api) -> _Workspace | Refused:
    answer = api.get("/workspaces", _Workspaces, query={"limit": "2"})
    if isinstance(answer, Refused):
        return answer
    found = answer.data if isinstance(answer.data, tuple) else ()
    if len(found) != 1 or answer.total_count != 1:
        help = f"name the one that is meant as `workspace` in accounts.yaml, by {_WORKSPACE}"
        raise CannotObserve("has several workspaces, or none", help)
    return found[0]


def _default_guardrail(api: Api, workspace: _Workspace) -> _Guardrail | str:
    """The guardrail that governs all of a workspace; in words why there is none to read."""
    id = workspace.default_guardrail_id
    if not isinstance(id, str) or _ID.fullmatch(id) is None:
        return "the workspace names no default guardrail"
    answer = api.get("/guardrails/{default_guardrail}", _OneGuardrail, {"default_guardrail": id})
    if isinstance(answer, Refused):
        return "the default guardrail was never written (404)" if answer.status == 404 else answer.why
    if not isinstance(answer.data, _Guardrail) or answer.data.id != id:
        return "the answer is about another guardrail, or about none"
    return answer.data


def _enforced(guardrail: _Guardrail) -> tuple[dict[str, SettingValue], tuple[ScopedValue, ...]]:
    """What a guardrail enforces: for all models, and where it does not for all, for the models of some makers."""
    settings: dict[str, SettingValue] = {}
    scoped: list[ScopedValue] = []
    no_google = guardrail.allow_safety_retention_google is False
    no_other = guardrail.allow_safety_retention_other is False
    makers = _makers(guardrail, no_google)
    if len(makers) == len(_MAKERS) and no_other and _on(guardrail.enforce_zdr_other, guardrail):
        settings["zero_data_retention"] = True
    elif makers:
        scoped.append(ScopedValue("models", makers, "zero_data_retention", True))
    if no_google and no_other:
        settings["zdr_only"] = True
    elif no_google:
        scoped.append(ScopedValue("models", (_GOOGLE,), "zdr_only", True))
    collecting = (
        guardrail.enable_paid_model_training,
        guardrail.enable_free_model_training,
        guardrail.enable_free_model_publication,
    )
    if all(flag is False for flag in collecting):
        settings["provider_data_collection"] = "deny"
    match guardrail.allowed_data_regions:
        case (only,) if only in _REGIONS:
            settings["endpoint_location"] = _REGIONS[only]
    return settings, tuple(scoped)


def _makers(guardrail: _Guardrail, no_google: bool) -> tuple[str, ...]:
    """Makers whose models are only ever sent to where nothing is kept.

    What is kept for safety takes the enforcement back; the vendor has that choice for Google's models and for those of
    makers that it does not name.
    """
    enforced = {
        _ANTHROPIC: _on(guardrail.enforce_zdr_anthropic, guardrail),
        _GOOGLE: _on(guardrail.enforce_zdr_google, guardrail) and no_google,
        _OPENAI: _on(guardrail.enforce_zdr_openai, guardrail),
        _XAI: _on(guardrail.enforce_zdr_xai, guardrail),
    }
    return tuple(maker for maker in _MAKERS if enforced[maker])


def _on(flag: _Flag, guardrail: _Guardrail) -> bool:
    """Whether zero retention is enforced; one that is not provided falls back to the older one for all."""
    return flag is True or ((flag is None or flag is UNSET) and guardrail.enforce_zdr is True)


READER: Final = Reader(
    vendor="OpenRouter",
    offerings=("openrouter",),
    tells=_TELLS,
    credentials=((_KEY,),),
    needs=(),
    takes=("workspace",),
    privilege="a management key; it can also write, since there is no kind that only reads",
    read=_read,
)
