"""The policies of `bundle/` as plain two-valued JSON Logic, for an engine that knows nothing of registries.

Coverage, agreements and days arrive as facts worked out beforehand; unknown is null, which is not true.
"""

from __future__ import annotations

import datetime
from typing import Any

from msgspec import UnsetType

from vendorgate.evaluate.case import Case
from vendorgate.logic import Unknown
from vendorgate.model.subject import Subject
from vendorgate.model.vocabulary import AGREEMENT_KINDS, DIMENSIONS


def var(path: str) -> dict[str, Any]:
    return {"var": path}


def covered(dimension: str) -> dict[str, Any]:
    return {"===": [var(f"covered.{dimension}"), True]}


def disjoint(path: str, words: list[str]) -> dict[str, Any]:
    return {"none": [var(path), {"in": [var(""), words]}]}


def subset(path: str, words: list[str]) -> dict[str, Any]:
    return {"none": [var(path), {"!": {"in": [var(""), words]}}]}


PHI = {"in": ["phi", var("usage.data")]}
PRODUCTION = {"==": [var("usage.environment"), "production"]}
PERSONAL = ["pii", "phi", "special_category", "children", "biometric"]
REGULATED = ["phi", "pci", "special_category", "children", "biometric", "financial", "credentials"]

RULES: dict[str, tuple[Any, list[Any]]] = {
    "phi-needs-baa-and-zdr": (
        PHI,
        [covered("hipaa_baa"), covered("retention_zdr"), {"===": [var("usage.settings.data_sharing"), False]}],
    ),
    "phi-stays-in-the-country": (PHI, [{"==": [var("usage.region"), "us"]}, covered("data_residency")]),
    "personal-data-needs-dpa": (
        {"!": disjoint("usage.data", PERSONAL)},
        [covered("gdpr_dpa"), var("in_force.dpa")],
    ),
    "no-training-on-our-data": (
        {"!": subset("usage.data", ["public", "synthetic"])},
        [covered("training_on_customer_data")],
    ),
    "regulated-data-stays-off-previews": (
        {"!": disjoint("usage.data", REGULATED)},
        [{"==": [var("usage.lifecycle"), "ga"]}, disjoint("usage.features", ["web_search", "computer_use", "mcp"])],
    ),
    "production-needs-an-audited-vendor": (
        PRODUCTION,
        [covered("soc2_type2"), covered("iso_27001"), {"===": [var("documented.trust_center"), True]}],
    ),
    "production-is-paid-for": (
        PRODUCTION,
        [{"in": [var("usage.tier"), ["self_serve", "enterprise"]]}, {"!=": [var("offering.category"), "aggregator"]}],
    ),
    "retention-is-short": (
        True,
        [
            {"or": [covered("retention_zdr"), {"<=": [var("registry.retention_zdr.retention_days"), 30]}]},
            {"!=": [var("registry.retention_zdr.value"), "no"]},
        ],
    ),
    "credentials-are-never-sent": (True, [disjoint("usage.data", ["credentials"])]),
    "agreements-are-not-about-to-end": (
        {"and": [PHI, PRODUCTION]},
        [
            {"and": [var("in_force.baa"), {">=": [var("days_until.baa"), 90]}]},
            {"and": [var("in_force.zdr"), {">=": [var("days_until.zdr"), 90]}]},
            {"<=": [var("registry.hipaa_baa.days_since"), 365]},
        ],
    ),
    "routes-are-pinned": (
        PHI,
        [
            {"==": [var("usage.via"), None]},
            subset("usage.fallbacks", ["azure-openai", "claude-bedrock"]),
            {"all": [var("usage.models"), {"or": [{"starts_with": [var(""), "gpt-5"]}, {"in": ["claude", var("")]}]}]},
            subset("usage.endpoints", ["responses", "chat completions", "messages", "converse", "embeddings"]),
        ],
    ),
    "eu-ai-act-obligations": (
        {"!=": [var("usage.environment"), "development"]},
        [
            covered("gpai_cop"),
            covered("art53_summary"),
            {"if": [{"in": ["de", var("usage.subjects")]}, covered("data_residency"), True]},
        ],
    ),
}
"""Of each policy, when it applies and what it requires."""


def facts_of(subject: Subject, case: Case) -> dict[str, Any]:
    """What the rules read, with everything that JSON Logic cannot work out itself already worked out."""
    facts: dict[str, Any] = {"usage": {"settings": {}}, "offering": {}, "project": {}}
    for path, value in subject.stated.items():
        *folders, name = path.split(".")
        here = facts
        for folder in folders:
            here = here.setdefault(folder, {})
        here[name] = value
    known = {name: case.covered(name) for name in DIMENSIONS}
    facts["covered"] = {name: None if isinstance(value, Unknown) else value for name, value in known.items()}
    facts["documented"] = {"trust_center": case.documented("trust_center") is True}
    facts["in_force"] = {kind: case.in_force(kind) for kind in AGREEMENT_KINDS}
    facts["days_until"] = {}
    for kind in ("baa", "zdr"):
        agreement = case.agreement(kind)
        if agreement is not None and not isinstance(agreement.expires, UnsetType):
            facts["days_until"][kind] = (agreement.expires - case.as_of).days
    grade = case.registry("retention_zdr", "value", [])
    days = case.registry("retention_zdr", "facts", ["retention_days"])
    verified = case.registry("hipaa_baa", "verified", [])
    # What is not known must make no rule true, and a null would: it counts as 0, and is not `no`.
    facts["registry"] = {
        "retention_zdr": {
            "value": "no" if isinstance(grade, Unknown) else grade,
            "retention_days": "not known" if isinstance(days, Unknown) else days,
        },
        "hipaa_baa": {"days_since": "not known"},
    }
    if isinstance(verified, str):
        facts["registry"]["hipaa_baa"]["days_since"] = (case.as_of - datetime.date.fromisoformat(verified)).days
    return facts
