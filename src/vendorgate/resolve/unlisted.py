"""A vendor that the registry does not have, as an offering of which nothing is documented.

In: the name of a route. Out: an offering without cells.
"""

from __future__ import annotations

from ..model.manifest import RouteName
from ..model.registry import Offering, OfferingFile
from ..model.vocabulary import UNLISTED
from ..source import Source


def unlisted(name: RouteName, source: Source) -> Offering:
    """The offering of an unlisted vendor; what is missing in it is missing in the manifest that names it."""
    vendor = name.vendor or ""
    written = OfferingFile(id=UNLISTED, name=vendor, developer="", platform="", category=UNLISTED, dimensions={})
    return Offering(UNLISTED, written, {}, source, frozenset())
