"""A published file over the network: https, patient, bounded.

In: a URL. Out: bytes, or nothing where nothing changed. Proxies and certificate authorities are those of the
environment (HTTPS_PROXY, NO_PROXY, REQUESTS_CA_BUNDLE), as requests has them.
"""

from __future__ import annotations

import hashlib
import ipaddress
import threading
import time
from collections.abc import Callable
from http.client import HTTPException
from queue import Empty, SimpleQueue
from typing import Final, TypeVar, cast
from urllib.parse import urljoin, urlsplit

import msgspec
import requests
from urllib3.exceptions import HTTPError

from ..errors import InputError, Problem
from ..source import Location
from ..version import VERSION

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of a response, unpacked."""
_SMALLER: Final = "publish a smaller file"
_CONNECT, _READ, _WHOLE = 10.0, 30.0, 120.0
"""Seconds: to connect, between two pieces, for all of it: every attempt, every redirect, headers and body."""
_REDIRECTS: Final = 5
_PAUSES: Final = (0.5, 1.0, 2.0)
"""Seconds before each further attempt."""
TRY_AGAIN: Final = (429, 500, 502, 503, 504)
_ENCODINGS: Final = ("identity", "gzip", "x-gzip", "deflate")
"""Each by itself; a chain of them is nothing that was asked for."""
FAILURES: Final = (requests.RequestException, HTTPError, HTTPException, OSError)
"""What a server can do to a connection."""
T = TypeVar("T")

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


class Manner(msgspec.Struct, frozen=True):
    """How a file is fetched."""

    loopback: bool = True
    """Whether this machine may be asked over http, too."""
    verbatim: bool = False
    """Whether the bytes are wanted as they are sent: servers call an archive encoded, because it is compressed."""


_USUAL: Final = Manner()


class _Retry(Exception):
    """A failure that may pass."""


def fetch(
    url: str,
    etag: str | None = None,
    progress: Progress = lambda done, whole: None,
    manner: Manner = _USUAL,
) -> Fetched | None:
    """Get a file; None where the server says that it still has what `etag` names.

    Raises:
        InputError: it cannot be had, or not safely, or not in time.
    """
    try:
        return within(_WHOLE, lambda: _fetch(url, etag, progress, manner))
    except TimeoutError:
        raise refused(url, f"not fetched within {_WHOLE:.0f} seconds", "try again later") from None


def within(seconds: float, work: Callable[[], T]) -> T:
    """The result of the work.

    A server that sends a byte now and then keeps every limit of a single read, and names can be slow to look up, so
    that the work runs in a thread, which nobody waits for any longer.

    Raises:
        TimeoutError: it is not done in time.
    """
    ended: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            ended.put((work(), None))
        except BaseException as error:  # noqa: BLE001 handed over to the one who waits
            ended.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        found, error = ended.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return cast("T", found)


def _fetch(url: str, etag: str | None, progress: Progress, manner: Manner) -> Fetched | None:
    words = ""
    for pause in (0.0, *_PAUSES):
        time.sleep(pause)
        try:
            return _attempt(url, etag, progress, manner)
        except _Retry as error:
            words = str(error)
    raise refused(url, f"{words}, {len(_PAUSES) + 1} times", "try again later; what is there stays")


def refused(url: str, title: str, help: str) -> InputError:
    """What is not fetched."""
    return InputError([Problem(title, Location(url, 1, 1), help)])


def refuse_insecure(url: str, *, loopback: bool) -> None:
    """Refuse what is not https; http is for this machine alone, if for anybody."""
    try:
        parts = urlsplit(url)
        scheme, host, _ = parts.scheme, parts.hostname or "", parts.port
    except ValueError as error:
        raise refused(url, f"no address: {str(error)[:200]}", "check the address") from None
    if (scheme == "https" and host) or (loopback and scheme == "http" and _is_loopback(host)):
        return
    raise refused(url, "not an https address", "fetch it over https")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _attempt(url: str, etag: str | None, progress: Progress, manner: Manner) -> Fetched | None:
    headers = {
        "User-Agent": f"vendorgate/{VERSION}",
        "Accept": "application/json, */*",
    }
    if manner.verbatim:
        headers["Accept-Encoding"] = "identity"
    if etag is not None:
        headers["If-None-Match"] = etag
    with requests.Session() as session:
        for _ in range(_REDIRECTS + 1):
            refuse_insecure(url, loopback=manner.loopback)
            try:
                response = session.get(
                    url, headers=headers, timeout=(_CONNECT, _READ), stream=True, allow_redirects=False
                )
                target = urljoin(url, response.headers["Location"]) if response.is_redirect else None
            except requests.exceptions.SSLError:
                words = "name the authorities that you trust in REQUESTS_CA_BUNDLE"
                raise refused(url, "the server cannot prove that it is the one that is meant", words) from None
            except (requests.ConnectionError, requests.Timeout) as error:
                raise _Retry(f"cannot be reached: {_reason(error)}") from None
            except (*FAILURES, ValueError) as error:
                words = "check the address, and where it redirects to"
                raise refused(url, f"cannot be fetched: {_reason(error)}", words) from None
            with response:
                if target is None:
                    return _answer(url, response, progress, manner)
                url = target
    raise refused(url, f"more than {_REDIRECTS} redirects", "check the address")


def _reason(error: Exception) -> str:
    return type(error).__name__ if isinstance(error, (requests.RequestException, HTTPError)) else str(error)[:200]


def _answer(url: str, response: requests.Response, progress: Progress, manner: Manner) -> Fetched | None:
    if response.status_code == 304:
        return None
    if response.status_code in TRY_AGAIN:
        raise _Retry(f"the server answers {response.status_code}")
    if response.status_code != 200:
        raise refused(url, f"the server answers {response.status_code}", "check the address")
    return Fetched(url, _body(url, response, progress, manner), response.headers.get("ETag"))


def _body(url: str, response: requests.Response, progress: Progress, manner: Manner) -> bytes:
    length = response.headers.get("Content-Length", "")
    whole = int(length[:20]) if length.isascii() and length.isdigit() else None
    if whole is not None and whole > LARGEST:
        raise refused(url, "a response of more than 20 MiB", _SMALLER)
    encoding = "identity" if manner.verbatim else response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in _ENCODINGS:
        raise refused(url, f"a response encoded as `{encoding[:80]}`", f"serve it as one of {', '.join(_ENCODINGS)}")
    parts: list[bytes] = []
    size = 0
    try:
        for part in response.raw.stream(64 * 1024, decode_content=not manner.verbatim):
            parts.append(part)
            size += len(part)
            progress(size, whole)
            if size > LARGEST:
                raise refused(url, "a response of more than 20 MiB", _SMALLER)
    except FAILURES as error:
        raise _Retry(f"the response breaks off: {_reason(error)}") from None
    if whole is not None and encoding == "identity" and size != whole:
        raise _Retry(f"the response breaks off after {size} of {whole} bytes")
    return b"".join(parts)
