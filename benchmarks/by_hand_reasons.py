"""Why a requirement of `by_hand` is not met: each step of coverage, each name outside, each condition, nested.

One function for each requirement, called only where it is not met, as vendorgate builds reasons.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import NamedTuple

from msgspec import UnsetType

from by_hand import (
    MAX_AGE,
    MAX_AGE_ELSE,
    OUTWARD,
    REVIEWED_ENDPOINTS,
    REVIEWED_ROUTES,
    TIERS,
    Facts,
    Verdict,
    judge_facts,
    named,
    reached,
)
from by_hand_conditions import (
    CONDITIONS,
    Truth,
    bedrock_training,
    deployed_within,
    models_of_the_region,
    no_phi_in_schemas,
    not_everywhere,
    nothing_is_kept_abroad,
    nothing_is_resumed,
    nothing_is_stored,
    profile_within,
    subset,
)
from vendorgate.model.agreement import Agreement
from vendorgate.model.manifest import Usage
from vendorgate.model.registry import CellFile, Offering, Reach


class Reason(NamedTuple):
    """One step that is not met, what would change it, and what led to it."""

    message: str
    remedy: str = ""
    reasons: tuple[Reason, ...] = ()


Why = Callable[[Facts], list[Reason]]


class Explained(NamedTuple):
    """A verdict, and for each requirement that is not met its message and reasons."""

    verdict: Verdict
    why: list[tuple[str, list[Reason]]]


def says(message: str, remedy: str = "") -> Why:
    return lambda facts: [Reason(message, remedy)]


def agreement(kind: str) -> Why:
    def why(facts: Facts) -> list[Reason]:
        if facts.agreement(kind) is not None:
            return []
        listed = [f"{one.status}, until {one.expires}" for one in facts.agreements if one.kind == kind]
        state = "; ".join(listed) or "the register lists none for this offering and project"
        return [Reason(f"agreement `{kind}` is not in force: {state}", f"bring `{kind}` into force")]

    return why


def setting(name: str, wanted: bool | str) -> Why:
    def why(facts: Facts) -> list[Reason]:
        value = facts.setting(name)
        if value is None:
            return [Reason(f"`settings.{name}` is not declared", f"declare `settings.{name}`")]
        return [] if value == wanted else [Reason(f"settings.{name} is {value}, not {wanted}")]

    return why


def outside(
    noun: str, reach: Reach | None, names: tuple[str, ...] | None, listed: tuple[str, ...] | None
) -> list[Reason]:
    if reach is None:
        return []
    if names is None:
        return [Reason(f"its scope names {noun}s, and the usage declares none", f"declare {noun}s")]
    found = []
    for name in names:
        truth = reached(reach, (name,), listed)
        if truth is False:
            excluded = reach.excluded is not None and named(name, reach.excluded)
            remedy = f"instead of `{name}` use {', '.join(reach.only)}" if reach.only else f"do without `{name}`"
            where = "excluded from" if excluded else "outside"
            found.append(Reason(f"{noun} `{name}` is {where} the documented scope", remedy))
        elif truth is None:
            found.append(Reason(f"{noun} `{name}` is not known to the offering", f"check the spelling of `{name}`"))
    return found


def scope(facts: Facts, cell: CellFile) -> list[Reason]:
    if cell.scope is None:
        return []
    usage, offering, reach = facts.usage, facts.offering, cell.scope
    region = None if isinstance(usage.region, UnsetType) else (usage.region,)
    cloud = None if isinstance(usage.cloud_region, UnsetType) else (usage.cloud_region,)
    endpoints = None if isinstance(usage.endpoints, UnsetType) else usage.endpoints
    models = None if isinstance(usage.models, UnsetType) else usage.models
    return [
        *outside("endpoint", reach.endpoints, endpoints, offering.endpoints or ()),
        *outside("model", reach.models, models, offering.models or ()),
        *outside("region", reach.regions, region, None),
        *outside("cloud region", reach.cloud_regions, cloud, None),
        *outside("feature", reach.features, usage.features, offering.features or ()),
        *outside("lifecycle", reach.lifecycle, (usage.lifecycle,), None),
    ]


def evidence(facts: Facts, dimension: str, cell: CellFile) -> list[Reason]:
    if facts.evidence(dimension, cell):
        return []
    if cell.verified is None:
        return [Reason("the evidence has no day of verification")]
    age, most = (facts.today - cell.verified).days, MAX_AGE.get(dimension, MAX_AGE_ELSE)
    return [Reason(f"verified on {cell.verified}, {age} days ago of {most}, confidence {cell.confidence}")]


def strangers(facts: Facts) -> list[Reason]:
    listed, models = facts.offering.models, facts.usage.models
    if not listed or isinstance(models, UnsetType):
        return []
    strange = [name for name in models if not named(name, listed)]
    return [Reason(f"model `{name}` is none that the offering lists", f"replace `{name}`") for name in strange]


def covered(dimension: str) -> Why:
    """The six steps; nothing where a dimension is covered."""

    def why(facts: Facts) -> list[Reason]:
        if facts.covered(dimension) is True:
            return []
        cell = facts.cell(dimension)
        if cell is None:
            return [Reason(f"the registry states nothing about {dimension}")]
        found = strangers(facts)
        if not facts.grade(cell):
            found.append(Reason(f"graded `{cell.value}`"))
        found += evidence(facts, dimension, cell)
        if cell.tier is not None and TIERS[facts.usage.tier] < TIERS[cell.tier]:
            found.append(Reason(f"offered from tier `{cell.tier}`", f"move to tier `{cell.tier}` or above"))
        found += scope(facts, cell)
        conditions = CONDITIONS.get((facts.offering.id, dimension))
        if conditions is not None and conditions(facts) is not True:
            for words, nested in CONDITION_WHY[facts.offering.id, dimension]:
                reasons = nested(facts)
                if reasons:
                    found.append(Reason(f"condition not met: {words}", "", tuple(reasons)))
        return found

    return why


def nested_coverage(dimension: str) -> Why:
    steps = covered(dimension)

    def why(facts: Facts) -> list[Reason]:
        reasons = steps(facts)
        return [Reason(f"{dimension} is not covered", "", tuple(reasons))] if reasons else []

    return why


def live_search(facts: Facts) -> list[Reason]:
    if "web_search" not in facts.usage.features:
        return []
    found = setting("external_web_access", False)(facts)
    if subset(facts.usage.endpoints, ("responses",)) is not True:
        found = [*found, Reason("usage.endpoints has others than responses", "search by `responses` alone")]
    features = Reason(f"usage.features is {', '.join(facts.usage.features)}", "do without `web_search`")
    return [features, *found] if found else []


def another_host(facts: Facts) -> list[Reason]:
    region = facts.usage.region
    if isinstance(region, UnsetType):
        return [Reason("`region` is not declared", "declare `region`")]
    return list(setting("endpoint_location", region)(facts))


def kept_abroad(facts: Facts) -> list[Reason]:
    region = facts.usage.region
    if nothing_is_kept_abroad(facts) is True:
        return []
    words = "`region` is not declared" if isinstance(region, UnsetType) else f"usage.region is `{region}`"
    return [Reason(words, "declare `region`"), *nested_coverage("retention_zdr")(facts)]


def unless(holds: Callable[[Facts], Truth], fields: tuple[str, ...], settings: tuple[str, ...] = ()) -> Why:
    """What a condition read that is not met: declared fields and settings, each with its value."""

    def why(facts: Facts) -> list[Reason]:
        if holds(facts) is True:
            return []
        found = []
        for name in fields:
            value: object = getattr(facts.usage, name)
            if isinstance(value, UnsetType):
                found.append(Reason(f"`{name}` is not declared", f"declare `{name}`"))
            else:
                shown = ", ".join(value) if isinstance(value, tuple) else value
                found.append(Reason(f"usage.{name} is {shown}"))
        for name in settings:
            value = facts.setting(name)
            if value is None:
                found.append(Reason(f"`settings.{name}` is not declared", f"declare `settings.{name}`"))
            else:
                found.append(Reason(f"settings.{name} is {value}"))
        return found

    return why


IN_FORCE = {kind: (f"an agreement `{kind}` is in force", agreement(kind)) for kind in ("baa", "dpa", "zdr", "nda")}
SHARING = ("data sharing is off", setting("data_sharing", False))
RETENTION = ("zero data retention is on", setting("zero_data_retention", True))
BILLED = ("the project is billed", setting("billing", True))
EVERYWHERE = ("the region is not everywhere", unless(not_everywhere, ("region",)))
CONDITION_WHY: dict[tuple[str, str], tuple[tuple[str, Why], ...]] = {
    ("openai-api", "hipaa_baa"): (
        IN_FORCE["baa"],
        ("retention_zdr is covered", nested_coverage("retention_zdr")),
        ("no web_search, or without live internet access", live_search),
    ),
    ("openai-api", "gdpr_dpa"): (IN_FORCE["dpa"],),
    ("openai-api", "training_on_customer_data"): (SHARING,),
    ("openai-api", "retention_zdr"): (IN_FORCE["zdr"], RETENTION),
    ("openai-api", "data_residency"): (
        ("the region's own host is called", another_host),
        ("an agreement `residency` is in force", agreement("residency")),
        ("region us, or retention_zdr", kept_abroad),
        ("models of the region", unless(models_of_the_region, ("region", "models", "endpoints", "features"))),
    ),
    ("anthropic-api", "hipaa_baa"): (
        IN_FORCE["baa"],
        ("HIPAA readiness is on", setting("hipaa_readiness", True)),
        ("no PHI in schemas", unless(no_phi_in_schemas, ("features",), ("phi_in_schemas",))),
    ),
    ("anthropic-api", "retention_zdr"): (IN_FORCE["zdr"], RETENTION),
    ("anthropic-api", "data_residency"): (
        ("inference stays in the US", setting("inference_geo", "us")),
        ("the workspace stays in the US", setting("workspace_geo", "us")),
    ),
    ("anthropic-api", "training_on_customer_data"): (SHARING,),
    ("anthropic-api", "soc2_type2"): (IN_FORCE["nda"],),
    ("azure-openai", "hipaa_baa"): (IN_FORCE["baa"],),
    ("azure-openai", "retention_zdr"): (IN_FORCE["zdr"], ("no content is logged", setting("content_logging", False))),
    ("azure-openai", "data_residency"): (
        EVERYWHERE,
        ("the deployment stays within", unless(deployed_within, ("region",), ("deployment_type",))),
    ),
    ("claude-bedrock", "hipaa_baa"): (IN_FORCE["baa"],),
    ("claude-bedrock", "retention_zdr"): (
        ("nothing is kept", setting("data_retention_mode", "none")),
        ("calls are not logged", setting("model_invocation_logging", False)),
    ),
    ("claude-bedrock", "data_residency"): (
        EVERYWHERE,
        ("the profile stays within", unless(profile_within, ("region",), ("inference_profile",))),
    ),
    ("claude-bedrock", "training_on_customer_data"): (
        ("a mode that does not share", unless(bedrock_training, (), ("data_retention_mode",))),
    ),
    ("gemini-api", "retention_zdr"): (
        IN_FORCE["zdr"],
        RETENTION,
        ("nothing is stored", unless(nothing_is_stored, ("endpoints",), ("store",))),
        ("no session is resumed", unless(nothing_is_resumed, ("endpoints",), ("session_resumption",))),
    ),
    ("gemini-api", "gdpr_dpa"): (BILLED,),
    ("gemini-api", "training_on_customer_data"): (BILLED, SHARING),
}
"""By offering and dimension: each condition in words, and what finds its reasons; none where it is met."""


def short_retention(facts: Facts) -> list[Reason]:
    return [*nested_coverage("retention_zdr")(facts), Reason("retention_days is more than 30 or not known")]


def ends_soon(kind: str) -> Why:
    def why(facts: Facts) -> list[Reason]:
        current = facts.agreement(kind)
        if current is None or isinstance(current.expires, UnsetType):
            return [Reason(f"no agreement `{kind}` in force states expires")]
        return [Reason(f"agreements.{kind}.expires is {current.expires}")]

    return why


def declared(name: str, reviewed: frozenset[str]) -> Why:
    def why(facts: Facts) -> list[Reason]:
        value: tuple[str, ...] | UnsetType = getattr(facts.usage, name)
        if isinstance(value, UnsetType):
            return [Reason(f"`{name}` is not declared", f"declare `{name}`")]
        return [Reason(f"usage.{name} is {', '.join(value)}, not among {', '.join(sorted(reviewed))}")]

    return why


WHY: dict[str, tuple[tuple[str, Why], ...]] = {
    "phi-needs-baa-and-zdr": (
        ("hipaa_baa is not covered", covered("hipaa_baa")),
        ("retention_zdr is not covered", covered("retention_zdr")),
        ("Data sharing must be off for PHI", setting("data_sharing", False)),
    ),
    "phi-stays-in-the-country": (
        ("usage.region lies within us", lambda facts: [Reason(f"usage.region is {facts.usage.region}")]),
        ("data_residency is not covered", covered("data_residency")),
    ),
    "personal-data-needs-dpa": (
        ("gdpr_dpa is not covered", covered("gdpr_dpa")),
        ("no agreement `dpa` is in force", agreement("dpa")),
    ),
    "no-training-on-our-data": (("training is not ruled out", covered("training_on_customer_data")),),
    "regulated-data-stays-off-previews": (
        (
            "only generally available models, endpoints and features",
            lambda facts: [Reason(f"usage.lifecycle is {facts.usage.lifecycle}")],
        ),
        ("no features that reach outside", declared("features", OUTWARD)),
    ),
    "production-needs-an-audited-vendor": (
        ("soc2_type2 is not covered", covered("soc2_type2")),
        ("iso_27001 is not covered", covered("iso_27001")),
        ("trust_center is not documented", covered("trust_center")),
    ),
    "production-is-paid-for": (
        ("a tier with commitments", lambda facts: [Reason(f"usage.tier is {facts.usage.tier}")]),
        ("no aggregator", says("offering.category is aggregator")),
    ),
    "retention-is-short": (
        ("zero retention, or 30 days at most", short_retention),
        ("retention_zdr is not refused", says("registry.retention_zdr.value is `no` or not known")),
    ),
    "credentials-are-never-sent": (("no credentials", says("usage.data has credentials")),),
    "agreements-are-not-about-to-end": (
        ("the BAA lasts another 90 days", ends_soon("baa")),
        ("the ZDR amendment lasts another 90 days", ends_soon("zdr")),
        ("hipaa_baa was verified within a year", says("registry.hipaa_baa.verified is too old or not known")),
    ),
    "routes-are-pinned": (
        ("no gateway", says("usage.via is set")),
        ("reviewed fallbacks only", declared("fallbacks", REVIEWED_ROUTES)),
        ("reviewed models only", declared("models", frozenset(("gpt-5*", "*claude*")))),
        ("reviewed endpoints only", declared("endpoints", REVIEWED_ENDPOINTS)),
    ),
    "eu-ai-act-obligations": (
        ("gpai_cop is not covered", covered("gpai_cop")),
        ("art53_summary is not covered", covered("art53_summary")),
        ("data_residency is not covered", covered("data_residency")),
    ),
}
"""Of each policy, the words for each requirement that is not met, and what finds its reasons."""


def explain(verdict: Verdict, facts: Facts) -> Explained:
    """The reasons of every requirement that is not met."""
    unmet: list[tuple[str, list[Reason]]] = []
    truth: Truth
    for truth, (words, why) in zip(verdict.requirements, WHY[verdict.policy], strict=False):
        if truth is not True:
            unmet.append((words, why(facts)))
    return Explained(verdict, unmet)


def judge_and_explain(
    usage: Usage, offering: Offering, agreements: tuple[Agreement, ...], today: datetime.date
) -> list[Explained]:
    """Every policy on one usage, with reasons."""
    facts = Facts(usage, offering, agreements, today)
    return [explain(verdict, facts) for verdict in judge_facts(facts)]
