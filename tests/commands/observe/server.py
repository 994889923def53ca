"""A stand-in for a vendor: a real server on loopback that answers what a test tells it, and remembers what was asked.

Answers are told by `"GET /path?query"`, or by `"GET /path"` for every query. One that is told as a dictionary or list
is that JSON; as a number it is an error of that status whose text repeats the credentials, as some vendors' do; as
bytes it is those. Into each object of an answer, members that nobody asked for are planted, with names, e-mail
addresses and keys in them: `observed` and `not_observed` hold what a reader gives away against them. A request that
nobody foresaw fails the test.
"""

from __future__ import annotations

import json
import ssl
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, NamedTuple, Union
from urllib.parse import parse_qsl, urlsplit

import msgspec
import pytest

from tests.commands.observe.fileable import filed
from vendorgate.commands.observe.asking import Asking, CannotObserve
from vendorgate.commands.observe.model import Reader, Reading
from vendorgate.model.observation import AccountEntry
from vendorgate.remote.calls import LIMITS, Limits

PLANTED: Final[Mapping[str, str]] = {
    "owner_name": "Planted Person",
    "owner_email": "planted.person@example.org",
    "created_by_id": "user_planted0001",
    "role_arn": "arn:aws:iam::999900001111:role/planted",
    "secret": "sk-planted-in-an-answer-0001",
}
"""Members that are in every answer, and what must be nowhere else."""
_FEW_PAUSES: Final = (0.0, 0.0, 0.0)
_SECRET_HEADERS: Final = ("authorization", "x-api-key", "x-goog-api-key", "api-key", "x-amz-security-token")


class Said(NamedTuple):
    """An answer, byte by byte."""

    body: bytes = b""
    status: int = 200
    media: str = "application/json"
    headers: Mapping[str, str] = {}


class Asked(NamedTuple):
    """A request."""

    method: str
    target: str
    """Path and query, as they came."""
    headers: Mapping[str, str]
    """By their names in lower case."""
    body: bytes


class InTurn(NamedTuple):
    """One answer after the other; the last one stays."""

    answers: tuple[Any, ...]


Act = Callable[["Handler"], None]
"""Answers by itself, or does not."""
Told = Union[Said, InTurn, Act, dict[str, Any], list[Any], bytes, int]
_Key = tuple[str, str, Union[tuple[tuple[str, str], ...], None]]


def in_turn(*answers: Told) -> InTurn:
    """One answer after the other; the last one stays."""
    return InTurn(answers)


def said(body: object, status: int = 200, *, plant: bool = True, **headers: str) -> Said:
    """JSON, with another status or with headers (`Retry_After="1"`)."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Said(json.dumps(_planted(body) if plant else body).encode(), status, headers=named)


def page(status: int = 200) -> Said:
    """A page for people, such as a proxy's."""
    return Said(f"<!doctype html><p>{' '.join(PLANTED.values())}".encode(), status, "text/html")


def cut(handler: Handler) -> None:
    """The connection is cut, without an answer."""
    handler.close_connection = True


class Handler(BaseHTTPRequestHandler):
    """Answers as it was told."""

    served: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_CONNECT(self) -> None:
        self.served.tunnels.append(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.served.asked.append(Asked(self.command, self.path, headers, b""))
        self.close_connection = True

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        told = self.served.take(Asked(self.command, self.path, headers, body))
        with suppress(BrokenPipeError, ConnectionResetError, ssl.SSLError):
            if callable(told):
                told(self)
            else:
                self.say(told)

    def say(self, answer: Said) -> None:
        """Answer."""
        self.send_response(answer.status)
        told = {"Content-Type": answer.media, "Set-Cookie": f"session={PLANTED['secret']}", **answer.headers}
        for name, value in {"Content-Length": str(len(answer.body)), **told}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)
        self.wfile.flush()

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


class Server:
    """A running stand-in."""

    def __init__(self, answers: Mapping[str, Told]) -> None:
        self._lock = threading.Lock()
        self._answers: dict[_Key, Told] = {}
        self._taken: dict[_Key, int] = {}
        self.url = ""
        self.asked: list[Asked] = []
        """Each request, in order."""
        self.tunnels: list[str] = []
        """Whom it was asked to connect to, as a proxy that does not."""
        self.unforeseen: list[str] = []
        """Requests that nobody has told an answer to."""
        for request, told in answers.items():
            self.tell(request, told)

    @property
    def requests(self) -> list[str]:
        """Method and target of each request, in order."""
        return [f"{one.method} {one.target}" for one in self.asked]

    def tell(self, request: str, told: Told) -> None:
        """What to answer to a request from now on."""
        self._answers[_key(*request.split(" ", 1), loosely="?" not in request)] = told

    def take(self, asked: Asked) -> Said | Act:
        """The answer to a request."""
        with self._lock:
            self.asked.append(asked)
            keys = (_key(asked.method, asked.target), _key(asked.method, asked.target, loosely=True))
            key = next((one for one in keys if one in self._answers), None)
            if key is None:
                self.unforeseen.append(f"{asked.method} {asked.target}")
                return said({}, 418)
            told = self._answers[key]
            if isinstance(told, InTurn):
                number = self._taken[key] = self._taken.get(key, -1) + 1
                told = told.answers[min(number, len(told.answers) - 1)]
        return _said(told, asked)


@contextmanager
def serving(answers: Mapping[str, Told], context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server until the block ends, at which no unforeseen request may have come; with a context by https."""
    made = Server(answers)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Told", (Handler,), {"served": made}))
    server.daemon_threads = True
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    made.url = f"http{'' if context is None else 's'}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.002}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert made.unforeseen == [], "requests that nobody foresaw"


class Observed(NamedTuple):
    """What a reader found, and what is kept of it."""

    reading: Reading
    source: str
    transcript: bytes


def observed(reader: Reader, entry: AccountEntry, environment: Mapping[str, str], limits: Limits = LIMITS) -> Observed:
    """What a reader finds, held to what all readers promise: no secret, and a reason for all that it does not tell."""
    asking = Asking(environment, limits, _FEW_PAUSES, wait=lambda seconds: None)
    try:
        reading = reader.read(entry, asking)
    finally:
        asking.close()
    found = Observed(reading, asking.sources(), asking.transcript())
    assert_silent(f"{reading}\n{found.source}\n{found.transcript.decode()}", reader, environment)
    _assert_kept(found, entry)
    _assert_told(reader, entry, reading)
    filed(reader, entry, reading)
    return found


def not_observed(reader: Reader, entry: AccountEntry, environment: Mapping[str, str], limits: Limits = LIMITS) -> str:
    """The words and the help with which a reader gives up; nothing of a secret is in them, nor in the traceback."""
    asking = Asking(environment, limits, _FEW_PAUSES, wait=lambda seconds: None)
    try:
        with pytest.raises(CannotObserve) as caught:
            reader.read(entry, asking)
    finally:
        asking.close()
    words = f"{caught.value.words}; {caught.value.help}"
    raised = "".join(traceback.format_exception(caught.type, caught.value, caught.tb))
    assert_silent(f"{words}\n{raised}\n{caught.value!r}\n{asking.transcript().decode()}", reader, environment)
    return words


def assert_silent(text: str, reader: Reader, environment: Mapping[str, str]) -> None:
    """Nothing that was planted, and no credential, is in a text."""
    names = {name for names in reader.credentials for name in names}
    secrets = [environment[name] for name in names if environment.get(name, "").strip()]
    found = [one for one in (*secrets, *PLANTED.values()) if one in text]
    assert found == [], text


def _assert_kept(found: Observed, entry: AccountEntry) -> None:
    """What was asked is told without ids."""
    for id in (entry.organization, entry.project, entry.workspace, entry.subscription, entry.account):
        if isinstance(id, str):
            assert id not in found.source, found.source
    assert not entry.subscription or str(entry.subscription) not in found.transcript.decode()


def _assert_told(reader: Reader, entry: AccountEntry, reading: Reading) -> None:
    """Only what it can tell is told, and of all else it is said why not."""
    can = set(reader.tells if reader.tells_of is None else reader.tells_of(entry))
    told = {*reading.settings, *(one.setting for one in reading.scoped)}
    told |= {name for name in ("region", "cloud_region") if getattr(reading, name) is not msgspec.UNSET}
    assert told <= can
    assert can - told <= set(reading.why) <= can, "all that is not told has a reason"
    assert not told & set(reading.why) or reading.scoped, "what is told has none"
    assert all(reason and not reason.endswith(".") for reason in reading.why.values())


def _key(method: str, target: str, *, loosely: bool = False) -> _Key:
    parts = urlsplit(target)
    return method, parts.path, None if loosely else tuple(sorted(parse_qsl(parts.query, keep_blank_values=True)))


def _said(told: Any, asked: Asked) -> Said | Act:
    if isinstance(told, int):
        given = [asked.headers[name] for name in _SECRET_HEADERS if name in asked.headers]
        words = f"Incorrect credentials: {' '.join(given)} of {PLANTED['owner_email']}."
        return said({"error": {"message": words, "type": "error", "code": None}, "message": words}, told)
    if isinstance(told, bytes):
        return Said(told)
    return told if isinstance(told, Said) or callable(told) else said(told)


def _planted(body: object) -> object:
    if isinstance(body, dict):
        return {**PLANTED, **{name: _planted(value) for name, value in body.items()}}
    return [_planted(one) for one in body] if isinstance(body, list) else body
