"""The handbook as an evidence pack has it: of the policies that judged, and of no others.

In: what judged. Out: a member of the pack. Tests beside policies are not read: they judge nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ...archive.derived import Attached
from ...errors import InputError, Problem
from ...gate import Gate
from ...load.bundle import check_bundle
from ...load.language import language
from ...model.evaluation import Evaluation
from .counting import counted
from .model import CountedPolicy, Pack, PolicySelection
from .open_bundle import OpenBundle
from .packs_in_force import packs_of
from .pages import handbook


def attached(gate: Gate) -> Iterator[Attached]:
    """The handbook."""
    yield Attached("handbook.md", "handbook", lambda judged: _handbook(_opened(gate), judged))


def _handbook(bundle: OpenBundle, judged: Evaluation) -> str:
    found = tuple(_in_force(counted(policy, bundle)) for policy in bundle.bundle.policies)
    packs = tuple(Pack(one.name, in_force=True) for one in packs_of(bundle))
    return handbook(PolicySelection(found, bundle.bundle, 0, packs, judged.bundle.sha256))


def _in_force(one: CountedPolicy) -> CountedPolicy:
    """A policy of the run: its pack judged, also where that was asked for."""
    return one if one.pack is None else msgspec.structs.replace(one, pack=Pack(one.pack.name, in_force=True))


def _opened(gate: Gate) -> OpenBundle:
    """The bundle with its policies as they are written.

    Raises:
        InputError: it is not valid.
    """
    problems: list[Problem] = []
    files, lexicon = gate.files, gate.lexicon
    bundle = check_bundle(files, lexicon, problems, as_written=True)
    if problems:
        raise InputError(problems)
    return OpenBundle(files, bundle, (), gate.index, language(files.data_classes, lexicon, files.own_words))
