"""Calls on the results of calls, as one: `Client.builder().apiKey(k).build()`.

In: a call with its receivers. Out: a `Chain`: what is called, step by step, and everything that is passed on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from ..code import Call, Code, Path, Place
from .view import key_of

_LONGEST: Final = 200


class Chain(msgspec.Struct, frozen=True):
    """A call and all on whose results it is called."""

    calls: tuple[Call, ...]
    """From the innermost to the last."""
    steps: Path = ()
    """All that is called after the root."""

    @property
    def root(self) -> Call:
        """The innermost, which has no receiver."""
        return self.calls[0]

    @property
    def last(self) -> Call:
        """The one that stands for the whole."""
        return self.calls[-1]

    @property
    def conditional(self) -> bool:
        """Whether it stands in a branch."""
        return self.root.conditional or self.last.conditional

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.root.place


def chain_of(call: Call) -> Chain:
    """The chain that ends with a call."""
    calls = [call]
    while calls[-1].receiver is not None and len(calls) < _LONGEST:
        calls.append(calls[-1].receiver)
    if len(calls) == 1:
        return Chain((call,))
    calls.reverse()
    return Chain(tuple(calls), tuple(step for one in calls[1:] for step in one.path))


def chains(code: Code) -> Iterator[Chain]:
    """The chains of a file, each once and whole."""
    inner = {key_of(call.receiver) for call in code.calls if call.receiver is not None}
    for call in code.calls:
        if key_of(call) not in inner:
            yield chain_of(call)
