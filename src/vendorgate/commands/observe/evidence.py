"""What shows that somebody has read a setting: a file, by its name and what is in it, or an address.

In: a word of a command line, a digest. Out: what is filed of it. An address is not asked, and a file is not kept.
"""

from __future__ import annotations

import hashlib
import re
from typing import BinaryIO, Final
from urllib.parse import parse_qsl, urlsplit

import msgspec

from ...errors import Problem, UsageError
from ...load.files import opened, shown_path, unreadable

_MOST: Final = 1024 * 1024 * 1024
"""Bytes of a file."""
_PART: Final = 1024 * 1024
_SECRET: Final = re.compile(r"token|sig|secret|key|password|passwd|credential|auth|code|session", re.IGNORECASE)
"""In names of what stands behind an address that lets whoever has it in."""
_DIGEST: Final = "--evidence-sha256"


class Evidence(msgspec.Struct, frozen=True):
    """What shows it."""

    name: str
    """Of a file without its folders, or an address."""
    sha256: str


def evidence(given: str, sha256: str | None) -> Evidence:
    """What somebody names.

    Raises:
        UsageError: it is no file that can be read, or no address without a secret; or nobody says what is in it.
    """
    return _address(given, sha256) if "://" in given else _file(given, sha256)


def _address(given: str, sha256: str | None) -> Evidence:
    try:
        parts = urlsplit(given)
        sound = parts.scheme == "https" and bool(parts.hostname) and parts.username is None and parts.password is None
    except ValueError:
        sound = False
    if not sound or not given.isprintable() or any(one.isspace() for one in given):
        raise _refused("--evidence: no address with https, or one with a name or a password in it", "give another")
    if any(_SECRET.search(name) for name, _ in parse_qsl(f"{parts.query}&{parts.fragment}", keep_blank_values=True)):
        help = "give the address without it: whoever reads the bundle reads it, too"
        raise _refused("--evidence: an address with what looks like a secret behind its `?` or `#`", help)
    if sha256 is None:
        help = f"save what is there, and give its SHA-256 with {_DIGEST}, or name the file that you saved"
        raise _refused("--evidence: an address, which is not asked, so that nobody says what is there", help)
    return Evidence(given, sha256)


def _file(given: str, sha256: str | None) -> Evidence:
    shown = shown_path(given)
    try:
        with opened(given) as file:
            found = _hashed(file)
    except ValueError:  # a NUL in the name
        raise _refused("--evidence: no name of a file", "name the file that shows it") from None
    except OSError as error:
        raise UsageError([unreadable(error, shown)]) from None
    if found is None:
        raise _refused(f"--evidence {shown}: a file of more than {_MOST // _PART} MiB", "name a smaller one")
    if sha256 is not None and sha256 != found:
        help = f"look whether it is the file that you mean, or leave {_DIGEST} out"
        raise _refused(f"--evidence {shown}: its SHA-256 is {found}, and not the one that is given", help)
    return Evidence(shown.rpartition("/")[2], found)


def _hashed(file: BinaryIO) -> str | None:
    """None: it is too large."""
    digest, size = hashlib.sha256(), 0
    while part := file.read(_PART):
        size += len(part)
        if size > _MOST:
            return None
        digest.update(part)
    return digest.hexdigest()


def _refused(title: str, help: str) -> UsageError:
    return UsageError([Problem(title, help=help)])
