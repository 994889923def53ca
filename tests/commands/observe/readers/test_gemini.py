"""The billing of a project that the Gemini API is used from."""

from __future__ import annotations

from typing import Final

import pytest

from tests.commands.observe.server import Told, cut, not_observed, observed, page, said, serving
from vendorgate.commands.observe.model import Reading
from vendorgate.commands.observe.readers.gemini import READER
from vendorgate.model.observation import AccountEntry

ENTRY: Final = AccountEntry(offering="gemini-api", name="app", project="gem-app")
UNNAMED: Final = AccountEntry(offering="gemini-api", project="gem-app")
OAUTH: Final = "ya29.secret-access-token"
QUESTION: Final = "GET /v1/projects/gem-app/billingInfo"
PAYER: Final = "billingAccounts/0A1B2C-3D4E5F-607182"
BILLED: Final = {
    "name": "projects/gem-app/billingInfo",
    "projectId": "gem-app",
    "billingAccountName": PAYER,
    "billingEnabled": True,
}
NOT_BILLED: Final = {"name": "projects/gem-app/billingInfo", "projectId": "gem-app"}


def _environment(url: str) -> dict[str, str]:
    return {"GOOGLE_OAUTH_ACCESS_TOKEN": OAUTH, "VENDORGATE_GOOGLE_BILLING_URL": url}


def _read(told: Told, entry: AccountEntry = ENTRY) -> Reading:
    with serving({f"GET /v1/projects/{entry.project}/billingInfo": told}) as server:
        found = observed(READER, entry, _environment(server.url))
    assert server.asked[0].headers["authorization"] == f"Bearer {OAUTH}"
    assert b"gem-app" not in found.transcript
    assert b"billingAccount" not in found.transcript
    assert PAYER not in repr(found)
    return found.reading


@pytest.mark.parametrize(
    ("told", "billing"),
    [
        (BILLED, True),
        # Google leaves out what is false, and an empty name.
        (NOT_BILLED, False),
        ({**NOT_BILLED, "billingEnabled": False}, False),
        # A closed account is one that nothing is billed to.
        ({**NOT_BILLED, "billingAccountName": PAYER}, False),
    ],
)
def test_billing_is_what_the_project_has(told: Told, billing: bool) -> None:
    assert _read(told).settings == {"billing": billing}


@pytest.mark.parametrize(
    "told",
    [
        {**BILLED, "billingEnabled": None},
        # Another project's, or nobody's.
        {**BILLED, "projectId": "gem-other"},
        {**BILLED, "projectId": None},
        {"billingEnabled": True},
        {"billingEnabled": False},
        {"name": "projects/gem-app/billingInfo"},
        {},
        said({}, plant=False),
        403,
        400,
    ],
)
def test_what_proves_nothing_of_this_project_is_unreadable(told: Told) -> None:
    reading = _read(told)
    assert reading.settings == {}
    assert set(reading.why) == {"billing"}


def test_billed_project_proves_nothing_for_usages_that_name_no_account() -> None:
    """Anybody's key may be behind such a usage, also one of a project that is not billed."""
    assert "no `name`" in _read(BILLED, UNNAMED).why["billing"]
    assert _read(NOT_BILLED, UNNAMED).settings == {"billing": False}


def test_number_of_a_project_cannot_be_told_from_another() -> None:
    entry = AccountEntry(offering="gemini-api", name="app", project="445566778899")
    assert "needs its id" in _read(BILLED, entry).why["billing"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (404, "no such project"),
        (401, "does not know these credentials"),
        (500, "status 500"),
        (page(), "a page, not with JSON"),
        (said({}, 302, Location="https://accounts.google.example"), "redirect"),
        (cut, "hangs up"),
        ({**NOT_BILLED, "billingEnabled": "true"}, "another shape"),
        ([], "another shape"),
    ],
)
def test_what_is_no_answer_leaves_the_old_observation(told: Told, words: str) -> None:
    with serving({QUESTION: told}) as server:
        assert words in not_observed(READER, ENTRY, _environment(server.url))


@pytest.mark.parametrize("project", ["..", "gem/app", "Gem-App", "gem app", "", "gem-app/", "a\n"])
def test_project_that_can_be_none_is_not_asked_for(project: str) -> None:
    with serving({}) as server:
        entry = AccountEntry(offering="gemini-api", project=project)
        assert "accounts.yaml" in not_observed(READER, entry, _environment(server.url))
    assert server.asked == []
