"""Where CISO Assistant is and who asks: an address, a token, a folder, each as somebody gives it.

In: options, and what the environment has in one variable. Out: `Settings`, or all that is missing and how to get it.
What could be a secret is never repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import SplitResult, urlsplit

import msgspec

from ....errors import InputError, Problem, UsageError
from ....logic.nearest import suggestion
from ....remote.fetch import refuse_insecure
from .answers import Folder

TOKEN: Final = "CISO_ASSISTANT_TOKEN"  # noqa: S105 the name of a variable
"""The variable that has the token, and the only place that one is taken from."""
_SCHEMES: Final = ("Token", "Bearer")
"""How a header begins, with the token of a person, or with that of a service account."""
_TOKEN: Final = re.compile(r"[!-~]{1,4096}")
_PATH: Final = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")
_API: Final = "/api"
_FORM: Final = "write --url https://HOST, as you open it in a browser, without any page of it"
_LONGEST: Final = 2048
"""Characters of an address."""
_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Settings(msgspec.Struct, frozen=True):
    """Where to ask, and as whom."""

    url: str
    """Of the API's host, with what stands in front of `/api/`, without a slash at its end."""
    authorization: str
    """The whole header; never shown."""
    secret: str
    """What of it must stand nowhere."""
    folder: str
    """A name, or an id."""
    link: str | None


def settings(url: str | None, folder: str | None, link: str | None, token: str) -> Settings:
    """What was given, where all of it is there.

    Raises:
        UsageError: something is missing or cannot be; all of it is said.
    """
    problems: list[Problem] = []
    address = _collected(problems, lambda: _address(url))
    named = _collected(problems, lambda: _folder(folder))
    shown = _collected(problems, lambda: _link(link))
    authorization = _collected(problems, lambda: _authorization(token))
    if problems:
        raise UsageError(problems)
    return Settings(address, authorization, authorization.partition(" ")[2], named, shown or None)


def folder_named(given: str, folders: Iterable[Folder]) -> Folder:
    """The folder that somebody means.

    Raises:
        UsageError: none, or several have that name.
    """
    known = [*folders]
    found = [one for one in known if one.id.lower() == given.lower()] or [one for one in known if one.name == given]
    if len(found) == 1:
        return found[0]
    if found:
        help = f"give the id of the one that is meant: {', '.join(one.id for one in found)}"
        raise UsageError([Problem(f"--folder: {len(found)} folders are called `{given}`", help=help)])
    names = [one.name for one in known]
    help = suggestion(given, names, "there are") if names else "give whose token it is a role in the folder"
    raise UsageError([Problem(f"--folder: no folder `{given}` that this token may see", help=help)])


def _collected(problems: list[Problem], read: object) -> str:
    assert callable(read)
    try:
        found = read()
    except UsageError as error:
        problems.extend(error.problems)
        return ""
    assert isinstance(found, str)
    return found


def _address(given: str | None) -> str:
    if not given:
        raise _refused("no --url: nobody says where CISO Assistant is", _FORM)
    parts = _parts("--url", given)
    if parts.query or parts.fragment or not _PATH.fullmatch(parts.path.rstrip("/")):
        raise _refused("--url: an address with something behind its path, or in it, that none has", _FORM)
    path = parts.path.rstrip("/")
    return f"{parts.scheme}://{parts.netloc.lower()}{path.removesuffix(_API)}"


def _folder(given: str | None) -> str:
    if not given:
        help = "name a folder of CISO Assistant (a domain) that these objects may have; best one of their own"
        raise _refused("no --folder: nobody says which folder is meant", help)
    return given


def _link(given: str | None) -> str:
    if given is None:
        return ""
    _parts("--link", given)
    return given


def _parts(option: str, given: str) -> SplitResult:
    """The parts of an address without a secret; nothing of one with a secret is repeated."""
    if len(given) > _LONGEST or not given.isascii() or not given.isprintable() or " " in given or "\\" in given:
        raise _refused(f"{option}: no address", "write an address of printable ASCII letters, of at most 2,048")
    try:
        parts = urlsplit(given)
    except ValueError:
        raise _refused(f"{option}: no address", _FORM) from None
    if "@" in parts.netloc:
        title = f"{option}: an address with a name or a password in it"
        raise _refused(title, f"leave it out, and give a token in {TOKEN}")
    try:
        refuse_insecure(given, loopback=True)
    except InputError:
        title = f"{option}: not an https address; over http whoever is in between could read the token"
        raise _refused(title, "write https://, or http:// to a loopback address of this machine") from None
    return parts


def _authorization(given: str) -> str:
    """The header: a token of a person, or with `Bearer ` in front of it that of a service account."""
    said = given.strip()
    if not said:
        help = (
            f"in CISO Assistant make a personal access token (My profile, Settings), and put it into {TOKEN}; "
            "no option takes one, because others could read it there"
        )
        raise _refused(f"no {TOKEN}: nobody says as whom to ask", help)
    scheme, found, token = said.partition(" ")
    scheme, token = (scheme, token.strip()) if found else (_SCHEMES[0], said)
    if scheme not in _SCHEMES or token in _SCHEMES or not _TOKEN.fullmatch(token):
        raise _refused(f"{TOKEN} has something in it that no token has", "set it to the token alone")
    return f"{scheme} {token}"


def _refused(title: str, help: str) -> UsageError:
    return UsageError([Problem(title, help=help)])
