"""The snapshot that a reading goes into: the one that is named, else the nearest; never the one of vendorgate itself.

In: the option as given. Out: a folder that may be changed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from ....errors import Problem, UsageError
from ....load.nearby import BUILT_IN, nearest_registry

_BEGIN: Final = (
    'begin one of your own: cp -r "$(vendorgate registry path)" registry-snapshot; or tell its keepers what you read'
)


def own_snapshot(given: str | None) -> Path:
    """The folder, links to it followed.

    Raises:
        UsageError: it is the one that came with vendorgate, or there is none here.
    """
    if given == BUILT_IN:
        raise UsageError([Problem("the registry-snapshot that came with vendorgate is never changed", help=_BEGIN)])
    folder = given if given is not None else nearest_registry().folder
    if folder is None:
        title = "no registry-snapshot here, and the one that came with vendorgate is never changed"
        raise UsageError([Problem(title, help=_BEGIN)])
    return Path(os.path.realpath(folder))
