"""What repeats is judged once, and comes to what a check says of it."""

from __future__ import annotations

from random import Random

import pytest

from tests.commands.fleet.judging.same_verdicts import hold_for_what_ships, hold_in_a_world


@pytest.mark.parametrize("seed", range(20))
def test_worker_says_of_random_worlds_what_checks_say(seed: int) -> None:
    hold_in_a_world(Random(seed))


def test_worker_says_of_what_ships_what_checks_say() -> None:
    assert sum(hold_for_what_ships(Random(seed)) for seed in range(3)) > 500
