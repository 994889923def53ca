"""Whose host a text names: the host whole, after parsing, and nothing that only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorgate.detection.catalogue.addresses import address_of, pattern_of, region_in


def fits(written: str, text: str) -> str | bool | None:
    address = address_of(text)
    return False if address is None else region_in(pattern_of(written, "it"), address)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://api.openai.com/v1", "api.openai.com"),
        ("HTTPS://API.OpenAI.com:443/v1/", "api.openai.com"),
        ("api.openai.com", "api.openai.com"),
        ("api.openai.com/v1/chat/completions", "api.openai.com"),
        ("wss://api.openai.com/v1/realtime?model=x", "api.openai.com"),
        ("https://api.openai.com.", "api.openai.com"),
        ("https://evil.example/api.openai.com", "evil.example"),
        ("https://evil.example?u=https://api.openai.com", "evil.example"),
        ("https://evil.example#api.openai.com", "evil.example"),
        ("https://api.openai.com@evil.example/v1", "evil.example"),
        ("https://key:secret@api.openai.com/v1", "api.openai.com"),
        ("https://\0.openai.azure.com/openai/", "\0.openai.azure.com"),
        ("http://[::1]:11434/v1", "::1"),
        ("https://api.openai.com\\@evil.example", None),
        ("ftp://api.openai.com", None),
        ("javascript://api.openai.com/%0aalert(1)", None),
        ("use api.openai.com for this", None),
        ("openai", None),
        ("", None),
        ("https://", None),
        ("https://[", None),
        ("https://a b.example", None),
    ],
)
def test_the_host_of_a_text_is_what_a_client_would_connect_to(text: str, host: str | None) -> None:
    address = address_of(text)
    assert (None if address is None else address.host) == host


@pytest.mark.parametrize(
    ("written", "text", "found"),
    [
        ("api.openai.com", "https://api.openai.com/v1", None),
        ("api.openai.com", "https://api.openai.com.evil.example/v1", False),
        ("api.openai.com", "https://notapi.openai.com/v1", False),
        ("api.openai.com", "https://eu.api.openai.com/v1", False),
        ("*.openai.azure.com", "https://acme.openai.azure.com/", None),
        ("*.openai.azure.com", "https://\0.openai.azure.com/", None),
        ("*.openai.azure.com", "https://openai.azure.com/", False),
        ("*.openai.azure.com", "https://acme.openai.azure.com.evil.example/", False),
        ("bedrock-runtime.{region}.amazonaws.com", "https://bedrock-runtime.us-east-1.amazonaws.com", "us-east-1"),
        ("bedrock-runtime.{region}.amazonaws.com", "https://bedrock-runtime.\0.amazonaws.com", None),
        ("bedrock-runtime.{region}.amazonaws.com", "https://s3.us-east-1.amazonaws.com", False),
        ("{region}-aiplatform.googleapis.com", "https://europe-west4-aiplatform.googleapis.com/v1", "europe-west4"),
        ("{region}-aiplatform.googleapis.com", "https://aiplatform.googleapis.com/v1", False),
        ("*.services.ai.azure.com/anthropic", "https://a.services.ai.azure.com/anthropic/v1/messages", None),
        ("*.services.ai.azure.com/anthropic", "https://a.services.ai.azure.com/anthropical", False),
        ("*.services.ai.azure.com/anthropic", "https://a.services.ai.azure.com/models", False),
    ],
)
def test_a_host_fits_label_by_label(written: str, text: str, found: str | bool | None) -> None:
    assert fits(written, text) is found or fits(written, text) == found


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("http://localhost:1234/v1", True),
        ("http://127.0.0.1:8000", True),
        ("http://0.0.0.0", True),
        ("http://[::1]:11434", True),
        ("http://10.1.2.3/v1", True),
        ("http://172.20.0.1", True),
        ("http://192.168.1.5:8080", True),
        ("http://host.docker.internal:11434", True),
        ("http://ollama:11434", True),
        ("http://vllm.ai.svc.cluster.local", True),
        ("https://172.64.0.1", False),
        ("https://8.8.8.8", False),
        ("https://localhost.evil.example", False),
        ("https://10.1.2.3.evil.example", False),
        ("https://\0", False),
    ],
)
def test_local_is_this_machine_and_private_networks_alone(text: str, local: bool) -> None:
    address = address_of(text)
    assert address is not None
    assert address.is_local is local


@given(st.text(max_size=300))
def test_any_text_has_an_address_or_none(text: str) -> None:
    address = address_of(text)
    assert address is None or ("/" not in address.host and "@" not in address.host)


@given(
    st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,8}){0,3}\.example", fullmatch=True),
    st.sampled_from(["/{}", "?x={}", "#{}", "/a/{}/b", "/?u=https://{}/"]),
)
def test_what_stands_behind_the_host_never_counts(host: str, behind: str) -> None:
    assert fits("api.openai.com", f"https://{host}{behind.format('api.openai.com')}") is False
