"""The offerings of a snapshot that somebody asks for, each parsed once.

In: the index of a snapshot; then ids. Out: offerings, and the snapshot with those of them that are valid.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import Problem
from ..model.registry import Offering, Snapshot
from .bundle_files import BundleFiles
from .held import rows_of_bundle
from .lexicon import lexicon_of
from .snapshot import Index, read_held_offering, read_offering, snapshot
from .words import Words


class AskedOfferings:
    """The offerings of a snapshot as far as anybody has asked for them, and the words of all."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.valid: dict[str, Offering] = {}
        self.unread: list[Problem] = []
        """Of offerings that were read for their words alone, because a condition of another compares with one."""
        self.lexicon = lexicon_of(index, self.unread)

    def words(self, files: BundleFiles) -> Words:
        """What a manifest may name that is judged by a bundle."""
        held = rows_of_bundle(files.sha256, self.lexicon.sha256) is not None
        return self.lexicon.for_manifests(files.data_classes, files.own_words, held)

    def parse(self, names: Iterable[str], words: Words, problems: list[Problem]) -> dict[str, Offering]:
        """Parse the offerings that are named, exist, and have not been parsed before.

        What could be read of those that are not valid is handed back, and not kept: nothing is ever judged by it.
        """
        invalid = dict[str, Offering]()
        wanted = sorted(set(names) & words.offerings - self.valid.keys())
        held = [(name, read_held_offering(self.index, name)) for name in wanted] if words.held else []
        self.valid.update((name, offering) for name, offering in held if offering is not None)
        wanted = [name for name in wanted if name not in self.valid]
        if not wanted:
            return invalid
        from .language import language  # what ships was held against it when the package was built

        rules = language(words.data_classes, self.lexicon, words.own).require
        for name in wanted:
            before = len(problems)
            offering = read_offering(self.index, name, rules, problems)
            if offering is not None:
                (self.valid if len(problems) == before else invalid)[name] = offering
        return invalid

    def snapshot(self) -> Snapshot:
        """The snapshot, with those offerings that are valid."""
        return snapshot(self.index, self.valid)
