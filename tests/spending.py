"""Processor time by file, for `--spending`: what tests spend and what the processes that they start spend.

The clock tells on a busy machine what others do; processor time tells what the suite does.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parent
_OUTPUT: Final = "spending"
"""Under which a worker hands its times over."""
_COLLECTING: Final = "(collecting)"
_SHOWN: Final = 0.05
"""Seconds below which a file is not listed."""


class Spending:
    """A plugin that adds up what each file spends, in every worker, and lists it when all is done."""

    def __init__(self) -> None:
        self.by_file: defaultdict[str, float] = defaultdict(float)
        self._since = spent()

    def _book(self, name: str) -> None:
        now = spent()
        self.by_file[name] += now - self._since
        self._since = now

    @pytest.hookimpl
    def pytest_collection_finish(self) -> None:
        self._book(_COLLECTING)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        try:
            return (yield)
        finally:
            self._book(item.path.relative_to(ROOT).as_posix())

    @pytest.hookimpl
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        handed = getattr(session.config, "workeroutput", None)
        if handed is not None:
            handed[_OUTPUT] = dict(self.by_file)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        for name, seconds in getattr(node, "workeroutput", {}).get(_OUTPUT, {}).items():
            self.by_file[name] += seconds

    @pytest.hookimpl
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        terminalreporter.section("processor seconds")
        for name, seconds in sorted(self.by_file.items(), key=lambda row: -row[1]):
            if seconds >= _SHOWN:
                terminalreporter.line(f"{seconds:8.2f} {name}")
        terminalreporter.line(f"{sum(self.by_file.values()):8.2f} all")


def spent() -> float:
    """Seconds that this process and those that it has waited for have had a processor, in the kernel or not."""
    return sum(os.times()[:4])
