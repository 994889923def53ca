"""What routing makes of small projects, as tests ask for it."""

from __future__ import annotations

from textwrap import dedent

from tests.detection.known import shipped_catalogue
from vendorgate.detection.routing import sightings
from vendorgate.detection.sighting import Sighting
from vendorgate.detection.sources import code_of


def seen(files: dict[str, str]) -> dict[str, list[Sighting]]:
    """The sightings of a project, by path."""
    codes = {path: code_of(path, dedent(text)) for path, text in files.items()}
    return dict(sightings(codes, shipped_catalogue()))


def in_python(text: str, **others: str) -> list[Sighting]:
    """Those of one file of Python, others beside it."""
    files = {"app.py": text, **{f"{name}.py": other for name, other in others.items()}}
    return seen(files).get("app.py", [])


def providers(found: list[Sighting]) -> set[str]:
    """Who is called."""
    return {one.provider for one in found if one.kind in {"call", "host"}}


def endpoints(found: list[Sighting]) -> set[tuple[str, str]]:
    """What is called of whom."""
    return {(one.provider, one.endpoint) for one in found if one.endpoint}


def anybody(found: list[Sighting]) -> set[str]:
    """Everybody who is named otherwise than by a variable or a model."""
    return {one.provider for one in found if one.kind not in {"env", "model"}}
