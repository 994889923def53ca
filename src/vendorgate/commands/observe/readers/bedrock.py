"""Amazon Bedrock: how an account keeps prompts in one region, and whether it logs them itself.

Source: the service models of `bedrock` and `bedrock-runtime` (botocore 1.44) and the user guide ("Data retention",
"Endpoints supported by Amazon Bedrock", "Model invocation logging").

There are two surfaces. The control plane has a mode for what runs at `bedrock-runtime`, the mantle endpoint has one for
what runs there, and no page says that the two are one. Converse and InvokeModel exist at `bedrock-runtime` alone, so
that the control plane settles them. Messages, Chat Completions and Responses exist at both, under the same names:
nothing is known of them unless both surfaces say the same. The mode in force is the project's, then the account's, then
the model's own; `inherit` is none of them, and least of all `none`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, TypeVar

import msgspec
from msgspec import UNSET, UnsetType, field

from ....model.manifest import SettingValue
from ....model.observation import AccountEntry
from ..asking import Answer, Api, Asking, CannotObserve, Refused, Unreached
from ..model import Reader, Reading, ScopedValue
from . import aws
from .ids import id_of

MODE: Final = "data_retention_mode"
LOGGING: Final = "model_invocation_logging"
RUNTIME: Final = ("converse", "converse stream", "invoke model", "invoke model stream")
"""What exists at `bedrock-runtime` alone."""
EITHER: Final = ("messages", "chat completions", "responses")
"""What exists at both endpoints."""
ENDPOINTS: Final[Mapping[str, tuple[str, ...]]] = {
    "amazon-nova-bedrock": RUNTIME,
    "claude-bedrock": (*RUNTIME, "messages"),
    "llama-bedrock": RUNTIME,
    "openai-bedrock": (*RUNTIME, "chat completions", "responses"),
}
"""Where a call can name a project, by offering. A batch cannot."""
INHERIT: Final = "inherit"
_MODES: Final = ("none", "default", "aws_review", "provider_data_share", INHERIT)
_DEFAULT_PROJECT: Final = "default"
_PROJECT: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CONTROL: Final = "the control plane"
_MANTLE: Final = "the mantle endpoint"


class Mode(Answer, frozen=True):
    """A mode of keeping data."""

    mode: str | UnsetType | None = UNSET


class ControlProject(Answer, frozen=True):
    """A project, as the control plane tells it."""

    passing = ("id",)
    id: str | UnsetType | None = UNSET
    mode: Mode | UnsetType | None = field(default=UNSET, name="dataRetention")


class MantleProject(Answer, frozen=True):
    """A project, as the mantle endpoint tells it."""

    passing = ("id",)
    id: str | UnsetType | None = UNSET
    mode: Mode | UnsetType | None = field(default=UNSET, name="data_retention")


class Bucket(Answer, frozen=True):
    """Where logs go; its name is not kept."""

    passing = ("name",)
    name: str | UnsetType | None = field(default=UNSET, name="bucketName")


class LogGroup(Answer, frozen=True):
    """Where logs go; its name is not kept."""

    passing = ("name",)
    name: str | UnsetType | None = field(default=UNSET, name="logGroupName")


class LoggingConfig(Answer, frozen=True, rename="camel"):
    """What is logged, and where to."""

    cloud_watch_config: LogGroup | UnsetType | None = UNSET
    s3_config: Bucket | UnsetType | None = UNSET
    text_data_delivery_enabled: bool | UnsetType | None = UNSET
    image_data_delivery_enabled: bool | UnsetType | None = UNSET
    embedding_data_delivery_enabled: bool | UnsetType | None = UNSET
    video_data_delivery_enabled: bool | UnsetType | None = UNSET
    audio_data_delivery_enabled: bool | UnsetType | None = UNSET


class Logging(Answer, frozen=True):
    """The logging of a region. Off is told by a member that is not there, so that members of errors are looked for."""

    passing = ("message", "capital_message", "type", "code", "output", "error", "errors")
    config: LoggingConfig | UnsetType | None = field(default=UNSET, name="loggingConfig")
    message: Any = UNSET
    capital_message: Any = field(default=UNSET, name="Message")
    type: Any = field(default=UNSET, name="__type")
    code: Any = UNSET
    output: Any = field(default=UNSET, name="Output")
    error: Any = UNSET
    errors: Any = UNSET


class Told(msgspec.Struct, frozen=True):
    """A mode that one surface tells at one scope, or why it tells none."""

    mode: str | None = None
    why: str = ""
    gone: bool = False
    """Whether it says that there is no such project."""


class Surface(msgspec.Struct, frozen=True):
    """What one surface tells of an account."""

    account: Told
    project: Told | None
    """None where calls name no project."""

    @property
    def in_force(self) -> Told:
        """For the calls of the account; those that name a project that is not here fall to the account's mode."""
        project = self.project
        return self.account if project is None or project.gone or project.mode == INHERIT else project


ProjectType = TypeVar("ProjectType", ControlProject, MantleProject)


def _read(entry: AccountEntry, asking: Asking) -> Reading:
    project = _project(entry)
    caller = aws.caller(entry, asking)
    control = caller.api(asking, "bedrock", "bedrock.{region}.amazonaws.com", "VENDORGATE_BEDROCK_URL")
    # The control plane has said whether it knows who asks. The mantle endpoint may ask for another signature.
    mantle = caller.api(
        asking,
        "bedrock-mantle",
        "bedrock-mantle.{region}.api.aws",
        "VENDORGATE_BEDROCK_MANTLE_URL",
        wrong_credentials=aws.expired,
    )
    runtime = Surface(
        _account(control, "/data-retention", _CONTROL),
        None if project is None else _of_project(control, "/projects/{project}", ControlProject, project, _CONTROL),
    )
    logged, why_not = _logging(control)
    surfaces = (runtime, _mantle(mantle, project))
    _assert_there(surfaces)
    settings: dict[str, SettingValue] = {} if logged is None else {LOGGING: logged}
    why = {LOGGING: why_not} if logged is None else {}
    everywhere, scoped, open_why = settled(entry.offering, *surfaces)
    if everywhere is not None:
        settings[MODE] = everywhere
    else:
        why[MODE] = open_why
    return Reading(settings=settings, scoped=scoped, why=why, beside=_beside(entry, surfaces))


def _project(entry: AccountEntry) -> str | None:
    """The project that calls name; None for those that name none, which the default project takes."""
    if not isinstance(entry.project, str) or entry.project == _DEFAULT_PROJECT:
        return None
    return id_of(entry, "project", _PROJECT, "the id of a project, such as proj_…, and not its ARN")


def _account(api: Api, path: str, surface: str) -> Told:
    answer = api.get(path, Mode)
    return Told(why=f"of {surface}, {answer.why}") if isinstance(answer, Refused) else _told(answer, surface)


def _of_project(api: Api, path: str, type: type[ProjectType], project: str, surface: str) -> Told:
    answer = api.get(path, type, {"project": project})
    if isinstance(answer, Refused):
        return Told(why=f"of the project at {surface}, {answer.why}", gone=answer.status == 404)
    if answer.id != project:
        return Told(why=f"{surface} answers with another project than the one asked for")
    return _told(answer.mode, surface)


def _mantle(api: Api, project: str | None) -> Surface:
    """What the mantle endpoint tells; not every region has one."""
    try:
        return Surface(
            _account(api, "/v1/data_retention", _MANTLE),
            None
            if project is None
            else _of_project(api, "/v1/organization/projects/{project}", MantleProject, project, _MANTLE),
        )
    except Unreached:
        nothing = Told(why=f"{_MANTLE} of this region cannot be reached")
        return Surface(nothing, None if project is None else nothing)


def _told(answer: Mode | UnsetType | None, surface: str) -> Told:
    mode = answer.mode if isinstance(answer, Mode) else None
    if not isinstance(mode, str):
        return Told(why=f"{surface} answers without a mode")
    if mode not in _MODES:
        return Told(why=f"{surface} answers with a mode that is not known here")
    return Told(mode)


def _assert_there(surfaces: tuple[Surface, Surface]) -> None:
    projects = [one.project for one in surfaces if one.project is not None]
    if any(one.gone for one in projects) and all(one.mode is None for one in projects):
        words = "knows no project of the id that accounts.yaml gives in this region"
        raise CannotObserve(words, "correct `project` or `region` in accounts.yaml, or take the account out")


def settled(offering: str, runtime: Surface, mantle: Surface) -> tuple[str | None, tuple[ScopedValue, ...], str]:
    """The mode for all calls, or for some endpoints, and why not for all."""
    here, there = runtime.in_force, mantle.in_force
    if here.mode is None:
        return None, (), here.why
    # At `bedrock-runtime` only Converse and InvokeModel name a project; what else runs there has the account's mode.
    either = here.mode == there.mode == runtime.account.mode
    if either and here.mode == mantle.account.mode:
        return here.mode, (), ""
    names = ENDPOINTS.get(offering, RUNTIME) if either else RUNTIME
    why = there.why or "its surfaces, or the project and the account, have different modes"
    return None, (ScopedValue("endpoints", names, MODE, here.mode),), why


def _logging(api: Api) -> tuple[bool | None, str]:
    """Whether prompts are logged in the region, or why nobody knows."""
    answer = api.get("/logging/modelinvocations", Logging)
    if isinstance(answer, Refused):
        return None, answer.why
    config = answer.config
    if config is UNSET:
        if any(getattr(answer, name) is not UNSET for name in answer.passing):
            return None, "the answer is none that is documented"
        return False, ""
    if config is None:
        return None, "the answer has an empty place where the logging would be"
    places = (config.cloud_watch_config, config.s3_config)
    if not any(isinstance(one, (LogGroup, Bucket)) and one.name for one in places):
        return None, "logging is set up without a place that logs go to"
    if any(getattr(config, name) is True for name in config.__struct_fields__ if name.endswith("_enabled")):
        return True, ""
    return (
        None,
        "logs go somewhere, and no kind of content is switched on: what of a prompt they hold is not documented",
    )


def _beside(entry: AccountEntry, surfaces: tuple[Surface, Surface]) -> tuple[str, ...]:
    said = [f"the modes and the logging are those of {entry.region} alone"]
    if not isinstance(entry.project, str):
        said.append("they are those of calls that name no project; a project of the account can have a mode of its own")
    if any(one.in_force.mode == INHERIT for one in surfaces):
        said.append("where nothing is set, what each model does by default is in force")
    return tuple(said)


READER: Final = Reader(
    vendor="Amazon Bedrock",
    offerings=tuple(ENDPOINTS),
    tells=(MODE, LOGGING),
    credentials=aws.CREDENTIALS,
    needs=("region",),
    takes=("project",),
    privilege=(
        "an IAM role with bedrock:GetAccountDataRetention, bedrock-mantle:GetAccountDataRetention and "
        "bedrock:GetModelInvocationLoggingConfiguration, and for a project bedrock:GetProject and "
        "bedrock-mantle:GetProject"
    ),
    read=_read,
)
