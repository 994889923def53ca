"""`misspelt-control`: near misses are asked about, and an organization's own frameworks and controls are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.commands.policy.bundles import policies, policy, run, write
from vendorgate.commands.policy.lints.controls import _misspelt
from vendorgate.model.control import Control
from vendorgate.model.frameworks.table import FRAMEWORKS


@pytest.mark.parametrize(
    ("framework", "meant"),
    [
        ("hippa", "hipaa"),
        ("hipa", "hipaa"),
        ("gpdr", "gdpr"),
        ("iso_27001", "iso-27001"),
        ("iso27001", "iso-27001"),
        ("iso-iec-27001-2022", "iso-27001"),
        ("iso_42001", "iso-42001"),
        ("soc-2", "soc2"),
        ("pci-dss", "pci-dss-4.0.1"),
        ("pci_dss_4.0.1", "pci-dss-4.0.1"),
        ("nist-ai-rfm", "nist-ai-rmf"),
        ("nist-sp-800-53", "nist-800-53"),
        ("ai-act", "eu-ai-act"),
        ("eu_ai_act", "eu-ai-act"),
        ("feddramp", "fedramp"),
    ],
)
def test_near_miss_of_a_framework_is_led_back(framework: str, meant: str) -> None:
    found = _misspelt(Control(framework, "anything"))
    assert found is not None
    assert (found[0], found[2]) == ("framework", meant)


@pytest.mark.parametrize(
    "framework",
    [
        *("soc1", "soc3", "iso-27701", "iso-27017", "iso-27018", "iso-9001", "iso-22301", "nist-800-171", "nist-csf"),
        *("pci-dss-4.0", "pci-dss-3.2.1", "cis", "cis-v8", "nis2", "ccpa", "cpra", "uk-gdpr", "lgpd", "c5", "ens"),
        *("cmmc", "hitrust", "tisax", "nydfs-500", "acme-policy", "dsa", "cra", "fisma", "pipeda", "omb-m-24-10"),
    ],
)
def test_another_framework_is_no_near_miss(framework: str) -> None:
    assert _misspelt(Control(framework, "1.2")) is None


@pytest.mark.parametrize(
    ("framework", "id", "meant"),
    [
        ("iso-27001", "A.5.91", "A.5.19"),
        ("iso-27001", "A.5.220", "A.5.20"),
        ("iso-27001", "a.5.19", "A.5.19"),
        ("iso-27001", "5.19", "A.5.19"),
        ("iso-27001", "Annex A.5.191", None),
        ("hipaa", "45 CFR 164.504(e)", "164.504(e)"),
        ("hipaa", "§ 164.504(e)", "164.504(e)"),
        ("hipaa", "164.504 (e)", "164.504(e)"),
        ("gdpr", "Article 28(3)", "Art. 28(3)"),
        ("gdpr", "28(3)(a)", "Art. 28(3)(a)"),
        ("gdpr", "Art 28 (3)", "Art. 28(3)"),
        ("glba", "314.4(f)(1)", "16 CFR 314.4(f)(1)"),
        ("soc2", "CC9.3", "CC9.2"),
        ("soc2", "cc9.2", "CC9.2"),
        ("nist-ai-rmf", "GOVERN-6.1", "GOVERN 6.1"),
        ("nist-800-53", "CM-7 (5)", "CM-7(5)"),
        ("pci-dss-4.0.1", "Req. 12.8.2", "12.8.2"),
        ("cjis", "security addendum", "Security Addendum"),
    ],
)
def test_near_miss_of_a_control_is_led_back(framework: str, id: str, meant: str | None) -> None:
    found = _misspelt(Control(framework, id))
    assert (None if found is None else (found[0], found[2])) == (None if meant is None else ("id", meant))


@pytest.mark.parametrize(
    ("framework", "id"),
    [
        *(("iso-27001", id) for id in ("A.5.9", "A.5.18", "A.6.8", "A.7.14", "A.8.34", "our own")),
        *(("gdpr", id) for id in ("Art. 24", "Art. 28(3)(b)", "Art. 99", "Recital 26")),
        *(("soc2", id) for id in ("CC9.1", "CC1.5", "A1.3", "PI1.5", "P0")),
        *(("hipaa", id) for id in ("164.312(a)(1)", "160.103", "164.504(e)(2)(ii)(D)", "BAA checklist")),
        *(("eu-ai-act", id) for id in ("Annex III", "Art. 113", "Art. 26(3)")),
        *(("nist-ai-rmf", id) for id in ("GOVERN 6", "MEASURE 2.13")),
        *(("pci-dss-4.0.1", id) for id in ("12.8", "A1.1.1", "1.2.8")),
        ("fedramp", "moderate baseline"),
    ],
)
def test_control_of_a_framework_or_of_ones_own_is_no_near_miss(framework: str, id: str) -> None:
    assert _misspelt(Control(framework, id)) is None


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_no_framework_that_ships_and_none_of_its_controls_is_misspelt(framework: str) -> None:
    assert [id for id in FRAMEWORKS[framework].controls if _misspelt(Control(framework, id)) is not None] == []


@given(st.text(max_size=60), st.sampled_from([*FRAMEWORKS]), st.text(max_size=200))
def test_any_text_can_be_a_framework_or_a_control(name: str, framework: str, id: str) -> None:
    for control in (Control(name, id), Control(framework, id)):
        found = _misspelt(control)
        assert found is None or found[2] in (*FRAMEWORKS, *FRAMEWORKS[framework].controls)


def test_each_control_is_found_at_its_place(tmp_path: Path) -> None:
    named = [
        {"framework": "hipaa", "id": "164.504(e)"},
        {"framework": "iso_27001", "id": "A.5.19"},
        {"framework": "gdpr", "id": "Article 28(3)"},
        {"framework": "acme", "id": "POL-7"},
    ]
    text = json.dumps(policies(policy(controls=named)), indent=1)
    write(tmp_path, {"p.yaml": text})
    ended = run("lint", ".", "--format", "json", folder=tmp_path)
    findings = json.loads(ended.stdout)["findings"]
    lines = text.splitlines()
    assert [lines[one["location"]["line"] - 1].strip() for one in findings] == [
        '"framework": "iso_27001",',
        '"id": "Article 28(3)"',
    ]
    assert "write `Art. 28(3)`" in findings[1]["help"]
