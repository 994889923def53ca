"""Which files there are, and what of them is read."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from vendorgate.detection.files import LARGEST, Unread, listed_files, read, text_of
from vendorgate.git.listing import files_below


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", folder, *words], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    for name in ("a.py", "sub/b.py", "made/c.py", "node_modules/d.js", "tracked.log", "other.log"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x\n")
    (tmp_path / ".gitignore").write_text("made/\n*.log\n")
    git(tmp_path, "add", "a.py", "node_modules")
    git(tmp_path, "add", "--force", "tracked.log")
    return tmp_path


def test_git_lists_what_it_has_or_would_take(repository: Path) -> None:
    found = [one.path for one in listed_files(str(repository), files_below(str(repository)))]
    assert found == [".gitignore", "a.py", "node_modules/", "sub/b.py", "tracked.log"]


def test_folder_that_others_filled_and_git_has_is_counted_and_not_read(repository: Path) -> None:
    files = {one.path: one.left_out for one in listed_files(str(repository), files_below(str(repository)), "here/")}
    assert files["here/node_modules/"] == 1
    assert {count for path, count in files.items() if not path.endswith("/")} == {0}


def test_a_folder_inside_is_listed_from_itself(repository: Path) -> None:
    inside = str(repository / "sub")
    assert [(one.path, one.real) for one in listed_files(inside, files_below(inside), "sub/")] == [
        ("sub/b.py", os.path.join(inside, "b.py"))
    ]


def test_an_ignored_folder_that_somebody_names_is_walked(repository: Path) -> None:
    inside = str(repository / "made")
    assert files_below(inside) is None
    assert [one.path for one in listed_files(inside, None)] == ["c.py"]


def test_outside_of_git_all_is_walked_but_what_others_made(tmp_path: Path) -> None:
    for name in ("a.py", "node_modules/x.js", ".venv/lib/y.py", "sub/z.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x\n")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert [one.path for one in listed_files(str(tmp_path), None)] == ["a.py", "sub/z.py"]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("key")
    (tmp_path / "link").symlink_to("secret")
    with pytest.raises(Unread, match="a link"):
        read(str(tmp_path / "link"))


def test_what_is_no_plain_file_does_not_hold_anybody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Unread, match="no plain file"):
        read(str(tmp_path / "pipe"))
    with pytest.raises(Unread):
        read(str(tmp_path))


def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unread, match="no such file"):
        read(str(tmp_path / "gone"))


def test_a_huge_file_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "huge.py"
    path.write_bytes(b"x" * (LARGEST + 1))
    with pytest.raises(Unread, match="over 2 MiB"):
        read(str(path))


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"\x7fELF\0\0", "binary"), (b"a" * 40_000, "minified"), (b"a;" * 500_000 + b"\n", "minified")],
)
def test_what_no_person_wrote_is_passed_over(data: bytes, reason: str) -> None:
    with pytest.raises(Unread, match=reason):
        text_of("a.js", data)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfx", "x"),
        ("é".encode("latin-1"), "�"),
        ("x".encode("utf-16"), "x"),
        (b"a\r\nb", "a\r\nb"),
        (b"", ""),
    ],
)
def test_other_texts_are_read_as_well_as_they_can_be(data: bytes, text: str) -> None:
    found = text_of("a.py", data)
    assert found.removeprefix("\ufeff") == text


def test_a_notebook_may_have_long_lines() -> None:
    assert text_of("a.ipynb", b"a" * 40_000)


def test_outside_of_git_gitignore_counts_as_in_it(repository: Path) -> None:
    """What a walk leaves out is what git leaves out, but for what it tracks all the same."""
    (repository / "sub/.gitignore").write_text("*.tmp\n!keep.tmp\n/only-here\n")
    for name in ("sub/x.tmp", "sub/keep.tmp", "sub/only-here", "sub/deep/only-here", "sub/deep/y.tmp", "keep.tmp"):
        path = repository / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x\n")
    by_git = [one.path for one in listed_files(str(repository), files_below(str(repository)))]
    walked = [one.path for one in listed_files(str(repository), None)]
    assert walked == [path for path in by_git if path not in ("tracked.log", "node_modules/")]


@pytest.mark.parametrize("ignore", ["[", "**/", "\\", "!", "a" * 10_000, "\0", "/**/**/**/x"])
def test_no_gitignore_ends_a_walk(tmp_path: Path, ignore: str) -> None:
    (tmp_path / ".gitignore").write_text(f"{ignore}\n")
    (tmp_path / "a.py").write_text("x\n")
    assert "a.py" in [one.path for one in listed_files(str(tmp_path), None)]
