"""The laws of the contract: take any fact or declaration away, or have the registry say what names imply, and no
blocking result becomes a passing one; take away what a result does not rest on, and it stays what it is; what was
observed is worth what its honest declaration is, and what must be observed and was not is worth nothing.

Random registries, manifests and rules; something is taken away or added; both are judged by the whole gate, through
files. Left out, as the contract has it: `known`, `var` defaults, negated agreements, also those behind a `covered`,
models that the offering does not list, and one of two declarations that contradict each other.

`python -m tests.evaluate.laws --examples 100000 --seed 1` tries many.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from random import Random

from tests.evaluate.account_worlds import account_world
from tests.evaluate.law_worlds import IMPLYING, World, agreed_world, observed_world, wide_world, world
from tests.evaluate.observing_laws import (
    asking,
    hold_of_an_observation_that_is_taken_away,
    hold_of_honest_declarations,
    hold_of_observations_that_results_rest_on,
    hold_of_what_must_be_observed,
)
from tests.evaluate.removing import judged, possible, without
from tests.evaluate.resting_laws import (
    hold_of_agreements_that_passes_name,
    hold_of_claims,
    hold_of_what_results_rest_on,
)
from tests.evaluate.shipped_laws import hold_for_what_ships


def hold_of_what_is_taken_away(found: World, random: Random) -> None:
    """Fails where something that is taken away turns blocking into passing."""
    with tempfile.TemporaryDirectory() as folder:
        before = judged(found, Path(folder, "before"))
        removals = possible(found, before)
        if not removals or not any(result.blocks for result in before.results):
            return
        path = random.choice(removals)
        after = judged(without(found, path), Path(folder, "after"))
    for earlier, later in zip(before.results, after.results, strict=True):
        if earlier.blocks:
            assert later.blocks, f"without {path}: {earlier.outcome} became {later.outcome}: {dict(found)}"


def hold_of_what_names_imply(found: World, on_unknown: str) -> None:
    """Fails where what a name implies turns blocking into passing."""
    found["policy"]["on_unknown"] = on_unknown
    silent = {**found, "offering": {key: part for key, part in found["offering"].items() if key not in IMPLYING}}
    with tempfile.TemporaryDirectory() as folder:
        before = judged(silent, Path(folder, "before"))
        after = judged(found, Path(folder, "after"))
    for earlier, later in zip(before.results, after.results, strict=True):
        assert later.blocks or not earlier.blocks, f"{earlier.outcome} became {later.outcome}: {dict(found)}"
        may_pass = earlier.outcome in ("pass", "not_applicable")
        assert later.outcome != "pass" or may_pass, f"{earlier.outcome} passes: {dict(found)}"


def main() -> int:
    parser = argparse.ArgumentParser(description="Try the laws in many random worlds.")
    parser.add_argument("--examples", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    tried = 0
    for number in range(options.seed, options.seed + options.examples):
        if (number - options.seed) % 1_000 == 999:
            sys.stderr.write(f"{number - options.seed + 1} worlds\n")
        random = Random(number)
        found = random.choice([world, wide_world, agreed_world])(random)
        hold_of_what_is_taken_away(found, random)
        hold_of_what_results_rest_on(found, random)
        hold_of_agreements_that_passes_name(found, random)
        hold_of_claims(found)
        seen = observed_world(random)
        hold_of_honest_declarations(seen)
        hold_of_what_must_be_observed(seen, random)
        hold_of_an_observation_that_is_taken_away(seen, random)
        hold_of_observations_that_results_rest_on(seen, random)
        hold_of_what_results_rest_on(seen, random)
        hold_of_an_observation_that_is_taken_away(asking(seen, random, negated=False), random)
        hold_of_observations_that_results_rest_on(asking(seen, random, negated=True), random)
        hold_of_what_must_be_observed(asking(seen, random, negated=True), random)
        account = account_world(random)
        hold_of_observations_that_results_rest_on(account, random)
        hold_of_what_results_rest_on(account, random)
        hold_of_what_must_be_observed(account, random)
        tried += hold_for_what_ships(random)
        hold_of_what_names_imply(found, random.choice(["fail", "warn", "pass"]))
    sys.stdout.write(f"all laws hold in {options.examples} worlds, and of {tried} results of the registry that ships\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
