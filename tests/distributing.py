"""Handing twenty thousand tests out to workers, and hearing what came of each, with little ado.

What xdist does for each test costs more than many tests do: it counts all tests of a worker to know how many are left,
looks each of a file's tests up in a list of all, and is told of three phases of each test. Here files are handed out in
the same order, and of a test that passes its call alone is told: that it could be set up and taken down, its silence
says.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

Files = dict[str, dict[str, bool]]


class Distributing(LoadFileScheduling):  # type: ignore[misc]  # xdist says nothing of its types
    """Whole files to workers, as `--dist=loadfile`, with what is done forgotten."""

    def __init__(self, *asked: Any) -> None:
        super().__init__(*asked)
        self._places: dict[str, int] = {}
        """Of each test, where it stands in the list of all."""

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        name = self.registered_collections[node][item_index]
        file, files = self._split_scope(name), self.assigned_work[node]
        files[file].pop(name)
        if not files[file]:
            del files[file]
        self._reschedule(node)

    def _pending_of(self, workload: Files) -> int:
        return sum(map(len, workload.values()))

    def _assign_work_unit(self, node: WorkerController) -> None:
        file, tests = self.workqueue.popitem(last=False)
        self.assigned_work[node][file] = tests
        if not self._places:
            self._places = {name: place for place, name in enumerate(self.registered_collections[node])}
        node.send_runtest_some([self._places[name] for name in tests])


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
        hook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        return True


def worth_telling(reports: Iterable[pytest.TestReport]) -> list[pytest.TestReport]:
    """All reports of a test where anything is to be said of one, else that of its call."""
    every = list(reports)
    return [one for one in every if one.when == "call"] if all(one.passed for one in every) else every
