"""The formats that know nothing but diagnostics, for every command that finds some.

In: the place of what makes diagnostics of an answer. Out: formats, as `answer` takes them; each is imported when it is
wanted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from ..report.diagnostic import Diagnosed
from ..terminal.style import Style
from .formats import diagnostics_in
from .rendering import FunctionPlace, place_beside
from .streams import Rendered

NAMES: Final = ("sarif", "github", "gitlab", "junit")


class Diagnosing(msgspec.Struct, frozen=True):
    """One format of the diagnostics of an answer."""

    format: str
    place: FunctionPlace
    """Of what makes them."""

    def __call__(self, found: object, style: Style) -> Rendered:
        diagnosed = self.place.imported()(found)
        assert isinstance(diagnosed, Diagnosed)
        return diagnostics_in(self.format, diagnosed)


def diagnostics_beside(lister: str, place: str) -> Mapping[str, Diagnosing]:
    """SARIF, annotations, code quality and JUnit."""
    return {name: Diagnosing(name, place_beside(lister, place)) for name in NAMES}
