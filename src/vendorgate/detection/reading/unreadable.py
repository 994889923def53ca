"""A file that defeats its reader.

In: nothing. Out: `Unreadable`, the one error that a reader raises, whatever its text holds.
"""

from __future__ import annotations


class Unreadable(Exception):
    """A text that a reader cannot make sense of."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        """Why, in lower case, without a full stop; it quotes nothing of the text."""
