"""A run is read as it was written, or not at all."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.command import vendorgate
from tests.commands.fleet.policy.test_command import bundle
from tests.commands.fleet.runs import small_run
from vendorgate.commands.fleet.run.reading import open_run, run_in
from vendorgate.errors import InputError


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_run(tmp_path_factory.mktemp("run"))


@pytest.fixture
def run(made: Path, tmp_path: Path) -> Path:
    """A run that a test may change."""
    return Path(shutil.copytree(made, tmp_path / "run"))


def refusal(folder: Path) -> str:
    with pytest.raises(InputError) as refused:
        open_run(folder)
    return str(refused.value)


def test_run_says_what_was_judged_and_what_it_came_to(run: Path) -> None:
    with run_in(run) as found:
        about = found.about
        assert (about.verdict, about.as_of.isoformat(), about.as_of_given) == ("incomplete", "2026-11-24", True)
        counts = about.counts
        assert (counts.repositories, counts.unreachable, counts.manifests, counts.not_judged) == (5, 1, 4, 0)
        (told,) = found.rows("SELECT COUNT(*) FROM results")
        assert told == (about.summary.subjects * len(about.policies),)
        assert [one.path for one in about.not_judged] == ["acme/gone"]


def test_every_count_is_what_the_rows_come_to(run: Path) -> None:
    with run_in(run) as found:
        query = "SELECT policy, outcome, COUNT(*), SUM(blocks) FROM results GROUP BY policy, outcome"
        rows = list(found.rows(query))
        for one in found.about.policies:
            own = {outcome: (subjects, blocks) for policy, outcome, subjects, blocks in rows if policy == one.id}
            outcomes = ("pass", "fail", "unknown", "waived", "not_applicable")
            counted = (one.passed, one.fail, one.unknown, one.waived, one.not_applicable)
            assert tuple(own.get(outcome, (0, 0))[0] for outcome in outcomes) == counted
            assert sum(int(str(blocks)) for _, blocks in own.values()) == one.blocking
        query = (
            "SELECT policy, COUNT(DISTINCT manifest), COUNT(DISTINCT repository) FROM results WHERE blocks GROUP BY 1"
        )
        blocked = {(one.id, one.blocked_manifests, one.blocked_repositories) for one in found.about.policies}
        assert set(found.rows(query)) == {one for one in blocked if one[1]} != set()


def test_nothing_can_be_written_into_a_run(run: Path) -> None:
    with run_in(run) as found, pytest.raises(sqlite3.OperationalError):
        found.database.execute("DELETE FROM subjects")


def test_folder_without_its_document_is_no_run(run: Path) -> None:
    (run / "run.json").unlink()
    assert "no run: there is no run.json, which is written last" in refusal(run)


def test_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "nowhere")


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + b"x", lambda data: data[:100] + b"\0"])
def test_database_of_other_bytes_is_refused(run: Path, change: object) -> None:
    path = run / "run.sqlite"
    path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]
    assert "other bytes than run.json says" in refusal(run)


def test_database_that_is_gone_is_refused(run: Path) -> None:
    (run / "run.sqlite").unlink()
    assert "run.sqlite" in refusal(run)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"schema": "vendorgate.fleet-run/2"}, "another format"),
        ({"verdict": "good"}, "no run.json of a run"),
        ({"database": {"path": "../run.sqlite", "size": 1, "sha256": ""}}, "its database is not run.sqlite"),
    ],
)
def test_document_of_another_form_is_refused(run: Path, change: dict[str, object], told: str) -> None:
    path = run / "run.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **change}), "utf-8")
    assert told in refusal(run)


def edited(run: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """The same run, of whose document somebody changed something."""
    path = run / "run.json"
    value = json.loads(path.read_text("utf-8"))
    change(value)
    path.write_text(json.dumps(value), "utf-8")
    return run


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda run: run.update(verdict="pass"), "its verdict is not what run.sqlite comes to"),
        (lambda run: run["counts"].update(unreachable=0), "its number of everything"),
        (lambda run: run["summary"].update(blocking=0), "its summary"),
        (lambda run: run["summary"].update({"fail": 0}), "its summary"),
        (lambda run: [one.update(blocking=0, fail=0) for one in run["policies"]], "its count of results"),
        (lambda run: run["policies"].pop(), "its list of policies"),
        (lambda run: run.update(not_judged=[]), "its list of what was not judged"),
        (
            lambda run: run.update(
                rules=[{"id": "r", "title": "t", "outcome": "pass", "severity": "error", "blocks": False}]
            ),
            "its list of rules",
        ),
    ],
)
def test_document_that_says_otherwise_what_came_out_is_refused_by_every_reader(
    run: Path, change: Callable[[dict[str, Any]], object], told: str
) -> None:
    edited(run, change)
    assert told in refusal(run)
    for command in (
        ("diff", "run", "run"),
        ("report", "run"),
        ("policy", "run", "--policies", bundle(run.parent / "b")),
    ):
        ended = vendorgate("fleet", *command, folder=run.parent)
        assert (ended.code, ended.stdout) == (2, "")
        assert told in ended.stderr


@pytest.mark.parametrize("command", [("diff", "run", "run"), ("report", "run"), ("policy", "run", "--policies", "b")])
def test_results_that_are_gone_or_cut_short_are_said(command: tuple[str, ...], run: Path) -> None:
    bundle(run.parent / "b")
    (rows,) = (run / "results").iterdir()
    assert "results" not in vendorgate("fleet", *command, folder=run.parent).stderr
    rows.write_bytes(rows.read_bytes()[:-1])
    assert "run/results: 1 file of 68" in vendorgate("fleet", *command, folder=run.parent).stderr
    shutil.rmtree(run / "results")
    told = vendorgate("fleet", *command, folder=run.parent)
    assert "run/results: 0 files of 0 bytes, and run.json says 1 of 68" in told.stderr
    assert "do not rely on them; run.sqlite has the same rows\n" in told.stderr
    assert told.stdout
