"""What to do where a value does not fit that was observed: no declaration changes it, but the account can be another.

In: a case, what is asked of a value. Out: remedies; None where the value was not observed: the manifest says it.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..logic import Literal, Node, Operation
from ..logic.wording import few, value_words
from ..model.manifest import RouteName
from ..model.observable import SETTINGS
from ..model.result import Remedy
from .case import Case
from .observations import account_words, observe_again

_MOST = 3


def remedy_of_rule(case: Case, node: Node, wanted: bool, paths: Iterable[str]) -> Remedy | None:
    """What has a comparison or the like hold that reads what was observed."""
    ours = [path for path in paths if path.startswith("usage.") or path in case.observed]
    found = [path for path in ours if path in case.observed]
    if not found:
        return None
    value = _asked_for(node, ours) if wanted else None
    remedy = _at_vendor(case, found[0], f"set {_fields(found)}{' as it asks' if value is None else f' to {value}'}")
    others = [path for path in ours if path not in found]
    if remedy is None or not others:
        return remedy
    return Remedy("do", f"{remedy.what}; or change {_fields(others)} as it asks, and declare what is then true")


def remedy_of_tier(case: Case, least: str) -> Remedy | None:
    """What has an observed tier be a least one."""
    return _at_vendor(case, "usage.tier", f"move to tier `{least}` or above")


def remedy_of_scope(case: Case, path: str, name: str, inside: tuple[str, ...]) -> Remedy | None:
    """What has an observed name, such as a region, be inside a scope."""
    if path == "usage.features":
        return _at_vendor(case, path, f"switch feature `{name}` off")
    places = f"to one of {few([f'`{one}`' for one in inside], _MOST)}" if inside else f"to another than `{name}`"
    return _at_vendor(case, path, f"set `{_field(path)}` {places}")


def _at_vendor(case: Case, path: str, what: str) -> Remedy | None:
    found = case.observed.get(path)
    if found is None:
        return None
    written = found.observation.written
    whose = account_words(RouteName(written.offering, written.account))
    return Remedy("do", f"{what} at the vendor for {whose}, then {observe_again(found.observation)}")


def _asked_for(node: Node, paths: list[str]) -> str | None:
    """The one value that a rule asks of the one path that it reads; None where it asks otherwise."""
    if not isinstance(node, Operation) or node.name not in ("==", "===") or len(paths) > 1:
        return None
    values = [one.value for one in node.arguments if isinstance(one, Literal)]
    return value_words(values[0]) if len(values) == 1 and len(node.arguments) == 2 else None


def _fields(paths: list[str]) -> str:
    return few([*dict.fromkeys(f"`{_field(path)}`" for path in paths)], _MOST)


def _field(path: str) -> str:
    return path.removeprefix(SETTINGS).removeprefix("usage.").removeprefix("primary.")
