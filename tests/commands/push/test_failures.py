"""What goes wrong on the way: nothing is lost, nothing is there twice, and what was not done is said."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from tests.commands.push.stand_in import (
    Fault,
    Handler,
    StandIn,
    answering,
    cut,
    cut_after,
    cut_amid,
    standing_in,
)
from tests.commands.push.world import FILES, NO_PAUSES, WAIVER, asking, push, pushed, write
from tests.commands.review.repository import AUDITED, BAA, Content, manifest, policies, usage
from tests.thoroughness import thorough
from vendorgate.commands.push.ciso_assistant import api
from vendorgate.remote import calls

FIRST: Final[Mapping[str, Content]] = {**FILES, "lab/vendorgate.yaml": manifest(project="lab")}
THEN: Final[Mapping[str, Content]] = {
    **FIRST,
    "policies/rules.yaml": policies({**BAA, "severity": "warning"}, {**AUDITED, "id": "other"}),
    "policies/waivers.yaml": {"version": 1, "waivers": [{**WAIVER, "expires": "2027-01-31"}]},
    "clinic/vendorgate.yaml": manifest(usage("notes", "gamma"), usage("letters", "beta"), project="clinic"),
}
"""Something is made, something is changed, and something is gone."""
PASSING: Final[Mapping[str, Fault]] = {
    "cut": cut,
    "cut after": cut_after,
    "cut amid": cut_amid,
    "500": answering(500),
    "502 after": answering(502, b"<html>Bad gateway</html>", after=True),
    "503": answering(503),
    "429": answering(429, b'{"detail": "Request was throttled."}', Retry_After="0"),
}
"""Faults that are gone when one asks again."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    asking(monkeypatch)
    with standing_in() as found:
        yield found
        assert found.violations == [], "requests that the OpenAPI does not know"


@pytest.fixture
def world(tmp_path: Path) -> Path:
    write(tmp_path, FIRST)
    return tmp_path


def whole(world: Path, files: Mapping[str, Content], before: Mapping[str, Content] | None = None) -> tuple[Any, int]:
    """What is there after a push that nothing keeps from its work, and how many requests that takes."""
    with standing_in() as server:
        if before is not None:
            write(world, before)
            pushed(world, server, "--mark-gone")
        write(world, files)
        server.forget()
        pushed(world, server, "--mark-gone")
        return server.state.seen(), len(server.asked)


def some(requests: int) -> range:
    """The numbers of the requests that are tried: of a run for a commit every third, the last ones among them."""
    return range(requests) if thorough() else range((requests - 1) % 3, requests, 3)


def begun(world: Path, server: StandIn) -> None:
    write(world, FIRST)
    pushed(world, server, "--mark-gone")
    write(world, THEN)
    server.forget()


# What passes.


@pytest.mark.parametrize("name", PASSING)
def test_fault_at_any_request_that_passes_changes_nothing_of_what_is_there_in_the_end(
    name: str, world: Path, server: StandIn
) -> None:
    expected, requests = whole(world, FIRST)
    for number in some(requests):
        server.state.__init__()  # type: ignore[misc]  # another one for each
        server.forget()
        server.faults = {number: PASSING[name]}
        report = pushed(world, server)
        assert report["summary"]["undone"] == 0, (number, report)
        assert server.state.seen() == expected, (number, server.asked)


@pytest.mark.parametrize("name", ["cut", "cut after", "502 after"])
def test_fault_at_any_request_of_a_change_changes_nothing_of_what_is_there_in_the_end(
    name: str, world: Path, server: StandIn
) -> None:
    expected, requests = whole(world, THEN, FIRST)
    for number in some(requests):
        server.state.__init__()  # type: ignore[misc]
        begun(world, server)
        server.faults = {number: PASSING[name]}
        pushed(world, server, "--mark-gone")
        assert server.state.seen() == expected, (number, server.asked)


# What does not.


@pytest.mark.parametrize("at_the_end", [cut, cut_after, cut_amid], ids=["before", "after", "amid"])
@pytest.mark.parametrize("before", [None, FIRST], ids=["all new", "a change"])
def test_push_after_one_that_ended_at_any_request_is_one_whole_push(
    before: Mapping[str, Content] | None, at_the_end: Fault, world: Path, server: StandIn
) -> None:
    files = FIRST if before is None else THEN
    expected, requests = whole(world, files, before)
    for number in some(requests):
        server.state.__init__()  # type: ignore[misc]
        server.forget()
        if before is not None:
            begun(world, server)
        server.faults, server.dead_from = {number: at_the_end}, number + 1
        ended = push(world, server, "--yes", "--mark-gone", "--format", "json")
        assert ended.code == 2
        if ended.stdout:
            said_what_was_done(json.loads(ended.stdout), server)
        server.dead_from = 1_000_000
        pushed(world, server, "--mark-gone")
        assert server.state.seen() == expected, (number, server.asked)
        server.forget()
        pushed(world, server, "--mark-gone")
        assert server.writes == []


def said_what_was_done(report: Any, server: StandIn) -> None:
    """What is said to be done is there, and what is said not to have been tried is not."""
    there = {one["name"] for kind in ("entities", "evidences", "security-exceptions") for one in server.state.of(kind)}
    for one in report["objects"]:
        if one["state"] == "done":
            assert one["name"] in there
        if one["action"] == "create" and one["state"] in ("not_tried", "failed"):
            assert one["name"] not in there
    assert sum(one["state"] == "unsure" for one in report["objects"]) <= 1
    assert report["ended"]


def test_interruption_by_somebody_is_told_with_what_was_done(
    world: Path, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = api.Api.create

    def interrupted(self: api.Api, kind: Any, *more: Any) -> Any:
        if kind == "exception":
            raise KeyboardInterrupt
        return asked(self, kind, *more)

    monkeypatch.setattr(api.Api, "create", interrupted)
    ended = push(world, server, "--yes")
    assert ended.code == 130
    assert "created: evidence clinic: PHI needs a BAA" in ended.stdout
    assert "nobody knows whether done: exception" in ended.stdout
    assert "it ended early: interrupted" in ended.stdout


LASTING: Final[Mapping[str, tuple[Fault, str]]] = {
    "cut": (cut, "cannot be reached, or hangs up"),
    "401": (answering(401, b'{"detail": "Invalid token."}'), "answers 401: Invalid token."),
    "403": (answering(403, b'{"detail": "No."}'), "answers 403: No."),
    "404": (answering(404, b"<html>Not here</html>"), "answers 404"),
    "405": (answering(405), "answers 405"),
    "500": (answering(500), "answers 500"),
    "503": (answering(503), "answers 503"),
    "429 for an hour": (answering(429, Retry_After="3600"), "asks to be left alone for 3600 seconds"),
    "elsewhere": (answering(302, Location="https://elsewhere.example/"), "redirects to another address"),
    "elsewhere for good": (answering(308, Location="http://127.0.0.1:9/"), "redirects to another address"),
    "a page": (answering(200, b"<!DOCTYPE html><html>Log in</html>"), "answers with something else than its API"),
    "no JSON": (answering(200, b'{"count": 1, "results": [{"id'), "answers with something else than its API"),
    "no list": (answering(200, b'{"count": 1}'), "answers with something else than its API"),
    "a list": (answering(200, b"[]"), "answers with something else than its API"),
    "not UTF-8": (answering(200, b'{"count": 1, "results": [{"id": "\xff"}]}'), "something else than its API"),
    "deep": (answering(200, b'{"count": 0, "results": ' + b"[" * 100_000), "answers with something else than its API"),
    "without an id": (answering(200, b'{"count": 1, "results": [{"id": "x", "name": "y"}]}'), "without an id"),
    "packed": (answering(200, b"\x1f\x8b", Content_Encoding="gzip"), "in an encoding that nobody asked for"),
    "204": (answering(204), "answers with something else than its API"),
}
"""What is met from the first request on, and what is said of it."""


@pytest.mark.parametrize("name", LASTING)
def test_server_that_is_of_no_use_is_told_and_nothing_is_printed(name: str, world: Path, server: StandIn) -> None:
    server.always, words = LASTING[name]
    ended = push(world, server, "--yes")
    assert (ended.code, ended.stdout) == (2, "")
    assert f"error: {server.url} " in ended.stderr
    assert words in ended.stderr
    assert "= help: " in ended.stderr
    assert server.writes == []
    assert len(server.asked) <= 4


WRITING: Final[Mapping[str, tuple[Fault, str, str, int]]] = {
    "400": (answering(400, b'{"name": ["No."]}'), "answers 400: name: No.", "failed", 5),
    "404": (answering(404, b'{"detail": "Not found."}'), "answers 404: Not found.", "failed", 5),
    "409": (answering(409), "answers 409", "failed", 5),
    "413": (answering(413, b"<html>Too large</html>"), "answers 413", "failed", 5),
    "403": (answering(403, b'{"folder": "No."}'), "answers 403: folder: No.", "failed", 3),
    "401": (answering(401), "answers 401", "failed", 1),
    "another object": (
        answering(201, b'{"id": "99999999-9999-4999-8999-999999999999", "name": "another"}'),
        "answers with another object",
        "unsure",
        1,
    ),
    "a page": (answering(200, b"<html>Hello</html>"), "answers 200 with no object", "unsure", 4),
    "503": (answering(503), "answers 503", "unsure", 4),
    "504": (answering(504, b"<html>"), "answers 504", "unsure", 4),
}
"""What is answered to every request that makes something: what is said, in which state, after how many requests."""


@pytest.mark.parametrize("name", WRITING)
def test_what_is_not_made_is_said_with_why_and_what_to_do(name: str, world: Path, server: StandIn) -> None:
    fault, words, state, writes = WRITING[name]

    def on_writing(handler: Handler, work: Callable[[], None]) -> None:
        if handler.command == "GET":
            work()
        else:
            fault(handler, work)

    server.always = on_writing
    write(world, FILES)
    report = pushed(world, server, "--kind", "evidence", "--kind", "exception", code=2)
    first, *others = report["objects"]
    assert (first["state"], words in first["why"]) == (state, True)
    assert first["help"]
    assert len(server.writes) == writes if writes != 3 else 2
    expected = {"failed"} if writes == 5 else {"failed", "not_tried"} if writes == 3 else {"not_tried"}
    assert {one["state"] for one in others} == expected
    assert report["summary"]["undone"] == 5
    server.always = None
    assert pushed(world, server)["summary"]["undone"] == 0


def test_refusal_of_one_object_keeps_no_other_from_being_made(world: Path, server: StandIn) -> None:
    server.faults = {5: answering(400, b'{"description": ["Not like this."]}')}
    report = pushed(world, server, code=2)
    states = [(one["state"], one["why"]) for one in report["objects"]]
    refused = "answers 400: description: Not like this."
    assert states == [("done", None), ("failed", refused), ("done", None), ("done", None)]
    assert pushed(world, server)["summary"]["done"] == 1


def test_answer_to_a_change_that_is_about_another_object_is_not_believed(world: Path, server: StandIn) -> None:
    begun(world, server)

    def lying(handler: Handler, work: Callable[[], None]) -> None:
        if handler.command == "PATCH":
            answering(200, b'{"id": "99999999-9999-4999-8999-999999999999"}')(handler, work)
        else:
            work()

    server.always = lying
    report = pushed(world, server, code=2)
    (unsure,) = [one for one in report["objects"] if one["state"] == "unsure"]
    assert "another object than the one that is changed" in unsure["why"]


def test_list_that_never_ends_is_not_read_for_ever(world: Path, server: StandIn) -> None:
    page = {"count": 10**9, "results": [{"id": f"00000000-0000-4000-8000-{n:012}", "name": "f"} for n in range(100)]}
    server.always = answering(200, json.dumps(page).encode())
    ended = push(world, server, "--yes")
    assert ended.code == 2
    assert "lists the same object again and again" in ended.stderr
    assert len(server.asked) == 2


def test_list_that_is_too_long_is_not_read_to_its_end(
    world: Path, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "_MOST", 250)

    def endless(handler: Handler, work: Callable[[], None]) -> None:
        offset = int(handler.path.rpartition("=")[2])
        ids = [f"00000000-0000-4000-8000-{offset + n:012}" for n in range(100)]
        body = {"count": 10**9, "results": [{"id": id, "name": "f"} for id in ids]}
        handler.reply(200, json.dumps(body).encode())

    server.always = endless
    ended = push(world, server)
    assert "lists more than 250 objects" in ended.stderr
    assert len(server.asked) == 3


def test_answer_that_is_huge_is_not_read_to_its_end(
    world: Path, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "LIMITS", calls.Limits(largest=1_000))
    monkeypatch.setattr(calls.Line.__init__, "__defaults__", (calls.LIMITS,))
    server.always = answering(200, b" " * 100_000)
    ended = push(world, server)
    assert (ended.code, "answers with more than 1,000 bytes" in ended.stderr) == (2, True)


@pytest.mark.parametrize("limits", [calls.Limits(read=0.1), calls.Limits(whole=0.1)], ids=["read", "whole"])
def test_server_that_is_slow_is_not_waited_for(
    limits: calls.Limits, world: Path, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls.Line.__init__, "__defaults__", (limits,))
    monkeypatch.setattr(api, "PATIENCE", api.Patience((0.0,), 0))

    def slow(handler: Handler, work: Callable[[], None]) -> None:
        time.sleep(0.4)
        work()

    server.always = slow
    ended = push(world, server)
    assert (ended.code, "does not answer within 0.1 seconds" in ended.stderr) == (2, True)
    assert len(server.asked) == 2


def test_server_asks_for_a_pause_and_gets_it(world: Path, server: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("vendorgate.commands.push.ciso_assistant.api.sleep", waited.append)
    monkeypatch.setattr(api, "PATIENCE", api.Patience((0.5, 2.0, 5.0), 60))
    server.faults = {0: answering(429, Retry_After="7"), 1: answering(503), 2: answering(429, Retry_After="soon")}
    assert push(world, server).code == 0
    assert waited == [7, 2.0, 5.0]


def test_right_to_make_entities_that_is_missing_keeps_no_evidence_from_being_made(world: Path, server: StandIn) -> None:
    def without(handler: Handler, work: Callable[[], None]) -> None:
        if handler.command == "POST" and handler.path == "/api/entities/":
            answering(403, b'{"folder": "You do not have permission to add objects in this folder"}')(handler, work)
        else:
            work()

    server.always = without
    report = pushed(world, server, code=2)
    states = {one["kind"]: one["state"] for one in report["objects"]}
    assert states == {"entity": "failed", "evidence": "done", "exception": "done"}


def test_server_that_nobody_hears_is_told(world: Path, server: StandIn) -> None:
    ended = push(world, server, url="http://127.0.0.1:9")
    assert (ended.code, ended.stdout) == (2, "")
    assert "http://127.0.0.1:9 cannot be reached, or hangs up" in ended.stderr


def test_what_a_server_says_in_refusing_cannot_write_on_the_terminal(world: Path, server: StandIn) -> None:
    server.always = answering(403, json.dumps({"detail": "\x1b[2J\n::error::\u202e" + "x" * 10_000}).encode())
    ended = push(world, server)
    assert "\x1b" not in ended.stderr
    assert "\n::error" not in ended.stderr
    assert len(ended.stderr) < 2_000


@pytest.mark.parametrize("pauses", [NO_PAUSES.pauses])
def test_every_object_is_asked_for_so_often_at_most(pauses: tuple[float, ...], world: Path, server: StandIn) -> None:
    def silent(handler: Handler, work: Callable[[], None]) -> None:
        if handler.command == "POST":
            cut(handler, work)
        else:
            work()

    server.always = silent
    pushed(world, server, code=2)
    assert len(server.writes) == 1 + len(pauses)
