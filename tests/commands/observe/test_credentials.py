"""Where credentials go when a vendor is asked: to one address, past everybody else, and into no words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.observe.server import PLANTED, said, serving
from tests.commands.observe.talk import KEY, PATH, Settings, Talk, silent
from tests.remote.server import Authority
from vendorgate.commands.observe.asking import Asking, CannotObserve, KeyHeader


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def test_key_goes_into_the_header_of_the_vendor_and_no_netrc_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password hunter2\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with serving({f"GET {PATH}": {}}) as server:
        talk = Talk(server, signed=KeyHeader("x-api-key", KEY), headers={"x-version": "7"})
        assert talk.get() == Settings()
        headers = server.asked[0].headers
        assert (headers["x-api-key"], headers["x-version"]) == (KEY, "7")
        assert "authorization" not in headers


def test_no_cookie_is_sent_back() -> None:
    with serving({f"GET {PATH}": {}}) as server:
        talk = Talk(server)
        talk.get()
        talk.get()
        assert all("cookie" not in asked.headers for asked in server.asked)


# Where credentials go.


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("signed", [f"Bearer {KEY}", KeyHeader("x-api-key", KEY)], ids=["bearer", "header"])
def test_credentials_follow_no_redirect(status: int, signed: object) -> None:
    with serving({}) as other:
        target = f"{other.url}/elsewhere?{PLANTED['secret']}"
        with serving({f"GET {PATH}": said({}, status, Location=target)}) as server:
            assert "redirect" in Talk(server, signed=signed).fails()
            assert len(server.asked) == 1
        assert other.asked == []


def test_redirect_within_the_host_is_no_answer_either() -> None:
    with serving({f"GET {PATH}": said({}, 307, Location="/v2/settings")}) as server:
        assert "redirect" in Talk(server).fails()


def test_redirect_to_nowhere_is_none_either() -> None:
    with serving({f"GET {PATH}": said({"type": "on"}, 300)}) as server:
        assert "redirect" in Talk(server).fails()


@pytest.mark.parametrize(
    "address",
    [
        "http://x.example",
        "http://169.254.169.254/v1",
        "http://127.0.0.1.nip.example",
        "http://127.0.0.1@x.example",
        "https://hunter2@x.example",
        "https://x.example/?key=hunter2",
        "https://x.example/#hunter2",
        "https://",
        "https://[hunter2",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "x.example",
        "//x.example",
    ],
)
def test_credentials_go_to_no_unsafe_address(address: str) -> None:
    asking = Asking({"VENDORGATE_X_URL": address})
    with pytest.raises(CannotObserve) as caught:
        asking.api("https://x.invalid", "VENDORGATE_X_URL", f"Bearer {KEY}")
    assert "VENDORGATE_X_URL names no address" in caught.value.words
    silent(caught.value.words + caught.value.help)


def test_another_address_is_told() -> None:
    with serving({f"GET /proxy{PATH}": {}}) as server:
        asking = Asking({"VENDORGATE_X_URL": f"{server.url}/proxy/"})
        asking.api("https://x.invalid", "VENDORGATE_X_URL", "Bearer x").get(PATH, Settings)
        assert asking.sources() == f"GET {server.url}/proxy{PATH}"


# Credentials.


@pytest.mark.parametrize("value", [None, "", "  \n"])
def test_credential_that_is_not_there_is_missed(value: str | None) -> None:
    asking = Asking({} if value is None else {"X_KEY": value})
    assert asking.credential("X_KEY") is None
    with pytest.raises(CannotObserve, match="the environment has no X_KEY"):
        asking.required("X_KEY", "set it")


def test_white_space_around_a_credential_is_taken_off() -> None:
    assert Asking({"X_KEY": f" {KEY}\r\n"}).required("X_KEY", "set it") == KEY


@pytest.mark.parametrize(
    "key", ["hunter2\r\nX-Evil: 1", "hunter2\nmore", "hunter2 \u2603", "hunter2\xe9", "hunter2\t1"]
)
def test_credential_that_no_header_can_hold_is_not_repeated(key: str) -> None:
    for signed in (f"Bearer {key}", KeyHeader("x-api-key", key)):
        with serving({}) as server:
            with pytest.raises(CannotObserve, match="cannot be asked with credentials in which is") as caught:
                Talk(server, signed=signed)
            silent(f"{caught.value.words} {caught.value.help} {caught.value!r}")
            assert server.asked == []


# What stands in between.


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
def test_no_proxy_reads_what_stays_on_this_machine(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({}) as proxy, serving({f"GET {PATH}": {}}) as server:
        monkeypatch.setenv(name, proxy.url)
        assert Talk(server).get() == Settings()
        assert proxy.asked == []


def test_proxy_of_https_is_asked_for_a_tunnel_and_told_nothing(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving({}) as proxy, serving({}, authority.server_side()) as server:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        assert "cannot be reached" in Talk(server).fails()
        assert proxy.tunnels == [server.url.removeprefix("https://")] * 4
        assert server.asked == []
        assert KEY not in str(proxy.asked)


def test_vendor_is_believed_where_an_authority_vouches_for_it(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving({f"GET {PATH}": {}}, authority.server_side()) as server:
        assert "cannot prove that it is the one that is meant" in Talk(server).fails()
        assert server.asked == []
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.file))
        assert Talk(server).get() == Settings()
