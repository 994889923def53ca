"""Small stores, written as a gather writes them, for whoever reads one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from vendorgate.commands.fleet.model import FoundDrift
from vendorgate.commands.fleet.store.writing import Asked, Gathered, GatheredManifest, writing_store

DAY: Final = "2026-11-30"
Written = str | bytes | dict[str, Any]
"""A manifest: bytes, a text, or a value that is written as JSON, which is YAML."""


def store(
    folder: Path,
    repositories: Mapping[str, Mapping[str, Written]],
    errors: Mapping[str, tuple[str, str]] | None = None,
    drift: Iterable[FoundDrift] = (),
) -> Path:
    """A store with these manifests, by repository and path, and with repositories that could not be read, by name with
    the problem and its help; the folder."""
    folder.mkdir(exist_ok=True)
    found = list(drift)
    names = [*repositories, *(errors or {})]
    with writing_store(folder, DAY) as writer:
        asked = {name: Asked(name, f"https://code.example/{name}.git") for name in names}
        writer.begin([*asked.values()])
        for number, (name, manifests) in enumerate(repositories.items()):
            of_it = tuple(GatheredManifest(path, data_of(one)) for path, one in sorted(manifests.items()))
            differing = tuple(one for one in found if one.repository == name)
            coded = "looked" if found else ""
            writer.keep(Gathered(name, asked[name].origin, f"{number + 1:040x}", of_it, differing, coded))
        for name, (problem, help) in (errors or {}).items():
            writer.failed(asked[name], problem, help)
        writer.finish()
    return folder


def data_of(written: Written) -> bytes:
    """The bytes of a manifest."""
    if isinstance(written, bytes):
        return written
    return (written if isinstance(written, str) else json.dumps(written)).encode()
