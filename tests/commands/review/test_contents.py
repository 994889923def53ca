"""What git holds under an id is asked for once, whoever asks, and is never longer than was asked for."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.commands.review.repository import Repository as Made
from vendorgate.git import repository as module
from vendorgate.git.repository import Repository, Tree


@pytest.fixture
def opened(tmp_path: Path) -> tuple[Repository, Tree]:
    Made(tmp_path).commit({"long": "12345", "short": "12"})
    repository = Repository(str(tmp_path))
    return repository, repository.tree(repository.commit("HEAD"))


def refused(*_arguments: object, **_options: object) -> None:
    raise AssertionError("git was run")


def contents(repository: Repository, tree: Tree, most: int) -> dict[str, bytes]:
    found = repository.contents(tree.values(), most)
    return {path: found[entry.id] for path, entry in tree.items()}


def test_content_is_asked_for_once(opened: tuple[Repository, Tree], monkeypatch: pytest.MonkeyPatch) -> None:
    first = contents(*opened, most=5)
    assert first == {"long": b"12345", "short": b"12"}
    monkeypatch.setattr(subprocess, "run", refused)
    assert contents(*opened, most=5) == first


def test_content_that_is_kept_is_too_long_for_whoever_takes_less(opened: tuple[Repository, Tree]) -> None:
    contents(*opened, most=5)
    assert contents(*opened, most=4) == {"long": b"#####", "short": b"12"}


def test_content_that_was_too_long_is_read_for_whoever_takes_more(opened: tuple[Repository, Tree]) -> None:
    assert contents(*opened, most=4) == {"long": b"#####", "short": b"12"}
    assert contents(*opened, most=5) == {"long": b"12345", "short": b"12"}


def test_what_there_is_no_room_for_is_read_again(
    opened: tuple[Repository, Tree], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_KEPT", 6)
    assert contents(*opened, most=5) == contents(*opened, most=5) == {"long": b"12345", "short": b"12"}
    monkeypatch.setattr(subprocess, "run", refused)
    with pytest.raises(AssertionError, match="git was run"):
        contents(*opened, most=5)
