"""What the checker knows of the operators and what evaluates them are two tables that must agree."""

from __future__ import annotations

from vendorgate.evaluate.program import OPERATORS
from vendorgate.load.language import SIGNATURES, language
from vendorgate.load.lexicon import Lexicon
from vendorgate.logic.operators import ARITIES, GENERAL


def test_every_operator_of_the_language_is_checked_and_evaluated_with_the_same_arity() -> None:
    checked = language(frozenset(), Lexicon(())).require.arities
    assert checked == {name: (row.least, row.most) for name, row in OPERATORS.items()}
    assert set(OPERATORS) == set(GENERAL) | set(SIGNATURES)
    assert set(ARITIES) == set(GENERAL)
