"""What would lift a result: changes on our side, sets of them with which a usage passes, and how a search ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from ..model.evaluation import Evaluation
from ..model.manifest import RouteName, SettingValue
from ..model.result import Result
from ..model.vocabulary import RouteOfUsage
from ..source import Path

if TYPE_CHECKING:
    from ..model.agreement import Agreement

ChangeKind = Literal[
    "declare",
    "setting",
    "observe",
    "endpoint",
    "feature",
    "model",
    "account",
    "region",
    "tier",
    "bind",
    "agreement",
    "drop-route",
]
"""`observe`: an account that is as it must be is to be read; `account`: it is to be set up otherwise, then read."""
COSTS: Final[Mapping[ChangeKind, int]] = {
    "declare": 1,
    "setting": 2,
    "observe": 2,
    "endpoint": 3,
    "feature": 3,
    "model": 3,
    "account": 4,
    "region": 5,
    "tier": 8,
    "bind": 8,
    "agreement": 13,
    "drop-route": 21,
}
"""What a change asks of us: least where something must only be stated, more where code or an account changes, most
where others must sign or a route is lost. The costs of a set add up."""
_ELSEWHERE: Final[Mapping[str, ChangeKind]] = {"region": "region", "cloud_region": "region", "tier": "tier"}
OF_ACCOUNTS: Final = ("observe", "account")
"""Kinds of change that no manifest says: they are done at the vendor, and observed."""


class Change(msgspec.Struct, frozen=True):
    """One thing to do differently on one route of a usage."""

    kind: ChangeKind
    route: RouteOfUsage
    name: RouteName
    """Of the route."""
    field: str
    """As the manifest names it: `region`, `endpoints`, `settings.zero_data_retention`, `agreements`, `fallbacks`."""
    old: SettingValue | None
    """What is declared now: a value, or the name in a list that is replaced; None where nothing is."""
    new: SettingValue | None
    """What to declare instead; None = do without. Of `bind`: the entry that `projects` of the bundle needs. Of
    `observe` and `account`: what the account must be observed to have; None = do without, or as it is declared."""
    place: Path
    """In the manifest."""
    others: tuple[SettingValue, ...] = ()
    """Values or names that no rule tells apart from `new`."""
    agreement: Agreement | None = None
    """The entry that the register needs; None where there is no register, or no agreement is meant."""
    command: str = ""
    """Of `observe` and `account`: what reads the account, or attests what it shows."""

    @property
    def cost(self) -> int:
        """An account in another region or of another tier costs what that does."""
        return COSTS[_ELSEWHERE.get(self.field, self.kind) if self.kind == "account" else self.kind]


class RepairStep(msgspec.Struct, frozen=True):
    """A change of a repair, and what it is good for."""

    change: Change
    options: tuple[SettingValue, ...]
    """What does as well as `change.new`, with all else as it is; tried one by one."""
    needed_by: tuple[str, ...]
    """Policies that block without it."""
    or_later: bool
    """Of an agreement that must run until a day: whether one that runs for another year does as well."""


class Repair(msgspec.Struct, frozen=True):
    """A set of changes with which a usage passes; with fewer of them it does not."""

    steps: tuple[RepairStep, ...]

    @property
    def cost(self) -> int:
        return sum(step.change.cost for step in self.steps)


Limit = Literal["judgements", "changes"]


class SearchResult(msgspec.Struct, frozen=True):
    """The result of a search for repairs."""

    repairs: tuple[Repair, ...]
    """The cheapest first."""
    more: bool
    """Whether there may be more than are given."""
    stopped: Limit | None
    """The bound that ended the search; None where it has seen all there is, or enough."""
    bound: int | None
    """How much that was: so many judgements, or changes on one route."""
    obstacles: tuple[Result, ...]
    """Where there is no repair: the results that no changes on our side lift, each taken by itself."""
    rest: Repair | None = None
    """Where there are obstacles: the cheapest changes with which nothing else blocks; None where nothing else does, or
    no such changes were found."""


class Repairs(msgspec.Struct, frozen=True):
    """The repairs of one usage."""

    evaluation: Evaluation
    """As it is: of the usage alone."""
    search: SearchResult | None
    """None where it passes already."""
    ignored_waivers: bool
