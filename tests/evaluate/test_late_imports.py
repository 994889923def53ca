"""What few checks need is imported when it is asked for, and is then what the module has.

Each is asked for once a process: here again, whatever asked first.
"""

from __future__ import annotations

from vendorgate.evaluate import case, coverage, judge
from vendorgate.evaluate.explain import Explainer
from vendorgate.evaluate.facts import descend, fact_value
from vendorgate.evaluate.strangers import stranger_reasons


def test_what_reads_facts_is_that_of_facts() -> None:
    case._readers.cache_clear()
    assert case._readers() == (fact_value, descend)
    assert case._readers() is case._readers()


def test_what_explains_strangers_is_that_of_strangers() -> None:
    coverage._reasons_of_strangers.cache_clear()
    assert coverage._reasons_of_strangers() is stranger_reasons


def test_what_explains_is_the_explainer() -> None:
    judge._explaining.cache_clear()
    assert judge._explaining() is Explainer
