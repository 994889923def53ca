"""Facts that no declaration changes: of a cell that says the same of all names they have one value, or none is known.

In: a rule that does not hold, its decision. Out: whether nothing on our side can make it hold.
"""

from __future__ import annotations

from ..evaluate.case import Case
from ..evaluate.facts import fact_value
from ..logic import Operation
from ..logic.paths import KNOWLEDGE, reads, words_of
from ..model.asking import OBSERVED
from ..model.vocabulary import Decision


def is_settled(node: Operation, outcome: Decision, case: Case) -> bool:
    """Whether a rule reads one fact alone, which has another value than it asks for, or none that is stated.

    What makes a fact unknown, such as a name outside its cell's scope, can only hide a value, and never brings another.
    """
    paths = tuple(reads(node))
    if node.name in KNOWLEDGE or len(paths) != 1 or words_of(node, OBSERVED):
        return False
    root, _, rest = paths[0].partition(".")
    dimension, _, below = rest.partition(".facts.")
    if root != "registry" or not below:
        return False
    cell, steps = case.cell(dimension), below.split(".")
    if cell is None:
        return True
    if any(steps[0] in entry.facts for entry in cell.written.scoped_facts or ()):
        return False
    return outcome == "fail" or fact_value(cell.written.facts or {}, steps) is None
