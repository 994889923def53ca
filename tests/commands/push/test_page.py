"""The page on pushing shows what is printed, and its workflow is the one that it names."""

from __future__ import annotations

import shlex
from pathlib import Path
from string import Template
from typing import Any, Final

import pytest
import yaml

from tests.command import ROOT, vendorgate
from tests.commands.push.page import FILE, SHOWN, printed
from tests.commands.push.stand_in import standing_in
from tests.commands.push.world import asking
from tests.documents import block
from vendorgate.version import VERSION

WORKFLOW: Final[dict[str, Any]] = yaml.safe_load((ROOT / "examples/workflows/push.yml").read_text("utf-8"))
PAGE: Final = FILE.read_text(encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "vendorgate.yaml").write_text(block("yaml pushed"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("kind", SHOWN)
def test_page_shows_what_is_printed(kind: str) -> None:
    assert printed(kind) == block(kind)


def test_page_names_every_right_that_is_used() -> None:
    for model, rights in {
        "folder": ("view",),
        "evidence": ("view", "add", "change"),
        "evidencerevision": ("view", "add"),
        "entity": ("view", "add", "change"),
        "securityexception": ("view", "add", "change"),
    }.items():
        for right in rights:
            assert f"`{right}_{model}`" in PAGE
    assert "`delete_" not in PAGE


def test_workflow_pushes_with_the_token_in_the_one_step_that_needs_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (job,) = WORKFLOW["jobs"].values()
    *others, step = job["steps"]
    assert "secrets." not in str(others)
    assert "secrets." not in str(job.get("env"))
    assert [name for name, value in step["env"].items() if "secrets." in value] == ["CISO_ASSISTANT_TOKEN"]
    assert WORKFLOW["env"]["VENDORGATE_VERSION"] == VERSION
    asking(monkeypatch)
    with standing_in() as server:
        given = {
            "CISO_ASSISTANT_URL": server.url,
            "REPORT": "https://github.com/acme/clinic/actions/runs/1",
            "GITHUB_STEP_SUMMARY": str(project / "summary.md"),
        }
        _, *words = shlex.split(Template(step["run"]).substitute(given))
        ended = vendorgate(*words, folder=project)
        assert ended.code == 0, ended.stderr
        assert server.violations == []
        assert server.state.of("evidences")
    assert "objects created" in (project / "summary.md").read_text("utf-8")
