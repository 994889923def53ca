"""Settings of a call that decide what a vendor keeps, and where.

In: what is passed. Out: `Setting`s, with the names that vendors have for them.
"""

from __future__ import annotations

from typing import Final

from ..code import Either, Mapping, Place, Reference, Scalar, Text, Value
from ..sighting import Setting
from .passed import Passed

_NAMES: Final = {
    "store": "store",
    "background": "background",
    "previousresponseid": "previous_response_id",
    "inferencegeo": "inference_geo",
    "dataresidency": "data_residency",
    "zdr": "zdr",
    "datacollection": "data_collection",
    "zerodataretention": "zeroDataRetention",
    "disallowprompttraining": "disallowPromptTraining",
}
_PRESENT: Final = frozenset({"previousresponseid"})
"""Those of which it matters that they are there, whatever their value."""
_HOLDERS: Final = frozenset({"provider", "gateway", "provideroptions", "extrabody", "openai", "parameters"})


def settings_of(passed: Passed) -> tuple[Setting, ...]:
    """What of it is passed, each once."""
    found: dict[str, Setting] = {}
    for one in passed.all:
        for name, value in _flat(one.name, one.value):
            setting = _setting(name, value, one.place)
            if setting is not None:
                found.setdefault(setting.name, setting)
    return tuple(found.values())


def _flat(name: str, value: Value, depth: int = 0) -> list[tuple[str, Value]]:
    """An argument, and those inside of the objects that hold such settings."""
    if not isinstance(value, Mapping) or name not in _HOLDERS or depth > 3:
        return [(name, value)]
    return [pair for key, inner in value.entries for pair in _flat(_plain(key), inner, depth + 1)]


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()


def _setting(name: str, value: Value, place: Place) -> Setting | None:
    if name not in _NAMES:
        return None
    if isinstance(value, Scalar) and value.value is not None:
        return Setting(_NAMES[name], value.value, place)
    if isinstance(value, Text) and len(value.value) < 80 and name not in _PRESENT:
        return Setting(_NAMES[name], value.value, place)
    if name in _PRESENT and isinstance(value, Reference | Either | Text):
        return Setting(_NAMES[name], True, place)
    return None
