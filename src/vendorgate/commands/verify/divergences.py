"""What one report says otherwise than another, the most useful first.

In: a report as it was recorded, and one of a new check. Out: `Divergence`s. Values are compared as JSON has them, where
`true` is not 1.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

import msgspec
from msgspec import UnsetType

from ...logic import Json
from ...model.manifest import RouteName
from ...report.document import ReportedManifest, ReportedNotice
from ...report.json import Report, ReportedResult
from ...report.usages import ListedUsage
from .model import Divergence, DivergenceKind

_Key = tuple[str, str, str, str, str, str, str]


def divergences(recorded: Report, found: Report) -> Iterator[Divergence]:
    """Everything that differs; nothing where both say the same."""
    yield from _differing("version", "", recorded.tool, found.tool)
    before, after = recorded.inputs, found.inputs
    yield from _manifests(before.manifests, after.manifests)
    yield from _differing("bundle", "", before.bundle, after.bundle)
    yield from _differing("registry", "", before.registry, after.registry)
    yield from _differing("agreements", "", before.agreements, after.agreements)
    yield from _differing("verdict", "", recorded.verdict, found.verdict)
    yield from _differing("not-judged", "", recorded.not_judged, found.not_judged)
    yield from _differing("summary", "", recorded.summary, found.summary)
    yield from _results(recorded.results, found.results)
    yield from _usages(recorded.usages, found.usages)
    yield from _notices(recorded.notices, found.notices)
    yield from _order(recorded, found)


def _manifests(recorded: Sequence[ReportedManifest], found: Sequence[ReportedManifest]) -> Iterator[Divergence]:
    for before, after in zip(recorded, found, strict=True):  # a check is of as many as the report
        yield from _differing("manifest", before.path, before, after)


def _differing(what: DivergenceKind, name: str, recorded: object, found: object) -> Iterator[Divergence]:
    for field, before, after in _steps("", msgspec.to_builtins(recorded), msgspec.to_builtins(found)):
        yield Divergence(what, name, field, before, after)


def _steps(path: str, recorded: Json, found: Json) -> Iterator[tuple[str, Json, Json]]:
    """Where two values differ, as far inside as they are of one shape."""
    if _text(recorded) == _text(found):
        return
    if isinstance(recorded, dict) and isinstance(found, dict):
        for name in dict.fromkeys((*recorded, *found)):
            below = f"{path}.{name}" if path else name
            if name in recorded and name in found:
                yield from _steps(below, recorded[name], found[name])
            else:
                yield below, recorded.get(name), found.get(name)
    elif isinstance(recorded, (list, tuple)) and isinstance(found, (list, tuple)) and len(recorded) == len(found):
        for index, (before, after) in enumerate(zip(recorded, found, strict=True)):
            yield from _steps(f"{path}[{index}]", before, after)
    else:
        yield path, recorded, found


def _text(value: Json) -> str:
    return json.dumps(value, sort_keys=True)


def _results(recorded: Sequence[ReportedResult], found: Sequence[ReportedResult]) -> Iterator[Divergence]:
    before, after = ({_key(one): one for one in results} for results in (recorded, found))
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if old is not None and new is not None:
            yield from _differing("result", _name(old), old, new)
        elif old is not None:
            yield Divergence("result", _name(old), "", old.outcome, None)
        elif new is not None:
            yield Divergence("result", _name(new), "", None, new.outcome)


def _usages(
    recorded: tuple[ListedUsage, ...] | UnsetType, found: tuple[ListedUsage, ...] | UnsetType
) -> Iterator[Divergence]:
    """Where neither lists any, both are of a version that did not."""
    if isinstance(recorded, UnsetType) or isinstance(found, UnsetType):
        if recorded is not found:
            yield Divergence("usage", "", "", _listed(recorded), _listed(found))
    elif len(recorded) == len(found):
        for before, after in zip(recorded, found, strict=True):
            yield from _differing("usage", f"`{before.usage}` in {before.manifest}", before, after)
    else:
        yield Divergence("usage", "", "", _listed(recorded), _listed(found))


def _listed(usages: tuple[ListedUsage, ...] | UnsetType) -> str | None:
    return None if isinstance(usages, UnsetType) else ", ".join(one.usage for one in usages)


def _key(one: ReportedResult) -> _Key:
    return one.manifest, one.usage, one.route, one.offering, one.account or "", one.vendor or "", one.policy


def _name(one: ReportedResult) -> str:
    route = "" if one.route == "primary" else f" ({one.route})"
    name = RouteName(one.offering, one.account, one.vendor)
    return f"{one.policy} on usage `{one.usage}`{route} with {name} in {one.manifest}"


def _notices(recorded: Iterable[ReportedNotice], found: Iterable[ReportedNotice]) -> Iterator[Divergence]:
    before, after = (Counter(map(_notice, notices)) for notices in (recorded, found))
    for (id, message, place), _ in (before - after).items():
        yield Divergence("notice", id, place, message, None)
    for (id, message, place), _ in (after - before).items():
        yield Divergence("notice", id, place, None, message)


def _notice(one: ReportedNotice) -> tuple[str, str, str]:
    place = one.location
    where = "" if place is None else f"{place.path}:{place.line}:{place.column}"
    return one.id, f"{one.severity}: {one.message}", where


def _order(recorded: Report, found: Report) -> Iterator[Divergence]:
    """Where both have the same, in another order or not as often."""
    pairs: Mapping[str, tuple[list[tuple[str, ...]], list[tuple[str, ...]]]] = {
        "results": ([_key(one) for one in recorded.results], [_key(one) for one in found.results]),
        "notices": ([_notice(one) for one in recorded.notices], [_notice(one) for one in found.notices]),
    }
    for name, (before, after) in pairs.items():
        if before != after and set(before) == set(after):
            pairs_of = enumerate(zip_longest(before, after))
            place, old, new = next((place, old, new) for place, (old, new) in pairs_of if old != new)
            yield Divergence("order", name, f"[{place}]", _words(old), _words(new))


def _words(key: tuple[str, ...] | None) -> str | None:
    return None if key is None else " ".join(filter(None, key))
