"""A published schema with the words of a bundle and a snapshot.

In: a kind, what judges. Out: the schema as text.
"""

from __future__ import annotations

import json

from ..errors import InputError, Problem
from ..load.bundle_files import read_bundle
from ..load.files import Folder
from ..load.language import language
from ..load.lexicon import Lexicon
from ..load.packs import PackChoice
from ..load.snapshot import read_index, with_overlays
from ..model.vocabulary import DATA_CLASSES, DIMENSIONS
from ..schema.generate import Vocabularies
from ..schema.generate import schema as generate


def schema_text(kind: str, bundle: Folder, snapshot: Folder, choice: PackChoice) -> str:
    """The schema of a kind of file, with the words of a bundle and a snapshot.

    Raises:
        InputError: the bundle or the snapshot is not valid.
    """
    problems: list[Problem] = []
    index, files = read_index(snapshot, problems), read_bundle(bundle, problems, choice)
    index = with_overlays(index, files.overlays, problems) if index is not None and files is not None else None
    if index is None or files is None or problems:
        raise InputError(problems)
    own = files.own_words
    classes = tuple(sorted(files.data_classes.difference(DATA_CLASSES)))
    offerings = index.ids
    arities = language(files.data_classes, Lexicon(offerings), own).require.arities
    dimensions = (*DIMENSIONS, *files.settings.dimensions)
    words = Vocabularies((*DATA_CLASSES, *classes), tuple(sorted(offerings)), arities, own, dimensions)
    return json.dumps(generate(kind, words), indent=2, ensure_ascii=True) + "\n"
