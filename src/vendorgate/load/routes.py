"""What a manifest declares of an offering, against what that offering lists."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import Problem
from ..model.manifest import Manifest, Route, UsageDraft, name_of
from ..model.registry import Offering
from ..source import Path, Source
from .manifest import routes_of
from .words import check_word


def check_routes(manifest: Manifest, offerings: dict[str, Offering], problems: list[Problem]) -> None:
    """Report endpoints and features that the named offering does not have."""
    for index, usage in enumerate(manifest.usages):
        check_routes_of(usage, (manifest.source, ("usages", index)), offerings, problems)


def check_routes_of(
    usage: UsageDraft, place: tuple[Source, Path], offerings: Mapping[str, Offering], problems: list[Problem]
) -> None:
    """The same of one usage, which stands at a place."""
    source, path = place
    for where, route in routes_of(usage, path):
        offering = offerings.get(name_of(route).offering)
        if offering is not None and not isinstance(route, str):
            _check_names(route, offering, (source, where), problems)


def _check_names(
    route: Route | UsageDraft, offering: Offering, place: tuple[Source, Path], problems: list[Problem]
) -> None:
    source, path = place
    for axis, declared, listed in (
        ("endpoints", route.endpoints or (), offering.written.endpoints),
        ("features", route.features, offering.written.features),
    ):
        if listed is not None:
            what, names = f"among the {axis} of {offering.id}", frozenset(listed)
            for index, name in enumerate(declared):
                check_word(name, names, what, (source, (*path, axis, index)), problems)
