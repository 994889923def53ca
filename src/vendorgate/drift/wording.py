"""What a difference is called, and what to do about it.

In: departures that are one difference. Out: a message and a help, lower case, without a full stop. Whatever they name
is escaped by the formats.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ..logic.wording import count, few
from ..model.detect import DriftKind
from .departures import Departure

_MOST: Final = 6
"""Names that a message lists."""
Words = Callable[["Told"], tuple[str, str]]


class Told:
    """A difference, as its words are put together."""

    def __init__(self, first: Departure, names: Sequence[str], entry: str) -> None:
        self.first = first
        self.who = f"`{first.party.name}`"
        self.names = few([f"`{name}`" for name in names], _MOST)
        self.all_names = names
        self.entry = entry
        """What a manifest says of whom it is about."""
        self.manifest = first.manifest or "a manifest"


def _offering(told: Told) -> tuple[str, str]:
    if told.first.is_unsure:
        could = f"it could be {told.first.instead}, which {told.manifest} declares"
        return (
            f"code calls an API like OpenAI's, and does not say whose: {could}",
            "write the address where it can be read: in the call, a constant, or the variable's default",
        )
    if told.first.party.is_host_unknown:
        return (
            f"code calls an API like OpenAI's, and {told.manifest} declares nothing that it could be",
            "declare whom it reaches, and write the address where it can be read",
        )
    if told.first.behind:
        return (
            f"code calls `{told.first.behind}` through {told.who}, which {told.manifest} does not declare",
            f"declare it as the usage's `via`: {told.entry}",
        )
    return f"code uses {told.who}, which {told.manifest} does not declare", f"declare a usage: {told.entry}"


def _route(told: Told) -> tuple[str, str]:
    return (
        f"code uses {told.who}, and {told.manifest} declares {told.first.instead}: the same models from somebody else",
        f"declare {told.entry}, or call what is declared",
    )


def _recipient(told: Told) -> tuple[str, str]:
    return (
        f"{told.who} gets prompts, and {told.manifest} does not declare it",
        f"declare it in the usage's `recipients`: {told.entry}",
    )


def _unlisted(field: str) -> Words:
    one = field.removesuffix("s")

    def words(told: Told) -> tuple[str, str]:
        if told.first.is_unlisted:
            return (
                f"code uses {one} {told.names} of {told.who}, which the registry does not list: nobody can declare it",
                "use one that is listed, ask for this one to be listed, or have the bundle except it",
            )
        if told.first.is_left_out:
            return (
                f"code uses {told.names} of {told.who}, and {told.manifest} leaves `{field}` out",
                f"declare them: `{field}: [{', '.join(told.all_names)}]`",
            )
        return (
            f"code uses {one} {told.names} of {told.who}, and {told.manifest} declares {told.first.instead}",
            f"declare it in `{field}`, or use what is declared",
        )

    return words


def _region(told: Told) -> tuple[str, str]:
    if told.first.is_left_out:
        return (
            f"code uses {told.who} in {told.names}, and {told.manifest} says no region",
            "declare `region`, and `cloud_region` where the platform has its own names",
        )
    return (
        f"code uses {told.who} in {told.names}, and {told.manifest} declares {told.first.instead}",
        "use what is declared, or declare where it really runs",
    )


def _setting(told: Told) -> tuple[str, str]:
    return (
        f"code sets {told.names} for {told.who}, and {told.manifest} declares {told.first.instead}",
        "take one of the two back: both cannot be true",
    )


def _nowhere(told: Told) -> tuple[str, str]:
    if told.first.manifest is not None:
        return (
            f"code uses {told.who}, and {told.manifest}, which covers it, is not looked at in this run",
            "name it, too, or a folder that has all of them",
        )
    return (
        f"code uses {told.who}, and no manifest covers it",
        f"put a manifest into its folder or one above it, and declare {told.entry}",
    )


def _not_found(told: Told) -> tuple[str, str]:
    raise AssertionError("said by itself, of no finding")


_WORDS: Final[Mapping[DriftKind, Words]] = {
    "undeclared-offering": _offering,
    "undeclared-endpoint": _unlisted("endpoints"),
    "undeclared-model": _unlisted("models"),
    "region-mismatch": _region,
    "route-mismatch": _route,
    "setting-mismatch": _setting,
    "undeclared-recipient": _recipient,
    "not-in-a-project": _nowhere,
    "declared-not-found": _not_found,
    "code-not-read": _not_found,
}


def words(departures: Sequence[Departure], names: Sequence[str], entry: str) -> tuple[str, str]:
    """Message and help of departures that are one difference."""
    first = departures[0]
    message, help = _WORDS[first.kind](Told(first, names, entry))
    places = len({(one.location.path, one.location.line) for one in departures}) - 1
    return message + (f" (and in {count(places, 'more place')})" if places else ""), help


def not_found(name: str, manifest: str) -> tuple[str, str]:
    """Of what is declared, and no code is seen that uses it."""
    return (
        f"no code is seen that uses `{name}`, which {manifest} declares",
        "leave it where it is used all the same: what is not seen is no proof; else take it out",
    )
