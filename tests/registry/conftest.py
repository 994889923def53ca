"""The tables of a module of tests, judged all at once: as the registry ships, and as if every page had been read.

In: `ROWS` and `IF_READ` of the module that asks, or `SHIPPED`, `IF_READ` and `RULES`. Out: outcomes by sentence and
rule.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.registry.shipped import as_if_read, outcomes
from tests.registry.tables import Judged, judge, judge_if_read


@pytest.fixture(scope="module")
def judged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """What comes of `ROWS`."""
    return judge(tmp_path_factory.mktemp("registry"), request.module.ROWS)


@pytest.fixture(scope="module")
def judged_if_read(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """What would come of `IF_READ`."""
    return judge_if_read(tmp_path_factory.mktemp("registry"), request.module.IF_READ)


@pytest.fixture(scope="module")
def shipped(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """What comes of each usage of `SHIPPED` under each of the module's `RULES`."""
    return outcomes(tmp_path_factory.mktemp("shipped"), _usages(request.module.SHIPPED), request.module.RULES)


@pytest.fixture(scope="module")
def if_read(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """What would come of those of `IF_READ`, their gateways read on one day, too."""
    usages = _usages(request.module.IF_READ)
    ids = sorted({usage[key] for usage in usages.values() for key in ("offering", "via") if key in usage})
    registry = as_if_read(tmp_path_factory.mktemp("read") / "registry", ids)
    return outcomes(tmp_path_factory.mktemp("if-read"), usages, request.module.RULES, registry)


def _usages(rows: Any) -> dict[str, Any]:
    return {name: usage for name, usage, _, _ in rows}
