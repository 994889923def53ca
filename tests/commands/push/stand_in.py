"""A stand-in for CISO Assistant: a real server on loopback with state, which holds each request against the OpenAPI.

It does what the program's source does (intuitem/ciso-assistant-community at f990d7b, of 2026-08-08: `core/views.py`,
`core/serializers.py`, `core/models.py`, `core/base_models.py`, `core/pagination.py`, `tprm/`). In answers that is not
what its OpenAPI says: related objects are objects, choices their names, a page's `next` is a path. Faults are told to
it by the number of a request.
"""

from __future__ import annotations

import json
import re
import ssl
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from tests.commands.push.openapi import violations

TOKEN: Final = "a6a120f_notTheRealOne_butSecretAllTheSame"
FOLDER: Final = "11111111-1111-4111-8111-111111111111"
OTHER: Final = "22222222-2222-4222-8222-222222222222"
NAME: Final = "AI vendors"
_KINDS: Final = ("entities", "evidences", "security-exceptions", "evidence-revisions", "folders")
_SEVERITIES: Final = {-1: "undefined", 0: "info", 1: "low", 2: "medium", 3: "high", 4: "critical"}
_STATUSES: Final = {
    "draft": "Draft",
    "missing": "Missing",
    "in_review": "In review",
    "approved": "Approved",
    "rejected": "Rejected",
    "expired": "Expired",
}
_UNIQUE: Final[Mapping[str, tuple[str, ...]]] = {
    "entities": ("name",),
    "evidences": ("name",),
    "security-exceptions": ("ref_id", "name"),
}
"""`fields_to_check` of each model: taken together, within a folder, without case."""
_EMPTY: Final[Mapping[str, Mapping[str, Any]]] = {
    "entities": {"ref_id": "", "reference_link": None, "is_active": True},
    "evidences": {"status": "draft", "expiry_date": None},
    "security-exceptions": {"ref_id": None, "severity": -1, "status": "draft", "expiration_date": None},
}
_ENDINGS: Final = ("txt", "csv", "pdf", "gz")
"""`validate_file_name` of 2026-01, which asks it of a revision and not of an evidence, and what later versions pack."""
Object = dict[str, Any]


class Cut(Exception):
    """The connection is cut, without an answer."""


Fault = Callable[["Handler", Callable[[], None]], None]
"""Answers in the place of the stand-in; what it is handed does the work and answers."""


class State:
    """What the program knows."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, Object]] = {kind: {} for kind in _KINDS}
        self.files: dict[str, bytes] = {}
        """By the name under which each is kept."""
        for id, name, type in ((OTHER, "Global", "GLOBAL"), (FOLDER, NAME, "DOMAIN")):
            self.objects["folders"][id] = {"id": id, "name": name, "content_type": type}
        self._made = 0

    def of(self, kind: str) -> list[Object]:
        return [*self.objects[kind].values()]

    def seen(self) -> dict[str, Any]:
        """All that people see, without ids and the order in which things were made."""
        revisions = self.of("evidence-revisions")
        found = {kind: [self._seen(one, revisions) for one in self.of(kind)] for kind in _EMPTY}
        return {kind: sorted(ones, key=lambda one: json.dumps(one, sort_keys=True)) for kind, ones in found.items()}

    def _seen(self, one: Object, revisions: list[Object]) -> Object:
        own = [each for each in revisions if each["evidence"] == one["id"]]
        files = [(each["version"], self.files.get(each["attachment"] or ""), each["link"]) for each in own]
        return {**{key: value for key, value in one.items() if key != "id"}, "files": [str(each) for each in files]}

    def add(self, kind: str, **fields: Any) -> Object:
        """An object that somebody makes."""
        self._made += 1
        id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{kind}/{self._made}"))
        one = {**_EMPTY.get(kind, {}), "description": None, "folder": OTHER, **fields, "id": id}
        self.objects[kind][id] = one
        return one

    def add_revision(self, evidence: str, link: str | None, file: tuple[str, bytes] | None, **more: Any) -> Object:
        own = [one["version"] for one in self.of("evidence-revisions") if one["evidence"] == evidence]
        name = None if file is None else self._keep(*file)
        fields = {"version": max(own, default=0) + 1, "evidence": evidence, "attachment": name, "link": link}
        return self.add("evidence-revisions", **{"observation": None, **fields, **more})

    def last_revision(self, evidence: str) -> Object | None:
        own = [one for one in self.of("evidence-revisions") if one["evidence"] == evidence]
        return max(own, key=lambda one: one["version"], default=None)

    def _keep(self, name: str, data: bytes) -> str:
        """`validate_file_name`, then a storage that gives another name where one is taken."""
        extension = name.rpartition(".")[2].lower()
        base = re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", name.replace(extension, "")).lower()).strip("-_")
        kept = f"{base}.{extension}"
        if kept in self.files:
            kept = f"{base}_{len(self.files):07}.{extension}"
        self.files[kept] = data
        return kept


class Handler(BaseHTTPRequestHandler):
    """Answers as the program does, unless a fault is told for this request."""

    server_state: StandIn
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PATCH(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        stand_in = self.server_state
        with stand_in.lock:
            number = len(stand_in.asked)
            stand_in.asked.append((self.command, self.path))
            stand_in.seen_headers.append(dict(self.headers))
        fault = stand_in.faults.pop(number, cut if number >= stand_in.dead_from else stand_in.always)
        with suppress(BrokenPipeError, ConnectionResetError, ssl.SSLError):
            try:
                if fault is None:
                    self.work()
                else:
                    fault(self, self.work)
            except Cut:
                self.close_connection = True

    def work(self) -> None:
        """Do what is asked for, and answer."""
        status, answer = self.done()
        self.reply(status, json.dumps(answer).encode(), "application/json")

    def done(self) -> tuple[int, Any]:
        """What is asked for, done."""
        with self.server_state.lock:
            return self._done()

    def _done(self) -> tuple[int, Any]:
        if self.headers.get("Authorization") != f"Token {TOKEN}":
            return 401, {"detail": "Invalid token."}
        fields = self._fields()
        media = self.headers.get("Content-Type", "")
        wrong = violations(self.command, self.path, media, fields)
        if wrong:
            self.server_state.violations += wrong
            return 400, {"non_field_errors": wrong}
        parts = urlsplit(self.path)
        _, kind, *rest = parts.path.strip("/").split("/")
        if self.command == "GET":
            return 200, self._page(kind, parse_qsl(parts.query))
        if self.command == "POST":
            return self._made(kind, fields)
        return self._changed(kind, rest[0], fields)

    def _fields(self) -> dict[str, Any]:
        media = self.headers.get("Content-Type", "")
        self.file: tuple[str, bytes] | None = None
        if not self.body:
            return {}
        if media.startswith("multipart/form-data"):
            return self._of_form(media)
        found: dict[str, Any] = json.loads(self.body)
        return found

    def _of_form(self, media: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        message = BytesParser().parsebytes(b"Content-Type: " + media.encode() + b"\r\n\r\n" + self.body)
        for part in message.walk():
            name = part.get_param("name", header="content-disposition")
            file = part.get_filename()
            data = part.get_payload(decode=True)
            if name is None or not isinstance(data, bytes):
                continue
            if file is not None:
                self.file = (file, data)
            found[str(name)] = f"https://files.example.org/{file}" if file is not None else data.decode("utf-8")
        return found

    def _page(self, kind: str, asked: list[tuple[str, str]]) -> dict[str, Any]:
        wanted = dict(asked)
        limit, offset = int(wanted.pop("limit", "5000")), int(wanted.pop("offset", "0"))
        wanted.pop("ordering", None)
        found = [one for one in self.server_state.state.of(kind) if all(one.get(k) == v for k, v in wanted.items())]
        if kind == "evidence-revisions":
            found.sort(key=lambda one: -one["version"])
        following = f"{urlsplit(self.path).path}?limit={limit}&offset={offset + limit}"
        return {
            "count": len(found),
            "next": following if offset + limit < len(found) else None,
            "previous": None,
            "results": [self._read(kind, one) for one in found[offset : offset + limit]],
        }

    def _read(self, kind: str, one: Object) -> Object:
        """As the serializers that read have it."""
        state = self.server_state.state
        if kind == "folders":
            return one
        found = {**one, "folder": {"id": one["folder"], "str": state.objects["folders"][one["folder"]]["name"]}}
        if kind == "evidences":
            last = state.last_revision(one["id"]) or {}
            file = last.get("attachment")
            found |= {"status": _STATUSES[one["status"]], "link": last.get("link")}
            found["attachment"] = None if file is None else f"/media/{file}"
        elif kind == "security-exceptions":
            found["severity"] = _SEVERITIES[one["severity"]]
        elif kind == "evidence-revisions":
            found["evidence"] = {"id": one["evidence"], "str": "an evidence"}
        return found

    def _made(self, kind: str, fields: dict[str, Any]) -> tuple[int, Any]:
        state = self.server_state.state
        fields = _trimmed(fields)
        link, _ = fields.pop("link", None), fields.pop("attachment", None)
        if kind == "evidence-revisions":
            evidence = state.objects["evidences"].get(fields.pop("evidence"))
            if evidence is None:
                return 400, {"evidence": ["Invalid pk - object does not exist."]}
            if fields.pop("folder", OTHER) not in self.server_state.may_write:  # `Folder.get_folder`, else the root
                return 403, {"folder": "You do not have permission to add objects in this folder"}
            if self.file is not None and self.file[0].rpartition(".")[2] not in _ENDINGS:
                return 400, {"attachment": ["An error occured with file extension"]}
            evidence["status"] = "in_review"
            return 201, state.add_revision(evidence["id"], link, self.file, folder=evidence["folder"], **fields)
        refused = self._refused(kind, fields, None)
        if refused is not None:
            return refused
        one = state.add(kind, **fields)
        if kind == "evidences":
            state.add_revision(one["id"], link, self.file, folder=one["folder"])
        return 201, one

    def _changed(self, kind: str, id: str, fields: dict[str, Any]) -> tuple[int, Any]:
        one = self.server_state.state.objects[kind].get(id)
        if one is None:
            return 404, {"detail": "Not found."}
        fields = _trimmed(fields)
        refused = self._refused(kind, {**one, **fields}, id)
        if refused is not None:
            return refused
        one.update(fields)
        return 200, one

    def _refused(self, kind: str, fields: Mapping[str, Any], id: str | None) -> tuple[int, Any] | None:
        if fields.get("folder", OTHER) not in self.server_state.may_write:
            return 403, {"folder": "You do not have permission to add objects in this folder"}
        names = [name for name in _UNIQUE[kind] if fields.get(name)]
        for one in self.server_state.state.of(kind):
            same = one["id"] != id and one["folder"] == fields.get("folder", OTHER)
            if same and names and all(str(one.get(k) or "").lower() == str(fields[k]).lower() for k in names):
                words = "is already used in this scope. Please choose another value."
                return 400, {names[-1]: [f"{fields[names[-1]]} {words}"]}
        return None

    def reply(self, status: int, body: bytes = b"", media: str = "text/html", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def _trimmed(fields: Mapping[str, Any]) -> dict[str, Any]:
    """As fields of text are read: without white space around them."""
    return {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}


class StandIn:
    """A running stand-in."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.state = State()
        self.asked: list[tuple[str, str]] = []
        """Method and target of each request, in order."""
        self.seen_headers: list[dict[str, str]] = []
        self.violations: list[str] = []
        """What is wrong with requests by the OpenAPI."""
        self.faults: dict[int, Fault] = {}
        self.always: Fault | None = None
        """In the place of every answer for which no other fault is told."""
        self.dead_from = 1_000_000
        """The number of the request from which on every connection is cut."""
        self.may_write = {FOLDER}
        self.url = ""

    @property
    def writes(self) -> list[tuple[str, str]]:
        """The requests that can change something."""
        return [one for one in self.asked if one[0] != "GET"]

    def forget(self) -> None:
        """Forget what was asked."""
        self.asked.clear()
        self.seen_headers.clear()


@contextmanager
def standing_in(context: ssl.SSLContext | None = None) -> Iterator[StandIn]:
    """A stand-in until the block ends."""
    made = StandIn()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Told", (Handler,), {"server_state": made}))
    server.daemon_threads = True
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    made.url = f"http{'' if context is None else 's'}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# Faults.


def cut(handler: Handler, work: Callable[[], None]) -> None:
    """The connection is cut before anything is done."""
    raise Cut


def cut_after(handler: Handler, work: Callable[[], None]) -> None:
    """What is asked for is done, and the connection is cut before it is said."""
    handler.done()
    raise Cut


def cut_amid(handler: Handler, work: Callable[[], None]) -> None:
    """What is asked for is done, and the answer breaks off."""
    status, answer = handler.done()
    body = json.dumps(answer).encode()
    handler.reply(status, body[: len(body) // 2], "application/json", Content_Length=str(len(body)))
    raise Cut


def answering(status: int, body: bytes = b"{}", *, after: bool = False, **headers: str) -> Fault:
    """Another answer, to what is not done, or `after` it is."""

    def fault(handler: Handler, work: Callable[[], None]) -> None:
        if after:
            handler.done()
        handler.reply(status, body, "application/json", **headers)

    return fault
