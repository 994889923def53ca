"""Where to push and as whom: everything that is missing is said at once, and no secret is ever repeated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.command import process, vendorgate
from tests.commands.push.stand_in import FOLDER, NAME, TOKEN, Handler, StandIn, answering, standing_in
from tests.commands.push.world import FILES, asking, push, pushed, write
from tests.remote.server import Authority
from vendorgate.commands.push.ciso_assistant.settings import settings
from vendorgate.errors import UsageError

SECRET: Final = "hunter2-and-more"
WHERE: Final = "https://grc.example.org"


@pytest.fixture
def world(tmp_path: Path) -> Path:
    folder = tmp_path / "world"
    write(folder, FILES)
    return folder


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    asking(monkeypatch)
    with standing_in() as found:
        yield found


# What is missing.


def test_all_that_is_missing_is_said_with_how_to_get_it(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CISO_ASSISTANT_TOKEN", raising=False)
    ended = vendorgate("push", "ciso-assistant", ".", folder=world)
    assert (ended.code, ended.stdout) == (2, "")
    for words in ("no --url", "no --folder", "no CISO_ASSISTANT_TOKEN", "personal access token", "3 problems"):
        assert words in ended.stderr


def test_mistakes_stand_in_the_reports_that_are_asked_for(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CISO_ASSISTANT_TOKEN", raising=False)
    for format in ("text", "json", "markdown"):
        vendorgate("push", "ciso-assistant", ".", "--output", f"{format}={world / 'said'}", folder=world)
        assert "no --url" in (world / "said").read_text("utf-8")


def test_folder_that_there_is_not_is_said_with_those_that_there_are(world: Path, server: StandIn) -> None:
    ended = push(world, server, "--folder", "AI vendor")
    assert ended.code == 2
    assert "no folder `AI vendor`" in ended.stderr
    assert f"did you mean `{NAME}`?" in ended.stderr


def test_name_of_two_folders_is_refused_with_their_ids(world: Path, server: StandIn) -> None:
    other = "33333333-3333-4333-8333-333333333333"
    server.state.objects["folders"][other] = {"id": other, "name": NAME, "content_type": "DOMAIN"}
    ended = push(world, server)
    assert ended.code == 2
    assert f"2 folders are called `{NAME}`" in ended.stderr
    assert FOLDER in ended.stderr
    assert other in ended.stderr
    assert push(world, server, "--folder", other).code == 0


# Addresses.


@pytest.mark.parametrize(
    ("given", "url"),
    [
        (WHERE, WHERE),
        (f"{WHERE}/", WHERE),
        (f"{WHERE}/api", WHERE),
        (f"{WHERE}/api/", WHERE),
        (f"{WHERE}/grc/api/", f"{WHERE}/grc"),
        ("https://GRC.example.org:8443", "https://grc.example.org:8443"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost:8000/api", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_address_is_what_stands_in_front_of_the_api(given: str, url: str) -> None:
    assert settings(given, "f", None, TOKEN).url == url


@pytest.mark.parametrize(
    "given",
    [
        "http://grc.example.org",
        "http://127.0.0.1.example.org",
        "http://10.0.0.1",
        "grc.example.org",
        "ftp://grc.example.org",
        "file:///etc/passwd",
        "https://",
        "https:///api",
        "https://grc.example.org:x",
        "https://grc.example.org/a b",
        "https://grc.example.org/\r\nX: y",
        "https://grc.example.org\\@elsewhere.example",
        f"{WHERE}/?next=1",
        f"{WHERE}/#page",
        f"{WHERE}/%2e%2e/",
        f"{WHERE}/{'a' * 3000}",
        "https://gr\u0441.example.org",
        "https://[::1",
    ],
)
@pytest.mark.parametrize("option", ["url", "link"])
def test_what_is_no_address_is_refused(option: str, given: str) -> None:
    if option == "link" and given.startswith(WHERE) and len(given) < 100:
        return
    url, link = (given, None) if option == "url" else (WHERE, given)
    with pytest.raises(UsageError) as raised:
        settings(url, "f", link, TOKEN)
    assert f"--{option}" in raised.value.problems[0].title
    assert raised.value.problems[0].help


@pytest.mark.parametrize("given", [f"https://me:{SECRET}@grc.example.org", f"https://{SECRET}@grc.example.org/api"])
@pytest.mark.parametrize("option", ["--url", "--link"])
def test_secret_in_an_address_is_refused_and_not_repeated(
    option: str, given: str, world: Path, server: StandIn
) -> None:
    ended = push(world, server, option, given)
    assert (ended.code, ended.stdout) == (2, "")
    assert "with a name or a password in it" in ended.stderr
    assert SECRET not in ended.stderr
    assert server.asked == []


# The token.


def test_no_option_takes_a_token() -> None:
    from tests.cli.test_words import COMMANDS

    names = {name for one in COMMANDS["push ciso-assistant"].params for name in one.opts}
    assert not [name for name in names if "token" in name or "password" in name or "secret" in name]


@pytest.mark.parametrize(
    ("given", "header"),
    [
        (TOKEN, f"Token {TOKEN}"),
        (f"  {TOKEN}\n", f"Token {TOKEN}"),
        (f"Token  {TOKEN}", f"Token {TOKEN}"),
        (f"Bearer {TOKEN}", f"Bearer {TOKEN}"),
    ],
)
def test_token_is_one_of_a_person_or_of_a_service_account(given: str, header: str) -> None:
    found = settings(WHERE, "f", None, given)
    assert (found.authorization, found.secret) == (header, TOKEN)


@pytest.mark.parametrize(
    "given", ["a b", "a\r\nX-Other: b", "\u00e9", "a\0b", "x" * 5000, "Bearer ", "Token", "Basic abc", "Bearer a b"]
)
def test_what_is_no_token_is_refused_and_not_repeated(given: str) -> None:
    with pytest.raises(UsageError) as raised:
        settings(WHERE, "f", None, given)
    said = "".join(f"{one.title} {one.help}" for one in raised.value.problems)
    assert "CISO_ASSISTANT_TOKEN" in said
    assert given.strip() not in said or given in ("Bearer ", "Token")


def _repeating(handler: Handler, work: Callable[[], None]) -> None:
    """Says everything again that it was told."""
    body = f'{{"detail": "Invalid header: {handler.headers["Authorization"]}"}}'.encode()
    handler.reply(401, body, "application/json")


@pytest.mark.parametrize(
    "fault",
    [_repeating, answering(302, Location=f"http://127.0.0.1:9/?token={TOKEN}"), answering(500, TOKEN.encode())],
    ids=["repeated", "in a redirect", "in a page"],
)
@pytest.mark.parametrize("more", [(), ("--debug",)])
def test_token_stands_in_nothing_that_is_said(
    more: tuple[str, ...], fault: object, world: Path, server: StandIn
) -> None:
    server.always = fault  # type: ignore[assignment]
    ended = push(world, server, *more, "--output", f"json={world / 'said.json'}")
    assert ended.code == 2
    for said in (ended.stdout, ended.stderr, (world / "said.json").read_text("utf-8")):
        assert TOKEN not in said


def test_token_stands_in_no_traceback_of_a_fault(world: Path, server: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    from vendorgate.remote import calls

    def faulty(self: object, response: object) -> bytes:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(calls.Line, "_body", faulty)
    ended = push(world, server, "--debug")
    assert ended.code == 3
    assert "a fault of ours" in ended.stderr
    assert TOKEN not in ended.stderr


def test_token_stands_in_no_object_no_address_and_no_report(world: Path, server: StandIn) -> None:
    report = pushed(world, server)
    assert TOKEN not in str(report)
    assert TOKEN not in str(server.state.seen())
    assert TOKEN not in str(server.asked)
    assert not any(TOKEN.encode() in data for data in server.state.files.values())


def test_token_goes_to_no_other_host(world: Path, server: StandIn) -> None:
    with standing_in() as other:
        for status in (301, 302, 303, 307, 308):
            server.always = answering(status, Location=f"{other.url}/api/folders/")
            assert push(world, server).code == 2
        assert other.asked == []


def test_page_that_follows_is_asked_of_the_same_host(world: Path, server: StandIn) -> None:
    with standing_in() as other:

        def leading_away(handler: Handler, work: Callable[[], None]) -> None:
            body = f'{{"count": 200, "next": "{other.url}/api/folders/?offset=100", "results": []}}'.encode()
            handler.reply(200, body, "application/json")

        server.always = leading_away
        push(world, server)
        assert other.asked == []


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_proxy_does_not_get_to_read_what_is_asked_over_http(
    name: str, world: Path, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with standing_in() as other:
        monkeypatch.setenv(name, other.url)
        assert push(world, server).code == 0
        assert other.asked == []


def test_proxy_of_https_is_asked_for_a_tunnel_and_told_nothing(
    world: Path, server: StandIn, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with standing_in() as proxy, standing_in(authority.server_side()) as secure:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        ended = push(world, server, url=secure.url)
        assert (ended.code, "cannot be reached, or hangs up" in ended.stderr) == (2, True)
        assert secure.asked == []
        assert not any(TOKEN in str(one) for one in proxy.seen_headers)


def test_netrc_puts_nothing_in_the_place_of_the_token(
    world: Path, server: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text(f"machine 127.0.0.1 login me password {SECRET}\n", "utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    pushed(world, server)
    assert {one["Authorization"] for one in server.seen_headers} == {f"Token {TOKEN}"}


def test_cookies_of_the_server_are_not_kept(world: Path, server: StandIn) -> None:
    def setting(handler: Handler, work: Callable[[], None]) -> None:
        import json

        status, answer = handler.done()
        handler.reply(status, json.dumps(answer).encode(), "application/json", Set_Cookie="sessionid=x; Path=/")

    server.always = setting
    pushed(world, server)
    assert not any("Cookie" in one for one in server.seen_headers)


def test_wrong_token_is_said_with_what_to_do(world: Path, server: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CISO_ASSISTANT_TOKEN", "another")
    ended = push(world, server)
    assert (ended.code, ended.stdout) == (2, "")
    assert "answers 401: Invalid token." in ended.stderr
    assert "make a new personal access token" in ended.stderr


# Trust.


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def test_server_is_believed_where_an_authority_vouches_for_it(
    world: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking(monkeypatch)
    with standing_in(authority.server_side()) as server:
        ended = push(world, server)
        assert ended.code == 2
        assert "cannot prove that it is the one that is meant" in ended.stderr
        assert "REQUESTS_CA_BUNDLE" in ended.stderr
        assert server.asked == []
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.file))
        assert push(world, server, "--yes").code == 0
        assert server.violations == []


def test_authorities_that_are_not_there_are_said(
    world: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking(monkeypatch)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere.pem")
    with standing_in(authority.server_side()) as server:
        ended = push(world, server)
    assert (ended.code, "/nowhere.pem" in ended.stderr, "REQUESTS_CA_BUNDLE" in ended.stderr) == (2, True, True)


def test_command_does_the_same_in_a_process_of_its_own(world: Path, server: StandIn) -> None:
    words = ("push", "ciso-assistant", ".", "--url", server.url, "--folder", NAME, "--as-of", "2026-11-23", "--yes")
    ended = process(*words, folder=world)
    assert ended.code == 0, ended.stderr
    assert "6 objects created" in ended.stdout
    again = process(*words, folder=world)
    assert "6 objects in step" in again.stdout
