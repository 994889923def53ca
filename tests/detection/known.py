"""The catalogue of what ships, made once."""

from __future__ import annotations

from functools import cache

from vendorgate.detection.catalogue.build import catalogue
from vendorgate.detection.catalogue.catalogue import Catalogue
from vendorgate.load.files import shipped
from vendorgate.snapshots import read_snapshot


@cache
def shipped_catalogue() -> Catalogue:
    """Who is known to the registry and the facts that ship."""
    return catalogue(read_snapshot(shipped("registry-snapshot"), rules=False).offerings.values())
