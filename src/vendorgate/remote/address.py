"""Where policies are kept, as somebody writes it: a repository over https, or an archive.

In: a text. Out: an address, or what is wrong with it. What could be a secret in it is never repeated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, Union

import msgspec

from ..errors import Problem, UsageError

_LONGEST: Final = 2_000
"""Characters of an address."""
_HOST: Final = r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
_SEGMENT: Final = r"(?!\.{1,2}(?:[/@]|\Z))[A-Za-z0-9._~][A-Za-z0-9._~-]*"
_REPOSITORY: Final = re.compile(rf"(?P<host>{_HOST})(?P<path>(?:/{_SEGMENT})+)")
_ARCHIVE: Final = re.compile(rf"(?P<host>{_HOST})(?P<path>(?:/(?!\.{{1,2}}(?:/|\Z))[A-Za-z0-9._~+,=:@%-]+)+)")
_COMMIT: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
"""An id in full, of SHA-1 or of SHA-256."""
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_REVISION: Final = re.compile(r"(?!.*(?:\.\.|//|/\.|\.lock(?:/|\Z)))[A-Za-z0-9_](?:[A-Za-z0-9._/+-]*[A-Za-z0-9_+-])?")
"""The name of a branch or a tag; never an option, a range or another name's part."""
_SCP: Final = "git@"
"""How addresses of ssh without a scheme begin."""
_HTTPS: Final = "https://"
_ENDING: Final = ".tar.gz"
GIT_FORM: Final = "git+https://HOST/ORG/REPO@COMMIT#PATH"
ARCHIVE_FORM: Final = "https://HOST/….tar.gz#sha256=…"
_FORMS: Final = f"write {GIT_FORM} or {ARCHIVE_FORM}"
_ADVICE: Final[Mapping[str, str]] = {
    "file": "name the folder itself",
    "git+file": "name the folder itself",
    "http": "fetch it over https: what comes over http can be changed on its way",
    "git+http": "fetch it over https: what comes over http can be changed on its way",
    "ssh": f"fetch it over https: {GIT_FORM}; for what is not public, give a token",
    "git+ssh": f"fetch it over https: {GIT_FORM}; for what is not public, give a token",
    "git": f"fetch it over https: {GIT_FORM}",
}
"""What to do instead of what is not fetched, by scheme."""


class GitAddress(msgspec.Struct, frozen=True):
    """A folder of a repository at a commit."""

    repository: str
    """https://HOST/ORG/REPO, without anything behind it."""
    revision: str | None
    """The id of a commit in full, or the name of a branch or a tag; None: what the repository itself shows first."""
    path: str
    """From the root of the repository; empty: the root."""

    @property
    def pinned(self) -> bool:
        """Whether it stands for one content for ever."""
        return self.revision is not None and _COMMIT.fullmatch(self.revision) is not None

    @property
    def place(self) -> str:
        """Where it is kept, whatever commit is meant."""
        return f"git+{self.repository}" + (f"#{self.path}" if self.path else "")

    @property
    def shown(self) -> str:
        """As somebody writes it."""
        revision = "" if self.revision is None else f"@{self.revision}"
        return f"git+{self.repository}{revision}" + (f"#{self.path}" if self.path else "")


class ArchiveAddress(msgspec.Struct, frozen=True):
    """A published archive."""

    url: str
    sha256: str | None
    """Of the archive, in hexadecimal; None where nobody says it."""

    @property
    def pinned(self) -> bool:
        """Whether it stands for one content for ever."""
        return self.sha256 is not None

    @property
    def place(self) -> str:
        """Where it is kept, whatever its content."""
        return self.url

    @property
    def shown(self) -> str:
        """As somebody writes it."""
        return self.url if self.sha256 is None else f"{self.url}#sha256={self.sha256}"


Address = Union[GitAddress, ArchiveAddress]


def address_of(given: str) -> Address:
    """The address that a text means.

    Raises:
        UsageError: it is none that anything is fetched from, or has a secret in it.
    """
    scheme, separator, rest = given.partition("://")
    scheme = scheme.lower() if separator else "ssh" if given.startswith(_SCP) else ""
    if scheme in _ADVICE:
        raise _refused(f"nothing is fetched from `{scheme}://`", _ADVICE[scheme])
    if scheme not in _READ:
        raise _refused("an address that does not begin with `https://` or `git+https://`", _FORMS)
    if "@" in re.split(r"[/?#]", rest, maxsplit=1)[0]:
        title = "an address with a name or a password in it, which every report would show"
        raise _refused(title, "leave it out, and give a token in VENDORGATE_POLICIES_TOKEN")
    if len(given) > _LONGEST:
        raise _refused(f"an address of more than {_LONGEST:,} characters", _FORMS)
    return _READ[scheme](rest)


def _refused(title: str, help: str) -> UsageError:
    return UsageError([Problem(title, help=help)])


def _git_address(rest: str) -> GitAddress:
    before, number_sign, path = rest.partition("#")
    if "?" in before:
        raise _refused("an address with a `?`, behind which secrets stand", f"write {GIT_FORM}")
    place, at, revision = before.partition("@")
    found = _REPOSITORY.fullmatch(place.removesuffix("/"))
    if found is None:
        raise _refused("no address of a repository", f"write {GIT_FORM}, with letters, digits and `. _ ~ -` in it")
    lower = revision.lower()
    revision = lower if _COMMIT.fullmatch(lower) else revision
    if at and not _REVISION.fullmatch(revision):
        raise _refused("no name of a commit behind the `@`", "write its id in full, 40 hexadecimal digits")
    repository = f"{_HTTPS}{found['host'].lower()}{found['path']}"
    return GitAddress(repository, revision if at else None, _folder(path) if number_sign else "")


def _folder(path: str) -> str:
    """A path below the root of a repository."""
    steps = path.removesuffix("/").split("/")
    if any(step in ("", ".", "..") for step in steps) or "\\" in path or not path.isprintable():
        help = "write the folder from the root of the repository, such as #policies, or leave it out for the root"
        raise _refused("no path of a folder behind the `#`", help)
    return "/".join(steps)


def _archive_address(rest: str) -> ArchiveAddress:
    place, number_sign, fragment = rest.partition("#")
    if "?" in place:
        raise _refused("an address with a `?`, behind which secrets stand", f"write {ARCHIVE_FORM}")
    found = _ARCHIVE.fullmatch(place)
    if found is None or not place.endswith(_ENDING):
        raise _refused(f"no address of an archive that ends with {_ENDING}", f"{_FORMS}: `git+` is for a repository")
    name, _, digest = fragment.partition("=")
    if number_sign and (name != "sha256" or not _SHA256.fullmatch(digest.lower())):
        raise _refused("no SHA-256 behind the `#`", "write #sha256= and 64 hexadecimal digits")
    return ArchiveAddress(f"{_HTTPS}{found['host'].lower()}{found['path']}", digest.lower() if number_sign else None)


_READ: Final[Mapping[str, Callable[[str], Address]]] = {"git+https": _git_address, "https": _archive_address}
"""What reads the rest of an address, by scheme."""
