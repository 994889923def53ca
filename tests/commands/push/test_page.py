"""The page on pushing shows what is printed, and its workflow is the one that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import vendorgate
from tests.commands.push.stand_in import NAME, standing_in
from tests.commands.push.world import asking
from tests.documents import PAGES, block

PAGE = PAGES["docs/how-to/push-to-ciso-assistant.md"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "vendorgate.yaml").write_text(block("yaml pushed"), encoding="utf-8")
    return tmp_path


def test_page_shows_what_is_said_where_everything_is_missing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CISO_ASSISTANT_TOKEN", raising=False)
    ended = vendorgate("push", "ciso-assistant", folder=project)
    assert (ended.code, ended.stdout) == (2, "")
    assert f"$ vendorgate push ciso-assistant\n{ended.stderr.partition(chr(10))[2]}" == block("text missing")


def test_page_shows_what_a_look_prints(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asking(monkeypatch)
    with standing_in() as server:
        words = ("--url", server.url, "--folder", NAME)
        ended = vendorgate("push", "ciso-assistant", *words, "--as-of", "2026-11-29", folder=project)
    assert ended.code == 0
    assert ended.stdout.replace(server.url, "https://grc.example.org") == block("text looked")


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
