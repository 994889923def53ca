"""Asking a vendor: what is kept of answers, what is none, and how long it is tried."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping

import pytest
from msgspec import UNSET, UnsetType

from tests.commands.observe.server import Handler, Said, Server, Told, cut, in_turn, page, said, serving
from tests.commands.observe.talk import KEY, PATH, PAUSES, Settings, Talk, silent
from vendorgate.commands.observe import asking as module
from vendorgate.commands.observe.asking import Answer, Refused
from vendorgate.remote.calls import Limits, Reply


class Row(Answer, frozen=True, rename="camel"):
    passing = ("row_id",)

    row_id: str | UnsetType | None = UNSET
    is_on: bool | UnsetType | None = UNSET


class Rows(Answer, frozen=True):
    passing = ("last_id",)

    data: tuple[Row, ...] = ()
    last_id: str | UnsetType | None = UNSET


# What is asked, and what is kept of the answer.


def test_answer_has_the_members_of_its_type_alone() -> None:
    with serving({f"GET {PATH}": {"type": "on"}}) as server:
        talk = Talk(server)
        assert talk.get() == Settings(type="on")
        assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"
        assert server.requests == [f"GET {PATH}"]
        assert talk.asking.kept[0].body == {"type": "on"}
        silent(talk.kept)


def test_members_that_pass_are_not_kept_however_deep_they_lie() -> None:
    body = {"data": [{"rowId": "row_1", "isOn": False}, {"rowId": "row_2", "isOn": None}, {}], "last_id": "row_2"}
    with serving({f"GET {PATH}": body}) as server:
        talk = Talk(server)
        answer = talk.api.get(PATH, Rows)
        assert isinstance(answer, Rows)
        assert [row.row_id for row in answer.data] == ["row_1", "row_2", UNSET]
        assert talk.asking.kept[0].body == {"data": [{"isOn": False}, {"isOn": None}, {}]}
        assert "row_" not in talk.kept


def test_what_was_asked_is_told_without_ids_and_values_of_the_query() -> None:
    with serving({"GET /v1/a%2Fb%20%C3%BC/x?limit=9&after=id_7": {}}) as server:
        talk = Talk(server)
        talk.api.get("/v1/{thing}/x", Settings, {"thing": "a/b ü"}, {"limit": "9", "after": "id_7"})
        assert talk.asking.sources() == f"GET {server.url}/v1/{{thing}}/x?after&limit"
        assert "id_7" not in talk.kept


@pytest.mark.parametrize("id", ["", ".", ".."])
def test_value_that_would_make_another_path_is_not_asked_for(id: str) -> None:
    with serving({}) as server:
        talk = Talk(server)
        assert "without a name" in talk.fails(lambda: talk.api.get("/v1/projects/{id}/retention", Settings, {"id": id}))
        assert server.asked == []


def test_same_answers_give_the_same_bytes() -> None:
    def transcript(body: Told) -> bytes:
        with serving({f"GET {PATH}": body}) as server:
            talk = Talk(server)
            talk.get()
            return talk.asking.transcript().replace(server.url.encode(), b"")

    first = transcript(said({"type": "on", "other": 1}))
    assert first == transcript(said({"request_id": "req_2", "type": "on"}))
    assert first != transcript(said({"type": "off"}))


# What is no answer.


@pytest.mark.parametrize("status", [201, 204, 400, 402, 403, 404, 405, 409, 410, 422, 451])
def test_any_other_status_is_no_answer(status: int) -> None:
    with serving({f"GET {PATH}": Said(b"", 204) if status == 204 else said({"type": "on"}, status)}) as server:
        talk = Talk(server)
        found = talk.get()
        assert found == Refused(status)
        assert isinstance(found, Refused)
        assert str(status) in found.why
        assert talk.asking.kept[0].body is None


def test_refusal_that_repeats_the_credentials_is_not_repeated() -> None:
    with serving({f"GET {PATH}": 403}) as server:
        talk = Talk(server)
        found = talk.get()
        assert isinstance(found, Refused)
        assert KEY.encode() in _last_answer(server)
        silent(found.why + talk.kept)


def _last_answer(server: Server) -> bytes:
    answer = server.take(server.asked[-1])
    assert isinstance(answer, Said)
    return answer.body


def test_wrong_credentials_end_it_at_once() -> None:
    with serving({f"GET {PATH}": 401}) as server:
        words = Talk(server).fails()
        assert "does not know these credentials" in words
        assert "expired" in words
        assert len(server.asked) == 1


def test_vendor_that_says_it_otherwise_is_understood() -> None:
    def wrong(reply: Reply) -> bool:
        return reply.status == 400 and b"key expired" in reply.data

    answers = in_turn(said({"error": "key expired"}, 400), said({"error": "no such thing"}, 400))
    with serving({f"GET {PATH}": answers}) as server:
        talk = Talk(server, wrong_credentials=wrong)
        assert "does not know these credentials" in talk.fails()
        assert talk.get() == Refused(400)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (page(), "with a page, not with JSON"),
        (Said(b"\n  <html>", 200, "application/json"), "with a page, not with JSON"),
        (b"", "another shape"),
        (b"{", "another shape"),
        (b"null", "another shape"),
        (b"[]", "another shape"),
        (b'"on"', "another shape"),
        (b"\xff\xfe{}", "another shape"),
        (b'{"type": "\xff"}', "another shape"),
        (b'{"type": 7}', "another shape"),
        (b'{"type": {"value": "on"}}', "another shape"),
        (b'{"type": ["sk-planted-in-an-answer-0001"]}', "another shape"),
        (b'{"type": ' + b"[" * 200_000, "another shape"),
        (b'{"other": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "another shape"),
        (b'{"type": "on"} {"type": "off"}', "another shape"),
        (b'{"type": "on", "type": "off"}', "with a member that stands twice"),
        (b'{"type": "on", "other": [{"sk-planted-in-an-answer-0001": 1, "sk-planted-in-an-answer-0001": 2}]}', "twice"),
        (b"access_token=sk-planted-in-an-answer-0001", "another shape"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_answer_of_another_shape_says_nothing(body: Told, words: str) -> None:
    with serving({f"GET {PATH}": body}) as server:
        assert words in Talk(server).fails()


def test_page_of_an_error_is_no_answer_either() -> None:
    with serving({f"GET {PATH}": page(403)}) as server:
        assert Talk(server).get() == Refused(403)


def test_answer_in_an_encoding_that_nobody_asked_for_says_nothing() -> None:
    with serving({f"GET {PATH}": said({"type": "on"}, Content_Encoding="gzip")}) as server:
        assert "encoding" in Talk(server).fails()


@pytest.mark.parametrize("honest", [True, False])
def test_gigantic_answer_is_not_read_to_its_end(honest: bool) -> None:
    def gigantic(handler: Handler) -> None:
        handler.send_response(200)
        if honest:
            handler.send_header("Content-Length", "1000000000000")
        handler.end_headers()
        handler.close_connection = True
        for _ in range(100_000):
            handler.wfile.write(b" " * 65536)

    with serving({f"GET {PATH}": gigantic}) as server:
        assert "more than 300,000 bytes" in Talk(server, Limits(largest=300_000)).fails()
        assert len(server.asked) == 1


# Patience.


@pytest.mark.parametrize(
    "fault", [cut, *(said({}, status) for status in (408, 425, 429, 500, 502, 503, 504, 520, 529))]
)
def test_failure_that_passes_is_waited_for(fault: Told) -> None:
    with serving({f"GET {PATH}": in_turn(fault, fault, {"type": "on"})}) as server:
        talk = Talk(server)
        assert talk.get() == Settings(type="on")
        assert talk.waited == [1.0, 2.0]


@pytest.mark.parametrize("fault", [429, 500, 501, 503, page(502), cut], ids=str)
def test_failure_that_stays_says_nothing_after_as_many_tries_as_there_are_pauses(fault: Told) -> None:
    with serving({f"GET {PATH}": fault}) as server:
        talk = Talk(server)
        assert f"asked for GET {server.url}{PATH}" in talk.fails()
        assert talk.waited == [*PAUSES]
        assert len(server.asked) == len(PAUSES) + 1


@pytest.mark.parametrize(
    ("said_after", "waited"),
    [("0", 1.0), ("7", 7.0), ("60", 60.0), ("Wed, 21 Oct 2026 07:28:00 GMT", 1.0), ("-5", 1.0), ("1e9", 1.0)],
)
def test_vendor_is_left_alone_as_long_as_it_asks(said_after: str, waited: float) -> None:
    with serving({f"GET {PATH}": in_turn(said({}, 429, Retry_After=said_after), {"type": "on"})}) as server:
        talk = Talk(server)
        assert talk.get() == Settings(type="on")
        assert talk.waited == [waited]


@pytest.mark.parametrize("said_after", ["61", "86400", "99999999"])
def test_vendor_that_asks_for_too_long_is_given_up(said_after: str) -> None:
    with serving({f"GET {PATH}": said({}, 429, Retry_After=said_after)}) as server:
        talk = Talk(server)
        assert "status 429" in talk.fails()
        assert talk.waited == []


def test_vendor_that_says_nothing_is_given_up_in_time() -> None:
    done = threading.Event()

    def hangs(handler: Handler) -> None:
        done.wait(20)
        handler.close_connection = True

    with serving({f"GET {PATH}": hangs}) as server:
        talk = Talk(server, Limits(read=0.05))
        began = time.monotonic()
        assert "does not answer within" in talk.fails()
        assert time.monotonic() - began < 10
        assert len(server.asked) == 4
        done.set()


def test_vendor_that_dribbles_is_given_up_in_time() -> None:
    done = threading.Event()

    def dribbles(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.close_connection = True
        while not done.wait(0.01):
            handler.wfile.write(b" ")
            handler.wfile.flush()

    with serving({f"GET {PATH}": dribbles}) as server:
        talk = Talk(server, Limits(read=5, whole=0.2))
        talk.asking.pauses = ()
        assert "does not answer within 0.2 seconds" in talk.fails()
        done.set()


def test_nobody_there() -> None:
    with serving({}) as server:
        talk = Talk(server)
    assert "cannot be reached" in talk.fails()
    assert talk.waited == [*PAUSES]


# Pages.


def following(rows: Rows) -> Mapping[str, str] | None:
    return {"after": rows.last_id} if isinstance(rows.last_id, str) else None


def test_pages_follow_each_other() -> None:
    answers: dict[str, Told] = {
        "GET /rows?limit=2": {"data": [{"rowId": "1"}, {"rowId": "2"}], "last_id": "2"},
        "GET /rows?limit=2&after=2": {"data": [{"rowId": "3"}]},
    }
    with serving(answers) as server:
        talk = Talk(server)
        pages = list(talk.api.pages("/rows", Rows, following, query={"limit": "2"}))
        assert [row.row_id for rows in pages if isinstance(rows, Rows) for row in rows.data] == ["1", "2", "3"]
        assert talk.asking.sources() == f"GET {server.url}/rows?limit, GET {server.url}/rows?after&limit"


def test_page_that_is_refused_is_the_last() -> None:
    with serving({"GET /rows": {"last_id": "2"}, "GET /rows?after=2": 403}) as server:
        pages = list(Talk(server).api.pages("/rows", Rows, following))
        assert pages == [Rows(last_id="2"), Refused(403)]


@pytest.mark.parametrize("ids", [["a"], ["a", "b"], ["a", "b", "c", "b"]])
def test_pages_that_go_in_a_circle_say_nothing(ids: list[str]) -> None:
    pages = in_turn(*({"last_id": id} for id in ids * 3))
    with serving({"GET /rows": pages}) as server:
        talk = Talk(server)
        assert "pages without an end" in talk.fails(lambda: list(talk.api.pages("/rows", Rows, following)))
        assert len(server.asked) <= len(ids) + 1


def test_pages_without_an_end_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PAGES", 5)
    with serving({"GET /rows": in_turn(*({"last_id": str(number)} for number in range(50)))}) as server:
        talk = Talk(server)
        assert "pages without an end" in talk.fails(lambda: list(talk.api.pages("/rows", Rows, following)))
        assert len(server.asked) == 5
