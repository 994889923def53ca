"""Amazon Bedrock: how an account keeps prompts in one or several regions, and whether it logs them itself.

Source: the service models of `bedrock` and `bedrock-runtime` (botocore 1.44) and the user guide ("Data retention",
"Endpoints supported by Amazon Bedrock", "Model invocation logging").

There are two surfaces. The control plane has a mode for what runs at `bedrock-runtime`, the mantle endpoint has one for
what runs there, and no page says that the two are one. Converse and InvokeModel exist at `bedrock-runtime` alone, so
that the control plane settles them. Messages, Chat Completions and Responses exist at both, under the same names:
nothing is known of them unless both surfaces say the same. The mode in force is the project's, then the account's, then
the model's own; `inherit` is none of them, and least of all `none`.

Each region has modes and a logging of its own. What is told is what all regions of the entry say alike, and it is told
of calls alone that stay in them (`bedrock_profiles`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from ....model.manifest import SettingValue
from ....model.observation import AccountEntry
from ..asking import Api, Asking, CannotObserve
from ..model import Reader, Reading, ScopedValue
from . import aws
from .bedrock_profiles import reached
from .bedrock_region import INHERIT, Region, Surface, read_region
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
_DEFAULT_PROJECT: Final = "default"
_CONTROL: Final = "bedrock.{region}.amazonaws.com"
_MANTLE: Final = "bedrock-mantle.{region}.api.aws"
_PROJECT: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
T = TypeVar("T", str, bool)


def _read(entry: AccountEntry, asking: Asking) -> Reading:
    project = _project(entry)
    controls: dict[str, Api] = {}
    regions: dict[str, Region] = {}
    for caller in aws.callers(entry, asking):
        control = controls[caller.region] = caller.api(asking, "bedrock", _CONTROL, "VENDORGATE_BEDROCK_URL")
        # The control plane has said whether it knows who asks. The mantle endpoint may ask for another signature.
        variable = "VENDORGATE_BEDROCK_MANTLE_URL"
        mantle = caller.api(asking, "bedrock-mantle", _MANTLE, variable, wrong_credentials=aws.expired)
        regions[caller.region] = read_region(control, mantle, project)
    _assert_there(regions.values())
    calls = reached(entry.offering, controls)
    mode, scoped, open_why = agreed(entry.offering, regions)
    logged, unclear_why = _agreed_logging(regions)
    found: dict[str, SettingValue | None] = {MODE: mode, LOGGING: logged}
    whys = {MODE: open_why, LOGGING: unclear_why}
    return Reading(
        settings={name: value for name, value in found.items() if value is not None},
        scoped=scoped,
        cloud_regions=tuple(regions),
        models=calls.models,
        why={name: whys[name] for name, value in found.items() if value is None},
        beside=(*_beside(entry, regions), calls.beside),
    )


def _project(entry: AccountEntry) -> str | None:
    """The project that calls name; None for those that name none, which the default project takes."""
    if not isinstance(entry.project, str) or entry.project == _DEFAULT_PROJECT:
        return None
    return id_of(entry, "project", _PROJECT, "the id of a project, such as proj_…, and not its ARN")


def _assert_there(regions: Iterable[Region]) -> None:
    projects = [one.project for each in regions for one in (each.runtime, each.mantle) if one.project is not None]
    if any(one.gone for one in projects) and all(one.mode is None for one in projects):
        words = "knows no project of the id that accounts.yaml gives in any region that it gives"
        raise CannotObserve(words, "correct `project` or `region` in accounts.yaml, or take the account out")


def agreed(offering: str, regions: Mapping[str, Region]) -> tuple[str | None, tuple[ScopedValue, ...], str]:
    """The mode for all calls in all regions, or for some endpoints, and why not for all."""
    each = {name: settled(offering, one.runtime, one.mantle) for name, one in regions.items()}
    everywhere = _same(mode for mode, _, _ in each.values())
    if everywhere is not None:
        return everywhere, (), ""
    why = _why({name: why for name, (_, _, why) in each.items()}, "their modes differ")
    by_endpoint = {
        endpoint: _same(_mode_at(endpoint, mode, scoped) for mode, scoped, _ in each.values())
        for endpoint in ENDPOINTS[offering]
    }
    values = {mode for mode in by_endpoint.values() if mode is not None}
    names = {mode: tuple(one for one in by_endpoint if by_endpoint[one] == mode) for mode in values}
    return None, tuple(ScopedValue("endpoints", names[mode], MODE, mode) for mode in sorted(names)), why


def _mode_at(endpoint: str, everywhere: str | None, scoped: tuple[ScopedValue, ...]) -> str | None:
    return everywhere or next((str(one.value) for one in scoped if endpoint in one.names), None)


def _agreed_logging(regions: Mapping[str, Region]) -> tuple[bool | None, str]:
    """Whether prompts are logged in all regions, or in none, or why nobody knows."""
    why = _why({name: one.why_not_logged for name, one in regions.items()}, "some of them log, and others do not")
    return _same(one.logged for one in regions.values()), why


def _same(values: Iterable[T | None]) -> T | None:
    """What all are; None where they differ, or where one is not known."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _why(whys: Mapping[str, str], differing: str) -> str:
    """Why a thing is not told, by the reasons of regions, of which those that tell it have none."""
    if len(whys) == 1:
        return next(iter(whys.values()))
    given = "; ".join(f"in {region}, {why}" for region, why in whys.items() if why)
    return given or f"it is read in several regions, and {differing}"


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


def _beside(entry: AccountEntry, regions: Mapping[str, Region]) -> tuple[str, ...]:
    said = [f"the modes and the logging are those of {', '.join(regions)} alone"]
    if not isinstance(entry.project, str):
        said.append("they are those of calls that name no project; a project of the account can have a mode of its own")
    if any(one.in_force.mode == INHERIT for each in regions.values() for one in (each.runtime, each.mantle)):
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
        "an IAM role with bedrock:GetAccountDataRetention, bedrock-mantle:GetAccountDataRetention, "
        "bedrock:GetModelInvocationLoggingConfiguration and bedrock:ListInferenceProfiles, and for a project "
        "bedrock:GetProject and bedrock-mantle:GetProject"
    ),
    read=_read,
)
