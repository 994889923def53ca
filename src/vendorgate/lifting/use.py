"""What a usage may say of itself, for all of its routes: its purpose, whose data it is, its attributes.

In: what concerns its routes. Out: values that rules tell apart, each the user's to state: none is known to be true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..load.attributes import fits
from ..logic.values import Json
from ..model.additions import AttributeRule
from ..model.manifest import SettingValue
from ..model.vocabulary import REGIONS
from .changes import ATTRIBUTES
from .rules import OfferingRules, is_name, regions_among
from .trial import Trial

_PURPOSE: Final = "<what it is used for>"
_COUNTRIES: Final = ("us", "gb", "de", "ca", "ch", "au", "jp", "in", "br")
"""Where people are who are named first."""
_NUMBER: Final = 1


def is_of_use(field: str) -> bool:
    """Whether a field is the usage's for all of its routes."""
    return field in ("purpose", "subjects") or field.startswith(ATTRIBUTES)


def values_of_use(field: str, rules: Iterable[OfferingRules], trial: Trial) -> list[SettingValue]:
    """Values for a field that is not declared; a text in angle brackets stands for any that nobody has a rule for."""
    path = f"usage.{field}"
    concerned = [*rules]
    held = [value for one in concerned for value in one.values(path)]
    if field == "subjects":
        return [*_people(held, any(one.linked(path) for one in concerned), trial)]
    if field == "purpose":
        return [_PURPOSE, *(one for one in held if is_name(one))]
    name = field.removeprefix(ATTRIBUTES)
    return [*_attribute(name, held, concerned, trial)]


def is_placeholder(value: SettingValue) -> bool:
    """Whether a value stands for any text, which is the user's to write."""
    return isinstance(value, str) and value.startswith("<") and value.endswith(">")


def _people(held: list[Json], compared: bool, trial: Trial) -> Iterator[str]:
    """Regions: those of the routes and of rules first; all there are, where rules hold them against words alone."""
    pinned = [subject.stated.get("usage.region") for subject in trial.subjects]
    named = regions_among((*pinned, *held), trial.judges.groups)
    places = dict.fromkeys((*named, *_COUNTRIES, *(() if compared else sorted(REGIONS))))
    yield from sorted(places, key=lambda one: one in ("eea", "global"))


def _attribute(name: str, held: list[Json], concerned: list[OfferingRules], trial: Trial) -> Iterator[SettingValue]:
    rule = trial.judges.program.bundle.attributes.get(name, AttributeRule())
    asked = any(one.asks_whether_known(f"usage.{ATTRIBUTES}{name}") for one in concerned)
    texts = rule.type == "text" or any(map(is_name, held))
    samples = _samples(name, trial) if asked else _samples(name, trial)[: int(texts)]
    for value in (*samples, *held, *(rule.one_of or ())):
        if (isinstance(value, (int, float)) or is_name(value)) and fits(value, rule):
            yield value


def _samples(name: str, trial: Trial) -> tuple[SettingValue, ...]:
    """A value of each type, for a rule that asks whether there is one; a text stands for any."""
    return (f"<{name}>", True, False, trial.judges.as_of.isoformat(), _NUMBER)
