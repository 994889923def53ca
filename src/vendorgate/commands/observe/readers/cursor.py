"""Lists that say whether they go on, and after which id: OpenAI's and Anthropic's.

In: a page. Out: what to ask for the next. A list that was not read to its end proves nothing of how many there are, so
one that neither ends nor says where it goes on is no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import UNSET, UnsetType

from ..asking import Answer, CannotObserve


class CursorPage(Answer, frozen=True):
    """A page of such a list; a type that has the items is one, too."""

    passing = ("last_id",)

    has_more: bool | UnsetType | None = UNSET
    last_id: str | UnsetType | None = UNSET


def following(parameter: str) -> Callable[[CursorPage], Mapping[str, str] | None]:
    """What to add to the query for the next page, which begins after the id that the parameter says; None at the end.

    Raises (what it returns):
        CannotObserve: it neither ends nor says where it goes on.
    """

    def after(page: CursorPage) -> Mapping[str, str] | None:
        if page.has_more is False:
            return None
        if not isinstance(page.last_id, str):
            words = "answers with a list that neither ends nor says where it goes on"
            raise CannotObserve(words, "look for a newer version of vendorgate, and report it")
        return {parameter: page.last_id}

    return after
