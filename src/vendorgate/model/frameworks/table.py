"""Every framework that ships, in one table, by the names that people know: what reports group by, what a lint leads a
misspelt name back to, and what the page of the documentation lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..control import Framework
from .european_union import EUROPEAN_UNION
from .standards import STANDARDS
from .united_states import UNITED_STATES

FRAMEWORKS: Final[Mapping[str, Framework]] = {
    one.id: one for one in sorted((*EUROPEAN_UNION, *STANDARDS, *UNITED_STATES), key=lambda one: one.name.casefold())
}
"""By id, sorted by name."""
