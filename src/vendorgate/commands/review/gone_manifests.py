"""Manifests that a change takes out of the review: removed, moved to where none is looked for, emptied of usages.

In: both sides, judged. Out: `GoneManifest`, each a finding that blocks as a result of its severity does, and its words.
Usages that stand in another manifest now are named and change nothing: nobody here can know that they are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ...evaluate.judge import stricter_or_equal
from ...logic.wording import few
from ...model.manifest import Manifest
from ...model.result import Notice
from ...model.vocabulary import FailOn, Severity
from ...source import Location
from .model import Became, GoneManifest
from .preparing import PreparedReview

_MOST: Final = 5
"""Usages that are named."""


def gone_manifests(
    prepared: PreparedReview,
    before: Iterable[Manifest],
    after: Iterable[Manifest],
    severity: Severity,
    threshold: FailOn,
) -> tuple[GoneManifest, ...]:
    """Every manifest that left, in the order of its paths."""
    stood = {manifest.source.path: manifest for manifest in before}
    now = {manifest.source.path: manifest for manifest in after}
    of_project: dict[str, dict[str, Manifest]] = {}
    for path, manifest in sorted(now.items()):
        of_project.setdefault(manifest.project, {})[path] = manifest
    blocks = stricter_or_equal(threshold, severity)
    return tuple(
        GoneManifest(
            manifest=path,
            became=became,
            moved_to=moved_to,
            usages=tuple(usage.id for usage in stood[path].usages) if path in stood else (),
            elsewhere=_elsewhere(stood[path], of_project.get(stood[path].project, {})) if path in stood else {},
            severity=severity,
            blocks=blocks,
        )
        for path, became, moved_to in sorted((*_gone(prepared), *_emptied(prepared, stood, now)))
    )


def _gone(prepared: PreparedReview) -> Iterator[tuple[str, Became, str | None]]:
    for path, went in prepared.chosen.gone.items():
        moved: Became = "removed" if went is None else "moved"
        yield prepared.shown(path), moved, None if went is None else prepared.shown(went)


def _emptied(
    prepared: PreparedReview, stood: Mapping[str, Manifest], now: Mapping[str, Manifest]
) -> Iterator[tuple[str, Became, str | None]]:
    for old, path in prepared.now.items():
        if old in stood and stood[old].usages and path in now and not now[path].usages:
            yield old, "emptied", None if path == old else path


def _elsewhere(manifest: Manifest, others: Mapping[str, Manifest]) -> Mapping[str, tuple[str, ...]]:
    """Which usages of a manifest have their id in others of its project that are judged."""
    ids = {usage.id for usage in manifest.usages}
    found = {path: tuple(usage.id for usage in one.usages if usage.id in ids) for path, one in others.items()}
    return {path: usages for path, usages in found.items() if usages}


def notice(one: GoneManifest) -> Notice:
    """A manifest that left, as every format shows it."""
    where = one.moved_to if one.became == "emptied" and one.moved_to is not None else one.manifest
    message = "".join((_words(one), *_elsewhere_words(one), _consequence(one)))
    return Notice("manifest-gone", one.severity, message, Location(where, 1, 1), one.blocks)


def _words(one: GoneManifest) -> str:
    if one.became == "emptied":
        moved = "" if one.moved_to is None else f", which is {one.moved_to} now,"
        return f"{one.manifest}{moved} declares nothing any more: the change emptied it of {_named(one.usages)}"
    became = "removed it" if one.moved_to is None else f"moved it to {one.moved_to}"
    return f"{one.manifest} is no longer judged: the change {became}"


def _named(usages: tuple[str, ...]) -> str:
    return few([f"`{usage}`" for usage in usages], _MOST)


def _elsewhere_words(one: GoneManifest) -> Iterator[str]:
    for path, usages in one.elsewhere.items():
        yield f"; {path}, of the same project, has {_named(usages)} now, judged as written there"


def _consequence(one: GoneManifest) -> str:
    if not one.blocks:
        return ""
    return "; this blocks: bring it back, or ask those who own the policies, whose `review: {gone: …}` says so"
