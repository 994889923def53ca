"""A server with TLS, whoever vouches for it, and a project whose checks believe it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.review.repository import REGISTRY, Repository, manifest, usage
from tests.remote.server import Authority, GitServer, serving, trusting


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def server(tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[GitServer]:
    trusting(monkeypatch, authority, tmp_path / "cache")
    with serving(tmp_path / "served", authority) as one:
        yield one


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = Repository(tmp_path / "project")
    made.write({**REGISTRY, "vendorgate.yaml": manifest(usage("notes", "beta"))})
    return made.folder
