"""The REST API of CISO Assistant, as far as a push needs it: patient, bounded, and trusting no answer.

In: a line to it. Out: typed answers, or `Refusal` with words for it. What only reads, and what can be done twice, is
tried again; what makes something is tried again only after looking whether it is there. No address of an answer is ever
followed: pages are asked for by number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from time import sleep
from typing import Final, Literal, TypeVar
from urllib.parse import quote, urlencode

import msgspec

from ....remote.calls import Call, Line, NoReply, Reply
from ..model import Kind
from .answers import Folder, Listed, Made, NotUnderstood, Page, Revision, read, refusal_words, related_id
from .forms import JSON, Attachment, form

PATHS: Final[Mapping[Kind, str]] = {
    "entity": "/api/entities/",
    "evidence": "/api/evidences/",
    "exception": "/api/security-exceptions/",
}
_FOLDERS: Final = "/api/folders/"
_REVISIONS: Final = "/api/evidence-revisions/"
_PAGE: Final = 100
"""Objects that are asked for at once."""
_MOST: Final = 100_000
"""Objects of one list."""
_ID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
Reach = Literal["object", "kind", "all"]
"""What a refusal is of use for: one object, every object of its kind, or everything."""
T = TypeVar("T")


class Patience(msgspec.Struct, frozen=True):
    """How often to try again, and how long to wait before."""

    pauses: tuple[float, ...] = (0.5, 2.0, 5.0)
    """Seconds."""
    longest: int = 60
    """Seconds that a server may ask to be left alone."""


PATIENCE: Final = Patience()
_TRY_AGAIN: Final = (429, 500, 502, 503, 504)
_OF_ALL: Final = (401, 429, 502, 503, 504)
_HELP: Final[Mapping[int, str]] = {
    400: "look at what it says; the object may be there already under another reference",
    401: "make a new personal access token, and put it into CISO_ASSISTANT_TOKEN",
    403: "give whose token it is a role that may do that in this folder: vendorgate docs how-to/push-to-ciso-assistant",
    404: "look whether it is still there, whether the address is right, and whether the token may see this folder",
    405: "look whether the address is that of CISO Assistant",
    429: "run it again later: it goes on where it ended",
}
_LATER: Final = "run it again later: it goes on where it ended"
_NOT_IT: Final = "look whether the address is that of CISO Assistant, without any page of it"


class Refusal(Exception):
    """It was not done, or nobody knows."""

    def __init__(self, words: str, help: str, reach: Reach, *, unsure: bool = False) -> None:
        self.words = words
        self.help = help
        self.reach = reach
        self.unsure = unsure
        """Whether it may have been done all the same."""
        super().__init__(words)


class _Passing(Exception):
    """A failure that may pass."""

    def __init__(self, refusal: Refusal, wait: int | None = None) -> None:
        self.refusal = refusal
        self.wait = wait
        super().__init__()


class Api:
    """CISO Assistant at one address."""

    def __init__(self, line: Line, secret: str, patience: Patience | None = None) -> None:
        self._line = line
        self._secret = secret
        """Is in no word that is handed on, whoever repeats it."""
        self._patience = patience or PATIENCE

    def folders(self) -> list[Folder]:
        """Every folder that the token may see."""
        return self._listed(_FOLDERS, {}, Folder)

    def objects(self, kind: Kind, folder: str | None) -> list[Listed]:
        """Every object of a kind that the token may see, in a folder or anywhere, the oldest first."""
        asked = {} if folder is None else {"folder": folder}
        found = self._listed(PATHS[kind], {**asked, "ordering": "created_at"}, Listed)
        return [one for one in found if folder is None or one.folder_id == folder]

    def named(self, kind: Kind, folder: str, name: str) -> Listed | None:
        """The object of a name in a folder, whoever has made it."""
        found = self._listed(PATHS[kind], {"folder": folder, "name": name}, Listed)
        return next((one for one in found if one.folder_id == folder and one.name == name), None)

    def revisions(self, evidence: str) -> list[Revision]:
        """The revisions of an evidence, the newest first."""
        found = self._listed(_REVISIONS, {"evidence": evidence}, Revision)
        own = (one for one in found if related_id(one.evidence) == evidence)
        return sorted(own, key=lambda one: -one.version)

    def create(
        self, kind: Kind, fields: Mapping[str, object], attachment: Attachment | None, folder: str
    ) -> tuple[str, bool]:
        """Make an object; its id, and whether it was found to be there when nobody knew whether it was made."""
        name = str(fields["name"])
        call = _writing("POST", PATHS[kind], {**fields, "folder": folder}, attachment)

        def there() -> str | None:
            found = self.named(kind, folder, name)
            ours = found is not None and (found.ref_id or None) == fields.get("ref_id")
            return found.id if found is not None and ours else None

        return self._made_once(call, there, name)

    def add_revision(self, evidence: str, fields: Mapping[str, object], attachment: Attachment, folder: str) -> None:
        """Add a revision to an evidence, unless its newest one of ours is of the same content.

        The folder is said once more: without it, the right to do so is looked for in the one at the top.
        """

        def there() -> str | None:
            ours = (one for one in self.revisions(evidence) if attachment.is_ours(one.attachment))
            newest = next(ours, None)
            return newest.id if newest is not None and attachment.is_same(newest.attachment) else None

        if there() is None:
            call = _writing("POST", _REVISIONS, {**fields, "evidence": evidence, "folder": folder}, attachment)
            self._made_once(call, there, None)

    def change(self, kind: Kind, id: str, fields: Mapping[str, object]) -> None:
        """Change fields of an object, and leave all others as they are."""
        reply = self._patiently(_writing("PATCH", f"{PATHS[kind]}{quote(id, safe='')}/", fields, None))
        made = self._understood(reply.data, Made)
        if made.id != id:
            raise Refusal("answers with another object than the one that is changed", _NOT_IT, "all", unsure=True)

    def _made_once(self, call: Call, there: Callable[[], str | None], name: str | None) -> tuple[str, bool]:
        """Have something made, once: where nobody knows whether it was, by looking for it before trying again."""
        last: _Passing | None = None
        for pause in (0.0, *self._patience.pauses):
            if last is not None:
                self._wait(pause, last)
                found = self._looked(there, last)
                if found is not None:
                    return found, True
            try:
                reply = self._once(call)
                return self._made(reply, name), False
            except _Passing as passing:
                last = passing
        assert last is not None
        found = self._looked(there, last)
        if found is not None:
            return found, True
        raise last.refusal

    def _looked(self, there: Callable[[], str | None], last: _Passing) -> str | None:
        """What is there; where that cannot be seen, either, nobody knows."""
        try:
            return there()
        except Refusal as refusal:
            words = f"{last.refusal.words}; then {refusal.words}"
            raise Refusal(words, refusal.help, "all", unsure=True) from None

    def _made(self, reply: Reply, name: str | None) -> str:
        try:
            made = read(reply.data, Made)
        except NotUnderstood:
            raise _Passing(Refusal(f"answers {reply.status} with no object", _NOT_IT, "all", unsure=True)) from None
        if not _ID.fullmatch(made.id) or (name is not None and made.name != name):
            raise Refusal("answers with another object than the one that is made", _NOT_IT, "all", unsure=True)
        return made.id

    def _listed(self, path: str, asked: Mapping[str, str], type: type[T]) -> list[T]:
        """A whole list, page by page."""
        found: list[T] = []
        ids: set[str] = set()
        while True:
            query = urlencode({**asked, "limit": str(_PAGE), "offset": str(len(found))})
            page = self._understood(self._patiently(Call("GET", f"{path}?{query}")).data, Page)
            objects = [self._understood(one, type) for one in page.results]
            self._refuse_again([self._understood(one, Made).id for one in page.results], ids)
            found += objects
            if not objects or len(found) >= page.count:
                return found
            if len(found) > _MOST:
                raise Refusal(f"lists more than {_MOST:,} objects", "take a folder of its own for them", "all")

    def _refuse_again(self, page: Sequence[str], ids: set[str]) -> None:
        for id in page:
            if not _ID.fullmatch(id):
                raise Refusal("lists an object without an id", _NOT_IT, "all")
            if id in ids:
                raise Refusal("lists the same object again and again", _LATER, "all")
            ids.add(id)

    def _understood(self, data: bytes | msgspec.Raw, type: type[T]) -> T:
        try:
            return read(data, type)
        except NotUnderstood:
            raise Refusal("answers with something else than its API would", _NOT_IT, "all", unsure=True) from None

    def _patiently(self, call: Call) -> Reply:
        """An answer to what changes nothing, or the same when it is done twice."""
        last: _Passing | None = None
        for pause in (0.0, *self._patience.pauses):
            if last is not None:
                self._wait(pause, last)
            try:
                return self._once(call)
            except _Passing as passing:
                last = passing
        assert last is not None
        raise last.refusal

    def _wait(self, pause: float, last: _Passing) -> None:
        asked = last.wait or 0
        if asked > self._patience.longest:
            raise Refusal(f"{last.refusal.words}, and asks to be left alone for {asked} seconds", _LATER, "all")
        sleep(max(pause, asked))

    def _once(self, call: Call) -> Reply:
        """One answer that is a success.

        Raises:
            Refusal: it is none, and never will be.
            _Passing: it is none, and may be later.
        """
        writes = call.method != "GET"
        try:
            reply = self._line.ask(call)
        except NoReply as none:
            refusal = Refusal(none.words, none.help, "all", unsure=writes)
            if none.hopeless:
                raise refusal from None
            raise _Passing(refusal) from None
        if 200 <= reply.status < 300:
            return reply
        refusal = self._refusal(reply, writes=writes)
        if reply.status in _TRY_AGAIN:
            raise _Passing(refusal, reply.wait)
        raise refusal

    def _refusal(self, reply: Reply, *, writes: bool) -> Refusal:
        status = reply.status
        said = refusal_words(reply.data).replace(self._secret, "[token]")
        words = f"answers {status}: {said}" if said else f"answers {status}"
        reach: Reach = "all" if status in _OF_ALL else "kind" if status in (403, 405) else "object"
        unsure = writes and status >= 500
        return Refusal(words, _HELP.get(status, _LATER), reach, unsure=unsure)


def _writing(method: str, path: str, fields: Mapping[str, object], attachment: Attachment | None) -> Call:
    if attachment is None:
        return Call(method, path, msgspec.json.encode(fields), JSON)
    content, media = form(fields, attachment)
    return Call(method, path, content, media)
