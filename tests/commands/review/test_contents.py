"""What git holds under an id is asked for once, whoever asks, and is never longer than was asked for."""

from __future__ import annotations

import subprocess
from pathlib import Path
from unittest import mock

import pytest

from tests.commands.review.repository import Repository as Made
from tests.commands.review.repository import changed, kinds, manifest, usage
from vendorgate.errors import InputError
from vendorgate.git import repository as module
from vendorgate.git.repository import Repository, Tree, TreeEntry


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


def test_what_is_expected_comes_along_with_what_is_asked_for(
    opened: tuple[Repository, Tree], monkeypatch: pytest.MonkeyPatch
) -> None:
    repository, tree = opened
    repository.expect(tree.values())
    assert repository.contents([tree["short"]], most=5) == {tree["short"].id: b"12"}
    monkeypatch.setattr(subprocess, "run", refused)
    assert contents(*opened, most=5) == {"long": b"12345", "short": b"12"}


@pytest.mark.parametrize("kept", [2**25, 6])
def test_what_is_expected_and_too_much_is_read_when_it_is_asked_for(
    kept: int, opened: tuple[Repository, Tree], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_KEPT", kept)
    repository, tree = opened
    missing = TreeEntry("file", "0123456789" * 4)
    repository.expect([*tree.values(), missing, TreeEntry("submodule", "1" * 40), TreeEntry("link", "2" * 40)])
    assert repository.contents([tree["short"]], most=4) == {tree["short"].id: b"12"}
    assert contents(*opened, most=4) == {"long": b"#####", "short": b"12"}
    assert contents(*opened, most=5) == {"long": b"12345", "short": b"12"}
    repository.expect([missing])
    with pytest.raises(InputError, match=f"git has no content for the object {missing.id}"):
        repository.contents([missing], most=5)


def test_changed_manifests_cost_no_call_of_git_each(tmp_path: Path) -> None:
    """What head, base and the commit where they part have at each place is asked for together."""
    calls: list[int] = []
    for count in (2, 12):
        folder = tmp_path / str(count)
        folder.mkdir()
        paths = [f"{number}/vendorgate.yaml" for number in range(count)]
        before = {path: manifest(usage("u", "alpha"), project=f"p{path.partition('/')[0]}") for path in paths}
        after = {path: manifest(usage("u", "beta"), project=f"p{path.partition('/')[0]}") for path in paths}
        repository = changed(folder, before, after)
        with mock.patch.object(subprocess, "run", side_effect=subprocess.run) as ran:
            assert kinds(repository.report())["new"] == count
        calls.append(ran.call_count)
    assert calls[0] == calls[1]


@pytest.mark.parametrize("root", ["plain", "with\nsha1\na line"])
@pytest.mark.parametrize("inner", ["", "a", "a/b c", "a\nb"])
def test_folder_is_found_whatever_its_name(root: str, inner: str, tmp_path: Path) -> None:
    top = tmp_path / root
    top.mkdir()
    Made(top).commit({f"{inner or '.'}/file": "x"})
    repository = Repository(str(top / inner))
    assert (repository.root, repository.here) == (str(top), inner)
    assert repository.folder == str(top)


def test_name_stands_for_one_commit_throughout(tmp_path: Path) -> None:
    made = Made(tmp_path)
    first = made.commit({"a": "1"})
    repository = Repository(str(tmp_path))
    assert repository.commit("HEAD") == first
    second = made.commit({"a": "2"})
    assert repository.commit("HEAD") == first
    assert Repository(str(tmp_path)).commit("HEAD") == second
