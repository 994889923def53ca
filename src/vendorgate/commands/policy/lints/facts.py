"""What a bundle states of offerings that nobody will read: facts whose name is almost a common one.

In: what `offerings/` of a bundle says. Out: findings.
"""

from __future__ import annotations

from collections.abc import Iterator

from ....load.common_facts import near_misses
from ....load.overlays import Overlays
from ..lint_model import LintFinding


def misspelt(overlays: Overlays) -> Iterator[LintFinding]:
    """`misspelt-fact`: policies that read the common name find nothing."""
    own = ((one.written.dimensions, one.document.source) for one in overlays.own)
    added = ((one.written.dimensions, one.source) for one in overlays.extensions)
    for cells, source in (*own, *added):
        for dimension, cell in cells.items():
            for path, name, meant in near_misses(cell) if cell is not None else ():
                message = f"the fact `{name}` is almost called `{meant}`, which policies of everybody read"
                help = f"call it `{meant}`, or give it a name of its own"
                place = ("dimensions", dimension, *path)
                yield LintFinding("misspelt-fact", message, help, source, place, at_key=True)
