"""Offerings from outside into the files of a snapshot, without losing what was written here.

In: the bytes of a snapshot's files, offerings from outside. Out: the bytes of the files as they will be, and a word
about everything that was kept. Comments, scopes, conditions and notes of the files stay; a cell is taken only where
its evidence is at least as new as ours.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from .upstream import Upstream

_TAKEN: Final = ("value", "confidence", "verified", "source", "archived", "tier", "route", "default", "geography")
"""Fields that come from outside as they are; one that is not stated there any more is not stated here either."""


class Merged(msgspec.Struct, frozen=True):
    """The files of a snapshot after a merge."""

    files: dict[str, bytes]
    remarks: tuple[str, ...]


def merge(files: Mapping[str, bytes], upstream: Upstream, attribution: str) -> Merged:
    """Merge; `attribution` says where the offerings come from and stays in the snapshot."""
    yaml = _yaml()
    merged, remarks = dict(files), []
    for id, offering in upstream.offerings.items():
        path = f"offerings/{id}.yaml"
        if path not in files:
            merged[path] = _dumped(yaml, _days(offering))
            continue
        document = yaml.load(files[path].decode("utf-8-sig"))
        before = _dumped(yaml, document)
        remarks.extend(_merge_cells(id, document["dimensions"], offering["dimensions"]))
        after = _dumped(yaml, document)
        if after != before:
            merged[path] = after
    merged["snapshot.yaml"] = _attributed(yaml, files["snapshot.yaml"], upstream, attribution)
    return Merged(merged, tuple(remarks))


def _yaml() -> YAML:
    """A reader and writer that keeps comments, quotes and order."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _dumped(yaml: YAML, value: Any) -> bytes:
    stream = io.BytesIO()
    yaml.dump(value, stream)
    return stream.getvalue()


def _merge_cells(id: str, ours: Any, theirs: Mapping[str, Any]) -> list[str]:
    remarks = []
    for dimension, cell in theirs.items():
        known = ours.get(dimension)
        if known is None:
            ours[dimension] = _days(cell)
        elif _verified(cell) is None or (_verified(known) is not None and _verified(cell) < _verified(known)):  # type: ignore[operator]  # both are days
            remarks.append(f"{id} {dimension}: our evidence is newer; kept")
        else:
            _merge_cell(known, _days(cell))
    return remarks


def _verified(cell: Mapping[str, Any]) -> datetime.date | None:
    found = cell.get("verified")
    return datetime.date.fromisoformat(found) if isinstance(found, str) else found


def _merge_cell(ours: Any, theirs: Mapping[str, Any]) -> None:
    for field in _TAKEN:
        if field in theirs:
            ours[field] = theirs[field]
        elif field != "tier":  # a tier that is not stated would reach further
            ours.pop(field, None)
    if not ours.get("note") and theirs.get("note"):
        ours["note"] = theirs["note"]
    if theirs.get("facts"):
        facts = ours.setdefault("facts", {})
        for name, value in theirs["facts"].items():
            facts[name] = value
    for model in theirs.get("scope", {}).get("models", {}).get("except", ()):
        _exclude(ours, model)


def _exclude(cell: Any, model: str) -> None:
    """Add a model to the exclusions of a cell, beside whatever its scope says already."""
    scope = cell.get("scope")
    if scope is None:
        scope = cell["scope"] = {}
    models = scope.get("models")
    if models is None:
        models = scope["models"] = {}
    excluded = models.get("except")
    if excluded is None:
        models["except"] = [model]
    elif model not in excluded:
        excluded.append(model)


def _days(value: Any, key: str = "") -> Any:
    """Plain JSON as YAML that a strict reader takes: days stay days, what looks like something else is quoted."""
    if isinstance(value, dict):
        return {_quoted(str(name)): _days(entry, str(name)) for name, entry in value.items()}
    if isinstance(value, list):
        return [_days(entry) for entry in value]
    if isinstance(value, str):
        return datetime.date.fromisoformat(value) if key == "verified" else _quoted(value)
    return value


def _quoted(text: str) -> Any:
    """Quoted wherever a reader could take it for something else than text."""
    name = text.replace("_", "").replace("-", "")
    plain = name.isalnum() and text[0].isalpha() and text.lower() not in _WORDS
    return text if plain else DoubleQuotedScalarString(text)


_WORDS: Final = frozenset(("yes", "no", "on", "off", "y", "n", "true", "false", "null"))


def _attributed(yaml: YAML, data: bytes, upstream: Upstream, attribution: str) -> bytes:
    document = yaml.load(data.decode("utf-8-sig"))
    if upstream.generated is not None:
        document["generated"] = datetime.date.fromisoformat(upstream.generated)
    if attribution not in " ".join(str(document["attribution"]).split()):
        document["attribution"] = f"{' '.join(str(document['attribution']).split())} {attribution}"
    return _dumped(yaml, document)
