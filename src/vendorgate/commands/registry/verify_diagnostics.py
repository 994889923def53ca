"""What was found in a snapshot as diagnostics.

In: what was found. Out: `Diagnostic`s. None blocks: old evidence is no mistake of the snapshot, and a check reads it as
unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from ...model.vocabulary import Severity
from ...report.diagnostic import Diagnosed, Diagnostic
from ...source import Location
from .verifying import MisnamedFact, OddCell, VerifiedSnapshot

CellId = Literal["old-evidence", "evidence-ends-soon", "no-source", "misspelt-fact"]
_KINDS: Final[dict[CellId, str]] = {
    "old-evidence": "evidence that no longer counts",
    "evidence-ends-soon": "evidence that soon will not count",
    "no-source": "a cell without a source that anybody can open",
    "misspelt-fact": "a fact that is almost called by a common name",
}
_SEVERITY: Final[dict[CellId, Severity]] = {
    "old-evidence": "warning",
    "evidence-ends-soon": "note",
    "no-source": "warning",
    "misspelt-fact": "warning",
}
_HELP: Final[dict[CellId, str]] = {
    "old-evidence": "read the source again and write that day as `verified`, or use a newer snapshot",
    "evidence-ends-soon": "read the source again before that day, or use a newer snapshot",
    "no-source": "write the https address of the source, or grade the cell `no_public_evidence`",
    "misspelt-fact": "call it by the common name, or give it a name of its own (vendorgate docs reference/facts)",
}
_FIELD: Final[Mapping[CellId, str]] = {
    "old-evidence": "verified",
    "evidence-ends-soon": "verified",
    "no-source": "source",
}


def diagnosed(found: VerifiedSnapshot) -> Diagnosed:
    """All that is to be said of the evidence."""
    old = tuple(_diagnostic("evidence-ends-soon" if one.counts else "old-evidence", one) for one in found.aging)
    bare = tuple(_diagnostic("no-source", one) for one in found.unsourced)
    words = (
        f"valid: {len(found.snapshot.offerings)} offerings, {found.cells} cells; evidence that does not count, or not "
        f"for more than {found.within} days: {len(old)}; cells without a source that anybody can open: {len(bare)}"
    )
    near = tuple(map(_misnamed, found.misnamed))
    words += f"; facts that are almost called by a common name: {len(near)}" if near else ""
    kinds = {str(id): told for id, told in _KINDS.items()}
    return Diagnosed("vendorgate registry verify", (*old, *bare, *near), words, kinds=kinds)


def _diagnostic(id: CellId, one: OddCell) -> Diagnostic:
    location = one.offering.source.locate(("dimensions", one.dimension, _FIELD[id]))
    return _told(id, one, location, (one.offering.id, one.dimension))


def _misnamed(one: MisnamedFact) -> Diagnostic:
    location = one.offering.source.locate(("dimensions", one.dimension, *one.path), key=True)
    return _told("misspelt-fact", one, location, (one.offering.id, one.dimension, one.name))


def _told(id: CellId, one: OddCell | MisnamedFact, location: Location, about: tuple[str, ...]) -> Diagnostic:
    message = f"`{one.offering.id}` {one.dimension}: {one.words}"
    return Diagnostic(id, _SEVERITY[id], message, _HELP[id], location, one.offering.source, about=about, blocks=False)
