"""Whose a manifest is in a review: what the base has at its place decides, not what the change writes there.

In: manifests of head as they are read, the trees of both sides. Out: the same manifests, each with why nobody may take
its word and with who owned it; and what the change edits of that. A manifest that the change leaves as it was is known
by what it was: what others did to it meanwhile stays when this is merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import UnsetType

from ...comparison.model import Edit, FieldEdit
from ...load.files import is_manifest_name
from ...load.manifest import GivenManifest, ReadManifest
from ...model.manifest import FILE_NAMES, ManifestFile
from .manifest_reading import written_manifest
from .preparing import PreparedReview


def known_by_base(prepared: PreparedReview, read: Sequence[GivenManifest]) -> list[GivenManifest]:
    """Manifests of head, as the base knows them."""
    places = {one.manifest.path: one.manifest for one in read if one.manifest is not None and one.manifest.path}
    known = {path: _known(prepared, path, form) for path, form in places.items()}
    return [
        one
        if one.manifest is None or one.manifest.path is None
        else msgspec.structs.replace(one, manifest=known[one.manifest.path])
        for one in read
    ]


def _known(prepared: PreparedReview, path: str, form: ReadManifest) -> ReadManifest:
    commits, base = prepared.commits, prepared.commits.base.name
    if commits.head_tree.get(path) == commits.parting_tree.get(path):
        return form
    tree = commits.base_tree
    stood = next((one for one in _places(path) if one in tree), None)
    was = None if stood is None else written_manifest(prepared.repository, tree, stood)
    if was is None or not was.project:
        readable = "" if stood is None else " that says a project"
        return _disowned(form, f"the base {base} has no manifest there{readable}")
    if was.project != form.written.project:
        return _disowned(form, f"the base {base} has project `{was.project}` there")
    before, now = _stated(was.owner), _stated(form.written.owner)
    return form if before == now else msgspec.structs.replace(form, owned_before=(before,))


def _places(path: str) -> Iterable[str]:
    """A path, and that of the other name in the same folder, which can only be the same manifest."""
    folder = path.rpartition("/")[0]
    others = [f"{folder}/{name}".lstrip("/") for name in FILE_NAMES] if is_manifest_name(path) else []
    return dict.fromkeys((path, *others))


def _disowned(form: ReadManifest, why: str) -> ReadManifest:
    return msgspec.structs.replace(form, disowned=f"{why}, and only its own `projects` bind what it does not have")


def _stated(text: str | UnsetType) -> str | None:
    return None if isinstance(text, UnsetType) else text


def identity_edits(prepared: PreparedReview) -> tuple[Edit, ...]:
    """Projects and owners that the change writes otherwise, by manifest."""
    return tuple(_edits(prepared))


def _edits(prepared: PreparedReview) -> Iterator[Edit]:
    commits = prepared.commits
    for pair in prepared.chosen.pairs:
        if pair.before is None or commits.parting_tree[pair.before] == commits.head_tree[pair.path]:
            continue
        old = written_manifest(prepared.repository, commits.parting_tree, pair.before)
        new = written_manifest(prepared.repository, commits.head_tree, pair.path)
        fields = () if old is None or new is None else tuple(_fields(old, new))
        if fields:
            yield Edit("manifest", prepared.shown(pair.path), "changed", "changed", fields)


def _fields(old: ManifestFile, new: ManifestFile) -> Iterator[FieldEdit]:
    sides: list[tuple[str, str | None, str | None]] = [
        ("project", old.project or None, new.project or None),
        ("owner", _stated(old.owner), _stated(new.owner)),
    ]
    for field, before, after in sides:
        if before != after:
            yield FieldEdit(field, before, after, "changed")
