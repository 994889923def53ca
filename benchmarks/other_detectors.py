"""What other detectors find, said as `vendorgate.detect/1`, so that one scorer scores them all.

`python benchmarks/other_detectors.py ai-bom|aibom-scanner|airom PROGRAM detect --format json TREE` runs the PROGRAM
of that tool and translates its providers to offerings, in the tool's favour: what it says of tests is told as tests,
what it names no provider for is left out, and a framework is nobody. It measures nothing by itself.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OFFERINGS = {
    "openai": "openai-api",
    "azure openai": "azure-openai",
    "azure-openai": "azure-openai",
    "azure": "azure-openai",
    "azure_openai": "azure-openai",
    "anthropic": "anthropic-api",
    "google": "gemini-api",
    "gemini": "gemini-api",
    "google_genai": "gemini-api",
    "google_vertex": "vertex",
    "vertex": "vertex",
    "google-vertex": "vertex",
    "vertexai": "vertex",
    "aws bedrock": "bedrock",
    "aws-bedrock": "bedrock",
    "aws_bedrock": "bedrock",
    "bedrock": "bedrock",
    "mistral": "mistral-la-plateforme",
    "cohere": "cohere-api",
    "groq": "groq-api",
    "together": "together-api",
    "xai": "xai-api",
    "deepseek": "deepseek-api",
    "fireworks": "fireworks-api",
    "perplexity": "perplexity-api",
    "openrouter": "openrouter",
    "replicate": "replicate",
    "huggingface": "huggingface-inference",
    "hugging face": "huggingface-inference",
    "cerebras": "cerebras",
    "hyperbolic": "hyperbolic",
    "moonshot": "moonshot",
    "zhipu": "zhipu",
    "ai21": "ai21",
    "nvidia": "nvidia-nim",
    "github": "github-models",
    "aws-sagemaker": "sagemaker-endpoint",
}
LIBRARIES = {"HuggingFace Transformers", "tiktoken", "transformers", "huggingface-hub", "boto3", "MCP"}
"""Named with a provider, and no use of it."""


def ai_bom(program: str, tree: str) -> Iterator[tuple[str, str]]:
    """Providers of components, which have no status."""
    found = _json([program, "scan", tree, "-f", "json", "-q"])
    for one in found["components"]:
        provider = next((p["value"] for p in one.get("properties", []) if p["name"] == "trusera:provider"), "")
        if one["name"] not in LIBRARIES:
            yield provider, "used"


def aibom_scanner(program: str, tree: str) -> Iterator[tuple[str, str]]:
    """Detections in code; dependencies are told as such."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "found.json")
        subprocess.run(
            [program, "scan", "--path", tree, "--format", "json", "--output", path], capture_output=True, check=False
        )
        found = json.loads(path.read_text(encoding="utf-8"))
    yield from ((one["provider"], "used") for one in found["detections"])
    yield from ((one["provider"], "dependency") for one in found["dependencies"])


def airom(program: str, tree: str) -> Iterator[tuple[str, str]]:
    """Components with a provider."""
    for one in _json([program, "fs", tree, "-o", "json"])["components"]:
        if one.get("provider"):
            yield one["provider"], "test" if one.get("testOnly") else "used"


def _json(command: list[str]) -> Any:
    return json.loads(subprocess.run(command, capture_output=True, check=False).stdout)


TOOLS = {"ai-bom": ai_bom, "aibom-scanner": aibom_scanner, "airom": airom}


def main() -> None:
    """Print the document."""
    tool, program, tree = sys.argv[1], sys.argv[2], sys.argv[-1]
    named = {
        (OFFERINGS[name.lower()], status) for name, status in TOOLS[tool](program, tree) if name.lower() in OFFERINGS
    }
    offerings: list[dict[str, object]] = [
        {"offering": id, "vendor": None, "status": status, "endpoints": [], "models": [], "regions": []}
        for id, status in sorted(named)
    ]
    files = sum(1 for path in Path(tree).rglob("*") if path.is_file())
    print(
        json.dumps(
            {"schema": "vendorgate.detect/1", "files": {"scanned": files}, "offerings": offerings, "findings": []}
        )
    )


if __name__ == "__main__":
    main()
