"""What a change edits of what judges, whether or not it counts in this review.

In: both sides. Out: `Edits`, and the problems of what cannot be loaded as head has it: it is told, and stops nothing.
"""

from __future__ import annotations

from ...comparison.difference import Difference
from ...comparison.edits import edits
from ...comparison.model import Edit
from ...comparison.registry import difference
from ...errors import InputError, Problem
from ...git.repository import Tree
from ...load.bundle import BundleFiles, read_bundle
from ...load.files import shipped
from ...load.packs import PackChoice
from ...model.registry import Snapshot
from ...snapshots import read_snapshot
from .identifying import identity_edits
from .inputs import Place, Shelf, changed_files, stands
from .judging import gate
from .model import Edits
from .preparing import Prepared


def changed_inputs(prepared: Prepared, shelf: Shelf) -> tuple[Edits, tuple[Problem, ...]]:
    """The edits, and what is wrong with policies and registry as head has them."""
    before, after = prepared.sides.parting_tree, prepared.sides.head_tree
    policies, registry = (changed_files(one, before, after) for one in prepared.places)
    names = identity_edits(prepared)
    if not policies and not registry:
        return Edits(names, in_force=prepared.question.trust_head), ()
    problems = _problems(prepared, shelf)
    found = Edits(
        edits=(*names, *(_edits(prepared, shelf) if policies else ())),
        registry=_difference(prepared, registry, shelf) if registry else None,
        files=tuple(prepared.shown(path) for path in (*policies, *registry)),
        in_force=prepared.question.trust_head,
    )
    return found, problems


def not_in_force(prepared: Prepared) -> tuple[Problem, ...]:
    """Where something is not valid by what judges: that the change edits what judges, and that it does not count."""
    trees = (prepared.sides.parting_tree, prepared.sides.head_tree)
    files = [path for one in prepared.places for path in changed_files(one, *trees)]
    if prepared.question.trust_head or not files:
        return ()
    name = prepared.sides.base.name
    title = f"the change edits {prepared.shown(files[0])}, too, but {name} judges, where that is not in force"
    return (Problem(title, help="merge that first, or let head judge itself: --trust-head"),)


def _problems(prepared: Prepared, shelf: Shelf) -> tuple[Problem, ...]:
    """Why head could not be judged by what it has in force itself; nothing where it could."""
    try:
        _ = gate(prepared, "head", shelf).bundle
    except InputError as error:
        return error.problems
    return ()


def _edits(prepared: Prepared, shelf: Shelf) -> tuple[Edit, ...]:
    """Nothing where one side is not valid: half of a bundle would look like an edit."""
    sides, problems = prepared.sides, list[Problem]()
    try:
        old, new = (_bundle(prepared, tree, shelf, problems) for tree in (sides.parting_tree, sides.head_tree))
    except InputError:
        return ()
    return () if problems else edits(old, new)


def _bundle(prepared: Prepared, tree: Tree, shelf: Shelf, problems: list[Problem]) -> BundleFiles | None:
    if not stands(prepared.policies, tree):
        return None
    folder = shelf.folder(prepared.policies, tree)
    return read_bundle(folder, problems, PackChoice(prepared.question.packs, shipped("policies")))


def _difference(prepared: Prepared, paths: list[str], shelf: Shelf) -> Difference | None:
    """Between the offerings whose files differ; None where a side has no registry or one that is not valid."""
    sides, place = prepared.sides, prepared.registry
    if not stands(place, sides.parting_tree) or not stands(place, sides.head_tree):
        return None
    try:
        old, new = (_snapshot(place, tree, paths, shelf) for tree in (sides.parting_tree, sides.head_tree))
    except InputError:
        return None
    return difference(old, new)


def _snapshot(place: Place, tree: Tree, paths: list[str], shelf: Shelf) -> Snapshot:
    files = [path for path in paths if "/offerings/" in f"/{path}" and path in tree]
    ids = [path.rpartition("/")[2].removesuffix(".yaml") for path in files]
    return read_snapshot(shelf.folder(place, tree), ids)
