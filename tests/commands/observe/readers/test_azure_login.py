"""Who asks Azure: a token of the environment, or what Microsoft's login gives by Azure's own client, over real TLS."""

from __future__ import annotations

import logging
import ssl
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import parse_qs

import pytest
import trustme

from tests.commands.observe.server import Said, Server, Told, page, said, serving
from vendorgate.commands.observe.asking import Asking, CannotObserve
from vendorgate.commands.observe.readers import azure_login

TENANT: Final = "7e4a47ed-0000-4000-8000-000000000001"
CLIENT: Final = "c11e47ed-0000-4000-8000-000000000002"
SECRET: Final = "planted~client~secret"
TOKEN: Final = "eyJ.planted.given"
LOGIN: Final = f"POST /{TENANT}/oauth2/v2.0/token"
GIVEN: Final = {"token_type": "Bearer", "expires_in": 3600, "ext_expires_in": 3600, "access_token": TOKEN}


class World(NamedTuple):
    """A login, and what an environment has for it."""

    server: Server
    folder: Path
    certificate: Path

    @property
    def application(self) -> dict[str, str]:
        return {"AZURE_TENANT_ID": TENANT, "AZURE_CLIENT_ID": CLIENT, "VENDORGATE_AZURE_LOGIN_URL": self.server.url}

    @property
    def workload(self) -> dict[str, str]:
        file = self.folder / "assertion"
        file.write_text("planted.assertion.of.a.job")
        return {**self.application, "AZURE_FEDERATED_TOKEN_FILE": str(file)}


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    authority = trustme.CA()
    trusted = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    made = authority.issue_cert("127.0.0.1", key_type=trustme.KeyType.RSA)  # Microsoft takes no other
    certificate = tmp_path / "application.pem"
    made.private_key_and_cert_chain_pem.write_to_path(str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.configure_cert(context)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(trusted))
    with serving({}, context) as server:
        found = {"token_endpoint": f"{server.url}/{TENANT}/oauth2/v2.0/token", "issuer": f"{server.url}/{TENANT}/v2.0"}
        found["authorization_endpoint"] = f"{server.url}/{TENANT}/oauth2/v2.0/authorize"
        server.tell(f"GET /{TENANT}/v2.0/.well-known/openid-configuration", said(found, plant=False))
        server.tell(LOGIN, said(GIVEN, plant=False))
        yield World(server, tmp_path, certificate)


def posted(world: World) -> dict[str, list[str]]:
    return parse_qs(next(one for one in world.server.asked if one.method == "POST").body.decode())


def test_token_of_the_environment_is_what_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "azure.identity", None)
    assert azure_login.bearer(Asking({"AZURE_ACCESS_TOKEN": f" {TOKEN}\n"})) == f"Bearer {TOKEN}"


def test_job_gets_a_token_for_its_own(world: World) -> None:
    assert azure_login.bearer(Asking(world.workload)) == f"Bearer {TOKEN}"
    asked = posted(world)
    assert asked["client_assertion"] == ["planted.assertion.of.a.job"]
    assert asked["client_id"] == [CLIENT]
    assert asked["scope"] == ["https://management.azure.com/.default"]


def test_secret_gets_a_token(world: World) -> None:
    assert azure_login.bearer(Asking({**world.application, "AZURE_CLIENT_SECRET": SECRET})) == f"Bearer {TOKEN}"
    assert posted(world)["client_secret"] == [SECRET]


def test_certificate_gets_a_token(world: World) -> None:
    given = {**world.application, "AZURE_CLIENT_CERTIFICATE_PATH": str(world.certificate)}
    assert azure_login.bearer(Asking(given)) == f"Bearer {TOKEN}"
    assert "client_assertion" in posted(world)


def test_what_proves_most_is_taken_first(world: World) -> None:
    azure_login.bearer(Asking({**world.workload, "AZURE_CLIENT_SECRET": SECRET}))
    assert "client_secret" not in posted(world)


DENIAL: Final = {"error": "invalid_client", "error_description": f"AADSTS700016: {CLIENT} of {TENANT} {SECRET}"}
REFUSALS: Final[list[Told]] = [
    said(DENIAL, 400),
    said(DENIAL, 401),
    page(),
    said({}),
    Said(b"", 307, headers={"Location": "https://evil.example/"}),
]


@pytest.mark.parametrize("answer", REFUSALS)
@pytest.mark.parametrize("by", ["workload", "secret"])
def test_token_that_is_not_given_ends_it_in_silence(
    world: World, answer: Told, by: str, capfd: pytest.CaptureFixture[str]
) -> None:
    world.server.tell(LOGIN, answer)
    given = world.workload if by == "workload" else {**world.application, "AZURE_CLIENT_SECRET": SECRET}
    lines: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    listener = Listener(0)
    logging.getLogger().addHandler(listener)
    try:
        with pytest.raises(CannotObserve, match="gives no token") as caught:
            azure_login.bearer(Asking(given))
    finally:
        logging.getLogger().removeHandler(listener)
    told = f"{caught.value!r}{caught.value.help}{lines}{capfd.readouterr()}"
    for planted in (TENANT, CLIENT, SECRET, "planted", "AADSTS", "evil"):
        assert planted not in told
    assert caught.value.__suppress_context__


def test_nobody_else_on_this_machine_asks(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    for name, value in {**world.application, "AZURE_CLIENT_SECRET": SECRET, "AZURE_ACCESS_TOKEN": TOKEN}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(CannotObserve, match="no credentials of Azure"):
        azure_login.bearer(Asking({}))
    with pytest.raises(CannotObserve, match="no credentials of Azure"):
        azure_login.bearer(Asking({"AZURE_TENANT_ID": TENANT, "AZURE_CLIENT_ID": CLIENT}))
    assert world.server.asked == []


def test_missing_package_is_told_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "azure.identity", None)
    given = {"AZURE_TENANT_ID": TENANT, "AZURE_CLIENT_ID": CLIENT, "AZURE_CLIENT_SECRET": SECRET}
    with pytest.raises(CannotObserve, match="without azure-identity, which is not installed") as caught:
        azure_login.bearer(Asking(given))
    assert caught.value.help == "pip install 'vendorgate[azure]', or set AZURE_ACCESS_TOKEN"


@pytest.mark.parametrize("address", ["http://login.example", "ftp://127.0.0.1", "https://a@login.example", "login"])
def test_no_secret_goes_to_an_address_without_tls(address: str) -> None:
    given = {"AZURE_TENANT_ID": TENANT, "AZURE_CLIENT_ID": CLIENT, "AZURE_CLIENT_SECRET": SECRET}
    with pytest.raises(CannotObserve, match="names no address that credentials may go to"):
        azure_login.bearer(Asking({**given, "VENDORGATE_AZURE_LOGIN_URL": address}))


@pytest.mark.parametrize("name", ["missing", "", "/dev/zero"])
@pytest.mark.parametrize("variable", ["AZURE_FEDERATED_TOKEN_FILE", "AZURE_CLIENT_CERTIFICATE_PATH"])
def test_file_that_cannot_be_read_is_told(world: World, variable: str, name: str) -> None:
    environment = {**world.application, variable: str(world.folder / name)}
    with pytest.raises(CannotObserve, match=f"{variable} names no file that can be read"):
        azure_login.bearer(Asking(environment))
    assert [one.target for one in world.server.asked] == []
