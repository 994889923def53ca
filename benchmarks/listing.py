"""Which scripts of a folder are benchmarks, and what each says of itself: the text at its top is its method.

In: a folder. Out: names with texts, in order of the alphabet. No script is imported.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

ASIDE = {"other_detectors": "says in our words what other detectors find, and measures nothing"}
"""Scripts that are no benchmarks, each with its reason."""
COMMAND = "__main__"


@dataclass(frozen=True)
class Benchmark:
    """A script that measures, and tells its limits by `timing.judged`."""

    name: str
    path: Path
    method: str

    @property
    def title(self) -> str:
        """The first sentence."""
        words = " ".join(self.method.split("\n\n")[0].split())
        return words.split(". ")[0].removesuffix(".")


def listed(folder: Path) -> tuple[Benchmark, ...]:
    """Every script that can be run, but for those that stand aside."""
    return tuple(
        Benchmark(path.stem, path, ast.get_docstring(tree) or "")
        for path in sorted(folder.glob("*.py"))
        if path.stem not in (*ASIDE, COMMAND) and is_script(tree := ast.parse(path.read_text("utf-8")))
    )


def is_script(tree: ast.Module) -> bool:
    """Whether it does something when it is run: `if __name__ == "__main__":`."""
    return any(isinstance(one, ast.If) and ast.unparse(one.test) == "__name__ == '__main__'" for one in tree.body)
