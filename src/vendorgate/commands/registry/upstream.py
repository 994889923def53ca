"""What the upstream registry publishes (`data.json`), as offerings of ours.

In: JSON from outside, of a shape known in part, and the day on which it is read. Out: plain offerings in our format,
and a remark on everything that was not taken as it was published. No guess is ever favourable: an unknown tier becomes
the highest, an unknown category the one that policies trust least, and free text becomes a note, never a rule.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NoReturn

import msgspec

from ...errors import InputError, Problem, enough
from ...load.common_facts import blank_texts, is_allowed
from ...logic import Json
from ...logic.days import is_date
from ...model.facts import NOTE
from ...model.grades import DOCUMENTED
from ...model.text import LONGEST, is_blank
from ...model.vocabulary import ACCESS_ROUTES, CATEGORIES, CONFIDENCES, CONTRACT, DEFAULTS, DIMENSIONS, GRADES, TIERS
from ...source import Location
from .upstream_values import KINDS, MOST_LEVELS, excerpt, levels, longest, readable, text_of, whole

_SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?")
_MOST_DIGITS: Final = 15
_OFFERING_TEXTS: Final = ("name", "developer", "platform", "model_family", "summary")
_OFFERING_KEYS: Final = frozenset((*_OFFERING_TEXTS, "id", "category", "dimensions", "sort_order", "model_exceptions"))
_NOTES: Final = ("notes", "note", "caveat", "evidence")
"""Free text of a cell; the first that is there becomes its note, the others are kept as facts."""
_TEXTS: Final = ("source", "archived", "geography")
RULES: Final = ("scope", "conditions", "scoped_facts")
"""What would restrict a cell in our format and is never taken from outside."""
_KNOWN: Final = frozenset(
    (*_NOTES, *_TEXTS, "value", "confidence", "verified", "valid_until", "tier", "route", "default", "facts")
)
_OURS_ALONE: Final = frozenset(("internal", "unlisted"))
"""Categories and ids that no registry has."""
_CATEGORIES: Final = tuple(word for word in CATEGORIES if word not in _OURS_ALONE)


class Restricted(msgspec.Struct, frozen=True):
    """A cell whose grade its publisher restricts by rules, which are taken from nobody."""

    cell: dict[str, Any]
    """The cell as it would be where exactly these rules stand already; without the words that tell them."""
    rules: dict[str, Any]
    """Its scope, conditions and facts by scope."""
    remark: str | None
    """What is said where they do not; None where the grade promises nothing anyway."""


class Upstream(msgspec.Struct, frozen=True):
    """What was read."""

    name: str
    generated: str | None
    license: str | None
    offerings: dict[str, dict[str, Any]]
    """By id, in our format."""
    exceptions: dict[str, dict[str, tuple[str, ...]]]
    """By id and dimension: models that are graded by themselves, so that the cell does not speak of them."""
    remarks: tuple[str, ...]
    """What was left out, or taken in another way than it stood."""
    restricted: dict[tuple[str, str], Restricted] = {}
    """By id and dimension: the grade that a cell would have, whose grade here is `unclear`."""


def read_upstream(data: bytes, shown: str, today: datetime.date) -> Upstream:
    """Read the published JSON.

    Raises:
        InputError: no JSON, or not a registry, or something in it of which no careful guess can be made.
    """
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant, parse_int=_number)
    except (ValueError, RecursionError) as error:
        raise _refused(shown, f"not JSON: {str(error)[:200]}") from None
    if not isinstance(value, dict) or not isinstance(value.get("offerings"), list):
        raise _refused(shown, "JSON without a list of `offerings`")
    reader = _Reader(shown, today, [], [], {})
    offerings: dict[str, dict[str, Any]] = {}
    exceptions: dict[str, dict[str, tuple[str, ...]]] = {}
    for index, entry in enumerate(value["offerings"]):
        place = f"offerings[{index}]"
        read = reader.offering(entry, place)
        if read is None:
            continue
        id = str(read["id"])
        if id in offerings:
            reader.remark(id, "stands twice; the first is taken")
        else:
            offerings[id] = read
            exceptions[id] = reader.exceptions(id, entry.get("model_exceptions"), place)
    if reader.problems:
        raise InputError(reader.problems)
    if not offerings:
        raise _refused(shown, "no offering in it that can be read")
    return Upstream(
        name=text_of(value.get("name")) or "upstream registry",
        generated=reader.generated(value.get("generated")),
        license=text_of(value.get("license")),
        offerings=offerings,
        exceptions=exceptions,
        remarks=tuple(reader.remarks),
        restricted=reader.restricted,
    )


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _number(digits: str) -> int | str:
    """A whole number; one that no file of ours can hold stays a text, which costs no time to read."""
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def _refused(shown: str, title: str) -> InputError:
    help = "give a snapshot's archive or the upstream data.json"
    return InputError([Problem(title, Location(shown, 1, 1), help)])


class _Reader(msgspec.Struct, frozen=True):
    shown: str
    today: datetime.date
    problems: list[Problem]
    remarks: list[str]
    restricted: dict[tuple[str, str], Restricted]

    def remark(self, place: str, words: str) -> None:
        self.remarks.append(f"{place}: {words}")

    def refuse(self, place: str, found: str, help: str) -> None:
        """Note what keeps all of it from being taken."""
        if not enough(self.problems):
            self.problems.append(Problem(f"{whole(place)}: {whole(found)}", Location(self.shown, 1, 1), help))

    def refuse_kind(self, place: str, value: Json, expected: str) -> None:
        self.refuse(place, KINDS[type(value)], f"{expected} was expected; have it corrected where it is published")

    def generated(self, value: Json) -> str | None:
        """The day on which it was made, unless that is still to come."""
        day = value[:10] if isinstance(value, str) and is_date(value[:10]) else None
        if day is not None and day > self.today.isoformat():
            self.remark("generated", f"{day} is still to come; left out")
            return None
        return day

    def offering(self, value: Json, place: str) -> dict[str, Json] | None:
        id = value.get("id") if isinstance(value, dict) else None
        if not isinstance(value, dict) or not isinstance(id, str) or not _SLUG.fullmatch(id) or id in _OURS_ALONE:
            self.remark(place, "no offering with an id; left out")
            return None
        texts = {key: text for key in _OFFERING_TEXTS if (text := text_of(value.get(key))) is not None}
        for key in ("name", "developer", "platform"):
            if key not in texts:
                self.remark(id, f"no {key}; where the offering is new, `unknown` is written")
        known = {"name": id, "developer": "unknown", "platform": "unknown", **texts}
        category = self.word(id, value, "category", _CATEGORIES, "aggregator")
        for key in sorted(value.keys() - _OFFERING_KEYS):
            self.remark(id, f"the field `{whole(key)[:80]}` is not known; left out")
        dimensions = self.dimensions(id, value.get("dimensions"), place)
        return {"id": id, **known, "category": category or "aggregator", "dimensions": dimensions}

    def word(
        self, place: str, value: Mapping[str, Json], key: str, words: tuple[str, ...], strictest: str | None
    ) -> Json:
        """A word of a vocabulary; what is not one becomes the strictest, or nothing."""
        found = value.get(key)
        if found is None or (isinstance(found, str) and found in words):
            return found
        taken = f"`{strictest}` is taken" if strictest else "left out"
        self.remark(place, f"{key} `{excerpt(found)}` is not known; {taken}")
        return strictest

    def dimensions(self, id: str, value: Json, place: str) -> dict[str, Json]:
        if not isinstance(value, (dict, type(None))):
            self.refuse_kind(f"{place}.dimensions", value, "a mapping of dimensions to cells")
            return {}
        cells = value or {}
        for name in sorted(cells.keys() - frozenset(DIMENSIONS)):
            self.remark(f"{id} {whole(name)[:80]}", "a dimension that is not known; left out")
        found: dict[str, Json] = {}
        for name in DIMENSIONS:
            cell = cells.get(name)
            if isinstance(cell, dict) and text_of(cell.get("value")):
                found[name] = read = self.cell(f"{id} {name}", cell, f"{place}.dimensions.{name}")
                restricted = _restricted(cell, read)
                if restricted is not None:
                    self.restricted[id, name] = restricted
                    found[name] = {**read, "value": "unclear"} if _covers(read) else read
            elif name in cells:
                self.remark(f"{id} {name}", "a cell without a value; left out")
        return found

    def cell(self, place: str, cell: Mapping[str, Json], where: str) -> dict[str, Json]:
        notes = {key: text for key in _NOTES if (text := text_of(cell.get(key))) is not None}
        valid_until = self.day(place, cell, "valid_until")
        read = {
            "value": self.grade(place, cell, valid_until),
            "confidence": self.word(place, cell, "confidence", CONFIDENCES, None),
            "verified": self.verified(place, cell, where),
            **{key: text_of(cell.get(key)) for key in _TEXTS},
            "tier": self.word(place, cell, "tier", TIERS, "enterprise"),
            "route": self.word(place, cell, "route", ACCESS_ROUTES, None),
            "default": self.word(place, cell, "default", DEFAULTS, None),
            "note": next(iter(notes.values()), None),
            "facts": self.facts(place, cell, list(notes.items())[1:]) or None,
            "valid_until": valid_until,
        }
        return {key: entry for key, entry in read.items() if entry is not None}

    def grade(self, place: str, cell: Mapping[str, Json], valid_until: str | None) -> str:
        """The grade; where it ends on a day that is not read, nobody knows what it is worth."""
        value = str(text_of(cell["value"]))
        if value not in GRADES or value == CONTRACT:
            self.remark(place, f"the grade `{value[:80]}` is not known; read as unknown")
            return "unclear" if value.startswith("yes_contract") else value
        if valid_until is None and cell.get("valid_until") is not None and value in DOCUMENTED:
            self.remark(place, f"`{value}` is restricted by valid_until, which is not read; `unclear` is taken")
            return "unclear"
        return value

    def day(self, place: str, cell: Mapping[str, Json], key: str) -> str | None:
        """A day; what is none is left out."""
        found = cell.get(key)
        if found is None or (isinstance(found, str) and is_date(found)):
            return found
        self.remark(place, f"{key} `{excerpt(found)}` is no day; left out")
        return None

    def verified(self, place: str, cell: Mapping[str, Json], where: str) -> str | None:
        found = self.day(place, cell, "verified")
        if found is not None and found > self.today.isoformat():
            help = f"it is {self.today}: nobody can have read it yet; have it corrected where it is published"
            self.refuse(f"{where}.verified", f"{found} is still to come", help)
        return found

    def facts(self, place: str, cell: Mapping[str, Json], notes: list[tuple[str, str]]) -> dict[str, Json]:
        """What else a cell states, whether beside its fields or below `facts`."""
        found: dict[str, Json] = {f"upstream_{key}": text for key, text in notes}
        for name, fact in self.stated(place, cell):
            if name in found and found[name] != fact:
                self.remark(place, f"the fact `{name[:80]}` is stated twice, and not alike; left out")
                fact = None
            found[name] = fact
        return {name: fact for name, fact in found.items() if fact is not None}

    def stated(self, place: str, cell: Mapping[str, Json]) -> Iterator[tuple[str, Json]]:
        nested = cell.get("facts")
        if not isinstance(nested, (dict, type(None))):
            self.remark(place, f"`facts` is {KINDS[type(nested)]}, and no mapping; left out")
            nested = None
        for key, entry in (
            *((key, entry) for key, entry in cell.items() if key not in _KNOWN),
            *(nested or {}).items(),
        ):
            if levels(entry) > MOST_LEVELS:
                self.remark(place, f"the fact `{whole(key)[:80]}` nests too deeply; left out")
            elif is_blank(key) or max(len(key), longest(entry)) > LONGEST:
                self.remark(place, f"the fact `{whole(key)[:80]}` has no name or a text that is too long; left out")
            elif any(True for _ in blank_texts(entry)):
                self.remark(place, f"the fact `{whole(key)[:80]}` has a blank text; left out")
            elif entry is not None:
                yield self.named(place, whole(key), readable(entry))

    def named(self, place: str, name: str, fact: Json) -> tuple[str, Json]:
        """A fact under the name that it may have: what a common name does not allow is a note beside it."""
        if is_allowed(name, fact):
            return name, fact
        self.remark(place, f"the fact `{name}` is not of the type that this name has; kept as `{name}{NOTE}`")
        return f"{name}{NOTE}", fact

    def exceptions(self, id: str, value: Json, place: str) -> dict[str, tuple[str, ...]]:
        """By dimension: the models that upstream grades by themselves."""
        where = f"{place}.model_exceptions"
        if not isinstance(value, (list, type(None))):
            self.refuse_kind(where, value, "a list of exceptions")
            return {}
        found: dict[str, list[str]] = {}
        for index, entry in enumerate(value or ()):
            model, names = self.exception(id, entry, f"{where}[{index}]")
            if model is not None:
                for name in names:
                    found.setdefault(name, []).append(model)
        return {name: tuple(dict.fromkeys(found[name])) for name in DIMENSIONS if name in found}

    def exception(self, id: str, entry: Json, where: str) -> tuple[str | None, tuple[str, ...]]:
        if not isinstance(entry, dict):
            self.refuse_kind(where, entry, "a mapping with `model` and `dimensions`")
            return None, ()
        model, named = text_of(entry.get("model")), entry.get("dimensions")
        if model is None:
            self.refuse_kind(f"{where}.model", entry.get("model"), "the name of a model")
        if not isinstance(named, (list, dict, type(None))) or not all(isinstance(name, str) for name in named or ()):
            self.refuse_kind(f"{where}.dimensions", named, "a list of dimensions")
            return None, ()
        given = {name for name in named or () if isinstance(name, str)}
        for name in sorted(given - frozenset(DIMENSIONS)):
            words = f"an exception for the dimension `{whole(name)[:80]}`, which is not known; left out"
            self.remark(f"{id} {str(model)[:80]}", words)
        if not named:
            self.remark(id, f"an exception for the model `{str(model)[:80]}` without dimensions; taken for all of them")
        return model, tuple(name for name in DIMENSIONS if not named or name in named)


def _restricted(cell: Mapping[str, Json], read: dict[str, Json]) -> Restricted | None:
    """A cell that has rules, as it would be beside them; None where it has none."""
    by = [key for key in RULES if isinstance(cell.get(key), (dict, list)) and cell[key]]
    if not by:
        return None
    caveat, told = text_of(cell.get("caveat")), read.get("facts")
    taken = told if isinstance(told, dict) else {}
    facts = {name: fact for name, fact in taken.items() if name not in (*RULES, "upstream_caveat")}
    plain = {key: entry for key, entry in read.items() if key != "facts" and not (key == "note" and entry == caveat)}
    remark = f"`{read['value']}` is restricted by {', '.join(by)}, which is not read; `unclear` is taken"
    rules = {key: cell[key] for key in by}
    return Restricted({**plain, "facts": facts} if facts else plain, rules, remark if _covers(read) else None)


def _covers(cell: Mapping[str, Json]) -> bool:
    return cell["value"] in DOCUMENTED
