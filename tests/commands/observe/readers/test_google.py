"""Who asks Google: a token of the environment, or what a file of credentials gives one for."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.commands.observe.server import Server, Told, not_observed, observed, page, said, serving
from vendorgate.commands.observe.readers.gemini import READER as BILLING
from vendorgate.commands.observe.readers.vertex import READER
from vendorgate.model.observation import AccountEntry

ENTRY: Final = AccountEntry(offering="gemini-vertex", name="prod", project="clinic-prod", region="global")
APP: Final = AccountEntry(offering="gemini-api", name="app", project="clinic-prod")
CACHE: Final = "GET /v1/projects/clinic-prod/cacheConfig"
BILL: Final = "GET /v1/projects/clinic-prod/billingInfo"
CACHE_OFF: Final = {"disableCache": True}
BILLED: Final = {"projectId": "clinic-prod", "billingEnabled": True}
GIVEN: Final = "ya29.given-for-the-file"
OAUTH: Final = "ya29.secret-access-token"
PLATFORM: Final = "https://www.googleapis.com/auth/cloud-platform"
BILLING_SCOPE: Final = "https://www.googleapis.com/auth/cloud-billing.readonly"
ANSWER: Final = {"access_token": GIVEN, "expires_in": 3600, "token_type": "Bearer"}


@pytest.fixture(scope="module")
def key() -> str:
    """The key of a service account."""
    made = generate_private_key(public_exponent=65537, key_size=2048)
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _service_account(url: str, key: str) -> dict[str, Any]:
    return {
        "type": "service_account",
        "project_id": "clinic-prod",
        "private_key_id": "planted-key-id",
        "private_key": key,
        "client_email": "planted-robot@clinic-prod.example",
        "token_uri": f"{url}/token",
    }


def _federated(url: str, folder: Path) -> dict[str, Any]:
    (folder / "subject").write_text("planted-subject-token")
    return {
        "type": "external_account",
        "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/providers/ci",
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": f"{url}/token",
        "credential_source": {"file": str(folder / "subject")},
        "quota_project_id": "planted-quota",
    }


def _environment(url: str, file: Path | None = None, **more: str) -> dict[str, str]:
    found = {} if file is None else {"GOOGLE_APPLICATION_CREDENTIALS": str(file)}
    return {"VENDORGATE_VERTEX_URL": url, "VENDORGATE_GOOGLE_BILLING_URL": url, **found, **more}


def _written(folder: Path, content: object) -> Path:
    file = folder / "credentials.json"
    file.write_text(json.dumps(content))
    return file


def _asked_for(server: Server) -> dict[str, list[str]]:
    """What was posted for a token."""
    return parse_qs(next(one for one in server.asked if one.method == "POST").body.decode())


def _claims(server: Server) -> dict[str, Any]:
    payload = _asked_for(server)["assertion"][0].split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return found


def test_token_of_the_environment_comes_first_and_needs_no_file(tmp_path: Path) -> None:
    environment = {"GOOGLE_OAUTH_ACCESS_TOKEN": OAUTH}
    with serving({CACHE: CACHE_OFF}) as server:
        observed(READER, ENTRY, _environment(server.url, tmp_path / "nowhere.json", **environment))
    assert server.asked[0].headers["authorization"] == f"Bearer {OAUTH}"
    assert "x-goog-user-project" not in server.asked[0].headers


def test_project_that_a_person_is_counted_for_is_told_to_google() -> None:
    environment = {"GOOGLE_OAUTH_ACCESS_TOKEN": OAUTH, "GOOGLE_CLOUD_QUOTA_PROJECT": "payer-1"}
    with serving({CACHE: CACHE_OFF}) as server:
        observed(READER, ENTRY, _environment(server.url, None, **environment))
        assert "GOOGLE_CLOUD_QUOTA_PROJECT" in not_observed(
            READER, ENTRY, _environment(server.url, None, **{**environment, "GOOGLE_CLOUD_QUOTA_PROJECT": "a\r\nb: c"})
        )
    assert [one.headers["x-goog-user-project"] for one in server.asked] == ["payer-1"]


def test_service_account_gets_a_token_for_the_least_scope(tmp_path: Path, key: str) -> None:
    answers: dict[str, Told] = {CACHE: CACHE_OFF, BILL: BILLED, "POST /token": ANSWER}
    for reader, entry, scope in ((READER, ENTRY, PLATFORM), (BILLING, APP, BILLING_SCOPE)):
        with serving(answers) as server:
            file = _written(tmp_path, _service_account(server.url, key))
            found = observed(reader, entry, _environment(server.url, file))
        assert found.reading.settings
        assert server.asked[-1].headers["authorization"] == f"Bearer {GIVEN}"
        assert _claims(server)["scope"] == scope
        assert "x-goog-user-project" not in server.asked[-1].headers
        for secret in (GIVEN, "planted-robot", "planted-key-id", key.splitlines()[1]):
            assert secret not in f"{found.reading}{found.source}{found.transcript.decode()}"


def test_workload_identity_gets_a_token(tmp_path: Path) -> None:
    with serving({CACHE: CACHE_OFF, "POST /token": ANSWER}) as server:
        file = _written(tmp_path, _federated(server.url, tmp_path))
        found = observed(READER, ENTRY, _environment(server.url, file))
    assert _asked_for(server)["subject_token"] == ["planted-subject-token"]
    assert _asked_for(server)["scope"] == [PLATFORM]
    assert server.asked[-1].headers["authorization"] == f"Bearer {GIVEN}"
    assert server.asked[-1].headers["x-goog-user-project"] == "planted-quota"
    assert "planted-quota" not in f"{found.source}{found.transcript.decode()}"


@pytest.mark.parametrize(
    "told",
    [
        said({"error": "invalid_grant", "error_description": "Planted Person has no access: planted-assertion"}, 400),
        said({}, plant=False),
        said({"access_token": "line\r\nbreak", "expires_in": 3600}),
        said({"access_token": "", "expires_in": 3600}),
        said({"access_token": 7, "expires_in": 3600}),
        page(),
        page(401),
    ],
)
def test_file_that_gets_no_token_is_told_without_its_words(tmp_path: Path, key: str, told: Told) -> None:
    with serving({"POST /token": told}) as server:
        file = _written(tmp_path, _service_account(server.url, key))
        words = not_observed(READER, ENTRY, _environment(server.url, file))
    assert "gets no token" in words
    assert "planted" not in words.lower()
    assert {one.target for one in server.asked} == {"/token"}


def test_credentials_follow_no_redirect(tmp_path: Path, key: str) -> None:
    with serving({}) as elsewhere, serving({}) as server:
        server.tell("POST /token", said({}, 307, Location=f"{elsewhere.url}/token"))
        file = _written(tmp_path, _service_account(server.url, key))
        assert "gets no token" in not_observed(READER, ENTRY, _environment(server.url, file))
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    "content",
    ["", "[]", "null", "{", '"text"', "{}", '{"type": "planted-kind"}', '{"type": "service_account"}', '{"type": []}'],
)
def test_file_of_another_shape_is_told_without_what_stands_in_it(tmp_path: Path, content: str) -> None:
    file = tmp_path / "credentials.json"
    file.write_text(content)
    with serving({}) as server:
        words = not_observed(READER, ENTRY, _environment(server.url, file))
    assert "gets no token" in words
    assert "planted" not in words
    assert server.asked == []


def test_file_that_is_none_is_told(tmp_path: Path) -> None:
    with serving({}) as server:
        for file in (tmp_path, tmp_path / "nowhere.json", Path("/dev/zero")):
            assert "names no file that can be read" in not_observed(READER, ENTRY, _environment(server.url, file))
    assert server.asked == []


def test_without_either_nobody_is_asked() -> None:
    """A machine's own identity and the settings of gcloud are nothing that the environment names."""
    with serving({}) as server:
        words = not_observed(READER, ENTRY, _environment(server.url))
    assert "GOOGLE_OAUTH_ACCESS_TOKEN" in words
    assert "GOOGLE_APPLICATION_CREDENTIALS" in words
    assert server.asked == []


def test_without_google_auth_a_file_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "google.auth", None)
    with serving({CACHE: CACHE_OFF}) as server:
        words = not_observed(READER, ENTRY, _environment(server.url, tmp_path / "credentials.json"))
        found = observed(READER, ENTRY, _environment(server.url, GOOGLE_OAUTH_ACCESS_TOKEN=OAUTH))
    assert "pip install 'vendorgate[google]'" in words
    assert found.reading.settings == {"cache_disabled": True}
