"""Names of models that do not say by themselves what is called.

In: what a route declares, its offering. Out: whether a name says it, and the settings that say the rest. Where some
names of an offering imply a setting, as ids of Bedrock with a prefix imply an inference profile, one without it is
called with whatever the usage declares of that setting: `eu` beside it makes another call of it, and silence may. And
a name of Amazon's (ARN) has a region in it, or none: beside another one nobody knows which is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..logic import Json
from ..logic.globs import names_any
from ..model.registry import Offering
from ..model.vocabulary import plain_cloud_region

_IN_REGION: Final = "in_region"
"""What is declared of such a setting, as the registry has it, where a call is what the name says and nothing else."""
_MODELS: Final = "usage.models"
_SETTING: Final = "settings."
_CLOUD_REGION: Final = "usage.cloud_region"
_PREFIX: Final = "usage."
_ARN: Final = "arn"
_REGION_OF_ARN: Final = 3
"""Its place between colons: `arn:aws:bedrock:us-east-1:…`."""


def says_what_is_called(name: str, declared: Mapping[str, Json], offering: Offering) -> bool:
    """Whether a declared model is what is called, by its name or by what is declared beside it."""
    return lies_there(name, declared.get(_CLOUD_REGION)) and all(
        declared.get(path) == _IN_REGION for path in _left_open(name, offering)
    )


def lies_there(name: str, cloud_region: Json | None) -> bool:
    """Whether a name of Amazon's has the region that is declared; where none is, nobody asks."""
    parts = name.split(":", _REGION_OF_ARN + 1)
    if parts[0] != _ARN or not isinstance(cloud_region, str):
        return True
    return len(parts) > _REGION_OF_ARN and plain_cloud_region(parts[_REGION_OF_ARN]) == plain_cloud_region(cloud_region)


def settings_beside(declared: Mapping[str, Json], offering: Offering) -> tuple[str, ...]:
    """The paths of settings that say what is called, where names of declared models do not."""
    names = declared.get(_MODELS)
    paths = (path for name in (names if isinstance(names, list) else ()) for path in _left_open(str(name), offering))
    return tuple(dict.fromkeys(paths))


def _left_open(name: str, offering: Offering) -> list[str]:
    """The paths of settings that other models of an offering imply, and this one does not."""
    implied: dict[str, list[str]] = {}
    for entry in offering.written.implies or ():
        for field in entry.set if entry.models else ():
            if field.startswith(_SETTING):
                implied.setdefault(_PREFIX + field, []).extend(entry.models or ())
    return [path for path, globs in implied.items() if not names_any(name, tuple(globs))]
