"""A real git server with TLS on loopback, whose certificate an authority made for the tests vouches for.

Repositories are served by git's own `git http-backend`, so that clients meet what they meet at any host; files,
redirects and misbehaviour are told to it path by path.
"""

from __future__ import annotations

import base64
import os
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import trustme

from tests.commands.review.repository import Repository

Answer = Callable[["Handler"], None]
PROXIES = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
_PRIVATE = "private"


class Handler(BaseHTTPRequestHandler):
    """Answers as it is told, else with what git says of a repository below the root."""

    root: Path
    answers: dict[str, Answer]
    asked: list[str]
    token: str
    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.asked.append(self.path)
        path = urlsplit(self.path).path
        told = next((answer for begin, answer in self.answers.items() if path.startswith(begin)), None)
        with suppress(BrokenPipeError, ConnectionResetError, ssl.SSLError):
            if told is not None:
                told(self)
            elif path.startswith(f"/{_PRIVATE}/") and not self._may_read():
                self.ask()
            else:
                self.backend(path)

    def ask(self) -> None:
        """Ask who wants to read it."""
        self.reply(401, WWW_Authenticate='Basic realm="git"')

    def private(self, body: bytes) -> None:
        """Bytes for those who may read them."""
        if self._may_read():
            self.reply(200, body)
        else:
            self.ask()

    def _may_read(self) -> bool:
        given = self.headers.get("Authorization", "")
        return given == "Basic " + base64.b64encode(f"x-access-token:{self.token}".encode()).decode()

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def backend(self, path: str) -> None:
        """What `git http-backend` answers, as a server for CGI asks it (RFC 3875)."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "HTTP_GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "REQUEST_METHOD": self.command,
            "PATH_INFO": path,
            "QUERY_STRING": urlsplit(self.path).query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "127.0.0.1",
        }
        said = subprocess.run(
            ["git", "http-backend"], input=body, env=environment, capture_output=True, check=False, timeout=60
        ).stdout
        head, _, content = said.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode("ascii").split("\r\n") if ": " in line)
        status = int(headers.pop("Status", "200 OK").split(" ")[0])
        self.reply(status, content, **{name.replace("-", "_"): value for name, value in headers.items()})

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


class GitServer:
    """A running server, and the repositories that it has."""

    def __init__(self, port: int, root: Path, answers: dict[str, Answer], asked: list[str], token: str) -> None:
        self.host = f"localhost:{port}"
        self.port = port
        self.root = root
        self.answers = answers
        self.asked = asked
        self.token = token

    def repository(self, name: str = "acme/policies") -> Repository:
        """A new repository, which is served at once."""
        folder = self.root / name
        folder.mkdir(parents=True)
        return Repository(folder)

    def address(self, revision: str = "", path: str = "policies", name: str = "acme/policies") -> str:
        """What names a folder of a repository."""
        return f"git+https://{self.host}/{name}{'@' if revision else ''}{revision}{'#' if path else ''}{path}"

    def serve(self, path: str, body: bytes) -> str:
        """Serve bytes; the address of them."""
        self.answers[path] = lambda handler: handler.reply(200, body)
        return f"https://{self.host}{path}"

    def redirect(self, path: str, to: str) -> None:
        """Send whoever asks for what begins with a path elsewhere."""

        def answer(handler: Handler) -> None:
            handler.reply(302, Location=to + handler.path.removeprefix(path))

        self.answers[path] = answer


@cache
def _helper() -> str:
    """Git's own helper for https."""
    found = subprocess.run(("git", "--exec-path"), capture_output=True, text=True, check=True)
    return f"{found.stdout.strip()}/git-remote-https"


class Authority:
    """Who vouches for the server, and the environment of whoever believes it."""

    def __init__(self, folder: Path) -> None:
        self._made = trustme.CA()
        self.file = folder / "authority.pem"
        self._made.cert_pem.write_to_path(str(self.file))
        self.programs = folder / "programs of git"
        """Where git finds its helper for https first, here one that knows no other authorities. Its own reads the
        hundreds that a machine has each time that it is started, which takes five times as long as all that it does."""
        self.programs.mkdir()
        helper = self.programs / "git-remote-https"
        helper.write_text(f'#!/bin/sh\nGIT_SSL_CAPATH="{self.programs}" exec "{_helper()}" "$@"\n', encoding="utf-8")
        helper.chmod(0o755)

    def server_side(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._made.issue_cert("localhost", "127.0.0.1").configure_cert(context)
        return context

    @property
    def trusted(self) -> Mapping[str, str]:
        return {
            "GIT_SSL_CAINFO": str(self.file),
            "REQUESTS_CA_BUNDLE": str(self.file),
            "GIT_EXEC_PATH": str(self.programs),
        }


@contextmanager
def serving(folder: Path, authority: Authority, *, secure: bool = True) -> Iterator[GitServer]:
    """A server until the block ends."""
    answers: dict[str, Answer] = {}
    asked: list[str] = []
    token = "ghs_notTheRealOneButSecretAllTheSame"
    told = {"root": folder, "answers": answers, "asked": asked, "token": token}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Told", (Handler,), told))
    server.daemon_threads = True
    if secure:
        server.socket = authority.server_side().wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield GitServer(server.server_port, folder, answers, asked, token)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def trusting(patch: pytest.MonkeyPatch, authority: Authority, cache: Path) -> None:
    """Have this process believe the authority, keep its cache in a folder, and go through no proxy."""
    for name in PROXIES:
        patch.delenv(name, raising=False)
    for name, value in authority.trusted.items():
        patch.setenv(name, value)
    patch.setenv("XDG_CACHE_HOME", str(cache))
