"""What differs between the registries of both sides, as far as it can be read.

In: both sides. Out: a `RegistryDifference`, and the offerings of which one side has a file that is not valid. No
manifest names such an offering, so that it stops nothing.
"""

from __future__ import annotations

import msgspec

from ...comparison.registry_difference import difference
from ...comparison.registry_model import RegistryDifference
from ...model.registry import Snapshot
from .preparing import PreparedSide


def registry_differences(before: PreparedSide, after: PreparedSide) -> tuple[RegistryDifference, tuple[str, ...]]:
    """Between the offerings whose files differ; all others need not be read."""
    old, new = before.gate.digests, after.gate.digests
    ids = [id for id in sorted(old.keys() | new.keys()) if old.get(id) != new.get(id)]
    sides = [one.gate.snapshot(ids) for one in (before, after)]
    invalid = tuple(id for id in ids if any(id in one.ids and id not in one.offerings for one in sides))
    wanted = frozenset(ids).difference(invalid)
    return difference(*(_only(one, wanted) for one in sides)), invalid


def _only(snapshot: Snapshot, ids: frozenset[str]) -> Snapshot:
    offerings = {id: offering for id, offering in snapshot.offerings.items() if id in ids}
    return msgspec.structs.replace(snapshot, offerings=offerings)
