"""The formats that know nothing but diagnostics, for every command that finds some.

In: what makes diagnostics of an answer. Out: formats, as `answer` takes them; each is imported when it is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ..report.diagnostic import Diagnosed
from .answer import Made, Render
from .formats import diagnostics_in

NAMES: Final = ("sarif", "github", "gitlab", "junit")


def diagnostic_formats(diagnosed: Callable[[Made], Diagnosed]) -> Mapping[str, Render[Made]]:
    """SARIF, annotations, code quality and JUnit."""
    return {name: _format(name, diagnosed) for name in NAMES}


def _format(name: str, diagnosed: Callable[[Made], Diagnosed]) -> Render[Made]:
    return lambda found, style: diagnostics_in(name, diagnosed(found))
