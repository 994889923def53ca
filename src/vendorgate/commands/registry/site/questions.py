"""The dimensions as a reader looks for them: what each is called, which section it is in, where it stands.

In: names of dimensions. Out: titles, addresses.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from typing import Final

import msgspec

from ....load.files import sha256
from ....model.registry import Snapshot
from ....model.vocabulary import DIMENSIONS, in_order

_TITLES: Final[Mapping[str, Mapping[str, str]]] = {
    "Vendor trust": {
        "soc2_type2": "SOC 2 Type 2",
        "iso_27001": "ISO 27001",
        "iso_42001": "ISO 42001",
        "trust_center": "Trust centre",
    },
    "Data handling": {
        "hipaa_baa": "HIPAA BAA",
        "gdpr_dpa": "Processing agreement",
        "training_on_customer_data": "No training on customer data",
        "retention_zdr": "Zero retention",
        "data_residency": "Data residency",
    },
    "EU AI Act": {"gpai_cop": "Code of practice", "art53_summary": "Training summary"},
}
"""By section; the first two grade the platform, the last the developer of the models."""
_OWN_SECTION: Final = "Our own"
_LONGEST: Final = 180
"""Characters of a part of an address; file systems have room for 255."""
_NO_PATH: Final = re.compile("[^a-z0-9]+")


class Question(msgspec.Struct, frozen=True):
    """A dimension as a question."""

    dimension: str
    title: str
    section: str
    text: str
    """What it asks; the title where the snapshot does not say."""
    slug: str
    """In addresses."""
    anchor: str
    """Where it stands in the page of an offering: the dimension itself, if it is a usual one."""
    is_own: bool
    """Whether the organization asks it."""

    @property
    def path(self) -> str:
        """Its page, from the root of the site."""
        return f"questions/{self.slug}/"


def questions(snapshot: Snapshot) -> tuple[Question, ...]:
    """All that the snapshot and the bundle ask, in the order of the dimensions."""
    stated = (name for offering in snapshot.offerings.values() for name in offering.cells)
    names = in_order((*DIMENSIONS, *snapshot.written.dimensions, *stated))
    return tuple(_question(name, slug, snapshot) for name, slug in zip(names, slugs(names), strict=True))


def slugs(names: Iterable[str]) -> list[str]:
    """Names as parts of addresses, in small letters, each another one."""
    found: list[str] = []
    for name in names:
        plain = _NO_PATH.sub("-", name.lower()).strip("-") or "question"
        found.append(unlike(plain, found))
    return found


def unlike(name: str, taken: Container[str]) -> str:
    """The name, cut where no folder could have it, and with a number behind it where it is taken."""
    if len(name) > _LONGEST:
        name = f"{name[:_LONGEST].rstrip('-')}-{sha256(name.encode())[:12]}"
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _question(name: str, slug: str, snapshot: Snapshot) -> Question:
    section = next((section for section, titles in _TITLES.items() if name in titles), _OWN_SECTION)
    title = _TITLES.get(section, {}).get(name, name.replace("_", " "))
    text = {str(one): asked for one, asked in snapshot.written.dimensions.items()}.get(name, title)
    is_own = name not in DIMENSIONS
    return Question(name, title, section, text, slug, f"own-{slug}" if is_own else name, is_own)
