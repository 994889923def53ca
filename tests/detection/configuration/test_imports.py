"""Files that somebody names: LiteLLM's, LibreChat's, Continue's, and bills of CycloneDX."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.detection.seen import KNOWN
from vendorgate.detection.configuration.imports import imported
from vendorgate.detection.reading.unreadable import Unreadable


def said(kind: str, path: str, text: str) -> list[str]:
    return [
        " ".join(word for word in (one.provider, one.kind, one.reach, one.endpoint, one.model, one.region) if word)
        for one in imported(kind, path, text, KNOWN())
    ]


@pytest.mark.parametrize(
    ("kind", "path", "text", "expected"),
    [
        (
            "litellm",
            "any-name.example.yml",
            "model_list: [{litellm_params: {model: groq/x}}]",
            "groq-api config used chat completions x",
        ),
        ("librechat", "a.yaml", "version: 1\nendpoints: {openAI: {}}", "openai-api config used chat completions"),
        (
            "continue",
            "my.json",
            '{"models": [{"provider": "groq", "model": "x"}]}',
            "groq-api config used chat completions x",
        ),
        ("continue", "my.yaml", "models: [{provider: groq, model: x}]", "groq-api config used chat completions x"),
    ],
)
def test_a_file_that_is_named_is_taken_at_its_word(kind: str, path: str, text: str, expected: str) -> None:
    assert said(kind, path, text) == [expected]


@pytest.mark.parametrize("kind", ["litellm", "librechat", "continue", "cyclonedx"])
@pytest.mark.parametrize("text", ["", "a: b", "{}", "[1, 2]", "<bom/>", "\0"])
def test_a_file_of_another_kind_is_refused(kind: str, text: str) -> None:
    with pytest.raises(Unreadable):
        imported(kind, "a.yaml", text, KNOWN())


def bill(**parts: Any) -> str:
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", **parts})


def test_a_service_is_whoever_is_at_its_endpoints() -> None:
    service = {"name": "OpenAI", "endpoints": ["https://api.groq.com/openai/v1/chat/completions"]}
    assert said("cyclonedx", "bom.json", bill(services=[service])) == [
        "groq-api host used chat completions",
        "groq-api config used",
    ]


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        ({"name": "chat", "provider": {"name": "Anthropic"}}, ["anthropic-api config used"]),
        ({"name": "openai-api"}, ["openai-api config used"]),
        ({"name": "a database", "endpoints": ["https://db.acme.example"]}, None),
        ({"name": "our LLM", "endpoints": ["https://llm.acme.example/v1"]}, ["openai-compatible config used"]),
        ({"name": "outer", "services": [{"name": "groq", "group": "groq-api"}]}, ["groq-api config used"]),
    ],
)
def test_a_service_without_a_known_address_is_whom_it_names(
    service: dict[str, Any], expected: list[str] | None
) -> None:
    if expected is None:
        with pytest.raises(Unreadable):
            said("cyclonedx", "bom.json", bill(services=[service]))
    else:
        assert said("cyclonedx", "bom.json", bill(services=[service])) == expected


def test_a_model_is_served_by_the_service_that_depends_on_it() -> None:
    text = bill(
        services=[{"bom-ref": "s", "name": "azure-openai"}],
        components=[{"type": "machine-learning-model", "bom-ref": "m", "name": "gpt-5.2", "publisher": "openai-api"}],
        dependencies=[{"ref": "s", "dependsOn": ["m"]}],
    )
    assert said("cyclonedx", "bom.json", text) == [
        "azure-openai config used",
        "azure-openai config used chat completions gpt-5.2",
    ]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"supplier": {"name": "openai-api"}}, "openai-api config used chat completions gpt-5.2"),
        ({"publisher": "OpenAI"}, "openai-api config used chat completions gpt-5.2"),
        ({"manufacturer": {"name": "OpenAI"}}, "openai-api model declared gpt-5.2"),
        ({}, "openai-api model declared gpt-5.2"),
        ({"properties": [{"name": "ai:provider", "value": "groq"}]}, "groq-api config used chat completions gpt-5.2"),
        (
            {"properties": [{"name": "x", "value": "https://api.cerebras.ai/v1"}]},
            "cerebras config used chat completions gpt-5.2",
        ),
    ],
)
def test_a_model_alone_names_its_maker_and_its_supplier_serves_it(more: dict[str, Any], expected: str) -> None:
    component = {"type": "machine-learning-model", "name": "gpt-5.2", **more}
    assert said("cyclonedx", "bom.json", bill(components=[component])) == [expected]


def test_packages_of_a_bill_are_declared() -> None:
    components = [
        {"type": "library", "name": "openai", "purl": "pkg:pypi/openai@3.0"},
        {"type": "library", "name": "x", "purl": "pkg:npm/%40anthropic-ai/sdk@1"},
        {"type": "library", "name": "x", "purl": "pkg:maven/com.openai/openai-java@1"},
        {"type": "library", "name": "openai", "purl": "pkg:npm/groq@5"},
    ]
    assert said("cyclonedx", "bom.json", bill(components=components)) == [
        "openai-api dependency declared",
        "anthropic-api dependency declared",
        "openai-api dependency declared",
    ]


def test_our_own_bills_say_what_they_were_made_of() -> None:
    properties = {
        "status": "used",
        "endpoint": "responses",
        "model": "gpt-5.2",
        "region": "eu",
        "recipient": "langfuse",
    }
    service = {
        "name": "OpenAI API",
        "group": "openai-api",
        "properties": [{"name": f"vendorgate:{name}", "value": value} for name, value in properties.items()],
    }
    assert said("cyclonedx", "bom.json", bill(services=[service])) == [
        "openai-api config used",
        "openai-api config used gpt-5.2",
        "openai-api config used responses",
        "openai-api config used eu",
        "langfuse config used",
    ]


@given(
    st.recursive(
        st.sampled_from(
            ["machine-learning-model", "gpt-5.2", "openai", "https://api.groq.com/v1", "pkg:pypi/openai", ""]
        ),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["type", "name", "bom-ref", "ref", "dependsOn", "endpoints", "properties", "value", "purl"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=20,
    )
)
def test_no_bill_makes_it_fail(part: Any) -> None:
    try:
        said("cyclonedx", "bom.json", bill(services=part, components=part, dependencies=part))
    except Unreadable:
        return
