"""What somebody does who reads lines to add, and adds them."""

from __future__ import annotations

import re
from typing import Final

from tests.terminal import Terminal

_BLOCK: Final = re.compile(
    r"^add to usage `[^`]*`(?:, under `[^`]*`)? \(([^:()]+):(\d+)\)[^\n]*:\n\n((?:    .*\n)+)", re.MULTILINE
)


def pasted(terminal: Terminal, text: str) -> int:
    """Paste every block of YAML that a check proposes below the line that it names; the number of blocks."""
    blocks = [(found[1], int(found[2]), found[3]) for found in _BLOCK.finditer(text + "\n")]
    for name, line, block in sorted(blocks, key=lambda one: -one[1]):
        lines = terminal.read(name).splitlines(keepends=True)
        above, below = lines[line - 1], lines[line]
        opened = above.lstrip(" -")
        start = len(above) - len(opened)
        deeper = len(below) - len(below.lstrip(" ")) if opened.rstrip().endswith(":") else start
        new = [f"{' ' * deeper}{written[4:]}" for written in block.splitlines(keepends=True)]
        lines[line:line] = new
        terminal.write(name, "".join(lines))
    return len(blocks)
