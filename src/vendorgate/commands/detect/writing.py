"""`--write`: which manifest is meant, and writing it.

In: a detection, the offerings that are listed. Out: the file, whole or not at all, and what is said of it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from ...detection.model import Detection
from ...detection.sighting import OPENAI_COMPATIBLE
from ...drift.drafting import UsageDraft, declared_in, drafts
from ...errors import InputError, Problem, UsageError
from ...frame.changing import values_of
from ...frame.locking import locked
from ...frame.writing import new_file, replace_file
from ...load.files import JUDGED, read_bytes, shown_path
from ...logic.wording import count
from ...model.detect import BY_THE_PRODUCT
from ...model.manifest import FILE_NAMES
from ...model.registry import Offering
from ...source import Location
from ...terminal.escape import escape
from .drafting import new_manifest, with_drafts


def write(detection: Detection, offerings: Mapping[str, Offering], folder: str) -> str:
    """Write what no manifest in the folder declares, and say what was written, in lines.

    Raises:
        InputError: the manifest that is there cannot be read.
        UsageError: it cannot be added to, or there are two.
    """
    path = manifest_in(folder)
    return _added(path, detection, offerings) if os.path.lexists(path) else _begun(path, detection, offerings)


def manifest_in(folder: str) -> Path:
    """The manifest of a folder, of either name; the usual name where there is none.

    Raises:
        UsageError: there are two.
    """
    found = [Path(folder, name) for name in FILE_NAMES if os.path.lexists(os.path.join(folder, name))]
    if len(found) > 1:
        where = Location(found[1].as_posix(), 1, 1)
        raise UsageError([Problem("two manifests in one folder", where, "keep one of them")])
    return found[0] if found else Path(folder, FILE_NAMES[0])


def _begun(path: Path, detection: Detection, offerings: Mapping[str, Offering]) -> str:
    found = drafts(detection, offerings)
    if not found:
        return "nothing to write: the code uses nobody that is known\n"
    name = re.sub(r"[^a-z0-9._-]+", "-", path.resolve().parent.name.lower()).strip("._-") or "project"
    new_file(path, new_manifest(name, found))
    return f"written: {escape(path.as_posix())}\n{_left(path, found)}{_unknown(detection)}"


def _added(path: Path, detection: Detection, offerings: Mapping[str, Offering]) -> str:
    real, shown = Path(os.path.realpath(path)), shown_path(path.as_posix())
    with locked(real):
        problems: list[Problem] = []
        data = read_bytes(str(path), shown, problems, JUDGED)
        if data is None:
            raise InputError(problems)
        usages = values_of(shown, data, JUDGED).get("usages")
        listed = [one for one in usages if isinstance(one, dict)] if isinstance(usages, list) else []
        declared = declared_in(listed)
        found = drafts(detection, offerings, {str(one.get("id")) for one in listed}, declared)
        unknown = "" if OPENAI_COMPATIBLE in declared else _unknown(detection)
        if not found:
            return f"nothing to add: {escape(shown)} declares everybody whom the code tells\n{unknown}"
        replace_file(real, with_drafts(shown, data, found).decode("utf-8", "surrogatepass"))
    return f"{count(len(found), 'usage')} added to {escape(shown)}\n{_left(path, found)}{unknown}"


def _left(path: Path, found: tuple[UsageDraft, ...]) -> str:
    """What is left to do before a check takes it."""
    ids = ", ".join(str(draft.fields["id"]) for draft in found)
    return (
        f"left to declare in {escape(path.as_posix())}: `data` (empty, which a check refuses), `purpose` and `subjects`"
        f" of {escape(ids)}\nthen: vendorgate check {escape(path.as_posix())}\n"
    )


def _unknown(detection: Detection) -> str:
    """What was seen and is not drafted, because the code does not tell who it is."""
    found = [
        one.location for one in detection.findings if one.vendor == OPENAI_COMPATIBLE and one.status in BY_THE_PRODUCT
    ]
    if not found:
        return ""
    who = f"client at {escape(str(found[0]))} calls"
    if len(found) > 1:
        who = f"clients at {escape(str(found[0]))} and {count(len(found) - 1, 'more place')} call"
    return f"not drafted: whom the {who}, the code does not tell; declare it\n"
