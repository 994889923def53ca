"""Commits of the tests that are written without git are those that git makes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final
from unittest import mock

import pytest

from tests.commands.review.repository import WORLD, Content, Repository, manifest, usage

STAGES: Final[list[dict[str, Content]]] = [
    {**WORLD, "vendorgate.yaml": manifest(usage("u", "beta"))},
    {"a/b/c": "deep", "a/b-c": "between", "a.b": "", "a0": b"\xff\r\n\0", "ä ö/ü": "wide"},
    {},
    {"a/b/c": None, "vendorgate.yaml": manifest(usage("u", "alpha"))},
]


class OfGit(Repository):
    """A repository that leaves everything to git."""

    def _stands_as_written(self) -> bool:
        return False


def made(one: Repository) -> tuple[list[str], ...]:
    """Ids of commits, what is tracked, what is checked out, the words of reflogs, and what git has to say of it."""
    ids = [one.commit(STAGES[0]), one.commit(STAGES[1])]
    one.branch("change/one")
    ids += [one.commit(STAGES[2]), one.commit(STAGES[3])]
    looked = [
        ("ls-files", "--stage"),
        ("status", "--porcelain=v2", "--branch"),
        ("log", "--walk-reflogs", "--format=%H %gd %gs %gn %ge %ad", "--date=raw", "HEAD"),
        ("log", "--walk-reflogs", "--format=%H %gd %gs", "change/one"),
        ("log", "--walk-reflogs", "--format=%H %gd %gs", "main"),
        ("rev-parse", "HEAD", "main", "change/one", "@{-1}", "HEAD@{1}"),
        ("fsck", "--strict", "--full"),
    ]
    return ids, *(one.git(*words).splitlines() for words in looked)


def begun(kind: type[Repository], folder: Path) -> Repository:
    folder.mkdir()
    return kind(folder)


def test_commits_without_git_are_those_of_git(tmp_path: Path) -> None:
    without = begun(Repository, tmp_path / "without")
    with mock.patch.object(Repository, "git", side_effect=AssertionError("git was run")):
        without.commit(STAGES[0])
        without.branch("x")
        without.commit(STAGES[1])
    assert made(begun(Repository, tmp_path / "a")) == made(begun(OfGit, tmp_path / "b"))


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.write({".gitignore": "x\n"}),
        lambda one: one.write({"a/.gitattributes": "* text eol=crlf\n"}),
        lambda one: (one.folder / "link").symlink_to("x"),
        lambda one: (one.folder / "x").chmod(0o755),
        lambda one: one.git("config", "core.autocrlf", "input"),
        lambda one: one.git("checkout", "--quiet", "--detach"),
        lambda one: one.git("rm", "--quiet", "--cached", "x"),
        lambda one: (one.folder / ".git" / "info").mkdir(),
    ],
)
def test_what_is_not_plain_is_left_to_git(change: Callable[[Repository], object], tmp_path: Path) -> None:
    trees = []
    for kind in (Repository, OfGit):
        one = begun(kind, tmp_path / kind.__name__)
        one.commit({"x": "1\r\n"})
        change(one)
        with mock.patch.object(Repository, "git", autospec=True, side_effect=Repository.git) as asked:
            one.commit({"y": "2\r\n"})
        assert any(call.args[1] == "commit" for call in asked.call_args_list)
        trees.append(one.git("rev-parse", "HEAD", "HEAD^{tree}"))
    assert trees[0] == trees[1]
