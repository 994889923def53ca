"""Addresses of repositories, and the names that they give.

In: a text that somebody wrote into a list, or that a clone says of where it came from. Out: an address as git takes it,
a name, or what is wrong. What could be a secret is never repeated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from ....errors import Problem, UsageError
from ....load.places import is_repository

_LONGEST: Final = 2_000
"""Characters of an address."""
_HOST: Final = r"(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
_ADDRESS: Final = re.compile(
    rf"(?P<scheme>https|http|ssh)://(?:(?P<user>[A-Za-z0-9._-]+)@)?{_HOST}(?P<path>(?:/(?!-)[A-Za-z0-9._~%+@:-]+)+/?)"
)
_SCP: Final = re.compile(r"(?P<user>[A-Za-z0-9._-]+)@(?P<host>[A-Za-z0-9][A-Za-z0-9.-]*):(?P<path>(?!-)[^\s:][^\s]*)")
"""The short form of ssh: `git@HOST:OWNER/NAME.git`."""
_LOOPBACK: Final = re.compile(r"localhost|127(?:\.[0-9]{1,3}){3}|\[::1\]")
_FILE: Final = "file://"
_FORMS: Final = "write https://HOST/OWNER/NAME.git, ssh://git@HOST/OWNER/NAME.git or the path of a folder"
_WRONG: Final[Mapping[str, tuple[str, str]]] = {
    "http": ("http to another machine, where what comes can be changed on its way", "write https"),
    "git": ("an address that nothing protects on its way", "write https or ssh"),
}
_NO_ADDRESS: Final = ("no address that is read", _FORMS)
_SEGMENTS: Final = 2
"""Of OWNER/NAME, at least."""


def place_of(text: str) -> str:
    """A folder, or an address as git takes it.

    Raises:
        UsageError: it is an address of a kind that is not read, or has a secret in it.
    """
    if text.startswith(_FILE):
        path = unquote(text.removeprefix(_FILE).removeprefix("localhost"))
        if "\0" in path:
            raise UsageError([Problem("a path that no folder can have", help=_FORMS)])
        return path
    short = _SCP.fullmatch(text)
    if short is not None and "://" not in text:
        text = f"ssh://{short['user']}@{short['host']}/{short['path'].lstrip('/')}"
    if "://" not in text:
        return text
    found = _ADDRESS.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        raise UsageError([Problem(*_refusal(text))])
    if found["scheme"] != "ssh" and found["user"] is not None:
        help = "leave it out, and let ~/.netrc have the name and the token of that host"
        raise UsageError([Problem("an address with what could be a secret in it", help=help)])
    if found["scheme"] == "http" and not _LOOPBACK.fullmatch(found["host"]):
        title, help = _WRONG["http"]
        raise UsageError([Problem(title, help=help)])
    return text.rstrip("/")


def _refusal(text: str) -> tuple[str, None, str]:
    """Why something is no address; it is not repeated, because there may be a secret in it."""
    scheme, _, rest = text.partition("://")
    host = re.split(r"[/?#\s]", rest, maxsplit=1)[0]
    is_here = _LOOPBACK.fullmatch(re.sub(r":[0-9]*$", "", host)) is not None
    title, help = _NO_ADDRESS if is_here else _WRONG.get(scheme, _NO_ADDRESS)
    if "@" in host:
        title, help = "an address with what could be a secret in it", _FORMS
    return title, None, help


def name_at(address: str) -> str | None:
    """OWNER/NAME, as the whole path of an address has it: `group/sub/name`, too, because `sub/name` is somebody else.

    None where it has no such path.
    """
    found = _ADDRESS.fullmatch(address)
    return None if found is None else _named(unquote(found["path"]).split("/"))


def name_of_folder(path: str) -> str | None:
    """OWNER/NAME by the last two folders of a path as somebody wrote it; None where it has no two."""
    steps = [step for step in path.split("/") if step not in ("", ".")]
    return None if ".." in steps else _named(steps[-_SEGMENTS:])


def name_from_origin(origin: str) -> str | None:
    """OWNER/NAME of where a clone says that it came from; None where that says none."""
    try:
        place = place_of(origin)
    except UsageError:
        return None
    return name_at(place) if "://" in place else name_of_folder(place)


def _named(steps: list[str]) -> str | None:
    """A name of all steps: below `~evil`, where that one writes what they like, `acme/clinic` is nobody's name."""
    name = "/".join(step for step in steps if step).removesuffix(".git")
    return name if is_repository(name) else None


def label(place: str) -> str:
    """What a repository goes by of which nobody knows OWNER/NAME."""
    last = place.rstrip("/").rpartition("/")[2].removesuffix(".git")
    return last.encode("utf-8", "backslashreplace").decode("utf-8") or "unnamed"
