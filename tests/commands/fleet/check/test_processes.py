"""Several processes judge as one does; one that is killed costs time and no result."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from tests.commands.fleet.check.deaths import ended, is_alive, killed, started, until, workers_of
from tests.commands.fleet.runs import DAY, checked, fleet_of, rows_file
from vendorgate.commands.fleet.check.json_lines import JsonLines
from vendorgate.commands.fleet.check.processes import DEATHS, Processes
from vendorgate.commands.fleet.check.tasks import Task, tasks_of
from vendorgate.commands.fleet.check.working import Assignment
from vendorgate.commands.fleet.judging.documents import documents
from vendorgate.commands.fleet.model import Judging
from vendorgate.errors import InputError, UsageError
from vendorgate.load.files import shipped

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")
MANY = 1200


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with rows, and a run that one process has made of them."""
    folder = tmp_path_factory.mktemp("fleet")
    rows_file(folder / "rows.jsonl", fleet_of(MANY))
    assert checked(folder, "rows.jsonl", out="alone", batch="100").code == 1
    return folder


def contents(run: Path) -> dict[str, object]:
    """All rows of the database, and of the files."""
    with sqlite3.connect(run / "run.sqlite") as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        found: dict[str, object] = {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    database.close()
    rows = run / "results"
    return found | {path.name: path.read_bytes() for path in (rows.iterdir() if rows.is_dir() else ())}


def about(run: Path) -> dict[str, object]:
    """What a run says of itself, but for the bytes of its database, and of lines that have these: where the same rows
    lie in it depends on which worker was first to hand over a case."""
    found: dict[str, object] = json.loads((run / "run.json").read_text("utf-8"))
    assert found.pop("database")
    assert found.pop("sha256")
    return found


def arguments(out: str, **options: str) -> list[str]:
    given = {"as-of": DAY, "jobs": "2", "batch": "100", **options}
    return ["rows.jsonl", "--out", out, *(word for name, value in given.items() for word in (f"--{name}", value))]


def finished(folder: Path, out: str) -> int:
    kept = folder / out / "unfinished" / "kept"
    return sum(not name.startswith(".") for name in os.listdir(kept)) if kept.is_dir() else 0


def test_two_processes_of_which_one_is_killed_write_what_one_writes(folder: Path) -> None:
    running = started(folder, *arguments("killed"))
    until(lambda: finished(folder, "killed") > 0, running)
    first, *_ = workers_of(running.pid)
    killed(first)
    code, _, err = ended(running)
    assert code == 1, err
    assert contents(folder / "killed") == contents(folder / "alone")
    assert about(folder / "killed") == about(folder / "alone")


def test_run_whose_process_is_killed_goes_on_and_leaves_nobody_behind(folder: Path) -> None:
    running = started(folder, *arguments("again"))
    until(lambda: finished(folder, "again") > 1, running)
    workers = workers_of(running.pid)
    killed(running.pid)
    running.communicate()
    until(lambda: not any(map(is_alive, workers)))
    assert not (folder / "again" / "run.json").exists()
    kept = {path.name: path.stat().st_mtime_ns for path in (folder / "again/unfinished/kept").glob("0*")}
    assert 0 < len(kept) < MANY // 100
    resumed = started(folder, *arguments("again"))
    code, _, err = ended(resumed)
    assert code == 1, err
    assert contents(folder / "again") == contents(folder / "alone")
    assert not (folder / "again" / "unfinished").exists()


def test_interrupted_run_says_what_is_kept(folder: Path) -> None:
    running = started(folder, *arguments("interrupted"))
    until(lambda: finished(folder, "interrupted") > 0, running)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does it
    code, out, err = ended(running)
    assert (code, out) == (130, "")
    assert "kept: the same command goes on with that" in err
    assert "Traceback" not in err
    assert finished(folder, "interrupted") > 0


@pytest.fixture(scope="module")
def assigned(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    work = tmp_path_factory.mktemp("work")
    for name in ("kept", "results"):
        (work / name).mkdir()
    packed = documents(shipped("policies"), shipped("registry-snapshot"))
    return Assignment(Judging(packed, DAY, None, False, "session"), "key", str(work), "none")


def tasks(folder: Path) -> Iterator[Task]:
    return tasks_of(JsonLines(str(folder / "rows.jsonl"), "rows.jsonl").pieces(), 100)


def test_task_that_ends_whoever_does_it_ends_the_run_and_is_named(folder: Path, assigned: Assignment) -> None:
    with killing_all_workers() as deaths, pytest.raises(UsageError) as refused:
        assert [*Processes(assigned, 1).numbers(tasks(folder))] == []
    assert len(deaths) == DEATHS
    (problem,) = refused.value.problems
    assert problem.title == (
        f"batch 0 ended {DEATHS} processes that judged it, the last one by SIGKILL: rows.jsonl:1 to rows.jsonl:128"
    )
    assert problem.help is not None
    assert "what is finished is kept" in problem.help


@contextmanager
def killing_all_workers() -> Iterator[set[int]]:
    """Kill each worker of this process as soon as it is there; which ones that were."""
    deaths: set[int] = set()
    over = threading.Event()

    def kill() -> None:
        while not over.wait(0.005):
            for one in set(workers_of(os.getpid())) - deaths:
                deaths.add(one)
                killed(one)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield deaths
    finally:
        over.set()
        killer.join()


def test_worker_with_another_registry_ends_the_run(folder: Path, assigned: Assignment) -> None:
    packed = assigned.judging.documents
    other = msgspec.structs.replace(packed, registry_sha256="0" * 64)
    judging = msgspec.structs.replace(assigned.judging, documents=other)
    executor = Processes(msgspec.structs.replace(assigned, judging=judging), 1)
    with pytest.raises(InputError, match=r"the registry of this worker is \w+, and the run is by 000"):
        [*executor.numbers(tasks(folder))]
