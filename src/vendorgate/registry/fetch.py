"""A published file over the network: https, patient, bounded.

In: a URL. Out: bytes, or nothing where nothing changed. Proxies and certificate authorities are those of the
environment (HTTPS_PROXY, NO_PROXY, REQUESTS_CA_BUNDLE), as requests has them.
"""

from __future__ import annotations

import hashlib
import ipaddress
import time
from collections.abc import Callable
from typing import Final
from urllib.parse import urljoin, urlsplit

import msgspec
import requests

from ..errors import InputError, Problem
from ..source import Location
from ..version import VERSION

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of a response, unpacked."""
_CONNECT, _READ, _WHOLE = 10.0, 30.0, 120.0
"""Seconds: to connect, between two pieces, for all of it."""
_REDIRECTS: Final = 5
_PAUSES: Final = (0.5, 1.0, 2.0)
"""Seconds before each further attempt."""
_TRY_AGAIN: Final = (429, 500, 502, 503, 504)

Progress = Callable[[int, "int | None"], None]
"""Told how many bytes have come, and how many there will be where that is known."""


class Fetched(msgspec.Struct, frozen=True):
    """A response."""

    url: str
    """After redirects."""
    data: bytes
    etag: str | None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


class _TryAgain(Exception):
    """A failure that may pass."""


def fetch(url: str, etag: str | None = None, progress: Progress = lambda done, whole: None) -> Fetched | None:
    """Get a file; None where the server says that it still has what `etag` names.

    Raises:
        InputError: it cannot be had, or not safely.
    """
    words = ""
    for pause in (0.0, *_PAUSES):
        time.sleep(pause)
        try:
            return _attempt(url, etag, progress)
        except _TryAgain as error:
            words = str(error)
    raise refused(url, f"{words}, {len(_PAUSES) + 1} times", "try again later; the snapshot that is there stays")


def refused(url: str, title: str, help: str) -> InputError:
    return InputError([Problem(title, Location(url, 1, 1), help)])


def refuse_insecure(url: str) -> None:
    """Refuse what is not https; http is for this machine alone."""
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and _is_loopback(parts.hostname or ""):
        return
    raise refused(url, "not an https address", "fetch it over https")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _attempt(url: str, etag: str | None, progress: Progress) -> Fetched | None:
    headers = {
        "User-Agent": f"vendorgate/{VERSION}",
        "Accept": "application/json, */*",
    }
    if etag is not None:
        headers["If-None-Match"] = etag
    with requests.Session() as session:
        for _ in range(_REDIRECTS + 1):
            refuse_insecure(url)
            try:
                response = session.get(
                    url, headers=headers, timeout=(_CONNECT, _READ), stream=True, allow_redirects=False
                )
            except (requests.ConnectionError, requests.Timeout) as error:
                raise _TryAgain(f"cannot be reached: {_reason(error)}") from None
            except (requests.RequestException, UnicodeError) as error:
                raise refused(url, f"cannot be fetched: {_reason(error)}", "check the address") from None
            with response:
                target = response.headers.get("Location")
                if not response.is_redirect or target is None:
                    return _answer(url, response, progress)
                url = urljoin(url, target)
    raise refused(url, f"more than {_REDIRECTS} redirects", "check the address")


def _reason(error: Exception) -> str:
    return type(error).__name__ if isinstance(error, requests.RequestException) else str(error)


def _answer(url: str, response: requests.Response, progress: Progress) -> Fetched | None:
    if response.status_code == 304:
        return None
    if response.status_code in _TRY_AGAIN:
        raise _TryAgain(f"the server answers {response.status_code}")
    if response.status_code != 200:
        raise refused(url, f"the server answers {response.status_code}", "check the address")
    return Fetched(url, _body(url, response, progress), response.headers.get("ETag"))


def _body(url: str, response: requests.Response, progress: Progress) -> bytes:
    length = response.headers.get("Content-Length", "")
    whole = int(length) if length.isascii() and length.isdigit() else None
    if whole is not None and whole > LARGEST:
        raise refused(url, "a response of more than 20 MiB", "fetch a snapshot")
    parts: list[bytes] = []
    size, end = 0, time.monotonic() + _WHOLE
    try:
        for part in response.iter_content(64 * 1024):
            parts.append(part)
            size += len(part)
            progress(size, whole)
            if size > LARGEST:
                raise refused(url, "a response of more than 20 MiB", "fetch a snapshot")
            if time.monotonic() > end:
                raise refused(url, f"not fetched within {_WHOLE:.0f} seconds", "try again later")
    except (requests.RequestException, OSError) as error:
        raise _TryAgain(f"the response breaks off: {_reason(error)}") from None
    encoded = response.headers.get("Content-Encoding", "identity") != "identity"
    if whole is not None and not encoded and size != whole:
        raise _TryAgain(f"the response breaks off after {size} of {whole} bytes")
    return b"".join(parts)
