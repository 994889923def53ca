"""Events: what follows from a payload, and that one which is not GitHub's is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.action.repositories import pull_request
from vendorgate.commands.action.commits import change_of
from vendorgate.commands.action.event import CommitRange, Event, read_event
from vendorgate.errors import UsageError

A, B, M = "a" * 40, "b" * 64, "c" * 40
OF_PULL_REQUEST: dict[str, Any] = {
    "pull_request": {
        "number": 7,
        "base": {"sha": A, "repo": {"full_name": "octo/project"}},
        "head": {"sha": B, "repo": {"full_name": "octo/project"}},
        "merge_commit_sha": M,
    }
}


def event(name: str, payload: Any) -> Event:
    return read_event(name, json.dumps(payload).encode(), "d" * 40)


def changed(**of_pull_request: Any) -> dict[str, Any]:
    return {"pull_request": {**OF_PULL_REQUEST["pull_request"], **of_pull_request}}


@pytest.mark.parametrize(
    ("name", "payload", "expected"),
    [
        ("pull_request", OF_PULL_REQUEST, Event("pull_request", CommitRange(A, B), "d" * 40, 7, False, True, True)),
        (
            "pull_request_target",
            OF_PULL_REQUEST,
            Event("pull_request_target", CommitRange(A, B), M, 7, False, True, False),
        ),
        (
            "merge_group",
            {"merge_group": {"base_sha": A, "head_sha": B}},
            Event("merge_group", CommitRange(A, B), reviewed=True, scanned=True),
        ),
        ("push", {"before": A, "after": B}, Event("push", CommitRange(A, B), scanned=True)),
        ("push", {"before": "0" * 40, "after": B}, Event("push", scanned=True)),
        ("push", {"before": A, "after": "0" * 40}, Event("push", scanned=True)),
        ("schedule", {"schedule": "0 6 * * 1"}, Event("schedule", scanned=True)),
        ("workflow_dispatch", {}, Event("workflow_dispatch", scanned=True)),
        ("issue_comment", OF_PULL_REQUEST, Event("issue_comment")),
        ("", {}, Event("")),
    ],
)
def test_what_follows_from_an_event(name: str, payload: Any, expected: Event) -> None:
    assert event(name, payload) == expected


@pytest.mark.parametrize("repository", [None, {"full_name": "mallory/project"}, {"full_name": "OCTO/other"}])
def test_head_elsewhere_is_a_fork_and_so_is_one_that_has_been_deleted(repository: Any) -> None:
    assert event("pull_request", changed(head={"sha": B, "repo": repository})).fork


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("pull_request", {}),
        ("pull_request", []),
        ("pull_request", changed(number=0)),
        ("pull_request", changed(number="7")),
        ("pull_request", changed(base={"sha": "main"})),
        ("pull_request", changed(base={"sha": "--output=x"})),
        ("pull_request", changed(head={"sha": f"{A}\n"})),
        ("pull_request", changed(head={"sha": A.upper()})),
        ("pull_request_target", changed(merge_commit_sha="HEAD")),
        ("merge_group", {"merge_group": {"base_sha": A}}),
        ("push", {"before": "", "after": B}),
    ],
)
def test_payload_that_is_not_as_github_writes_it_is_refused(name: str, payload: Any) -> None:
    with pytest.raises(UsageError, match=f"the payload of the event `{name}`"):
        event(name, payload)


@pytest.mark.parametrize("payload", [b"", b"{", b"\xff"])
def test_payload_that_is_no_json_is_refused(payload: bytes) -> None:
    with pytest.raises(UsageError, match="the payload of the event"):
        read_event("pull_request", payload, "d" * 40)


def test_change_of_a_pull_request_is_what_merging_it_would_change(tmp_path: Path) -> None:
    made = pull_request(tmp_path, {"a": "1"}, {"b": "1"}, meanwhile={"c": "1"})
    found = read_event("pull_request", json.dumps(made.payload()).encode(), made.merge)
    assert change_of(found, str(made.workspace)) == CommitRange(made.base, made.merge)


@pytest.mark.parametrize("commit", ["d" * 40, "the head", "the base"])
def test_ends_of_a_pull_request_stand_where_there_is_no_merge_of_them(commit: str, tmp_path: Path) -> None:
    made = pull_request(tmp_path, {"a": "1"}, {"b": "1"})
    started = {"the head": made.head, "the base": made.base}.get(commit, commit)
    found = read_event("pull_request", json.dumps(made.payload()).encode(), started)
    assert change_of(found, str(made.workspace)) == CommitRange(made.base, made.head)


def test_ends_of_a_pull_request_stand_where_there_is_no_repository(tmp_path: Path) -> None:
    assert change_of(Event("pull_request", CommitRange(A, B), merge=M), str(tmp_path)) == CommitRange(A, B)


def test_merge_of_something_else_is_not_taken_for_the_one_of_the_pull_request(tmp_path: Path) -> None:
    made = pull_request(tmp_path, {"a": "1"}, {"b": "1"})
    payload = {"pull_request": {**made.payload()["pull_request"], "head": {"sha": A, "repo": None}}}
    found = read_event("pull_request", json.dumps(payload).encode(), made.merge)
    assert change_of(found, str(made.workspace)) == CommitRange(made.base, A)
