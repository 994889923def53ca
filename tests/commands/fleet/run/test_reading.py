"""A run is read as it was written, or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.command import vendorgate
from tests.commands.fleet.policy.test_command import bundle
from tests.commands.fleet.runs import REPOSITORIES, checked, edited, small_run
from tests.commands.fleet.stores import store
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
    ],
)
def test_document_of_another_form_is_refused(run: Path, change: dict[str, object], told: str) -> None:
    path = run / "run.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **change}), "utf-8")
    assert told in refusal(run)


def test_database_that_lies_elsewhere_is_refused(run: Path) -> None:
    edited(run, lambda value: value["database"].update(path="../run.sqlite"))
    assert "its database is not run.sqlite" in refusal(run)


READERS = [("diff", "run", "run"), ("report", "run"), ("policy", "run", "--policies", "b")]


def refused_by_all(run: Path, *told: str) -> None:
    """Every command that reads a run refuses it with these words, and prints nothing else."""
    bundle(run.parent / "b")
    for command in READERS:
        ended = vendorgate("fleet", *command, folder=run.parent)
        assert (ended.code, ended.stdout) == (2, "")
        assert [one for one in told if one not in ended.stderr] == []


def text_of(run: Path) -> str:
    return (run / "run.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"as_of": "2026-11-24"', '"as_of": "2026-11-25"'),
        ('"as_of_given": true', '"as_of_given": false'),
        ('"fail_on": "error"', '"fail_on": "never"'),
        ('"agreements": "self-declared"', '"agreements": "register"'),
        ('"packs": []', '"packs": ["pci"]'),
        ('"notices": ', '"notices": 1'),
        ('"generated": "2026', '"generated": "2027'),
        ("\n}\n", "\n} \n"),
        ('  "as_of"', '    "as_of"'),
        ("\n", "\r\n"),
    ],
)
def test_document_that_was_edited_is_refused_by_every_reader(before: str, after: str, run: Path) -> None:
    written = text_of(run)
    assert before in written
    (run / "run.json").write_bytes(written.replace(before, after).encode())
    refused_by_all(run, "run/run.json:1:1\n")
    assert "not as it was written: the `sha256` in its last line is of other lines" in refusal(run)


@pytest.mark.parametrize("of", ["bundle", "registry", "sources"])
def test_digest_of_an_input_that_was_edited_is_refused(of: str, run: Path) -> None:
    value = json.loads(text_of(run))["inputs"][of]
    (digest,) = [one["sha256"] for one in (value if isinstance(value, list) else [value])]
    (run / "run.json").write_text(text_of(run).replace(digest, "0" * 64), "utf-8")
    assert "not as it was written" in refusal(run)


@pytest.mark.parametrize("digest", ["", "0" * 64, "\u00e9", '"', "no digest"])
def test_digest_that_is_of_nothing_is_refused(digest: str, run: Path) -> None:
    own = json.loads(text_of(run))["sha256"]
    (run / "run.json").write_text(text_of(run).replace(own, json.dumps(digest)[1:-1]), "utf-8")
    assert "not as it was written" in refusal(run)


def test_run_of_an_earlier_version_or_without_its_last_line_says_so(run: Path) -> None:
    *lines, _, end = text_of(run).splitlines()
    lines[-1] = lines[-1].removesuffix(",")
    (run / "run.json").write_text("\n".join([*lines, end, ""]), "utf-8")
    title = "no `sha256` of its own lines: an earlier version wrote it, or that line was taken out"
    refused_by_all(run, title, "judge again: vendorgate fleet check")


def test_digest_of_the_document_is_of_all_lines_above_it(run: Path) -> None:
    lines = (run / "run.json").read_bytes().splitlines(keepends=True)
    own = json.loads(text_of(run))["sha256"]
    assert hashlib.sha256(b"".join(lines[:-2])).hexdigest() == own
    assert lines[-2:] == [f'  "sha256": "{own}"\n'.encode(), b"}\n"]


def test_digest_is_printed_where_the_document_is(tmp_path: Path) -> None:
    store(tmp_path / "store", REPOSITORIES)
    printed = checked(tmp_path, "store", format="json").stdout
    assert printed == text_of(tmp_path / "run")


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
        (
            lambda run: run.update(
                drift=[{"id": "d", "severity": "note", "differences": 1, "repositories": 1, "blocks": False}]
            ),
            "its count of differences",
        ),
    ],
)
def test_document_that_says_otherwise_what_came_out_is_refused_by_every_reader(
    run: Path, change: Callable[[dict[str, Any]], object], told: str
) -> None:
    edited(run, change)
    assert told in refusal(run)
    refused_by_all(run, told)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda data: data[:-1], "results:1:1"),
        (lambda data: data.replace(b"phi", b"pii"), "other bytes than run.json says: a file in it was changed"),
        (lambda data: data + b"\n", "and run.json says 1 file of 68"),
    ],
)
def test_results_that_were_changed_or_cut_short_are_refused(change: Any, told: str, run: Path) -> None:
    (rows,) = (run / "results").iterdir()
    before = rows.read_bytes()
    assert change(before) != before
    rows.write_bytes(change(before))
    refused_by_all(run, told, "take the folder away, as run.sqlite has the same rows")


@pytest.mark.parametrize("name", ["000001.jsonl", "000000.parquet"])
def test_results_that_no_run_has_written_are_refused(name: str, run: Path) -> None:
    (run / "results" / name).write_bytes(b"")
    assert "2 files of 68" in refusal(run)


@pytest.mark.skipif(os.name != "posix", reason="there are no pipes by name")
def test_results_that_are_no_file_are_refused_and_not_waited_for(run: Path) -> None:
    (rows,) = (run / "results").iterdir()
    size = rows.stat().st_size
    rows.unlink()
    os.mkfifo(rows)
    assert f"1 file of 0 bytes, and run.json says 1 file of {size} bytes" in refusal(run)


def test_results_of_a_run_that_has_none_are_refused(tmp_path: Path) -> None:
    run = small_run(tmp_path, rows="none")
    open_run(run).close()
    (run / "results").mkdir()
    open_run(run).close()
    (run / "results/000000.jsonl").write_text("{}\n", "utf-8")
    assert "1 file of 3 bytes, and run.json says 0 files of 0 bytes" in refusal(run)


@pytest.mark.parametrize("command", READERS)
def test_results_that_were_taken_away_are_said(command: tuple[str, ...], run: Path) -> None:
    bundle(run.parent / "b")
    assert "results" not in vendorgate("fleet", *command, folder=run.parent).stderr
    (run / "results/notes.txt").write_text("mine\n", "utf-8")
    assert "results" not in vendorgate("fleet", *command, folder=run.parent).stderr
    shutil.rmtree(run / "results")
    told = vendorgate("fleet", *command, folder=run.parent)
    assert "run/results: taken away (1 file of 68" in told.stderr
    assert "; run.sqlite has the same rows\n" in told.stderr
    assert told.stdout
