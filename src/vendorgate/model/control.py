"""Controls as policies name them, and frameworks as they ship: nouns alone."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from .manifest import Slug
from .text import Text


class Control(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A control of a framework that a policy serves, so that reports can be grouped by it."""

    framework: Slug
    """Such as `hipaa` or `iso-27001`."""
    id: Text
    """As the framework numbers it."""


class Framework(msgspec.Struct, frozen=True):
    """A law, a standard or a memorandum, and those of its controls that using a vendor of AI can touch.

    An organization names others, and other controls of these, as it likes.
    """

    id: str
    """What `controls` of policies call it."""
    name: str
    """In full, for people."""
    edition: str
    """Which edition of it, or where it is published."""
    controls: Mapping[str, str]
    """By id, in the framework's own order: the heading of the law; of what is under copyright a title in our words."""
    numbering: str
    """A regular expression that every id of the framework fits as a whole, those that are not listed here, too."""
    spellings: tuple[str, ...] = ()
    """Other names that people write for it, apart from hyphens and capitals."""
