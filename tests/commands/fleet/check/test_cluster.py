"""A cluster of Dask judges as one process does; what becomes of its workers and of its scheduler costs no result."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec
import pytest

from tests.commands.fleet.check.deaths import ended, killed, started, until
from tests.commands.fleet.check.test_processes import about, arguments, contents, finished
from tests.commands.fleet.runs import checked, fleet_of, rows_file
from vendorgate.commands.fleet.check.remote import judge_remotely
from vendorgate.commands.fleet.check.telling import told_from
from vendorgate.errors import InputError

pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")
Process = subprocess.Popen[bytes]


@contextmanager
def running(*words: str) -> Iterator[Process]:
    """A program of Dask, until the block ends."""
    command = [sys.executable, "-m", "distributed.cli." + words[0], *words[1:]]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, Process, list[Process]]]:
    """A scheduler on loopback with two workers: its address, and the processes."""
    file = tmp_path / "scheduler.json"
    with ExitStack() as stack:
        words = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
        scheduler = stack.enter_context(running("dask_scheduler", *words))
        until(lambda: file.is_file() and file.stat().st_size > 0)
        address = str(json.loads(file.read_text("utf-8"))["address"])
        worker = ("dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
        folder = ("--local-directory", str(tmp_path / "dask"))
        workers = [stack.enter_context(running(*worker, *folder)) for _ in range(2)]
        yield address, scheduler, workers


def test_worker_that_is_killed_costs_no_result_and_a_scheduler_that_is_gone_is_said(
    cluster: tuple[str, Process, list[Process]], tmp_path: Path
) -> None:
    address, scheduler, workers = cluster
    rows_file(tmp_path / "rows.jsonl", fleet_of(1500))
    assert checked(tmp_path, "rows.jsonl", out="alone", batch="100").code == 1
    on_it = {"executor": "dask", "scheduler": address}
    first = started(tmp_path, *arguments("cluster", **on_it))
    until(lambda: finished(tmp_path, "cluster") > 0, first)
    killed(workers[0].pid)
    code, _, err = ended(first)
    assert code == 1, err
    assert contents(tmp_path / "cluster") == contents(tmp_path / "alone")
    assert about(tmp_path / "cluster") == about(tmp_path / "alone")

    second = started(tmp_path, *arguments("left", **on_it))
    until(lambda: finished(tmp_path, "left") > 0, second)
    killed(scheduler.pid)
    code, out, err = ended(second)
    assert (code, out) == (2, "")
    assert f"the scheduler at {address} went away" in err
    assert "Traceback" not in err
    assert finished(tmp_path, "left") > 0
    assert checked(tmp_path, "rows.jsonl", out="left", batch="100").code == 1
    assert contents(tmp_path / "left") == contents(tmp_path / "alone")


def test_worker_without_what_judges_says_so() -> None:
    data, told = judge_remotely("of no run", b"")
    assert data == b""
    with pytest.raises(InputError, match="a worker has neither the bundle nor the registry of this run"):
        told_from(told).raise_it()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense::/", "http://127.0.0.1:1"])
def test_scheduler_where_nobody_answers_is_said(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vendorgate.commands.fleet.check.cluster._PATIENCE", "0.2s")
    rows_file(tmp_path / "rows.jsonl", fleet_of(1))
    ended = checked(tmp_path, "rows.jsonl", executor="dask", scheduler=address)
    assert (ended.code, ended.stdout) == (2, "")
    assert f"--scheduler {address}: nobody answers" in ended.stderr
    assert not (tmp_path / "run").exists()


def test_missing_dask_and_a_scheduler_without_it_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows_file(tmp_path / "rows.jsonl", fleet_of(1))
    ended = checked(tmp_path, "rows.jsonl", scheduler="tcp://127.0.0.1:1")
    assert (ended.code, ended.stdout) == (2, "")
    assert "--scheduler without --executor dask" in ended.stderr
    monkeypatch.setitem(sys.modules, "distributed", None)
    ended = checked(tmp_path, "rows.jsonl", executor="dask")
    assert (ended.code, ended.stdout) == (2, "")
    assert "--executor dask needs Dask" in ended.stderr
    assert "pip install 'vendorgate[fleet]'" in ended.stderr


def test_what_is_told_of_a_fault_travels_whole() -> None:
    from vendorgate.commands.fleet.check.telling import WorkerFaultError, of_error

    try:
        raise KeyError("what")
    except KeyError as error:
        told = told_from(msgspec.msgpack.encode(of_error(error)))
    with pytest.raises(WorkerFaultError, match="KeyError: 'what'"):
        told.raise_it()
    full = told_from(msgspec.msgpack.encode(of_error(OSError(28, "No space left on device"))))
    with pytest.raises(OSError, match="No space left on device"):
        full.raise_it()
