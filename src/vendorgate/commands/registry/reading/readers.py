"""Who read a source, when, and where a copy of it is kept: what a command line says, or git.

In: options as given. Out: a `Reading`. Nobody is made up: where neither says who, that is refused.
"""

from __future__ import annotations

import datetime
import os
from typing import Final
from urllib.parse import urlsplit

from ....errors import Problem, UsageError
from ....git.person import email
from ....model.registry import Reading

_LONGEST: Final = 200
"""Characters of who somebody is."""


def reading(
    on: datetime.date, as_of: datetime.date, by: str | None, quote_sha256: str | None, archived: str | None
) -> Reading:
    """What is recorded, every mistake of it at once.

    Raises:
        UsageError: the day is still to come, nobody says who read it, or the copy is no address.
    """
    who = by if by is not None else email(os.curdir)
    problems = [*day_mistakes(on, as_of), *who_mistakes(who), *address_mistakes(archived, "--archived")]
    if problems:
        raise UsageError(problems)
    return Reading(on, (who or "").strip(), quote_sha256, None if archived is None else archived.strip())


def day_mistakes(on: datetime.date, as_of: datetime.date) -> list[Problem]:
    """That nobody has read on a day to come."""
    if on <= as_of:
        return []
    return [
        Problem(f"--on {on} is after {as_of}, and nobody has read on a day to come", help="name the day of reading")
    ]


def who_mistakes(who: str | None) -> list[Problem]:
    """What is wrong with who somebody is said to be."""
    if who is None:
        help = "say it: --by WHO; or let git know: git config user.email YOU@EXAMPLE.ORG"
        return [Problem("nobody says who has read it: there is no --by, and git has no user.email", help=help)]
    if not who.strip() or not who.isprintable() or len(who) > _LONGEST:
        help = f"give a name or an address of at most {_LONGEST} characters on one line"
        return [Problem("--by says nobody's name", help=help)]
    return []


def address_mistakes(address: str | None, option: str) -> list[Problem]:
    """What is wrong with an address that anybody shall be able to open."""
    if address is None or is_web_address(address):
        return []
    return [Problem(f"{option}: not an address that anybody can open", help="give it whole, as https://HOST/PATH")]


def is_web_address(text: str) -> bool:
    """Whether it leads to a page: https or http, with a host, and nothing that no address has."""
    try:
        parts = urlsplit(text.strip())
        hostname = parts.hostname
    except ValueError:
        return False
    shown = text.strip().isprintable() and not any(map(str.isspace, text.strip()))
    return parts.scheme.lower() in ("https", "http") and bool(hostname) and parts.username is None and shown
