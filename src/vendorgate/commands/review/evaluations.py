"""What judges in a review, manifests as a side has them, and head as the gate judges it.

In: `PreparedReview`. Out: gates, readings, an evaluation. A manifest that is invalid now is an error, as for a check.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from ...gate import Gate
from ...git.repository import Tree
from ...load.files import JUDGED, Folder, shipped
from ...load.manifest import GivenManifest, manifest_from
from ...load.packs import PackChoice
from ...model.evaluation import Evaluation
from ...source import Location
from .folders import JudgingFolder, UnpackedFolders, not_a_file, stands
from .manifest_identity import known_by_base
from .manifests import in_one_folder
from .preparing import PreparedReview, SideName


def gate(prepared: PreparedReview, side: SideName, unpacked: UnpackedFolders) -> Gate:
    """The gate by what a side has in force. A folder that base does not have yet is head's, where head is trusted.

    Raises:
        InputError: a link or a submodule stands where a file is read.
    """
    policies, registry = judging_folders(prepared, side, unpacked)
    return Gate(policies, registry, PackChoice(prepared.question.packs, shipped("policies")))


def judging_folders(prepared: PreparedReview, side: SideName, unpacked: UnpackedFolders) -> tuple[Folder, Folder]:
    """The folders of policies and registry that a side has in force.

    Raises:
        InputError: a link or a submodule stands where a file is read.
    """
    policies, registry = (_folder(prepared, one, side, unpacked) for one in prepared.places)
    return policies, registry


def _folder(prepared: PreparedReview, one: JudgingFolder, side: SideName, unpacked: UnpackedFolders) -> Folder:
    tree = prepared.tree(side)
    if one.named and not stands(one, tree):
        tree = prepared.tree(prepared.judge)
    return unpacked.folder(one, tree)


def judge_head(prepared: PreparedReview, gate: Gate) -> Evaluation:
    """The manifests of head; those that are not valid are listed as not judged, and the others are judged all the same.

    Raises:
        InputError: none of them is valid, or what judges is not.
    """
    paths = [pair.path for pair in prepared.chosen.pairs]
    question = prepared.question
    return gate.judge(
        known_by_base(prepared, read(prepared, paths, prepared.commits.head_tree)),
        as_of=question.as_of,
        fail_on=question.fail_on,
        repository=question.repository,
        allow_incomplete=True,
        asked_on=question.asked_on,
    )


def read(prepared: PreparedReview, paths: Iterable[str], tree: Tree) -> list[GivenManifest]:
    """Manifests, each with what is wrong with it."""
    entries = {path: tree[path] for path in paths}
    contents = prepared.repository.contents((one for one in entries.values() if one.kind == "file"), JUDGED.size)
    found: list[GivenManifest] = []
    for path, entry in entries.items():
        shown, problems = prepared.shown(path), in_one_folder(path, tree, prepared.repository.here)
        if problems:
            made = None
        elif entry.kind == "file":
            form = manifest_from(contents[entry.id], shown, problems)
            made = None if form is None else msgspec.structs.replace(form, path=path)
        else:
            made = None
            problems.append(not_a_file(entry, Location(shown, 1, 1)))
        found.append(GivenManifest(shown, made, tuple(problems)))
    return found
