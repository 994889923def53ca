"""Which reader a source file has, by how its name ends; each is imported when there is such a file.

In: a path, a text. Out: `Code`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Final

from .code import Code

_READERS: Final = {
    ".py": "python",
    ".pyw": "python",
    ".ipynb": "notebook",
    **dict.fromkeys(
        (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".vue", ".svelte", ".astro"), "javascript"
    ),
    ".go": "go",
    ".java": "java",
    ".kt": "kotlin",
    ".kts": "kotlin",
    ".cs": "csharp",
    ".rb": "ruby",
    ".rs": "rust",
    ".php": "php",
}
"""By ending: the module of `reading`."""


def is_source(path: str) -> bool:
    """Whether a reader takes it."""
    return _ending(path) in _READERS


def code_of(path: str, text: str) -> Code:
    """What a source file says.

    Raises:
        Unreadable: it does not parse, or is more than a reader takes.
    """
    read: Callable[..., Code] = importlib.import_module(f".reading.{_READERS[_ending(path)]}", __package__).read
    return read(text, path) if _READERS[_ending(path)] == "javascript" else read(text)


def _ending(path: str) -> str:
    at = path.rfind(".", path.rfind("/") + 1)
    return path[at:].lower() if at >= 0 else ""
