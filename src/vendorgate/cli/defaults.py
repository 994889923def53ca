"""Which bundle, snapshot, manifests and day a command works on where the command line does not say.

In: options as given. Out: folders and paths; one line on the error stream says what was taken.
"""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Sequence

from ..errors import InputError, Problem, UsageError
from ..load.files import Folder, folder, shipped, shown_path
from ..load.finding import Found, Ignored, find
from ..load.packs import PackChoice, pack_choice
from ..model.manifest import FILE_NAMES
from ..source import Location
from ..terminal.escape import escape


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


def manifests_for(given: Sequence[str]) -> list[Found]:
    """The manifests that are meant, each once; without names the one here.

    Raises:
        UsageError: none is named, and there is none here; or there is no here.
    """
    if not given and not any(map(os.path.lexists, FILE_NAMES)):
        help = f"name a manifest or a folder: vendorgate check path/to/{FILE_NAMES[0]}"
        raise UsageError([Problem(f"no {' or '.join(FILE_NAMES)} here", help=help)])
    try:
        return find(given, _ask_git)
    except FileNotFoundError:  # of all that is named, the folder that names begin at is what must exist
        raise UsageError([Problem("the working directory is gone", help="change to a folder that exists")]) from None


def paths_for(given: Sequence[str]) -> list[str]:
    """The paths of the manifests that are meant, for what needs every one of them.

    Raises:
        InputError: a name stands for nothing.
        UsageError: none is named, and there is none here.
    """
    found = manifests_for(given)
    problems = [problem for one in found for problem in one.problems]
    if problems:
        raise InputError(problems)
    return [one.path for one in found]


def path_for(given: str) -> str:
    """The path of the one manifest that is meant.

    Raises:
        InputError: the name stands for nothing.
        UsageError: it stands for several.
    """
    paths = paths_for([given])
    if len(paths) > 1:
        more = ", …" if len(paths) > 3 else ""
        title = f"{len(paths)} manifests, and this is about one: {', '.join(paths[:3])}{more}"
        raise UsageError([Problem(title, Location(shown_path(given), 1, 1), "name one of them")])
    return paths[0]


def _ask_git(folder: str) -> Ignored:
    """What git ignores below a folder; where it cannot be asked, that is said, and nothing is left out."""
    from ..review.git import ignored  # it runs processes, which a plain check does not

    said = ignored(folder)
    if said.known == "unknown":
        sys.stderr.write(f"git does not say what it ignores below {escape(folder)}, so nothing is left out\n")
    return said


def today() -> datetime.date:
    """The day it is, in UTC."""
    return datetime.datetime.now(datetime.timezone.utc).date()
