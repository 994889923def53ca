"""Files of a folder as they are listed and read, held against the plain way of doing it."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorgate.errors import Problem
from vendorgate.load import files
from vendorgate.load.files import Folder, Limits, blake2, folder, read_bytes, sha256, unreadable, yaml_files
from vendorgate.source import Location

needs_links = pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")


def walked(folder: Folder, problems: list[Problem]) -> list[str]:
    """What `yaml_files` is to find, one question to the system after another."""
    found: list[str] = []

    def fail(error: OSError) -> None:
        name = os.path.relpath(error.filename, folder.path)
        problems.append(unreadable(error, folder.file(name)[1] if name != "." else folder.shown))

    root = os.path.join(os.path.realpath(folder.path), "")
    for parent, folders, names in os.walk(folder.path, onerror=fail):
        folders.sort()
        for name in sorted((*names, *folders)):
            path = os.path.join(parent, name)
            relative = os.path.relpath(path, folder.path)
            if os.path.islink(path) and not os.path.realpath(path).startswith(root):
                title, where = "a link that leads out of the bundle", Location(folder.file(relative)[1], 1, 1)
                problems.append(Problem(title, where, "put the file itself there"))
            elif name in names and name.lower().endswith((".yaml", ".yml")):
                found.append(relative)
                if "\n" in relative:
                    where = Location(folder.file(relative)[1], 1, 1)
                    problems.append(Problem("a line break in the name of a file", where, "give it another name"))
    return sorted(found)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with all kinds of things in it."""
    root, outside = tmp_path / "bundle", tmp_path / "outside"
    for path in ("a/b/c", "a.b", "z", "folder.yaml/inner", "empty"):
        (root / path).mkdir(parents=True)
    outside.mkdir()
    for name in ("one.yaml", "a/two.YML", "a/b/three.yaml", "a/b/c/four.yml", "a.b/five.yaml", "folder.yaml/six.yaml"):
        (root / name).write_text("version: 1\n")
    for name in ("a/notes.md", "z/yaml", "z/.yaml", "a/line\nbreak.yaml", "a/b/ü.yaml"):
        (root / name).write_text("")
    (outside / "far.yaml").write_text("version: 1\n")
    for name, to in (
        ("within.yaml", "a/two.YML"),
        ("far.yaml", "../outside/far.yaml"),
        ("a/out", "../../outside"),
        ("a/out.yaml", "../../outside"),
        ("a/in", "../z"),
        ("a/in.yaml", "../z"),
        ("nowhere.yaml", "missing"),
        ("nowhere-far.yaml", "../missing"),
        ("round.yaml", "round.yaml"),
        ("beside.yaml", "../bundle-2/x.yaml"),
        ("self", "."),
    ):
        (root / name).symlink_to(to)
    return root


@needs_links
@pytest.mark.parametrize("given_as", ["{}", "{}/", "{}/a/..", "."])
def test_files_are_found_as_a_walk_finds_them(given_as: str, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)
    here = folder(given_as.format(tree))
    problems: list[Problem] = []
    expected: list[Problem] = []
    assert yaml_files(here, problems) == walked(here, expected)
    assert problems == expected
    assert len(problems) > 5


@pytest.mark.parametrize("name", ["missing", "file"])
def test_folder_that_cannot_be_listed_is_told_as_a_walk_tells_it(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    here = folder(tmp_path / name)
    problems: list[Problem] = []
    expected: list[Problem] = []
    assert yaml_files(here, problems) == walked(here, expected) == []
    assert problems == expected
    assert len(problems) == 1


def test_folder_below_that_cannot_be_listed_is_told_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.yaml").write_text("")
    scandir = os.scandir

    def refusing(path: str) -> object:
        if path.endswith("b"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    here = folder(tmp_path)
    problems: list[Problem] = []
    expected: list[Problem] = []
    assert yaml_files(here, problems) == walked(here, expected) == ["a/one.yaml", "c/one.yaml"]
    assert problems == expected
    assert len(problems) == 1


@given(
    data=st.binary(max_size=40),
    size=st.sampled_from(["true", "none", "fewer", "more"]),
    most=st.integers(0, 50),
    pieces=st.lists(st.integers(1, 9), max_size=6),
)
def test_file_is_read_to_its_end_whatever_the_system_says_of_its_size(
    data: bytes, size: str, most: int, pieces: list[int]
) -> None:
    told = {"true": len(data), "none": 0, "fewer": len(data) // 2, "more": len(data) + 7}[size]
    left, gives = bytearray(data), iter(pieces if size != "true" else [])

    def read(handle: int, asked: int) -> bytes:
        count = min(asked, next(gives, asked))
        if size == "fewer":
            count = asked  # one piece as long as the size that is told would be taken for the whole
        found = bytes(left[:count])
        del left[:count]
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "read", read)
        assert files._read(0, most + 1, told) == data[: most + 1]


def test_file_over_the_limit_is_read_one_byte_past_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for size in (9, 10, 11, 12):
        path.write_bytes(bytes(size))
        assert read_bytes(str(path), "file", [], Limits(10, 1)) == bytes(min(size, 11))


def test_entry_that_nobody_can_tell_is_a_problem(tmp_path: Path) -> None:
    class Entry:
        def is_file(self, *, follow_symlinks: bool) -> bool:
            raise PermissionError(13, "Permission denied")

    problems: list[Problem] = []
    assert read_bytes("file", "file", problems, entry=Entry()) is None  # type: ignore[arg-type]  # as far as it is asked
    assert [one.title for one in problems] == ["cannot be read: permission denied"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipe_that_took_the_place_of_a_file_since_it_was_listed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("")
    with os.scandir(tmp_path) as entries:
        (entry,) = entries
    path.unlink()
    os.mkfifo(path)
    problems: list[Problem] = []
    assert read_bytes(entry.path, "file", problems, entry=entry) is None
    assert [one.title for one in problems] == ["a pipe, not a file"]


@pytest.mark.parametrize("size", [0, 1, 16 * 1024, 16 * 1024 + 1, 100_000])
@pytest.mark.parametrize("loaded", [True, False])
@pytest.mark.parametrize("own", [True, False])
def test_digest_is_the_same_whoever_works_it_out(
    size: int, loaded: bool, own: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = os.urandom(size)
    expected = hashlib.sha256(data).hexdigest()
    if not loaded:
        monkeypatch.delitem(sys.modules, "hashlib")
    if not own:
        for name in ("_sha2", "_sha256"):
            monkeypatch.setitem(sys.modules, name, None)
    assert sha256(data) == expected


def test_other_digest_is_blake2b_of_32_bytes() -> None:
    assert blake2(b"abc") == hashlib.blake2b(b"abc", digest_size=32).digest()


@needs_links
def test_what_ships_is_where_the_links_of_an_installer_lead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, installed = (tmp_path / name / "vendorgate" for name in ("cache", "site-packages"))
    (kept / "content" / "policies").mkdir(parents=True)
    for package in (kept, installed):
        (package / "load").mkdir(parents=True)
    (kept / "load" / "files.py").touch()
    (installed / "load" / "files.py").symlink_to(kept / "load" / "files.py")
    for package in (kept, installed):
        monkeypatch.setattr(files, "__file__", str(package / "load" / "files.py"))
        assert files.shipped("policies").path == str(kept / "content" / "policies")


@pytest.mark.parametrize(("above", "found"), [("src", True), ("app.zip", False), ("vendored", False)])
def test_what_ships_is_that_of_a_checkout_and_of_no_other_repository(
    above: str, found: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "policies").mkdir()
    monkeypatch.setattr(files, "__file__", str(tmp_path / above / "vendorgate" / "load" / "files.py"))
    assert (files.shipped("policies").path == str(tmp_path / "policies")) is found
