"""OpenRouter: what a workspace and its default guardrail prove."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.commands.observe.server import Told, cut, not_observed, observed, page, said, serving
from vendorgate.commands.observe.model import Reading
from vendorgate.commands.observe.readers.openrouter import READER
from vendorgate.model.observation import AccountEntry

KEY: Final = "sk-or-v1-management-0123"
ID: Final = "8f0c2a3e-0000-4000-8000-000000000002"
ENTRY: Final = AccountEntry(offering="openrouter", name="phi", workspace="phi")
ANY: Final = AccountEntry(offering="openrouter", name="all")
WORKSPACE: Final = {
    "id": ID,
    "name": "Planted workspace",
    "slug": "phi",
    "created_by": "user_2a",
    "default_guardrail_id": "gr-phi",
    "is_observability_io_logging_enabled": False,
    "io_logging_sampling_rate": 1,
    "io_logging_api_key_ids": None,
    "is_data_discount_logging_enabled": False,
    "is_observability_broadcast_enabled": False,
}
ZDR: Final = {f"enforce_zdr_{maker}": True for maker in ("anthropic", "openai", "google", "xai", "other")}
NO_SAFETY: Final = {"allow_safety_retention_google": False, "allow_safety_retention_other": False}
NO_TRAINING: Final = {
    "enable_paid_model_training": False,
    "enable_free_model_training": False,
    "enable_free_model_publication": False,
}
IDS: Final = (b"gr-phi", b"user_2a", ID.encode(), b"Planted workspace")
ALL_MAKERS: Final = ("anthropic/*", "google/*", "openai/*", "x-ai/*")


def _environment(url: str) -> dict[str, str]:
    return {"OPENROUTER_MANAGEMENT_KEY": KEY, "VENDORGATE_OPENROUTER_URL": f"{url}/api/v1"}


def _answers(guardrail: Told, workspace: Told | None = None) -> dict[str, Told]:
    return {
        "GET /api/v1/workspaces/phi": {"data": WORKSPACE} if workspace is None else workspace,
        "GET /api/v1/guardrails/gr-phi": guardrail,
    }


def _read(answers: dict[str, Told], entry: AccountEntry = ENTRY) -> Reading:
    with serving(answers) as server:
        found = observed(READER, entry, _environment(server.url))
    assert {one.headers["authorization"] for one in server.asked} == {f"Bearer {KEY}"}
    assert [one for one in IDS if one in found.transcript] == []
    return found.reading


def _of_guardrail(**members: Any) -> Reading:
    return _read(_answers({"data": {"id": "gr-phi", "workspace_id": ID, **members}}))


def _told(reading: Reading) -> dict[str, Any]:
    """What the guardrail told: values for all models, and names for which it is true."""
    scoped = {one.setting: one.names for one in reading.scoped}
    assert all(one.value is True for one in reading.scoped)
    own = ("content_logging", "data_sharing")
    return {**{name: value for name, value in reading.settings.items() if name not in own}, **scoped}


@pytest.mark.parametrize("logged", [True, False])
@pytest.mark.parametrize("shared", [True, False])
def test_workspace_tells_logging_and_sharing(logged: bool, shared: bool) -> None:
    flags = {"is_observability_io_logging_enabled": logged, "is_data_discount_logging_enabled": shared}
    reading = _read(_answers(404, {"data": {**WORKSPACE, **flags}}))
    assert reading.settings == {"content_logging": logged, "data_sharing": shared}
    assert reading.beside == ()


def test_logging_of_some_keys_or_requests_is_logging() -> None:
    few = {"io_logging_sampling_rate": 0.0001, "io_logging_api_key_ids": [7]}
    workspace = {**WORKSPACE, "is_observability_io_logging_enabled": True, **few}
    assert _read(_answers(404, {"data": workspace})).settings["content_logging"] is True


@pytest.mark.parametrize("missing", [True, False])
def test_workspace_that_does_not_say_is_unreadable(missing: bool) -> None:
    names = ("is_observability_io_logging_enabled", "is_data_discount_logging_enabled")
    workspace: dict[str, Any] = {**WORKSPACE, **dict.fromkeys(names)}
    if missing:
        workspace = {name: value for name, value in workspace.items() if name not in names}
    reading = _read(_answers(404, {"data": workspace}))
    assert reading.settings == {}
    assert {"content_logging", "data_sharing"} <= set(reading.why)


def test_broadcast_is_told_beside() -> None:
    reading = _read(_answers(404, {"data": {**WORKSPACE, "is_observability_broadcast_enabled": True}}))
    assert "recipients" in " ".join(reading.beside)
    assert reading.settings == {"content_logging": False, "data_sharing": False}


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({**ZDR, **NO_SAFETY}, {"zero_data_retention": True, "zdr_only": True}),
        ({"enforce_zdr": True, **NO_SAFETY}, {"zero_data_retention": True, "zdr_only": True}),
        ({"enforce_zdr": True, **dict.fromkeys(ZDR), **NO_SAFETY}, {"zero_data_retention": True, "zdr_only": True}),
        # A maker's own flag comes before the older one.
        (
            {"enforce_zdr": True, "enforce_zdr_openai": False, **NO_SAFETY},
            {"zero_data_retention": ("anthropic/*", "google/*", "x-ai/*"), "zdr_only": True},
        ),
        ({**ZDR, "enforce_zdr_other": None, **NO_SAFETY}, {"zero_data_retention": ALL_MAKERS, "zdr_only": True}),
        ({**ZDR, "enforce_zdr_other": False, **NO_SAFETY}, {"zero_data_retention": ALL_MAKERS, "zdr_only": True}),
        # What is kept for safety takes it back, and what inherits may be kept.
        (
            {**ZDR, "allow_safety_retention_google": True, "allow_safety_retention_other": False},
            {"zero_data_retention": ("anthropic/*", "openai/*", "x-ai/*")},
        ),
        (
            {**ZDR, "allow_safety_retention_google": False, "allow_safety_retention_other": True},
            {"zero_data_retention": ALL_MAKERS, "zdr_only": ("google/*",)},
        ),
        (
            {**ZDR, "allow_safety_retention_google": None, "allow_safety_retention_other": False},
            {"zero_data_retention": ("anthropic/*", "openai/*", "x-ai/*")},
        ),
        (
            {**ZDR, "allow_safety_retention_google": False, "allow_safety_retention_other": None},
            {"zero_data_retention": ALL_MAKERS, "zdr_only": ("google/*",)},
        ),
        (ZDR, {"zero_data_retention": ("anthropic/*", "openai/*", "x-ai/*")}),
        ({"enforce_zdr_openai": True}, {"zero_data_retention": ("openai/*",)}),
        ({"enforce_zdr_google": True}, {}),
        ({"enforce_zdr_other": True, **NO_SAFETY}, {"zdr_only": True}),
        # Off is never told: the account and each request can demand it.
        ({**dict.fromkeys(ZDR, False), "enforce_zdr": False}, {}),
        ({**dict.fromkeys(ZDR, False), "enforce_zdr": True}, {}),
        ({"enforce_zdr": None}, {}),
        ({}, {}),
        (NO_TRAINING, {"provider_data_collection": "deny"}),
        ({**NO_TRAINING, "enable_free_model_publication": True}, {}),
        ({**NO_TRAINING, "enable_free_model_training": None}, {}),
        ({"enable_paid_model_training": False, "enable_free_model_training": False}, {}),
        (dict.fromkeys(NO_TRAINING, True), {}),
        ({"allowed_data_regions": ["europe"]}, {"endpoint_location": "eu"}),
        ({"allowed_data_regions": ["us"]}, {"endpoint_location": "us"}),
        ({"allowed_data_regions": ["global"]}, {}),
        ({"allowed_data_regions": ["europe", "us"]}, {}),
        ({"allowed_data_regions": ["europe", "global"]}, {}),
        ({"allowed_data_regions": ["europe", "europe"]}, {}),
        ({"allowed_data_regions": ["eu"]}, {}),
        ({"allowed_data_regions": ["Europe"]}, {}),
        ({"allowed_data_regions": ["japan"]}, {}),
        ({"allowed_data_regions": []}, {}),
        ({"allowed_data_regions": None}, {}),
    ],
)
def test_guardrail_proves_only_what_it_enforces(members: dict[str, Any], told: dict[str, Any]) -> None:
    assert _told(_of_guardrail(**members)) == told


def test_no_guardrail_ever_tells_that_something_is_off() -> None:
    """Each flag by itself, in each state, among others that enforce all or nothing."""
    strict = {**ZDR, **NO_SAFETY, **NO_TRAINING, "enforce_zdr": None}
    answers: list[Reading] = []
    for base in (strict, {}):
        for flag in strict:
            answers += [_of_guardrail(**{**base, flag: value}) for value in (True, False, None)]
    told = [value for reading in answers for name, value in _told(reading).items() if name != "endpoint_location"]
    assert False not in told


@pytest.mark.parametrize(
    "told",
    [
        404,  # the id is there before the guardrail is
        403,
        said({}, plant=False),
        {"data": None},
        said({"data": {}}, plant=False),
        {"data": {"id": "gr-unassigned", **ZDR, **NO_SAFETY}},
        {"data": {"id": None, **ZDR, **NO_SAFETY}},
        {"data": {**ZDR, **NO_SAFETY}},
    ],
)
def test_what_is_not_the_default_guardrail_proves_nothing(told: Told) -> None:
    assert _told(_read(_answers(told))) == {}


@pytest.mark.parametrize("id", [None, "", "..", "gr/phi"])
def test_workspace_without_a_default_guardrail_proves_nothing(id: str | None) -> None:
    workspace = {"data": {**WORKSPACE, "default_guardrail_id": id}}
    assert _told(_read({"GET /api/v1/workspaces/phi": workspace})) == {}


@pytest.mark.parametrize("status", [403, 400])
def test_workspace_that_may_not_be_asked_for_is_unreadable(status: int) -> None:
    reading = _read({"GET /api/v1/workspaces/phi": status})
    assert (dict(reading.settings), reading.scoped) == ({}, ())
    assert set(reading.why) == set(READER.tells)


def test_only_workspace_is_meant_where_none_is_named() -> None:
    answers: dict[str, Told] = {
        "GET /api/v1/workspaces?limit=2": {"data": [WORKSPACE], "total_count": 1},
        "GET /api/v1/guardrails/gr-phi": {"data": {"id": "gr-phi", **NO_TRAINING}},
    }
    assert _told(_read(answers, ANY)) == {"provider_data_collection": "deny"}
    assert _read({"GET /api/v1/workspaces": 403}, ANY).settings == {}


@pytest.mark.parametrize(
    "told",
    [
        {"data": [WORKSPACE, {**WORKSPACE, "id": "other"}], "total_count": 2},
        {"data": [WORKSPACE], "total_count": 2},
        {"data": [WORKSPACE]},
        {"data": [WORKSPACE], "total_count": None},
        {"data": [], "total_count": 0},
        {"data": None, "total_count": 1},
        said({}, plant=False),
    ],
)
def test_of_several_workspaces_none_is_taken(told: Told) -> None:
    """Which of them a usage goes through, nothing says; not even that one is called default."""
    with serving({"GET /api/v1/workspaces": told}) as server:
        assert "`workspace`" in not_observed(READER, ANY, _environment(server.url))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (404, "no such workspace"),
        ({"data": {**WORKSPACE, "id": "another", "slug": "another"}}, "another workspace"),
        ({"data": None}, "another workspace"),
        (said({}, plant=False), "another workspace"),
        (401, "does not know these credentials"),
        (500, "status 500"),
        (page(), "a page, not with JSON"),
        (said({}, 301, Location="https://openrouter.example"), "redirect"),
        (cut, "hangs up"),
        ({"data": {**WORKSPACE, "is_data_discount_logging_enabled": "false"}}, "another shape"),
        ({"data": [WORKSPACE]}, "another shape"),
    ],
)
def test_what_is_no_answer_leaves_the_old_observation(told: Told, words: str) -> None:
    with serving({"GET /api/v1/workspaces/phi": told}) as server:
        assert words in not_observed(READER, ENTRY, _environment(server.url))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (401, "credentials"),
        (502, "status 502"),
        (page(), "a page"),
        ({"data": {"id": "gr-phi", **ZDR, "enforce_zdr": 1}}, "shape"),
    ],
)
def test_half_a_conversation_is_none(told: Told, words: str) -> None:
    with serving(_answers(told)) as server:
        assert words in not_observed(READER, ENTRY, _environment(server.url))


def test_workspace_is_found_by_its_id() -> None:
    entry = AccountEntry(offering="openrouter", name="phi", workspace=ID)
    answers: dict[str, Told] = {
        f"GET /api/v1/workspaces/{ID}": {"data": WORKSPACE},
        "GET /api/v1/guardrails/gr-phi": 404,
    }
    assert _read(answers, entry).settings == {"content_logging": False, "data_sharing": False}


def test_without_a_key_nobody_is_asked() -> None:
    with serving({}) as server:
        said_so = not_observed(READER, ENTRY, {"VENDORGATE_OPENROUTER_URL": server.url})
    assert "OPENROUTER_MANAGEMENT_KEY" in said_so
    assert server.asked == []
