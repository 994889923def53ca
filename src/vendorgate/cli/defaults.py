"""Which bundle, snapshot, manifests and day a command works on where the command line does not say.

In: options as given. Out: folders and paths; one line on the error stream says what was taken.
"""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Sequence
from typing import Final

from ..errors import Problem, UsageError
from ..load.files import Folder, folder, shipped
from ..load.packs import PackChoice, pack_choice
from ..source import Location

MANIFEST: Final = "vendorgate.yaml"
_MAGIC: Final = frozenset("*?[")


def inputs_for(
    policies: str | None, registry: str | None, packs: Sequence[str] = ()
) -> tuple[Folder, Folder, PackChoice]:
    """The folders to judge by, and the packs, which come on top of what a bundle requires.

    What nobody named is said on the error stream.
    """
    bundle, bundle_words = _chosen(policies, "policies")
    snapshot, snapshot_words = _chosen(registry, "registry-snapshot")
    words = [text for text in (bundle_words, snapshot_words) if text]
    if words:
        sys.stderr.write(f"using {' and '.join(words)}\n")
    return bundle, snapshot, pack_choice(tuple(packs), bundle)


def registry_for(given: str | None) -> Folder:
    """The snapshot to look into. What nobody named is said on the error stream."""
    snapshot, words = _chosen(given, "registry-snapshot")
    if words:
        sys.stderr.write(f"using {words}\n")
    return snapshot


def _chosen(given: str | None, name: str) -> tuple[Folder, str]:
    if given is not None:
        return folder(given), ""
    if os.path.isdir(name):
        return folder(name), f"{name}/"
    return shipped(name), f"the {name} that came with vendorgate"


def manifests_for(given: Sequence[str]) -> list[str]:
    """The manifests to check, globs expanded, each once.

    Raises:
        UsageError: no manifest, or a glob that matches none.
    """
    if not given:
        if not os.path.exists(MANIFEST):
            raise UsageError(
                [Problem(f"no {MANIFEST} here", help=f"name a manifest: vendorgate check path/to/{MANIFEST}")]
            )
        return [MANIFEST]
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for pattern in given:
        paths = _expand(pattern)
        if not paths:
            problems.append(Problem("no manifest matches", Location(pattern, 1, 1), "check the path of the manifest"))
        for path in paths:
            found.setdefault(os.path.realpath(path), path)
    if problems:
        raise UsageError(problems)
    return list(found.values())


def today() -> datetime.date:
    """The day it is, in UTC."""
    return datetime.datetime.now(datetime.timezone.utc).date()


def _expand(pattern: str) -> list[str]:
    if os.path.exists(pattern) or not _MAGIC.intersection(pattern):
        return [pattern]
    from glob import glob

    return sorted(glob(pattern, recursive=True))
