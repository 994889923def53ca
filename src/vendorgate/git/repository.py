"""A git repository, read through the `git` command and never written; the only place that runs it.

In: a folder, names of commits. Out: commits, trees, the bytes of files. Refuses to know what a file is about.

A repository under review is hostile, and so is what it says of itself: paths are bytes between zeros, no hook, filter,
external difference or replaced object is followed, and nothing is fetched.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Literal

import msgspec

from ..errors import InputError, Problem, UsageError
from ..load.files import JUDGING, opened
from .history import Versions, seconds_by_commit, versions
from .settings import FORCED, LEFT_OUT, QUIET

_SHORTER_IDS: Final = 40
_ID: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_NOTHING: Final = frozenset(
    ("4b825dc642cb6eb9a060e54bf8d69288fbee4904", "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321")
)
"""The empty tree, by SHA-1 and by SHA-256."""
_MOST_RENAMES: Final = 2_000
"""Pairs of files are compared up to the square of this; beyond it only identical ones count as renamed."""
_MOST_COMMITS: Final = 200_000
"""Of a history that is read."""
_MOST_KEPT: Final = 2**25
"""Bytes of files that are kept, should they be asked for again."""

EntryKind = Literal["file", "link", "submodule"]
KINDS: Final[Mapping[bytes, EntryKind]] = {b"120000": "link", b"160000": "submodule"}


_STATES: Final = ("--is-bare-repository", "--is-inside-work-tree", "--is-shallow-repository", "--show-object-format")
"""What is asked of a repository before anything else."""


class TreeEntry(msgspec.Struct, frozen=True):
    """What stands at a path of a commit."""

    kind: EntryKind
    id: str
    """Of its content."""


Tree = dict[str, TreeEntry]
"""Every entry of a commit that is not a folder, by path from the root, with forward slashes."""


def is_nothing(name: str) -> bool:
    """Whether a name stands for no commit at all: all zeros, as in the event of a new branch, or the empty tree."""
    return name in _NOTHING or re.fullmatch(r"0{40}(?:0{24})?", name) is not None


class Repository:
    """The repository around a folder.

    Raises:
        UsageError: there is none, or git is not installed or refuses to read it.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        every = self._run(("rev-parse", *_STATES, "--show-prefix", "--show-toplevel"))
        lines = every.stdout.split(b"\n")
        # Paths of one line each, as they are nearly always; others, or what has no work tree, are asked for singly.
        at_once = every.returncode == 0 and len(lines) == len(_STATES) + 3
        *states, ids = [_text(line) for line in lines[:4]] if at_once else self._lines("rev-parse", *_STATES)
        bare, inside, shallow = (line == "true" for line in states)
        self._id_length = _SHORTER_IDS if ids == "sha1" else 64
        if not bare and not inside:
            raise UsageError([Problem("this folder is part of git's own files", help="run it in the work tree")])
        self.shallow = shallow
        """Whether history is cut off somewhere."""
        here, root = (_text(line) for line in lines[4:6]) if at_once else self._places(bare=bare)
        self.root = root
        """The folder of the work tree; None where there is none."""
        self.here = here.rstrip("/")
        """The folder, from the root; empty for the root itself."""
        self.folder = self.root or folder
        if bare:
            self._refuse_disguised()
        self._trees: dict[str, Tree] = {}
        self._kept: dict[str, bytes] = {}
        self._expected = frozenset[str]()
        self._commits: dict[str, str | None] = {}
        self._renames: dict[tuple[str, str], dict[str, str]] = {}
        # What has an id never changes, and both sides of a change have nearly the same: it is asked for once.

    def _places(self, *, bare: bool) -> tuple[str, str | None]:
        """The folder from the root, and the root."""
        if bare:
            return "", None
        root = self._path("rev-parse", "--show-toplevel")
        return self._path("rev-parse", "--show-prefix"), root

    def _refuse_disguised(self) -> None:
        """A folder that a commit laid out as a repository of its own would bring its own branches and settings."""
        above = inner = os.path.realpath(self._path("rev-parse", "--absolute-git-dir"))
        while above != (above := os.path.dirname(above)):
            if os.path.lexists(os.path.join(above, ".git")):
                title = f"{inner} is laid out as a bare repository, and lies in the work tree of {above}"
                raise UsageError([Problem(title, help="run it in that repository, or move the bare one out of it")])

    def commit(self, name: str) -> str | None:
        """The id of the commit that a name stands for; None where it stands for none. It is asked for once."""
        if not name or name.startswith("-") or "\0" in name:
            return None
        if name not in self._commits:
            self._commits[name] = self._commit(name)
        return self._commits[name]

    def _commit(self, name: str) -> str | None:
        ended = self._run(["rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"])
        found = ended.stdout.decode("ascii", "replace").strip()
        return found if ended.returncode == 0 and _ID.fullmatch(found) else None

    def names(self) -> list[str]:
        """Branches, remote branches and tags."""
        listed = self._output("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags")
        return [_text(line) for line in listed.splitlines()]

    def is_whole_id(self, name: str) -> bool:
        """Whether a name is an id in full, which git takes for nothing else."""
        return len(name) == self._id_length and _ID.fullmatch(name) is not None

    def refs(self, *patterns: str) -> list[str]:
        """Whole names of the refs that are, or lie below, what is named; `*` stands for a part between slashes."""
        listed = self._output("for-each-ref", "--format=%(refname)", *patterns)
        return [_text(line) for line in listed.splitlines()]

    def begins_an_id(self, name: str) -> bool:
        """Whether an object here has an id that begins so."""
        return bool(self._run(("rev-parse", f"--disambiguate={name}")).stdout)

    def checked_out(self) -> str | None:
        """The branch that is checked out, by its whole name; None where none is."""
        return _text(self._run(("symbolic-ref", "--quiet", "HEAD")).stdout).strip() or None

    def merge_base(self, one: str, other: str) -> str | None:
        """The commit at which the histories of two part; None where they share none that is here."""
        ended = self._run(["merge-base", one, other])
        found = ended.stdout.decode("ascii", "replace").strip()
        if ended.returncode > 1:
            raise InputError([_failure("merge-base", ended.stderr)])
        return found if _ID.fullmatch(found) else None

    def tree(self, commit: str | None) -> Tree:
        """What a commit holds; None holds nothing.

        Raises:
            InputError: it cannot be read, or names a path twice or one that no folder can hold.
        """
        if commit is None:
            return {}
        if commit not in self._trees:
            self._trees[commit] = _tree(self._output("ls-tree", "-r", "-z", "--full-tree", commit))
        return self._trees[commit]

    def contents(self, entries: Iterable[TreeEntry], most: int) -> dict[str, bytes]:
        """The bytes of files by the ids of their content; of one longer than `most`, so many and one more.

        Raises:
            InputError: one is not in the repository.
        """
        ids = {entry.id for entry in entries}
        kept = {id: self._kept[id] for id in ids & self._kept.keys()}
        new = sorted(ids - kept.keys())
        soon = sorted(self._expected - ids - self._kept.keys()) if new else []
        sizes, of_soon = self._sizes(new, soon)
        along = [id for id, size in of_soon.items() if size <= most]
        if sum(of_soon[id] for id in along) + sum(min(sizes[id], most) for id in new) > self._room:
            along = []
        if soon:
            self._expected = frozenset()
        sizes.update((id, len(data)) for id, data in kept.items())
        read = self._read([*(id for id in new if sizes[id] <= most), *along])
        self._keep(read)
        every = {**kept, **read}
        return {id: every[id] if sizes[id] <= most else b"#" * (most + 1) for id in ids}

    def expect(self, entries: Iterable[TreeEntry]) -> None:
        """What is probably asked for soon: it is read together with what is asked for first, as far as there is room
        for it. What is not there, or is too long, is nobody's fault before somebody asks."""
        self._expected = frozenset(entry.id for entry in entries if entry.kind == "file")

    def _keep(self, read: Mapping[str, bytes]) -> None:
        """Keep what may be asked for again, as far as there is room."""
        if sum(map(len, read.values())) <= self._room:
            self._kept.update(read)

    @property
    def _room(self) -> int:
        return _MOST_KEPT - sum(map(len, self._kept.values()))

    def _sizes(self, ids: Sequence[str], others: Sequence[str]) -> tuple[dict[str, int], dict[str, int]]:
        """The lengths of what must be there, and of what of the others is there."""
        request = "".join(f"{id}\n" for id in (*ids, *others)).encode()
        listed = self._output("cat-file", "--batch-check", input=request) if ids else b""
        answers = [line.split(" ") for line in listed.decode("ascii", "replace").splitlines()]
        for id, kind, *_ in answers[: len(ids)]:
            if kind != "blob":
                raise InputError([Problem(f"git has no content for the object {id}", help=_WHOLE)])
        sizes = {id: int(size[0]) for id, kind, *size in answers if kind == "blob"}
        return {id: sizes[id] for id in ids}, {id: sizes[id] for id in others if id in sizes}

    def _read(self, ids: Sequence[str]) -> dict[str, bytes]:
        request = "".join(f"{id}\n" for id in ids).encode()
        data = self._output("cat-file", "--batch", input=request) if ids else b""
        found, start = {}, 0
        while start < len(data):
            end = data.index(b"\n", start)
            id, _, size = data[start:end].decode("ascii").split(" ")
            found[id] = data[end + 1 : end + 1 + int(size)]
            start = end + 2 + int(size)
        return found

    def history(self, commit: str) -> Versions:
        """What every commit that leads to one has made of each file, a merge left out."""
        listed = self._output("rev-list", f"--max-count={_MOST_COMMITS}", "--format=%at", commit)
        seconds = seconds_by_commit(listed.decode("ascii", "replace"))
        plain = ("--root", "--raw", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-abbrev")
        request = "".join(f"{one}\n" for one in seconds).encode("ascii")
        return versions(self._output("diff-tree", "--stdin", "-r", "-z", *plain, input=request), seconds)

    def renames(self, old: str, new: str) -> dict[str, str]:
        """Files that go by another path in the newer commit: new path to old."""
        if (old, new) in self._renames:
            return self._renames[old, new]
        compare = ("diff-tree", "-r", "-z", "--no-ext-diff", "--no-textconv", "--name-status", "--diff-filter=R")
        listed = self._output(*compare, "-M", f"-l{_MOST_RENAMES}", old, new)
        fields = [_text(field) for field in listed.split(b"\0")[:-1]]
        found = {fields[index + 2]: fields[index + 1] for index in range(0, len(fields), 3)}
        return self._renames.setdefault((old, new), found)

    def uncommitted(self, commit: str | None, bears: Callable[[str], bool]) -> list[str]:
        """Paths that bear on something and stand otherwise in the work tree than in a commit.

        `git status` would hand their content to every filter that the repository names; files are read here instead.
        """
        if self.root is None:
            return []
        tree = self.tree(commit)
        listed = self._output("ls-files", "-t", "-z", "--cached", "--others", "--exclude-standard")
        records = [_text(record).partition(" ") for record in listed.split(b"\0")[:-1]]
        left_out = {path for tag, _, path in records if tag == "S"}
        paths = {path for _, _, path in records} | tree.keys()
        return sorted(path for path in paths - left_out if bears(path) and self._differs(path, tree.get(path)))

    def _differs(self, path: str, entry: TreeEntry | None) -> bool:
        """Whether a file of the work tree is another than a commit's, the ends of lines aside."""
        place = os.path.join(self.root or "", path)
        if entry is None or entry.kind != "file":
            return entry is None and os.path.lexists(place)
        try:
            if os.path.islink(place):
                return True
            with opened(place) as file:
                data = file.read(JUDGING.size + 1)
        except OSError:
            return True
        return entry.id not in {self._id_of(one) for one in (data, data.replace(b"\r\n", b"\n"))}

    def _id_of(self, data: bytes) -> str:
        made = hashlib.sha1 if self._id_length == _SHORTER_IDS else hashlib.sha256  # git's own names, no secret
        return made(b"blob %d\0%s" % (len(data), data)).hexdigest()

    def index(self) -> list[str]:
        """Paths that are tracked in the work tree."""
        if self.root is None:
            return []
        return [_text(path) for path in self._output("ls-files", "-z").split(b"\0")[:-1]]

    def _lines(self, *arguments: str) -> list[str]:
        return self._output(*arguments).decode("ascii", "replace").splitlines()

    def _path(self, *arguments: str) -> str:
        return _text(self._output(*arguments).removesuffix(b"\n"))

    def _output(self, *arguments: str, input: bytes = b"") -> bytes:
        ended = self._run(arguments, input)
        if ended.returncode != 0:
            raise InputError([_failure(arguments[0], ended.stderr)])
        return ended.stdout

    def _run(self, arguments: Sequence[str], input: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
        try:
            return subprocess.run(  # noqa: S603 no shell, and no argument is an option that somebody else chose
                [*QUIET, *arguments],
                input=input,
                capture_output=True,
                check=False,
                cwd=self.folder,
                env={**kept, **FORCED},
            )
        except FileNotFoundError:
            raise UsageError([Problem("git is not installed", help="install git 2.31 or newer")]) from None


_WHOLE: Final = "fetch the whole repository, without a filter (for GitHub: actions/checkout with `fetch-depth: 0`)"


def _failure(command: str, stderr: bytes) -> Problem:
    """What git says, in one line."""
    said = _text(stderr).strip()
    if "not a git repository" in said:
        return Problem("not in a git repository", help="run it in the repository whose change is to be reviewed")
    if "dubious ownership" in said:
        help = "make it yours, or say that you trust it: git config --global --add safe.directory PATH"
        return Problem("git does not read this repository, because it belongs to somebody else", help=help)
    lacking = any(word in said for word in ("missing", "shallow", "not allowed", "could not fetch"))
    return Problem(f"git {command}: {said or 'failed'}", help=_WHOLE if lacking else None)


def _tree(listed: bytes) -> Tree:
    found: Tree = {}
    for record in listed.split(b"\0")[:-1]:
        description, _, name = record.partition(b"\t")
        mode, _, id = description.split(b" ")
        path = _text(name)
        # No tree that git made is like this, and a tree need not have been made by git.
        if path in found or any(step in ("", ".", "..") for step in path.split("/")):
            raise InputError([Problem(f"the commit holds a path that no folder can hold: {path}")])
        found[path] = TreeEntry(KINDS.get(mode, "file"), id.decode("ascii"))
    return found


def _text(data: bytes) -> str:
    """Bytes that are not UTF-8 stand as lone surrogates, and are shown as their code."""
    return data.decode("utf-8", "surrogateescape")
