"""What the bundle excepts, and what comments in code ask for where the bundle lets them.

In: departures, exceptions, comments, the as-of day. Out: for each departure what suppresses it, if anything does, and
notices of what suppresses nothing. Nothing reaches another offering or vendor than it names.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import msgspec
from msgspec import UnsetType

from ..detection.comments import Comment
from ..identity.segments import fits
from ..logic.functions import is_glob, matches_glob
from ..logic.nearest import nearest
from ..model.detect import DetectException, DetectRules
from ..model.result import Notice
from ..source import Location
from .declared import Place
from .departures import Departure

Suppressor: TypeAlias = "DetectException | Comment"
Spot: TypeAlias = "tuple[str, int]"
"""A file and a line of it."""
_FORM: Final = "`vendorgate: ignore OFFERING until YYYY-MM-DD: reason`"


class Suppressors(msgspec.Struct, frozen=True):
    """Everything that can suppress something on a day."""

    rules: DetectRules
    comments: Mapping[Spot, Sequence[Comment]]
    """By the line that they are for."""
    as_of: datetime.date
    place: Place
    is_whole: bool
    """Whether all of the repository was looked at, so that what excepts nothing is of no use."""

    @staticmethod
    def of_comments(
        rules: DetectRules, comments: Iterable[Comment], as_of: datetime.date, place: Place, *, is_whole: bool
    ) -> Suppressors:
        """Exceptions of the rules, and comments."""
        found: dict[Spot, list[Comment]] = {}
        for one in comments:
            found.setdefault((one.location.path, one.for_line), []).append(one)
        return Suppressors(rules, found, as_of, place, is_whole)

    def of(self, departure: Departure) -> Suppressor | None:
        """What suppresses a departure: the first exception, else the first comment."""
        for exception in self.rules.exceptions:
            if not has_ended(exception, self.as_of) and excepts(exception, departure, self.place):
                return exception
        for comment in self.comments.get(_spot(departure), ()):
            named = comment.offering == departure.party.name
            if named and disobeyed(comment, self.rules, self.as_of) is None:
                return comment
        return None


def _spot(departure: Departure) -> Spot:
    return departure.location.path, departure.location.line


def excepts(exception: DetectException, departure: Departure, place: Place) -> bool:
    """Whether an exception names a departure, whatever the day."""
    written = exception.written
    if not isinstance(written.offering, UnsetType) and not matches_glob(departure.party.name, written.offering):
        return False
    if isinstance(written.path, UnsetType):
        return True
    path = place(departure.location.path)
    return not path.startswith("/") and fits(path, written.path)


def has_ended(exception: DetectException, as_of: datetime.date) -> bool:
    """Whether the last day of an exception is over."""
    expires = exception.written.expires
    return not isinstance(expires, UnsetType) and expires < as_of


def disobeyed(comment: Comment, rules: DetectRules, as_of: datetime.date) -> str | None:
    """Why a comment does not count; None where it does."""
    if rules.comment_days is None:
        return "the bundle lets no comment suppress anything"
    if comment.wrong is not None or comment.until is None:
        return comment.wrong or "it does not say until which day"
    days = (comment.until - as_of).days
    if days < 0:
        return f"it ended on {comment.until}"
    if days > rules.comment_days:
        latest = as_of + datetime.timedelta(days=rules.comment_days)
        return f"it runs for {days} more days, and the bundle allows {rules.comment_days}: until {latest} or before"
    return None


def notices(suppressors: Suppressors, found: Sequence[tuple[Departure, Suppressor | None]]) -> Iterator[Notice]:
    """What is to be said of exceptions and comments that suppress nothing.

    Args:
        found: every departure, with what suppresses it.
    """
    used = {id(one) for _, one in found if one is not None}
    departures = [one for one, suppressor in found if suppressor is None]
    for exception in suppressors.rules.exceptions:
        if id(exception) not in used:
            yield from _of_exception(exception, suppressors, departures)
    there: dict[Spot, set[str]] = {}
    for one, _ in found:
        there.setdefault(_spot(one), set()).add(one.party.name)
    for comment in (one for several in suppressors.comments.values() for one in several):
        why = disobeyed(comment, suppressors.rules, suppressors.as_of)
        if why is not None:
            yield _not_obeyed(comment, why, suppressors.rules)
        elif id(comment) not in used:
            yield _unused(comment, there.get((comment.location.path, comment.for_line), set()))


def _of_exception(
    exception: DetectException, suppressors: Suppressors, departures: Iterable[Departure]
) -> Iterator[Notice]:
    written, location = exception.written, exception.source.locate(("detect", "except", exception.index))
    met = [one for one in departures if excepts(exception, one, suppressors.place)]
    if has_ended(exception, suppressors.as_of) and met:
        words = f"the exception of {what(exception)} ended on {written.expires}, and would except {_named(met)}"
        yield Notice("expired-exception", "warning", words, location)
    elif suppressors.is_whole:
        yield Notice("unused-exception", "note", f"the exception of {what(exception)} excepts nothing", location)


def what(exception: DetectException) -> str:
    """What an exception is for."""
    written = exception.written
    named = [f"`{one}`" for one in (written.offering, written.path) if not isinstance(one, UnsetType)]
    return " in ".join(named)


def _named(departures: Iterable[Departure]) -> str:
    return ", ".join(sorted({f"`{one.party.name}`" for one in departures}))


def _not_obeyed(comment: Comment, why: str, rules: DetectRules) -> Notice:
    about = f" of `{comment.offering}`" if comment.offering else ""
    help = "declare the use, or have it excepted in the bundle" if rules.comment_days is None else f"write {_FORM}"
    return Notice("comment-not-obeyed", "warning", f"the comment{about} is not obeyed: {why}; {help}", comment.location)


def _unused(comment: Comment, there: Collection[str]) -> Notice:
    words = f"the comment of `{comment.offering}` suppresses nothing"
    if is_glob(comment.offering):
        words += "; it takes one name, and no glob"
    elif comment.offering in there:
        words += ": something else does"
    elif there:
        meant = nearest(comment.offering, there) or min(there)
        words += f"; `{meant}` is what its line uses"
    return Notice("unused-comment", "note", words, comment.location)


def place_of(suppressor: Suppressor) -> Location:
    """Where an exception or a comment stands."""
    if isinstance(suppressor, Comment):
        return suppressor.location
    return suppressor.source.locate(("detect", "except", suppressor.index))
