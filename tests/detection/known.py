"""The catalogue of what ships, made once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from vendorgate.detection.catalogue.build import catalogue
from vendorgate.detection.catalogue.catalogue import Catalogue
from vendorgate.load.files import shipped
from vendorgate.model.registry import Offering
from vendorgate.snapshots import read_snapshot


@cache
def shipped_catalogue() -> Catalogue:
    """Who is known to the registry and the facts that ship."""
    return catalogue(shipped_offerings().values())


@cache
def shipped_offerings() -> Mapping[str, Offering]:
    """The offerings that ship, by id, without what their cells rest on."""
    return read_snapshot(shipped("registry-snapshot"), rules=False).offerings
