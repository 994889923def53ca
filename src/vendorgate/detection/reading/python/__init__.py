"""Python, by its own parser.

In: the text of a file, or of the cells of a notebook. Out: `Code`. Nothing is run. References are as written, with
these steps that stand for more than a name: an index is its text or number, and `*` where it cannot be told; a first
step that is empty is something else than a name; `__call__` is what a call returned, called. A key `**` of a mapping
is another mapping that was spread into it.
"""

from __future__ import annotations

import ast
import warnings

from ...code import Code
from ..unreadable import Unreadable
from .expressions import read_later
from .limits import demand_modest
from .places import places_of
from .sheet import Sheet
from .statements import body


def read(text: str) -> Code:
    """All that a file says."""
    text = text.removeprefix("\ufeff")
    demand_modest(text)
    sheet = Sheet(places_of(text))
    read_into(sheet, parse(text))
    return sheet.code()


def parse(text: str) -> ast.Module:
    """The syntax tree; what the parser warns of is nothing that a reader could mend."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (RecursionError, MemoryError):
        raise Unreadable("nested too deeply") from None
    except SyntaxError as error:
        raise Unreadable(f"not Python 3 at line {error.lineno or 1}") from None
    except ValueError:
        raise Unreadable("with characters that no source file has") from None


def read_into(sheet: Sheet, tree: ast.Module) -> None:
    """Add what a tree says to a sheet."""
    try:
        body(sheet, tree.body)
        read_later(sheet)
    except (RecursionError, MemoryError):
        raise Unreadable("nested too deeply") from None


__all__ = ["Sheet", "parse", "read", "read_into"]
