"""Standards whose text is under copyright: numbers, and short titles in words of our own."""

from __future__ import annotations

from typing import Final

from ..control import Framework

STANDARDS: Final = (
    Framework(
        id="pci-dss-4.0.1",
        name="PCI DSS (Data Security Standard)",
        edition="v4.0.1",
        numbering=r"([1-9]|1[0-2])(\.[1-9][0-9]?){1,3}|A[1-3](\.[1-9][0-9]?){1,3}",
        spellings=("pci", "pci-dss", "pcidss", "pci-4.0.1", "pci-dss-v4.0.1"),
        controls={
            "3.2.1": "Account data is kept no longer than needed",
            "3.3.1": "Sensitive authentication data is not kept after authorization",
            "6.5.5": "No live card numbers before production, unless protected as there",
            "12.8.1": "A list of the providers that get account data",
            "12.8.2": "Written agreements in which providers answer for it",
            "12.8.3": "Providers are examined before they are engaged",
            "12.8.4": "Providers' compliance is watched, at least every twelve months",
            "12.8.5": "Who is responsible for which requirement, the provider or we",
            "12.9.1": "Providers acknowledge their responsibility in writing (binds providers)",
            "12.9.2": "Providers answer customers who ask how they comply (binds providers)",
        },
    ),
    Framework(
        id="soc2",
        name="SOC 2, AICPA Trust Services Criteria",
        edition="2017, with the points of focus of 2022",
        numbering=r"CC1\.[1-5]|CC2\.[1-3]|CC3\.[1-4]|CC4\.[12]|CC5\.[1-3]|CC6\.[1-8]|CC7\.[1-5]|CC8\.1|CC9\.[12]"
        r"|A1\.[1-3]|C1\.[12]|PI1\.[1-5]|P[1278]\.[01]|P[35]\.[0-2]|P4\.[0-3]|P6\.[0-7]",
        spellings=("soc-2", "soc2-type2", "soc-2-type-2", "aicpa-soc2", "tsc", "aicpa-tsc", "tsc-2017"),
        controls={
            "CC3.1": "Objectives are clear enough to see what threatens them",
            "CC3.2": "Risks are found and weighed, those from vendors among them",
            "CC3.3": "Fraud is weighed, too",
            "CC3.4": "Changes that matter are weighed, those of vendors among them",
            "CC9.2": "Risks from vendors and business partners are managed",
            "P1.1": "People are told how their data is handled",
            "P2.1": "People have choices, and consent where it is needed",
            "P3.1": "No more personal data is collected than the purposes need",
            "P3.2": "Explicit consent comes before collection where it is needed",
            "P4.1": "Personal data is used for the stated purposes alone",
            "P4.2": "Personal data is kept no longer than stated",
            "P4.3": "Personal data is disposed of securely",
            "P5.1": "People get at their data",
            "P5.2": "People have their data corrected",
            "P6.1": "Personal data goes to third parties with consent",
            "P6.2": "A record of disclosures that were authorized",
            "P6.3": "A record of disclosures that were not",
            "P6.4": "Vendors have committed themselves to privacy, and that is assessed",
            "P6.5": "Vendors have committed themselves to tell of disclosures that were not authorized",
            "P6.6": "Breaches are told to those who must know",
            "P6.7": "People get an account of what is held and to whom it went",
            "P7.1": "Personal data is accurate and complete",
            "P8.1": "Complaints are dealt with, and keeping to all this is monitored",
        },
    ),
    Framework(
        id="iso-27001",
        name="ISO/IEC 27001, Annex A",
        edition="2022",
        numbering=r"A\.5\.([1-9]|[12][0-9]|3[0-7])|A\.6\.[1-8]|A\.7\.([1-9]|1[0-4])|A\.8\.([1-9]|[12][0-9]|3[0-4])",
        spellings=("iso-iec-27001", "iso-27001-2022", "iso-iec-27001-2022", "iso-27k", "isms-27001"),
        controls={
            "A.5.17": "Passwords, keys and other credentials",
            "A.5.19": "Security where suppliers are involved",
            "A.5.20": "Security in agreements with suppliers",
            "A.5.21": "Security along the supply chain of technology",
            "A.5.22": "What suppliers deliver is watched and reviewed",
            "A.5.23": "Security of the cloud services that are used",
            "A.5.34": "Privacy, and protection of personal data",
            "A.8.4": "Who gets at source code",
            "A.8.10": "Data that is no longer needed is deleted",
        },
    ),
    Framework(
        id="iso-42001",
        name="ISO/IEC 42001, Annex A",
        edition="2023",
        numbering=r"A\.2\.[2-4]|A\.3\.[23]|A\.4\.[2-6]|A\.5\.[2-5]|A\.6\.1\.[23]|A\.6\.2\.[2-8]|A\.7\.[2-6]|A\.8\.[2-5]"
        r"|A\.9\.[2-4]|A\.10\.[2-4]",
        spellings=("iso-iec-42001", "iso-42001-2023", "iso-iec-42001-2023", "aims-42001"),
        controls={
            "A.4.2": "What an AI system is made of is documented",
            "A.10.2": "Who answers for what: we, partners, suppliers, customers",
            "A.10.3": "Suppliers fit to how we use AI responsibly",
            "A.10.4": "What customers expect of our AI is considered",
        },
    ),
)
