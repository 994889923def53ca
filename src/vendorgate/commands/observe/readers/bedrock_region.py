"""What one region of Bedrock tells of an account: both surfaces' modes, and the logging.

In: the two APIs of a region, a project or none. Out: each mode and the logging, or why nobody knows. Refuses to know
which of them is in force for a call.
"""

from __future__ import annotations

from typing import Any, Final, TypeVar

import msgspec
from msgspec import UNSET, UnsetType, field

from ..asking import Answer, Api, Refused, Unreached

INHERIT: Final = "inherit"
_MODES: Final = ("none", "default", "aws_review", "provider_data_share", INHERIT)
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


class Region(msgspec.Struct, frozen=True):
    """What one region tells of an account."""

    runtime: Surface
    mantle: Surface
    logged: bool | None = None
    why_not_logged: str = ""


ProjectType = TypeVar("ProjectType", ControlProject, MantleProject)


def read_region(control: Api, mantle: Api, project: str | None) -> Region:
    """Ask both surfaces of a region, of an account and a project of it."""
    runtime = Surface(
        _account(control, "/data-retention", _CONTROL),
        None if project is None else _of_project(control, "/projects/{project}", ControlProject, project, _CONTROL),
    )
    logged, why_not = _logging(control)
    return Region(runtime, _mantle(mantle, project), logged, why_not)


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
