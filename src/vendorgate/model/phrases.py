"""Rules of policies and registry conditions in words, and where a commitment reaches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ..logic.wording import Wording
from .registry import CellFile, FactScope, Scope
from .vocabulary import AccessRoute, Default

WORDING: Final = Wording(
    {
        "covered": "{0} is covered",
        "documented": "{0} is documented",
        "agreement": "an agreement `{0}` is in force",
        "within": "{0} lies within {1}",
        "observed": "{0} is observed",
        "days_since": "days since {0}",
        "days_until": "days until {0}",
        "count_distinct": "the number of distinct {1} among {0}",
    }
)

AXIS_NOUN: Final[Mapping[str, str]] = {
    "endpoints": "endpoint",
    "models": "model",
    "regions": "region",
    "cloud_regions": "cloud region",
    "features": "feature",
    "lifecycle": "lifecycle",
}
"""One name of each axis of a scope."""


ROUTE_WORDS: Final[Mapping[AccessRoute, str]] = {
    "public": "open to everybody",
    "trust_center_nda": "through the vendor's trust portal, with an account there and an NDA",
    "sales_contract": "through sales, by contract",
}
"""How an organization gets at a commitment, or at what proves it."""
DEFAULT_WORDS: Final[Mapping[Default, str]] = {
    "enabled": "by itself, with nothing to set",
    "requires_config": "only once it is configured",
    "requires_approval": "only once the vendor has approved it",
}
"""What it takes for a commitment to hold."""


def access_words(cell: CellFile) -> Iterator[str]:
    """What stands between a customer and a commitment: its tier, its route, its default, as far as any is not free."""
    if cell.tier == "enterprise":
        yield "from tier enterprise on"
    if cell.route is not None and cell.route != "public":
        yield ROUTE_WORDS[cell.route]
    if cell.default is not None and cell.default != "enabled":
        yield DEFAULT_WORDS[cell.default]


def scope_words(scope: Scope | None) -> tuple[str, ...]:
    """Where a commitment reaches, one text an axis."""
    found = []
    for axis in scope.__struct_fields__ if scope is not None else ():
        reach = getattr(scope, axis)
        if reach is not None:
            only = f"only {', '.join(reach.only) or 'none'}" if reach.only is not None else ""
            excluded = f"all except {', '.join(reach.excluded)}" if reach.excluded else ""
            words = only if not excluded else excluded if not only else f"{only}, {excluded.removeprefix('all ')}"
            found.append(f"{axis.replace('_', ' ')}: {words}")
    return tuple(found)


def fact_scope_words(scope: FactScope) -> str:
    """For which names facts hold."""
    reaches = {axis: getattr(scope, axis) for axis in scope.__struct_fields__}
    return "; ".join(f"{axis}: only {', '.join(reach.only)}" for axis, reach in reaches.items() if reach is not None)
