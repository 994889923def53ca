"""What a change edits of what judges, whether or not it counts in this review.

In: both sides. Out: `Edits`, and the problems of what cannot be loaded as head has it, which stops nothing.
"""

from __future__ import annotations

from ...comparison.edits import edits
from ...comparison.model import Edit
from ...comparison.registry_difference import difference
from ...comparison.registry_model import RegistryDifference
from ...errors import InputError, Problem
from ...git.repository import Tree
from ...load.bundle_files import BundleFiles, read_bundle
from ...load.files import shipped
from ...load.packs import PackChoice
from ...model.registry import Snapshot
from ...snapshots import read_snapshot
from .evaluations import gate
from .folders import JudgingFolder, UnpackedFolders, changed_files, stands
from .manifest_identity import identity_edits
from .model import Edits
from .preparing import PreparedReview


def changed_inputs(prepared: PreparedReview, unpacked: UnpackedFolders) -> tuple[Edits, tuple[Problem, ...]]:
    """The edits, and what is wrong with policies and registry as head has them."""
    before, after = prepared.commits.parting_tree, prepared.commits.head_tree
    policies, registry = (changed_files(one, before, after) for one in prepared.places)
    names = identity_edits(prepared)
    if not policies and not registry:
        return Edits(names, in_force=prepared.question.trust_head), ()
    problems = _problems(prepared, unpacked)
    found = Edits(
        edits=(*names, *(_edits(prepared, unpacked) if policies else ())),
        registry=_difference(prepared, registry, unpacked) if registry else None,
        files=tuple(prepared.shown(path) for path in (*policies, *registry)),
        in_force=prepared.question.trust_head,
    )
    return found, problems


def not_in_force(prepared: PreparedReview) -> tuple[Problem, ...]:
    """Where something is not valid by what judges: that the change edits what judges, and that it does not count."""
    trees = (prepared.commits.parting_tree, prepared.commits.head_tree)
    files = [path for one in prepared.places for path in changed_files(one, *trees)]
    if prepared.question.trust_head or not files:
        return ()
    name = prepared.commits.base.name
    title = f"the change edits {prepared.shown(files[0])}, too, but {name} judges, where that is not in force"
    return (Problem(title, help="merge that first, or let head judge itself: --trust-head"),)


def _problems(prepared: PreparedReview, unpacked: UnpackedFolders) -> tuple[Problem, ...]:
    """Why head could not be judged by what it has in force itself; nothing where it could."""
    try:
        _ = gate(prepared, "head", unpacked).bundle
    except InputError as error:
        return error.problems
    return ()


def _edits(prepared: PreparedReview, unpacked: UnpackedFolders) -> tuple[Edit, ...]:
    """Nothing where one side is not valid: half of a bundle would look like an edit."""
    commits, problems = prepared.commits, list[Problem]()
    try:
        old, new = (_bundle(prepared, tree, unpacked, problems) for tree in (commits.parting_tree, commits.head_tree))
    except InputError:
        return ()
    return () if problems else edits(old, new)


def _bundle(
    prepared: PreparedReview, tree: Tree, unpacked: UnpackedFolders, problems: list[Problem]
) -> BundleFiles | None:
    if not stands(prepared.policies, tree):
        return None
    folder = unpacked.folder(prepared.policies, tree)
    return read_bundle(folder, problems, PackChoice(prepared.question.packs, shipped("policies")))


def _difference(prepared: PreparedReview, paths: list[str], unpacked: UnpackedFolders) -> RegistryDifference | None:
    """Between the offerings whose files differ; None where a side has no registry or one that is not valid."""
    commits, place = prepared.commits, prepared.registry
    if not stands(place, commits.parting_tree) or not stands(place, commits.head_tree):
        return None
    try:
        old, new = (_snapshot(place, tree, paths, unpacked) for tree in (commits.parting_tree, commits.head_tree))
    except InputError:
        return None
    return difference(old, new)


def _snapshot(place: JudgingFolder, tree: Tree, paths: list[str], unpacked: UnpackedFolders) -> Snapshot:
    files = [path for path in paths if "/offerings/" in f"/{path}" and path in tree]
    ids = [path.rpartition("/")[2].removesuffix(".yaml") for path in files]
    return read_snapshot(unpacked.folder(place, tree), ids)
