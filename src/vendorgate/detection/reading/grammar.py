"""Texts by the grammars of tree-sitter, where the extra `vendorgate[detect]` is installed, within limits.

In: a parser, a text. Out: the root of its syntax tree; nothing where the text does not parse as a whole, is large, or
takes the parser more than code does. The parser is told to stop by a count of its own steps, so that the same text has
the same answer on every machine: left to itself, it takes time and memory in the square of some texts, and crashes for
want of stack.
"""

from __future__ import annotations

from typing import Final

from tree_sitter import Node, Parser

LARGEST: Final = 64 * 1024
"""In bytes; what is larger is read by its tokens."""
_STEPS_AT_LEAST: Final = 100
_STEPS_PER_BYTE: Final = 0.015
"""How often the parser may ask whether to go on; code has it ask 0.012 times a byte at most, mostly half of that."""
_CHUNK: Final = 8192


def tree_of(parser: Parser, written: bytes) -> Node | None:
    """The root of the syntax tree of a text in UTF-8."""
    if len(written) > LARGEST:
        return None
    left = _STEPS_AT_LEAST + int(len(written) * _STEPS_PER_BYTE)

    def stop(_offset: int, _has_error: bool) -> bool:
        nonlocal left
        left -= 1
        return left < 0

    try:
        root = parser.parse(lambda offset, _point: written[offset : offset + _CHUNK], progress_callback=stop).root_node
    except ValueError:  # it was stopped
        parser.reset()
        return None
    return None if root.has_error else root
