"""How much is tried: all of it with `--hypothesis-profile=thorough`, for each commit a part of the examples of laws and
of cases that are alike.

A law that costs little says how many it tries and always tries them all; a law that costs much says of how many it
tries its `share`. For each commit the examples are always the same; thorough runs try others each time.

Of what Hypothesis tries some are constants that it finds in the source of whatever is imported at the time, which
depends on what ran before. For a commit they are those of what decides, whatever is imported; a thorough run takes
all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants, constants_from_module

from tests.measuring import modules_that_decide

COMMIT: Final = "commit"
THOROUGH: Final = "thorough"
_of_all_that_is_imported: Final = providers._get_local_constants
SHARE: Final = 10
"""A commit tries one in so many of the examples of a law that costs much."""
LEAST: Final = 10
"""And never fewer, where the law has as many."""
PART: Final = 3
"""Of cases that are alike and cost much a commit tries one in so many."""
Case = TypeVar("Case")
Other = TypeVar("Other")


def register_profiles() -> None:
    """Make both profiles known to Hypothesis, and take the one for commits until an option asks for the other."""
    settings.register_profile(
        COMMIT, derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.register_profile(
        THOROUGH, derandomize=False, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile(COMMIT)
    providers._get_local_constants = constants


def constants() -> Constants:
    """What is tried because it stands in the source."""
    return _of_all_that_is_imported() if thorough() else _of_what_decides()


@cache
def _of_what_decides() -> Constants:
    found = Constants()
    for module in modules_that_decide():
        found |= constants_from_module(module)
    return providers._local_constants | found  # in order, as these are, which are none yet


def thorough() -> bool:
    """Whether this run was asked to be thorough; options for Hypothesis's verbosity extend a profile's name."""
    return settings.get_current_profile_name().split("-")[0] == THOROUGH


def share(examples: int, least: int = LEAST) -> int:
    """How many of its examples a law tries in this run; all of them when it is thorough."""
    return examples if thorough() else max(examples // SHARE, min(examples, least))


def part(cases: Sequence[Case], turn: int = 0, of: int = PART) -> Sequence[Case]:
    """All cases in a thorough run, else one in so many: from another one on at each turn."""
    return cases if thorough() else cases[turn % of :: of]


def pairs(rows: Sequence[Case], columns: Sequence[Other], of: int = PART) -> list[tuple[Case, Other]]:
    """Each row with each column in a thorough run, else each with one in so many of the others, which take turns."""
    assert min(len(rows), len(columns)) >= of
    return [(row, column) for turn, row in enumerate(rows) for column in part(columns, turn, of)]
