"""What all of routing asks: the project, the catalogue, and what an expression reaches.

In: the code by path, the catalogue. Out: `Scene`, which `trace` completes by how expressions are followed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..code import Code, Place, Value
from .address import ADDRESSES, addressed
from .client import Client
from .live import Names, address_names, known_names
from .passed import Argument, plain
from .project import Project
from .symbols import Clients
from .view import View

_SETTINGS: Final = ADDRESSES | {"apitype"}

Follow = Callable[[View, Value, Place, int], tuple[Client, ...]]


class Scene:
    """The project, the catalogue, and how values are followed to clients."""

    def __init__(self, codes: Mapping[str, Code], catalogue: Catalogue) -> None:
        self.project = Project(codes)
        self.catalogue = catalogue
        self.addressed = addressed(catalogue)
        names = Names(self.project)
        self.live = names.reached(known_names(self.project, catalogue))
        """Names that can lead to a client."""
        self.addresses = names.reached(address_names(self.project, catalogue))
        """Names that can lead to the address of somebody who is known."""
        self.known: Clients = {}
        self.follow: Follow = lambda view, value, place, depth: ()
        """The clients that a value may be."""
        self.defaults = _defaults(self.project)
        """By module: what is set on it, as `openai.api_base = …`."""


def _defaults(project: Project) -> dict[str, list[Argument]]:
    found: dict[str, list[Argument]] = defaultdict(list)
    for view in project.views.values():
        configured = _configured(view)
        for one in view.code.assignments:
            if len(one.path) < 2 or plain(one.path[-1]) not in _SETTINGS:
                continue
            argument = Argument(plain(one.path[-1]), one.value, view, one.place)
            for imported, name in view.bound.get(one.path[0], ()):
                if name in {"*", "default"}:
                    found[imported.module].append(argument)
            for module in configured:
                found[module].append(argument)
    return found


def _configured(view: View) -> set[str]:
    """Ruby's gems that a file configures by a block: `OpenAI.configure { |config| config.uri_base = … }`."""
    if view.code.language != "ruby":
        return set()
    return {call.path[0].lower() for call in view.code.calls if call.path[-1] == "configure" and len(call.path) > 1}
