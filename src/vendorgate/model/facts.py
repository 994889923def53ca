"""The common names of facts: what each is called, which values it takes, and what it means.

One table: the check of every cell that is loaded, the types of policies, the published schema of an offering, the page
of the documentation and the order in which facts are shown are made from it. Other names stay allowed, and nothing is
known of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, Literal, Union

import msgspec

from .vocabulary import COUNTRIES, Dimension

ValueKind = Literal["amount", "count", "flag", "country", "modules", "text"]
"""What one value a fact takes."""
ListingKind = Literal["countries", "certifications"]
"""What a fact lists names of."""
FactKind = Literal["amount", "count", "flag", "country", "modules", "text", "countries", "certifications"]
"""What a fact is: one value, or a listing."""


class CommonFact(msgspec.Struct, frozen=True):
    """What a common name of a fact stands for."""

    kind: FactKind
    """What values it takes."""
    meaning: str
    """In one line, for people."""
    homes: tuple[Dimension, ...]
    """The dimensions whose cells state it, the first where the source leaves the choice."""
    unit: str = ""
    """Of a number: what it counts."""


class FactListing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names out of a closed list, which rules ask for one by one; of one that is not there nothing is known, unless the
    vendor says that the list is complete."""

    names: tuple[str, ...]
    """Those that the vendor lists."""
    complete: Union[bool, None] = False
    """Whether the vendor itself says that there are no others."""


CERTIFICATIONS: Final[Mapping[str, str]] = {
    "soc_1": "SOC 1",
    "soc_2": "SOC 2, the type not said",
    "soc_2_type_1": "SOC 2 Type I",
    "soc_2_type_2": "SOC 2 Type II",
    "soc_3": "SOC 3",
    "iso_9001": "ISO 9001, quality management",
    "iso_20000_1": "ISO/IEC 20000-1, service management",
    "iso_22301": "ISO 22301, business continuity",
    "iso_27001": "ISO/IEC 27001, information security",
    "iso_27017": "ISO/IEC 27017, cloud security",
    "iso_27018": "ISO/IEC 27018, personal data in public clouds",
    "iso_27701": "ISO/IEC 27701, privacy information",
    "iso_42001": "ISO/IEC 42001, AI management",
    "pci_dss": "PCI DSS, payment cards",
    "hitrust": "HITRUST CSF, health",
    "fedramp": "FedRAMP, the level not said",
    "fedramp_low": "FedRAMP Low",
    "fedramp_moderate": "FedRAMP Moderate",
    "fedramp_high": "FedRAMP High",
    "stateramp": "StateRAMP (GovRAMP), US states",
    "dod_il2": "US Department of Defense, impact level 2",
    "dod_il4": "US Department of Defense, impact level 4",
    "dod_il5": "US Department of Defense, impact level 5",
    "dod_il6": "US Department of Defense, impact level 6",
    "cmmc": "CMMC, US defence suppliers",
    "cjis": "CJIS, US criminal justice",
    "csa_star": "CSA STAR",
    "c5": "C5, Germany",
    "ens": "ENS, Spain",
    "cyber_essentials": "Cyber Essentials, United Kingdom",
    "cyber_essentials_plus": "Cyber Essentials Plus, United Kingdom",
    "irap": "IRAP, Australia",
    "ismap": "ISMAP, Japan",
    "isms_p": "ISMS-P, Korea",
    "mtcs": "MTCS, Singapore",
    "tisax": "TISAX, the car industry",
    "hds": "HDS, health data in France",
    "nen_7510": "NEN 7510, health data in the Netherlands",
}
"""Attestations that a vendor can list, and what people call them. The list is closed: HIPAA and the GDPR certify
nobody, and what is in progress is not listed."""
LISTED: Final[Mapping[ListingKind, Collection[str]]] = {
    "countries": COUNTRIES,
    "certifications": tuple(CERTIFICATIONS),
}
"""Of each kind of listing: the names that can stand in it."""
MODULES: Final = (1, 2, 3, 4)
"""Of the standard contractual clauses (Commission Implementing Decision (EU) 2021/914)."""

COMMON_FACTS: Final[Mapping[str, CommonFact]] = {
    "retention_days": CommonFact(
        "amount", "how long prompts and outputs are kept when nothing is arranged", ("retention_zdr",), "days"
    ),
    "human_review": CommonFact(
        "flag",
        "whether people at the vendor may read prompts or outputs",
        ("retention_zdr", "training_on_customer_data"),
    ),
    "customer_managed_keys": CommonFact(
        "flag",
        "whether what is stored can be encrypted with the customer's own keys",
        ("retention_zdr", "data_residency"),
    ),
    "trains_by_default": CommonFact(
        "flag", "whether the vendor trains on what customers send unless they act", ("training_on_customer_data",)
    ),
    "opt_out": CommonFact("flag", "whether there is a way to opt out of training", ("training_on_customer_data",)),
    "opt_out_by": CommonFact("text", "how customers opt out of training, in words", ("training_on_customer_data",)),
    "hosting_countries": CommonFact(
        "countries", "the countries in which the vendor says that it hosts", ("data_residency",)
    ),
    "headquarters_country": CommonFact("country", "the country of the party that contracts", ("gdpr_dpa",)),
    "certifications_listed": CommonFact(
        "certifications", "the certifications that the vendor lists", ("trust_center",)
    ),
    "subprocessor_notice_days": CommonFact(
        "count", "how long before a new sub-processor is used customers are told", ("gdpr_dpa",), "days"
    ),
    "breach_notice_hours": CommonFact(
        "count", "how soon after a breach customers are told, at the latest", ("gdpr_dpa",), "hours"
    ),
    "sccs": CommonFact("flag", "whether the EU standard contractual clauses are part of the terms", ("gdpr_dpa",)),
    "scc_modules": CommonFact("modules", "which modules of the standard contractual clauses", ("gdpr_dpa",)),
    "sccs_note": CommonFact("text", "what else is to be known of the clauses, in words", ("gdpr_dpa",)),
    "dpf": CommonFact("flag", "whether the vendor is certified under the EU-US Data Privacy Framework", ("gdpr_dpa",)),
    "signature_needed": CommonFact("flag", "whether both parties must sign for the agreement to apply", ("gdpr_dpa",)),
    "deprecation_notice_days": CommonFact(
        "count", "how long before a model is shut down customers are told", ("trust_center",), "days"
    ),
    "ip_indemnity": CommonFact(
        "flag", "whether the vendor indemnifies customers against claims over outputs", ("training_on_customer_data",)
    ),
}
"""By name, in the order in which facts are shown."""
LISTINGS: Final[Mapping[str, ListingKind]] = {
    name: fact.kind for name, fact in COMMON_FACTS.items() if fact.kind == "countries" or fact.kind == "certifications"
}
"""Facts that list names: which kind of name."""
NOTE: Final = "_note"
"""What a common name ends in where its value is told in words."""


def names_listed_in(fact: str) -> Collection[str]:
    """The names that can stand in a listing."""
    return LISTED[LISTINGS[fact]]


def listed_name(path: str) -> tuple[str, str] | None:
    """The listing and the name in it that a path of a rule asks for; None where it asks for something else."""
    root, *steps = path.split(".")
    if root != "registry" or len(steps) != 4 or steps[1] != "facts" or steps[2] not in LISTINGS:
        return None
    return steps[2], steps[3]


def in_fact_order(names: Collection[str]) -> list[str]:
    """Names of facts as they are shown: the common ones first, in their order, then the others by name."""
    common = [name for name in COMMON_FACTS if name in names]
    return [*common, *sorted(set(names).difference(common))]
