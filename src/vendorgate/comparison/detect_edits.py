"""What an edit of what a bundle says of detection does to the gate.

In: a field of `detect`, as JSON, before and after. Out: its effect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec
from msgspec import UnsetType

from ..logic import Json
from ..model.detect import (
    DRIFT_KINDS,
    DRIFT_SEVERITIES,
    DriftKind,
    DriftSeverity,
    ExceptionEntry,
    severity_of,
)
from .model import Effect

_FOR_EVER: Final = "9999-12-31"


def _together(effects: Iterable[Effect]) -> Effect:
    """Weaker as soon as anything is."""
    found = set(effects)
    return "weaker" if "weaker" in found else "stricter" if found == {"stricter"} else "changed"


def _grows(old: Json, new: Json) -> Effect:
    """Of a list in which each name lets less pass."""
    before, after = (msgspec.convert(value, frozenset[str]) for value in (old, new))
    lost, gained = before - after, after - before
    return "weaker" if lost else "stricter" if gained else "changed"


def _severity(old: Json, new: Json) -> Effect:
    """Of each kind by what it comes to: what is taken out has its default again."""
    ranks = zip(_ranks(old), _ranks(new), strict=True)
    return _together("stricter" if is_now > was else "weaker" for was, is_now in ranks if was != is_now)


def _ranks(severity: Json) -> list[int]:
    written = msgspec.convert(severity, dict[DriftKind, DriftSeverity])
    return [DRIFT_SEVERITIES.index(severity_of(kind, written)) for kind in DRIFT_KINDS]


def _exceptions(old: Json, new: Json) -> Effect:
    """Each lets more pass, for as long as it lasts; of those for the same files and offerings the longest counts."""
    before, after = _lasting(old), _lasting(new)
    ends = ((before.get(name, ""), after.get(name, "")) for name in {**before, **after})
    return _together("weaker" if is_now > was else "stricter" for was, is_now in ends if was != is_now)


def _lasting(written: Json) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for entry in msgspec.convert(written, tuple[ExceptionEntry, ...]):
        end = _FOR_EVER if isinstance(entry.expires, UnsetType) else entry.expires.isoformat()
        name = str(entry.path), str(entry.offering)
        found[name] = max(found.get(name, ""), end)
    return found


def _comments(old: Json, new: Json) -> Effect:
    """Comments let more pass, the longer they may last."""
    before, after = (int(str(value["max_days"])) if isinstance(value, dict) else 0 for value in (old, new))
    return "weaker" if after > before else "stricter"


DETECT: Final[Mapping[str, Callable[[Json, Json], Effect]]] = {
    "statuses": _grows,
    "severity": _severity,
    "except": _exceptions,
    "comments": _comments,
}
"""Of each field: what a change of it does to the gate."""
