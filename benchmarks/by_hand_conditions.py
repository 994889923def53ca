"""The conditions of five offerings as Python functions, for `by_hand`: whether each commitment applies to a usage."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import UnsetType

if TYPE_CHECKING:
    from by_hand import Facts

Truth = bool | None


def both(*truths: Truth) -> Truth:
    """Three-valued and."""
    if False in truths:
        return False
    return None if None in truths else True


def either(*truths: Truth) -> Truth:
    """Three-valued or."""
    if True in truths:
        return True
    return None if None in truths else False


def subset(names: tuple[str, ...] | UnsetType, whole: tuple[str, ...], *, apart: bool = False) -> Truth:
    """Whether all names are among some, or, `apart`, none of them; unknown where nothing is declared."""
    if isinstance(names, UnsetType):
        return None
    return set(whole).isdisjoint(names) if apart else set(names) <= set(whole)


def states(facts: Facts, name: str, wanted: object) -> Truth:
    """Whether a setting is declared so."""
    value = facts.setting(name)
    return None if value is None else value == wanted


def one_of(facts: Facts, name: str, wanted: tuple[str, ...]) -> Truth:
    value = facts.setting(name)
    return None if value is None else value in wanted


def begins_so(names: tuple[str, ...] | UnsetType, beginnings: tuple[str, ...]) -> Truth:
    """Whether any name begins in one of some ways."""
    return None if isinstance(names, UnsetType) else any(name.startswith(beginnings) for name in names)


def opposite(truth: Truth) -> Truth:
    return None if truth is None else not truth


def host_of_the_region(facts: Facts) -> Truth:
    host, region = facts.setting("endpoint_location"), facts.usage.region
    return None if host is None or isinstance(region, UnsetType) else host == region


def live_search_is_off(facts: Facts) -> Truth:
    if "web_search" not in facts.usage.features:
        return True
    return both(states(facts, "external_web_access", False), subset(facts.usage.endpoints, ("responses",)))


def nothing_is_kept_abroad(facts: Facts) -> Truth:
    usage = facts.usage
    pictures = both(
        subset(usage.endpoints, ("images", "image edits"), apart=True),
        {"image_generation", "image_input"}.isdisjoint(usage.features),
    )
    return either(
        None if isinstance(usage.region, UnsetType) else usage.region == "us",
        both(
            facts.covered("retention_zdr"),
            {"background_mode", "extended_prompt_caching"}.isdisjoint(usage.features),
            either(states(facts, "enhanced_abuse_controls", True), pictures),
        ),
    )


AE_MODELS = (
    "gpt-5.6-luna",
    "gpt-5.5-2026-04-23",
    "gpt-5.5-pro-2026-04-23",
    "gpt-5.2-2025-12-11",
    "text-embedding-3-large",
)


def models_of_the_region(facts: Facts) -> Truth:
    usage = facts.usage
    unset = isinstance(usage.region, UnsetType)
    home = None if unset else usage.region in ("us", "eu")
    emirates = None if unset else usage.region == "ae"
    return both(
        either(home, subset(usage.endpoints, ("evals", "realtime"), apart=True)),
        either(
            home,
            both(emirates, subset(usage.models, AE_MODELS)),
            opposite(begins_so(usage.models, ("gpt-5.5", "gpt-5.6", "gpt-6"))),
        ),
        either(
            None if unset else usage.region != "eu",
            {"batch_processing", "flex_processing", "priority_processing"}.isdisjoint(usage.features),
            opposite(begins_so(usage.models, ("gpt-6-sol", "gpt-6-luna"))),
        ),
    )


def openai_residency(facts: Facts) -> Truth:
    return both(
        host_of_the_region(facts),
        facts.agreement("residency") is not None,
        nothing_is_kept_abroad(facts),
        models_of_the_region(facts),
    )


def openai_hipaa(facts: Facts) -> Truth:
    return both(facts.agreement("baa") is not None, facts.covered("retention_zdr"), live_search_is_off(facts))


def zero_retention(facts: Facts) -> Truth:
    return both(facts.agreement("zdr") is not None, states(facts, "zero_data_retention", True))


def dpa(facts: Facts) -> Truth:
    return facts.agreement("dpa") is not None


def baa(facts: Facts) -> Truth:
    return facts.agreement("baa") is not None


def nda(facts: Facts) -> Truth:
    return facts.agreement("nda") is not None


def sharing_is_off(facts: Facts) -> Truth:
    return states(facts, "data_sharing", False)


def no_phi_in_schemas(facts: Facts) -> Truth:
    return either("structured_outputs" not in facts.usage.features, states(facts, "phi_in_schemas", False))


def anthropic_hipaa(facts: Facts) -> Truth:
    return both(baa(facts), states(facts, "hipaa_readiness", True), no_phi_in_schemas(facts))


def anthropic_residency(facts: Facts) -> Truth:
    return both(states(facts, "inference_geo", "us"), states(facts, "workspace_geo", "us"))


def azure_retention(facts: Facts) -> Truth:
    return both(facts.agreement("zdr") is not None, states(facts, "content_logging", False))


REGIONAL = ("Standard", "ProvisionedManaged")
ZONAL = ("DataZoneStandard", "DataZoneProvisionedManaged", "DataZoneBatch")


def deployed_within(facts: Facts) -> Truth:
    region = facts.usage.region
    home = None if isinstance(region, UnsetType) else region in ("us", "eu")
    return either(one_of(facts, "deployment_type", REGIONAL), both(one_of(facts, "deployment_type", ZONAL), home))


def not_everywhere(facts: Facts) -> Truth:
    region = facts.usage.region
    return None if isinstance(region, UnsetType) else region != "global"


def azure_residency(facts: Facts) -> Truth:
    return both(not_everywhere(facts), deployed_within(facts))


def bedrock_retention(facts: Facts) -> Truth:
    return both(states(facts, "data_retention_mode", "none"), states(facts, "model_invocation_logging", False))


def profile_within(facts: Facts) -> Truth:
    profile, region = facts.setting("inference_profile"), facts.usage.region
    same = None if profile is None or isinstance(region, UnsetType) else profile == region
    within = one_of(facts, "inference_profile", ("us", "eu", "jp", "au"))
    return either(states(facts, "inference_profile", "in_region"), both(within, same))


def bedrock_residency(facts: Facts) -> Truth:
    return both(not_everywhere(facts), profile_within(facts))


def bedrock_training(facts: Facts) -> Truth:
    return one_of(facts, "data_retention_mode", ("none", "default", "aws_review"))


STORING = ("generate content", "stream generate content", "batch generate content", "interactions", "chat completions")


def nothing_is_stored(facts: Facts) -> Truth:
    return either(subset(facts.usage.endpoints, STORING, apart=True), states(facts, "store", False))


def nothing_is_resumed(facts: Facts) -> Truth:
    return either(subset(facts.usage.endpoints, ("live",), apart=True), states(facts, "session_resumption", False))


def gemini_retention(facts: Facts) -> Truth:
    return both(zero_retention(facts), nothing_is_stored(facts), nothing_is_resumed(facts))


def is_billed(facts: Facts) -> Truth:
    return states(facts, "billing", True)


def gemini_training(facts: Facts) -> Truth:
    return both(is_billed(facts), sharing_is_off(facts))


CONDITIONS: dict[tuple[str, str], Callable[[Facts], Truth]] = {
    ("openai-api", "hipaa_baa"): openai_hipaa,
    ("openai-api", "gdpr_dpa"): dpa,
    ("openai-api", "training_on_customer_data"): sharing_is_off,
    ("openai-api", "retention_zdr"): zero_retention,
    ("openai-api", "data_residency"): openai_residency,
    ("anthropic-api", "hipaa_baa"): anthropic_hipaa,
    ("anthropic-api", "retention_zdr"): zero_retention,
    ("anthropic-api", "data_residency"): anthropic_residency,
    ("anthropic-api", "training_on_customer_data"): sharing_is_off,
    ("anthropic-api", "soc2_type2"): nda,
    ("azure-openai", "hipaa_baa"): baa,
    ("azure-openai", "retention_zdr"): azure_retention,
    ("azure-openai", "data_residency"): azure_residency,
    ("claude-bedrock", "hipaa_baa"): baa,
    ("claude-bedrock", "retention_zdr"): bedrock_retention,
    ("claude-bedrock", "data_residency"): bedrock_residency,
    ("claude-bedrock", "training_on_customer_data"): bedrock_training,
    ("gemini-api", "retention_zdr"): gemini_retention,
    ("gemini-api", "gdpr_dpa"): is_billed,
    ("gemini-api", "training_on_customer_data"): gemini_training,
}
"""By offering and dimension: what its cell's conditions come to."""
