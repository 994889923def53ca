"""What names tell of what they are for, and which may be proposed in the place of which."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.command import ROOT
from tests.world import judge
from vendorgate import Gate
from vendorgate.evaluate.kinds import Axis, Kinds, agree, kind_of, lacks, may_stand_for, told, told_by
from vendorgate.logic import CONTRADICTED
from vendorgate.model.registry import OfferingFile

TOLD: list[tuple[Axis, str, str | None]] = [
    ("endpoints", "chat completions", "text"),
    ("endpoints", "responses", "text"),
    ("endpoints", "invoke model", "text"),
    ("endpoints", "assistants", "text"),
    ("endpoints", "batches", None),
    ("endpoints", "files", None),
    ("endpoints", "embeddings", "embedding"),
    ("endpoints", "audio transcriptions", "transcription"),
    ("endpoints", "speech", "speech"),
    ("endpoints", "realtime", "voice"),
    ("endpoints", "fine-tuning jobs", "training"),
    ("models", "text-embedding-3-small", "embedding"),
    ("models", "amazon.nova-2-multimodal-embeddings-v1:0", "embedding"),
    ("models", "rerank-v4.0-pro", "reranking"),
    ("models", "gpt-4o-mini-tts", "speech"),
    ("models", "whisper-1", "transcription"),
    ("models", "dall-e-3", "image"),
    ("models", "veo-3.1-generate-001", "video"),
    ("models", "gpt-5.2", None),
    ("models", "chat-latest", None),
    ("models", "*EMBED*", "embedding"),
]


@pytest.mark.parametrize(("axis", "name", "kind"), TOLD)
def test_a_name_tells_what_it_is_for_or_nothing(axis: Axis, name: str, kind: str | None) -> None:
    assert kind_of(axis, name) == kind


PATTERNS = {
    "embedding": r"embed",
    "reranking": r"rerank",
    "moderation": r"moderation|safeguard|guard(?![a-z])",
    "transcription": r"transcri|translations|whisper|(?<![a-z])(?:stt|asr|scribe)(?![a-z])",
    "training": r"fine-?tun|tuning|training",
    "reading": r"document-?ai|(?<![a-z])ocr(?![a-z])",
    "classification": r"classif",
    "video": r"video|sora|(?<![a-z])(?:veo|reel)(?![a-z])",
    "image": r"image|dall-e|canvas|diffusion|(?<![a-z])flux(?![a-z])",
    "music": r"music|lyria",
    "voice": r"realtime|voice|sonic|audio|(?<![a-z])live(?![a-z])",
    "speech": r"speech|(?<![a-z])tts(?![a-z])",
    "text": r"chat|complet|response|message|converse|assistant|conversation|generate ?content"
    r"|(?<![a-z])(?:invoke|agent|sonar)",
}
"""What names of each kind have in them, as patterns: slow to compile, and so no way of a check."""
_PIECES = [
    *sorted({word for pattern in PATTERNS.values() for word in re.findall(r"[a-z]+", pattern)}),
    *("fine-tun", "document ai", "document-ai", "dall-e", "generate content", "generate  content", "generatecontent"),
    *("-", "_", " ", ".", ":", "0", "a", "z", "\n", "é", "ſ", "\u212a", "İ"),
]
NAMES = st.lists(st.one_of(st.sampled_from(_PIECES), st.sampled_from(_PIECES).map(str.upper)), max_size=4)


@given(name=st.one_of(NAMES.map("".join), st.text(max_size=12)), axis=st.sampled_from(["endpoints", "models"]))
def test_what_a_name_tells_is_what_patterns_find_in_it(name: str, axis: Axis) -> None:
    plain = name.lower().replace("_", "-")
    found = (kind for kind, pattern in PATTERNS.items() if re.search(pattern, plain))
    kind = next(found, None)
    assert kind_of(axis, name) == (None if kind == "text" and axis == "models" else kind)


TEXT: Kinds = frozenset(("text",))
EMBEDDING: Kinds = frozenset(("embedding",))
NOTHING: Kinds = frozenset()
STANDS: list[tuple[Axis, str, str | None, Kinds, bool]] = [
    ("endpoints", "responses", "assistants", TEXT, True),
    ("endpoints", "embeddings", "assistants", TEXT, False),
    ("endpoints", "files", "assistants", TEXT, False),
    ("endpoints", "responses", "embeddings", EMBEDDING, False),
    ("endpoints", "chat completions", "batches", NOTHING, True),
    ("endpoints", "embeddings", "batches", NOTHING, False),
    ("endpoints", "embeddings", "batches", EMBEDDING, True),
    ("endpoints", "chat completions", "batches", EMBEDDING, False),
    ("endpoints", "embeddings", None, NOTHING, True),
    ("endpoints", "responses", None, EMBEDDING, False),
    ("endpoints", "embeddings", None, EMBEDDING, True),
    ("models", "gpt-5.2", "gpt-4", NOTHING, True),
    ("models", "text-embedding-3-small", "gpt-4", NOTHING, False),
    ("models", "gpt-5.2", "text-embedding-3-small", EMBEDDING, False),
    ("models", "gpt-5.2", "acme-vectors", EMBEDDING, False),
    ("models", "gpt-5.2", None, TEXT, True),
    ("models", "whisper-1", None, TEXT, False),
]


@pytest.mark.parametrize(("axis", "name", "old", "others", "may"), STANDS)
def test_nothing_is_proposed_that_is_not_known_to_be_for_the_same(
    axis: Axis, name: str, old: str | None, others: Kinds, may: bool
) -> None:
    assert may_stand_for(axis, name, old, others) is may


def test_an_endpoint_and_a_model_that_are_proposed_together_are_for_the_same() -> None:
    assert agree(["embeddings"], ["text-embedding-3-small"])
    assert agree(["responses"], ["gpt-5.2"])
    assert agree(["embeddings"], [])
    assert not agree(["embeddings"], ["gpt-5.2"])
    assert not agree(["responses"], ["text-embedding-3-small"])


def test_most_endpoints_of_the_registry_tell_what_they_are_for() -> None:
    gate = Gate(ROOT / "policies", ROOT / "registry-snapshot")
    offerings = gate.snapshot(gate.words.offerings).offerings
    names = [name for one in offerings.values() for name in one.written.endpoints or ()]
    silent = [name for name in names if not told([("endpoints", [name])])]
    assert len(silent) < len(names) / 2


def test_what_a_route_declares_tells_what_it_is_for() -> None:
    assert told_by({"usage.endpoints": ["files", "embeddings"], "usage.models": ["gpt-5.2"]}) == EMBEDDING
    assert told_by({"usage.endpoints": CONTRADICTED}) == NOTHING
    assert told_by({}) == NOTHING


@pytest.mark.parametrize(
    ("endpoints", "models", "kinds", "lacking"),
    [
        (("messages",), ("claude-*",), EMBEDDING, True),
        (("messages",), ("claude-*", "claude-embed"), EMBEDDING, False),
        (("messages", "embeddings"), ("claude-*",), EMBEDDING, False),
        (("messages",), None, EMBEDDING, False),
        (None, ("claude-*",), EMBEDDING, False),
        (("messages",), ("claude-*",), NOTHING, False),
        (("files",), ("claude-*",), TEXT | EMBEDDING, False),
    ],
)
def test_an_offering_lacks_what_nothing_that_it_lists_is_for(
    endpoints: tuple[str, ...] | None, models: tuple[str, ...] | None, kinds: Kinds, lacking: bool
) -> None:
    offering = OfferingFile("a", "A", "A", "A", "first_party", {}, endpoints=endpoints, models=models)
    assert lacks(offering, kinds) is lacking


def test_a_fix_names_no_endpoint_that_is_for_something_else(tmp_path: Path) -> None:
    scope = {"endpoints": {"only": ["responses", "embeddings", "speech"]}}
    cell = {"value": "yes_public", "confidence": "high", "verified": "2026-10-01", "scope": scope}
    offering = {"dimensions": {"hipaa_baa": cell}, "endpoints": ["responses", "embeddings", "speech", "assistants"]}
    usage = {"data": ["phi"], "endpoints": ["assistants"]}
    found = judge(tmp_path, offering, {"require": [{"covered": "hipaa_baa"}]}, usage)
    (requirement,) = found.results[0].requirements
    remedies = [inner.remedy for reason in requirement.reasons for inner in (reason, *reason.reasons) if inner.remedy]
    assert [(one.what, one.options) for one in remedies] == [("assistants", ("responses",))]
