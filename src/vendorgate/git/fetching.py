"""One commit of a repository elsewhere, fetched over https and nothing else, within limits.

In: an https address without secrets, the name of a commit, perhaps a token. Out: the id of the commit, and objects.
What a server sends is data: nothing of it is checked out, followed or run. No settings of the user or the machine are
read, so that none can lead to another place; authorities (GIT_SSL_CAINFO, REQUESTS_CA_BUNDLE), proxies (HTTPS_PROXY,
NO_PROXY) and ~/.netrc are those of the environment.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import urlsplit

import msgspec

from ..errors import InputError, Problem, UsageError
from ..source import Location
from .settings import FORCED, LEFT_OUT, QUIET

LARGEST: Final = 100 * 1024 * 1024
"""Bytes of what is fetched, as git packs it: one commit with everything in it."""
PATIENCE: Final = 120.0
"""Seconds for all of it."""
_PAUSE: Final = 0.05
TOKEN: Final = "VENDORGATE_POLICIES_TOKEN"  # noqa: S105 the name of a variable
"""What is given to the server as a password, where it asks for one; for the named host alone."""
_KEPT: Final = frozenset(("GIT_SSL_CAINFO", "GIT_EXEC_PATH"))
"""Of git's variables; no other is handed on."""
_HELPER: Final = f'!f() {{ test "$1" = get && printf \'username=x-access-token\\npassword=%s\\n\' "${TOKEN}"; }}; f'
_SETTINGS: Final = (
    *("-c", "protocol.https.allow=always", "-c", "protocol.version=2"),
    *("-c", "http.sslVerify=true", "-c", "http.followRedirects=initial"),
    *("-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=30"),
    *("-c", "credential.helper=", "-c", "core.askPass=", "-c", "credential.interactive=false"),
    *("-c", "fetch.unpackLimit=1", "-c", "core.bigFileThreshold=16m", "-c", "gc.auto=0"),
    *("-c", "maintenance.auto=false"),
)
_FETCH: Final = ("fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-auto-maintenance")
_NOWHERE: Final = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ALLOW_PROTOCOL": "https",
    "GIT_ASKPASS": "",
}
_HEADER: Final = re.compile(rb"[0-9a-f]+ ([a-z]+) ([0-9]+)\n")
_ID: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SHORTER: Final = 40
_MOST_SAID: Final = 4_096
"""Bytes of what git says."""
_ACCESS: Final = f"check the address; for what is not public give a token that may read it: {TOKEN}"
_REASONS: Final[Mapping[str, tuple[str, str]]] = {
    "not our ref": ("the repository has no such commit", "check that it has been pushed there"),
    "unadvertised object": (
        "the server gives a commit by its id only where a branch or a tag ends at it",
        "tag the commit, or have the server allow it: uploadpack.allowReachableSHA1InWant",
    ),
    "couldn't find remote ref": ("the repository has no such branch or tag", "check its name"),
    "could not read Username": ("the server asks who wants to read it", _ACCESS),
    "Authentication failed": ("the server does not let anybody read it with this token", _ACCESS),
    "error: 403": ("the server forbids to read it", _ACCESS),
    "not found": ("the server has no such repository", _ACCESS),
    "certificate": (
        "the server cannot prove that it is the one that is meant",
        "name the authorities that you trust in GIT_SSL_CAINFO or REQUESTS_CA_BUNDLE",
    ),
    "Could not resolve host": ("no such host", "check the address, and the network"),
    "not supported or disabled in libcurl": ("it redirects to what is no https", "check the address"),
}
"""What git says in English, and what that means."""


class FetchedCommit(msgspec.Struct, frozen=True):
    """A commit in a repository of its own, which nobody else knows."""

    id: str
    """Of the commit."""
    is_tip: bool
    """Whether a branch or a tag ends at it; others may be of a fork, of which some hosts show all under one name."""
    shown: str
    reader: subprocess.Popen[bytes]

    def read(self, id: str, most: int) -> bytes | None:
        """An object as git hashes it; None where there is none.

        Raises:
            InputError: it has more than so many bytes.
        """
        stdin, stdout = self.reader.stdin, self.reader.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            stdin.write(f"{id}\n".encode())
            stdin.flush()
        except OSError:  # git has ended, because what it was asked for before is damaged
            return None
        header = _HEADER.fullmatch(stdout.readline())
        if header is None:
            return None
        if int(header[2]) > most:
            title = f"a file of more than {most >> 20} MiB"
            raise InputError([Problem(title, Location(self.shown, 1, 1), "split it into several files")])
        content = stdout.read(int(header[2]) + 1)[:-1]
        return b"%s %s\0%s" % (header[1], header[2], content)


@contextmanager
def fetched(url: str, wanted: str | None, token: str = "") -> Iterator[FetchedCommit]:
    """Fetch a commit by its id in full, or what a branch or a tag stands for; None: what the repository shows first.

    Raises:
        UsageError: git is not installed.
        InputError: it cannot be had, or not safely, or not within the limits.
    """
    with tempfile.TemporaryDirectory(prefix="vendorgate-fetch-") as folder:
        deadline = time.monotonic() + PATIENCE
        run = _Run(folder, url, _command(folder, url, token), _environment(token), deadline)
        format = "sha256" if wanted is not None and _ID.fullmatch(wanted) and len(wanted) > _SHORTER else "sha1"
        run.do("init", "--quiet", "--bare", "--template=", f"--object-format={format}", folder)
        run.do(*_FETCH, "--", url, wanted or "HEAD")
        id = run.said("rev-parse", "--verify", "--end-of-options", "FETCH_HEAD^{commit}")
        if not _ID.fullmatch(id):
            raise run.refused("it is no commit", "name a commit, a branch or a tag")
        tips = run.do("ls-remote", "--quiet", "--", url, "refs/heads/*", "refs/tags/*").split(b"\n")
        is_tip = any(line.startswith(id.encode()) for line in tips)
        with run.opened("cat-file", "--batch") as reader:
            yield FetchedCommit(id, is_tip, url, reader)


def _command(folder: str, url: str, token: str) -> tuple[str, ...]:
    parts = urlsplit(url)
    helper = ("-c", f"credential.https://{parts.netloc}.helper={_HELPER}") if token else ()
    return (*QUIET, *_SETTINGS, *helper, f"--git-dir={folder}")


def _environment(token: str) -> dict[str, str]:
    """The environment without what would change what git does; the token only where there is one."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in _KEPT or not (name.startswith("GIT_") or name in LEFT_OUT or name in ("SSH_ASKPASS", TOKEN))
    }
    authorities = kept.get("GIT_SSL_CAINFO") or kept.get("REQUESTS_CA_BUNDLE") or ""
    place = "GIT_SSL_CAPATH" if os.path.isdir(authorities) else "GIT_SSL_CAINFO"
    return {
        **kept,
        **({place: authorities} if authorities else {}),
        **FORCED,
        **_NOWHERE,
        **({TOKEN: token} if token else {}),
    }


class _Run(msgspec.Struct, frozen=True):
    """Runs git in a folder of its own until it is done, or takes more time or space than it may."""

    folder: str
    shown: str
    command: tuple[str, ...]
    environment: dict[str, str]
    deadline: float
    """By the clock that only runs forward."""

    def refused(self, title: str, help: str) -> InputError:
        return InputError([Problem(title, Location(self.shown, 1, 1), help)])

    def do(self, *arguments: str) -> bytes:
        """Run a command to its end, or end it where it takes too long or too much; what it prints."""
        printed, said = Path(self.folder, "printed"), Path(self.folder, "said")
        with (
            printed.open("wb") as stdout,
            said.open("wb") as stderr,
            self.started(arguments, stdout, stderr) as process,
        ):
            try:
                self.watch(process)
            finally:
                _end(process)
        if process.returncode != 0:
            raise self.refused(*_reason(said.read_bytes()[:_MOST_SAID].decode("utf-8", "replace")))
        return printed.read_bytes()

    def watch(self, process: subprocess.Popen[bytes]) -> None:
        while not _ended(process):
            if time.monotonic() > self.deadline:
                raise self.refused(f"not fetched within {PATIENCE:.0f} seconds", "try again later")
            self.weigh()
        self.weigh()

    def weigh(self) -> None:
        if _size(self.folder) > LARGEST:
            help = "keep policies in a repository of their own, or publish them as an archive"
            raise self.refused(f"a repository of more than {LARGEST >> 20} MiB", help)

    def said(self, *arguments: str) -> str:
        """What a command says on its standard output."""
        with self.opened(*arguments) as process:
            try:
                return process.communicate(timeout=PATIENCE)[0].decode("ascii", "replace").strip()
            except subprocess.TimeoutExpired:
                return ""

    @contextmanager
    def opened(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        with self.started(arguments) as process:
            try:
                yield process
            finally:
                _end(process)

    def started(
        self,
        arguments: Sequence[str],
        stdout: int | BinaryIO = subprocess.PIPE,
        stderr: int | BinaryIO = subprocess.DEVNULL,
    ) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(  # noqa: S603 no shell, and no argument is an option that somebody else chose
                [*self.command, *arguments],
                stdin=subprocess.PIPE if stdout == subprocess.PIPE else subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                cwd=self.folder,
                env=self.environment,
                start_new_session=True,
            )
        except FileNotFoundError:
            raise UsageError([Problem("git is not installed", help="install git 2.31 or newer")]) from None


def _ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether a process ends in the next moment."""
    try:
        process.wait(_PAUSE)
    except subprocess.TimeoutExpired:
        return False
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with those that it has started, where it has not ended."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _size(folder: str) -> int:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(parent, name)).st_size
            except FileNotFoundError:  # git has just renamed it
                continue
    return total


def _reason(said: str) -> tuple[str, str]:
    """What git says, in our words where they are known; a name and password in an address are left out."""
    for words, reason in _REASONS.items():
        if words in said:
            return reason
    lines = [line for line in said.splitlines() if line.startswith(("fatal: ", "error: "))] or said.splitlines()
    line = re.sub(r"://[^/\s]*@", "://", lines[0] if lines else "git gives no reason")
    return f"cannot be fetched: {line.removeprefix('fatal: ').removeprefix('error: ')[:300]}", "check the address"
