"""What one file says that somebody names, whatever it is called: `vendorgate detect --from litellm FILE`.

In: the kind, path and text, the catalogue. Out: sightings; the file is no template, since it was named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..reading.unreadable import Unreadable
from ..sighting import Sighting
from . import continue_dev, cyclonedx, librechat, litellm

_KINDS: Final[Mapping[str, Callable[[str, str, Catalogue], Iterable[Sighting]]]] = {
    "litellm": litellm.extract,
    "librechat": librechat.extract,
    "continue": continue_dev.extract,
    "cyclonedx": lambda _path, text, catalogue: cyclonedx.read(text, catalogue),
}


def imported(kind: str, path: str, text: str, catalogue: Catalogue) -> list[Sighting]:
    """What a file of a kind says.

    Raises:
        Unreadable: it says nothing that such a file would.
    """
    name = "imported.json" if path.lower().endswith((".json", ".jsonc")) else "imported.yaml"
    found = list(_KINDS[kind](name, text, catalogue))
    if not found:
        raise Unreadable(f"nothing that a file of the kind {kind} would say of vendors")
    return found
