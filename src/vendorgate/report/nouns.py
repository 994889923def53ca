"""What the words of policies are called in plain English.

In: paths and words. Out: nouns, untrusted parts as they are: escaping is the reports' business.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..model.facts import LISTINGS, ListingKind, listed_name

DIMENSIONS: Final[Mapping[str, tuple[str, str]]] = {
    "soc2_type2": ("the vendor", "a SOC 2 Type II report"),
    "iso_27001": ("the vendor", "an ISO/IEC 27001 certificate"),
    "iso_42001": ("the vendor", "an ISO/IEC 42001 certificate"),
    "trust_center": ("the vendor", "a trust centre"),
    "hipaa_baa": ("the vendor", "a HIPAA business associate agreement"),
    "gdpr_dpa": ("the vendor", "a data processing agreement"),
    "training_on_customer_data": ("the vendor", "that it does not train on customer data"),
    "retention_zdr": ("the vendor", "zero data retention"),
    "data_residency": ("the vendor", "where data stays"),
    "gpai_cop": ("the model's developer", "its signature under the EU code of practice for general-purpose AI"),
    "art53_summary": ("the model's developer", "a public summary of its training content"),
}
"""Who documents what."""
AGREEMENTS: Final[Mapping[str, tuple[str, str]]] = {
    "baa": ("business associate agreement (BAA)", "is"),
    "dpa": ("data processing agreement (DPA)", "is"),
    "zdr": ("zero-data-retention agreement (ZDR)", "is"),
    "scc": ("standard contractual clauses (SCC)", "are"),
    "enterprise": ("enterprise agreement", "is"),
    "nda": ("non-disclosure agreement (NDA)", "is"),
    "soc2_report": ("agreement on the SOC 2 report", "is"),
    "residency": ("residency agreement", "is"),
    "other": ("agreement of another kind", "is"),
}
"""Each with its verb."""


def agreement_noun(kind: str) -> tuple[str, str]:
    """What an agreement of a kind is called, and `is` or `are`; one that a bundle adds goes by its name."""
    return AGREEMENTS.get(kind, (f"agreement `{kind}`", "is"))


_PATHS: Final[Mapping[str, tuple[str, str]]] = {
    "usage.id": ("the usage's id", "is"),
    "usage.purpose": ("the purpose", "is"),
    "usage.offering": ("the offering", "is"),
    "usage.account": ("the account at the vendor", "is"),
    "usage.vendor": ("the name of the unlisted vendor", "is"),
    "usage.data": ("the data that is sent", "is"),
    "usage.subjects": ("the places of the people behind the data", "are"),
    "usage.region": ("the region that the account is pinned to", "is"),
    "usage.cloud_region": ("the platform's region", "is"),
    "usage.tier": ("the account's tier", "is"),
    "usage.environment": ("the environment", "is"),
    "usage.lifecycle": ("the maturity of what is used", "is"),
    "usage.endpoints": ("the endpoints", "are"),
    "usage.models": ("the models", "are"),
    "usage.features": ("the features switched on", "are"),
    "usage.fallbacks": ("the fallbacks", "are"),
    "usage.via": ("the gateway", "is"),
    "usage.recipients": ("who else gets the prompts", "is"),
    "usage.agreements": ("the agreements that the project claims", "are"),
    "project.name": ("the project", "is"),
    "project.owner": ("the project's owner", "is"),
    "project.bound": ("the binding of the project's name", "is"),
    "offering.id": ("the offering", "is"),
    "offering.name": ("the offering's name", "is"),
    "offering.developer": ("the model's developer", "is"),
    "offering.platform": ("the serving platform", "is"),
    "offering.category": ("the kind of offering", "is"),
    "offering.model_family": ("the model family", "is"),
    "offering.summary": ("the offering's summary", "is"),
    "offering.endpoints": ("the endpoints that the offering has", "are"),
    "offering.models": ("the models that the offering has", "are"),
    "offering.features": ("the features that the offering has", "are"),
    "offering.hosts": ("the hosts that the offering is served from", "are"),
    "offering.aliases": ("the offering's other names", "are"),
    "usage.route": ("the route", "is"),
    "primary.offering": ("the usage's own offering", "is"),
    "primary.platform": ("the platform of the usage's own offering", "is"),
    "primary.developer": ("the developer of the usage's own offering", "is"),
    "primary.region": ("the region of the usage's own account", "is"),
    "today": ("the day of the check", "is"),
}
"""What a path is called, with its verb."""
_CELL: Final[Mapping[str, str]] = {
    "value": "the grade of {0}",
    "confidence": "the confidence in the evidence for {0}",
    "verified": "the evidence for {0} was verified",
    "valid_until": "the announced last day of {0}",
    "source": "the source for {0}",
    "archived": "the archived source for {0}",
    "tier": "the least tier with {0}",
    "route": "the way to {0}",
    "default": "the default of {0}",
    "geography": "the geography of {0}",
    "note": "the note on {0}",
}
_EVENTS: Final[Mapping[str, str]] = {
    "signed": "our {0} was signed",
    "expires": "our {0} ends",
    "reviewed.on": "our {0} was last reviewed",
}
_AGREEMENT: Final[Mapping[str, str]] = {
    "kind": "the kind of our {0}",
    "offerings": "the offerings that our {0} names",
    "status": "the status of our {0}",
    "signed": "the day on which our {0} was signed",
    "expires": "the day on which our {0} ends",
    "projects": "the projects that our {0} names",
    "reference": "the reference of our {0}",
    "counterparty": "the counterparty of our {0}",
    "document": "the document of our {0}",
    "sha256": "the SHA-256 of the document of our {0}",
    "owner": "the owner of our {0}",
    "notice_days": "the notice period of our {0}",
    "scc_modules": "the modules of the standard contractual clauses in our {0}",
    "reviewed.by": "the last reviewer of our {0}",
    "reviewed.on": "the day on which our {0} was last reviewed",
}


_OVER_ALL: Final[Mapping[str, tuple[str, str]]] = {
    "usages": ("all usages of the fleet", "are"),
    "repository": ("the repository", "is"),
}
"""Of rules over all usages alone."""


def noun(path: str) -> str:
    """What a path is called."""
    return noun_and_verb(path)[0]


def noun_and_verb(path: str) -> tuple[str, str]:
    """What a path is called, and `is` or `are`."""
    root, *steps = path.split(".")
    if path in _PATHS:
        return _PATHS[path]
    if path in _OVER_ALL:
        return _OVER_ALL[path]
    if root == "usage" and steps[0] == "attributes":
        return f"the attribute `{'.'.join(steps[1:])}`", "is"
    if root == "usage":
        return f"the account's setting `{'.'.join(steps[1:])}`", "is"
    if root == "offering":
        return f"the offering's packages for `{'.'.join(steps[1:])}`", "are"
    listed = listed_name(path)
    if listed is not None:
        return f"that {listed_sentence(*listed)}", "is"
    if root == "registry" and steps[1:2] == ["facts"]:
        return f"the documented fact `{'.'.join(steps[2:])}` ({steps[0]})", "is"
    if root == "registry":
        name = f"`{steps[0]}`"
        if steps[1] == "verified":
            return f"the day on which {_CELL['verified'].format(name)}", "is"
        return _CELL[steps[1]].format(name), "is"
    if root == "agreements" and steps[1] == "all":
        return f"the agreements `{steps[0]}` in force", "are"
    if root == "agreements":
        field = ".".join(steps[1:])
        return _AGREEMENT[field].format(agreement_noun(steps[0])[0]), "are" if field in _MANY else "is"
    return f"`{path}`", "is"


def listed_sentence(listing: str, name: str, holds: bool = True) -> str:
    """That a vendor lists a name, or does not."""
    return _LISTED[LISTINGS[listing]].format("" if holds else "does not ", "s" if holds else "", name)


_LISTED: Final[Mapping[ListingKind, str]] = {
    "certifications": "the vendor {0}list{1} `{2}` among its certifications",
    "countries": "the vendor {0}say{1} that it hosts in `{2}`",
}
_MANY: Final = ("offerings", "projects", "scc_modules")


def event(path: str) -> str:
    """What happens on the day that a path names."""
    root, *steps = path.split(".")
    if root == "registry" and steps[1:] == ["verified"]:
        return _CELL["verified"].format(f"`{steps[0]}`")
    field = ".".join(steps[1:])
    if root == "agreements" and field in _EVENTS:
        return _EVENTS[field].format(agreement_noun(steps[0])[0])
    return noun(path)
