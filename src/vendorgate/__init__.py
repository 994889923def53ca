"""vendorgate judges which AI vendors a project uses, for which data, by an organization's policies.

from datetime import date
from vendorgate import Gate

gate = Gate(policies="policies", registry="registry-snapshot")
evaluation = gate.check("vendorgate.yaml", as_of=date(2026, 11, 23))
"""

from __future__ import annotations

from .version import VERSION as __version__

TYPE_CHECKING = False
"""As type checkers read it, without `typing`, which is imported when the collector of garbage is off."""
if TYPE_CHECKING:
    from typing import Any

    from .errors import InputError, Problem, UsageError, VendorgateError
    from .gate import Gate
    from .model.evaluation import Evaluation

__all__ = ["Evaluation", "Gate", "InputError", "Problem", "UsageError", "VendorgateError", "__version__"]

_HOMES = {
    "Evaluation": "model.evaluation",
    "Gate": "gate",
    "InputError": "errors",
    "Problem": "errors",
    "UsageError": "errors",
    "VendorgateError": "errors",
}


def __getattr__(name: str) -> Any:
    """The public names, each imported when somebody asks for it, so that `--version` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
