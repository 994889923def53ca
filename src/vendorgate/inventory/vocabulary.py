"""What a view can name, by a bundle and a registry: the words of paths, and the dialect of rules.

In: the files of a bundle, the lexicon of a snapshot. Out: `Words`, a dialect. Attributes that registers ask for are
there whatever a bundle declares.
"""

from __future__ import annotations

from typing import Final

import msgspec

from ..load.bundle_files import BundleFiles
from ..load.language import language
from ..load.lexicon import Lexicon
from ..logic.types import Dialect
from ..model.additions import AttributeRule
from ..model.agreement import Agreement
from ..model.register_words import REGISTER_ATTRIBUTES
from ..model.vocabulary import DIMENSIONS
from .paths import Words

_PARTED: Final = "reviewed"
"""The field of an agreement that is read by its own fields."""


def words_of(files: BundleFiles, lexicon: Lexicon) -> Words:
    """What a path can name."""
    own = files.own_words
    return Words(
        dimensions=(*DIMENSIONS, *files.settings.dimensions),
        kinds=sorted(own.agreement_kinds),
        attributes=own.attributes.keys() if own.closed else None,
        facts=lambda dimension: lexicon.facts(dimension) or (),
        agreement_fields=tuple(field for field in Agreement.__struct_fields__ if field != _PARTED),
    )


def dialect_of(files: BundleFiles, lexicon: Lexicon) -> Dialect:
    """The language of a view's rules: that of requirements."""
    own = files.own_words
    attributes = {**{name: AttributeRule(type=one.type) for name, one in REGISTER_ATTRIBUTES.items()}, **own.attributes}
    words = msgspec.structs.replace(own, attributes=attributes)
    return language(files.data_classes, lexicon, words).require
