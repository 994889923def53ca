"""Rules, standards and memoranda of the United States, all of them public: sections with their headings."""

from __future__ import annotations

from typing import Final

from ..control import Framework

_PARAGRAPHS: Final = r"(\([A-Za-z0-9]{1,5}\))*"

UNITED_STATES: Final = (
    Framework(
        id="hipaa",
        name="HIPAA Privacy, Security and Breach Notification Rules",
        edition="45 CFR Parts 160 and 164",
        numbering=rf"16[024]\.[1-5][0-9]{{2}}{_PARAGRAPHS}",
        spellings=("hipaa-privacy", "hipaa-security", "hipaa-privacy-rule", "hipaa-security-rule", "45-cfr-164"),
        controls={
            "164.308(b)": "Administrative safeguards: business associate contracts and other arrangements",
            "164.312(e)": "Technical safeguards: transmission security",
            "164.314(a)": "Organizational requirements: business associate contracts or other arrangements",
            "164.410": "Notification by a business associate",
            "164.502(b)": "Uses and disclosures: minimum necessary",
            "164.502(d)": "Uses and disclosures of de-identified protected health information",
            "164.502(e)": "Disclosures to business associates",
            "164.504(e)": "Organizational requirements: business associate contracts",
            "164.514(a)": "De-identification of protected health information",
            "164.514(b)": "Requirements for de-identification",
            "164.514(d)": "Minimum necessary requirements",
        },
    ),
    Framework(
        id="coppa",
        name="COPPA (Children's Online Privacy Protection Rule)",
        edition="16 CFR Part 312, as amended in 2025",
        numbering=rf"312\.([1-9]|1[0-3]){_PARAGRAPHS}",
        spellings=("coppa-rule", "16-cfr-312"),
        controls={
            "312.4": "Notice",
            "312.5": "Parental consent",
            "312.6": "Right of parent to review personal information provided by a child",
            "312.8": "Confidentiality, security, and integrity of personal information collected from children",
            "312.10": "Data retention and deletion requirements",
        },
    ),
    Framework(
        id="ferpa",
        name="FERPA (Family Educational Rights and Privacy Act)",
        edition="34 CFR Part 99",
        numbering=rf"99\.[1-9][0-9]?{_PARAGRAPHS}",
        spellings=("34-cfr-99",),
        controls={
            "99.30": "Under what conditions is prior consent required to disclose information?",
            "99.31": "Under what conditions is prior consent not required to disclose information?",
            "99.32": "What recordkeeping requirements exist concerning requests and disclosures?",
            "99.33": "What limitations apply to the redisclosure of information?",
        },
    ),
    Framework(
        id="glba",
        name="GLBA Safeguards Rule (Gramm-Leach-Bliley Act)",
        edition="16 CFR Part 314",
        numbering=rf"16 CFR 314\.[1-6]{_PARAGRAPHS}",
        spellings=("glba-safeguards", "gramm-leach-bliley", "ftc-safeguards", "safeguards-rule"),
        controls={
            "16 CFR 314.4(f)(1)": "Elements: select and retain capable service providers",
            "16 CFR 314.4(f)(2)": "Elements: require safeguards of service providers by contract",
            "16 CFR 314.4(f)(3)": "Elements: periodically assess service providers",
        },
    ),
    Framework(
        id="nist-ai-rmf",
        name="NIST AI Risk Management Framework",
        edition="1.0 (NIST AI 100-1)",
        numbering=r"GOVERN [1-6](\.[1-7])?|MAP [1-5](\.[1-6])?|MEASURE [1-4](\.([1-9]|1[0-3]))?|MANAGE [1-4](\.[1-4])?",
        spellings=("ai-rmf", "nist-rmf-ai", "nist-ai-rmf-1.0", "nist-ai-100-1", "nist-airmf"),
        controls={
            "GOVERN 1.3": "The needed level of risk management is determined by the organization's risk tolerance",
            "GOVERN 6.1": "Policies address AI risks of third parties, infringement of their rights among them",
            "GOVERN 6.2": "Contingency for failures or incidents in high-risk third-party data or AI systems",
            "MAP 4.1": "Technology and legal risks of components are mapped, third-party data and software among them",
            "MAP 4.2": "Internal risk controls for components are documented, third-party AI among them",
            "MANAGE 3.1": "Risks and benefits from third-party resources are regularly monitored",
        },
    ),
    Framework(
        id="nist-800-53",
        name="NIST SP 800-53",
        edition="Rev. 5",
        numbering=r"(A[CTU]|C[AMP]|I[AR]|M[AP]|P[ELMST]|RA|S[ACIR])-[1-9][0-9]?(\([1-9][0-9]?\))?",
        spellings=("nist-sp-800-53", "sp-800-53", "800-53", "nist-800-53-r5", "nist-800-53-rev5", "nist-sp-800-53-r5"),
        controls={
            "CA-6": "Authorization",
            "CM-7(5)": "Least Functionality: Authorized Software, Allow-by-exception",
            "SA-9": "External System Services",
            "SA-9(5)": "External System Services: Processing, Storage, and Service Location",
            "SC-7": "Boundary Protection",
            "SI-12": "Information Management and Retention",
            "SR-6": "Supplier Assessments and Reviews",
        },
    ),
    Framework(
        id="fedramp",
        name="FedRAMP (Federal Risk and Authorization Management Program)",
        edition="44 U.S.C. 3607 to 3616",
        numbering="authorization",
        controls={"authorization": "Authorization at the impact level of the information"},
    ),
    Framework(
        id="cjis",
        name="CJIS Security Policy of the FBI",
        edition="CJISD-ITS-DOC-08140",
        numbering="Security Addendum",
        spellings=("cjis-security-policy", "fbi-cjis", "cjissecpol"),
        controls={"Security Addendum": "Agreement of private contractors (Appendix H)"},
    ),
    Framework(
        id="omb-m-25-21",
        name="OMB Memorandum M-25-21",
        edition="2025-04-03",
        numbering="high-impact minimum practices|use case inventory",
        spellings=("m-25-21", "omb-25-21"),
        controls={
            "high-impact minimum practices": "Minimum risk management practices for high-impact AI",
            "use case inventory": "Annual inventory of AI use cases",
        },
    ),
    Framework(
        id="omb-m-25-22",
        name="OMB Memorandum M-25-22",
        edition="2025-04-03",
        numbering="contract terms on use of data",
        spellings=("m-25-22", "omb-25-22"),
        controls={"contract terms on use of data": "Contract terms on the use of government data, training among it"},
    ),
)
