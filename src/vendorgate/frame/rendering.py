"""Formats by the place of the function that renders each, which is imported when somebody wants it.

In: the name of the module that lists them, places such as `.text:render`. Out: formats, as `answer` takes them. That a
function takes what its table is a table of, is for a test to say: mypy does not read places.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping

import msgspec

from ..terminal.style import Style
from .streams import Pieces, Printable


class FunctionPlace(msgspec.Struct, frozen=True):
    """Where a function is that is not imported yet."""

    module: str
    """As an import in the module that lists it has it, with its dots."""
    function: str
    package: str

    def imported(self) -> Callable[..., object]:
        found: Callable[..., object] = getattr(importlib.import_module(self.module, self.package), self.function)
        return found


class Rendering(msgspec.Struct, frozen=True):
    """One format of a command's answer."""

    place: FunctionPlace
    styled: bool
    """Whether it is for people at a terminal, and takes a style."""

    def __call__(self, found: object, style: Style) -> Printable:
        render = self.place.imported()
        rendered = render(found, style) if self.styled else render(found)
        assert isinstance(rendered, (str, bytes, Pieces))
        return rendered


def place_beside(lister: str, place: str) -> FunctionPlace:
    """The place `module:function`, as the module that lists it sees it."""
    module, _, function = place.partition(":")
    return FunctionPlace(module, function, lister.rpartition(".")[0])


def formats_beside(lister: str, **places: str) -> Mapping[str, Rendering]:
    """By name; the one called `text` is styled, and no other."""
    return {name: Rendering(place_beside(lister, place), name == "text") for name, place in places.items()}
