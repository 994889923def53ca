"""What a model is for, as far as its name tells.

In: a model's name. Out: what is done with it, in the words of the APIs' `does`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...evaluate.kinds import Kind, kind_of

_DONE: Final[Mapping[Kind, str]] = {
    "embedding": "embeddings",
    "reranking": "rerank",
    "moderation": "moderation",
    "transcription": "transcription",
    "image": "images",
    "speech": "speech",
    "text": "chat",
}
"""What a model of each kind is asked for; of the others nothing that configurations name."""


def doing(model: str) -> str | None:
    """What a model is for: a name that tells nothing is that of a model that chats."""
    kind = kind_of("models", model.rpartition("/")[2])
    if kind is None or (kind == "voice" and "realtime" not in model):
        return "chat"
    return "realtime" if kind == "voice" else _DONE.get(kind)
