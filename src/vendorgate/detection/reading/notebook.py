"""Notebooks of Python: their code cells, one after the other, as one file.

In: the text of an `.ipynb` file. Out: one `Code`, with places in that file. Prose and outputs are never read. What only
the notebook's shell understands says nothing, and a cell that is no Python is left out.
"""

from __future__ import annotations

import ast
import re
from typing import Final

from ..code import Code
from .cells import Cell, Notebook, Positions
from .python import Sheet, parse, read_into
from .python.limits import demand_modest
from .python.places import lines_of, places_of
from .unreadable import Unreadable

_PYTHON: Final = frozenset({"", "python", "python2", "python3", "ipython", "ipython2", "ipython3", "pyspark", "sage"})
_RUNS_IT: Final = frozenset(
    {"time", "timeit", "capture", "prun", "python", "python3", "writefile", "file", "px", "memit"}
)
"""Cell magics after which Python follows."""
_SHELL: Final = re.compile(r"(?P<indent>[ \t]*)(?:%{1,2}[a-zA-Z_]|!|\?)")
_GIVEN: Final = re.compile(r"(?P<name>[ \t]*[\w.]{1,80}[ \t]*=[ \t]*)(?:%[a-zA-Z_]|!)")
"""`files = !ls`, `out = %sql select 1`."""
_HELP: Final = re.compile(r"[ \t]*[\w.*]{1,200}\?{1,2}[ \t]*")
_MAGIC: Final = re.compile(r"%%(\w{1,80})")
_SETS: Final = re.compile(r"[ \t]*%(?:set_)?env[ \t]+([A-Za-z_]\w{0,80})[ \t]*[= ]")
"""A variable of the environment that a magic sets; its value may be a secret."""


def read(text: str) -> Code:
    """All that the code cells say.

    Raises:
        Unreadable: it is no notebook of Python, or none of its cells can be read.
    """
    notebook = Notebook(text.removeprefix("\ufeff"))
    if notebook.language not in _PYTHON:
        raise Unreadable("in another language than Python")
    cells = [cell for cell in notebook.cells if cell.kind == "code" and cell.language.lower() in _PYTHON]
    demand_modest("\n".join(cell.source for cell in cells))
    sheet = Sheet(places_of(""))
    understood = [_read_cell(sheet, notebook, cell) for cell in cells]
    if understood and not any(understood):
        raise Unreadable("not Python 3 in any cell")
    return sheet.code()


def _read_cell(sheet: Sheet, notebook: Notebook, cell: Cell) -> bool:
    """Whether it could be read."""
    source = cell.source
    before = sheet.where
    sheet.locate = Positions(notebook, cell).at
    try:
        read_into(sheet, _tree(sheet, source))
    except Unreadable:
        sheet.where = before
        return False
    return True


def _tree(sheet: Sheet, source: str) -> ast.Module:
    """The syntax tree of a cell, as it is or without the lines that are the shell's."""
    try:
        return parse(source)
    except Unreadable:
        magic = _MAGIC.match(source.lstrip())
        if magic is not None and magic[1] not in _RUNS_IT:
            raise
    tree = parse(_without_shell(source))
    for number, line in enumerate(lines_of(source), 1):
        if match := _SETS.match(line):
            sheet.environment.append((match[1], sheet.locate(number, match.start(1))))
    return tree


def _without_shell(source: str) -> str:
    """As many lines, those that only the notebook's shell understands without a meaning."""
    lines: list[str] = []
    goes_on = False
    for line in lines_of(source):
        if goes_on:
            lines.append("")
        elif (match := _SHELL.match(line)) or _HELP.fullmatch(line):
            lines.append(f"{match['indent'] if match else ''}pass")
        elif match := _GIVEN.match(line):
            lines.append(f"{match['name']}None")
        else:
            lines.append(line)
            continue
        goes_on = line.endswith("\\")
    return "\n".join(lines)
