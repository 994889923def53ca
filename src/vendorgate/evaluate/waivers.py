"""Which waiver covers a result, and why another that names it does not.

In: the waivers that name a result which fails or is not known, the rules of the bundle. Out: the waiver that holds, and
those that are void. A rule can only ever make a waiver void. What `names` says of one, `waiver_index.py` knows of all.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final

import msgspec
from msgspec import UnsetType

from ..logic.functions import is_glob, matches_glob
from ..model.bundle_settings import WaiverRules
from ..model.identity import Identity
from ..model.manifest import RouteName
from ..model.policy import Policy
from ..model.subject import Subject
from ..model.text import is_blank
from ..model.waiver import Breach, Void, Waiver, WaiverEntry, WaiverRule

_NAMED: Final = re.compile(r"<([^<>]*)>\s*\Z")
"""In `Name <mail>`."""
_BETWEEN: Final = re.compile(r"[\s<>()\[\],;:|/]+")
"""Between mails and other words: `mailto:a@b`, `a@b, c@d`, `a@b (on leave)`."""
_AROUND: Final = "'\"`."
"""Around a mail, and no part of it."""


class Failing(msgspec.Struct, frozen=True):
    """A policy that a subject fails, or is not known to meet, on the as-of day."""

    policy: Policy
    subject: Subject
    as_of: datetime.date
    fingerprint: Callable[[], str]
    """Worked out only where a waiver has one."""


def names(waiver: Waiver, policy: Policy, subject: Subject) -> bool:
    """Whether a waiver's globs name a policy on a subject."""
    return matches_glob(policy.id, waiver.written.policy) and names_subject(waiver, subject)


def names_subject(waiver: Waiver, subject: Subject) -> bool:
    """Whether the globs of a waiver name a subject, whatever the policy."""
    written = waiver.written
    return (
        names_project(waiver, subject.identity, subject.manifest.project)
        and matches_glob(subject.usage, written.usage)
        and matches_glob(subject.offering.id, written.offering)
        and (isinstance(written.account, UnsetType) or matches_glob(subject.name.account or "", written.account))
        and _names_vendor(written, subject.name)
    )


def _names_vendor(written: WaiverEntry, name: RouteName) -> bool:
    """Whether a waiver is for the vendor of a route: an unlisted one must be named, and by no glob."""
    stated = written.vendor
    if isinstance(stated, UnsetType):
        return name.vendor is None
    if name.vendor is None:
        return matches_glob("", stated)
    return not is_glob(stated) and stated.strip().casefold() == name.vendor.strip().casefold()


def names_project(waiver: Waiver, identity: Identity, project: str) -> bool:
    """Whether a waiver is for a project; one that only claims its name has those that are for everybody."""
    glob = waiver.written.project
    return glob == "*" if identity.is_stranger else matches_glob(project, glob)


def has_ended(waiver: Waiver, as_of: datetime.date) -> bool:
    """Whether its last day is over."""
    return waiver.written.expires < as_of


def waiver_for(
    named_by: Iterable[Waiver], rules: WaiverRules, failing: Failing
) -> tuple[Waiver | None, tuple[Void, ...]]:
    """Of the waivers that name a result and hold for it the one that ends last, the first of equals; and the void ones.

    `named_by` are those that name it, ended or not.
    """
    holding: list[Waiver] = []
    void: list[Void] = []
    for waiver in named_by:
        if has_ended(waiver, failing.as_of):
            continue
        found = breaches(waiver, rules, failing)
        if found:
            void.append(Void(waiver, found))
        else:
            holding.append(waiver)
    return max(holding, key=lambda waiver: waiver.written.expires, default=None), tuple(void)


def breaches(waiver: Waiver, rules: WaiverRules, failing: Failing) -> tuple[Breach, ...]:
    """Every reason why a waiver that names a result does not hold for it; none where it holds."""
    found = ((rule, broken(waiver, rules, failing)) for rule, broken in _BROKEN.items())
    return tuple(Breach(rule, words) for rule, words in found if words is not None)


def _runs_too_long(waiver: Waiver, rules: WaiverRules, failing: Failing) -> str | None:
    """The file does not say on which day a waiver was approved, so that the days are those that it still has."""
    most, expires = rules.max_days, waiver.written.expires
    if not isinstance(most, int) or (days := (expires - failing.as_of).days) <= most:
        return None
    latest = failing.as_of + datetime.timedelta(days=most)
    return f"it runs for {days} more days, and the bundle allows {most}; let it end on {latest} or before"


def _has_no_ticket(waiver: Waiver, rules: WaiverRules, failing: Failing) -> str | None:
    ticket = waiver.written.ticket
    if not rules.require_ticket or isinstance(ticket, str):
        return None
    return "it has no ticket, and the bundle demands one; add `ticket`"


def _is_of_the_owner(waiver: Waiver, rules: WaiverRules, failing: Failing) -> str | None:
    """The owner of a project may not approve its waivers; where no owner is known, no approval counts as another's."""
    if not rules.forbid_self_approval:
        return None
    subject, approved_by = failing.subject, waiver.written.approved_by
    project, identity = f"project `{subject.manifest.project}`", subject.identity
    if identity.is_stranger:
        return (
            f"{project} is bound by no entry of `projects`, so that nobody can know whether the owner approved it;"
            " bind it in bundle.yaml, with its `owner`"
        )
    if not _called(identity.owner or ""):
        return (
            f"{project} declares no owner, so that nobody can know whether the owner approved it;"
            " declare `owner` in the manifest"
        )
    before = [_called(owner or "") for owner in identity.owned_before]
    if not all(before):
        return (
            f"{project} declares an owner in this change alone, so that nobody can know whether the owner approved it;"
            " merge that first"
        )
    if any(owner & _called(approved_by) for owner in (_called(identity.owner or ""), *before)):
        return f"{approved_by} approved it and owns {project}; have somebody else approve it"
    return None


@lru_cache(maxsize=1024)  # a few people, asked about for each result
def _called(person: str) -> frozenset[str]:
    """What people go by, in one spelling: the whole text, of `Name <mail>` the mail, and every other mail."""
    text = _as_seen(person)
    named = _NAMED.search(text)
    mails = (word for word in (word.strip(_AROUND) for word in _BETWEEN.split(text)) if "@" in word.strip("@"))
    spellings = (" ".join(one.split()) for one in (text, named[1] if named else "", *mails))
    return frozenset(one for one in spellings if one)


def _as_seen(text: str) -> str:
    """A text without case, without what no reader sees, and whatever the width of its letters.

    Characters are taken one by one: to order the marks of a long run takes a time that grows as its square.
    """
    if text.isascii() and text.isprintable():
        return text.casefold()
    from unicodedata import normalize  # few people need it

    seen = (one for one in text if one.isspace() or not is_blank(one))
    return "".join(normalize("NFKD", one) for one in seen).casefold()


def _is_forbidden(waiver: Waiver, rules: WaiverRules, failing: Failing) -> str | None:
    id = failing.policy.id
    glob = next((glob for glob in rules.forbid_policies if matches_glob(id, glob)), None)
    if glob is None:
        return None
    return f"the bundle forbids waivers of `{id}` (`{glob}`); mend the usage, or have the bundle allow it"


def _has_other_reasons(waiver: Waiver, rules: WaiverRules, failing: Failing) -> str | None:
    stated = waiver.written.fingerprint
    if not isinstance(stated, str) or (found := failing.fingerprint()) == stated:
        return None
    return (
        f"it was given for other reasons (its fingerprint is {_shortened(stated)}, the finding's {_shortened(found)});"
        " look at them again, and run `vendorgate waiver add`"
    )


def _shortened(fingerprint: str) -> str:
    """As much of a fingerprint as people compare."""
    return f"{fingerprint[:15]}…"


_BROKEN: Final[Mapping[WaiverRule, Callable[[Waiver, WaiverRules, Failing], str | None]]] = {
    "max_days": _runs_too_long,
    "require_ticket": _has_no_ticket,
    "forbid_self_approval": _is_of_the_owner,
    "forbid_policies": _is_forbidden,
    "fingerprint": _has_other_reasons,
}
"""Of each rule: why a waiver breaks it, and what to do; None where it does not."""
