"""How the whole suite runs: how much laws try, which files go first, who runs which, what coverage measures."""

from __future__ import annotations

import gc
import itertools
import os
import re
import sys
from pathlib import Path

import pytest
from xdist.workermanage import WorkerController

from tests.distributing import Distributing, Opening
from tests.measuring import Measuring, stop_what_pytest_cov_started_too_early
from tests.order import longest_first
from tests.scratch import InMemory, in_memory
from tests.spending import Spending
from tests.thoroughness import register_profiles
from tests.wheel import built

# A variable of the surroundings that forbids bytecode would have each of the suite's many processes compile anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

register_profiles()
_numbers = itertools.count()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--spending", action="store_true", help="list the processor seconds of each file")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One worker more than there are cores: many tests wait for a browser, for git, or for a command of their own."""
    return (os.cpu_count() or 1) + 1


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Distributing | None:
    return Distributing(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_configure_node(node: WorkerController) -> None:
    Opening.want(node)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        stop_what_pytest_cov_started_too_early(config)
        if Opening.is_wanted(config):
            config.pluginmanager.register(Opening(config))
    elif config.getoption("numprocesses", None) and "TMPDIR" not in os.environ and (folder := in_memory()):
        config.pluginmanager.register(InMemory(folder))
    if config.getoption("--spending"):
        config.pluginmanager.register(Spending())


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    coverage = session.config.pluginmanager.getplugin("_cov")
    if coverage is not None and coverage.cov_controller is not None:
        session.config.pluginmanager.register(Measuring(coverage.cov_controller))


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Collecting makes hundreds of thousands of objects, and all of them stay: there is nothing to look for.

    Whoever collects remembers what is read meanwhile, too; what remembers imports what is measured, and so not before
    coverage has begun.
    """
    gc.disable()
    if not session.config.pluginmanager.hasplugin("dsession"):
        from tests.remembering import Remembering

        session.config.pluginmanager.register(Remembering())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    longest_first(items)


def pytest_collection_finish() -> None:
    """Keep the garbage collector from looking through ten thousand tests again and again: they stay to the end."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the test's own. pytest's fixture looks through all folders of the run for the next number; here it is
    counted."""
    name = re.sub(r"\W", "_", request.node.name)[:30]
    folder = tmp_path_factory.getbasetemp() / f"{name}{next(_numbers)}"
    folder.mkdir(0o700)
    return folder


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree. Each worker has a folder of its own beside those of the others."""
    own = tmp_path_factory.getbasetemp()
    return built((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "wheel")
