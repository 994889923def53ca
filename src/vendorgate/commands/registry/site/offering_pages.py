"""The page of an offering: watch-outs first, then each dimension with its evidence, then what it knows by name.

In: an offering, its cells in words. Out: pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from ....comparison.values import changed_value
from ....model.registry import OfferingFile
from ....model.signatures import Signatures
from .cells import CellView
from .model import Asked, Link, Page
from .views import Views

CATEGORIES: Final[Mapping[str, str]] = {
    "first_party": "From the developer of the models",
    "cloud_distribution": "Models served by a platform",
    "aggregator": "Gateways to several vendors",
    "product": "Products with AI in them",
    "recipient": "Tools that prompts are sent to",
    "internal": "Run by the organization itself",
}
"""In the order in which a reader meets them."""
_KNOWN_BY: Final[Mapping[str, str]] = {
    "packages": "Packages",
    "weak_packages": "Packages that serve other things, too",
    "imports": "Modules",
    "weak_imports": "Modules that serve other things, too",
    "client_symbols": "Classes and functions of clients",
    "call_patterns": "Calls",
    "hosts": "Hosts",
    "weak_hosts": "Hosts that serve other things, too",
    "host_regions": "Hosts that stand for a region",
    "url_paths": "Beginnings of paths",
    "env": "Environment variables",
    "weak_env": "Environment variables that serve other things, too",
    "model_ids": "Names of models",
    "iac": "Infrastructure",
    "prefixes": "Prefixes in frameworks",
    "ci_actions": "Actions of CI systems",
}


class Names(msgspec.Struct, frozen=True):
    """Names of one kind."""

    label: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    """By system or language, which can be empty."""

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(len(names) for _, names in self.groups)


def offering_pages(asked: Asked, views: Views, compared: Mapping[str, Sequence[Link]]) -> Iterator[Page]:
    """A page for each offering; `compared` has its comparisons."""
    for offering in asked.offerings:
        written = offering.written
        rows = views.of(offering)
        yield Page(
            f"offerings/{offering.id}/",
            "offering.html.jinja",
            written.name,
            f"What {written.platform} documents of {written.name}: {len(rows)} questions, with sources.",
            {
                "offering": written,
                "is_own": offering.owner == "bundle",
                "kind": CATEGORIES.get(written.category, written.category),
                "watch_outs": watch_outs(rows),
                "sections": views.sections(rows),
                "known": tuple(_known(written)),
                "implies": tuple(_implications(written)),
                "signatures": tuple(_signatures(written.signatures or Signatures())),
                "compared": compared.get(offering.id, ()),
            },
        )


def watch_outs(rows: Sequence[CellView]) -> tuple[CellView, ...]:
    """Every cell that is not a clean public yes; what a gate would not let pass by itself comes first."""
    found = [row for row in rows if row.watch_outs]
    return tuple(sorted(found, key=lambda row: _WORST_FIRST.index(row.look.tone)))


_WORST_FIRST: Final = ("fail", "unknown", "not_applicable", "waived", "limited", "pass")


def _known(written: OfferingFile) -> Iterator[Names]:
    """What the offering knows by name."""
    for field in ("models", "endpoints", "features", "hosts", "aliases"):
        names = getattr(written, field)
        if names:
            yield Names("Also called" if field == "aliases" else field.capitalize(), (("", names),))


def _implications(written: OfferingFile) -> Iterator[tuple[str, str]]:
    """What names say by themselves: which names, and what follows."""
    for one in written.implies or ():
        named = [(axis, getattr(one, axis)) for axis in ("models", "endpoints", "features")]
        names = "; ".join(f"{axis} {', '.join(values)}" for axis, values in named if values)
        yield names, ", ".join(f"{field}: {changed_value(value)}" for field, value in one.set.items())


def _signatures(found: Signatures) -> Iterator[Names]:
    """How code that calls it is recognised, by kind."""
    for field, label in _KNOWN_BY.items():
        names = getattr(found, field)
        if isinstance(names, tuple):
            groups: tuple[tuple[str, tuple[str, ...]], ...] = (("", names),) if names else ()
        else:
            groups = tuple((kind, _listed(several)) for kind, several in sorted(names.items()))
        if groups:
            yield Names(label, groups)


def _listed(names: str | tuple[str, ...]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names
