"""Where a manifest stands: from the repository's root, links resolved, whatever its project calls its root."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from vendorgate.load.places import Places, repository_root


def git(*arguments: str, folder: Path) -> None:
    names = {f"GIT_{who}_{what}": "x@y.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True)


def repository(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    git("init", "-q", folder=folder)
    return folder


def file(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("version: 1\n", encoding="utf-8")
    return path


def at(here: Path, given: str | Path, monkeypatch: pytest.MonkeyPatch) -> str | None:
    monkeypatch.chdir(here)
    return Places(os.curdir).path(os.fspath(given))


def plain(folder: Path) -> tuple[Path, str]:
    return folder, "claims/vendorgate.yaml"


def below(folder: Path) -> tuple[Path, str]:
    (folder / "services").mkdir()
    return folder / "services", "../claims/vendorgate.yaml"


def roundabout(folder: Path) -> tuple[Path, str]:
    (folder / "other").mkdir()
    return folder, "other/../claims//./vendorgate.yaml"


def absolute(folder: Path) -> tuple[Path, str]:
    return folder, str(folder / "claims" / "vendorgate.yaml")


def by_a_link_to_its_folder(folder: Path) -> tuple[Path, str]:
    (folder / "other").symlink_to("claims")
    return folder, "other/vendorgate.yaml"


def from_a_linked_folder(folder: Path) -> tuple[Path, str]:
    (folder / "other").symlink_to("claims")
    return folder / "other", "vendorgate.yaml"


HONEST: list[Callable[[Path], tuple[Path, str]]] = [
    *(plain, below, roundabout, absolute, by_a_link_to_its_folder, from_a_linked_folder),
]


@pytest.mark.parametrize("way", HONEST, ids=lambda one: one.__name__)
def test_manifest_stands_where_its_file_is(
    way: Callable[[Path], tuple[Path, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = repository(tmp_path / "repository")
    file(root / "claims" / "vendorgate.yaml")
    here, given = way(root)
    assert at(here, given, monkeypatch) == "claims/vendorgate.yaml"


def test_no_variable_moves_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What git would believe."""
    root = repository(tmp_path / "repository")
    file(repository(root / "evil") / "claims" / "vendorgate.yaml")
    monkeypatch.setenv("GIT_DIR", str(root / "evil" / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(root / "evil"))
    assert at(root, "evil/claims/vendorgate.yaml", monkeypatch) == "evil/claims/vendorgate.yaml"


def link_to_a_file(folder: Path) -> tuple[Path, str]:
    (folder / "claims").mkdir()
    (folder / "claims" / "vendorgate.yaml").symlink_to("../evil/claims/vendorgate.yaml")
    return folder, "claims/vendorgate.yaml"


def link_to_a_folder(folder: Path) -> tuple[Path, str]:
    (folder / "claims").symlink_to("evil/claims")
    return folder, "claims/vendorgate.yaml"


def repository_in_it(folder: Path) -> tuple[Path, str]:
    return folder, "evil/claims/vendorgate.yaml"


def from_a_repository_in_it(folder: Path) -> tuple[Path, str]:
    return folder / "evil", "claims/vendorgate.yaml"


def from_below_a_repository_in_it(folder: Path) -> tuple[Path, str]:
    return folder / "evil" / "claims", "vendorgate.yaml"


def from_a_submodule(folder: Path) -> tuple[Path, str]:
    (folder / "evil" / ".git").rename(folder / ".git" / "modules")
    (folder / "evil" / ".git").write_text("gitdir: ../.git/modules\n", encoding="utf-8")
    return folder / "evil", "claims/vendorgate.yaml"


def from_what_says_that_it_is_a_worktree(folder: Path) -> tuple[Path, str]:
    (folder / "evil" / ".git").rename(folder / "evil" / "git")
    (folder / "evil" / ".git").write_text("gitdir: ../.git/worktrees/evil\n", encoding="utf-8")
    return folder / "evil", "claims/vendorgate.yaml"


FORGED: list[Callable[[Path], tuple[Path, str]]] = [
    *(link_to_a_file, link_to_a_folder, repository_in_it, from_a_repository_in_it, from_below_a_repository_in_it),
    *(from_a_submodule, from_what_says_that_it_is_a_worktree),
]


@pytest.mark.parametrize("way", FORGED, ids=lambda one: one.__name__)
def test_manifest_does_not_stand_where_it_says(
    way: Callable[[Path], tuple[Path, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = repository(tmp_path / "repository")
    repository(root / "evil")
    file(root / "evil" / "claims" / "vendorgate.yaml")
    here, given = way(root)
    assert at(here, given, monkeypatch) == "evil/claims/vendorgate.yaml"


def test_linked_worktree_is_a_checkout_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository(tmp_path / "repository")
    file(root / "claims" / "vendorgate.yaml")
    git("add", "-A", folder=root)
    git("commit", "-qm", "base", folder=root)
    git("worktree", "add", "-q", "inside", folder=root)
    assert at(root / "inside", "claims/vendorgate.yaml", monkeypatch) == "claims/vendorgate.yaml"
    assert at(root, "inside/claims/vendorgate.yaml", monkeypatch) == "inside/claims/vendorgate.yaml"


def test_outside_git_the_working_directory_is_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert repository_root(str(tmp_path)) is None
    repository(tmp_path / "evil")
    file(tmp_path / "evil" / "claims" / "vendorgate.yaml")
    assert at(tmp_path, "evil/claims/vendorgate.yaml", monkeypatch) == "evil/claims/vendorgate.yaml"


def test_what_is_not_in_the_repository_stands_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository(tmp_path / "repository")
    outside = file(tmp_path / "repository-2" / "claims" / "vendorgate.yaml")
    (root / "claims").symlink_to(outside.parent)
    file(root / "-")
    for given in (outside, "claims/vendorgate.yaml", "../repository-2/claims/vendorgate.yaml", ".", "-", "a\0b"):
        assert at(root, given, monkeypatch) is None, given
    assert at(root, "./-", monkeypatch) == "-"


def test_path_counts_only_as_the_folders_spell_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that finds `Claims` by the name of `claims`, or one letter by two encodings."""
    root = repository(tmp_path)
    file(root / "Claims" / "vendorgate.yaml")
    monkeypatch.setattr(os.path, "lexists", lambda path: True)
    assert at(root, "claims/vendorgate.yaml", monkeypatch) is None
    assert at(root, "Claims/vendorgate.yaml", monkeypatch) == "Claims/vendorgate.yaml"


def test_two_encodings_of_a_letter_are_two_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository(tmp_path)
    file(root / "cafe\u0301" / "vendorgate.yaml")
    assert at(root, "cafe\u0301/vendorgate.yaml", monkeypatch) == "cafe\u0301/vendorgate.yaml"


def test_manifest_that_is_not_there_stands_where_it_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report may be of one; `verify` gives its bytes."""
    root = repository(tmp_path)
    assert at(root, "claims/vendorgate.yaml", monkeypatch) == "claims/vendorgate.yaml"
