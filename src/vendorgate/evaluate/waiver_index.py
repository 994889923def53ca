"""The waivers of a bundle by what they name, so that nobody asks each of them about each result.

In: waivers, in the order of their file; policies, subjects. Out: those that name them, in that order, as `names` in
`waivers.py` and its like would find them one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import UnsetType

from ..identity import EVERYBODY
from ..logic.functions import is_glob
from ..logic.globs import Globs, bits, places
from ..model.policy import Policy
from ..model.subject import Subject
from ..model.waiver import Waiver


class WaiverIndex:
    """Waivers, found by what they name: an axis for each field, a bit for each waiver."""

    __slots__ = (
        "_accounts",
        "_everybody",
        "_last",
        "_offerings",
        "_policies",
        "_projects",
        "_unnamed",
        "_usages",
        "_vendors",
        "waivers",
    )

    def __init__(self, waivers: Iterable[Waiver]) -> None:
        self.waivers = tuple(waivers)
        written = [one.written for one in self.waivers]
        self._policies = Globs((one.policy,) for one in written)
        self._projects = Globs((one.project,) for one in written)
        self._usages = Globs((one.usage,) for one in written)
        self._offerings = Globs((one.offering,) for one in written)
        self._accounts = Globs(("*" if isinstance(one.account, UnsetType) else one.account,) for one in written)
        self._everybody = bits(place for place, one in enumerate(written) if one.project == EVERYBODY)
        stated = [None if isinstance(one.vendor, UnsetType) else one.vendor for one in written]
        self._unnamed = bits(place for place, vendor in enumerate(stated) if vendor is None) | Globs(
            () if vendor is None else (vendor,) for vendor in stated
        ).naming("")
        """Those for the routes of which no vendor is named, because the registry has it."""
        self._vendors = Globs(() if vendor is None or is_glob(vendor) else (_folded(vendor),) for vendor in stated)
        """An unlisted vendor is named whole, and by no glob."""
        self._last: tuple[Subject, int] | None = None
        """One subject is asked about for each policy in turn."""

    def of_project(self, project: str, *, is_stranger: bool) -> int:
        """The bits of the waivers for a project; for one that only claims its name, of those that are for everybody."""
        return self._everybody if is_stranger else self._projects.naming(project)

    def of_names(
        self, project: str, usage: str, offering: str, account: str | None, vendor: str | None, *, is_stranger: bool
    ) -> int:
        """The bits of the waivers that name a route, whatever the policy and the day; 0: none does."""
        found = self.of_project(project, is_stranger=is_stranger) & self._offerings.naming(offering)
        found = found and found & self._usages.naming(usage) & self._accounts.naming(account or "")
        return found and found & (self._unnamed if vendor is None else self._vendors.naming(_folded(vendor)))

    def of_subject(self, subject: Subject) -> int:
        """The bits of the waivers that name a subject, whatever the policy and the day; 0: none does."""
        last = self._last
        if last is not None and last[0] is subject:
            return last[1]
        name = subject.name
        found = self.of_names(
            subject.manifest.project,
            subject.usage,
            subject.offering.id,
            name.account,
            name.vendor,
            is_stranger=subject.identity.is_stranger,
        )
        self._last = subject, found
        return found

    def of_result(self, policy: Policy, subject: Subject) -> int:
        """The bits of the waivers that name a policy on a subject."""
        found = self.of_subject(subject)
        return found and found & self._policies.naming(policy.id)

    def naming(self, policy: Policy, subject: Subject) -> Iterator[Waiver]:
        """The waivers that name a policy on a subject, ended or not."""
        return self.among(self.of_result(policy, subject))

    def among(self, bits: int) -> Iterator[Waiver]:
        """The waivers of bits, in the order of their file."""
        return (self.waivers[place] for place in places(bits))


def _folded(vendor: str) -> str:
    return vendor.strip().casefold()
