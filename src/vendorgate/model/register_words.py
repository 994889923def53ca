"""The attributes of usages that registers ask for: what each is called in a manifest, and what it means.

One table: the views that came along read these names, the page of the documentation lists them, and no notice calls one
unread. They are what only an organization knows; nothing else gives any of them a meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from .additions import AttributeType


class RegisterAttribute(msgspec.Struct, frozen=True):
    """What an attribute says in a register."""

    type: AttributeType
    meaning: str
    """In one line, for people."""


def _text(meaning: str) -> RegisterAttribute:
    return RegisterAttribute("text", meaning)


def _flag(meaning: str) -> RegisterAttribute:
    return RegisterAttribute("flag", meaning)


def _day(meaning: str) -> RegisterAttribute:
    return RegisterAttribute("day", meaning)


def _number(meaning: str) -> RegisterAttribute:
    return RegisterAttribute("number", meaning)


REGISTER_ATTRIBUTES: Final[Mapping[str, RegisterAttribute]] = {
    # Of every register.
    "since": _day("the day on which the use began"),
    "contract_reference": _text("the contract with the vendor, where the register of agreements has none"),
    # Inventories of AI systems.
    "use_case_name": _text("what people call the AI system or use case"),
    "deployer": _text("name, address and contact details of the deployer"),
    "submitted_by": _text("name, address and contact details of who registers on behalf of the deployer"),
    "ai_act_risk_class": _text("`prohibited`, `high`, `limited` or `minimal`, by the AI Act"),
    "eu_database_url": _text("the address of the provider's entry in the EU database"),
    "fria": _text("the fundamental rights impact assessment: a summary of its findings, or where it is kept"),
    "dpia": _text("the data protection impact assessment: a summary, or where it is kept"),
    "ai_impact_assessment": _text("the assessment of the AI system's impacts, or where it is kept"),
    "instructions_for_use": _text("the provider's instructions that are followed, or where they are kept"),
    "human_oversight": _text("who oversees it, and how"),
    "monitoring": _text("how its operation is watched"),
    "log_retention": _text("how long its logs are kept"),
    "people_informed": _text("how workers and other people are told that it is used"),
    "training_of_users": _text("what people who use it are taught"),
    "stage_of_development": _text("pre-deployment, pilot, deployed or retired"),
    "high_impact": _flag("whether it is a high-impact use by OMB M-25-21"),
    "expected_benefits": _text("what it is to achieve"),
    "outputs": _text("what it puts out"),
    "appeal": _text("how people it affects can have a decision looked at again"),
    # Records of processing.
    "gdpr_role": _text("`controller`, `joint_controller` or `processor`"),
    "controller": _text("name and contact details of the controller"),
    "joint_controllers": _text("names and contact details of the joint controllers"),
    "representative": _text("name and contact details of the representative in the Union"),
    "data_protection_officer": _text("name and contact details of the data protection officer"),
    "legal_basis": _text("on what the processing rests, such as `Art. 6(1)(b)`"),
    "data_subjects": _text("the categories of people behind the data, such as patients or applicants"),
    "personal_data": _text("the categories of personal data, in words"),
    "third_countries": _text("the third countries that the data go to"),
    "transfer_mechanism": _text("on what transfers to third countries rest"),
    "erasure_period": _text("when the data are erased"),
    "security_measures": _text("a general description of technical and organisational measures"),
    "processor": _text("name and contact details of the processor, where that is you"),
    "controllers_served": _text("names and contact details of the controllers on whose behalf you process"),
    "categories_of_processing": _text("what is processed on behalf of each controller"),
    # Sub-processors.
    "public_purpose": _text("the purpose as customers may read it"),
    # The register of information.
    "entity_lei": _text("the LEI of the financial entity that uses the service"),
    "provider_identification_code": _text("the LEI or EUID of the provider"),
    "provider_identification_code_type": _text("`LEI`, `EUID` or another kind of code"),
    "provider_headquarters": _text("the country of the provider's headquarters"),
    "contract_type": _text("`standalone`, `overarching` or `subsequent`"),
    "annual_cost": _number("what the contract costs a year"),
    "annual_cost_currency": _text("in which currency"),
    "ict_service_type": _text("the type of ICT service, `S01` to `S19`"),
    "function_identifier": _text("the identifier of the function that it supports"),
    "function_name": _text("the name of that function"),
    "licensed_activity": _text("the licensed activity that the function is part of"),
    "critical_or_important": _flag("whether the function is critical or important"),
    "criticality_reason": _text("why it is, or is not"),
    "criticality_assessed": _day("the day on which that was last assessed"),
    "recovery_time_objective": _number("of the function, in hours"),
    "recovery_point_objective": _number("of the function, in hours"),
    "impact_of_discontinuing": _text("`low`, `medium` or `high`: what ending it would do"),
    "notice_days": _number("days of notice that you must give, where the register of agreements does not say"),
    "provider_notice_days": _number("days of notice that the provider must give"),
    "governing_law": _text("the country whose law governs the contract"),
    "country_of_provision": _text("the country from which the service is provided"),
    "data_stored": _flag("whether the provider stores data"),
    "data_location": _text("the country in which data are stored"),
    "processing_location": _text("the country in which data are processed"),
    "data_sensitiveness": _text("`low`, `medium` or `high`"),
    "reliance": _text("how far the function relies on the service"),
    "subcontractors": _text("subcontractors that underpin the service, or `none`"),
    "supply_chain_rank": _number("the provider's rank in the supply chain; 1: you have the contract"),
    "substitutability": _text("how hard the provider is to replace"),
    "substitutability_reason": _text("why it is hard to replace"),
    "last_audit": _day("the day of the last audit of the provider"),
    "exit_plan": _flag("whether there is an exit plan"),
    "reintegration": _text("whether the service can be brought back in house"),
    "alternative_provider": _text("who could take its place, or `none`"),
    # What triggers an assessment.
    "evaluation_or_scoring": _flag("whether people are evaluated, scored or profiled"),
    "automated_decisions": _flag("whether decisions with legal or similarly significant effect are automated"),
    "systematic_monitoring": _flag("whether people are observed, monitored or controlled systematically"),
    "public_area_monitoring": _flag("whether a publicly accessible area is monitored on a large scale"),
    "highly_personal_data": _flag("whether data are sensitive or highly personal beyond what the data classes say"),
    "criminal_data": _flag("whether data are about criminal convictions and offences"),
    "large_scale": _flag("whether data are processed on a large scale"),
    "matching_datasets": _flag("whether sets of data from different purposes are matched or combined"),
    "vulnerable_people": _flag("whether there are vulnerable people: patients, employees, the elderly"),
    "innovative_technology": _flag("whether a technology is new, or used in a new way"),
    "prevents_a_right": _flag("whether it can keep people from a right, a service or a contract"),
}
"""By name, in the order of the registers that ask for them first."""
