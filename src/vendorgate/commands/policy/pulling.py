"""Policies from where they are kept into the cache, once, so that checks need no network.

In: an address, a token for what is not public. Out: what was pulled, under the address that pins it.
"""

from __future__ import annotations

import msgspec

from ...errors import InputError, Problem, VendorgateError
from ...git.fetching import fetched
from ...load.files import sha256
from ...remote.address import Address, ArchiveAddress, GitAddress
from ...remote.cache import cached_file, keep
from ...remote.git_objects import LARGEST_OBJECT, NotAsNamed, filed, policy_files
from ...remote.opening import in_cache, unpinned
from ...remote.pinned import PinnedPolicies, pinned_policies
from ...source import Location


class Pull(msgspec.Struct, frozen=True):
    """What came of it."""

    policies: PinnedPolicies
    """Under the address that pins them, whatever was asked for."""
    fetched: bool
    """Whether they were not in the cache."""
    is_tip: bool = True
    """Whether a branch or a tag of the repository ends at the commit, as far as anybody asked."""


def pull(address: Address, token: str = "", *, allow_unpinned: bool = False) -> Pull:
    """Have the policies of an address in the cache.

    Raises:
        UsageError: it is not pinned, which nobody allowed; the cache cannot be written; git is not installed.
        InputError: it cannot be fetched, is not what is pinned, or holds no policies. What was in the cache stays.
    """
    if not address.pinned and not allow_unpinned:
        raise unpinned(address)
    there = _there(address) if address.pinned else None
    if there is not None:
        return Pull(there, fetched=False)
    if isinstance(address, GitAddress):
        return _from_repository(address, token)
    return Pull(_from_archive(address), fetched=True)


def _there(address: Address) -> PinnedPolicies | None:
    """What the cache has of a pinned address; None where it has nothing, or something else."""
    try:
        return in_cache(address)
    except VendorgateError:
        return None


def _from_repository(address: GitAddress, token: str) -> Pull:
    with fetched(address.repository, address.revision, token) as commit:
        if address.pinned and commit.id != address.revision:
            title = f"{address.revision} is no commit: it stands for {commit.id}"
            raise _refused(address, title, "name the commit itself")
        pinned = msgspec.structs.replace(address, revision=commit.id)
        try:
            found = policy_files(commit.id, address.path, lambda id: commit.read(id, LARGEST_OBJECT), pinned.shown)
        except NotAsNamed:
            help = "see whether that repository is whole: git fsck"
            raise _refused(address, "the server does not give what the commit names", help) from None
    keep(cached_file(pinned), filed(found.objects.values()))
    return Pull(in_cache(pinned), fetched=True, is_tip=commit.is_tip)


def _from_archive(address: ArchiveAddress) -> PinnedPolicies:
    from ...remote.fetch import Manner, fetch  # it imports requests

    response = fetch(address.url, manner=Manner(loopback=False, verbatim=True))
    assert response is not None, "nothing says what is here already"
    digest = sha256(response.data)
    if address.sha256 not in (None, digest):
        title = f"the SHA-256 is {digest}, and {address.sha256} is pinned"
        raise _refused(address, title, "find out why it changed before you pin another")
    pinned = msgspec.structs.replace(address, sha256=digest)
    pinned_policies(pinned, response.data)
    keep(cached_file(pinned), response.data)
    return in_cache(pinned)


def _refused(address: Address, title: str, help: str) -> InputError:
    return InputError([Problem(title, Location(address.shown, 1, 1), help)])
