"""What calls set, held against what is claimed of the account: stored responses under zero retention, and the like.

In: a setting as the vendor calls it, a declared route. Out: the claim that it contradicts, in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ..detection.sighting import Setting
from ..model.manifest import SettingValue
from .declared import Route
from .regions import Geography

_CALLED_OTHERWISE: Final[Mapping[str, tuple[str, ...]]] = {
    "data_collection": ("provider_data_collection",),
    "zdr": ("zdr_only",),
}
"""By what calls set: what manifests call the same for the account."""
_KEEPS: Final[Mapping[str, Callable[[SettingValue], bool]]] = {
    "store": lambda value: value is True,
    "background": lambda value: value is True,
    "previous_response_id": lambda value: value not in (False, ""),
    "conversation": lambda value: value not in (False, ""),
    "zdr": lambda value: value is False,
    "data_collection": lambda value: value == "allow",
}
"""Which values let the vendor keep what is sent, or those that it passes it on to."""
_PLACES: Final = frozenset(("inference_geo",))
"""Settings that say where a call is answered."""


def contradicted(setting: Setting, route: Route, geography: Geography) -> str | None:
    """The claim of a route that a setting contradicts; None where it contradicts none."""
    name = plain(setting.name)
    for field in (name, *_CALLED_OTHERWISE.get(name, ())):
        if field in route.settings:
            same = _plain_value(route.settings[field]) == _plain_value(setting.value)
            return None if same else f"settings.{field}: {_word(route.settings[field])}"
    if name in _KEEPS and _KEEPS[name](setting.value) and route.keeps_nothing:
        claims = route.settings.get("zero_data_retention") is True
        return "settings.zero_data_retention: true" if claims else "agreements: [zdr]"
    if name in _PLACES and route.region is not None and isinstance(setting.value, str):
        lies = geography.lies(setting.value, route.region)
        return f"region: {route.region}" if lies is False else None
    return None


def plain(name: str) -> str:
    """A setting's name in one spelling, whatever the language that sets it: `previousResponseId`."""
    return (
        "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_").replace("-", "_")
    )


def words(setting: Setting) -> str:
    """A setting as messages call it."""
    return f"{setting.name}={_word(setting.value)}"


def _word(value: SettingValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _plain_value(value: SettingValue) -> SettingValue:
    return value.casefold() if isinstance(value, str) else value
