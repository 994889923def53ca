"""Branch coverage of what decides, measured while the whole suite runs: by the examples of what decides and no others.

With `--cov` coverage is paused but for those tests, so that a line that only a test of a report or a command reaches
counts as not reached, and the other tests lose no time. Laws are not measured either: what they reach by chance, an
example must reach on purpose. `.ci/run` demands all of it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parent
DECIDING: Final = (
    *("vendorgate.logic", "vendorgate.evaluate", "vendorgate.resolve"),
    *("vendorgate.identity", "vendorgate.declarations"),
)
THEIR_TESTS: Final = ("logic", "evaluate", "identity", "declarations", "test_cases.py", "test_gate.py")
"""Folders and files of `tests/`."""
LAW: Final = "hypothesis"
"""The marker of tests that Hypothesis finds examples for."""


class Measuring:
    """A plugin that pauses coverage, where it is measured, outside the examples of what decides."""

    def __init__(self, controller: Any) -> None:
        self._controller = controller
        self._running = True

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """Import what is measured, because what a module does on import counts whoever imports it first."""
        modules_that_decide()

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> Iterator[None]:
        if isinstance(collector, pytest.Module):
            self._measure(of_what_decides(collector.path))
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._measure(of_what_decides(item.path) and item.get_closest_marker(LAW) is None)
        return (yield)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """Leave coverage running, as whoever ends it expects it."""
        self._measure(True)

    def _measure(self, wanted: bool) -> None:
        """Pause or resume where that changes anything: the tests of a file come one after another."""
        if wanted != self._running:
            (self._controller.resume if wanted else self._controller.pause)()
            self._running = wanted


def modules_that_decide() -> list[ModuleType]:
    """All of them, imported, in one order."""
    modules = []
    for name in DECIDING:
        package = importlib.import_module(name)
        inner = pkgutil.iter_modules(package.__path__, f"{name}.")
        modules += [package, *(importlib.import_module(module.name) for module in inner)]
    return modules


def of_what_decides(path: Path) -> bool:
    return path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in THEIR_TESTS


def stop_what_pytest_cov_started_too_early(config: pytest.Config) -> None:
    """Of a worker: pytest-cov finds `-n` among its options, takes it for the process that hands out work, and measures
    there before it does so again as a worker. Nobody pauses or reads that first measuring, and it doubles all times."""
    plugin = config.pluginmanager.getplugin("_cov")
    if plugin is not None and plugin.cov_controller is not None:
        plugin.cov_controller.pause()
