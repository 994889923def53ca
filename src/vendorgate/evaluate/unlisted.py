"""A vendor that nobody has looked at, in words.

In: a case. Out: reasons, each with the way to have the vendor looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ..model.result import Reason, Remedy
from ..model.subject import Subject
from ..model.vocabulary import UNLISTED, Decision, Dimension
from ..source import Location, Place
from .case import Case

_OF_PRIMARY: Final = ("primary.offering", "primary.platform", "primary.developer")
_LOOKED_AT: Final = Remedy(
    "do",
    "have the registry list the vendor, or your bundle describe it under `offerings/`, and name that offering"
    " (how: vendorgate docs unlisted-vendors); until then use one that is listed",
)


def is_unlisted(subject: Subject) -> bool:
    """Whether nobody has looked at the vendor."""
    return subject.offering.id == UNLISTED


def no_cell(case: Case, dimension: Dimension) -> Reason:
    """Why nothing is documented."""
    subject = case.subject
    message = f"nobody has looked at `{subject.name.vendor}`, which the registry does not list: nothing is known"
    place = Place(subject.manifest.source, subject.place)
    return Reason("grade", "unknown", message, dimension, remedy=_LOOKED_AT, locate=place, about=(UNLISTED,))


def hidden(case: Case, path: str) -> Reason | None:
    """Why a path has no value that every listed offering has; None where that is not the reason."""
    subject = case.subject
    if path in _OF_PRIMARY:
        message = f"the usage's own offering is unlisted: {path} is not known"
    elif is_unlisted(subject) and (path == "usage.offering" or path.startswith("offering.")):
        message = f"nobody has looked at `{subject.name.vendor}`, which the registry does not list: {path} is not known"
    else:
        return None
    return Reason("declaration", "unknown", message, remedy=_LOOKED_AT, about=(path, UNLISTED))


def unread(field: str, vendor: str, path: str, outcome: Decision, locate: Callable[[], Location]) -> Reason:
    """Why nothing is observed of an account."""
    message = f"`{field}` is not observed: nobody has looked at `{vendor}`, which the registry does not list"
    return Reason("declaration", outcome, message, remedy=_LOOKED_AT, locate=locate, about=(path, UNLISTED))


def no_agreement(case: Case, kind: str) -> Reason:
    """Why no agreement is in force."""
    message = f"agreement `{kind}` is not in force: none reaches `{case.subject.name.vendor}`, which is unlisted"
    return Reason("agreement", "fail", message, remedy=_LOOKED_AT, about=(kind, UNLISTED))
