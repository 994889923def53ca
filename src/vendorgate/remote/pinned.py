"""What an address pins: the files of a bundle, out of bytes that anybody may have written.

In: a pinned address, bytes. Out: files by path, each of which the pin proves. Knows neither network nor cache.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

import msgspec

from ..load.files import digest, sha256
from .address import Address, ArchiveAddress, GitAddress
from .git_objects import NotAsNamed, policy_files, unfiled

_YAML = (".yaml", ".yml")


class PinnedPolicies(msgspec.Struct, frozen=True):
    """The files that an address pins."""

    address: Address
    files: Mapping[str, bytes]
    """By path below the bundle; YAML files alone."""

    @property
    def sha256(self) -> str:
        """One digest for the files, as that of a bundle is made; of an archive its own."""
        if isinstance(self.address, ArchiveAddress) and self.address.sha256 is not None:
            return self.address.sha256
        return digest((name, sha256(data)) for name, data in self.files.items())


def pinned_policies(address: Address, data: bytes) -> PinnedPolicies:
    """The files that an address pins, out of the file that a pull has kept.

    Raises:
        NotAsNamed: the bytes are not what the address pins.
        InputError: they are, and hold no folder of policies.
    """
    if isinstance(address, GitAddress):
        commit = str(address.revision)
        found = policy_files(commit, address.path, unfiled(data, len(commit)).get, address.shown)
        return PinnedPolicies(address, found.files)
    if sha256(data) != address.sha256:
        raise NotAsNamed(address.sha256)
    return PinnedPolicies(address, _of_archive(data, address.shown))


def _of_archive(data: bytes, shown: str) -> dict[str, bytes]:
    """The YAML files of an archive; a folder that holds everything is none of the bundle's."""
    from .archive import members, refused  # most policies lie in repositories

    every = {}
    for name, content in members(data, shown):
        path = PurePosixPath(name.replace("\\", "/"))
        if ":" in name:
            raise refused(shown, f"`{name[:200]}` is a name that not every folder can hold", "call the file otherwise")
        if path in every:
            raise refused(shown, f"`{name[:200]}` stands twice in the archive", "do not trust this archive")
        every[path] = content
    tops = {path.parts[0] for path in every if path.parts}
    strip = len(tops) == 1 and all(len(path.parts) > 1 for path in every)
    files = {
        PurePosixPath(*path.parts[strip:]).as_posix(): content
        for path, content in every.items()
        if path.name.lower().endswith(_YAML)
    }
    if not files:
        raise refused(shown, "an archive without a file of policies", "publish the files of a bundle")
    return files
