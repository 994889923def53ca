"""A bundle as its authors see it: everything read and checked, its tests too.

In: folders. Out: an `OpenBundle`, or every mistake of every file.
"""

from __future__ import annotations

from functools import cached_property

import msgspec

from ...errors import InputError, Problem
from ...load.bundle import check_bundle
from ...load.bundle_files import BundleFiles, read_bundle
from ...load.filed_tests import policy_tests
from ...load.files import Folder
from ...load.fleet_tests import fleet_tests
from ...load.language import Language, language
from ...load.lexicon import lexicon_of
from ...load.overrides import Counting
from ...load.packs import PackChoice
from ...load.snapshot import Index, read_index, with_overlays
from ...model.policy import Bundle, Policy
from ...model.policy_test import PolicyTestCase


class OpenBundle(msgspec.Struct, frozen=True, dict=True):
    """A bundle with its policies as their files have them, its tests, and the snapshot that it is judged with."""

    files: BundleFiles
    bundle: Bundle
    tests: tuple[PolicyTestCase, ...]
    index: Index
    language: Language

    @cached_property
    def counting(self) -> Counting:
        """What it says of how policies count."""
        return Counting(self.files.settings.overrides)

    @cached_property
    def optional_packs(self) -> frozenset[str]:
        """Those that are in force only where somebody asks for them."""
        return frozenset(self.files.settings.optional_packs)

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Those that judge one usage, then those that judge all usages of a fleet."""
        return (*self.bundle.policies, *(one.policy for one in self.bundle.fleet))


def open_bundle(policies: Folder, registry: Folder, choice: PackChoice) -> OpenBundle:
    """Read and check a bundle with all its tests.

    Raises:
        InputError: a file cannot be read or is not valid; it carries every problem of every file.
    """
    problems: list[Problem] = []
    index = read_index(registry, problems)
    files = read_bundle(policies, problems, choice, tests=True)
    if index is None or files is None:
        raise InputError(problems)
    index = with_overlays(index, files.overlays, problems)
    lexicon = lexicon_of(index, problems)
    bundle = check_bundle(files, lexicon, problems, as_written=True)
    tests = (*policy_tests(files, bundle, lexicon, problems), *fleet_tests(files, bundle, lexicon, problems))
    if problems:
        raise InputError(problems)
    return OpenBundle(files, bundle, tests, index, language(files.data_classes, lexicon, files.own_words))
