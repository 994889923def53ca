"""Requests to the API of GitHub: patient, bounded, and careful with the token.

In: the address of the API and a token. Out: JSON, or `ApiRefusal` with words for it. The token goes to that address
alone, and into no message. Proxies and certificate authorities are those of the environment, as requests has them.
"""

from __future__ import annotations

import time
from typing import Final
from urllib.parse import urljoin, urlsplit

import msgspec
import requests
from requests.auth import AuthBase

from ...version import VERSION


class Patience(msgspec.Struct, frozen=True):
    """How long to wait, in seconds."""

    connect: float = 5.0
    read: float = 10.0
    """Between two pieces of an answer."""
    whole: float = 30.0
    """For all of an answer."""
    pauses: tuple[float, ...] = (0.5, 1.0)
    """Before each further attempt; only what changes nothing is attempted again."""


PATIENCE: Final = Patience()
_ROOT: Final = "https://api.github.com"
_LARGEST: Final = 32 * 1024 * 1024
"""Bytes of an answer."""
_REDIRECTS: Final = 3
_TRY_AGAIN: Final = (429, 500, 502, 503, 504)
_HELP: Final = {
    401: "give the input `token` one that is valid; the default is the token of the job",
    403: "give the job the permission `pull-requests: write`",
    404: "give the job the permission `pull-requests: write`, and a `token` that sees this repository",
    422: "look whether the pull request is locked",
    429: "run the job again later",
}
_HELP_LATER: Final = "run the job again later"


class ApiRefusal(Exception):
    """The API did not do what it was asked for."""

    def __init__(self, words: str, help: str, status: int = 0) -> None:
        self.words = words
        self.help = help
        self.status = status
        """0 where there was no answer."""
        super().__init__(words)


class Answer(msgspec.Struct, frozen=True):
    """What the API answered."""

    data: bytes
    following: str | None
    """The address of the next page."""


class _TryAgain(Exception):
    def __init__(self, refused: ApiRefusal) -> None:
        self.refused = refused
        super().__init__()


class _Bearer(AuthBase):
    """Sets the header last, so that no `.netrc` replaces it."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Api:
    """The API at one address, with one token."""

    def __init__(self, root: str, token: str, patience: Patience | None = None) -> None:
        self._root = (root or _ROOT).rstrip("/")
        self._auth = _Bearer(token)
        self._patience = patience or PATIENCE
        self._session = requests.Session()
        self._session.headers.update(
            {
                "Accept": "application/vnd.github+json",
                "X-GitHub-Api-Version": "2022-11-28",
                "User-Agent": f"vendorgate/{VERSION}",
            }
        )

    def close(self) -> None:
        """Hang up."""
        self._session.close()

    def get(self, path: str) -> Answer:
        """Ask for something, again where that may help.

        Raises:
            Refused: it cannot be had.
        """
        for pause in self._patience.pauses:
            try:
                return self._attempt("GET", path, None)
            except _TryAgain:
                time.sleep(pause)
        return self._last("GET", path, None)

    def send(self, method: str, path: str, content: dict[str, str]) -> Answer:
        """Have something done, once: nobody can tell whether what got no answer was done.

        Raises:
            Refused: it was not done, or nobody knows.
        """
        return self._last(method, path, content)

    def _last(self, method: str, path: str, content: dict[str, str] | None) -> Answer:
        try:
            return self._attempt(method, path, content)
        except _TryAgain as error:
            raise error.refused from None

    def _attempt(self, method: str, path: str, content: dict[str, str] | None) -> Answer:
        url = path if path.startswith(("http://", "https://")) else f"{self._root}{path}"
        end = time.monotonic() + self._patience.whole
        for _ in range(_REDIRECTS + 1):
            self._refuse_elsewhere(url)
            response = self._response(method, url, content)
            with response:
                target = response.headers.get("Location")
                if response.is_redirect and target is not None:
                    url = urljoin(url, target)
                    continue
                _refuse(response)
                return Answer(_body(response, end), response.links.get("next", {}).get("url"))
        raise ApiRefusal(f"redirects more than {_REDIRECTS} times", "look at GITHUB_API_URL")

    def _refuse_elsewhere(self, url: str) -> None:
        if _origin(url) != _origin(self._root):
            raise ApiRefusal("points to another host, which does not get the token", "look at GITHUB_API_URL")

    def _response(self, method: str, url: str, content: dict[str, str] | None) -> requests.Response:
        try:
            return self._session.request(
                method,
                url,
                json=content,
                auth=self._auth,
                timeout=(self._patience.connect, self._patience.read),
                stream=True,
                allow_redirects=False,
            )
        except requests.Timeout:
            raise _TryAgain(self._silent()) from None
        except requests.ConnectionError:
            raise _TryAgain(ApiRefusal("cannot be reached", "look at the network of this runner")) from None
        except (requests.RequestException, UnicodeError) as error:
            words = f"cannot be asked: {type(error).__name__}"
            raise ApiRefusal(words, "look at GITHUB_API_URL and at the input `token`") from None

    def _silent(self) -> ApiRefusal:
        return ApiRefusal(f"does not answer within {self._patience.read:g} seconds", _HELP_LATER)


def _origin(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ApiRefusal("has no address", "look at GITHUB_API_URL") from None
    return parts.scheme, parts.netloc


def _refuse(response: requests.Response) -> None:
    """Raise what an answer that is not a success means."""
    status = response.status_code
    if 200 <= status < 300:
        return
    limited = response.headers.get("X-RateLimit-Remaining") == "0" or "Retry-After" in response.headers
    words = f"answers {status}"
    if status == 403 and limited:
        raise ApiRefusal(f"{words}: too many requests", _HELP_LATER, status)
    refused = ApiRefusal(words, _HELP.get(status, _HELP_LATER), status)
    raise _TryAgain(refused) if status in _TRY_AGAIN else refused


def _body(response: requests.Response, end: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        for part in response.iter_content(64 * 1024):
            parts.append(part)
            size += len(part)
            if size > _LARGEST or time.monotonic() > end:
                raise ApiRefusal("answers without end", _HELP_LATER)
    except (requests.RequestException, OSError):
        raise _TryAgain(ApiRefusal("breaks its answer off", _HELP_LATER)) from None
    return b"".join(parts)
