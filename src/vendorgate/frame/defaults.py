"""Which bundle, snapshot, manifests and day a command works on where the command line does not say.

In: options as given. Out: folders and paths; one line on the error stream says what was taken.
"""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from ..errors import InputError, Problem, UsageError
from ..load.files import Folder, folder, shipped, shown_path
from ..load.finding import Found, Ignored, find
from ..load.nearby import (
    BUILT_IN,
    LOCK,
    POLICIES,
    REGISTRY,
    SHIPPED,
    is_address,
    nearest_bundle,
    nearest_registry,
    notices_of,
)
from ..load.packs import PackChoice
from ..load.places import repository_root
from ..logic.wording import count
from ..model.manifest import FILE_NAMES
from ..model.vocabulary import FailOn
from ..source import Location
from ..terminal.escape import escape


def inputs_for(
    policies: str | None, registry: str | None, packs: Sequence[str] = (), *, recorded: bool = True
) -> tuple[Folder, Folder, PackChoice]:
    """The folders to judge by, and the packs, which come on top of what a bundle requires.

    What nobody named is said on the error stream. Without `recorded` nobody is judged, or by what judged then, so that
    vendorgate.lock is not asked.
    """
    bundle, bundle_words = policies_chosen(policies, recorded=recorded)
    snapshot, snapshot_words = _registry_chosen(registry)
    _say_used(bundle_words, snapshot_words)
    if policies is None and recorded:
        _say_recorded()
    return bundle, snapshot, PackChoice(tuple(packs), shipped(POLICIES))


def registry_for(given: str | None) -> Folder:
    """The snapshot to look into. What nobody named is said on the error stream."""
    snapshot, words = _registry_chosen(given)
    _say_used(words)
    return snapshot


_OVERLAYS: Final = "offerings"
"""The folder of a bundle that has its own offerings and cells."""


def registry_beside(given: str | None, policies: str | None) -> tuple[Folder, Folder | None]:
    """The snapshot to look into, and the bundle whose own offerings and cells belong to it: the one that is named, else
    the nearest where it has any. What nobody named is said on the error stream."""
    snapshot, words = _registry_chosen(given)
    if policies is not None:
        named, said = policies_chosen(policies, recorded=False)
        _say_used(words, said)
        return snapshot, named
    found = nearest_bundle().folder
    if found is None or not os.path.isdir(os.path.join(found, _OVERLAYS)):
        _say_used(words)
        return snapshot, None
    bundle = folder(found)
    _say_used(words, bundle.file(f"{_OVERLAYS}/")[1])
    return snapshot, bundle


def _say_used(*words: str) -> None:
    said = [text for text in words if text]
    if said:
        sys.stderr.write(f"using {' and '.join(map(escape, said))}\n")


def _say_recorded() -> None:
    """On the error stream: that others were pulled for this repository, which only `--policies` makes judge."""
    path = os.path.join(repository_root(os.path.realpath(os.curdir)) or "", LOCK)
    if os.path.isfile(path):
        sys.stderr.write(f"{LOCK} records policies by which this run does not judge: --policies names them\n")


def policies_chosen(given: str | None, *, recorded: bool = True) -> tuple[Folder, str]:
    """The bundle that is named, else the nearest one; and in words what nobody named."""
    if given is not None:
        named = policies_named(given, recorded=recorded)
        return named, "" if named.address is None else f"the policies of {named.address}"
    found = nearest_bundle()
    over = "".join(f" ({one}/ is no bundle)" for one in found.passed_over)
    if found.folder is None:
        said = notices_of(found, SHIPPED)
        return msgspec.structs.replace(shipped(POLICIES), said=said), f"{SHIPPED}{over}"
    said = notices_of(found, f"those in {found.folder}/")
    return msgspec.structs.replace(folder(found.folder), said=said), f"{found.folder}/{over}"


def policies_named(given: str, *, recorded: bool) -> Folder:
    """The bundle of a name: a folder, the one that came with vendorgate, or a pinned address, out of the cache.

    Raises:
        UsageError, InputError: an address has nothing in the cache that it pins; or where that is asked for, the
            vendorgate.lock of the repository records others.
    """
    if given == BUILT_IN:
        return shipped(POLICIES)
    if is_address(given):
        from ..remote.opening import opened  # what is fetched is unpacked, which a plain check does not

        return opened(given, recorded=recorded)
    return folder(given)


def refuse_elsewhere(bundle: Folder) -> None:
    """Refuse to change policies of which only a copy is here.

    Raises:
        UsageError: they are kept elsewhere.
    """
    if bundle.address is not None:
        title = f"{bundle.address} is kept elsewhere, and cannot be changed here"
        raise UsageError([Problem(title, help="change it where it is kept, and name its new commit or digest")])


def _registry_chosen(given: str | None) -> tuple[Folder, str]:
    if given is not None:
        return (shipped(REGISTRY) if given == BUILT_IN else folder(given)), ""
    found = nearest_registry()
    if found.folder is None:
        return shipped(REGISTRY), f"the {REGISTRY} that came with vendorgate"
    return folder(found.folder), f"{found.folder}/"


def manifests_for(given: Sequence[str]) -> list[Found]:
    """The manifests that are meant, each once; without names the one here.

    Raises:
        UsageError: none is named, and there is none here; or there is no here.
    """
    if not given and not any(map(os.path.lexists, FILE_NAMES)):
        help = f"name a manifest or a folder, such as path/to/{FILE_NAMES[0]}, or write one: vendorgate init"
        raise UsageError([Problem(f"no {' or '.join(FILE_NAMES)} here", help=help)])
    try:
        return find(given, ask_git)
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


def path_for(given: str | None) -> str:
    """The path of the one manifest that is meant; without a name the one here.

    Raises:
        InputError: the name stands for nothing.
        UsageError: it stands for several; or there is no name, and no manifest here.
    """
    paths = paths_for([] if given is None else [given])
    if len(paths) > 1:
        more = ", …" if len(paths) > 3 else ""
        title = f"{len(paths)} manifests, and this is about one: {', '.join(paths[:3])}{more}"
        where = None if given is None else Location(shown_path(given), 1, 1)
        raise UsageError([Problem(title, where, "name one of them")])
    return paths[0]


def ask_git(folder: str) -> Ignored:
    """What git ignores below a folder; where it cannot be asked, that is said, and nothing is left out."""
    from ..git.ignoring import ignored  # it runs processes, which a plain check does not

    said = ignored(folder)
    if said.known == "unknown":
        sys.stderr.write(f"git does not say what it ignores below {escape(folder)}, so nothing is left out\n")
    return said


class AsOf(msgspec.Struct, frozen=True):
    """The day to judge by."""

    day: datetime.date
    asked_on: datetime.date | None = None
    """The day of the run, where the command line named another day or this one; None: nobody named one."""


def day_for(given: datetime.date | None) -> AsOf:
    """The day to judge by; how far one that is named is from today is said on the error stream."""
    now = today()
    if given is None:
        return AsOf(now)
    sys.stderr.write(f"as of {given}, {_distance((given - now).days)}\n")
    return AsOf(given, now)


def _distance(days: int) -> str:
    if not days:
        return "today"
    return f"{count(abs(days), 'day')} {'after' if days > 0 else 'before'} today"


def today() -> datetime.date:
    """The day it is, in UTC."""
    return datetime.datetime.now(datetime.timezone.utc).date()


def options_given(
    *,
    policies: str | None,
    registry: str | None,
    pack: tuple[str, ...],
    repository: str | None,
    as_of: datetime.date | None,
    fail_on: FailOn | None,
) -> Iterator[str]:
    """What judges and when, as the command line says it, for the commands that it is told to go on with."""
    given = (
        ("--policies", policies),
        ("--registry", registry),
        *(("--pack", one) for one in pack),
        ("--repository", repository),
        ("--as-of", None if as_of is None else as_of.isoformat()),
        ("--fail-on", fail_on),
    )
    for option, value in given:
        if value is not None:
            yield from (option, value)
