"""Bedrock, answer by answer: which modes and which logging an answer proves, for which calls, and which it does not."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from botocore.config import Config
from botocore.session import Session

from tests.commands.observe.readers.signing import ENVIRONMENT, KEY, SECRET, TOKEN, failed, signed
from tests.commands.observe.server import (
    Observed,
    Said,
    Told,
    cut,
    in_turn,
    not_observed,
    observed,
    page,
    said,
    serving,
)
from tests.yaml_text import value_of
from vendorgate.commands.observe.model import ScopedValue
from vendorgate.commands.observe.readers import bedrock_region
from vendorgate.commands.observe.readers.bedrock import EITHER, ENDPOINTS, READER, RUNTIME
from vendorgate.commands.observe.readers.table import reader_of
from vendorgate.model.observation import AccountEntry

OFFERINGS: Final = Path(__file__).parents[4] / "registry-snapshot" / "offerings"
MODES: Final = ("none", "default", "aws_review", "provider_data_share", "inherit")
LOGGING_OFF: Final = said({}, plant=False)
CONTROL: Final = "GET /control/data-retention"
LOGGING: Final = "GET /control/logging/modelinvocations"
CONTROL_PROJECT: Final = "GET /control/projects/proj_1"
PROFILES: Final = "GET /control/inference-profiles"
MANTLE: Final = "GET /mantle/v1/data_retention"
MANTLE_PROJECT: Final = "GET /mantle/v1/organization/projects/proj_1"


def control(mode: object = "none") -> dict[str, Any]:
    return {"mode": mode, "updatedAt": "2026-11-02T09:30:00Z"}


def control_project(mode: object, id: str = "proj_1") -> dict[str, Any]:
    arn = "arn:aws:bedrock:eu-central-1:999900001111:project/proj_1"
    shown = {"id": id, "arn": arn, "name": "clinic", "status": "active", "createdAt": "2026-09-01T12:00:00Z"}
    return {**shown, "dataRetention": {"mode": mode}}


def mantle_project(mode: object, id: str = "proj_1") -> dict[str, Any]:
    return {"id": id, "name": "clinic", "data_retention": {"mode": mode}}


USUAL: Final[Mapping[str, Told]] = {
    CONTROL: control(),
    LOGGING: LOGGING_OFF,
    PROFILES: {"inferenceProfileSummaries": []},
    MANTLE: {"mode": "none", "updated_at": 1793612400},
}


def read(
    answers: Mapping[str, Told],
    project: str | None = None,
    offering: str = "claude-bedrock",
    region: str = "eu-central-1",
) -> Observed:
    with serving({**USUAL, **answers}) as server:
        found = observed(READER, entry(project, offering, region), environment(server.url))
    told = f"{found.reading}{found.source}{found.transcript.decode()}"
    assert not [one for one in (TOKEN, "999900001111", "clinic") if one in told], told
    return found


def not_read(answers: Mapping[str, Told], project: str | None = None) -> str:
    with serving({**USUAL, **answers}) as server:
        words = not_observed(READER, entry(project), environment(server.url))
    assert not [one for one in (TOKEN, "999900001111", "clinic", "proj_1") if one in words], words
    return words


def entry(project: str | None = None, offering: str = "claude-bedrock", region: str = "eu-central-1") -> AccountEntry:
    if project is None:
        return AccountEntry(offering=offering, name="prod", region=region)
    return AccountEntry(offering=offering, name="prod", region=region, project=project)


def environment(url: str) -> dict[str, str]:
    return {
        **ENVIRONMENT,
        "VENDORGATE_BEDROCK_URL": f"{url}/control",
        "VENDORGATE_BEDROCK_MANTLE_URL": f"{url}/mantle",
    }


def on(names: tuple[str, ...], mode: str) -> tuple[ScopedValue, ...]:
    return (ScopedValue("endpoints", names, "data_retention_mode", mode),)


CLAUDE: Final = (*RUNTIME, "messages")


@pytest.mark.parametrize("mode", MODES)
def test_mode_on_which_both_surfaces_agree_is_the_mode(mode: str) -> None:
    found = read({CONTROL: control(mode), MANTLE: {"mode": mode}}).reading
    assert found.settings == {"data_retention_mode": mode, "model_invocation_logging": False}
    assert (found.scoped, found.why) == ((), {})


@pytest.mark.parametrize(("mode", "other"), list(itertools.permutations(MODES, 2)))
def test_surfaces_that_differ_settle_what_exists_at_one_alone(mode: str, other: str) -> None:
    found = read({CONTROL: control(mode), MANTLE: {"mode": other}}).reading
    assert "data_retention_mode" not in found.settings
    assert found.scoped == on(RUNTIME, mode)


NO_MODES: Final = [
    {"mode": "sometimes"},
    {"mode": "NONE"},
    {"mode": ""},
    {"mode": None},
    {},
    {"updatedAt": "2026-11-02T09:30:00Z"},
    {"Mode": "none"},
    {"dataRetention": {"mode": "none"}},
]


@pytest.mark.parametrize("answer", NO_MODES)
def test_answer_without_a_mode_proves_nothing(answer: dict[str, Any]) -> None:
    found = read({CONTROL: answer}).reading
    assert found.settings == {"model_invocation_logging": False}
    assert found.scoped == ()
    found = read({MANTLE: answer}).reading
    assert found.settings == {"model_invocation_logging": False}
    assert found.scoped == on(RUNTIME, "none")


REFUSALS: Final = [
    failed("AccessDeniedException"),
    failed("ResourceNotFoundException", 404),
    failed("ValidationException", 400),
    said({"message": "Forbidden"}, 403),
    Said(b"", 204),
]


@pytest.mark.parametrize("answer", REFUSALS)
def test_surface_that_may_not_be_asked_leaves_what_the_other_settles(answer: Said) -> None:
    found = read({MANTLE: answer}).reading
    assert found.scoped == on(RUNTIME, "none")
    found = read({CONTROL: answer}).reading
    assert found.settings == {"model_invocation_logging": False}
    assert found.scoped == ()


@pytest.mark.parametrize("answer", [failed("InvalidSignatureException"), failed("IncompleteSignature", 400), 401])
def test_mantle_that_wants_another_signature_is_unreadable(answer: Told) -> None:
    found = read({MANTLE: answer}).reading
    assert found.scoped == on(RUNTIME, "none")


@pytest.mark.parametrize("answer", [failed("ExpiredTokenException"), failed("ExpiredToken", 400)])
def test_session_that_ends_in_between_ends_it(answer: Said) -> None:
    assert "does not know these credentials" in not_read({MANTLE: answer})


def test_region_without_a_mantle_endpoint_has_a_control_plane_all_the_same() -> None:
    found = read({MANTLE: cut}).reading
    assert found.scoped == on(RUNTIME, "none")
    assert "cannot be reached" in found.why["data_retention_mode"]
    found = read({CONTROL_PROJECT: control_project("default"), MANTLE: cut}, "proj_1").reading
    assert found.scoped == on(RUNTIME, "default")


@pytest.mark.parametrize("answer", [500, page(), b"[]", b"{", {"mode": 1}, {"mode": ["none"]}])
@pytest.mark.parametrize("request_", [CONTROL, MANTLE, LOGGING])
def test_failure_and_another_shape_leave_what_is_known(answer: Told, request_: str) -> None:
    if request_ == LOGGING and isinstance(answer, dict):
        answer = {"loggingConfig": answer["mode"]}
    not_read({request_: answer})


def test_control_plane_that_cannot_be_reached_leaves_what_is_known() -> None:
    assert "cannot be reached" in not_read({CONTROL: cut})


# A project's mode, its account's, and the two surfaces.

BOTH: Final = {CONTROL_PROJECT: control_project("inherit"), MANTLE_PROJECT: mantle_project("inherit")}


def test_project_that_inherits_has_the_accounts_mode() -> None:
    found = read({**BOTH, CONTROL: control("default"), MANTLE: {"mode": "default"}}, "proj_1").reading
    assert found.settings["data_retention_mode"] == "default"


def test_nothing_set_anywhere_is_not_none() -> None:
    found = read({**BOTH, CONTROL: control("inherit"), MANTLE: {"mode": "inherit"}}, "proj_1").reading
    assert found.settings["data_retention_mode"] == "inherit"
    assert any("what each model does by default" in one for one in found.beside)


@pytest.mark.parametrize("mode", MODES[:-1])
def test_project_goes_before_the_account(mode: str) -> None:
    projects: dict[str, Told] = {CONTROL_PROJECT: control_project(mode), MANTLE_PROJECT: mantle_project(mode)}
    accounts: dict[str, Told] = {CONTROL: control("inherit"), MANTLE: {"mode": "inherit"}}
    found = read({**projects, **accounts}, "proj_1").reading
    assert "data_retention_mode" not in found.settings, "a batch names no project"
    assert found.scoped == on(RUNTIME, mode), "what is called at the runtime without a project is the account's"


def test_project_and_account_that_agree_hold_everything() -> None:
    projects: dict[str, Told] = {CONTROL_PROJECT: control_project("none"), MANTLE_PROJECT: mantle_project("none")}
    assert read(projects, "proj_1").reading.settings["data_retention_mode"] == "none"


def test_lax_project_of_a_strict_account_is_lax() -> None:
    projects: dict[str, Told] = {
        CONTROL_PROJECT: control_project("provider_data_share"),
        MANTLE_PROJECT: mantle_project("provider_data_share"),
    }
    found = read(projects, "proj_1").reading
    assert "data_retention_mode" not in found.settings
    assert found.scoped == on(RUNTIME, "provider_data_share")


def test_project_of_the_mantle_endpoint_alone_needs_the_account_to_agree() -> None:
    alone: dict[str, Told] = {
        CONTROL_PROJECT: failed("ResourceNotFoundException", 404),
        MANTLE_PROJECT: mantle_project("none"),
    }
    assert read(alone, "proj_1").reading.settings["data_retention_mode"] == "none"
    found = read({**alone, CONTROL: control("default")}, "proj_1").reading
    assert "data_retention_mode" not in found.settings
    assert found.scoped == on(RUNTIME, "default")
    found = read({**alone, MANTLE: {"mode": "default"}}, "proj_1").reading
    assert found.scoped == on(CLAUDE, "none")


def test_project_of_the_control_plane_alone_settles_its_own_calls() -> None:
    alone: dict[str, Told] = {
        CONTROL_PROJECT: control_project("none"),
        MANTLE_PROJECT: failed("ResourceNotFoundException", 404),
    }
    assert read({**alone, MANTLE: {"mode": "default"}}, "proj_1").reading.scoped == on(RUNTIME, "none")


def test_project_whose_mode_may_not_be_read_is_not_the_accounts() -> None:
    for refusal in (failed("AccessDeniedException"), control_project("sometimes"), {"id": "proj_1"}):
        found = read({**BOTH, CONTROL_PROJECT: refusal}, "proj_1").reading
        assert "data_retention_mode" not in found.settings
        assert found.scoped == ()
        assert found.why["data_retention_mode"]
    found = read({**BOTH, MANTLE_PROJECT: failed("AccessDeniedException")}, "proj_1").reading
    assert found.scoped == on(RUNTIME, "none")


def test_mode_of_a_project_stands_where_the_account_may_not_be_asked() -> None:
    answers: dict[str, Told] = {
        CONTROL: failed("AccessDeniedException"),
        CONTROL_PROJECT: control_project("aws_review"),
    }
    found = read({**answers, MANTLE_PROJECT: mantle_project("aws_review")}, "proj_1").reading
    assert found.scoped == on(RUNTIME, "aws_review")


def test_answer_about_another_project_proves_nothing() -> None:
    answers = {CONTROL_PROJECT: control_project("none", "proj_2"), MANTLE_PROJECT: mantle_project("none", "proj_2")}
    found = read(answers, "proj_1").reading
    assert (dict(found.settings), found.scoped) == ({"model_invocation_logging": False}, ())


@pytest.mark.parametrize("other", [failed("ResourceNotFoundException", 404), failed("AccessDeniedException")])
def test_project_that_is_gone_leaves_what_is_known(other: Said) -> None:
    gone = failed("ResourceNotFoundException", 404)
    assert "knows no project" in not_read({CONTROL_PROJECT: gone, MANTLE_PROJECT: other}, "proj_1")
    assert "knows no project" in not_read({CONTROL_PROJECT: other, MANTLE_PROJECT: gone}, "proj_1")


def test_default_project_is_what_calls_that_name_none_have() -> None:
    named, unnamed = read({}, "default").reading, read({}).reading
    assert named.settings == unnamed.settings
    assert any("name no project" in one for one in unnamed.beside)
    assert not any("name no project" in one for one in named.beside)


ARN: Final = "arn:aws:bedrock:eu-central-1:999900001111:project/proj_1"


@pytest.mark.parametrize("project", [ARN, "../data-retention", "proj 1", "proj_1/x", "", "p" * 65])
def test_nothing_but_an_id_of_a_project_is_asked_for(project: str) -> None:
    with serving({}) as server:
        words = not_observed(READER, entry(project), environment(server.url))
    assert server.asked == []
    assert "`project` for the account that can be none" in words
    assert not project or project not in words


# Logging.

TEXT: Final = {"textDataDeliveryEnabled": True}
BUCKET: Final = {"s3Config": {"bucketName": "planted-ai-logs-999900001111", "keyPrefix": "planted-prefix"}}
GROUP: Final = {
    "cloudWatchConfig": {"logGroupName": "/planted/bedrock", "roleArn": "arn:aws:iam::999900001111:role/planted"}
}
KINDS: Final = ("text", "image", "embedding", "video", "audio")
OFF: Final = {f"{kind}DataDeliveryEnabled": False for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", [BUCKET, GROUP])
def test_logging_of_any_kind_to_any_place_is_on(kind: str, place: dict[str, Any]) -> None:
    config = {**place, **OFF, f"{kind}DataDeliveryEnabled": True}
    found = read({LOGGING: {"loggingConfig": config}})
    assert found.reading.settings["model_invocation_logging"] is True
    assert b"planted" not in found.transcript


def test_answer_without_a_configuration_is_off() -> None:
    empty: tuple[Told, ...] = (LOGGING_OFF, {})
    for answer in empty:
        assert read({LOGGING: answer}).reading.settings["model_invocation_logging"] is False


UNCLEAR: Final = [
    {"loggingConfig": None},
    {"loggingConfig": {}},
    {"loggingConfig": TEXT},
    {"loggingConfig": {**TEXT, "s3Config": None}},
    {"loggingConfig": {**TEXT, "s3Config": {}}},
    {"loggingConfig": {**TEXT, "s3Config": {"bucketName": None}}},
    {"loggingConfig": {**TEXT, "s3Config": {"bucketName": ""}}},
    {"loggingConfig": BUCKET},
    {"loggingConfig": {**BUCKET, **OFF}},
    {"loggingConfig": {**GROUP, "textDataDeliveryEnabled": None}},
    {"loggingConfig": {**GROUP, "thoughtDataDeliveryEnabled": True}},
    {"message": "Not here."},
    {"__type": "UnknownOperationException"},
    {"Output": {"__type": "com.amazon.coral.service#UnknownOperationException"}, "Version": "1.0"},
    {"error": {"message": "no"}},
    failed("AccessDeniedException"),
    failed("ResourceNotFoundException", 404),
    Said(b"", 204),
]


@pytest.mark.parametrize("answer", UNCLEAR)
def test_logging_that_is_not_clear_is_neither_on_nor_off(answer: Told) -> None:
    found = read({LOGGING: answer}).reading
    assert found.settings == {"data_retention_mode": "none"}
    assert found.why["model_invocation_logging"]


# What it is held against.


@pytest.mark.parametrize("offering", READER.offerings)
def test_endpoints_are_the_registrys(offering: str) -> None:
    written = value_of((OFFERINGS / f"{offering}.yaml").read_text())
    assert reader_of(offering) is READER
    named = set(written["endpoints"])
    assert named <= {*ENDPOINTS[offering], "batches"}, "an endpoint of which nobody has thought"
    assert set(ENDPOINTS[offering]) <= named
    assert set(ENDPOINTS[offering]) <= {*RUNTIME, *EITHER}


def test_settings_are_the_registrys() -> None:
    for offering in READER.offerings:
        text = (OFFERINGS / f"{offering}.yaml").read_text()
        assert all(f"usage.settings.{name}" in text for name in READER.tells)


def model() -> Any:
    return Session().get_service_model("bedrock")


@pytest.mark.parametrize(
    ("operation", "path"),
    [
        ("GetAccountDataRetention", "/data-retention"),
        ("GetProject", "/projects/{projectIdentifier}"),
        ("GetModelInvocationLoggingConfiguration", "/logging/modelinvocations"),
        ("ListInferenceProfiles", "/inference-profiles"),
    ],
)
def test_operations_are_botocores(operation: str, path: str) -> None:
    http = model().operation_model(operation).http
    assert (http["method"], http["requestUri"]) == ("GET", path)
    assert f"bedrock:{operation}" in READER.privilege


def test_shapes_are_botocores() -> None:
    shapes = model()
    assert set(shapes.shape_for("DataRetentionMode").enum) == set(MODES)
    project = shapes.shape_for("GetProjectResponse").members
    assert project["dataRetention"].members["mode"].name == "DataRetentionMode"
    assert set(shapes.shape_for("GetModelInvocationLoggingConfigurationResponse").members) == {"loggingConfig"}
    members = set(shapes.shape_for("LoggingConfig").members)
    assert set(bedrock_region.LoggingConfig.__struct_encode_fields__) == members
    assert "bucketName" in shapes.shape_for("S3Config").members
    assert "logGroupName" in shapes.shape_for("CloudWatchConfig").members


def test_calls_of_the_runtime_name_projects_and_batches_do_not() -> None:
    """Why a project's mode counts for Converse and InvokeModel, and not for batches."""
    runtime = Session().get_service_model("bedrock-runtime")
    for operation in ("Converse", "ConverseStream", "InvokeModel", "InvokeModelWithResponseStream"):
        assert "projectIdentifier" in runtime.operation_model(operation).input_shape.members
    assert "projectIdentifier" not in model().operation_model("CreateModelInvocationJob").input_shape.members


def test_answers_of_the_stand_in_are_what_botocores_client_understands() -> None:
    logged = {"loggingConfig": {**BUCKET, **GROUP, **OFF, **TEXT}}
    with serving({CONTROL: control("aws_review"), CONTROL_PROJECT: control_project("none"), LOGGING: logged}) as server:
        client = Session().create_client(
            "bedrock",
            region_name="eu-central-1",
            endpoint_url=f"{server.url}/control",
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
            config=Config(retries={"total_max_attempts": 1}),
        )
        account = client.get_account_data_retention()
        assert account["mode"] == "aws_review"
        assert account["updatedAt"] == datetime.datetime(2026, 11, 2, 9, 30, tzinfo=datetime.timezone.utc)
        assert client.get_project(projectIdentifier="proj_1")["dataRetention"] == {"mode": "none"}
        assert client.get_model_invocation_logging_configuration()["loggingConfig"]["textDataDeliveryEnabled"] is True


def test_each_surface_is_asked_with_its_own_signature_in_its_region() -> None:
    answers: dict[str, Told] = {
        CONTROL: signed(control(), "bedrock", "ap-southeast-2"),
        LOGGING: signed({}, "bedrock", "ap-southeast-2"),
        PROFILES: signed({"inferenceProfileSummaries": []}, "bedrock", "ap-southeast-2"),
        MANTLE: signed({"mode": "none"}, "bedrock-mantle", "ap-southeast-2"),
    }
    found = read(answers, region="ap-southeast-2").reading
    assert found.settings == {"data_retention_mode": "none", "model_invocation_logging": False}


def test_source_says_what_was_asked_without_ids() -> None:
    with serving({**USUAL, **BOTH}) as server:
        found = observed(READER, entry("proj_1"), environment(server.url))
    assert found.source.replace(server.url, "") == (
        "GET /control/data-retention, GET /control/projects/{project}, GET /control/logging/modelinvocations, "
        "GET /mantle/v1/data_retention, GET /mantle/v1/organization/projects/{project}, "
        "GET /control/inference-profiles?maxResults&type"
    )
    assert b"proj_1" not in found.transcript
    assert b"clinic" not in found.transcript


def test_nothing_is_asked_but_by_reading() -> None:
    with serving({**USUAL, **BOTH}) as server:
        observed(READER, entry("proj_1"), environment(server.url))
    assert {one.method for one in server.asked} == {"GET"}
    assert all(not one.body for one in server.asked)


def test_busy_vendor_is_asked_again() -> None:
    found = read({CONTROL: in_turn(said({}, 429, Retry_After="1"), said({}, 503), control())}).reading
    assert found.settings["data_retention_mode"] == "none"


def test_profile_is_no_setting_of_an_account() -> None:
    assert "inference_profile" not in READER.tells
