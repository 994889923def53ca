"""A small world for drift: providers, manifests, findings and what came of them."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from vendorgate.detection.catalogue.build import catalogue
from vendorgate.detection.catalogue.catalogue import Catalogue, Provider
from vendorgate.detection.code import Place
from vendorgate.detection.model import Commented, Detection, Finding
from vendorgate.detection.sighting import Setting
from vendorgate.drift.declared import declarations
from vendorgate.drift.drifting import drift
from vendorgate.drift.model import Drift, DriftFound
from vendorgate.drift.question import Question
from vendorgate.drift.regions import Geography
from vendorgate.load.detect import detect_rules
from vendorgate.load.document import read_document
from vendorgate.load.manifest import manifest_from
from vendorgate.model.detect import DetectRules, DetectSettings
from vendorgate.model.identity import Whereabouts
from vendorgate.model.manifest import Manifest
from vendorgate.source import Location

DAY: Final = datetime.date(2026, 11, 29)
PROVIDERS: Final = (
    Provider("openai-api", "OpenAI API", "offering", listed=True, developer="OpenAI", platform="OpenAI"),
    Provider(
        "azure-openai", "Azure OpenAI", "offering", listed=True, developer="OpenAI", platform="Azure", cloud="azure"
    ),
    Provider("anthropic-api", "Anthropic API", "offering", listed=True, developer="Anthropic", platform="Anthropic"),
    Provider("claude-bedrock", "Claude", "offering", listed=True, developer="Anthropic", platform="AWS", cloud="aws"),
    Provider("nova-bedrock", "Nova", "offering", listed=True, developer="Amazon", platform="AWS", cloud="aws"),
    Provider("groq-api", "GroqCloud", "offering", listed=True, developer="various", platform="GroqCloud"),
    Provider(
        "hugging-face", "Hugging Face", "offering", listed=True, developer="various", endpoints=("chat", "responses")
    ),
    Provider("together-api", "Together", "offering", listed=True, developer="various", platform="Together AI"),
    Provider("openrouter", "OpenRouter", "aggregator", listed=True, developer="various", category="aggregator"),
    Provider("langfuse-cloud", "Langfuse", "recipient", listed=True, developer="Langfuse", category="recipient"),
    Provider("assistant", "Assistant", "offering", listed=True, developer="OpenAI", category="product"),
    Provider("own-gpus", "Own", "offering", listed=True, developer="Acme", category="internal"),
    Provider("bedrock", "Amazon Bedrock", "platform", {"anthropic": "claude-bedrock"}, ("speech",), platform="AWS"),
    Provider("speech", "Speech", "offering", listed=True, developer="Amazon", platform="AWS", cloud="aws"),
    Provider("cerebras", "Cerebras Inference", "vendor"),
    Provider("helicone", "Helicone", "gateway"),
    Provider("arize", "Arize Phoenix", "recipient"),
    Provider("ollama", "Ollama", "local"),
)
GEOGRAPHY: Final = Geography({"aws": {"us-east-1": "us", "eu-central-1": "de"}, "azure": {"westeurope": "nl"}})


def known() -> Catalogue:
    """A catalogue that knows the providers and nothing else."""
    return msgspec.structs.replace(catalogue(()), providers={one.id: one for one in PROVIDERS})


KNOWN: Final = known()


def usage(offering: str, **more: Any) -> dict[str, Any]:
    """A usage of a manifest."""
    return {"id": re.sub(r"[^a-z0-9]+", "-", f"{offering}-{len(more)}"), "offering": offering, "data": ["pii"], **more}


def manifest(*usages: Mapping[str, Any], path: str = "vendorgate.yaml") -> Manifest:
    """A manifest that stands somewhere."""
    numbered = [{**one, "id": f"u{number}"} for number, one in enumerate(usages)]
    text = json.dumps({"version": 1, "project": "p", "usages": numbered}, indent=1)
    problems: list[Any] = []
    read = manifest_from(text.encode(), path, problems)
    assert read is not None, problems
    return Manifest("p", None, read.written.usages, read.source, read.sha256, Whereabouts(path=path))


def seen(name: str, at: str = "src/a.py:3", **more: Any) -> Finding:
    """A finding of an offering that is listed, or of a vendor."""
    path, _, line = at.partition(":")
    provider = KNOWN.providers.get(name)
    listed = provider is not None and provider.listed
    settings = tuple(Setting(key, value, Place(int(line) + 1, 9)) for key, value in more.pop("settings", {}).items())
    return Finding(
        name if listed else None,
        None if listed else name,
        more.pop("status", "used"),
        more.pop("kind", "call"),
        Location(path, int(line), 5),
        settings=settings,
        **more,
    )


def rules(**detect: Any) -> DetectRules:
    """What a bundle says of detection."""
    written = msgspec.convert(json.loads(json.dumps(detect)), DetectSettings)
    problems: list[Any] = []
    document = read_document("bundle.yaml", json.dumps({"detect": detect}, indent=1).encode(), problems)
    assert document is not None
    found = detect_rules(written, document.source, problems)
    assert not problems
    return found


def comment(text: str, at: str = "src/a.py:3") -> Commented:
    """A line with a comment."""
    path, _, line = at.partition(":")
    return Commented(Location(path, int(line), text.index("vendorgate:") + 1), text)


def held(
    findings: Iterable[Finding],
    *manifests: Manifest,
    by: DetectRules | None = None,
    comments: Iterable[Commented] = (),
    named: bool = False,
    unread: Iterable[str] = (),
    others: Iterable[str] = (),
    **more: Any,
) -> DriftFound:
    """What comes of findings and manifests."""
    detection = Detection(1, (), (), tuple(findings), tuple(comments))
    declared = declarations(manifests, named=named, unread=unread, others=others)
    asked = Question(declared, KNOWN, by or DetectRules(), DAY, GEOGRAPHY, **more)
    return drift(detection, asked)


def short(found: Iterable[Drift]) -> list[tuple[str, ...]]:
    """What each difference is about."""
    return [(one.kind, one.offering or one.vendor or "", *one.names) for one in found]


def departing(found: Iterable[Drift]) -> list[tuple[str, ...]]:
    """The same without what is declared and not seen."""
    return [one for one in short(found) if one[0] != "declared-not-found"]
