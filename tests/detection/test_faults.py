"""A file that ends a reader, an extractor or the routing in a fault is passed over; the others go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from tests.detection.known import shipped_catalogue
from vendorgate.detection import pipeline, routing, sources
from vendorgate.detection.catalogue.catalogue import Catalogue
from vendorgate.detection.code import Code
from vendorgate.detection.extractors import EXTRACTORS, Extractor
from vendorgate.detection.model import Detection
from vendorgate.detection.pipeline import detect_bytes
from vendorgate.detection.sighting import Sighting

CLIENT = b"import openai\nopenai.OpenAI().responses.create(model='gpt-5.2')\n"
FILES = {"a.py": CLIENT, "bad.py": CLIENT, "bad.env": b"OPENAI_API_KEY=\n", "c.py": CLIENT}


def skipped(found: Detection) -> dict[str, str]:
    return {one.path: one.reason for one in found.skipped}


def paths(found: Detection) -> set[str]:
    return {one.location.path for one in found.findings}


@pytest.mark.parametrize("error", [RecursionError, MemoryError, ValueError, KeyError])
def test_extractor_that_raises_passes_its_file_over(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def extract(path: str, text: str, catalogue: Catalogue) -> list[Sighting]:
        raise error(text)

    broken = Extractor("broken", lambda path: path == "bad.env", extract)
    monkeypatch.setattr(pipeline, "EXTRACTORS", (broken, *EXTRACTORS))
    found = detect_bytes(FILES, shipped_catalogue())
    assert skipped(found) == {"bad.env": f"a fault of vendorgate: {error.__name__}"}
    assert paths(found) == set(FILES), "what other extractors see stays"


def test_extractor_that_raises_while_looking_passes_its_file_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def looks(text: str) -> bool:
        raise RecursionError

    broken = Extractor("broken", lambda path: path == "bad.env", lambda *given: [], looks)
    monkeypatch.setattr(pipeline, "EXTRACTORS", (broken,))
    assert skipped(detect_bytes(FILES, shipped_catalogue())) == {"bad.env": "a fault of vendorgate: RecursionError"}


def test_reader_that_raises_passes_its_file_over(monkeypatch: pytest.MonkeyPatch) -> None:
    read = sources.code_of

    def code_of(path: str, text: str) -> Code:
        if path == "bad.py":
            raise RecursionError(text)
        return read(path, text)

    monkeypatch.setattr(pipeline, "code_of", code_of)
    found = detect_bytes(FILES, shipped_catalogue())
    assert skipped(found) == {"bad.py": "a fault of vendorgate: RecursionError"}
    assert {"a.py", "c.py"} <= paths(found)


Routed = dict[str, list[Sighting]]


def route(monkeypatch: pytest.MonkeyPatch, is_broken: Callable[[Mapping[str, Code]], bool]) -> Detection:
    sightings = routing.sightings

    def broken(codes: Mapping[str, Code], catalogue: Catalogue) -> Routed:
        if is_broken(codes):
            raise RecursionError
        return sightings(codes, catalogue)

    monkeypatch.setattr(routing, "sightings", broken)
    return detect_bytes(FILES, shipped_catalogue())


def test_file_that_ends_routing_passes_itself_over(monkeypatch: pytest.MonkeyPatch) -> None:
    found = route(monkeypatch, lambda codes: "bad.py" in codes)
    assert skipped(found) == {"bad.py": "a fault of vendorgate: RecursionError"}
    assert {"a.py", "c.py"} <= paths(found)


def test_files_that_end_routing_together_are_asked_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    found = route(monkeypatch, lambda codes: len(codes) > 1)
    assert skipped(found) == {}
    assert {"a.py", "bad.py", "c.py"} <= paths(found)


def test_what_remains_is_asked_by_itself_where_that_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    found = route(monkeypatch, lambda codes: len(codes) > 1 or "bad.py" in codes)
    assert skipped(found) == {"bad.py": "a fault of vendorgate: RecursionError"}
    assert {"a.py", "c.py"} <= paths(found)
