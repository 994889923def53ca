"""A view filled in a small world: a manifest of one usage, a registry of two offerings, a bundle."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from tests.world import AS_OF, OFFERING, SNAPSHOT
from vendorgate.errors import Problem
from vendorgate.gate import Gate
from vendorgate.inventory.filling import filled
from vendorgate.inventory.model import Cell, Inventory, View
from vendorgate.inventory.reading import checked_view, read_view
from vendorgate.inventory.vocabulary import dialect_of, words_of

Part = dict[str, Any]
POLICY: Part = {"id": "p", "title": "t", "require": [{"covered": "hipaa_baa"}]}


class Told(msgspec.Struct, frozen=True):
    """A cell in plain words."""

    values: tuple[str, ...]
    missing: tuple[str, ...]
    """Why and how, of each thing that is missing."""

    @property
    def applies(self) -> bool:
        return bool(self.values or self.missing)


def told(cell: Cell) -> Told:
    lacking = ("; ".join(text for text in (one.why, one.help) if text) for one in cell.missing)
    return Told(tuple(one.words for one in cell.values), tuple(lacking))


def view_of(*columns: Part, **more: Any) -> Part:
    """A view of these columns, each with an id of its own where it names none."""
    named = [{"id": f"c{place}", "title": f"Column {place}", **one} for place, one in enumerate(columns)]
    return {"version": 1, "name": "v", "title": "V", "law": ["a law"], "rows": "usage", **more, "columns": named}


def register(
    folder: Path,
    view: Part | str,
    *usages: Part,
    offering: Part | None = None,
    agreements: Sequence[Part] | None = None,
    bundle: Part | None = None,
    overlays: Sequence[Part] = (),
    manifests: Sequence[Part] = (),
    as_of: datetime.date = AS_OF,
    owner: str | None = None,
) -> Inventory:
    """The register; `view` is one of ours by its name, or its parts. Manifests beside the first are given whole."""
    gate, paths = world(folder, usages, offering, agreements, bundle, overlays, manifests, owner)
    evaluation = gate.check(paths, as_of=as_of)
    return filled(checked(folder, view, gate), evaluation, words_of(gate.files, gate.lexicon))


def checked(folder: Path, view: Part | str, gate: Gate) -> View:
    problems: list[Problem] = []
    found = checked_with(folder, view, gate, problems)
    assert problems == []
    assert found is not None
    return found


def checked_with(folder: Path, view: Part | str, gate: Gate, problems: list[Problem]) -> View | None:
    """A view held against what a gate knows."""
    name = view
    if not isinstance(view, str):
        (folder / "view.yaml").write_text(json.dumps(view), "utf-8")
        name = str(folder / "view.yaml")
    read = read_view(str(name), problems)
    if read is None:
        return None
    return checked_view(read, words_of(gate.files, gate.lexicon), dialect_of(gate.files, gate.lexicon), problems)


def world(
    folder: Path,
    usages: Sequence[Part] = (),
    offering: Part | None = None,
    agreements: Sequence[Part] | None = None,
    bundle: Part | None = None,
    overlays: Sequence[Part] = (),
    manifests: Sequence[Part] = (),
    owner: str | None = None,
) -> tuple[Gate, list[Path]]:
    """Inputs in files, and what judges them."""
    listed = [{"id": f"u{place}", "offering": "alpha", "data": ["pii"], **one} for place, one in enumerate(usages)]
    first: Part = {"version": 1, "project": "p", "usages": listed, **({} if owner is None else {"owner": owner})}
    files: dict[str, Part] = {
        "registry/snapshot.yaml": SNAPSHOT,
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, "dimensions": {}, **(offering or {})},
        "registry/offerings/beta.yaml": {"id": "beta", **OFFERING, "platform": "B", "dimensions": {}},
        "policies/policies.yaml": {"version": 1, "policies": [POLICY]},
        "policies/bundle.yaml": {"version": 1, **(bundle or {})},
        "m0/vendorgate.yaml": first,
    }
    for place, one in enumerate(overlays):
        files[f"policies/offerings/{place}.yaml"] = one
    for place, one in enumerate(manifests, 1):
        files[f"m{place}/vendorgate.yaml"] = {"version": 1, **one}
    if agreements is not None:
        files["policies/agreements.yaml"] = {"version": 1, "agreements": list(agreements)}
    for name, part in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(part, ensure_ascii=False), "utf-8")
    paths = [folder / name for name in files if name.endswith("vendorgate.yaml")]
    return Gate(folder / "policies", folder / "registry"), paths
