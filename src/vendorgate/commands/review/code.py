"""What a change makes code do otherwise than is declared.

In: `PreparedReview`, both sides judged, what judges head. Out: a `DriftFound` of what is new since the base. Code is
read out of commits, never from the work tree; what both sides have in common is read once.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from ...detection.catalogue.catalogue import Catalogue
from ...detection.files import LARGEST_NOTEBOOK, Unread, left_out_in
from ...detection.model import Detection, Skipped
from ...detection.pipeline import detect_versions
from ...detection.unread import may_name
from ...drift.declared import declarations
from ...drift.model import DriftFound
from ...drift.since import since
from ...frame.detecting import listed_in
from ...frame.drifting import Held, differing
from ...git.repository import Tree, TreeEntry
from ...load.files import Folder, is_manifest_name
from ...model.evaluation import Evaluation
from ...model.manifest import Manifest
from .manifests import from_root
from .preparing import PreparedReview


def code_since(
    prepared: PreparedReview, before: Sequence[Evaluation], after: Evaluation, folders: tuple[Folder, Folder]
) -> DriftFound:
    """What differs after the change and did not before, by what judges head.

    Args:
        folders: the bundle and the registry that judge.
    """
    bundle, registry = folders
    catalogue = listed_in(registry, bundle).catalogue
    commits, scope = prepared.commits, _scope(prepared)
    trees = commits.parting_tree, commits.head_tree
    files = [_files(prepared, tree, scope) for tree in trees]
    old, new = detect_versions(files, lambda ids: _contents(prepared, ids), catalogue)
    old = msgspec.structs.replace(old, skipped=())
    new = msgspec.structs.replace(new, skipped=tuple(_newly_skipped(prepared, new.skipped, files, scope)))
    stood = [manifest for one in before for manifest in one.manifests]
    sides = ((old, stood, trees[0]), (new, after.manifests, trees[1]))
    was, is_now = (_differing(prepared, after, side, catalogue, scope) for side in sides)
    return since(was, is_now, prepared.now, lambda path: files[0].get(path) != files[1].get(path))


def _newly_skipped(
    prepared: PreparedReview, skipped: Iterable[Skipped], files: Sequence[Mapping[str, str]], scope: Sequence[str]
) -> Iterator[Skipped]:
    """What the change touches and nobody has read: files, links, submodules, and folders that are left out."""
    for one in skipped:
        if files[0].get(one.path) != files[1].get(one.path):
            yield one
    before, after = (
        {path: entry for path, entry in tree.items() if path.startswith(_beginnings(scope))}
        for tree in (prepared.commits.parting_tree, prepared.commits.head_tree)
    )
    touched = {path: entry for path, entry in after.items() if before.get(path) != entry}
    others = [(path, entry) for path, entry in touched.items() if entry.kind != "file" and not left_out_in(path)]
    targets = _contents(prepared, [entry.id for _, entry in others if entry.kind == "link"])
    for path, entry in others:
        link = entry.kind == "link"
        target = targets[entry.id].decode("utf-8", "replace") if link else None
        why = Unread("a link", leads_to=target) if link else Unread("a repository of its own")
        yield Skipped(prepared.shown(path), why.reason, may_name(path, why, lambda data: True))
    left_out = Counter(folder for path in touched if (folder := left_out_in(path)) is not None)
    for folder, number in sorted(left_out.items()):
        yield Skipped(f"{prepared.shown(folder)}/", f"in {folder.rstrip('/').rpartition('/')[2]}", True, number)


def _differing(
    prepared: PreparedReview,
    judged: Evaluation,
    side: tuple[Detection, Iterable[Manifest], Tree],
    catalogue: Catalogue,
    scope: Sequence[str],
) -> DriftFound:
    """Where one side's code and manifests differ, by what judges head on the day of the review."""
    detection, manifests, tree = side
    here = prepared.repository.here

    def place(shown: str) -> str:
        return posixpath.normpath(posixpath.join(here, shown))

    others = [prepared.shown(path) for path in tree if is_manifest_name(path)]
    unread = [one.path for one in judged.not_judged]
    declared = declarations(tuple(manifests), place, unread=unread, others=others)
    return differing(judged, Held(detection, catalogue, declared, place, _beginnings(scope)))


def _scope(prepared: PreparedReview) -> list[str]:
    """The folders whose code is meant, from the root: those that are named, and those of manifests that are."""
    repository, head = prepared.repository, prepared.commits.head_tree
    if not prepared.question.manifests:
        return [repository.here]
    named = [from_root(one, repository) for one in prepared.question.manifests]
    folders = [one for one in named if one == "." or any(path.startswith(f"{one}/") for path in head)]
    folders = ["" if one == "." else one for one in folders]
    folders += [posixpath.dirname(pair.path) for pair in prepared.chosen.pairs]
    return [one for one in dict.fromkeys(folders) if not any(_is_below(one, other) for other in folders)]


def _is_below(folder: str, other: str) -> bool:
    return folder != other and (not other or folder.startswith(f"{other}/"))


def _files(prepared: PreparedReview, tree: Tree, scope: Iterable[str]) -> Mapping[str, str]:
    """The name of the content of each file whose code is meant, by its path as it is shown."""
    return {prepared.shown(path): entry.id for path, entry in _meant(tree, tuple(scope))}


def _beginnings(scope: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{folder}/" if folder else "" for folder in scope)


def _meant(tree: Tree, scope: Sequence[str]) -> Iterator[tuple[str, TreeEntry]]:
    for path, entry in sorted(tree.items()):
        if entry.kind == "file" and path.startswith(_beginnings(scope)) and left_out_in(path) is None:
            yield path, entry


def _contents(prepared: PreparedReview, ids: Iterable[str]) -> Mapping[str, bytes]:
    return prepared.repository.contents((TreeEntry("file", id) for id in ids), LARGEST_NOTEBOOK)
