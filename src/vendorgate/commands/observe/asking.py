"""A conversation with a vendor about one account: patient, bounded, and trusting no answer.

In: the environment, which alone has credentials; requests. Out: typed answers, `Refused` where the account may not ask
or has nothing there, `CannotObserve` where nobody can say anything. Of an answer only those members exist that its type
has: they are what a reader sees and what is kept, so that no name, key or id of somebody's is. What a vendor says in
words is never repeated: some repeat the key that they were asked with.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from time import sleep
from typing import ClassVar, Final, TypeVar
from urllib.parse import quote, urlencode, urlsplit

import msgspec
from requests import PreparedRequest
from requests.auth import AuthBase

from ...load.json_text import has_a_key_twice
from ...remote.calls import LIMITS, Call, Limits, Line, NoReply, NotReached, Reply

PAUSES: Final = (0.5, 2.0, 5.0)
"""Seconds before each further try."""
LONGEST_PAUSE: Final = 60
"""Seconds that a vendor may ask to be left alone."""
MOST_PAGES: Final = 1_000
_TRY_AGAIN: Final = (408, 425, 429)
"""And whatever says that the server has failed."""
_LOCAL: Final = ("127.0.0.1", "::1", "localhost")
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
T = TypeVar("T", bound="Answer")


class CannotObserve(Exception):
    """Nothing can be said of an account; what is known of it stays."""

    def __init__(self, words: str, help: str) -> None:
        self.words = words
        """As a sentence that begins with a verb or a noun, without a full stop."""
        self.help = help
        super().__init__(words)


class Unreached(CannotObserve):
    """Nobody is at an address, or somebody who hangs up: a vendor that has several may not have this one."""


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What of an answer is read. Every member may be missing or null; a type names nothing that need not be kept."""

    passing: ClassVar[tuple[str, ...]] = ()
    """Fields that are read and not kept, such as ids and where the next page is; likewise in answers within it."""

    def kept(self) -> object:
        """What of it is kept: its members by the vendor's names, without those that only pass."""
        fields = [one for one in msgspec.structs.fields(self) if one.name not in self.passing]
        answered = [one for one in fields if getattr(self, one.name) != one.default]
        return {one.encode_name: _kept(getattr(self, one.name)) for one in answered}


class Refused(msgspec.Struct, frozen=True):
    """There is no answer: any status but 200 that is neither a failure of the vendor nor of the credentials."""

    status: int

    @property
    def why(self) -> str:
        """In words."""
        if self.status == 403:
            return "these credentials may not ask for it (403)"
        if self.status == 404:
            return "there is nothing of it, or it is not enabled (404)"
        return f"the vendor answers with status {self.status}"


class KeyHeader(AuthBase):
    """Says who asks in a header of the vendor's own, such as `x-api-key`; what `.netrc` says is not sent, either."""

    def __init__(self, name: str, key: str) -> None:
        self._name = name
        self._key = key

    @property
    def said(self) -> str:
        """What it says."""
        return self._key

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers[self._name] = self._key
        return request


class Kept(msgspec.Struct, frozen=True):
    """One answer as it is kept: what was asked, without ids, and those members that are read."""

    request: str
    status: int
    body: object


class Asking:
    """One conversation: who asks, and what was answered."""

    def __init__(
        self,
        environment: Mapping[str, str],
        limits: Limits = LIMITS,
        pauses: Sequence[float] = PAUSES,
        wait: Callable[[float], None] = sleep,
    ) -> None:
        self._environment = environment
        self.limits = limits
        self.pauses = pauses
        self.wait = wait
        self.kept: list[Kept] = []
        self._lines: list[Line] = []

    def credential(self, name: str) -> str | None:
        """A variable of the environment; None where it is not set or empty."""
        value = self._environment.get(name, "").strip()
        return value or None

    def required(self, name: str, help: str) -> str:
        """A variable that must be set.

        Raises:
            CannotObserve: it is not.
        """
        value = self.credential(name)
        if value is None:
            raise CannotObserve(f"the environment has no {name}", help)
        return value

    def api(
        self,
        home: str,
        variable: str,
        signed: str | AuthBase,
        *,
        headers: Mapping[str, str] | None = None,
        shown: str = "",
        wrong_credentials: Callable[[Reply], bool] = lambda reply: reply.status == 401,
        filled: Mapping[str, str] | None = None,
    ) -> Api:
        """An API at one address.

        Args:
            home: its address, with https and without a slash at the end.
            variable: the variable of the environment that may name another one (a proxy, a test): always told.
            signed: what the header Authorization says, or what signs each request.
            headers: what else each request says.
            shown: what stands before paths where they are shown; nothing where the vendor has one address.
            wrong_credentials: whether a reply says that nobody knows who asks.
            filled: what the other address may have in it, and what is put there instead.

        Raises:
            CannotObserve: the other address has no https, or has more than an address; or what says who asks cannot
                be sent.
        """
        other = self.credential(variable)
        if other is not None:
            for there, instead in (filled or {}).items():
                other = other.replace(there, instead)
            home = checked_address(other, variable)
            shown = home
        _refuse_unsendable(signed.said if isinstance(signed, KeyHeader) else signed)
        line = Line(home, signed, self.limits)
        self._lines.append(line)
        return Api(line, self, dict(headers or {}), shown, wrong_credentials)

    def close(self) -> None:
        """Hang up."""
        for line in self._lines:
            line.close()

    def sources(self) -> str:
        """What was asked, each once, as an observation tells it."""
        return ", ".join(dict.fromkeys(one.request for one in self.kept))

    def transcript(self) -> bytes:
        """What was answered, as it is kept and hashed: JSON, always the same for the same answers."""
        kept = [msgspec.to_builtins(one) for one in self.kept]
        return json.dumps(kept, ensure_ascii=True, sort_keys=True, indent=1).encode("ascii") + b"\n"


class Api:
    """An API at one address, of which only reading calls are known."""

    def __init__(
        self,
        line: Line,
        asking: Asking,
        headers: Mapping[str, str],
        shown: str,
        wrong_credentials: Callable[[Reply], bool],
    ) -> None:
        self._line = line
        self._asking = asking
        self._headers = headers
        self._shown = shown
        self._wrong_credentials = wrong_credentials

    def get(
        self,
        path: str,
        type: type[T],
        values: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> T | Refused:
        """What is answered to one question.

        Args:
            path: below the address, with `{names}` for `values`: it is shown as it stands here.
            type: what of the answer is read.
            query: shown by its names alone.

        Raises:
            CannotObserve: nobody knows who asks; no answer after several tries; one of another shape; or a value that
                is no name.
        """
        shown = f"GET {self._shown}{path}{_query_shown(query)}"
        filled = _PLACEHOLDER.sub(lambda found: _segment((values or {})[found[1]], found[1]), path)
        reply = self._patiently(Call("GET", filled + _query(query), headers=self._headers), shown)
        if self._wrong_credentials(reply):
            words = f"answers to {shown} that it does not know these credentials (status {reply.status})"
            raise CannotObserve(words, "look whether they have expired, and whether they are of the right kind")
        if reply.status != 200:
            self._asking.kept.append(Kept(shown, reply.status, None))
            return Refused(reply.status)
        answer = _understood(reply.data, type, shown)
        self._asking.kept.append(Kept(shown, 200, answer.kept()))
        return answer

    def pages(
        self,
        path: str,
        type: type[T],
        following: Callable[[T], Mapping[str, str] | None],
        values: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Iterator[T | Refused]:
        """One page after another, as long as `following` says what to add to the query for the next.

        A page that is refused is the last. Pages without an end raise `CannotObserve`.
        """
        asked: dict[str, str] = dict(query or {})
        seen: set[tuple[tuple[str, str], ...]] = set()
        while True:
            seen.add(tuple(sorted(asked.items())))
            page = self.get(path, type, values, asked)
            yield page
            further = None if isinstance(page, Refused) else following(page)
            if further is None:
                return
            asked = {**asked, **further}
            if len(seen) >= MOST_PAGES or tuple(sorted(asked.items())) in seen:
                raise CannotObserve(f"answers to GET {path} with pages without an end", "report it to the vendor")

    def _patiently(self, call: Call, shown: str) -> Reply:
        """The reply to a call, which only reads and so may be made again."""
        pauses = [*self._asking.pauses]
        while True:
            wait: int | None = None
            kind: type[CannotObserve] = CannotObserve
            try:
                reply = self._line.ask(call)
                if 300 <= reply.status < 400:
                    help = "look at the address, and at what stands in between; no credentials go to another"
                    raise CannotObserve(f"answers to {shown} with a redirect (status {reply.status})", help)
                if reply.status not in _TRY_AGAIN and reply.status < 500:
                    return reply
                words, help, hopeless = f"answers with status {reply.status}", "try again later", False
                wait = reply.wait
            except NoReply as none:
                words, help, hopeless = none.words, none.help, none.hopeless
                kind = Unreached if isinstance(none, NotReached) else CannotObserve
            if hopeless or not pauses or (wait or 0) > LONGEST_PAUSE:
                raise kind(f"{words}, asked for {shown}", help)
            self._asking.wait(max(pauses.pop(0), wait or 0))


def checked_address(address: str, variable: str) -> str:
    """An address that a variable of the environment names, without a slash at the end.

    Raises:
        CannotObserve: it has no https and is not on this machine, or has more than an address.
    """
    address = address.rstrip("/")
    try:
        parts = urlsplit(address)
        local = parts.scheme == "http" and parts.hostname in _LOCAL
        sound = (parts.scheme == "https" or local) and parts.hostname and parts.username is None
        sound = sound and not (parts.query or parts.fragment)
    except ValueError:
        sound = False
    if not sound:
        raise CannotObserve(f"{variable} names no address that credentials may go to", "give one with https://")
    return address


def _refuse_unsendable(said: str | AuthBase) -> None:
    """Refuse what no header can say of who asks."""
    if isinstance(said, str) and not (said.isascii() and said.isprintable()):
        words = "cannot be asked with credentials in which is a line break, a control or a letter beyond ASCII"
        raise CannotObserve(words, "look at what the environment holds: something else may have been copied along")


def _segment(value: str, name: str) -> str:
    if value in ("", ".", ".."):  # on the way they would become another path
        raise CannotObserve(f"cannot be asked for a {name} without a name", f"look at what is given as {name}")
    return quote(value, safe="")


def _query(query: Mapping[str, str] | None) -> str:
    return f"?{urlencode(query)}" if query else ""


def _query_shown(query: Mapping[str, str] | None) -> str:
    return f"?{'&'.join(sorted(query))}" if query else ""


def _understood(data: bytes, type: type[T], shown: str) -> T:
    if data.lstrip()[:1] == b"<":
        raise CannotObserve(f"answers to {shown} with a page, not with JSON", "look at what stands in between")
    try:
        answer = msgspec.json.decode(data, type=type)
        twice = has_a_key_twice(data)
    except (ValueError, RecursionError) as error:
        # What is wrong, by types and paths: msgspec repeats no value of a member that is a text, number or list.
        words = f"answers to {shown} in another shape than it is documented: {error}"
        raise CannotObserve(words, "look for a newer version of vendorgate, and report it") from None
    if twice:
        words = f"answers to {shown} with a member that stands twice, and nobody knows which of them counts"
        raise CannotObserve(words, "look at what stands in between, and report it")
    return answer


def _kept(value: object) -> object:
    if isinstance(value, Answer):
        return value.kept()
    if isinstance(value, (tuple, list)):
        return [_kept(one) for one in value]
    if isinstance(value, Mapping):
        return {str(name): _kept(one) for name, one in value.items()}
    return msgspec.to_builtins(value)
