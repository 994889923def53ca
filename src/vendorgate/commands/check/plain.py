"""A `check` whose command line needs no thought, read without click.

click takes a tenth of a cold check to load, and a plain check needs neither its help nor its errors; the library's
getopt would load gettext for errors that nobody sees. Whatever is not plainly right is left to click: this answers with
a request that click would have read in the same way, or not at all.
"""

from __future__ import annotations

import datetime
import os
from typing import Final

from ...frame.formats import FORMATS
from ...frame.streams import FORMAT
from ...frame.verdict import THRESHOLDS
from ...logic.days import is_date
from .request import CheckRequest

OPTIONS: Final = ("--policies", "--registry", "--as-of", "--format", "--output", "--fail-on", "--pack", "--repository")
"""Each takes a value."""
FLAGS: Final = ("--verbose", "--quiet", "--statistics", "--code")
"""None takes one."""
COMPLETION: Final = "_VENDORGATE_COMPLETE"


def read_plain(arguments: list[str]) -> CheckRequest | None:
    """The request of a plain check; None where click must look."""
    if arguments[:1] != ["check"] or COMPLETION in os.environ or FORMAT in os.environ:
        return None
    told = _told(arguments[1:])
    if told is None:
        return None
    pairs, manifests = told
    given = dict(pairs)
    day, format, fail_on = given.get("--as-of"), given.get("--format", "text"), given.get("--fail-on")
    if format not in FORMATS:
        return None
    if (day is not None and not is_date(day)) or (fail_on is not None and fail_on not in THRESHOLDS):
        return None
    return CheckRequest(
        manifests=tuple(manifests),
        policies=given.get("--policies"),
        registry=given.get("--registry"),
        as_of=None if day is None else datetime.date.fromisoformat(day),
        format=format,
        output=tuple(value for option, value in pairs if option == "--output"),
        fail_on=fail_on,
        repository=given.get("--repository"),
        pack=tuple(value for option, value in pairs if option == "--pack"),
        verbose="--verbose" in given,
        quiet="--quiet" in given,
        statistics="--statistics" in given,
        code="--code" in given,
    )


def _told(words: list[str]) -> tuple[list[tuple[str, str]], list[str]] | None:
    """Options with their values, and all other words; None where a word that begins with a dash is anything else."""
    pairs, others = list[tuple[str, str]](), list[str]()
    rest = iter(words)
    for word in rest:
        option, equals, value = word.partition("=")
        if not word.startswith("-"):
            others.append(word)
            continue
        if word in FLAGS:
            pairs.append((word, ""))
            continue
        value = value if equals else next(rest, "-")
        if option not in OPTIONS or value.startswith("-"):
            return None
        pairs.append((option, value))
    return pairs, others
