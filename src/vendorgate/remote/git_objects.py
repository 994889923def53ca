"""The policies of a commit, read from git's objects, each of which must be what its name says.

In: a commit, a path, what gives an object by its id. Out: files, and the objects that prove them. An object is what git
hashes (kind, size, zero, content), so that whoever has the id of a commit needs nobody's word for its files:
https://git-scm.com/book/en/v2/Git-Internals-Git-Objects. Nothing is believed of what is read here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import msgspec

from ..errors import InputError, Problem
from ..load.files import JUDGING
from ..logic.nearest import suggestion
from ..source import Location

LARGEST_OBJECT: Final = JUDGING.size
"""Bytes of a file, and of the list of a folder."""
LARGEST_WHOLE: Final = 100 * 1024 * 1024
"""Bytes of everything that is read."""
MOST_ENTRIES: Final = 20_000
"""Files and folders below the path."""
_DEEPEST: Final = 50
_TREE: Final = re.compile(rb"tree ([0-9a-f]{40}(?:[0-9a-f]{24})?)\n")
_SHORTER: Final = 40
_FOLDER: Final = b"40000"
_LINK: Final = b"120000"
_SUBMODULE: Final = b"160000"
_NAMES: Final[Mapping[bytes, str]] = {_LINK: "a link", _SUBMODULE: "a submodule", _FOLDER: "a folder"}
_SEPARATORS: Final = re.compile(r"[/\\:]")
_APART: Final = "keep policies in a folder or a repository of their own"
_YAML: Final = (".yaml", ".yml")
_MOST_OBJECTS: Final = MOST_ENTRIES + 100
"""In a file of objects: what a path goes through, and what stands below it."""
_HEADER: Final = re.compile(rb"[a-z]{3,6} (0|[1-9][0-9]{0,9})\0")

ReadObject = Callable[[str], "bytes | None"]
"""Gives an object by its id; None where there is none."""


class NotAsNamed(Exception):
    """An object is missing, or is not what its name says: whoever kept it is not to be trusted."""


class PolicyFiles(msgspec.Struct, frozen=True):
    """What stands below a path of a commit."""

    files: dict[str, bytes]
    """By path below it: the YAML files, which are all that is read of a bundle."""
    objects: dict[str, bytes]
    """By id: everything that was read on the way, the commit first."""


def policy_files(commit: str, path: str, read: ReadObject, shown: str) -> PolicyFiles:
    """The policies that a commit has at a path, which is empty for the root.

    Raises:
        NotAsNamed: an object is missing, or is another one.
        InputError: there is no such commit or folder, or what stands there is no folder of files.
    """
    walk = _Walk(read, shown)
    tree = _TREE.match(walk.content(commit, b"commit"))
    if tree is None:
        raise NotAsNamed(commit)
    walk.gather(walk.found(tree[1].decode("ascii"), path), "", 0)
    if walk.problems:
        raise InputError(walk.problems)
    if not walk.files:
        raise walk.refused("no file of policies there", "name the folder of the bundle behind the `#`")
    return PolicyFiles(walk.files, walk.objects)


def id_of(whole: bytes, length: int) -> str:
    """The name that git gives to an object, which is as long as another one."""
    made = hashlib.sha1 if length == _SHORTER else hashlib.sha256  # git's own names: a commit pins what they name
    return made(whole).hexdigest()


def filed(objects: Iterable[bytes]) -> bytes:
    """Objects in one file, one behind the other."""
    return b"".join(objects)


def unfiled(data: bytes, length: int) -> dict[str, bytes]:
    """The objects of a file, each by the id that it has by what it says.

    Raises:
        NotAsNamed: it is no file of objects.
    """
    found: dict[str, bytes] = {}
    start = 0
    while start < len(data):
        header = _HEADER.match(data, start)
        if header is None or len(found) == _MOST_OBJECTS:
            raise NotAsNamed
        end = header.end() + int(header[1])
        whole = data[start:end]
        found[id_of(whole, length)] = whole
        start = end
    return found


class _Entry(msgspec.Struct, frozen=True):
    mode: bytes
    name: str
    id: str


class _Walk:
    """From a commit to the files below a path; all is counted: a few objects can stand for files without end."""

    def __init__(self, read: ReadObject, shown: str) -> None:
        self._read = read
        self._shown = shown
        self._entries = 0
        self._bytes = 0
        self.objects: dict[str, bytes] = {}
        self.files: dict[str, bytes] = {}
        self.problems: list[Problem] = []

    def refused(self, title: str, help: str) -> InputError:
        return InputError([Problem(title, Location(self._shown, 1, 1), help)])

    def content(self, id: str, kind: bytes) -> bytes:
        """The content of an object, which is held against its name."""
        whole = self.objects.get(id)
        if whole is None:
            whole = self._read(id)
            if whole is None or id_of(whole, len(id)) != id:
                raise NotAsNamed(id)
            self.objects[id] = whole
        header, _, content = whole.partition(b"\0")
        if header != b"%s %d" % (kind, len(content)):
            raise self.refused(f"{id} is no {kind.decode('ascii')}", "name a commit by its id in full")
        self._bytes += len(content)
        if self._bytes > LARGEST_WHOLE:
            raise self.refused("policies of more than 100 MiB", _APART)
        return content

    def found(self, tree: str, path: str) -> str:
        """The id of the folder at a path below a tree."""
        for step in path.split("/") if path else ():
            entries = {entry.name: entry for entry in self.entries(tree)}
            entry = entries.get(step)
            if entry is None:
                folders = [name for name, one in entries.items() if one.mode == _FOLDER]
                help = suggestion(step, folders, "there are") if folders else "the commit has no folder there"
                raise self.refused(f"no folder `{step}` in the commit", help)
            if entry.mode != _FOLDER:
                what = _NAMES.get(entry.mode, "a file")
                raise self.refused(f"`{step}` is {what}, not a folder", "name the folder itself; no link is followed")
            tree = entry.id
        return tree

    def gather(self, tree: str, above: str, depth: int) -> None:
        """Collect the files of a folder and of those below it."""
        if depth > _DEEPEST:
            raise self.refused(f"more than {_DEEPEST} folders deep", "nest less deeply")
        for entry in self.entries(tree):
            self._entries += 1
            if self._entries > MOST_ENTRIES:
                raise self.refused(f"more than {MOST_ENTRIES:,} files and folders", _APART)
            relative = f"{above}{entry.name}"
            if entry.mode == _FOLDER:
                self.gather(entry.id, f"{relative}/", depth + 1)
            elif entry.mode in _NAMES:
                title = f"`{relative}` is {_NAMES[entry.mode]}, where only a file of the commit is read"
                self.problems.append(Problem(title, Location(self._shown, 1, 1), "put the file itself there"))
            elif entry.name.lower().endswith(_YAML):
                self.files[relative] = self.content(entry.id, b"blob")

    def entries(self, tree: str) -> Iterator[_Entry]:
        """What a folder holds, each name once and such as every system can hold."""
        content, width, start = self.content(tree, b"tree"), len(tree) // 2, 0
        seen: set[str] = set()
        while start < len(content):
            space, zero = content.find(b" ", start), content.find(b"\0", start)
            end = zero + 1 + width
            if not start < space < zero or end > len(content):
                raise NotAsNamed(tree)
            name = self._name(content[space + 1 : zero], seen)
            yield _Entry(content[start:space].lstrip(b"0"), name, content[zero + 1 : end].hex())
            start = end

    def _name(self, written: bytes, seen: set[str]) -> str:
        try:
            name = written.decode("utf-8")
        except UnicodeDecodeError:
            raise self.refused("a name in the commit that is not UTF-8", "call the file otherwise") from None
        if name in seen or name in ("", ".", "..") or _SEPARATORS.search(name):
            raise self.refused(f"the commit holds a name that not every folder can hold: {name}", "call it otherwise")
        seen.add(name)
        return name
