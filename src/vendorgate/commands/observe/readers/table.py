"""Which reader reads the accounts of an offering.

In: an offering's id. Out: its reader, whose module is imported only when it is asked for, since some bring a cloud's
own client along. Refuses to know anything else of a reader: that, its `READER` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final

from ..model import Reader

_MODULES: Final[Mapping[str, str]] = {
    "amazon-nova-bedrock": "bedrock",
    "anthropic-api": "anthropic",
    "azure-openai": "azure",
    "claude-bedrock": "bedrock",
    "claude-foundry": "azure",
    "claude-platform-aws": "claude_platform_aws",
    "claude-vertex": "vertex",
    "fireworks-api": "fireworks",
    "gemini-api": "gemini",
    "gemini-vertex": "vertex",
    "llama-azure": "azure",
    "llama-bedrock": "bedrock",
    "mistral-azure": "azure",
    "openai-api": "openai",
    "openai-bedrock": "bedrock",
    "openrouter": "openrouter",
}
"""The module in this room, by offering."""
OFFERINGS: Final = tuple(sorted(_MODULES))
"""All whose accounts can be read."""


def reader_of(offering: str) -> Reader | None:
    """The reader of an offering, by the registry's id; None where its vendor tells nothing that could be read."""
    module = _MODULES.get(offering)
    if module is None:
        return None
    found: Reader = import_module(f"{__package__}.{module}").READER
    return found
