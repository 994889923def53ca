"""The first ten minutes of two newcomers, typed into a shell at a real terminal: how many steps it takes to green."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories.pasting import pasted
from tests.terminal import Terminal

CHECK = "vendorgate check --as-of 2026-11-28"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    found = Terminal(tmp_path)
    yield found
    found.close()


def test_hospital_that_forgot_whose_data_it_is_gets_to_green_by_pasting_and_learns_how_a_fallback_is_written(
    terminal: Terminal,
) -> None:
    terminal.write(
        "vendorgate.yaml",
        "version: 1\n"
        "project: st-mary\n"
        "usages:\n"
        "  - id: visit-summaries\n"
        "    purpose: Summarise visit transcripts for clinicians\n"
        "    offering: openai-api\n"
        "    endpoints: [responses]\n"
        "    models: [gpt-5.2]\n"
        "    data: [phi]\n"
        "    settings:\n"
        "      zero_data_retention: true\n"
        "    agreements: [baa, dpa, zdr]\n",
    )
    first = terminal.type(CHECK)
    assert first.code == 1
    assert "error: `subjects` is not declared, so that it is not known whether data-of-eu-people" in first.text
    assert "error: `settings.data_sharing` is not declared" in first.text
    assert first.text.count("error: ") == 2
    assert len(first.text.splitlines()) < 45
    assert "if it is true" in first.text

    assert pasted(terminal, first.text) == 2
    assert "    subjects: [us]" in terminal.read("vendorgate.yaml")

    second = terminal.type(CHECK)
    assert second.code == 0, second.text
    assert "PASS  1 usage" in second.text
    assert terminal.typed == [CHECK] * 2

    # A fallback that is only named has declared nothing and claimed nothing; the message teaches how it is written.
    terminal.replace(
        "vendorgate.yaml",
        "agreements: [baa, dpa, zdr]\n",
        "agreements: [baa, dpa, zdr]\n    fallbacks: [azure-openai]\n",
    )
    third = terminal.type(CHECK)
    assert third.code == 1
    assert third.text.count("error: ") == 1
    assert "`{offering: azure-openai, agreements: [baa]}`" in third.text
    assert "also needed: declare `endpoints`, `settings.content_logging`; bring `zdr` into force" in third.text
    repair = terminal.type("vendorgate repair")
    assert repair.code == 0
    assert "declare `endpoints`: `chat completions`" in repair.text
    mapping = (
        "{offering: azure-openai, endpoints: [chat completions], settings: {content_logging: false},"
        " agreements: [baa, zdr]}"
    )
    terminal.replace("vendorgate.yaml", "[azure-openai]", f"[{mapping}]")
    fourth = terminal.type(CHECK)
    assert fourth.code == 0, fourth.text


def test_shop_with_a_speech_vendor_that_nobody_knows_a_tracing_service_and_a_fallback(terminal: Terminal) -> None:
    # From nothing to green: the questions, and one check.
    begun = terminal.type(
        "vendorgate init --project shop --owner team@shop.example --usage chat",
        ("Offering", "openai-api"),
        ("What it is used for", "Answer customers"),
        ("Endpoints", "responses"),
        ("Models", "gpt-5.2"),
        ("Vendor features", ""),
        ("Classes of data", "pii"),
        ("Where the people", "us"),
        ("The place that the account", ""),
        ("Where it runs", ""),
        ("Setting `data_sharing`", "false"),
        ("Setting `endpoint_location`", ""),
        ("Setting `enhanced_abuse_controls`", ""),
        ("Setting `external_web_access`", ""),
        ("Setting `zero_data_retention`", ""),
        ("Agreements", "dpa"),
    )
    assert begun.code == 0
    assert "next: vendorgate check" in begun.text
    green = terminal.type(CHECK)
    assert green.code == 0, green.text
    assert len(terminal.typed) == 2

    # A vendor that the registry does not have: no name that was not meant, and the way on.
    lost = terminal.type("vendorgate init --usage voice --offering acme-speech --data pii")
    assert lost.code == 2
    assert "did you mean" not in lost.text
    assert "unlisted" in lost.text
    added = terminal.type(
        "vendorgate init --usage voice --offering unlisted --vendor 'Acme Speech' --data pii --subject us"
        " --purpose 'Transcribe calls' --model acme-1 --endpoint stream --region us --environment production"
    )
    assert added.code == 0, added.text
    assert "does not pass yet" in added.text
    checked = terminal.type(CHECK)
    assert checked.code == 1
    assert "error: nobody has looked at `Acme Speech`" in checked.text
    assert "nothing in the manifest lifts this" in checked.text
    assert checked.text.count("error: ") == 1
    assert "chat" not in checked.text.split("error: ")[1].split("FAIL")[0]

    # A bundle of their own says what they know of the vendor, and by which contract.
    bundle = terminal.type("vendorgate init bundle --name shop --pack baseline --pack gdpr --register")
    assert bundle.code == 0, bundle.text
    offering = terminal.type(
        "vendorgate init offering acme-speech --category product --name 'Acme Speech' --developer Acme --platform Acme"
    )
    assert offering.code == 0, offering.text
    assert "policies/offerings/acme-speech.yaml" in offering.text
    terminal.write(
        "policies/agreements.yaml",
        "version: 1\n"
        "agreements:\n"
        "  - {kind: dpa, offerings: [openai-api, acme-speech], status: executed, signed: 2026-01-01, reference: L-1}\n",
    )
    terminal.write(
        "policies/offerings/acme-speech.yaml",
        "id: acme-speech\n"
        "name: Acme Speech\n"
        "developer: Acme\n"
        "platform: Acme\n"
        "category: product\n"
        "models: [acme-1]\n"
        "endpoints: [stream]\n"
        "dimensions:\n"
        "  soc2_type2: {value: yes_public, verified: 2026-11-01, source: 'https://acme.example/trust'}\n"
        "  gdpr_dpa: {value: yes_contract, agreement: L-1, verified: 2026-11-01, note: our DPA}\n"
        "  training_on_customer_data: {value: yes_public, verified: 2026-11-01, source: 'https://acme.example/terms'}\n",
    )
    terminal.replace(
        "vendorgate.yaml", "    offering: unlisted\n    vendor: Acme Speech\n", "    offering: acme-speech\n"
    )
    ours = terminal.type(CHECK)
    assert ours.code == 0, ours.text
    assert "PASS  2 usages" in ours.text
    shown = terminal.type("vendorgate registry show acme-speech")
    assert "the organization's own" in shown.text

    # Tracing that they run themselves is asked for no contract with themselves.
    traced = terminal.type(
        "vendorgate init offering tracing --category internal --name Tracing --developer Shop --platform Shop"
    )
    assert traced.code == 0, traced.text
    terminal.replace(
        "vendorgate.yaml", "    offering: openai-api\n", "    offering: openai-api\n    recipients: [tracing]\n"
    )
    also = terminal.type(CHECK)
    assert also.code == 0, also.text

    # A fallback that this data may take; what it leaves undeclared is a warning at its own place.
    terminal.replace(
        "vendorgate.yaml", "    recipients: [tracing]\n", "    recipients: [tracing]\n    fallbacks: [azure-openai]\n"
    )
    fallback = terminal.type(CHECK)
    assert fallback.code == 0, fallback.text
    assert "warning: `models` is not declared (production-names-its-models; vendorgate.yaml:10:17)" in fallback.text
    assert len(terminal.typed) == 12
