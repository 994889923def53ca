"""What a bundle says of lints."""

import msgspec

from .text import Text, TextsNotEmpty


class LintException(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A lint that is switched off, and why."""

    ignore: Text
    """The id of the lint."""
    reason: Text
    """Why it is right to switch it off."""
    policies: TextsNotEmpty = ("*",)
    """Globs of the policies for which it is switched off."""
