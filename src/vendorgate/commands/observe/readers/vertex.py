"""How a project uses models on Vertex AI: whether prompts are cached and logged, and what Claude's maker gets of them.

In: project, location and models, from `accounts.yaml`; what Google answers. Out: the caching of the project, and for
each model what its configuration at that location says. Refuses to know models that nobody lists, other locations, and
what no answer holds: exceptions from the logging of abuse, explicit caches, consents.

Google leaves members out of an answer that are false, as JSON of Protocol Buffers has it. So a missing flag is false,
but only in an object that is there, in an answer with status 200. "No configuration" is a 404, and so is a model that
nobody has: it proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import UNSET, UnsetType

from ....model.manifest import SettingValue
from ....model.observation import AccountEntry
from ..asking import Answer, Api, Asking, CannotObserve, Refused
from ..model import Reader, Reading, ScopedValue
from .google import CREDENTIALS, PROJECT, google_api
from .ids import id_of

_SCOPE: Final = "https://www.googleapis.com/auth/cloud-platform"
"""The only one that the caching of a project is read with."""
_GLOBAL: Final = "global"
_JURISDICTIONS: Final = ("us", "eu")
_LOCATION: Final = re.compile(rf"{_GLOBAL}|{'|'.join(_JURISDICTIONS)}|[a-z]{{2,20}}-[a-z]{{2,20}}[0-9]{{1,2}}")
_MODEL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,127}")
_RETENTION: Final = {"EPHEMERAL": "ephemeral", "DURABLE": "durable"}
_CACHE_NAME: Final = re.compile(r"projects/[^/]+/cacheConfig")
_PUBLISHERS: Final = {"gemini-vertex": "google", "claude-vertex": "anthropic"}
_CACHING: Final = ("cache_disabled", "cache_retention")
_LOGGING: Final = "request_response_logging"
_CYBER: Final = "cyber_verification_program"
_BY_MODEL: Final = {"gemini-vertex": (_LOGGING,), "claude-vertex": (_LOGGING, _CYBER)}
_TELLS: Final = {"gemini-vertex": (*_CACHING, _LOGGING), "claude-vertex": (_LOGGING, _CYBER)}
_NOT_A_MODEL: Final = "accounts.yaml names something in `models` that can be no model of Vertex AI"
_NO_MODELS: Final = "it is set for each model, and accounts.yaml lists none in `models`"
_NO_CONFIGURATION: Final = "no configuration is found (404), and Google answers the same of a model that there is not"
_NOT_SAID: Final = "the configuration does not say"


class _Retention(Answer, frozen=True, rename="camel"):
    retention_type: str | UnsetType | None = UNSET


class _Caching(Answer, frozen=True, rename="camel"):
    passing = ("name",)  # it has the project's number
    name: str | UnsetType | None = UNSET
    disable_cache: bool | UnsetType | None = UNSET
    retention_config: _Retention | UnsetType | None = UNSET


class _Logging(Answer, frozen=True):
    enabled: bool | UnsetType | None = UNSET


class _Claude(Answer, frozen=True, rename="camel"):
    # cyberVerificationProgramEnabled is an older name, which Google consults no more.
    advanced_ai_enabled: bool | UnsetType | None = UNSET


class _Configuration(Answer, frozen=True, rename="camel"):
    logging_config: _Logging | UnsetType | None = UNSET
    claude_feature_config: _Claude | UnsetType | None = UNSET
    data_sharing_enabled_provider: str | UnsetType | None = UNSET


_Configurations = dict[str, "_Configuration | Refused"]
"""By model."""


def _read(entry: AccountEntry, asking: Asking) -> Reading:
    project = id_of(entry, "project", PROJECT, "the id of the project (`clinic-prod`)")
    location = id_of(entry, "region", _LOCATION, "a location (`europe-west4`), a multi-region (`us`, `eu`) or `global`")
    models = tuple(dict.fromkeys(_model(entry, name) for name in entry.models))
    home = _home(location)
    api = google_api(asking, home, "VENDORGATE_VERTEX_URL", _SCOPE, shown=home)
    caching = _caching(api, project) if entry.offering == "gemini-vertex" else None
    found = {model: _configuration(api, entry, project, location, model) for model in models}
    answered = any(isinstance(one, _Configuration) for one in found.values())
    if isinstance(caching, Refused) and caching.status == 404 and not answered:
        help = "look at `project` and `region` in accounts.yaml, and whether the project still exists"
        raise CannotObserve("answers that there is nothing of the project at this location (404)", help)
    by_model = _by_model(entry, found)
    settings, why = ({}, {}) if caching is None else _of_caching(caching)
    beside = tuple(_beside(entry, found, location))
    return Reading(settings, by_model.scoped, (location,), why={**why, **by_model.why}, beside=beside)


def _home(location: str) -> str:
    if location == _GLOBAL:
        return "https://aiplatform.googleapis.com"
    if location in _JURISDICTIONS:
        return f"https://aiplatform.{location}.rep.googleapis.com"
    return f"https://{location}-aiplatform.googleapis.com"


def _model(entry: AccountEntry, name: str) -> str:
    """A model as Google has it: without the publisher, which its endpoint in OpenAI's format wants before the name."""
    bare = name.removeprefix(f"{_PUBLISHERS[entry.offering]}/")
    if _MODEL.fullmatch(bare) is None:
        raise CannotObserve(_NOT_A_MODEL, "give names of single models (`gemini-2.5-pro`), no patterns")
    return bare


def _caching(api: Api, project: str) -> _Caching | Refused:
    return api.get("/v1/projects/{project}/cacheConfig", _Caching, {"project": project})


def _configuration(api: Api, entry: AccountEntry, project: str, location: str, model: str) -> _Configuration | Refused:
    publisher = _PUBLISHERS[entry.offering]
    path = f"/locations/{location}/publishers/{publisher}/models/{model}:fetchPublisherModelConfig"
    return api.get(f"/v1beta1/projects/{{project}}{path}", _Configuration, {"project": project})


def _of_caching(answer: _Caching | Refused) -> tuple[dict[str, SettingValue], dict[str, str]]:
    """What is told of a project's caching, and why the rest is not."""
    if isinstance(answer, Refused):
        return {}, dict.fromkeys(_CACHING, answer.why)
    told: dict[str, SettingValue] = {}
    why: dict[str, str] = {}
    named = isinstance(answer.name, str) and _CACHE_NAME.fullmatch(answer.name) is not None
    if answer.disable_cache is True:
        told["cache_disabled"] = True
    elif named and (answer.disable_cache is False or answer.disable_cache is UNSET):
        told["cache_disabled"] = False
    else:
        why["cache_disabled"] = "the answer does not say"
    kept = answer.retention_config.retention_type if isinstance(answer.retention_config, _Retention) else UNSET
    if isinstance(kept, str) and kept in _RETENTION:
        told["cache_retention"] = _RETENTION[kept]
    else:
        why["cache_retention"] = "the answer does not say, or says what we do not know"
    return told, why


def _by_model(entry: AccountEntry, found: _Configurations) -> Reading:
    scoped: list[ScopedValue] = []
    why: dict[str, str] = {}
    for setting in _BY_MODEL[entry.offering]:
        untold: list[str] = []
        for model, answer in found.items():
            value = answer if isinstance(answer, Refused) else _flag(setting, answer)
            if isinstance(value, bool):
                scoped.append(ScopedValue("models", _names(entry, model), setting, value))
            else:
                untold.append(f"{model}: {_why_not(value)}")
        if untold or not found:
            why[setting] = "; ".join(untold) or _NO_MODELS
    return Reading(scoped=tuple(scoped), why=why)


def _flag(setting: str, answer: _Configuration) -> bool | None:
    """What a configuration says of a setting; None where it says nothing."""
    flag: bool | UnsetType | None = None
    if setting == _CYBER and isinstance(answer.claude_feature_config, _Claude):
        flag = answer.claude_feature_config.advanced_ai_enabled
    if setting == _LOGGING and isinstance(answer.logging_config, _Logging):
        flag = answer.logging_config.enabled
    return False if flag is UNSET else flag


def _names(entry: AccountEntry, model: str) -> tuple[str, ...]:
    """A model as manifests name it."""
    return (model, f"google/{model}") if entry.offering == "gemini-vertex" else (model,)


def _why_not(answer: Refused | None) -> str:
    if answer is None:
        return _NOT_SAID
    return _NO_CONFIGURATION if answer.status == 404 else answer.why


def _beside(entry: AccountEntry, found: _Configurations, location: str) -> Iterator[str]:
    yield f"It was read at {location}; what other locations are set to may differ."
    if entry.offering != "claude-vertex":
        return
    answers = {model: one for model, one in found.items() if isinstance(one, _Configuration)}
    advanced = [model for model, one in answers.items() if _flag(_CYBER, one)]
    if advanced:
        yield f"Advanced AI, under which all prompts are kept, is enabled for {', '.join(advanced)}."
    shared = [model for model, one in answers.items() if one.data_sharing_enabled_provider == "ANTHROPIC"]
    if shared:
        yield f"Sharing of data with Anthropic, where a model requires it, is enabled for {', '.join(shared)}."


READER: Final = Reader(
    vendor="Google Cloud (Vertex AI)",
    offerings=("claude-vertex", "gemini-vertex"),
    tells=(*_CACHING, _LOGGING, _CYBER),
    credentials=CREDENTIALS,
    needs=("project", "region"),
    takes=("models",),
    privilege="roles/aiplatform.viewer on the project, which has aiplatform.cacheConfigs.get",
    read=_read,
    tells_of=lambda entry: _TELLS[entry.offering],
)
