"""The API of GitHub on this machine, as far as comments go: it keeps them, and answers as a test wants it to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import msgspec

BOT: Final = {"login": "github-actions[bot]", "type": "Bot"}
SOMEBODY: Final = {"login": "somebody", "type": "User"}


class Request(msgspec.Struct, frozen=True):
    """A request that came."""

    method: str
    path: str
    authorization: str
    content: Any


class Api(msgspec.Struct):
    """The server's memory; tests read and write it."""

    comments: list[dict[str, Any]] = []
    requests: list[Request] = []
    status: int = 0
    """What every request is answered with; 0: as GitHub would."""
    statuses: list[int] = []
    """What the next requests are answered with, before `status` is."""
    method: str = ""
    """Only such requests are answered with `status`."""
    headers: dict[str, str] = {}
    """Sent with `status`."""
    body: bytes | None = None
    """In the place of every answer's body."""
    silence: float = 0.0
    """Seconds before an answer."""
    per_page: int = 100
    next_host: str = ""
    """In the place of this server, in links to further pages."""
    account: str = ""
    """Of the token; empty: it has none, as that of a job."""
    url: str = ""

    def sent(self, *methods: str) -> list[Request]:
        return [request for request in self.requests if request.method in methods]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def _handle(self) -> None:
        api = self.server.api
        length = int(self.headers.get("Content-Length", "0"))
        content = json.loads(self.rfile.read(length)) if length else None
        api.requests.append(Request(self.command, self.path, self.headers.get("Authorization", ""), content))
        time.sleep(api.silence)
        status = api.statuses.pop(0) if api.statuses else api.status
        if status and api.method in ("", self.command):
            self._answer(status, {"message": "as you wish"}, api.headers)
        else:
            self._as_github(api, content)

    do_GET = do_POST = do_PATCH = _handle  # noqa: N815 the names that http.server looks for

    def _as_github(self, api: Api, content: Any) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/user":
            known = bool(api.account)
            self._answer(
                200 if known else 403, {"login": api.account, "type": "User"} if known else {"message": "no"}, {}
            )
        elif self.command == "GET" and parts.path == "/repos/octo/project/issues/7/comments":
            self._page(api, int(parse_qs(parts.query).get("page", ["1"])[0]))
        elif self.command == "POST" and parts.path == "/repos/octo/project/issues/7/comments":
            comment = {"id": 1000 + len(api.comments), "body": content["body"], "user": BOT}
            api.comments.append(comment)
            self._answer(201, comment, {})
        elif self.command == "PATCH" and parts.path.startswith("/repos/octo/project/issues/comments/"):
            number = int(parts.path.rpartition("/")[2])
            (comment,) = (one for one in api.comments if one["id"] == number)
            comment["body"] = content["body"]
            self._answer(200, comment, {})
        else:
            self._answer(404, {"message": "Not Found"}, {})

    def _page(self, api: Api, number: int) -> None:
        end = number * api.per_page
        host = api.next_host or api.url
        more = f'<{host}/repos/octo/project/issues/7/comments?per_page=100&page={number + 1}>; rel="next"'
        headers = {"Link": more} if end < len(api.comments) else {}
        self._answer(200, api.comments[end - api.per_page : end], headers)

    def _answer(self, status: int, content: Any, headers: dict[str, str]) -> None:
        body = json.dumps(content).encode() if self.server.api.body is None else self.server.api.body
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, api: Api) -> None:
        self.api = api
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is none of ours."""


@contextmanager
def serving(api: Api | None = None) -> Iterator[Api]:
    """A server for as long as the block lasts."""
    api = Api() if api is None else api
    server = _Server(api)
    api.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()
