"""Words of the command line that are no longer said, by command, and what to type in their place.

In: a command and its words. Out: nothing, or an advice. Nothing of it was ever released, so no old word works.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile, zip_longest
from typing import Final

import msgspec


class Retired(msgspec.Struct, frozen=True):
    """What stands in the place of an option."""

    option: str
    """To type instead, with the value that was given."""
    values: tuple[str, ...] = ()
    """The values with which it is meant, where the old option still is one with others."""


RETIRED: Final[Mapping[str, Mapping[str, Retired]]] = {
    "impact": {
        "--threshold": Retired("--fail-on"),
        "--fail-on": Retired("--fail-when", ("new", "worse", "any")),
    },
    "registry diff": {"--fail-on": Retired("--fail-when")},
    "agreements list": {"--ending-within": Retired("--within")},
    "policy build": {"--output": Retired("--into")},
    "schema": {"--output": Retired("--into")},
}
"""By the words of the command, by the old option."""


def advice(command: str, arguments: Sequence[str]) -> str | None:
    """What to type instead of the first retired word; None where there is none."""
    known = RETIRED.get(command)
    if known is None:
        return None
    words = [*takewhile(lambda word: word != "--", arguments)]
    for word, after in zip_longest(words, words[1:], fillvalue=""):
        option, equals, value = word.partition("=")
        value = value if equals else after
        new = known.get(option)
        if new is not None and (not new.values or value in new.values):
            old, instead = (" ".join(filter(None, (one, value))) for one in (option, new.option))
            return f"`{old}` of `vendorgate {command}` is now `{instead}`"
    return None
