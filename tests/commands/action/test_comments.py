"""The comment on a pull request: one, kept up to date; an API that does not do its part changes no verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tests.commands.action.api import BOT, SOMEBODY, Api, serving
from tests.commands.action.in_process import Stepped, step
from tests.commands.action.repositories import POLICY, Change, manifest, pull_request, write
from tests.commands.action.runner import TOKEN
from vendorgate.commands.action import api as requesting
from vendorgate.commands.action import telling
from vendorgate.commands.action.comment import marker

FAILING = {"vendorgate.yaml": manifest("phi")}


@pytest.fixture
def change(tmp_path: Path) -> Change:
    return pull_request(tmp_path, {"policies/p.yaml": POLICY, "vendorgate.yaml": manifest("public")}, FAILING)


@pytest.fixture
def api() -> Iterator[Api]:
    with serving() as found:
        yield found


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    hurried = requesting.Patience(connect=0.5, read=0.3, whole=2.0, pauses=(0.01, 0.01))
    with patch.object(requesting, "PATIENCE", hurried):
        yield


def commented(
    change: Change, api: Api, different: Mapping[str, str] | None = None, *, fork: bool = False, verdict: str = "fail"
) -> Stepped:
    """A step that fails the gate and comments; nothing that it says or saves holds the token."""
    usual = {"GITHUB_API_URL": api.url, "VENDORGATE_COMMENT": "always", "VENDORGATE_REVIEW": "never"}
    ended = step(change.workspace, "pull_request", change.payload(fork=fork), {**usual, **(different or {})})
    assert (ended.code, ended.outputs["verdict"]) == (0, verdict)
    assert TOKEN not in ended.log + ended.summary + repr(ended.outputs)
    return ended


def warning(ended: Stepped) -> str:
    (found,) = ended.texts("warning")
    assert found.startswith("no comment on pull request 7: ")
    assert found.endswith("; the verdict stands")
    return found


def key_of(change: Change, api: Api) -> str:
    """What the comment of the job begins with."""
    commented(change, api)
    written = api.comments.pop()["body"].partition("\n")[0]
    api.requests.clear()
    return str(written)


def test_second_run_updates_the_comment_of_the_first(change: Change, api: Api) -> None:
    commented(change, api)
    commented(change, api)
    assert len(api.comments) == 1
    assert [request.method for request in api.sent("POST", "PATCH")] == ["POST", "PATCH"]
    assert api.comments[0]["body"].startswith("<!-- vendorgate:")
    assert "no-phi" in api.comments[0]["body"]


def test_comment_is_found_on_the_last_of_three_pages_and_no_other_is_touched(change: Change, api: Api) -> None:
    mark = key_of(change, api)
    others = [{"id": number, "body": f"comment {number}", "user": SOMEBODY} for number in range(1, 251)]
    api.comments = [*others, {"id": 999, "body": f"{mark}\nold", "user": BOT}]
    commented(change, api)
    assert len(api.sent("GET")) == 3
    (update,) = api.sent("POST", "PATCH")
    assert (update.method, update.path) == ("PATCH", "/repos/octo/project/issues/comments/999")
    assert api.comments[:-1] == others
    assert "no-phi" in api.comments[-1]["body"]


@pytest.mark.parametrize("user", [SOMEBODY, None, {"login": "mallory"}])
def test_comment_that_somebody_copied_is_left_alone(user: Any, change: Change, api: Api) -> None:
    mark = key_of(change, api)
    api.comments = [{"id": 1, "body": f"{mark}\nall is well", "user": user}]
    commented(change, api)
    assert api.comments[0]["body"].endswith("all is well")
    assert [request.method for request in api.sent("POST", "PATCH")] == ["POST"]


def test_account_of_a_token_finds_its_own_comment(change: Change, api: Api) -> None:
    mark = key_of(change, api)
    api.account = "robot"
    api.comments = [
        {"id": 1, "body": f"{mark}\nnot ours", "user": SOMEBODY},
        {"id": 2, "body": f"{mark}\nours", "user": {"login": "robot", "type": "User"}},
    ]
    commented(change, api)
    assert [request.path for request in api.sent("POST", "PATCH")] == ["/repos/octo/project/issues/comments/2"]


def test_mark_in_the_middle_of_a_comment_makes_it_nobodys(change: Change, api: Api) -> None:
    mark = key_of(change, api)
    api.comments = [{"id": 1, "body": f"quoting {mark}", "user": BOT}, {"id": 2, "body": None, "user": BOT}]
    commented(change, api)
    assert [request.method for request in api.sent("POST", "PATCH")] == ["POST"]


@pytest.mark.parametrize(
    "different",
    [
        {"GITHUB_JOB": "other"},
        {"GITHUB_WORKFLOW_REF": "octo/project/.github/workflows/other.yml@refs/heads/main"},
        {"VENDORGATE_MATRIX": '{"project": "two"}'},
        {"VENDORGATE_WORKING_DIRECTORY": "policies/..//policies", "VENDORGATE_MANIFESTS": "../vendorgate.yaml"},
    ],
)
def test_jobs_do_not_write_over_each_other(different: dict[str, str], change: Change, api: Api) -> None:
    commented(change, api)
    commented(change, api, different)
    commented(change, api, different)
    assert len(api.comments) == 2


@pytest.mark.parametrize(
    "different",
    [
        {"GITHUB_WORKFLOW_REF": "octo/project/.github/workflows/gate.yml@refs/pull/8/merge", "GITHUB_RUN_ID": "9"},
        {
            "VENDORGATE_WORKING_DIRECTORY": "policies/..",
            "GITHUB_WORKFLOW_REF": "octo/project/.github/workflows/gate.yml",
        },
    ],
)
def test_same_job_writes_over_itself(different: dict[str, str], change: Change, api: Api) -> None:
    commented(change, api, {"GITHUB_WORKFLOW_REF": "octo/project/.github/workflows/gate.yml@refs/heads/a@refs/b"})
    commented(change, api, different)
    assert len(api.comments) == 1


def test_comment_that_said_fail_is_told_that_all_is_well_again(change: Change, api: Api) -> None:
    commented(change, api, {"VENDORGATE_COMMENT": "on-failure"})
    write(change.workspace, {"vendorgate.yaml": manifest("public")})
    commented(change, api, {"VENDORGATE_COMMENT": "on-failure"}, verdict="pass")
    (comment,) = api.comments
    assert "PASS" in comment["body"]
    assert "### Blocking" not in comment["body"]


@pytest.mark.parametrize(
    ("status", "said", "tries"),
    [
        (401, "give the input `token` one that is valid", 1),
        (403, "`pull-requests: write`", 1),
        (404, "`pull-requests: write`", 1),
        (422, "locked", 1),
        (429, "later", 3),
        (500, "later", 3),
        (503, "later", 3),
        (418, "later", 1),
    ],
)
def test_refusal_says_what_to_do(status: int, said: str, tries: int, change: Change, api: Api) -> None:
    api.status = status
    words = warning(commented(change, api))
    assert f"answers {status}" in words
    assert said in words
    assert len(api.requests) == tries


@pytest.mark.parametrize("status", [401, 403, 404])
def test_refusal_for_a_fork_asks_for_no_permission(status: int, change: Change, api: Api) -> None:
    api.status = status
    words = warning(commented(change, api, fork=True))
    assert "fork" in words
    assert "write" not in words


@pytest.mark.parametrize("headers", [{"X-RateLimit-Remaining": "0"}, {"Retry-After": "60"}])
def test_too_many_requests_are_no_missing_permission(headers: dict[str, str], change: Change, api: Api) -> None:
    api.status, api.headers = 403, headers
    words = warning(commented(change, api))
    assert "too many requests" in words
    assert "permission" not in words


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_what_writes_is_tried_once(method: str, change: Change, api: Api) -> None:
    if method == "PATCH":
        commented(change, api)
    api.status, api.method = 500, method
    assert "answers 500" in warning(commented(change, api))
    assert sum(request.method == method for request in api.requests) == 1


def test_reading_that_fails_once_is_tried_again(change: Change, api: Api) -> None:
    api.statuses = [502, 500]
    ended = commented(change, api)
    assert ended.texts("warning") == []
    assert len(api.comments) == 1
    assert [request.method for request in api.requests] == ["GET", "GET", "GET", "POST"]


def test_silence_is_not_waited_for(change: Change, api: Api) -> None:
    api.silence = 1.0
    assert "does not answer within 0.3 seconds" in warning(commented(change, api))
    assert len(api.requests) == 3


def test_nobody_there(change: Change, api: Api) -> None:
    assert "cannot be reached" in warning(commented(change, api, {"GITHUB_API_URL": "http://127.0.0.1:9"}))


@pytest.mark.parametrize(
    "address", ["ftp://127.0.0.1", "http://", "http://[::1", "nonsense", "http://exa mple.invalid:x"]
)
def test_address_that_is_none(address: str, change: Change, api: Api) -> None:
    assert "look at GITHUB_API_URL" in warning(commented(change, api, {"GITHUB_API_URL": address}))


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b'[{"id": "x"}]', b"[1]", b"\xff\xfe", b"null"])
def test_answer_that_is_none(body: bytes, change: Change, api: Api) -> None:
    api.body = body
    assert "answers what is not an answer" in warning(commented(change, api))
    assert api.sent("POST", "PATCH") == []


def test_next_page_on_another_host_does_not_get_the_token(change: Change, api: Api) -> None:
    with serving() as other:
        api.comments = [{"id": number, "body": "x", "user": SOMEBODY} for number in range(1, 151)]
        api.next_host = other.url
        assert "another host" in warning(commented(change, api))
        assert other.requests == []
    assert api.sent("POST", "PATCH") == []


def test_redirect_to_another_host_does_not_get_the_token(change: Change, api: Api) -> None:
    with serving() as other:
        api.status, api.headers = 307, {"Location": f"{other.url}/repos/octo/project/issues/7/comments"}
        assert "another host" in warning(commented(change, api))
        assert other.requests == []


def test_redirects_without_end(change: Change, api: Api) -> None:
    api.status, api.headers = 307, {"Location": "/round"}
    assert "redirects more than 3 times" in warning(commented(change, api))


def test_netrc_does_not_replace_the_token(change: Change, api: Api, tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login somebody password else\n", encoding="utf-8")
    (tmp_path / ".netrc").chmod(0o600)
    commented(change, api, {"HOME": str(tmp_path), "NETRC": str(tmp_path / ".netrc")})
    assert {request.authorization for request in api.requests} == {f"Bearer {TOKEN}"}


def test_nobody_is_asked_about_no_repository(change: Change, api: Api) -> None:
    warning(commented(change, api, {"GITHUB_REPOSITORY": ""}))
    assert api.requests == []


@pytest.mark.parametrize("repository", ["octo", "octo/project/../../user", "octo/project\n", "../x", "octo/.."])
def test_repository_that_is_none_is_neither_judged_nor_asked_about(repository: str, change: Change, api: Api) -> None:
    commented(change, api, {"GITHUB_REPOSITORY": repository}, verdict="not-checked")
    assert api.requests == []


@pytest.mark.parametrize("token", ["", "two\nlines", "\u2028"])
def test_token_that_is_none(token: str, change: Change, api: Api) -> None:
    warning(commented(change, api, {"VENDORGATE_TOKEN": token}))
    assert api.sent("POST", "PATCH") == []


def test_fault_of_ours_in_commenting_keeps_the_verdict(change: Change, api: Api) -> None:
    with patch.object(telling, "footer", side_effect=ZeroDivisionError("secret")):
        words = warning(commented(change, api))
    assert "a fault of vendorgate, ZeroDivisionError" in words
    assert "secret" not in words


def test_comment_is_short_enough_for_github(change: Change, api: Api) -> None:
    long = "## report\n" + "x" * 70_000
    with patch(
        "vendorgate.commands.action.running.StepOutcome.report",
        lambda self, format: long if format == "markdown" else "",
    ):
        ended = commented(change, api)
    (comment,) = api.comments
    assert len(comment["body"].encode()) <= 65_536
    assert "At least one result blocks" in comment["body"]
    assert "x" * 70_000 in ended.summary


def test_mark_shows_nothing() -> None:
    assert marker("0123") == "<!-- vendorgate:0123 -->\n"
