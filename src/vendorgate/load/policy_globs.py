"""Globs by which `bundle.yaml` means policies, held against the policies that there are.

In: globs with their places, policies. Out: a problem for each glob that names nothing: a typo must not switch a
rule off, nor leave one on. A policy of an optional pack that is not in force counts, too, because another run may ask
for it; one of the library that the bundle does not require does not. Such packs are read here, and only where nothing
in force is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import Problem, enough
from ..logic.globs import Globs, places
from ..logic.nearest import nearest, suggestion
from ..source import Path, Source
from .document import read_document
from .files import Folder, read_bytes, yaml_files


def check_globs(
    globs: Iterable[tuple[str, Path]], source: Source, in_force: frozenset[str], folder: Folder, problems: list[Problem]
) -> None:
    """Report each glob that names no policy, neither one in force nor another in the folder of the bundle.

    `globs` stand with their places in `bundle.yaml`.
    """
    written = [(glob, place) for glob, place in globs if glob]
    index = Globs((glob,) for glob, _ in written)
    unmet = _unmet(index, len(written), in_force)
    if not unmet:
        return
    known = in_force | _ids(folder)
    for at in places(unmet & _unmet(index, len(written), known)):
        if enough(problems):
            return
        glob, place = written[at]
        title = f"`{glob}` names no policy of the bundle"
        problems.append(Problem(title, source.locate(place), _advice(glob, known), source))


def _unmet(globs: Globs, count: int, ids: Iterable[str]) -> int:
    """The bits of the globs, of so many, that name none of some policies."""
    met = 0
    for id in ids:
        met |= globs.naming(id)
    return ((1 << count) - 1) & ~met


def _advice(glob: str, ids: frozenset[str]) -> str:
    """The id of which the longest text of a glob, at the end that it stands at, is most like a part."""
    text = max(re.split(r"[*?]+", glob), key=len)
    if text == glob or not text:
        return suggestion(glob, ids)
    parts = {id[-len(text) :] if glob.endswith(text) else id[: len(text)]: id for id in sorted(ids, reverse=True)}
    found = nearest(text, parts)
    return suggestion(glob, ids) if found is None else f"did you mean `{parts[found]}`?"


def _ids(folder: Folder) -> frozenset[str]:
    """The ids of the policies of a folder, as far as they can be read: what is not in force is not judged here."""
    unseen: list[Problem] = []
    found: list[object] = []
    for name in yaml_files(folder, unseen):
        path, shown = folder.file(name)
        data = read_bytes(path, shown, unseen)
        document = None if data is None else read_document(shown, data, unseen, leave_out=frozenset(("tests",)))
        written = None if document is None or not isinstance(document.value, dict) else document.value.get("policies")
        entries = written if isinstance(written, list) else []
        found.extend(entry["id"] for entry in entries if isinstance(entry, dict) and "id" in entry)
    return frozenset(id for id in found if isinstance(id, str))
