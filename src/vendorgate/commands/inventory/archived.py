"""The registers that ship as an evidence pack has them, each filled from what judged.

In: what judged. Out: members of the pack, a register in several formats one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from ...archive.derived import Attached
from ...errors import InputError, Problem
from ...frame.streams import Rendered
from ...gate import Gate
from ...inventory.filling import filled
from ...inventory.model import Inventory
from ...inventory.reading import SHIPPED_VIEWS, checked_view, read_view
from ...inventory.vocabulary import dialect_of, words_of
from ...model.evaluation import Evaluation
from ...terminal.style import PLAIN
from .formats import FORMATS

_KEPT: Final = ("csv", "json")
"""For a spreadsheet and for a program; `vendorgate inventory` makes the others of the same inputs."""


def attached(gate: Gate) -> Iterator[Attached]:
    """Every register that ships."""
    for name in SHIPPED_VIEWS:
        register = _once(gate, name)
        for format in _KEPT:
            yield Attached(f"inventory/{name}.{format}", "inventory", _rendered(register, format))


def _rendered(register: Callable[[Evaluation], Inventory], format: str) -> Callable[[Evaluation], Rendered]:
    def render(judged: Evaluation) -> Rendered:
        rendered = FORMATS[format](register(judged), PLAIN)
        assert isinstance(rendered, (str, bytes))
        return rendered

    return render


def _once(gate: Gate, name: str) -> Callable[[Evaluation], Inventory]:
    """A register that is filled once for all its formats, and kept until the last of them is made."""
    kept: list[Inventory] = []
    left = len(_KEPT)

    def register(judged: Evaluation) -> Inventory:
        nonlocal left
        found = kept.pop() if kept else _filled(gate, name, judged)
        left -= 1
        if left:
            kept.append(found)
        return found

    return register


def _filled(gate: Gate, name: str, judged: Evaluation) -> Inventory:
    """A register.

    Raises:
        InputError: its view is not valid with the words of this bundle.
    """
    problems: list[Problem] = []
    read, words = read_view(name, problems), words_of(gate.files, gate.lexicon)
    view = None if read is None else checked_view(read, words, dialect_of(gate.files, gate.lexicon), problems)
    if view is None or problems:
        raise InputError(problems)
    return filled(view, judged, words)
