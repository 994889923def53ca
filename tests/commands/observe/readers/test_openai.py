"""What answers of OpenAI prove: each value that is documented, and everything else, which proves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import pytest
from msgspec import UNSET

from tests.commands.observe.server import Server, Told, cut, not_observed, observed, page, said, serving
from vendorgate.commands.observe.readers.openai import READER
from vendorgate.model.observation import AccountEntry

KEY: Final = "sk-admin-hunter2-0123456789"
PROJECT: Final = "proj_clinicEu7"
PROJECTS: Final = "GET /v1/organization/projects"
ONE: Final = f"{PROJECTS}/{PROJECT}"
OWN: Final = f"{ONE}/data_retention"
WHOLE: Final = "GET /v1/organization/data_retention"
ENTRY: Final = AccountEntry(offering="openai-api", name="eu-prod", project=PROJECT)
NO_PROJECT: Final = AccountEntry(offering="openai-api", name="eu-prod")

NOTHING: Final[Mapping[str, Told]] = {
    "an unlisted value": {"type": "regional_zero_data_retention"},
    "another case": {"type": "ZERO_DATA_RETENTION"},
    "white space": {"type": " zero_data_retention"},
    "an empty text": {"type": ""},
    "null": {"type": None},
    "no member": {"object": "project.data_retention"},
    "another member": {"data_retention": "zero_data_retention"},
    "an empty object": {},
    "403": 403,
    "404": 404,
    "400": 400,
    "a page with 403": page(403),
    "the value with 404": said({"type": "zero_data_retention"}, 404),
    "the value with 206": said({"type": "zero_data_retention"}, 206),
}
"""Answers that prove nothing of retention."""
NO_ANSWER: Final[Mapping[str, Told]] = {
    "401": 401,
    "500": 500,
    "503": 503,
    "429": 429,
    "cut": cut,
    "a page": page(),
    "a list": [{"type": "zero_data_retention"}],
    "a number": b"1",
    "nothing": b"",
    "true": {"type": True, "id": 7},
    "a redirect": said({"type": "zero_data_retention"}, 307, Location="https://elsewhere.invalid/"),
}
"""Answers that let nothing be said of the account."""


def project(residency: object = "EU_STORAGE_PROCESSING", **more: Any) -> dict[str, Any]:
    """A project, as the API has it."""
    return {
        "id": PROJECT,
        "object": "organization.project",
        "name": "clinic-eu-prod",
        "created_at": 1767225600,
        "archived_at": None,
        "status": "active",
        "external_key_id": "extkey_41c",
        "residency": residency,
        **more,
    }


def own(type: object) -> dict[str, Any]:
    """A project's retention."""
    return {"object": "project.data_retention", "type": type}


def whole(type: object) -> dict[str, Any]:
    """An organization's retention."""
    return {"object": "organization.data_retention", "type": type}


@contextmanager
def openai(answers: Mapping[str, Told]) -> Iterator[tuple[Server, dict[str, str]]]:
    """A stand-in, and an environment that leads there."""
    with serving(answers) as server:
        yield server, {"OPENAI_ADMIN_KEY": KEY, "VENDORGATE_OPENAI_URL": server.url}


# Zero data retention.


@pytest.mark.parametrize(
    ("type", "value"),
    [
        ("zero_data_retention", True),
        ("enhanced_zero_data_retention", True),
        ("modified_abuse_monitoring", False),
        ("enhanced_modified_abuse_monitoring", False),
        ("none", False),
    ],
)
def test_control_of_a_project_is_read_without_the_organization(type: str, value: bool) -> None:
    with openai({ONE: project(), OWN: own(type)}) as (server, environment):
        assert observed(READER, ENTRY, environment).reading.settings["zero_data_retention"] is value
        assert server.requests == [ONE, OWN]


@pytest.mark.parametrize(
    ("type", "value"),
    [
        ("zero_data_retention", True),
        ("enhanced_zero_data_retention", True),
        ("modified_abuse_monitoring", False),
        ("enhanced_modified_abuse_monitoring", False),
    ],
)
def test_project_that_takes_the_organizations_control_has_that(type: str, value: bool) -> None:
    with openai({ONE: project(), OWN: own("organization_default"), WHOLE: whole(type)}) as (server, environment):
        assert observed(READER, ENTRY, environment).reading.settings["zero_data_retention"] is value
        assert server.requests == [ONE, OWN, WHOLE]


@pytest.mark.parametrize("answer", NOTHING.values(), ids=NOTHING)
def test_anything_else_of_a_project_proves_nothing(answer: Told) -> None:
    with openai({ONE: project(), OWN: answer}) as (_, environment):
        reading = observed(READER, ENTRY, environment).reading
        assert "zero_data_retention" not in reading.settings
        assert reading.region == "eu"


@pytest.mark.parametrize(
    "answer",
    [*NOTHING.values(), whole("none"), whole("organization_default")],
    ids=[*NOTHING, "none, which an organization cannot have", "its own default"],
)
def test_anything_else_of_the_organization_proves_nothing(answer: Told) -> None:
    with openai({ONE: project(), OWN: own("organization_default"), WHOLE: answer}) as (_, environment):
        reading = observed(READER, ENTRY, environment).reading
        assert "zero_data_retention" not in reading.settings
        assert "what the organization has" in reading.why["zero_data_retention"]


@pytest.mark.parametrize("request_", [ONE, OWN, WHOLE])
@pytest.mark.parametrize("answer", NO_ANSWER.values(), ids=NO_ANSWER)
def test_failure_lets_nothing_be_said(request_: str, answer: Told) -> None:
    answers: dict[str, Told] = {ONE: project(), OWN: own("organization_default"), WHOLE: whole("zero_data_retention")}
    with openai({**answers, request_: answer}) as (server, environment):
        assert not_observed(READER, ENTRY, environment)
        assert request_ in server.requests


# Places.


@pytest.mark.parametrize(
    ("residency", "region"),
    [
        ("GLOBAL", "global"),
        ("US_STORAGE_PROCESSING", "us"),
        ("EU_STORAGE_PROCESSING", "eu"),
        ("JP_STORAGE", "jp"),
        ("JP_STORAGE_PROCESSING", "jp"),
        ("KR_STORAGE", "kr"),
        ("CA_STORAGE", "ca"),
        ("SG_STORAGE", "sg"),
        ("IN_STORAGE", "in"),
        ("IN_STORAGE_PROCESSING", "in"),
        ("AU_STORAGE", "au"),
        ("AU_STORAGE_PROCESSING", "au"),
        ("GB_STORAGE", "gb"),
        ("AE_STORAGE", "ae"),
        ("AE_STORAGE_PROCESSING", "ae"),
    ],
)
def test_residency_is_a_region_and_is_told_as_it_stands(residency: str, region: str) -> None:
    with openai({ONE: project(residency), OWN: own("none")}) as (_, environment):
        reading = observed(READER, ENTRY, environment).reading
        assert (reading.region, reading.settings["residency"]) == (region, residency)
        assert bool(reading.beside) is residency.endswith("_STORAGE")


WITHOUT: Final = {name: value for name, value in project().items() if name != "residency"}


@pytest.mark.parametrize(
    "answer",
    [
        WITHOUT,
        project(None),
        project(""),
        project("EU"),
        project("eu_storage_processing"),
        project("EU_STORAGE"),
        project("CH_STORAGE_PROCESSING"),
        {**WITHOUT, "geography": "EU"},
        403,
        400,
        page(403),
        said(project(), 403),
    ],
    ids=str,
)
def test_anything_else_proves_no_place(answer: Told) -> None:
    with openai({ONE: answer, OWN: own("zero_data_retention")}) as (_, environment):
        reading = observed(READER, ENTRY, environment).reading
        assert reading.region is UNSET
        assert dict(reading.settings) == {"zero_data_retention": True}


# The project itself.


def test_project_that_is_gone_lets_nothing_be_said() -> None:
    with openai({ONE: 404}) as (_, environment):
        assert "accounts.yaml" in not_observed(READER, ENTRY, environment)


@pytest.mark.parametrize("more", [{"status": "archived"}, {"archived_at": 1767225600}])
def test_archived_project_lets_nothing_be_said(more: dict[str, Any]) -> None:
    with openai({ONE: project(**more), OWN: own("zero_data_retention")}) as (server, environment):
        assert "archived" in not_observed(READER, ENTRY, environment)
        assert server.requests == [ONE]


@pytest.mark.parametrize("answer", [{}, project(id="proj_other"), project(id=None)], ids=["none", "other", "null"])
def test_answer_about_another_project_lets_nothing_be_said(answer: Told) -> None:
    with openai({ONE: answer, OWN: own("zero_data_retention")}) as (_, environment):
        assert "another project" in not_observed(READER, ENTRY, environment)


@pytest.mark.parametrize("status", ["suspended", None, ""])
def test_project_of_an_unknown_status_is_read(status: str | None) -> None:
    with openai({ONE: project(status=status), OWN: own("none")}) as (_, environment):
        assert observed(READER, ENTRY, environment).reading.region == "eu"


def test_id_of_a_project_leads_nowhere_else() -> None:
    sly = AccountEntry(offering="openai-api", project="../data_retention?x=")
    with openai({f"{PROJECTS}/..%2Fdata_retention%3Fx%3D": 404}) as (_, environment):
        assert "knows no project" in not_observed(READER, sly, environment)


def test_without_a_key_nothing_is_asked() -> None:
    with openai({}) as (server, environment):
        words = not_observed(READER, ENTRY, {**environment, "OPENAI_ADMIN_KEY": " "})
        assert "the environment has no OPENAI_ADMIN_KEY" in words
        assert server.asked == []


def test_key_of_a_project_is_no_admin_key() -> None:
    with openai({}) as (server, environment):
        environment = {"OPENAI_API_KEY": KEY, "VENDORGATE_OPENAI_URL": environment["VENDORGATE_OPENAI_URL"]}
        assert "OPENAI_ADMIN_KEY" in not_observed(READER, ENTRY, environment)
        assert server.asked == []


# Which project, where none is named.


def listed(*ids: str, more: object = False, **fields: Any) -> dict[str, Any]:
    """A page of projects."""
    found = [{**project(), "id": id, **fields} for id in ids]
    return {
        "object": "list",
        "data": found,
        "first_id": ids[0] if ids else None,
        "last_id": ids[-1] if ids else None,
        "has_more": more,
    }


def test_only_project_in_use_is_the_one() -> None:
    pages = {
        f"{PROJECTS}?limit=100": listed("proj_old8", "proj_old9", more=True, status="archived"),
        f"{PROJECTS}?limit=100&after=proj_old9": listed(PROJECT),
    }
    with openai({**pages, ONE: project(), OWN: own("zero_data_retention")}) as (_, environment):
        found = observed(READER, NO_PROJECT, environment)
        assert found.reading.region == "eu"
        assert dict(found.reading.settings) == {"zero_data_retention": True, "residency": "EU_STORAGE_PROCESSING"}
        assert b"proj_" not in found.transcript


def test_project_on_a_later_page_is_seen() -> None:
    pages = {
        f"{PROJECTS}?limit=100": listed("proj_a", more=True),
        f"{PROJECTS}?limit=100&after=proj_a": listed("proj_b"),
    }
    with openai(pages) as (_, environment):
        words = not_observed(READER, NO_PROJECT, environment)
        assert "has 2 projects in use" in words
        assert "- {offering: openai-api, name: eu-prod, project: proj_a}" in words
        assert "- {offering: openai-api, name: eu-prod, project: proj_b}" in words


def test_lines_to_paste_hold_no_words_of_an_answer() -> None:
    ids = ("proj_a", "proj_b}\n- {offering: x", "\u202eproj_c", "proj_d" * 30, "proj_e, attested: true")
    with openai({PROJECTS: listed(*ids, name="hunter2")}) as (_, environment):
        words = not_observed(READER, AccountEntry(offering="openai-api"), environment)
        assert words.endswith("by one of these lines: - {offering: openai-api, project: proj_a}")
        assert "hunter2" not in words


def test_many_projects_are_not_read_to_their_end() -> None:
    with openai({PROJECTS: listed(*(f"proj_{number}" for number in range(100)), more=True)}) as (server, environment):
        words = not_observed(READER, NO_PROJECT, environment)
        assert "has more than 20 projects in use" in words
        assert words.count("offering:") == 20
        assert len(server.asked) == 1


@pytest.mark.parametrize("answer", [listed(), listed("proj_old", archived_at=1767225600)], ids=["none", "archived"])
def test_no_project_in_use_lets_nothing_be_said(answer: Told) -> None:
    with openai({PROJECTS: answer}) as (_, environment):
        assert "no project that is in use" in not_observed(READER, NO_PROJECT, environment)


@pytest.mark.parametrize(
    "answer",
    [
        403,
        404,
        {},
        {"data": None, "has_more": False},
        {"data": {}, "has_more": False},
        listed(PROJECT, more=None),
        listed(PROJECT, more=True) | {"last_id": None},
        listed(PROJECT, more=True) | {"last_id": ""},
        listed(PROJECT, more="false"),
        {"data": [{"status": "active"}], "has_more": False},
        *NO_ANSWER.values(),
    ],
    ids=lambda value: str(value)[:30],
)
def test_list_that_is_not_whole_lets_nothing_be_said(answer: Told) -> None:
    with openai({PROJECTS: answer}) as (_, environment):
        assert not_observed(READER, NO_PROJECT, environment)


def test_list_that_is_refused_on_the_way_lets_nothing_be_said() -> None:
    pages: dict[str, Told] = {
        f"{PROJECTS}?limit=100": listed(PROJECT, more=True),
        f"{PROJECTS}?limit=100&after={PROJECT}": 403,
    }
    with openai(pages) as (_, environment):
        assert "name the project" in not_observed(READER, NO_PROJECT, environment)


def test_page_without_projects_is_not_the_end_of_them() -> None:
    pages: dict[str, Told] = {
        f"{PROJECTS}?limit=100": listed(PROJECT, more=True),
        f"{PROJECTS}?limit=100&after={PROJECT}": {"has_more": False},
    }
    with openai(pages) as (_, environment):
        assert "list of projects that has none" in not_observed(READER, NO_PROJECT, environment)


# What is asked, and what is kept.


def test_asks_as_an_administrator_and_keeps_what_it_read() -> None:
    answers: dict[str, Told] = {ONE: project("JP_STORAGE"), OWN: own("organization_default"), WHOLE: whole("other")}
    with openai(answers) as (server, environment):
        found = observed(READER, ENTRY, environment)
        assert {asked.headers["authorization"] for asked in server.asked} == {f"Bearer {KEY}"}
        shown = found.source.replace(server.url, "")
        assert shown == (
            "GET /v1/organization/projects/{project}, GET /v1/organization/projects/{project}/data_retention, "
            "GET /v1/organization/data_retention"
        )
        assert b"clinic-eu-prod" not in found.transcript
        assert PROJECT.encode() not in found.transcript
        assert b"extkey_41c" not in found.transcript
        assert found.transcript.count(b'"residency": "JP_STORAGE"') == 1


@pytest.mark.parametrize("change", [lambda one: one | {"name": "x"}, lambda one: one | {"later": {"type": "none"}}])
def test_members_that_are_not_read_change_nothing(change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    def transcript(one: dict[str, Any], two: dict[str, Any]) -> bytes:
        with openai({ONE: one, OWN: two}) as (server, environment):
            return observed(READER, ENTRY, environment).transcript.replace(server.url.encode(), b"")

    plain = transcript(project(), own("zero_data_retention"))
    assert transcript(change(project()), change(own("zero_data_retention"))) == plain
