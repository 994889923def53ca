"""The order in which sets of changes are tried is that of a heap of costs and numbers."""

from __future__ import annotations

import heapq

from hypothesis import given
from hypothesis import strategies as st

from vendorgate.lifting.model import COSTS
from vendorgate.lifting.search import _Waiting
from vendorgate.lifting.tried import Numbers

SETS = st.frozensets(st.integers(0, 12), max_size=4)
ADDED = st.lists(st.lists(st.tuples(st.integers(1, 4), SETS), max_size=4), max_size=12)
"""By what is taken: what is added then, with how much more it costs."""


@given(SETS, ADDED)
def test_sets_are_taken_the_cheapest_first_and_then_by_their_numbers(
    begin: Numbers, added: list[list[tuple[int, Numbers]]]
) -> None:
    waiting = _Waiting(begin)
    heap: list[tuple[int, tuple[int, ...], Numbers]] = [(0, (), begin)]
    met = {begin}
    for more in added:
        assert bool(waiting) is bool(heap)
        if not heap:
            break
        assert waiting.cost == heap[0][0]
        cost, _, numbers = heapq.heappop(heap)
        assert waiting.take() == numbers
        for beside, one in more:
            if one not in met:
                met.add(one)
                waiting.add(cost + beside, one)
                heapq.heappush(heap, (cost + beside, tuple(sorted(one)), one))
    while heap:
        assert waiting.cost == heap[0][0]
        assert waiting.take() == heapq.heappop(heap)[2]
    assert not waiting


def test_every_change_costs_something() -> None:
    assert min(COSTS.values()) > 0
