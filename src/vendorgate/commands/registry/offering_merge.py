"""Offerings from outside into those of a snapshot: nothing that was written here is lost, and nothing gets better than
the sources say.

In: offerings of ours and from outside, as plain values. Out: the offerings that change, as they will be, and a remark
on everything that was kept, dropped or taken more strictly than it was published. Scopes, conditions and whatever
upstream does not state stay; a cell is taken only where its evidence is newer than ours, or of the same day and no
better.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec

from ...logic import Json
from ...logic.meeting import meets
from ...model.facts import LISTINGS
from ...model.grades import DOCUMENTED, rank
from ...model.vocabulary import CONFIDENCES, TIERS
from .upstream import RULES, Restricted, Upstream

Values = dict[str, Any]
"""Of an offering or a cell as JSON has them; what comes of a merge is read as strictly as any file before it is
used."""
CellValues = Mapping[str, Any]
PLAIN_FIELDS: Final = (
    "value",
    "confidence",
    "verified",
    "source",
    "archived",
    "tier",
    "route",
    "default",
    "geography",
    "valid_until",
)
"""Fields of a cell that are published, and that come from outside, as they are; what is not stated there stays as it is
here."""


class Merged(msgspec.Struct, frozen=True):
    """The offerings that a merge changes or adds."""

    offerings: dict[str, Values]
    """By id, as they will be."""
    remarks: tuple[str, ...]


def merge(ours: Mapping[str, CellValues], upstream: Upstream) -> Merged:
    """Merge what was published into offerings by id."""
    merged, remarks = {}, list[str]()
    for id, offering in upstream.offerings.items():
        here = ours.get(id)
        known = {**offering, "dimensions": {}} if here is None else here
        cells = dict(known["dimensions"])
        theirs: CellValues = offering["dimensions"]
        exceptions = _listed(id, known, upstream.exceptions.get(id, {}), remarks)
        for dimension in dict.fromkeys((*theirs, *exceptions)):
            merging = _Merging(f"{id} {dimension}", remarks)
            before = cells.get(dimension)
            found = merging.known(before, theirs.get(dimension), upstream.restricted.get((id, dimension)))
            cell = merging.cell(before, found, exceptions.get(dimension, ()))
            if cell is not None:
                cells[dimension] = cell
        merged[id] = {**known, "dimensions": cells}
    return Merged(merged, tuple(remarks))


def _listed(
    id: str, offering: CellValues, exceptions: Mapping[str, Sequence[str]], remarks: list[str]
) -> dict[str, list[str]]:
    """The excluded models that the offering lists, by dimension; a remark on others, which may be names for people.

    To exclude these would do nothing, and is refused where a registry is read: nothing is documented of them anyhow.
    """
    listed = offering.get("models")
    models = dict.fromkeys(model for names in exceptions.values() for model in names)
    unknown = {one for one in models if listed and not any(meets(one, glob) for glob in listed)}
    words = "fits none of the models that the offering lists; left out, so exclude it by the name that usages declare"
    remarks.extend(f"{id}: the excluded model `{model[:80]}` {words}" for model in models if model in unknown)
    return {name: [one for one in named if one not in unknown] for name, named in exceptions.items()}


class _Merging(msgspec.Struct, frozen=True):
    """One cell being merged."""

    place: str
    remarks: list[str]

    def remark(self, words: str) -> None:
        self.remarks.append(f"{self.place}: {words}")

    def known(
        self, ours: CellValues | None, theirs: CellValues | None, restricted: Restricted | None
    ) -> CellValues | None:
        """Their cell; with the grade that they restrict where the very rules that restrict it are ours."""
        if restricted is None:
            return theirs
        if ours is not None and _rules(ours) == restricted.rules:
            return restricted.cell
        if restricted.remark is not None:
            self.remark(restricted.remark)
        return theirs

    def cell(self, ours: CellValues | None, theirs: CellValues | None, models: Sequence[str]) -> Values | None:
        """The cell as it will be; None where there is none."""
        if ours is not None and theirs is not None:
            before, after = ours.get("verified"), theirs.get("verified")
            if after is None or (before is not None and after < before):
                self.remark("our evidence is newer; kept")
                return dict(ours)
            if after == before and rank(theirs["value"]) > rank(ours["value"]):
                self.remark(
                    f"`{theirs['value']}` of the same day is better than ours; kept until newer evidence says so"
                )
            else:
                ours = self.taken(ours, theirs)
        found = ours if ours is not None else theirs
        return None if found is None else self.without(found, models)

    def taken(self, ours: CellValues, theirs: CellValues) -> Values:
        """Our cell with what is stated outside in it."""
        found = {**ours, **{field: theirs[field] for field in PLAIN_FIELDS if theirs.get(field) is not None}}
        found["value"] = self.grade(ours, theirs)
        if _reread(ours, found):
            self.take_out_notes(ours, theirs, found)
        elif not ours.get("note") and theirs.get("note"):
            found["note"] = theirs["note"]
        if self.is_bound(ours, theirs):
            for field, stricter in _STRICTER.items():
                if ours.get(field) is not None and found.get(field) is not None:
                    found[field] = stricter(ours[field], found[field])
        if theirs.get("facts"):
            found["facts"] = self.facts("facts", ours.get("facts") or {}, theirs["facts"])
        return found

    def grade(self, ours: CellValues, theirs: CellValues) -> str:
        """Their grade. What a scope reaches that was written for another grade is not what `partial` speaks of."""
        value: str = theirs["value"]
        if value == "partial" and ours["value"] != "partial" and _has_scope(ours):
            self.remark(
                "`partial`, and our scope was written for another grade; `unclear` until somebody says which part"
            )
            return "unclear"
        return value

    def is_bound(self, ours: CellValues, theirs: CellValues) -> bool:
        """Whether of each field the stricter one counts: nothing newer says more than what we have."""
        if theirs["value"] == "partial" == ours["value"] and _has_scope(ours):
            if theirs["verified"] != ours.get("verified"):
                self.remark("`partial` without a word on which part: our scope keeps the day on which it was read")
            return True
        return bool(theirs["verified"] == ours.get("verified"))

    def take_out_notes(self, ours: CellValues, theirs: CellValues, found: Values) -> None:
        """Take out what was said of another reading than the new one."""
        found.pop("note", None)
        if theirs.get("note"):
            found["note"] = theirs["note"]
        if ours.get("note"):
            self.remark("our note was of another grade or source; taken out")
        if found.get("source") != ours.get("source") and ours.get("archived") and not theirs.get("archived"):
            found.pop("archived")
            self.remark("our archived copy was of another source; taken out")
        if theirs.get("source") is None and ours.get("source"):
            self.remark("another grade without a source; ours still stands there, and is to be read again")
        if (
            theirs.get("confidence") is None
            and found["value"] in DOCUMENTED
            and ours.get("confidence") not in (None, "low")
        ):
            found["confidence"] = "low"
            self.remark("another reading that does not say how sure it is; confidence `low` is taken")

    def facts(self, place: str, ours: CellValues, theirs: CellValues) -> Values:
        """Their facts over ours, key by key at every depth; what is lost is remarked on."""
        found = dict(ours)
        for name, value in theirs.items():
            before, where = ours.get(name), f"{place}.{name[:80]}"
            if isinstance(before, dict) and isinstance(value, dict) and where not in _WHOLE:
                value = self.facts(where, before, value)
            elif where in _WHOLE and isinstance(before, dict) and isinstance(value, dict):
                self.remark_loss(where, before.get("names"), value.get("names"))
            else:
                self.remark_loss(where, before, value)
            found[name] = value
        return found

    def remark_loss(self, place: str, before: Json, value: Json) -> None:
        if isinstance(before, list):
            kept = value if isinstance(value, list) else []
            lost = [entry for entry in before if entry not in kept]
            if lost:
                self.remark(f"{place} no longer has {', '.join(f'`{str(one)[:80]}`' for one in lost)}")
        elif isinstance(before, dict):
            self.remark(f"{place} no longer has {', '.join(f'`{str(one)[:80]}`' for one in before)}")

    def without(self, cell: CellValues, models: Sequence[str]) -> Values:
        """A cell that no longer speaks of models that are graded by themselves.

        `partial` says nothing outside a scope: the first one would say that all other models are inside. The facts of a
        `no` are known where it reaches, too, and are not those of these models.
        """
        if cell["value"] not in (*DOCUMENTED, "no") or not models:
            return dict(cell)
        if cell["value"] == "partial" and not _has_scope(cell):
            self.remark("`partial` without a scope stays unknown for every model; the exceptions are left out")
            return dict(cell)
        scope = {axis: reach for axis, reach in (cell.get("scope") or {}).items() if reach is not None}
        reach = scope.get("models") or {}
        excluded = list(reach.get("except") or ())
        new = [model for model in models if model not in excluded]
        for model in new:
            self.remark(f"the model `{model[:80]}` is excluded, because it is graded by itself")
        if not new:
            return dict(cell)
        only = {"only": reach["only"]} if reach.get("only") is not None else {}
        return {**cell, "scope": {**scope, "models": {**only, "except": [*excluded, *new]}}}


def _reread(ours: CellValues, found: CellValues) -> bool:
    """Whether it is another reading than ours: of another source, or with another grade."""
    return bool(found["value"] != ours["value"] or found.get("source") != ours.get("source"))


def _rules(cell: CellValues) -> Values:
    """What restricts a cell."""
    return {key: cell[key] for key in RULES if cell.get(key)}


def _has_scope(cell: CellValues) -> bool:
    """Whether a scope restricts something; one that restricts nothing is none."""
    return any(reach is not None for reach in (cell.get("scope") or {}).values())


_WHOLE: Final = frozenset(f"facts.{name}" for name in LISTINGS)
"""Facts that are taken as a whole: that our list is complete says nothing of theirs."""
_STRICTER: Final[Mapping[str, Callable[[str, str], str]]] = {
    "verified": min,
    "valid_until": min,
    "confidence": lambda one, other: min(one, other, key=CONFIDENCES.index),
    "tier": lambda one, other: max(one, other, key=TIERS.index),
}
"""Of two that are stated, the one that lets less pass."""
