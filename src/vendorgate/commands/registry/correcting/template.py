"""The beginning of a correction: what the cell says now, and what a person is to fill in.

In: an offering, a dimension, what its cell says in plain values. Out: YAML that is refused until it is filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ....logic import Json
from ....model.correction import CorrectedCell
from ....rewriting.yaml_text import mapping_lines

_HEAD: Final = """\
# A correction of the registry: what a cell says, and what its source says instead. Fill it in, then apply it:
#   vendorgate registry correct --apply FILE
# Without a primary source and the day on which it was read it is refused.
version: 1
offering: {offering}
"""
_SAYS: Final = """\
# What the registry says. Leave it as it is: where it says something else by now, nothing is applied.
"""
_SHOULD: Final = """\
# What it should say. Change what is wrong, leave the rest: a key that you take out is taken out. Quote the grade "no".
"""
_FILL: Final = """\
# The primary source: a page of the vendor's own that anybody can open. No article about it, and no copy of it.
source: ""
# The day on which you read it, as 2026-11-28.
read_on: ""
# Who read it: a name or an address, which is recorded beside the day.
by: ""
# What was wrong, in a sentence of your own, for the changelog.
why: ""
# The passage that says it, in the source's own words; only its SHA-256 is recorded.
# quote: ""
# A copy of the source as you read it.
# archived: https://web.archive.org/web/…
# The name under which the changelog thanks you.
# credit: ""
"""
_NOTHING: Final[Mapping[str, Json]] = {"value": "unclear"}
"""Where the registry states nothing: a cell to begin with."""


def template(offering: str, dimension: str, says: Mapping[str, Json] | None) -> str:
    """A correction of one cell, which the registry states or not."""
    should: dict[str, Json] = dict(_NOTHING)
    if says is not None:
        should = {name: value for name, value in says.items() if name in CorrectedCell.__struct_fields__}
    parts = (
        _HEAD.format(offering=offering),
        f"{_SAYS}{_written({'says': {dimension: None if says is None else dict(says)}})}",
        f"{_SHOULD}{_written({'dimensions': {dimension: should}})}",
        _FILL,
    )
    return "\n".join(parts)


def _written(value: Mapping[str, Json]) -> str:
    return "".join(f"{line}\n" for line in mapping_lines(value))
