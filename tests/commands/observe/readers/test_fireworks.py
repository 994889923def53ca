"""Fireworks: what its policy proves, and what each request is left to decide."""

from __future__ import annotations

from typing import Any, Final

import pytest
from msgspec import UNSET

from tests.commands.observe.server import Told, cut, not_observed, observed, page, said, serving
from vendorgate.commands.observe.model import Reading
from vendorgate.commands.observe.readers.fireworks import READER
from vendorgate.model.observation import AccountEntry

ENTRY: Final = AccountEntry(offering="fireworks-api", name="prod", account="northwind")
KEY: Final = "fw-secret-key-0123456789"
QUESTION: Final = "GET /v1/accounts/northwind/policySettings"
BESIDE: Final = {"name": "accounts/northwind/policySettings", "rules": [], "cmekRequired": False}
ON: Final = {"enforcement": "ENFORCED"}
OFF: Final = {"enforcement": "NOT_ENFORCED"}


def _environment(url: str) -> dict[str, str]:
    return {"FIREWORKS_API_KEY": KEY, "VENDORGATE_FIREWORKS_URL": url}


def _read(told: Told) -> Reading:
    with serving({QUESTION: told}) as server:
        found = observed(READER, ENTRY, _environment(server.url))
    assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"
    assert b"northwind" not in found.transcript
    return found.reading


@pytest.mark.parametrize(
    ("policy", "told"),
    [
        ({"defaultEnforced": True}, {"store": False}),
        ({"defaultEnforced": True, "training": OFF}, {"store": False}),
        ({"defaultEnforced": False, "inference": ON}, {"store": False}),
        ({"inference": ON}, {"store": False}),
        # The scope's own word comes before the default, whatever it is.
        ({"defaultEnforced": True, "inference": OFF}, {}),
        ({"defaultEnforced": True, "inference": {"enforcement": "ENFORCED_BY_DEFAULT"}}, {}),
        ({"defaultEnforced": True, "inference": {"enforcement": "enforced"}}, {}),
        ({"defaultEnforced": True, "inference": {"enforcement": None}}, {}),
        ({"defaultEnforced": True, "inference": {}}, {}),
        ({"defaultEnforced": True, "inference": None}, {}),
        # Of training alone nothing follows.
        ({"training": ON}, {}),
        ({"defaultEnforced": False, "training": ON}, {}),
        ({"defaultEnforced": False}, {}),
        ({"defaultEnforced": None}, {}),
        ({}, {}),
        (None, {}),
    ],
)
def test_store_is_off_where_zero_retention_is_enforced_for_inference(policy: Any, told: dict[str, bool]) -> None:
    reading = _read({**BESIDE, "zeroDataRetention": policy})
    assert reading.settings == told
    assert reading.region is UNSET


@pytest.mark.parametrize(
    "residency", ["GLOBAL", "EUROPE", "APAC", "MULTI_REGION_UNSPECIFIED", "us", "USA", "US_IOWA_1", "", None]
)
def test_other_places_than_the_united_states_are_not_told(residency: str | None) -> None:
    reading = _read({**BESIDE, "residency": residency})
    assert (dict(reading.settings), reading.region) == ({}, UNSET)
    assert reading.why["region"] == "the answer names no known place"


def test_united_states_are_told_as_the_setting_and_as_the_region() -> None:
    reading = _read({**BESIDE, "residency": "US", "zeroDataRetention": {"defaultEnforced": True}})
    assert (dict(reading.settings), reading.region) == ({"store": False, "data_residency": "us"}, "us")
    assert reading.why == {}


def test_account_without_a_policy_leaves_each_request_to_decide() -> None:
    reading = _read(BESIDE)
    assert (dict(reading.settings), reading.region) == ({}, UNSET)
    assert reading.why["region"] == "the account enforces no place"


@pytest.mark.parametrize("told", [said({}, plant=False), said({"code": 5, "message": "not found"}, 404), 403, 400, 404])
def test_empty_answers_and_refusals_are_unreadable(told: Told) -> None:
    reading = _read(told)
    assert (dict(reading.settings), reading.region) == ({}, UNSET)
    assert set(reading.why) == {"store", "data_residency", "region"}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (401, "does not know these credentials"),
        (500, "status 500"),
        (503, "status 503"),
        (page(), "a page, not with JSON"),
        (said({}, 307, Location="https://fireworks.example/v1"), "redirect"),
        (cut, "hangs up"),
        ([], "another shape"),
        ({"zeroDataRetention": "ENFORCED"}, "another shape"),
        ({"zeroDataRetention": {"defaultEnforced": "false"}}, "another shape"),
        ({"zeroDataRetention": {"defaultEnforced": 1}}, "another shape"),
        ({"residency": ["US"]}, "another shape"),
        (b'{"residency": "US"', "another shape"),
    ],
)
def test_what_is_no_answer_leaves_the_old_observation(told: Told, words: str) -> None:
    with serving({QUESTION: told}) as server:
        assert words in not_observed(READER, ENTRY, _environment(server.url))


def test_without_a_key_nobody_is_asked() -> None:
    with serving({}) as server:
        said_so = not_observed(READER, ENTRY, {"VENDORGATE_FIREWORKS_URL": server.url})
    assert "FIREWORKS_API_KEY" in said_so
    assert server.asked == []


@pytest.mark.parametrize("account", ["accounts/northwind", "..", "a b", "", "northwind?x=1", "northwind#", "a\nb"])
def test_account_that_can_be_none_is_not_asked_for(account: str) -> None:
    with serving({}) as server:
        entry = AccountEntry(offering="fireworks-api", account=account)
        assert "accounts.yaml" in not_observed(READER, entry, _environment(server.url))
    assert server.asked == []


def test_source_names_the_address_and_no_account() -> None:
    with serving({QUESTION: BESIDE}) as server:
        found = observed(READER, ENTRY, _environment(server.url))
        assert found.source == f"GET {server.url}/v1/accounts/{{account}}/policySettings"
