"""One comment on a pull request, written once and kept up to date from then on.

In: an API, a pull request and a text. Out: the comment that carries the key of this job, and no second one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, TypeVar

import msgspec

from .api import Answer, Api, ApiRefusal

Content = TypeVar("Content")

LARGEST: Final = 65_536
"""Characters that GitHub takes."""
_PAGES: Final = 100
"""Of 100 comments each."""


class _User(msgspec.Struct, frozen=True):
    login: str
    type: str = "User"


class _Comment(msgspec.Struct, frozen=True):
    id: Annotated[int, msgspec.Meta(ge=1)]
    body: str | None = None
    user: _User | None = None
    """None where the account has been deleted."""


def marker(key: str) -> str:
    """What a comment of ours begins with; Markdown does not show it."""
    return f"<!-- vendorgate:{key} -->\n"


class Comments:
    """The comments on one pull request."""

    def __init__(self, api: Api, repository: str, number: int) -> None:
        self._api = api
        self._repository = f"/repos/{repository}"
        self._path = f"{self._repository}/issues/{number}/comments"

    def put(self, mark: str, text: str, *, create: bool) -> None:
        """Update the comment with a mark; where there is none, write it, if asked to.

        Raises:
            Refused: the API did not let it.
        """
        found = self._find(mark.strip())
        content = {"body": mark + text}
        if found is not None:
            self._api.send("PATCH", f"{self._repository}/issues/comments/{found.id}", content)
        elif create:
            self._api.send("POST", self._path, content)

    def _find(self, mark: str) -> _Comment | None:
        return next((one for one in self._all() if self._is_ours(one, mark)), None)

    def _is_ours(self, comment: _Comment, mark: str) -> bool:
        """Whoever can read a comment can copy its mark, so that it counts only under our own name."""
        if comment.user is None or not (comment.body or "").startswith(mark):
            return False
        return comment.user.type == "Bot" or comment.user.login == self._login()

    def _login(self) -> str | None:
        """The account of the token; the token of a job has none, and its comments are a bot's."""
        try:
            return _decoded(self._api.get("/user"), _User).login
        except ApiRefusal:
            return None

    def _all(self) -> Iterator[_Comment]:
        address = f"{self._path}?per_page=100"
        for _ in range(_PAGES):
            answer = self._api.get(address)
            yield from _decoded(answer, tuple[_Comment, ...])
            if answer.following is None:
                return
            address = answer.following
        raise ApiRefusal(f"has more than {_PAGES * 100} comments", "write a comment by hand")


def _decoded(answer: Answer, type: type[Content]) -> Content:
    try:
        return msgspec.json.decode(answer.data, type=type)
    except msgspec.MsgspecError:
        raise ApiRefusal("answers what is not an answer", "look at GITHUB_API_URL") from None
