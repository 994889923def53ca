"""Whether a value is observed, in words: which account would have to be read where it is not.

In: a case, a path. Out: a reason. Refuses to know how accounts are read.
"""

from __future__ import annotations

from collections.abc import Callable

from ..model.manifest import RouteName, name_of
from ..model.result import Reason, Remedy
from ..model.subject import Subject
from ..model.vocabulary import UNLISTED, Decision
from ..source import Location
from .case import Case
from .unlisted import unread


def observed_reason(case: Case, path: str, outcome: Decision, locate: Callable[[], Location]) -> Reason:
    """That a value is observed, or is not, and then who would have to read which account."""
    field = path.removeprefix("usage.")
    if case.is_observed(path):
        message = f"`{field}` is observed, and here it must not be"
        return Reason("declaration", outcome, message, locate=locate, about=(path, "observed"))
    name = _account(case.subject, path)
    if name.offering == UNLISTED:
        return unread(field, name, path, outcome, locate)
    remedy = Remedy("do", f"{_command(name)}; where the vendor has no API for it: vendorgate observe attest")
    message, about = f"`{field}` is not observed at {name}", (path, "not observed", str(name))
    return Reason("declaration", outcome, message, remedy=remedy, locate=locate, about=about)


def _account(subject: Subject, path: str) -> RouteName:
    """Whose account a path is about: `primary.*` is about the usage's own, on every route."""
    if not path.startswith("primary."):
        return subject.name
    return name_of(subject.manifest.usages[int(subject.place[1])])


def _command(name: RouteName) -> str:
    account = f" --account {name.account}" if name.account is not None else ""
    return f"vendorgate observe {name.offering}{account}"
