"""What all extractors say of one file, in short."""

from __future__ import annotations

from functools import cache

from tests.detection.small import catalogue
from vendorgate.detection.catalogue.catalogue import Catalogue
from vendorgate.detection.extractors import EXTRACTORS
from vendorgate.detection.sighting import Sighting

KNOWN = cache(catalogue)


def sightings(path: str, text: str, known: Catalogue | None = None) -> list[Sighting]:
    """By every extractor that wants the file."""
    return [
        seen
        for one in EXTRACTORS
        if one.wants(path) and (one.looks is None or one.looks(text))
        for seen in one.extract(path, text, known or KNOWN())
    ]


def seen(path: str, text: str) -> list[str]:
    """Line, provider, kind and reach of each, with what else is known: `3 openai-api config used gpt-5.2`."""
    return [_short(one) for one in sightings(path, text)]


def _short(one: Sighting) -> str:
    more = [one.endpoint, one.model, one.region, one.via and f"via {one.via}"]
    more += [f"{setting.name}={setting.value}" for setting in one.settings]
    return " ".join([str(one.place.line), one.provider, one.kind, one.reach, *(word for word in more if word)])
