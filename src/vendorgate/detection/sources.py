"""Which reader a source file has, by how its name ends or what runs it; each is imported when there is such a file.

In: a path, a text. Out: `Code`.
"""

from __future__ import annotations

import importlib
import re
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


_INTERPRETERS: Final = (
    (re.compile(r"python[\d.]*w?|pypy[\d.]*|uv"), ".py"),
    (re.compile(r"node|nodejs"), ".js"),
    (re.compile(r"bun|deno|tsx|ts-node"), ".ts"),
    (re.compile(r"ruby[\d.]*"), ".rb"),
    (re.compile(r"php[\d.]*"), ".php"),
    (re.compile(r"(?:ba|z|da|k)?sh"), ".sh"),
)
"""What runs a script, by its first line; and the ending that its name would have."""
_FIRST_LINE: Final = 200


def with_ending(path: str, text: str) -> str:
    """The path of a file, with the ending that the first line says of a script whose name has none."""
    if not text.startswith("#!") or "." in path.rpartition("/")[2]:
        return path
    programs = [word.rpartition("/")[2] for word in text[2:_FIRST_LINE].partition("\n")[0].split()]
    endings = (ending for word in programs for name, ending in _INTERPRETERS if name.fullmatch(word))
    return path + next(endings, "")


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
