"""A real HTTP server on loopback that misbehaves as it is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers each path as the test has it, and remembers what was asked."""

    answers: dict[str, Answer]
    asked: list[tuple[str, str | None]]

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers.get("If-None-Match")))
        answer = self.answers.get(self.path)
        if answer is None:
            self.reply(404, b"nothing here")
            return
        with suppress(BrokenPipeError, ConnectionResetError):  # the client has had enough
            answer(self)

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


class Server:
    """A running server."""

    def __init__(self, address: str, answers: dict[str, Answer], asked: list[tuple[str, str | None]]) -> None:
        self.address = address
        self.answers = answers
        self.asked = asked

    def url(self, path: str) -> str:
        return f"{self.address}{path}"

    def serve(self, path: str, body: bytes, etag: str | None = None) -> str:
        """Serve bytes, with an ETag if there is one; the address of them."""

        def answer(handler: Handler) -> None:
            if etag is not None and handler.headers.get("If-None-Match") == etag:
                handler.reply(304)
            elif etag is not None:
                handler.reply(200, body, ETag=etag)
            else:
                handler.reply(200, body)

        self.answers[path] = answer
        return self.url(path)


@contextmanager
def running() -> Iterator[Server]:
    """A server until the block ends."""
    answers: dict[str, Answer] = {}
    asked: list[tuple[str, str | None]] = []
    handler = type("Told", (Handler,), {"answers": answers, "asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{server.server_port}", answers, asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def slowly(body: bytes, pause: float) -> Answer:
    """One byte at a time."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        for index in range(len(body)):
            handler.wfile.write(body[index : index + 1])
            handler.wfile.flush()
            time.sleep(pause)

    return answer
