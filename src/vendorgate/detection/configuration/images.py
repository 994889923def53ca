"""Images of containers that run models, or pass calls on to those who do.

In: the name of an image. Out: a sighting of ourselves or of a gateway.
"""

from __future__ import annotations

import re
from typing import Final

from ..documents.node import Leaf
from ..sighting import SELF_HOSTED, Reach, Sighting

LITELLM: Final = "litellm-proxy"
_IMAGES: Final = (
    (re.compile(r"berriai/litellm"), LITELLM),
    (re.compile(r"portkeyai/gateway"), "portkey"),
    (
        re.compile(
            r"ollama/ollama|vllm/vllm|huggingface/text-(?:generation|embeddings)-inference|localai/localai|go-skynet/local-ai"
            r"|ggml-org/llama\.cpp|ggerganov/llama\.cpp|open-webui/open-webui|sglang|nvcr\.io/nim/|ghcr\.io/xorbitsai"
        ),
        SELF_HOSTED,
    ),
)


def is_litellm(image: str) -> bool:
    """Whether an image is LiteLLM's proxy."""
    return bool(_IMAGES[0][0].search(image[:300]))


def image(leaf: Leaf, reach: Reach = "used") -> Sighting | None:
    """Who runs in a container of this image, where that tells."""
    written = leaf.value.strip()[:300]
    provider = next((whose for pattern, whose in _IMAGES if pattern.search(written)), None)
    if provider is None:
        return None
    return Sighting(
        provider, "config", leaf.place, reach=reach, token=written.partition("@")[0].rpartition(":")[0] or written
    )
