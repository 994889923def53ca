"""Handing twenty thousand tests out to workers, and hearing what came of each, with little ado.

With xdist alone every worker imports every file and makes all of its tests, then all workers tell all names, and of
each test that runs the phases are told one by one. That costs more than many tests do. Here a worker lists files and
collects one when it gets it, which no other worker does; files are handed out in one order, each to whoever has
nothing to do; and of a test that passes its call alone is told: that it could be set up and taken down, its silence
says.

To xdist a file is the test that is handed out. What somebody asks of tests one by one (`-k`, `-m`, a test's name) is
asked of each file when it is opened; where the answer takes all tests (`--lf` and its like), all are collected first.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from _pytest.runner import call_and_report, collect_one_node, runtestprotocol
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

from tests.order import longest_first

_WANTED: Final = "opens files"
"""Under which a worker hears that it is to; of how tests are distributed xdist tells it nothing."""
OF_ALL_TESTS: Final = ("lf", "failedfirst", "newfirst", "stepwise")
"""Options whose answer is not known from one file."""


class Distributing(LoadFileScheduling):  # type: ignore[misc]  # xdist says nothing of its types
    """What hands out: a file to each worker that has none. A plugin, too, that hears which test began."""

    def __init__(self, config: pytest.Config, *asked: Any) -> None:
        super().__init__(config, *asked)
        self._begun: dict[str, str] = {}
        """Of each file, the test that began last."""
        self._told = 0
        config.pluginmanager.register(self)

    @pytest.hookimpl
    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._begun[file_of(nodeid)] = nodeid
        self._told += 1

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        """Files are no tests: of how many tests there are, pytest ends a run in which there was none with its own code."""
        self.assigned_work[node].pop(self.registered_collections[node][item_index])
        self.config.pluginmanager.getplugin("session").testscollected = self._told
        self._reschedule(node)

    def remove_node(self, node: WorkerController) -> str | None:
        """The test during which a worker died, if it had any. Nobody else gets its file, whose next test might die, too."""
        (died, *_) = (*self.assigned_work.pop(node), None)
        return None if died is None else self._begun.get(died, died)

    def _reschedule(self, node: WorkerController) -> None:
        if node.shutting_down:
            return
        if not self.workqueue:
            node.shutdown()
        elif not self.assigned_work[node]:
            self._assign_work_unit(node)


class File:
    """What is handed out: a file, and what of it was asked for."""

    def __init__(self, module: pytest.Collector) -> None:
        self.nodeid: Final = module.nodeid
        self.path: Final = module.path
        self.nodes: Final[list[pytest.Item | pytest.Collector]] = []


class Opening:
    """A plugin of a worker that collects a file when the worker gets it."""

    def __init__(self, config: pytest.Config) -> None:
        self._all_at_once = any(config.getoption(name, default=False) for name in OF_ALL_TESTS)
        self._files: dict[str, File] = {}
        self._last: pytest.Item | None = None

    @classmethod
    def want(cls, node: WorkerController) -> None:
        """Have a worker open files, where files are handed out."""
        node.workerinput[_WANTED] = node.config.getoption("dist") == "loadfile"

    @classmethod
    def is_wanted(cls, config: pytest.Config) -> bool:
        return bool(getattr(config, "workerinput", {}).get(_WANTED))

    @pytest.hookimpl
    def pytest_collection(self, session: pytest.Session) -> None:
        """Have pytest find the files, and no more: what it makes tests of is kept instead."""
        if not self._all_at_once:
            session.genitems = self._keep  # type: ignore[method-assign]

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Files in the place of tests: each worker tells them, and is handed them out."""
        vars(session).pop("genitems", None)
        for test in session.items:
            self._put(test)
        files: list[Any] = list(self._files.values())
        longest_first(files)
        session.items[:] = files

    def _keep(self, node: pytest.Item | pytest.Collector) -> Iterator[pytest.Item]:
        if isinstance(node, pytest.Directory):
            report = collect_one_node(node)
            for inner in report.result if report.passed else ():
                yield from self._keep(inner)
            node.ihook.pytest_collectreport(report=report)
        else:
            self._put(node)

    def _put(self, node: pytest.Item | pytest.Collector) -> None:
        module = node.getparent(pytest.File)
        assert module is not None
        self._files.setdefault(module.nodeid, File(module)).nodes.append(node)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """What xdist's worker does, but that it waits for the next file only when it is through with one."""
        (worker,) = (each for each in session.config.pluginmanager.get_plugins() if hasattr(each, "torun"))
        (end,) = type(worker).run_one_test.__globals__["Marker"]
        worker.channel.setcallback(worker.handle_command, endmarker=end)
        while (place := worker.torun.get()) is not end:
            file: Any = session.items[place]
            for test, following in self._tests(session, file):
                worker.item_index = len(session.items)
                session.items.append(test)
                self._last = test
                session.config.hook.pytest_runtest_protocol(item=test, nextitem=following)
                if session.shouldfail or session.shouldstop:
                    return True
            worker.sendevent("runtest_protocol_complete", item_index=place, duration=0)
        self._take_down()
        return True

    def _tests(self, session: pytest.Session, file: File) -> Iterator[tuple[pytest.Item, Any]]:
        """The tests of a file, each with the one that follows. After the last what is the file's is taken down, and what is
        the session's stays."""
        gc.disable()
        tests = [test for node in file.nodes for test in session.genitems(node)]
        session.config.hook.pytest_collection_modifyitems(session=session, config=session.config, items=tests)
        gc.freeze()
        gc.enable()
        return zip(tests, (*tests[1:], session), strict=False)

    def _take_down(self) -> None:
        """What is the session's; where that fails, the test that ran last tells of it."""
        if self._last is not None:
            report = call_and_report(self._last, "teardown", log=False, nextitem=None)
            if not report.passed:
                self._last.ihook.pytest_runtest_logreport(report=report)


class Telling:
    """A plugin of a worker: of a test that passes, only its call is told."""

    @classmethod
    def is_enough(cls, config: pytest.Config) -> bool:
        """Whether nobody asked for what each phase took."""
        return config.getoption("durations") is None and config.getoption("xmlpath") is None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        hook = item.ihook
        hook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        for report in worth_telling(runtestprotocol(item, log=False, nextitem=nextitem)):
            hook.pytest_runtest_logreport(report=report)
        return True


def worth_telling(reports: Iterable[pytest.TestReport]) -> list[pytest.TestReport]:
    """All reports of a test where anything is to be said of one, else that of its call."""
    every = list(reports)
    return [one for one in every if one.when == "call"] if all(one.passed for one in every) else every


def file_of(nodeid: str) -> str:
    return nodeid.split("::", 1)[0]
