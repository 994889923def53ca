"""Every place in a table of formats is there, and takes what its table is a table of."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import vendorgate
from vendorgate.frame.diagnosing import Diagnosing
from vendorgate.frame.rendering import FunctionPlace, Rendering
from vendorgate.frame.streams import Pieces
from vendorgate.report.diagnostic import Diagnosed
from vendorgate.terminal.style import Style

SOURCE = Path(vendorgate.__file__).parent


TABLE = re.compile(r"Final\[Mapping\[str, Render\[(\w+)\]\]\]")


def formats() -> Iterator[tuple[str, str, object, Any]]:
    """Of every constant that is a mapping to `Render[X]`: its module, its place there, what renders, and X."""
    for file in sorted(SOURCE.glob("commands/**/*formats.py")):
        name = ".".join(file.relative_to(SOURCE.parent).with_suffix("").parts)
        module = importlib.import_module(name)
        for constant, annotation in module.__annotations__.items():
            if found := TABLE.fullmatch(annotation):
                for format, render in getattr(module, constant).items():
                    yield name, f"{constant}[{format}]", render, getattr(module, found[1])


FORMATS = [row for row in formats() if isinstance(row[2], (Rendering, Diagnosing))]
IDS = [f"{module}.{place}" for module, place, _, _ in FORMATS]


def taken(place: FunctionPlace) -> tuple[list[Any], Any]:
    """The types that a function must be given, in their order, and the one that it gives back."""
    found = place.imported()
    hints = get_type_hints(found, vars(importlib.import_module(place.module, place.package)))
    gives = hints.pop("return")
    return list(hints.values()), gives


def test_tables_of_formats_are_found() -> None:
    assert {f"vendorgate.commands.{name}.formats" for name in ("plan", "registry")} <= {row[0] for row in FORMATS}
    assert len(FORMATS) > 50


@pytest.mark.parametrize(("render", "made"), [row[2:] for row in FORMATS], ids=IDS)
def test_format_is_rendered_from_what_its_command_makes(render: Rendering | Diagnosing, made: Any) -> None:
    takes, gives = taken(render.place)
    assert takes[0] == made
    assert gives is Diagnosed if isinstance(render, Diagnosing) else gives in (str, bytes, Pieces)


@pytest.mark.parametrize("render", [row[2] for row in FORMATS], ids=IDS)
def test_format_takes_a_style_where_it_is_for_people_and_nowhere_else(render: Rendering | Diagnosing) -> None:
    takes, _ = taken(render.place)
    assert (Style in takes) == (isinstance(render, Rendering) and render.styled)
