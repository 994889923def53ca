"""Words of the languages, and sets of them.

In: nothing. Out: which words mean something, which of them are never names, and `kinds`, which writes down sets of
kinds of tokens.
"""

from __future__ import annotations

from typing import Final


def kinds(text: str) -> frozenset[str]:
    """A set of what stands between spaces."""
    return frozenset(text.split())


RESERVED: Final = kinds(
    "await break case catch class const continue debugger default delete do else enum export extends finally for"
    " function if import in instanceof new return super switch this throw try typeof var void while with yield"
    " true false null undefined"
)
"""Words that are never names."""
CONTEXTUAL: Final = kinds(
    "async let of static type interface namespace module declare abstract as satisfies from get set public private"
    " protected readonly override accessor"
)
"""Words that are names where they mean nothing else."""
MEANINGS: Final = {word: word for word in RESERVED | CONTEXTUAL}
"""The kind of each word."""
BINDABLE: Final = CONTEXTUAL | {"name"}
"""The kinds of tokens that may be names."""
