"""The policies of `bundle/` as Python functions, over the same usage, registry cells and agreements.

Written as one would without vendorgate: coverage by its six steps, three-valued (True, False, None for unknown),
each answer worked out once, and what applies, every requirement, severity and blocking for each policy.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import NamedTuple

from msgspec import UnsetType

from by_hand_conditions import CONDITIONS, Truth, both, either
from vendorgate.model.agreement import Agreement
from vendorgate.model.manifest import Usage
from vendorgate.model.registry import CellFile, Offering, Reach

DOCUMENTED = ("yes_public", "yes_sales_gated", "yes_platform_only")
TIERS = {"free": 0, "self_serve": 1, "enterprise": 2}
CONFIDENCE = {"low": 0, "medium": 1, "high": 2}
MIN_CONFIDENCE = 1
MAX_AGE = {"data_residency": 180}
MAX_AGE_ELSE = 365


class Verdict(NamedTuple):
    """What one policy comes to."""

    policy: str
    outcome: str
    severity: str
    blocks: bool
    requirements: list[Truth]


class Facts:
    """A usage, the offering it calls, and the agreements that name both."""

    def __init__(
        self, usage: Usage, offering: Offering, agreements: tuple[Agreement, ...], today: datetime.date
    ) -> None:
        self.usage = usage
        self.offering = offering.written
        self.agreements = agreements
        self.today = today
        self.known: dict[str, Truth] = {}

    def cell(self, dimension: str) -> CellFile | None:
        return self.offering.dimensions.get(dimension)  # type: ignore[call-overload, no-any-return]  # any text

    def agreement(self, kind: str) -> Agreement | None:
        """The agreement of a kind in force that ends last."""
        best: Agreement | None = None
        end = datetime.date.min
        for one in self.agreements:
            if one.kind != kind or one.status != "executed":
                continue
            if isinstance(one.signed, UnsetType) or one.signed > self.today:
                continue
            expires = datetime.date.max if isinstance(one.expires, UnsetType) else one.expires
            if expires >= self.today and (best is None or expires > end):
                best, end = one, expires
        return best

    def setting(self, name: str) -> object:
        """A setting; None where nobody declared it."""
        return self.usage.settings.get(name)

    def evidence(self, dimension: str, cell: CellFile) -> bool:
        """Whether the evidence counts: verified, not in the future, not too old, confident enough."""
        if cell.verified is None:
            return False
        age = (self.today - cell.verified).days
        if not 0 <= age <= MAX_AGE.get(dimension, MAX_AGE_ELSE):
            return False
        return CONFIDENCE[cell.confidence or "low"] >= MIN_CONFIDENCE

    def documented(self, dimension: str) -> Truth:
        cell = self.cell(dimension)
        if cell is None:
            return None
        grade = self.grade(cell)
        if grade and cell.value == "partial":
            grade = self.scope(cell)
        return both(self.names(), grade, self.evidence(dimension, cell) or None)

    def names(self) -> Truth:
        """Whether the offering lists every declared model; what it says is not about others."""
        listed, models = self.offering.models, self.usage.models
        strange = listed and not isinstance(models, UnsetType) and not all(named(one, listed) for one in models)
        return None if strange else True

    def reaches(self, cell: CellFile) -> bool:
        """Whether a cell speaks of this usage: what is said of one endpoint is not said of another."""
        tier = cell.tier is None or TIERS[self.usage.tier] >= TIERS[cell.tier]
        return tier and both(self.names(), self.scope(cell)) is True

    def fact(self, cell: CellFile, name: str) -> object:
        """A fact, which an entry for some names may state otherwise; None where it is not known."""
        own = (cell.facts or {}) if self.reaches(cell) else {}
        values: list[object] = []
        for axis in ("endpoints", "models", "features"):
            entries = [one for one in cell.scoped_facts or () if name in one.facts and getattr(one.scope, axis)]
            declared = getattr(self.usage, axis) if entries else ()
            for one in (None,) if isinstance(declared, UnsetType) else declared:
                fitting = (entry.facts for entry in entries if one and named(one, getattr(entry.scope, axis).only))
                values.append(next(fitting, own).get(name) if one else None)
        if not values:
            values.append(own.get(name))
        return values[0] if all(one == values[0] for one in values) else None

    def grade(self, cell: CellFile) -> Truth:
        if cell.value in DOCUMENTED or (cell.value == "partial" and cell.scope is not None):
            return True
        return False if cell.value == "no" else None

    def covered(self, dimension: str) -> Truth:
        if dimension not in self.known:
            self.known[dimension] = self.cover(dimension)
        return self.known[dimension]

    def cover(self, dimension: str) -> Truth:
        cell = self.cell(dimension)
        if cell is None:
            return None
        grade = self.grade(cell)
        if grade is False or (cell.tier is not None and TIERS[self.usage.tier] < TIERS[cell.tier]):
            return False
        conditions = CONDITIONS.get((self.offering.id, dimension))
        return both(
            self.names(),
            grade,
            self.evidence(dimension, cell) or None,
            self.scope(cell),
            True if conditions is None else conditions(self),
        )

    def scope(self, cell: CellFile) -> Truth:
        scope = cell.scope
        if scope is None:
            return True
        usage, offering = self.usage, self.offering
        region = None if isinstance(usage.region, UnsetType) else (usage.region,)
        cloud = None if isinstance(usage.cloud_region, UnsetType) else (usage.cloud_region,)
        endpoints = None if isinstance(usage.endpoints, UnsetType) else usage.endpoints
        models = None if isinstance(usage.models, UnsetType) else usage.models
        return both(
            scope.endpoints is None or reached(scope.endpoints, endpoints, offering.endpoints or ()),
            scope.models is None or reached(scope.models, models, offering.models or ()),
            scope.regions is None or reached(scope.regions, region, None),
            scope.cloud_regions is None or reached(scope.cloud_regions, cloud, None),
            scope.features is None or reached(scope.features, usage.features, offering.features or ()),
            scope.lifecycle is None or reached(scope.lifecycle, (usage.lifecycle,), None),
        )


def reached(reach: Reach, names: tuple[str, ...] | None, listed: tuple[str, ...] | None) -> Truth:
    """Whether a scope reaches every name; under exclusions, a name that the offering does not list is unknown."""
    if names is None:
        return None
    unknown = False
    for name in names:
        if reach.only is not None and not named(name, reach.only):
            return False
        if reach.excluded is not None:
            if named(name, reach.excluded):
                return False
            unknown = unknown or (listed is not None and not named(name, listed))
    return None if unknown else True


def named(name: str, globs: tuple[str, ...]) -> bool:
    """Whether a name is among what globs name, asked once; the registry's globs live as long as the process."""
    asked = name, id(globs)
    found = _NAMED.get(asked)
    if found is None:
        found = _NAMED[asked] = _is_named(name, globs)
    return found


_NAMED: dict[tuple[str, int], bool] = {}


def _is_named(name: str, globs: tuple[str, ...]) -> bool:
    return name in globs or any(fnmatchcase(name, glob) for glob in globs if "*" in glob or "?" in glob)


PERSONAL = frozenset(("pii", "phi", "special_category", "children", "biometric"))
REGULATED = frozenset(("phi", "pci", "special_category", "children", "biometric", "financial", "credentials"))
OUTWARD = frozenset(("web_search", "computer_use", "mcp"))
HARMLESS = frozenset(("public", "synthetic"))
REVIEWED_ROUTES = frozenset(("azure-openai", "claude-bedrock"))
REVIEWED_ENDPOINTS = frozenset(("responses", "chat completions", "messages", "converse", "embeddings"))


def finish(
    policy: str, requirements: list[Truth], severity: str = "error", on_unknown: str = "fail", threshold: str = "error"
) -> Verdict:
    """Requirements to outcome, severity in effect and whether it blocks."""
    if False in requirements:
        return Verdict(policy, "fail", severity, severity == threshold, requirements)
    if None in requirements:
        severity = severity if on_unknown == "fail" else "warning"
        return Verdict(policy, "unknown", severity, severity == threshold, requirements)
    return Verdict(policy, "pass", severity, False, requirements)


def not_applicable(policy: str, severity: str = "error") -> Verdict:
    return Verdict(policy, "not_applicable", severity, False, [])


def phi_needs_baa_and_zdr(facts: Facts) -> Verdict:
    if "phi" not in facts.usage.data:
        return not_applicable("phi-needs-baa-and-zdr")
    sharing = facts.setting("data_sharing")
    off = None if sharing is None else sharing is False
    return finish("phi-needs-baa-and-zdr", [facts.covered("hipaa_baa"), facts.covered("retention_zdr"), off])


def phi_stays_in_the_country(facts: Facts) -> Verdict:
    if "phi" not in facts.usage.data:
        return not_applicable("phi-stays-in-the-country")
    region = facts.usage.region
    inside = None if isinstance(region, UnsetType) else region == "us"
    return finish("phi-stays-in-the-country", [inside, facts.covered("data_residency")])


def personal_data_needs_dpa(facts: Facts) -> Verdict:
    if PERSONAL.isdisjoint(facts.usage.data):
        return not_applicable("personal-data-needs-dpa")
    return finish("personal-data-needs-dpa", [facts.covered("gdpr_dpa"), facts.agreement("dpa") is not None])


def no_training_on_our_data(facts: Facts) -> Verdict:
    if HARMLESS.issuperset(facts.usage.data):
        return not_applicable("no-training-on-our-data")
    return finish("no-training-on-our-data", [facts.covered("training_on_customer_data")])


def regulated_data_stays_off_previews(facts: Facts) -> Verdict:
    usage = facts.usage
    if REGULATED.isdisjoint(usage.data):
        return not_applicable("regulated-data-stays-off-previews")
    return finish("regulated-data-stays-off-previews", [usage.lifecycle == "ga", OUTWARD.isdisjoint(usage.features)])


def production_needs_an_audited_vendor(facts: Facts) -> Verdict:
    if facts.usage.environment != "production":
        return not_applicable("production-needs-an-audited-vendor")
    return finish(
        "production-needs-an-audited-vendor",
        [facts.covered("soc2_type2"), facts.covered("iso_27001"), facts.documented("trust_center")],
    )


def production_is_paid_for(facts: Facts) -> Verdict:
    usage = facts.usage
    if usage.environment != "production":
        return not_applicable("production-is-paid-for")
    return finish(
        "production-is-paid-for", [usage.tier in ("self_serve", "enterprise"), facts.offering.category != "aggregator"]
    )


def retention_is_short(facts: Facts) -> Verdict:
    cell = facts.cell("retention_zdr")
    short: Truth = None
    not_refused: Truth = None
    if cell is not None and facts.evidence("retention_zdr", cell) and facts.documented("retention_zdr") is not None:
        days = facts.fact(cell, "retention_days")
        short = days <= 30 if isinstance(days, int) and facts.names() else None
        not_refused = cell.value != "no" if facts.reaches(cell) else None
    return finish("retention-is-short", [either(facts.covered("retention_zdr"), short), not_refused])


def credentials_are_never_sent(facts: Facts) -> Verdict:
    return finish("credentials-are-never-sent", ["credentials" not in facts.usage.data])


def agreements_are_not_about_to_end(facts: Facts) -> Verdict:
    usage = facts.usage
    if "phi" not in usage.data or usage.environment != "production":
        return not_applicable("agreements-are-not-about-to-end", "warning")

    def lasts(kind: str) -> Truth:
        agreement = facts.agreement(kind)
        if agreement is None or isinstance(agreement.expires, UnsetType):
            return None
        return (agreement.expires - facts.today).days >= 90

    cell = facts.cell("hipaa_baa")
    fresh: Truth = None
    if cell is not None and facts.reaches(cell) and cell.verified is not None and cell.verified <= facts.today:
        fresh = (facts.today - cell.verified).days <= 365
    return finish("agreements-are-not-about-to-end", [lasts("baa"), lasts("zdr"), fresh], "warning", "warn")


def routes_are_pinned(facts: Facts) -> Verdict:
    usage = facts.usage
    if "phi" not in usage.data:
        return not_applicable("routes-are-pinned")
    fallbacks = [one if isinstance(one, str) else one.offering for one in usage.fallbacks]
    models: Truth = None
    if not isinstance(usage.models, UnsetType):
        models = all(fnmatchcase(model, "gpt-5*") or fnmatchcase(model, "*claude*") for model in usage.models)
    endpoints: Truth = None
    if not isinstance(usage.endpoints, UnsetType):
        endpoints = REVIEWED_ENDPOINTS.issuperset(usage.endpoints)
    return finish("routes-are-pinned", [usage.via is None, REVIEWED_ROUTES.issuperset(fallbacks), models, endpoints])


def eu_ai_act_obligations(facts: Facts) -> Verdict:
    usage = facts.usage
    if usage.environment == "development":
        return not_applicable("eu-ai-act-obligations", "warning")
    resident: Truth = True
    if isinstance(usage.subjects, UnsetType):
        resident = facts.covered("data_residency") or None
    elif "de" in usage.subjects:
        resident = facts.covered("data_residency")
    severity = "warning"  # as written, and at most this until it is enforced
    return finish(
        "eu-ai-act-obligations", [facts.covered("gpai_cop"), facts.covered("art53_summary"), resident], severity, "warn"
    )


POLICIES: tuple[Callable[[Facts], Verdict], ...] = (
    phi_needs_baa_and_zdr,
    phi_stays_in_the_country,
    personal_data_needs_dpa,
    no_training_on_our_data,
    regulated_data_stays_off_previews,
    production_needs_an_audited_vendor,
    production_is_paid_for,
    retention_is_short,
    credentials_are_never_sent,
    agreements_are_not_about_to_end,
    routes_are_pinned,
    eu_ai_act_obligations,
)


def judge_facts(facts: Facts) -> list[Verdict]:
    """Every policy on one usage."""
    return [policy(facts) for policy in POLICIES]


def judge(usage: Usage, offering: Offering, agreements: tuple[Agreement, ...], today: datetime.date) -> list[Verdict]:
    """Every policy on one usage."""
    return judge_facts(Facts(usage, offering, agreements, today))
