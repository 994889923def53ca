"""What a configuration demands of an aggregator: retention and collection of data, as OpenRouter calls them.

In: the parameters of a model. Out: settings with their places.
"""

from __future__ import annotations

from typing import Final

from ..documents.node import Leaf, Node, branches, text
from ..sighting import Setting

_NAMES: Final = ("zdr", "data_collection", "zeroDataRetention", "disallowPromptTraining", "enforce_distillable_text")
_ABOVE: Final = frozenset(["provider", "gateway"])


def preferences(parameters: Node | None) -> tuple[Setting, ...]:
    """The preferences that stand anywhere in parameters, below `provider` or `gateway`."""
    return tuple(
        Setting(name, _value(found), found.place)
        for path, branch in branches(parameters)
        if path and path[-1] in _ABOVE
        for name in _NAMES
        if (found := text(branch, name)) is not None and len(found.value) <= 20
    )


def _value(leaf: Leaf) -> str | bool:
    return {"true": True, "false": False}.get(leaf.value.lower(), leaf.value)
