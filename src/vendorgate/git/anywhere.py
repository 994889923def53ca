"""A repository anywhere: on this machine, where it is read as it lies, or at an address, from which one commit comes.

In: a folder or an address, a folder to work in. Out: the commit that it shows first, paths of that commit by their
names, the bytes of files. Everything in it is hostile: nothing is checked out or run, no filter, hook, submodule,
replaced object or setting of the repository counts, and what is too much costs an error. Of an address trees come
alone, and then the files that are wanted, where the server can do so.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec

from .bounded import BoundedGit, Bounds
from .fetching import REASONS, SETTINGS, FetchedCommit, environment, reason
from .repository import KINDS, EntryKind
from .settings import FORCED, LEFT_OUT, QUIET

SECONDS: Final = 300.0
"""For all of one repository."""
SIZE: Final = 512 * 1024 * 1024
"""Bytes of what comes of one repository, as git packs it, with the list of its files."""
MEMORY: Final = 4 * 1024 * 1024 * 1024
"""Bytes of address space of one process of git."""
ENTRIES: Final = 2_000_000
"""Files of one commit."""
LONGEST: Final = 4_096
"""Bytes of the path of a file that is wanted."""
WANTED: Final = 10_000
"""Files of one commit that are wanted."""
WANTED_SIZE: Final = 64 * 1024 * 1024
"""Bytes of all files of one commit that are wanted."""
_CHUNK: Final = 1024 * 1024
_ID: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SHORTER_ID: Final = 40
_ANSWER: Final = re.compile(rb"([0-9a-f]+) blob ([0-9]+)")
_FETCH: Final = ("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-auto-maintenance")
_NO_FILES: Final = "--filter=blob:none"
_PLACES: Final = (
    *("-c", "core.packedGitWindowSize=32m", "-c", "core.packedGitLimit=256m", "-c", "pack.threads=2"),
    *("-c", "core.bigFileThreshold=16m", "-c", "core.deltaBaseCacheLimit=64m"),
)
"""What keeps git within its memory."""
_SSH: Final = "ssh -o BatchMode=yes"
"""It asks nobody anything."""
_OF_SETTINGS: Final = ("GIT_CONFIG_", "GIT_EXEC_PATH")
_OF_SSH: Final = ("GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT")
_WHOLE: Final = "fetch the whole repository, without a filter: git fetch --refetch"
_ACCESS: Final = (
    "check the address; for what is not public let ~/.netrc have a name and a token of that host, or use ssh"
)
_SILENT: Final = ("nothing answers there", "check the address, and that the server runs")
_REASONS: Final[Mapping[str, tuple[str, str]]] = {
    "dubious ownership": (
        "git does not read it, because it belongs to somebody else",
        "make it yours, or say that you trust it: git config --global --add safe.directory PATH",
    ),
    "not a git repository": ("no git repository", "name a clone, a bare repository or an address"),
    "Permission denied (": ("the server does not let this key read it", "let ssh have a key that may read it"),
    "Host key verification failed": (
        "ssh does not know this host",
        "let ~/.ssh/known_hosts have the key of the host, as its owner publishes it",
    ),
    **dict.fromkeys(("Connection refused", "Failed to connect", "Couldn't connect"), _SILENT),
    "timed out": ("nothing answers there in time", "check the address, and the network"),
    "dumb http transport does not support": (
        "the server only hands out files, and no single commit",
        "have it served by git http-backend or over ssh",
    ),
    "could not fetch": ("it lacks a file of this commit", _WHOLE),
    "not allowed": ("it lacks a file of this commit", _WHOLE),
    "Out of memory": ("git needs more memory than it may take", "see what in it is so large"),
    **REASONS,
}
_BY_ITSELF: Final = "leave it out of the list, and check it by itself"
_SEE: Final = "see what in it is so deep"


class FoundEntry(msgspec.Struct, frozen=True):
    """What stands at a path of a commit."""

    path: bytes
    """From the root, as git has it."""
    kind: EntryKind
    id: str
    """Of its content."""


class Anywhere(msgspec.Struct, frozen=True):
    """A repository that is asked, within limits that count from when it was opened."""

    run: BoundedGit
    address: str | None
    """None: it is on this machine."""

    def tip(self) -> str | None:
        """The commit that it shows first; None where it has no commit at all.

        Raises:
            InputError: it cannot be read, or shows a branch that it has not.
        """
        found = self._tip_here() if self.address is None else self._tip_there(self.address)
        if found is None and self._has_any():
            raise self.run.refused("it shows a branch that it has not", "set its HEAD to a branch that there is")
        return found

    def _tip_here(self) -> str | None:
        code, printed, said = self.run.ended("rev-parse", "--verify", "--quiet", "--end-of-options", "HEAD^{commit}")
        if code != 0 and said:
            raise self.run.refused(*self.run.reason(said))
        return _id(printed.read_bytes()[: _SHORTER_ID * 2])

    def _tip_there(self, address: str) -> str | None:
        listed = self.run.do("ls-remote", "--quiet", "--", address, "HEAD").split(b"\n")
        return next((_id(line.partition(b"\t")[0]) for line in listed if line.endswith(b"\tHEAD")), None)

    def _has_any(self) -> bool:
        """Whether there is a branch or a tag where no commit is shown; a page that asks who somebody is has none, too,
        and is no repository."""
        if self.address is None:
            return bool(self.run.do("for-each-ref", "--count=1"))
        packets = os.path.join(self.run.folder, "packets")
        heard = msgspec.structs.replace(self.run, environment={**self.run.environment, "GIT_TRACE_PACKET": packets})
        found = heard.do("ls-remote", "--quiet", "--", self.address)
        if not os.path.exists(packets):
            raise self.run.refused("what answers there is no git server", _ACCESS)
        return bool(found)

    def at_once(self, *, whole: bool = False) -> str | None:
        """Have the commit here that a server shows first, without asking for it before; None where that cannot be."""
        if self.address is None:
            return None
        self._begin("sha1")
        code, _, _ = self.run.ended(*self._fetch(self.address, whole=whole))
        return self._fetched() if code == 0 else None

    def fetched(self, commit: str, *, whole: bool = False) -> str:
        """Have a commit here: the one that it shows first, which may have changed since; its id.

        With `whole` all its files come, too, and no server is asked for single ones.
        """
        if self.address is None:
            return commit
        self._begin("sha1" if len(commit) == _SHORTER_ID else "sha256")
        self.run.do(*self._fetch(self.address, whole=whole))
        return self._fetched()

    def _begin(self, format: str) -> None:
        """Have an empty repository here; one that was begun with other ids gives way."""
        for name in ("config", "objects", "refs"):
            path = os.path.join(self.run.folder, name)
            shutil.rmtree(path, ignore_errors=True) if os.path.isdir(path) else Path(path).unlink(missing_ok=True)
        self.run.do("init", "--quiet", "--bare", "--template=", f"--object-format={format}", self.run.folder)

    def _fetch(self, address: str, *, whole: bool) -> tuple[str, ...]:
        return (*_FETCH, "--depth=1", *(() if whole else (_NO_FILES,)), "--", address, "HEAD")

    def _fetched(self) -> str:
        found = _id(self.run.do("rev-parse", "--verify", "--end-of-options", "FETCH_HEAD^{commit}"))
        if found is None:
            raise self.run.refused("it is no commit", "set its HEAD to a branch")
        return found

    def entries(self, commit: str, names: Iterable[str] | None, most: int | None = None) -> list[FoundEntry]:
        """What of a commit goes by some names, in folders of any depth; None: every file. At most so many, or as many
        manifests as are read.

        Raises:
            InputError: there are too many, or a path that no folder can hold.
        """
        listed = self.run.printed("ls-tree", "-r", "-z", "--full-tree", commit)
        wanted = None if names is None else frozenset(name.encode() for name in names)
        most, what = (WANTED, "manifests") if most is None else (most, "files")
        found: list[FoundEntry] = []
        with listed.open("rb") as file:
            for record in self._records(file.read, wanted):
                found.append(self._entry(record))
                if len(found) > most:
                    raise self.run.refused(f"more than {most} {what}", _BY_ITSELF)
        return found

    def _records(self, read: Callable[[int], bytes], wanted: frozenset[bytes] | None) -> Iterator[bytes]:
        """The records of what git lists whose paths end with a name that is wanted."""
        endings = () if wanted is None else tuple(wanted)
        left, count = b"", 0
        while chunk := read(_CHUNK):
            *records, left = (left + chunk).split(b"\0")
            count += len(records)
            if count > ENTRIES:
                raise self.run.refused(f"more than {ENTRIES} files", _BY_ITSELF)
            if len(left) > _CHUNK:
                raise self.run.refused(f"a path of more than {_CHUNK >> 20} MiB", _SEE)
            for record in records:
                if wanted is None or (record.endswith(endings) and _name(record) in wanted):
                    yield record

    def _entry(self, record: bytes) -> FoundEntry:
        description, _, path = record.partition(b"\t")
        mode, _, id = description.split(b" ")
        if len(path) > LONGEST:
            raise self.run.refused(f"a path of more than {LONGEST} bytes", _SEE)
        # No tree that git made is like this, and a tree need not have been made by git.
        if any(step.lower() in (b"", b".", b"..", b".git") for step in path.split(b"/")):
            raise self.run.refused("a path that no folder can hold", "see whether it is whole: git fsck")
        return FoundEntry(path, KINDS.get(mode, "file"), id.decode("ascii"))

    def contents(self, ids: Iterable[str], most: int) -> dict[str, bytes | None]:
        """The bytes of files by the ids of their contents; None of one that has more than so many.

        Raises:
            InputError: they are too much together, or one is not there.
        """
        wanted = sorted(set(ids))
        if not wanted:
            return {}
        if self.address is not None:
            self._fetch_lacking(self.address, wanted)
        sizes = self.sizes(wanted)
        small = [id for id in wanted if sizes[id] <= most]
        if sum(sizes[id] for id in small) > WANTED_SIZE:
            raise self.run.refused(f"manifests of more than {WANTED_SIZE >> 20} MiB", "see why there are so many")
        return {**dict.fromkeys(wanted), **self._read(small)}

    def _fetch_lacking(self, address: str, wanted: Iterable[str]) -> None:
        """Have single files here, which a server that cannot leave them out has sent already."""
        every = self.run.printed("cat-file", "--batch-all-objects", "--batch-check=%(objectname)", "--unordered")
        with every.open("rb") as file:
            there = {line.strip().decode("ascii") for line in file}
        lacking = "".join(f"{id}\n" for id in wanted if id not in there).encode()
        if lacking:
            self.run.do(*_FETCH, "--no-write-fetch-head", _NO_FILES, "--stdin", "--", address, input=lacking)

    def sizes(self, wanted: Collection[str]) -> dict[str, int]:
        """How many bytes files have, by the ids of their contents.

        Raises:
            InputError: one is not there.
        """
        request = "".join(f"{id}\n" for id in wanted).encode()
        listed = self.run.do("cat-file", "--batch-check", input=request)
        found = [_ANSWER.fullmatch(line) for line in listed.split(b"\n")]
        sizes = {one[1].decode("ascii"): int(one[2]) for one in found if one is not None}
        for id in wanted:
            if id not in sizes:
                raise self.run.refused(f"it has no content for the object {id}", _WHOLE)
        return sizes

    def _read(self, ids: Iterable[str]) -> dict[str, bytes]:
        request = "".join(f"{id}\n" for id in ids).encode()
        data = self.run.do("cat-file", "--batch", input=request) if request else b""
        found, start = dict[str, bytes](), 0
        while start < len(data):
            stop = data.index(b"\n", start)
            id, _, size = data[start:stop].decode("ascii").split(" ")
            found[id] = data[stop + 1 : stop + 1 + int(size)]
            start = stop + 2 + int(size)
        return found

    @contextmanager
    def reading(self) -> Iterator[Callable[[str], bytes]]:
        """What gives the bytes of one file after another by the ids of their contents, of whatever size."""
        with self.run.opened("cat-file", "--batch") as reader:
            commit = FetchedCommit("", is_tip=True, shown=self.run.shown, reader=reader)
            yield lambda id: self._one(commit, id)

    def _one(self, commit: FetchedCommit, id: str) -> bytes:
        if time.monotonic() > self.run.deadline:
            raise self.run.refused(*self.run.bounds.too_late)
        found = commit.read(id, SIZE)
        if found is None:
            raise self.run.refused(f"it has no content for the object {id}", _WHOLE)
        return found[found.index(b"\0") + 1 :]

    def setting(self, name: str) -> str:
        """What the repository on this machine has written down of itself; empty where it has nothing."""
        code, printed, _ = self.run.ended("config", "--local", "--no-includes", "--get", name)
        return printed.read_bytes().decode("utf-8", "replace").strip() if code == 0 else ""


def opened(place: str, shown: str, work: str, is_stopped: Callable[[], bool] = bool) -> Anywhere:
    """A repository in a folder, or at an address; with an empty folder to work in."""
    address = place if "://" in place else None
    environment = _here(place) if address is None else _there(address)
    command = (
        (*QUIET, *_PLACES) if address is None else (*QUIET, *SETTINGS, *_PLACES, *_of(address), f"--git-dir={work}")
    )
    too_large = (f"more than {SIZE >> 20} MiB come of it", _BY_ITSELF)
    bounds = Bounds(SECONDS, SIZE, (f"not read within {SECONDS:.0f} seconds", "try again later"), too_large, MEMORY)
    deadline = time.monotonic() + SECONDS
    where = place if address is None else None
    why = _reason if where is None else _reason_here
    run = BoundedGit(work, shown, command, environment, bounds, why, deadline, where, is_stopped)
    return Anywhere(run, address)


def _of(address: str) -> tuple[str, ...]:
    """Settings for one kind of address."""
    scheme = urlsplit(address).scheme
    redirects = () if scheme == "https" else ("-c", "http.followRedirects=false")
    return ("-c", f"protocol.{scheme}.allow=always", *redirects)


def _here(folder: str) -> dict[str, str]:
    """The environment for a repository on this machine, and for no other that it may lie in or a hook works in; whose
    repositories are trusted, the settings of the user say."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") and name not in LEFT_OUT}
    settings = {name: value for name, value in os.environ.items() if name.startswith(_OF_SETTINGS)}
    ceiling = os.path.dirname(os.path.realpath(folder))
    return {**kept, **settings, **FORCED, "GIT_CEILING_DIRECTORIES": ceiling}


def _there(address: str) -> dict[str, str]:
    """The environment for an address, with what says how ssh is run, and for its protocol alone."""
    of_ssh = {name: os.environ[name] for name in _OF_SSH if name in os.environ}
    scheme = urlsplit(address).scheme
    return {**environment(), "GIT_SSH_COMMAND": _SSH, **of_ssh, "GIT_ALLOW_PROTOCOL": scheme}


def _reason(said: str) -> tuple[str, str]:
    return reason(said, _REASONS, _ACCESS)


def _reason_here(said: str) -> tuple[str, str]:
    return reason(said, _REASONS, _ACCESS, ("cannot be read", "see whether it is whole: git fsck"))


def _name(record: bytes) -> bytes:
    """The last step of the path of a record; a tab may stand in a path, too."""
    return record.partition(b"\t")[2].rpartition(b"/")[2]


def _id(text: bytes) -> str | None:
    found = text.decode("ascii", "replace").strip()
    return found if _ID.fullmatch(found) else None
