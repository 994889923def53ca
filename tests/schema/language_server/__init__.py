"""A client of a language server: opens documents and hears what is wrong with them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

HERE = Path(__file__).parent
SERVER = Path(os.environ.get("VENDORGATE_LANGUAGE_SERVER", HERE / "node_modules")) / "yaml-language-server"
"""Where `npm ci` has put it."""


def installed() -> bool:
    return shutil.which("node") is not None and (SERVER / "bin" / "yaml-language-server").exists()


class Diagnostic(msgspec.Struct, frozen=True):
    """One thing that the server says is wrong."""

    line: int
    """From 1."""
    message: str


class LanguageServer:
    """yaml-language-server over its standard streams, as an editor runs it."""

    def __init__(self, folder: Path) -> None:
        command = ["node", str(SERVER / "bin" / "yaml-language-server"), "--stdio"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
        self._folder = folder
        self._next = 0

    def __enter__(self) -> LanguageServer:
        self._next += 1
        parameters = {"processId": os.getpid(), "rootUri": self._folder.as_uri(), "capabilities": {}}
        self._send({"id": self._next, "method": "initialize", "params": parameters})
        while self._receive().get("id") != self._next:
            pass
        self._send({"method": "initialized", "params": {}})
        settings = {"yaml": {"validate": True, "schemaStore": {"enable": False}, "yamlVersion": "1.2"}}
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": settings}})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def diagnostics(self, path: Path) -> list[Diagnostic]:
        """Open what a file holds and wait for what the server first says of it.

        It is opened under a name of its own beside the file, because a server that knows a document might answer of
        what that was before; its schema is the one that its first line names.
        """
        self._next += 1
        uri = path.with_name(f"{self._next}-{path.name}").as_uri()
        text = path.read_text(encoding="utf-8")
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while True:
            message = self._receive()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                found = message["params"]["diagnostics"]
                return [Diagnostic(one["range"]["start"]["line"] + 1, one["message"]) for one in found]

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        """The next message; a request of the server is answered with nothing."""
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while line := stream.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert length, "the server has ended"
        message: dict[str, Any] = json.loads(stream.read(length))
        if "id" in message and "method" in message:
            items = message["params"].get("items", []) if isinstance(message.get("params"), dict) else []
            self._send({"id": message["id"], "result": [None] * len(items)})
        return message
