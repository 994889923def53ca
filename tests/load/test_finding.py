"""Which manifests are meant: no folder link is followed, nothing that git ignores is found, no file is found twice."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from vendorgate.git.ignoring import ignored
from vendorgate.load.finding import Found, Ignored, find

OUTSIDE = Ignored("outside")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory around which no repository is."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return folder


def write(*paths: str) -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text("x", encoding="utf-8")


def git(*arguments: str, folder: str = ".") -> None:
    who = ("-c", "user.email=a@example.org", "-c", "user.name=a")
    subprocess.run(("git", *who, *arguments), cwd=folder, check=True, capture_output=True)


def paths(*given: str) -> list[str]:
    """What is found by those names, without problems."""
    found = find(given, ignored)
    assert not [problem for one in found for problem in one.problems], found
    return [one.path for one in found]


def titles(*given: str) -> list[str]:
    return [problem.title for one in find(given, ignored) for problem in one.problems]


@pytest.mark.parametrize("name", ["vendorgate.yaml", "vendorgate.yml"])
def test_either_name_is_found_everywhere_alike(name: str) -> None:
    write(name, f"a/{name}", "b/vendorgate.yaml.bak", "c/VENDORGATE.YAML", "d/my-vendorgate.yaml")
    assert paths() == [name]
    assert paths(".") == [f"a/{name}", name]
    assert paths("**/vendorgate.y*ml") == [f"a/{name}", name]


def test_a_blank_name_names_nothing() -> None:
    write("vendorgate.yaml")
    for name in ("", "  "):
        assert titles(name) == ["a manifest with a blank name"]


def test_both_names_in_one_folder_are_a_mistake_of_both_and_of_nobody_else() -> None:
    write("a/vendorgate.yaml", "a/vendorgate.yml", "b/vendorgate.yml")
    for given in (["."], ["a"], ["a/vendorgate.yaml"], ["a/vendorgate.yml"], ["**/vendorgate.yaml"], ["a/*"]):
        wrong = [one.path for one in find(given, ignored) if one.problems]
        assert wrong, given
        assert {os.path.dirname(path) for path in wrong} == {"a"}
    assert [one.path for one in find(["."], ignored) if not one.problems] == ["b/vendorgate.yml"]


def test_both_names_here_are_a_mistake() -> None:
    write("vendorgate.yaml", "vendorgate.yml")
    assert set(titles()) == {
        "vendorgate.yaml and vendorgate.yml in one folder, and only one of them can be the manifest"
    }


def test_second_name_that_is_a_link_to_the_first_is_the_same_manifest() -> None:
    write("a/vendorgate.yaml")
    os.symlink("vendorgate.yaml", "a/vendorgate.yml")
    assert paths("a") == ["a/vendorgate.yaml"]


def test_second_name_that_git_ignores_is_none() -> None:
    git("init", "-q")
    write("a/vendorgate.yaml", "a/vendorgate.yml")
    Path(".gitignore").write_text("*.yml\n", encoding="utf-8")
    assert paths(".") == ["a/vendorgate.yaml"]


def test_folder_links_are_not_followed_whatever_they_lead_to() -> None:
    write("vendorgate.yaml", "p/q/vendorgate.yaml")
    for number in range(3):
        os.symlink("..", f"p/l{number}")
        os.symlink("../..", f"p/q/l{number}")
    os.symlink("p/q", "door")
    for given in (".", "**/vendorgate.yaml"):
        assert paths(given) == ["p/q/vendorgate.yaml", "vendorgate.yaml"]
    assert titles("d*/vendorgate.yaml") == ["no manifest matches"]
    assert paths("door") == ["p/q/vendorgate.yaml"], "the one that was named is"
    assert paths("door/*.yaml") == ["p/q/vendorgate.yaml"]


def _links(depth: int) -> None:
    """Folders of which each has two links to the next: two to the power of their depth ways lead to the last."""
    for number in range(depth):
        Path(f"t/{number}").mkdir(parents=True)
        os.symlink(f"../{number + 1}", f"t/{number}/a")
        os.symlink(f"../{number + 1}", f"t/{number}/b")
    write(f"t/{depth}/vendorgate.yaml")


@pytest.mark.parametrize("given", ["t", "t/**/vendorgate.yaml", "**/*.yaml"])
def test_walk_takes_as_many_steps_as_there_are_folders(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _links(40)
    scanned: list[str] = []
    scan = os.scandir

    def counted(path: str) -> Iterator[os.DirEntry[str]]:
        scanned.append(path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", counted)
    assert paths(given) == ["t/40/vendorgate.yaml"]
    assert len(scanned) <= 43


def test_a_file_is_found_once_under_its_real_path() -> None:
    write("real/manifest.yaml", "a/x")
    os.symlink("../real/manifest.yaml", "a/vendorgate.yaml")
    assert paths(".") == ["real/manifest.yaml"]
    assert paths(".", "a", "real/*.yaml") == ["real/manifest.yaml"]
    assert paths("a/vendorgate.yaml", ".") == ["a/vendorgate.yaml"], "as it was given first"
    assert paths("./a/../real/manifest.yaml", "real/manifest.yaml") == ["./a/../real/manifest.yaml"]


def test_link_to_nothing_is_found_and_missed_later() -> None:
    Path("a").mkdir()
    os.symlink("nowhere", "a/vendorgate.yaml")
    assert paths(".") == ["a/vendorgate.yaml"]
    os.symlink("vendorgate.yml", "vendorgate.yml")
    assert paths("vendorgate.y*") == ["vendorgate.yml"]


def test_git_says_what_is_left_out_and_never_what_is_tracked() -> None:
    git("init", "-q")
    write("node_modules/m/vendorgate.yaml", "build/vendorgate.yaml", "build/x/vendorgate.yaml", "a/vendorgate.yaml")
    write("new/vendorgate.yaml", ".github/vendorgate.yaml", "odd/vendorgate.yml", "odd/other.txt")
    Path(".gitignore").write_text("build/\nodd/*.yml\n", encoding="utf-8")
    git("add", "-f", "build/x/vendorgate.yaml", "a")
    every = [
        ".github/vendorgate.yaml",
        "a/vendorgate.yaml",
        "build/x/vendorgate.yaml",
        "new/vendorgate.yaml",
        "node_modules/m/vendorgate.yaml",
    ]
    assert paths(".") == every
    assert paths("**/vendorgate.yaml") == every[1:], "no wildcard finds what a dot hides"
    assert paths("build") == ["build/x/vendorgate.yaml"]
    assert titles("odd") == ["no vendorgate.yaml or vendorgate.yml below this folder"]
    assert titles("build/*.yaml") == ["no manifest matches"]
    assert paths("build/vendorgate.yaml") == ["build/vendorgate.yaml"], "a file that is named is meant"
    git("add", "-f", "build")
    assert "build/vendorgate.yaml" in paths(".")


def test_folder_below_an_ignored_one_is_ignored() -> None:
    git("init", "-q")
    write("build/deep/down/vendorgate.yaml")
    Path(".gitignore").write_text("build/\n", encoding="utf-8")
    assert titles("build/deep") == ["no vendorgate.yaml or vendorgate.yml below this folder"]
    os.chdir("build/deep")
    assert titles(".") == ["no vendorgate.yaml or vendorgate.yml below this folder"]


def test_repositories_inside_say_themselves_what_they_ignore() -> None:
    git("init", "-q")
    write("inner/vendorgate.yaml", "inner/out/vendorgate.yaml", "gone/clone/vendorgate.yaml")
    Path(".gitignore").write_text("gone/\n", encoding="utf-8")
    git("init", "-q", folder="inner")
    git("init", "-q", folder="gone/clone")
    Path("inner/.gitignore").write_text("out/\n", encoding="utf-8")
    assert paths(".") == ["inner/vendorgate.yaml"]


def test_submodule_is_looked_into() -> None:
    git("init", "-q", "other")
    write("other/vendorgate.yaml")
    git("add", ".", folder="other")
    git("commit", "-qm", "x", folder="other")
    git("init", "-q", "main")
    git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(Path("other").absolute()), "m", folder="main")
    assert paths("main") == ["main/m/vendorgate.yaml"]


def test_outside_git_the_usual_folders_are_left_out() -> None:
    write("a/vendorgate.yaml", "node_modules/m/vendorgate.yaml", "a/.venv/vendorgate.yaml", ".git/x/vendorgate.yaml")
    assert [one.path for one in find(["."], lambda folder: OUTSIDE)] == ["a/vendorgate.yaml"]


def test_nothing_is_left_out_where_git_cannot_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    git("init", "-q")
    write("node_modules/vendorgate.yaml", "build/vendorgate.yaml")
    Path(".gitignore").write_text("build/\n", encoding="utf-8")
    monkeypatch.setenv("PATH", str(Path("nowhere").absolute()))
    assert ignored(os.getcwd()).known == "unknown"
    assert paths(".") == ["build/vendorgate.yaml", "node_modules/vendorgate.yaml"]
    Path(".git").rename("git")
    assert ignored(os.getcwd()).known == "outside"


@pytest.mark.parametrize("setting", ["core.fsmonitor", "core.hooksPath", "diff.external", "filter.x.clean"])
def test_git_runs_nothing_that_a_repository_asks_for(setting: str) -> None:
    git("init", "-q")
    script = Path("evil").absolute()
    script.write_text("#!/bin/sh\ntouch ran\n", encoding="utf-8")
    script.chmod(0o755)
    git("config", setting, str(script))
    write("a/vendorgate.yaml")
    Path(".gitattributes").write_text("* filter=x\n", encoding="utf-8")
    assert paths(".") == ["a/vendorgate.yaml"]
    assert not Path("ran").exists()


def test_bare_repository_and_git_s_own_files_are_outside() -> None:
    git("init", "-q", "--bare", "bare.git")
    assert ignored(str(Path("bare.git").resolve())).known == "outside"


def test_environment_of_a_hook_does_not_say_which_repository_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    git("init", "-q", "one")
    git("init", "-q", "other")
    write("one/out/vendorgate.yaml", "one/vendorgate.yaml")
    Path("one/.gitignore").write_text("out/\n", encoding="utf-8")
    monkeypatch.setenv("GIT_DIR", str(Path("other/.git").absolute()))
    monkeypatch.setenv("GIT_INDEX_FILE", str(Path("other/.git/index").absolute()))
    assert paths("one") == ["one/vendorgate.yaml"]


def test_names_that_need_care() -> None:
    git("init", "-q")
    odd = ["a b", "l\nf", "-x", "ü", "[a]", "'q'", "\udcff" if os.name == "posix" else "z"]
    write(*(f"{name}/vendorgate.yaml" for name in odd), *(f"{name}/out/vendorgate.yaml" for name in odd))
    Path(".gitignore").write_text("out/\n", encoding="utf-8")
    assert paths(".") == sorted(f"{name}/vendorgate.yaml" for name in odd)
    assert paths("[a]/vendorgate.yaml") == ["[a]/vendorgate.yaml"], "what exists is a name"


def test_folder_that_cannot_be_read_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a/vendorgate.yaml", "b/vendorgate.yaml")
    scan = os.scandir

    def refusing(path: str) -> Iterator[os.DirEntry[str]]:
        if path.endswith("/b"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    a, b = find(["."], ignored)
    assert a == Found("a/vendorgate.yaml")
    assert (b.path, [problem.title for problem in b.problems]) == ("b", ["cannot be read: permission denied"])


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (["*/vendorgate.yaml"], ["a/vendorgate.yaml"]),
        (["**/vendorgate.yaml"], ["a/b/vendorgate.yaml", "a/vendorgate.yaml"]),
        (["a/**/*.yaml"], ["a/b/vendorgate.yaml", "a/vendorgate.yaml"]),
        (["./a/./*/vendorgate.yaml"], ["a/b/vendorgate.yaml"]),
        (["a/../a/[b]/v*"], ["a/b/vendorgate.yaml"]),
        (["a/**"], ["a/b/vendorgate.yaml", "a/vendorgate.yaml"]),
    ],
)
def test_globs(given: Sequence[str], found: Sequence[str]) -> None:
    write("a/vendorgate.yaml", "a/b/vendorgate.yaml")
    assert paths(*given) == list(found)


def test_paths_are_shown_from_here_or_from_the_root_as_they_were_given(here: Path) -> None:
    write("a/vendorgate.yaml", "../side/vendorgate.yaml")
    assert paths("../side") == ["../side/vendorgate.yaml"]
    assert paths(str(here)) == [str(here / "a" / "vendorgate.yaml")]
    assert paths(f"{here}/*/vendorgate.yaml") == [str(here / "a" / "vendorgate.yaml")]


def test_standard_input_is_no_file() -> None:
    assert find(["-", "-"], ignored) == [Found("-")]
