"""Small fleets and the rules over all their usages, for tests."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from vendorgate.evaluate.fleet import Fleet, FleetRules, Member
from vendorgate.evaluate.fleet_judging import judge_fleet
from vendorgate.load.fleet_language import fleet_dialect
from vendorgate.load.language import language
from vendorgate.load.lexicon import Lexicon
from vendorgate.load.rules import read_rule
from vendorgate.logic import Node, Value, truth_of
from vendorgate.model.additions import NO_WORDS, OwnWords
from vendorgate.model.fleet_policy import FleetResult, Sight
from vendorgate.model.policy import FleetPolicy, Policy, Requirement
from vendorgate.model.vocabulary import DATA_CLASSES, NO_GROUPS, FailOn, RegionGroups
from vendorgate.source import Source

AS_OF = datetime.date(2026, 11, 23)
SOURCE = Source("fleet.yaml", "", lambda text: None)
OF_PHI = {"filter": [{"var": "usages"}, {"in": ["phi", {"var": "usage.data"}]}]}
VENDORS = {"count_distinct": [OF_PHI, {"var": "offering.platform"}]}
"""How many platforms see PHI."""


def checked(rule: Any, own: OwnWords = NO_WORDS) -> Node:
    """A rule of `fleet.yaml`; it must have no mistake."""
    tree, titles = tried(rule, own)
    assert titles == []
    return tree


def tried(rule: Any, own: OwnWords = NO_WORDS) -> tuple[Node, list[str]]:
    """A rule, and each of its mistakes with the advice."""
    problems: list[Any] = []
    dialect = fleet_dialect(language(frozenset(DATA_CLASSES), Lexicon(()), own))
    tree = read_rule(rule, (), SOURCE, dialect, problems)
    return tree, [f"{one.title}: {one.help}" for one in problems]


def member(times: int = 1, first: int = 0, **stated: Value) -> Member:
    """Usages that are alike: `usage_data` is `usage.data`."""
    return Member({name.replace("_", ".", 1): value for name, value in stated.items()}, times, first)


def sees(platform: str | None, times: int = 1, data: str = "phi", first: int = 0) -> Member:
    """Usages of a platform, which nobody knows where it is None."""
    known: Mapping[str, Value] = {"usage.data": [data], **({} if platform is None else {"offering.platform": platform})}
    return Member(known, times, first)


def fleet(*members: Member, unread: int = 0, groups: RegionGroups = NO_GROUPS) -> Fleet:
    """A fleet, whose usages are known by a number."""
    return Fleet(members, unread, AS_OF, groups, lambda first: Sight("p", f"u{first}", "o", "m", None))


def truth(rule: Any, *members: Member, unread: int = 0) -> bool | None:
    """What a rule comes to."""
    return truth_of(FleetRules(fleet(*members, unread=unread)).value(checked(rule)))


def judged(*require: Any, of: Fleet, threshold: FailOn = "error", **fields: Any) -> FleetResult:
    """What a policy of these requirements comes to."""
    stated = {"severity": "error", "on_unknown": "fail", "enforce_from": None, **fields}
    rules = tuple(
        Requirement(rule, checked(rule), None, index, ("require", index)) for index, rule in enumerate(require)
    )
    policy = Policy(
        id="p",
        title="P",
        when=None,
        require=rules,
        remediation=None,
        references=(),
        controls=(),
        tags=(),
        tests=(),
        dimensions=(),
        settings_read=frozenset(),
        attributes_read=frozenset(),
        facts_read=(),
        source=SOURCE,
        index=0,
        **stated,
    )
    (found,) = judge_fleet([FleetPolicy(policy, ())], of, threshold)
    return found
