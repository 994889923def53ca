"""The policies of an address as a folder, out of the cache and without a network.

In: an address as somebody gave it. Out: a folder that the loaders read. What the cache holds is held against the pin
first, and unpacked into a folder of this run, so that nobody can change it between the one and the other.
"""

from __future__ import annotations

import os
import shlex
import tempfile

from ..errors import InputError, Problem, UsageError, reason_of
from ..load.files import Folder
from ..source import Location
from .address import Address, GitAddress, address_of
from .cache import cached, cached_file
from .git_objects import NotAsNamed
from .lock_file import refuse_other
from .pinned import PinnedPolicies, pinned_policies
from .scratch import FOLDERS, clear


def opened(given: str, *, recorded: bool) -> Folder:
    """The folder of a pinned address that a pull has put into the cache; `recorded`: as vendorgate.lock has it.

    Raises:
        UsageError: it is no address, is not pinned, is not in the cache, or the record in the repository differs.
        InputError: what is in the cache is something else, or no bundle.
    """
    address = address_of(given)
    if not address.pinned:
        raise unpinned(address)
    found = in_cache(address)
    if recorded:
        refuse_other(found)
    if address.shown not in FOLDERS:
        _unpack(found)
    return Folder(FOLDERS[address.shown], shown_folder(address), address=address.shown)


def unpinned(address: Address) -> UsageError:
    """That an address stands for whatever somebody puts there."""
    pin = "@ and the 40 hexadecimal digits of a commit" if isinstance(address, GitAddress) else "#sha256= and 64 digits"
    title = f"{address.shown} is not pinned: it can be another one tomorrow"
    pull = f"vendorgate policy pull --allow-unpinned {shlex.quote(address.shown)}"
    help = f"write {pin}; to learn what it is today: {pull}"
    return UsageError([Problem(title, help=help)])


def in_cache(address: Address) -> PinnedPolicies:
    """What the cache has of a pinned address.

    Raises:
        UsageError: nothing.
        InputError: something else, or no bundle.
    """
    path = cached_file(address)
    data = cached(path)
    pull = f"vendorgate policy pull {shlex.quote(address.shown)}"
    if data is None:
        title = f"{address.shown} is not in the cache, and a check fetches nothing"
        raise UsageError([Problem(title, help=f"fetch it: {pull}")])
    try:
        return pinned_policies(address, data)
    except NotAsNamed:
        title = f"what the cache has of {address.shown} is not what that pins"
        help = f"find out who writes there, and fetch it again: {pull}"
        raise InputError([Problem(title, Location(path.as_posix(), 1, 1), help)]) from None


def _unpack(found: PinnedPolicies) -> None:
    address = found.address
    try:
        root = FOLDERS[address.shown] = tempfile.mkdtemp(prefix="vendorgate-policies-")
        for name, data in found.files.items():
            path = os.path.join(root, *name.split("/"))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "xb") as file:
                file.write(data)
    except (OSError, ValueError) as error:
        clear()
        title = f"cannot be unpacked: {reason_of(error) if isinstance(error, OSError) else error}"
        raise InputError([Problem(title, Location(address.shown, 1, 1), "look at the temporary folder")]) from None


def shown_folder(address: Address) -> str:
    """What its files are shown below."""
    if isinstance(address, GitAddress):
        return address.shown if address.path else f"{address.shown}#"
    return f"{address.url}#"
