"""What the upstream registry publishes (`data.json`), as offerings of ours.

In: JSON from outside, whose shape is known in part. Out: plain offerings in our format, and a word about everything
that was not taken as it stood. No guess is ever favourable: an unknown tier becomes the highest, an unknown category
the one that policies trust least, and free text becomes a note, never a rule.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from ..errors import InputError, Problem
from ..logic.days import is_date
from ..model.vocabulary import CATEGORIES, CONFIDENCES, DEFAULTS, DIMENSIONS, GRADES, ROUTES, TIERS
from ..source import Location

_SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?")
_LONGEST_TEXT: Final = 2_000
_MOST_LEVELS: Final = 20
_LARGEST_WHOLE: Final = 10**15 - 1
_OFFERING_TEXTS: Final = ("name", "developer", "platform", "model_family", "summary")
_NOTES: Final = ("notes", "note", "caveat", "evidence")
"""Free text of a cell; the first that is there becomes its note, the others are kept as facts."""
_TEXTS: Final = ("source", "archived", "geography")
_KNOWN: Final = frozenset((*_NOTES, *_TEXTS, "value", "confidence", "verified", "tier", "route", "default"))


class Upstream(msgspec.Struct, frozen=True):
    """What was read."""

    name: str
    generated: str | None
    license: str | None
    offerings: dict[str, dict[str, Any]]
    """By id, in our format."""
    remarks: tuple[str, ...]
    """What was left out, or taken in another way than it stood."""


def read_upstream(data: bytes, shown: str) -> Upstream:
    """Read the published JSON.

    Raises:
        InputError: no JSON, or not a registry.
    """
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise _refused(shown, f"not JSON: {str(error)[:200]}") from None
    if not isinstance(value, dict) or not isinstance(value.get("offerings"), list):
        raise _refused(shown, "JSON without a list of `offerings`")
    reader = _Reader([])
    offerings: dict[str, dict[str, Any]] = {}
    for index, entry in enumerate(value["offerings"]):
        read = reader.offering(entry, f"offerings[{index}]")
        if read is not None and read["id"] not in offerings:
            offerings[read["id"]] = read
        elif read is not None:
            reader.remark(read["id"], "stands twice; the first is taken")
    if not offerings:
        raise _refused(shown, "no offering in it that can be read")
    generated = value.get("generated")
    return Upstream(
        name=_text(value.get("name")) or "upstream registry",
        generated=generated[:10] if isinstance(generated, str) and is_date(generated[:10]) else None,
        license=_text(value.get("license")),
        offerings=offerings,
        remarks=tuple(reader.remarks),
    )


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _refused(shown: str, title: str) -> InputError:
    help = "give a snapshot's archive or the upstream data.json"
    return InputError([Problem(title, Location(shown, 1, 1), help)])


def _text(value: Any) -> str | None:
    """A text that says something, at a length that a reader bears."""
    return _whole(value.strip()[:_LONGEST_TEXT]) if isinstance(value, str) and value.strip() else None


def _whole(text: str) -> str:
    """A text without halves of characters (lone surrogates), which JSON can carry and no file can."""
    return text.encode("utf-8", "replace").decode("utf-8")


class _Reader(msgspec.Struct, frozen=True):
    remarks: list[str]

    def remark(self, place: str, words: str) -> None:
        self.remarks.append(f"{place}: {words}")

    def offering(self, value: Any, place: str) -> dict[str, Any] | None:
        id = value.get("id") if isinstance(value, dict) else None
        if not isinstance(value, dict) or not isinstance(id, str) or not _SLUG.fullmatch(id):
            self.remark(place, "no offering with an id; left out")
            return None
        texts = {key: text for key in _OFFERING_TEXTS if (text := _text(value.get(key))) is not None}
        for key in ("name", "developer", "platform"):
            if key not in texts:
                self.remark(id, f"no {key}; `unknown` is written")
        known = {"name": id, "developer": "unknown", "platform": "unknown", **texts}
        category = self.word(id, value, "category", CATEGORIES, "aggregator")
        for key in value.keys() - {*_OFFERING_TEXTS, "id", "category", "dimensions", "sort_order", "model_exceptions"}:
            self.remark(id, f"the field `{key}` is not known; left out")
        dimensions = self.dimensions(id, value.get("dimensions"))
        self.exceptions(id, value.get("model_exceptions"), dimensions)
        return {"id": id, **known, "category": category or "aggregator", "dimensions": dimensions}

    def word(
        self, place: str, value: Mapping[str, Any], key: str, words: tuple[str, ...], strictest: str | None
    ) -> Any:
        """A word of a vocabulary; what is not one becomes the strictest, or nothing."""
        found = value.get(key)
        if found is None or found in words:
            return found
        taken = f"`{strictest}` is taken" if strictest else "left out"
        self.remark(place, f"{key} `{str(found)[:80]}` is not known; {taken}")
        return strictest

    def dimensions(self, id: str, value: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, cell in (value if isinstance(value, dict) else {}).items():
            place = f"{id} {name}"
            if name not in DIMENSIONS:
                self.remark(place, "a dimension that is not known; left out")
            elif not isinstance(cell, dict) or not _text(cell.get("value")):
                self.remark(place, "a cell without a value; left out")
            else:
                found[name] = self.cell(place, cell)
        return {name: found[name] for name in DIMENSIONS if name in found}

    def cell(self, place: str, cell: Mapping[str, Any]) -> dict[str, Any]:
        value = str(_text(cell["value"]))
        if value not in GRADES:
            self.remark(place, f"the grade `{value[:80]}` is not known; kept, and read as unknown")
        verified = cell.get("verified")
        if verified is not None and not is_date(verified):
            self.remark(place, f"verified `{str(verified)[:80]}` is no day; left out, so that the cell is unknown")
            verified = None
        notes = {key: text for key in _NOTES if (text := _text(cell.get(key))) is not None}
        note = next(iter(notes.values()), None)
        more = {f"upstream_{key}": text for key, text in list(notes.items())[1:]}
        facts = {
            **more,
            **{_whole(key): self.fact(place, key, entry) for key, entry in cell.items() if key not in _KNOWN},
        }
        read = {
            "value": value,
            "confidence": self.word(place, cell, "confidence", CONFIDENCES, None),
            "verified": verified,
            **{key: _text(cell.get(key)) for key in _TEXTS},
            "tier": self.word(place, cell, "tier", TIERS, "enterprise"),
            "route": self.word(place, cell, "route", ROUTES, None),
            "default": self.word(place, cell, "default", DEFAULTS, None),
            "note": note,
            "facts": {key: entry for key, entry in facts.items() if entry is not None} or None,
        }
        return {key: entry for key, entry in read.items() if entry is not None}

    def fact(self, place: str, key: Any, value: Any) -> Any:
        if _levels(value) > _MOST_LEVELS:
            self.remark(place, f"the fact `{str(key)[:80]}` nests too deeply; left out")
            return None
        return _readable(value)

    def exceptions(self, id: str, value: Any, dimensions: dict[str, Any]) -> None:
        """A model that upstream grades by itself is excluded from the cells that it names."""
        for entry in value if isinstance(value, list) else ():
            model = _text(entry.get("model")) if isinstance(entry, dict) else None
            named = entry.get("dimensions") if isinstance(entry, dict) else None
            names = [name for name in (named if isinstance(named, (list, dict)) else ()) if name in dimensions]
            if model is None or not names:
                self.remark(id, "a model exception that cannot be read; left out, and to be looked at")
                continue
            for name in names:
                scope = dimensions[name].setdefault("scope", {"models": {"except": []}})
                scope["models"]["except"].append(model)
                self.remark(f"{id} {name}", f"the model `{model[:80]}` is excluded, because it is graded by itself")


def _readable(value: Any) -> Any:
    """A fact in values that our files can hold: numbers that no double holds exactly become texts."""
    if isinstance(value, dict):
        return {_whole(key): _readable(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_readable(entry) for entry in value]
    if isinstance(value, str):
        return _whole(value)
    if isinstance(value, int) and abs(value) > _LARGEST_WHOLE:
        return str(value)
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _levels(value: Any) -> int:
    """How deep a value nests."""
    level, count = [value], 0
    while level and count <= _MOST_LEVELS:
        count += 1
        inner: list[Any] = []
        for one in level:
            inner.extend(one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
        level = inner
    return count
