"""What answers of Anthropic prove: each value that is documented, and everything else, which proves nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import pytest

from tests.commands.observe.server import Server, Told, cut, not_observed, observed, page, said, serving
from vendorgate.commands.observe.readers.anthropic import READER
from vendorgate.model.observation import AccountEntry

ADMIN: Final = "sk-ant-admin01-hunter2-0123456789"
COMPLIANCE: Final = "sk-ant-api01-hunter2-9876543210"
ORGANIZATION: Final = "2f6e0f0a-7c1b-4a53-9d3e-6f9a3d7f1c22"
OTHER: Final = "00000000-7c1b-4a53-9d3e-6f9a3d7f1c22"
WORKSPACE: Final = "wrkspc_01UsOnly77"
ME: Final = "GET /v1/organizations/me"
SETTINGS: Final = f"GET /v1/compliance/organizations/{ORGANIZATION}/settings"
WORKSPACES: Final = "GET /v1/organizations/workspaces"
ALL: Final = f"{WORKSPACES}?include_default=true&limit=1000"
ONE: Final = f"{WORKSPACES}/{WORKSPACE}"

BARE: Final = AccountEntry(offering="anthropic-api")
NAMED: Final = AccountEntry(offering="anthropic-api", organization=ORGANIZATION)
IN_WORKSPACE: Final = AccountEntry(offering="anthropic-api", name="phi", workspace=WORKSPACE)
BOTH: Final = AccountEntry(offering="anthropic-api", organization=ORGANIZATION, workspace=WORKSPACE)

RETENTION_ROW: Final = "api_zero_data_retention_enabled"
HIPAA_ROW: Final = "hipaa_compliance_enabled"
OWN: Final[dict[str, Any]] = {"type": "organization", "id": ORGANIZATION, "name": "Northwind"}

NO_ANSWER: Final[Mapping[str, Told]] = {
    "401": 401,
    "500": 500,
    "529": 529,
    "429": 429,
    "cut": cut,
    "a page": page(),
    "a list": [{}],
    "nothing": b"",
    "another shape": {
        "id": 7,
        "organization_id": 7,
        "data": 7,
    },
    "a redirect": said({}, 308, Location="https://elsewhere.invalid/"),
}
"""Answers that let nothing be said of the account."""


def row(name: str, value: object, type: object = "boolean") -> dict[str, Any]:
    """A setting of an organization."""
    return {"name": name, "type": type, "value": value}


def effective(*rows: object, **more: Any) -> dict[str, Any]:
    """The settings of an organization, with some that nobody reads."""
    others = [
        row("access_transparency_enabled", False),
        row("frontier_data_use_enabled", True),
        row(
            "data_retention_periods", {"all": {"type": "fixed", "duration": 3, "timescale": "month"}}, "data_retention"
        ),
        row("domains", ["hunter2.example"], "string_list"),
    ]
    key = {"type": "compliance_api_key", "id": "apikey_01Gate", "name": "hunter2", "created_by_id": "user_hunter2"}
    return {
        "type": "effective_organization_settings",
        "organization_id": ORGANIZATION,
        "settings": [*others, *rows],
        "api_keys": [key],
        **more,
    }


def workspace(id: str = WORKSPACE, **residency: Any) -> dict[str, Any]:
    """A workspace, only for the US unless something else is said; None leaves a member out."""
    told = {"workspace_geo": "us", "allowed_inference_geos": ["us"], "default_inference_geo": "us", **residency}
    return {
        "type": "workspace",
        "id": id,
        "name": "hunter2",
        "created_at": "2026-02-11T08:15:00Z",
        "archived_at": None,
        "compartment_id": "cmp_hunter2",
        "display_color": "#3B7A57",
        "external_key_id": None,
        "user_profile_id": None,
        "tags": {"team": "hunter2"},
        "data_residency": {name: value for name, value in told.items() if value != "left out"},
    }


def listed(*workspaces: dict[str, Any], more: object = False) -> dict[str, Any]:
    """A page of workspaces."""
    last = workspaces[-1]["id"] if workspaces else None
    return {"data": [*workspaces], "has_more": more, "first_id": None, "last_id": last}


@contextmanager
def anthropic(
    answers: Mapping[str, Told], admin: str | None = ADMIN, compliance: str | None = COMPLIANCE
) -> Iterator[tuple[Server, dict[str, str]]]:
    """A stand-in, and an environment that leads there."""
    with serving(answers) as server:
        keys = {"ANTHROPIC_ADMIN_KEY": admin, "ANTHROPIC_COMPLIANCE_KEY": compliance}
        environment = {name: key for name, key in keys.items() if key is not None}
        yield server, {**environment, "VENDORGATE_ANTHROPIC_URL": server.url}


# Zero data retention and HIPAA.


def test_organization_without_the_arrangement_has_none() -> None:
    rows = effective(row(RETENTION_ROW, False), row(HIPAA_ROW, False))
    with anthropic({SETTINGS: rows}, admin=None) as (_, environment):
        settings = observed(READER, NAMED, environment).reading.settings
        assert dict(settings) == {"zero_data_retention": False, "hipaa_readiness": False}


@pytest.mark.parametrize("entry", [NAMED, BOTH], ids=["organization", "workspace"])
def test_arrangement_of_the_organization_proves_nothing_of_a_workspace(entry: AccountEntry) -> None:
    rows = effective(row(RETENTION_ROW, True), row(HIPAA_ROW, True))
    with anthropic({ME: OWN, SETTINGS: rows, ONE: workspace(), ALL: listed(workspace())}) as (_, environment):
        reading = observed(READER, entry, environment).reading
        assert reading.settings["hipaa_readiness"] is True
        assert "zero_data_retention" not in reading.settings
        assert "workspace" in reading.why["zero_data_retention"]
        assert reading.beside == ("the organization has zero retention arranged",)


NO_ROW: Final[Mapping[str, tuple[object, ...]]] = {
    "no row": (),
    "null": (row("NAME", None),),
    "a text": (row("NAME", "false"),),
    "a number": (row("NAME", 0),),
    "an object": (row("NAME", {"value": False}),),
    "no value": ({"name": "NAME", "type": "boolean"},),
    "another type": (row("NAME", False, "integer"),),
    "no type": ({"name": "NAME", "value": False},),
    "null type": (row("NAME", False, None),),
    "an unlisted type": (row("NAME", False, "tristate"),),
    "twice": (row("NAME", False), row("NAME", True)),
    "twice the same": (row("NAME", False), row("NAME", False)),
    "another name": (row("claude_enterprise_claude_code_zero_data_retention_enabled", False),),
    "an empty row": ({},),
}


@pytest.mark.parametrize("rows", NO_ROW.values(), ids=NO_ROW)
@pytest.mark.parametrize(
    ("setting", "name", "other", "other_name"),
    [
        ("zero_data_retention", RETENTION_ROW, "hipaa_readiness", HIPAA_ROW),
        ("hipaa_readiness", HIPAA_ROW, "zero_data_retention", RETENTION_ROW),
    ],
)
def test_row_that_says_anything_else_proves_nothing(
    rows: tuple[dict[str, Any], ...], setting: str, name: str, other: str, other_name: str
) -> None:
    sly = [{**one, "name": name} if one.get("name") == "NAME" else one for one in rows]
    with anthropic({SETTINGS: effective(*sly, row(other_name, False))}, admin=None) as (_, environment):
        assert dict(observed(READER, NAMED, environment).reading.settings) == {other: False}


@pytest.mark.parametrize("more", [{"settings": None}, {"settings": []}], ids=str)
def test_answer_without_rows_proves_nothing(more: dict[str, Any]) -> None:
    with anthropic({SETTINGS: effective(**more)}, admin=None) as (_, environment):
        assert dict(observed(READER, NAMED, environment).reading.settings) == {}


@pytest.mark.parametrize("more", [{"organization_id": OTHER}, {"organization_id": None}], ids=str)
def test_answer_about_another_organization_lets_nothing_be_said(more: dict[str, Any]) -> None:
    rows = effective(row(HIPAA_ROW, True), **more)
    with anthropic({SETTINGS: rows}, admin=None) as (_, environment):
        assert "another organization" in not_observed(READER, NAMED, environment)


def test_empty_object_lets_nothing_be_said() -> None:
    with anthropic({SETTINGS: {}}, admin=None) as (_, environment):
        assert "another organization" in not_observed(READER, NAMED, environment)


@pytest.mark.parametrize("answer", [403, 400, page(403), said(effective(row(HIPAA_ROW, True)), 403)], ids=str)
def test_settings_that_may_not_be_asked_prove_nothing(answer: Told) -> None:
    with anthropic({SETTINGS: answer}, admin=None) as (_, environment):
        reading = observed(READER, NAMED, environment).reading
        assert dict(reading.settings) == {}
        assert "40" in reading.why["hipaa_readiness"]


def test_404_of_an_organization_that_is_there_means_that_it_is_not_enabled() -> None:
    answers: dict[str, Told] = {ME: OWN, SETTINGS: 404, ALL: listed(workspace())}
    with anthropic(answers) as (_, environment):
        reading = observed(READER, NAMED, environment).reading
        assert dict(reading.settings) == {"workspace_geo": "us", "inference_geo": "us"}
        assert "404" in reading.why["zero_data_retention"]


def test_404_of_an_organization_that_nobody_vouches_for_lets_nothing_be_said() -> None:
    with anthropic({SETTINGS: 404}, admin=None) as (_, environment):
        assert "knows no such organization" in not_observed(READER, NAMED, environment)
    with anthropic({ME: 403, SETTINGS: 404}) as (_, environment):
        assert "knows no such organization" in not_observed(READER, NAMED, environment)


# Where a workspace is.


@pytest.mark.parametrize(
    ("residency", "settings"),
    [
        ({}, {"workspace_geo": "us", "inference_geo": "us"}),
        ({"allowed_inference_geos": ["global"]}, {"workspace_geo": "us", "inference_geo": "global"}),
        ({"default_inference_geo": "global"}, {"workspace_geo": "us", "inference_geo": "us"}),
        ({"allowed_inference_geos": ["us", "us"]}, {"workspace_geo": "us", "inference_geo": "us"}),
        ({"allowed_inference_geos": "unrestricted"}, {"workspace_geo": "us"}),
        ({"allowed_inference_geos": ["us", "global"]}, {"workspace_geo": "us"}),
        ({"allowed_inference_geos": ["global", "us"]}, {"workspace_geo": "us"}),
        ({"allowed_inference_geos": []}, {"workspace_geo": "us"}),
        ({"allowed_inference_geos": "us"}, {"workspace_geo": "us"}),
        ({"allowed_inference_geos": ["eu"]}, {"workspace_geo": "us"}),
        ({"allowed_inference_geos": ["US"]}, {"workspace_geo": "us"}),
        ({"allowed_inference_geos": ["unrestricted"]}, {"workspace_geo": "us"}),
        ({"allowed_inference_geos": None}, {"workspace_geo": "us"}),
        ({"allowed_inference_geos": "left out"}, {"workspace_geo": "us"}),
        ({"workspace_geo": "eu"}, {"inference_geo": "us"}),
        ({"workspace_geo": "US"}, {"inference_geo": "us"}),
        ({"workspace_geo": "global"}, {"inference_geo": "us"}),
        ({"workspace_geo": ""}, {"inference_geo": "us"}),
        ({"workspace_geo": None}, {"inference_geo": "us"}),
        ({"workspace_geo": "left out"}, {"inference_geo": "us"}),
    ],
    ids=str,
)
@pytest.mark.parametrize("entry", [IN_WORKSPACE, BARE], ids=["named", "the only one"])
def test_place_is_told_where_the_answer_proves_it(
    entry: AccountEntry, residency: dict[str, Any], settings: dict[str, str]
) -> None:
    one = workspace(**residency)
    with anthropic({ONE: one, ALL: listed(one)}, compliance=None) as (_, environment):
        assert dict(observed(READER, entry, environment).reading.settings) == settings


@pytest.mark.parametrize(
    ("allowed", "why"),
    [
        ("unrestricted", "every place of inference is allowed"),
        (["us", "global"], "more than one place of inference is allowed"),
        (["eu"], "not known"),
        (None, "does not say"),
    ],
    ids=str,
)
def test_reason_says_what_would_have_to_be_changed(allowed: object, why: str) -> None:
    with anthropic({ONE: workspace(allowed_inference_geos=allowed)}, compliance=None) as (_, environment):
        assert why in observed(READER, IN_WORKSPACE, environment).reading.why["inference_geo"]


@pytest.mark.parametrize("residency", [None, {}, "left out"], ids=str)
def test_workspace_without_places_proves_none(residency: object) -> None:
    one = {name: value for name, value in (workspace() | {"data_residency": residency}).items() if value != "left out"}
    with anthropic({ONE: one}, compliance=None) as (_, environment):
        assert dict(observed(READER, IN_WORKSPACE, environment).reading.settings) == {}


@pytest.mark.parametrize("answer", [403, 400, page(403), said(workspace(), 403)], ids=str)
def test_workspace_that_may_not_be_asked_proves_no_place(answer: Told) -> None:
    with anthropic({ONE: answer}, compliance=None) as (_, environment):
        assert dict(observed(READER, IN_WORKSPACE, environment).reading.settings) == {}
    with anthropic({ALL: answer}, compliance=None) as (_, environment):
        assert dict(observed(READER, BARE, environment).reading.settings) == {}


def test_default_workspace_that_only_the_list_has_is_found() -> None:
    pages: dict[str, Told] = {
        ALL: listed(workspace("wrkspc_a", workspace_geo="eu"), more=True),
        f"{ALL}&after_id=wrkspc_a": listed(workspace("wrkspc_b", workspace_geo="eu"), workspace()),
    }
    with anthropic({ONE: 404, **pages}, compliance=None) as (_, environment):
        settings = observed(READER, IN_WORKSPACE, environment).reading.settings
        assert dict(settings) == {"workspace_geo": "us", "inference_geo": "us"}


@pytest.mark.parametrize(
    "answer", [listed(workspace("wrkspc_a")), listed(), 403, 404], ids=["others", "none", "403", "404"]
)
def test_workspace_that_is_gone_lets_nothing_be_said(answer: Told) -> None:
    with anthropic({ONE: 404, ALL: answer}, compliance=None) as (_, environment):
        assert "knows no workspace" in not_observed(READER, IN_WORKSPACE, environment)


def test_archived_workspace_lets_nothing_be_said() -> None:
    gone = workspace() | {"archived_at": "2026-08-01T00:00:00Z"}
    with anthropic({ONE: gone}, compliance=None) as (_, environment):
        assert "archived" in not_observed(READER, IN_WORKSPACE, environment)
    with anthropic({ONE: 404, ALL: listed(gone)}, compliance=None) as (_, environment):
        assert "archived" in not_observed(READER, IN_WORKSPACE, environment)


@pytest.mark.parametrize("answer", [{}, workspace("wrkspc_other")], ids=["empty", "other"])
def test_answer_about_another_workspace_lets_nothing_be_said(answer: Told) -> None:
    with anthropic({ONE: answer}, compliance=None) as (_, environment):
        assert "another workspace" in not_observed(READER, IN_WORKSPACE, environment)


# Where all workspaces are, when none is named.


def test_value_that_all_workspaces_have_is_the_accounts() -> None:
    old = workspace("wrkspc_old", workspace_geo="eu") | {"archived_at": "2026-08-01T00:00:00Z"}
    pages: dict[str, Told] = {
        ALL: listed(workspace("wrkspc_a"), old, more=True),
        f"{ALL}&after_id=wrkspc_old": listed(workspace("wrkspc_b", allowed_inference_geos="unrestricted")),
    }
    with anthropic(pages, compliance=None) as (server, environment):
        found = observed(READER, BARE, environment)
        assert dict(found.reading.settings) == {"workspace_geo": "us"}
        assert "2 workspaces do not all say the same" in found.reading.why["inference_geo"]
        assert b"wrkspc" not in found.transcript
        assert len(server.asked) == 2


def test_one_workspace_that_says_nothing_takes_the_value_from_all() -> None:
    silent = workspace("wrkspc_b", workspace_geo=None, allowed_inference_geos=["us", "global"])
    with anthropic({ALL: listed(workspace("wrkspc_a"), silent)}, compliance=None) as (_, environment):
        assert dict(observed(READER, BARE, environment).reading.settings) == {}


def test_no_workspace_proves_no_place() -> None:
    with anthropic({ALL: listed()}, compliance=None) as (_, environment):
        assert dict(observed(READER, BARE, environment).reading.settings) == {}


@pytest.mark.parametrize("key", ["sk-ant-api03-hunter2", "sk-ant-oat01-hunter2"])
def test_key_that_is_not_shown_every_workspace_proves_nothing_of_all(key: str) -> None:
    with anthropic({ONE: workspace()}, admin=key, compliance=None) as (server, environment):
        reading = observed(READER, BARE, environment).reading
        assert dict(reading.settings) == {}
        assert server.asked == []
        assert observed(READER, IN_WORKSPACE, environment).reading.settings["inference_geo"] == "us"


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"data": None, "has_more": False},
        listed(workspace(), more=None),
        listed(workspace(), more=True) | {"last_id": None},
        listed(workspace(), more=True) | {"last_id": ""},
    ],
    ids=lambda value: str(value)[:30],
)
def test_list_that_is_not_whole_lets_nothing_be_said(answer: Told) -> None:
    with anthropic({WORKSPACES: answer}, compliance=None) as (_, environment):
        assert not_observed(READER, BARE, environment)


def test_list_that_is_refused_on_the_way_proves_nothing() -> None:
    pages: dict[str, Told] = {ALL: listed(workspace(), more=True), f"{ALL}&after_id={WORKSPACE}": 403}
    with anthropic(pages, compliance=None) as (_, environment):
        assert dict(observed(READER, BARE, environment).reading.settings) == {}


def test_page_without_workspaces_is_not_the_end_of_them() -> None:
    pages: dict[str, Told] = {ALL: listed(workspace(), more=True), f"{ALL}&after_id={WORKSPACE}": {"has_more": False}}
    with anthropic(pages, compliance=None) as (_, environment):
        assert "list of workspaces that has none" in not_observed(READER, BARE, environment)


# Whose settings, and by which key.


def test_organization_is_the_admin_keys_where_none_is_named() -> None:
    answers: dict[str, Told] = {ME: OWN, SETTINGS: effective(row(HIPAA_ROW, True)), ALL: listed(workspace())}
    with anthropic(answers) as (_, environment):
        settings = observed(READER, BARE, environment).reading.settings
        assert dict(settings) == {"hipaa_readiness": True, "workspace_geo": "us", "inference_geo": "us"}


def test_keys_go_each_to_its_own_questions() -> None:
    answers: dict[str, Told] = {ME: OWN, SETTINGS: effective(), ONE: workspace()}
    with anthropic(answers) as (server, environment):
        found = observed(READER, BOTH, environment)
        keys = {asked.target: asked.headers["x-api-key"] for asked in server.asked}
        assert {key for target, key in keys.items() if "/compliance/" in target} == {COMPLIANCE}
        assert {key for target, key in keys.items() if "/compliance/" not in target} == {ADMIN}
        assert {asked.headers["anthropic-version"] for asked in server.asked} == {"2023-06-01"}
        assert found.source.replace(server.url, "") == (
            "GET /v1/organizations/me, GET /v1/compliance/organizations/{organization}/settings, "
            "GET /v1/organizations/workspaces/{workspace}"
        )


def test_kept_are_the_rows_that_were_read_and_no_keys() -> None:
    rows = effective(row(RETENTION_ROW, False), row(HIPAA_ROW, {"hunter2": "hunter2"}))
    with anthropic({SETTINGS: rows}, admin=None) as (_, environment):
        kept = observed(READER, NAMED, environment).transcript.decode()
        assert "hunter2" not in kept
        assert "apikey" not in kept
        assert ORGANIZATION not in kept
        assert "data_retention_periods" not in kept
        assert kept.count('"value": false') == 1


@pytest.mark.parametrize("id", [OTHER, OTHER.upper()])
def test_admin_key_of_another_organization_lets_nothing_be_said(id: str) -> None:
    with anthropic({ME: {**OWN, "id": id}}) as (server, environment):
        assert "another organization" in not_observed(READER, BOTH, environment)
        assert server.requests == [ME]


def test_same_organization_in_other_letters_is_the_same() -> None:
    with anthropic({ME: {**OWN, "id": ORGANIZATION.upper()}, ONE: workspace()}, compliance=None) as (_, environment):
        assert observed(READER, BOTH, environment).reading.settings["workspace_geo"] == "us"


@pytest.mark.parametrize("answer", [403, 404, {}, {"id": None}], ids=str)
def test_key_of_which_nobody_says_whose_it_is_proves_no_place_of_a_named_organization(answer: Told) -> None:
    with anthropic({ME: answer, SETTINGS: effective(row(HIPAA_ROW, True))}) as (server, environment):
        assert dict(observed(READER, BOTH, environment).reading.settings) == {"hipaa_readiness": True}
        assert server.requests == [ME, SETTINGS]


@pytest.mark.parametrize("answer", [403, 404, {}, {"id": None}], ids=str)
def test_organization_that_nobody_names_is_asked_for_nothing(answer: Told) -> None:
    with anthropic({ME: answer, ALL: listed(workspace())}) as (_, environment):
        reading = observed(READER, BARE, environment).reading
        assert dict(reading.settings) == {"workspace_geo": "us", "inference_geo": "us"}
        assert "nobody says" in reading.why["hipaa_readiness"]


def test_compliance_key_alone_needs_the_organization() -> None:
    with anthropic({}, admin=None) as (_, environment):
        assert "organization" in not_observed(READER, BARE, environment)


@pytest.mark.parametrize("id", [f"org_{ORGANIZATION}", f"org-{ORGANIZATION}", "northwind", "..", f"{ORGANIZATION}/x"])
def test_id_that_is_no_uuid_is_asked_for_nothing(id: str) -> None:
    with anthropic({}) as (_, environment):
        entry = AccountEntry(offering="anthropic-api", organization=id)
        assert "UUID" in not_observed(READER, entry, environment)


def test_without_any_key_nothing_is_asked() -> None:
    with anthropic({}, admin=" ", compliance="") as (_, environment):
        words = not_observed(READER, BOTH, environment)
        assert "ANTHROPIC_ADMIN_KEY" in words
        assert "ANTHROPIC_COMPLIANCE_KEY" in words


def test_key_that_is_missing_is_named_for_all_that_it_would_tell() -> None:
    with anthropic({ALL: listed(workspace())}, compliance=None) as (_, environment):
        why = observed(READER, BARE, environment).reading.why
        missing = "the environment has no ANTHROPIC_COMPLIANCE_KEY"
        assert why == {"zero_data_retention": missing, "hipaa_readiness": missing}
    with anthropic({SETTINGS: effective(row(HIPAA_ROW, True), row(RETENTION_ROW, False))}, admin=None) as (
        _,
        environment,
    ):
        why = observed(READER, NAMED, environment).reading.why
        missing = "the environment has no ANTHROPIC_ADMIN_KEY"
        assert why == {"workspace_geo": missing, "inference_geo": missing}


def test_workspace_that_is_named_is_not_left_out_for_want_of_a_key() -> None:
    with anthropic({}, admin=None) as (_, environment):
        assert "no ANTHROPIC_ADMIN_KEY" in not_observed(READER, BOTH, environment)


def test_key_for_inference_is_never_sent() -> None:
    with anthropic({}, admin=None, compliance=None) as (server, environment):
        assert not_observed(READER, BARE, {**environment, "ANTHROPIC_API_KEY": ADMIN})
        assert server.asked == []


@pytest.mark.parametrize("request_", [ME, SETTINGS, ONE, ALL])
@pytest.mark.parametrize("answer", NO_ANSWER.values(), ids=NO_ANSWER)
def test_failure_lets_nothing_be_said(request_: str, answer: Told) -> None:
    entry = NAMED if request_ == ALL else BOTH
    answers: dict[str, Told] = {ME: OWN, SETTINGS: effective(), ONE: workspace(), ALL: listed(workspace())}
    with anthropic({**answers, request_: answer}) as (server, environment):
        assert not_observed(READER, entry, environment)
        assert request_ in server.requests
