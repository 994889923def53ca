"""Calls to an API over https with a token: one at a time, bounded, never redirected.

In: the address of the API, what says who asks, a call. Out: a `Reply`, or `NoReply` with words for it. The token goes
to that address alone, and into no message. Proxies and certificate authorities are those of the environment
(HTTPS_PROXY, NO_PROXY, REQUESTS_CA_BUNDLE), as requests has them. Refuses to know what is asked for, and asks nothing
twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Final

import msgspec
import requests
from requests.auth import AuthBase

from ..version import VERSION
from .fetch import FAILURES, within


class Limits(msgspec.Struct, frozen=True):
    """How long to wait for an answer, in seconds, and how much of it to read."""

    connect: float = 10.0
    read: float = 30.0
    """Between two pieces of it."""
    whole: float = 120.0
    """For all of it."""
    largest: int = 20 * 1024 * 1024
    """Bytes."""


LIMITS: Final = Limits()
_NO_PROXY: Final[Mapping[str, str]] = {"http": ""}
"""What is asked over http is on this machine, and no proxy that the environment names gets to read the token."""
_MOST_WAITING: Final = 8
"""Digits of a time to wait."""
_LATER: Final = "try again later"


class Call(msgspec.Struct, frozen=True):
    """What is asked for."""

    method: str
    path: str
    """Below the address, with what stands behind its `?`."""
    content: bytes | None = None
    media: str | None = None
    """What the content is."""
    headers: Mapping[str, str] = {}
    """What else is said with it; who asks, the line says."""


class Reply(msgspec.Struct, frozen=True):
    """An answer, whatever it says."""

    status: int
    data: bytes
    wait: int | None
    """Seconds after which to ask again, where it says so."""
    headers: Mapping[str, str] = {}
    """By their names in lower case."""


class NoReply(Exception):
    """There is no answer, or none that is taken. What was asked for may have been done all the same."""

    def __init__(self, words: str, help: str, *, hopeless: bool = False) -> None:
        self.words = words
        self.help = help
        self.hopeless = hopeless
        """Whether asking again is of no use."""
        super().__init__(words)


class NotReached(NoReply):
    """Nobody is at the address, or somebody who hangs up."""


class _Authorization(AuthBase):
    """Sets the header last, so that no `.netrc` replaces it."""

    def __init__(self, said: str) -> None:
        self._said = said

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = self._said
        return request


class Line:
    """A line to an API at one address, for somebody with a token: what the header Authorization says, or what signs
    each request."""

    def __init__(self, root: str, authorization: str | AuthBase, limits: Limits = LIMITS) -> None:
        self._root = root
        self._auth = _Authorization(authorization) if isinstance(authorization, str) else authorization
        self._limits = limits
        self._session: requests.Session | None = None

    def close(self) -> None:
        """Hang up."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def ask(self, call: Call) -> Reply:
        """What is answered to one call, which is made once.

        Raises:
            NoReply: nothing, not in time, or nothing that is taken.
        """
        limits = self._limits
        try:
            return within(limits.whole, lambda: self._ask(call))
        except TimeoutError:
            self._session = None  # somebody still waits on it
            raise NoReply(f"does not answer within {limits.whole:g} seconds", _LATER) from None

    def _ask(self, call: Call) -> Reply:
        with self._response(call) as response:
            if response.is_redirect or response.is_permanent_redirect:
                help = "give the address that it redirects to, where that is the one that is meant; no token goes there"
                raise NoReply("redirects to another address", help, hopeless=True)
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Reply(response.status_code, self._body(response), _waiting(headers.get("retry-after", "")), headers)

    def _response(self, call: Call) -> requests.Response:
        limits = self._limits
        try:
            return self._opened().request(
                call.method,
                self._root + call.path,
                data=call.content,
                headers={**call.headers} if call.media is None else {**call.headers, "Content-Type": call.media},
                auth=self._auth,
                proxies={**_NO_PROXY},  # requests adds to it what the environment says
                timeout=(limits.connect, limits.read),
                stream=True,
                allow_redirects=False,
            )
        except requests.exceptions.SSLError:
            help = "name the authorities that you trust in REQUESTS_CA_BUNDLE"
            raise NoReply("cannot prove that it is the one that is meant", help, hopeless=True) from None
        except requests.Timeout:
            raise NoReply(f"does not answer within {limits.read:g} seconds", _LATER) from None
        except requests.ConnectionError:
            raise NotReached("cannot be reached, or hangs up", "look at the address and at the network") from None
        except (*FAILURES, ValueError) as error:  # of these only what the system says repeats no header
            system = isinstance(error, OSError) and not isinstance(error, requests.RequestException)
            words = f"cannot be asked: {str(error)[:200] if system else type(error).__name__}"
            help = "look at the address, the token, HTTPS_PROXY and REQUESTS_CA_BUNDLE"
            raise NoReply(words, help, hopeless=True) from None

    def _opened(self) -> requests.Session:
        if self._session is None:
            session = self._session = requests.Session()
            session.headers.update(
                {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": f"vendorgate/{VERSION}"}
            )
            session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))  # who asks, the token alone says
        return self._session

    def _body(self, response: requests.Response) -> bytes:
        if response.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
            raise NoReply("answers in an encoding that nobody asked for", "look at what stands in between")
        parts: list[bytes] = []
        size = 0
        try:
            for part in response.raw.stream(64 * 1024, decode_content=False):
                parts.append(part)
                size += len(part)
                if size > self._limits.largest:
                    raise NoReply(f"answers with more than {self._limits.largest:,} bytes", _LATER, hopeless=True)
        except FAILURES:
            raise NoReply("breaks its answer off", _LATER) from None
        return b"".join(parts)


def _waiting(said: str) -> int | None:
    """The seconds of a `Retry-After` (RFC 9110, section 10.2.3); a day there is not waited for."""
    said = said.strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _MOST_WAITING else None
