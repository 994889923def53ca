"""One commit of a repository elsewhere, fetched over https and nothing else, within limits.

In: an https address without secrets, the name of a commit, perhaps a token. Out: the id of the commit, and objects.
What a server sends is data: nothing of it is checked out, followed or run. No settings of the user or the machine are
read, so that none can lead to another place; authorities (GIT_SSL_CAINFO, REQUESTS_CA_BUNDLE), proxies (HTTPS_PROXY,
NO_PROXY) and ~/.netrc are those of the environment.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final
from urllib.parse import urlsplit

import msgspec

from ..errors import InputError, Problem
from ..source import Location
from .bounded import BoundedGit, Bounds
from .settings import FORCED, LEFT_OUT, QUIET

LARGEST: Final = 100 * 1024 * 1024
"""Bytes of what is fetched, as git packs it: one commit with everything in it."""
PATIENCE: Final = 120.0
"""Seconds for all of it."""
TOKEN: Final = "VENDORGATE_POLICIES_TOKEN"  # noqa: S105 the name of a variable
"""What is given to the server as a password, where it asks for one; for the named host alone."""
_KEPT: Final = frozenset(("GIT_SSL_CAINFO", "GIT_EXEC_PATH"))
"""Of git's variables; no other is handed on."""
_HELPER: Final = f'!f() {{ test "$1" = get && printf \'username=x-access-token\\npassword=%s\\n\' "${TOKEN}"; }}; f'
SETTINGS: Final = (
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
_ACCESS: Final = f"check the address; for what is not public give a token that may read it: {TOKEN}"
REASONS: Final[Mapping[str, tuple[str, str]]] = {
    "not our ref": ("the repository has no such commit", "check that it has been pushed there"),
    "unadvertised object": (
        "the server gives a commit by its id only where a branch or a tag ends at it",
        "tag the commit, or have the server allow it: uploadpack.allowReachableSHA1InWant",
    ),
    "couldn't find remote ref": ("the repository has no such branch or tag", "check its name"),
    "could not read Username": ("the server asks who wants to read it", ""),
    "Authentication failed": ("the server does not let anybody read it with this token", ""),
    "error: 403": ("the server forbids to read it", ""),
    "not found": ("the server has no such repository", ""),
    "certificate": (
        "the server cannot prove that it is the one that is meant",
        "name the authorities that you trust in GIT_SSL_CAINFO or REQUESTS_CA_BUNDLE",
    ),
    "Could not resolve host": ("no such host", "check the address, and the network"),
    "not supported or disabled in libcurl": ("it redirects to what is no https", "check the address"),
}
"""What git says in English, and what that means; without help it is about who may read."""


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
        bounds = Bounds(PATIENCE, LARGEST, _too_late(), _too_large())
        deadline = time.monotonic() + PATIENCE
        run = BoundedGit(folder, url, _command(folder, url, token), environment(token), bounds, _reason, deadline)
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
    return (*QUIET, *SETTINGS, *helper, f"--git-dir={folder}")


def _too_late() -> tuple[str, str]:
    return f"not fetched within {PATIENCE:.0f} seconds", "try again later"


def _too_large() -> tuple[str, str]:
    help = "keep policies in a repository of their own, or publish them as an archive"
    return f"a repository of more than {LARGEST >> 20} MiB", help


def environment(token: str = "") -> dict[str, str]:
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


def _reason(said: str) -> tuple[str, str]:
    return reason(said, REASONS, _ACCESS)


def reason(
    said: str,
    reasons: Mapping[str, tuple[str, str]],
    access: str,
    otherwise: tuple[str, str] = ("cannot be fetched", "check the address"),
) -> tuple[str, str]:
    """What git says, in our words where they are known; a name and password in an address are left out.

    `access` says what to do where a server asks who wants to read, `otherwise` what is said of all else.
    """
    for words, (title, help) in reasons.items():
        if words in said:
            return title, help or access
    lines = [line for line in said.splitlines() if line.startswith(("fatal: ", "error: "))] or said.splitlines()
    line = re.sub(r"://[^/\s]*@", "://", lines[0] if lines else "git gives no reason")
    title, help = otherwise
    return f"{title}: {line.removeprefix('fatal: ').removeprefix('error: ')[:300]}", help
