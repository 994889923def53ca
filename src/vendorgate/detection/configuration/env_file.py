"""`.env` and what is copied to it: names of variables, and hosts.

In: path and text, the catalogue. Out: sightings.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..catalogue.catalogue import Catalogue
from ..documents.properties import read_variables
from ..sighting import Sighting
from .environment import environment
from .telling import reach_of


def extract(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """Whose variables a file sets; a template only declares."""
    return environment(read_variables(text), catalogue, reach_of(path))
