"""Handing twenty thousand tests out to workers, and hearing what came of each, with little ado.

With xdist alone every worker imports every file and makes all of its tests, all workers tell all of their names, and of
each test that runs three phases are told. That costs more than many tests do. Here workers list the files, and one
collects a file when it gets it, which no other does; files are handed out in one order, each to whoever has nothing to
do; and of tests that pass no more is told than that and how long it took, of many at once.

To xdist a file is the test that is handed out. What is asked of tests one by one (`-k`, `-m`, a test's name) is asked
of a file when it is opened; where the answer takes all tests (`--lf` and its like), all are collected first.
"""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from _pytest.runner import collect_one_node, runtestprotocol
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

from tests.order import TOGETHER, longest_first

OF_ALL_TESTS: Final = ("lf", "failedfirst", "newfirst", "stepwise")
"""Options whose answer is not known from one file."""
NO_FILE: Final = -1
"""In the place of a file with which a worker is through, where it is not."""
SECONDS: Final = 1.0
"""After which a worker tells what passed, though it is not through with a file."""
Told = tuple[int, list[tuple[str, float]]]
"""How many tests ran, and which of them passed in how many seconds, but for those of which there is more to say."""
_BEGUN: Final = "file with the test that began"


class Distributing(LoadFileScheduling):  # type: ignore[misc]  # xdist says nothing of its types
    """Hands a file out to each worker that has none, and says what it was told of tests."""

    def __init__(self, *asked: Any) -> None:
        super().__init__(*asked)
        self._ran = 0
        """Tests."""
        self._files = 0
        """With which somebody is through."""
        self._owners: dict[str, WorkerController] = {}
        """Of each folder whose files belong together, who took the first."""

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: Told) -> None:
        """What xdist calls a test is a file here, and for its duration comes what is told of its tests.

        How many tests there are pytest must know: a run without any ends with a code of its own. Until all have run,
        they are as many as there will be if files go on as they began: what pytest says is done is the part of files.
        """
        ran, passed = duration
        through = item_index != NO_FILE
        self._ran += ran
        self._files += through
        session = self.config.pluginmanager.getplugin("session")
        session.testscollected = self._ran * len(self.collection) // max(self._files, 1)
        for nodeid, seconds in passed:
            location = (nodeid.split("::", 1)[0], None, nodeid)
            report = pytest.TestReport(nodeid, location, {}, "passed", None, "call", duration=seconds)
            report.node = node  # type: ignore[attr-defined]  # as xdist does
            self.config.hook.pytest_runtest_logreport(report=report)
        if through:
            self.assigned_work[node].pop(self.registered_collections[node][item_index])
            self._reschedule(node)

    def remove_node(self, node: WorkerController) -> str | None:
        """The test during which a worker died, if it had any. Nobody else gets its file."""
        if not self.assigned_work.pop(node):
            return None
        return Path(node.workerinput[_BEGUN]).read_text(encoding="utf-8").partition("\n")[0]

    def _reschedule(self, node: WorkerController) -> None:
        if node.shutting_down:
            return
        if not self.workqueue:
            node.shutdown()
        elif not self.assigned_work[node]:
            self._assign_work_unit(node)

    def _assign_work_unit(self, node: WorkerController) -> None:
        """The first file that is not for another worker; if all are, any: a worker without work is worse."""
        for file in self.workqueue:
            folder = folder_of(file)
            if folder is None or self._owners.setdefault(folder, node) is node:
                self.workqueue.move_to_end(file, last=False)
                break
        super()._assign_work_unit(node)


class File:
    """What is handed out: a file, and what of it was asked for."""

    def __init__(self, module: pytest.Collector) -> None:
        self.nodeid: Final = module.nodeid
        self.path: Final = module.path
        self.nodes: Final[list[pytest.Item | pytest.Collector]] = []


class Opening:
    """A plugin of a worker that collects a file when the worker gets it, and runs its tests."""

    def __init__(self, config: pytest.Config) -> None:
        self._all_at_once = any(config.getoption(name, default=False) for name in OF_ALL_TESTS)
        self._phases_wanted = config.getoption("durations") is not None or config.getoption("xmlpath") is not None
        self._files: dict[str, File] = {}
        self._begun = os.open(config.workerinput[_BEGUN], os.O_WRONLY)  # type: ignore[attr-defined]
        self._last: pytest.Item | None = None
        self._ran = 0
        self._passed: list[tuple[str, float]] = []

    @classmethod
    def want(cls, node: WorkerController) -> None:
        """Have a worker open files, where files are handed out: xdist does not tell it how tests are distributed."""
        if node.config.getoption("dist") == "loadfile":
            handle, node.workerinput[_BEGUN] = tempfile.mkstemp(dir=node.config._tmp_path_factory.getbasetemp())
            os.close(handle)

    @classmethod
    def is_wanted(cls, config: pytest.Config) -> bool:
        return _BEGUN in getattr(config, "workerinput", {})

    @pytest.hookimpl
    def pytest_collection(self, session: pytest.Session) -> None:
        """Have pytest find the files, and no more: what it would make tests of is kept."""
        if not self._all_at_once:
            session.genitems = self._keep  # type: ignore[method-assign]

    def _keep(self, node: pytest.Item | pytest.Collector) -> Iterator[pytest.Item]:
        if isinstance(node, pytest.Directory):
            report = collect_one_node(node)
            for inner in report.result if report.passed else ():
                yield from self._keep(inner)
            node.ihook.pytest_collectreport(report=report)
        else:
            self._put(node)

    def _put(self, node: pytest.Item | pytest.Collector) -> None:
        module = node.getparent(pytest.Module)
        assert module is not None
        self._files.setdefault(module.nodeid, File(module)).nodes.append(node)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Files in the place of tests: these the worker tells, and is handed out."""
        vars(session).pop("genitems", None)
        for test in session.items:
            self._put(test)
        files: list[Any] = list(self._files.values())
        longest_first(files)
        session.items[:] = files

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """What xdist's worker does, but that it waits for the next file only when it is through with one."""
        (worker,) = (each for each in session.config.pluginmanager.get_plugins() if hasattr(each, "torun"))
        (end,) = type(worker).run_one_test.__globals__["Marker"]
        worker.channel.setcallback(worker.handle_command, endmarker=end)
        while (place := worker.torun.get()) is not end:
            file: Any = session.items[place]
            since = time.monotonic()
            for test, following in opened(session, file):
                # What is told of a test one by one has its place among all with it.
                worker.item_index = len(session.items)
                session.items.append(test)
                os.pwrite(self._begun, f"{test.nodeid}\n".encode(), 0)
                session.config.hook.pytest_runtest_protocol(item=test, nextitem=following)
                self._last = test
                self._ran += 1
                if session.shouldfail or session.shouldstop:
                    break
                if time.monotonic() - since > SECONDS:
                    self._tell(worker, NO_FILE)
                    since = time.monotonic()
            self._tell(worker, place)
            if session.shouldfail or session.shouldstop:
                break
        self._take_down()
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
        """Tell of each phase only where anything is to be said of one, or somebody asked."""
        if self._phases_wanted:
            return None
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
        if all(one.passed and not one.sections and not one.user_properties for one in reports):
            self._passed.extend((one.nodeid, one.duration) for one in reports if one.when == "call")
            return True
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        for report in reports:
            item.ihook.pytest_runtest_logreport(report=report)
        return True

    def _tell(self, worker: Any, place: int) -> None:
        worker.sendevent("runtest_protocol_complete", item_index=place, duration=(self._ran, self._passed))
        self._ran, self._passed = 0, []

    def _take_down(self) -> None:
        """What is the session's; where that fails, the test that ran last tells of it."""
        if self._last is not None:
            state: Any = vars(self._last.session)["_setupstate"]
            call = pytest.CallInfo.from_call(lambda: state.teardown_exact(None), when="teardown")
            report = pytest.TestReport.from_item_and_call(self._last, call)
            if not report.passed:
                self._last.ihook.pytest_runtest_logreport(report=report)


def folder_of(file: str) -> str | None:
    """The folder whose files belong together that a file is in."""
    return next((folder for folder in file.split("/")[:-1] if folder in TOGETHER), None)


def opened(session: pytest.Session, file: File) -> Iterator[tuple[pytest.Item, Any]]:
    """The tests of a file, each with what follows. After the last what is the file's is taken down, and what is the
    session's stays.

    What collecting makes stays to the end; the collector of garbage is to leave it alone.
    """
    gc.disable()
    tests = [test for node in file.nodes for test in session.genitems(node)]
    session.config.hook.pytest_collection_modifyitems(session=session, config=session.config, items=tests)
    gc.freeze()
    gc.enable()
    return zip(tests, (*tests[1:], session), strict=False)
