"""A bundle signed off: the line that says so, in `bundle.yaml`, and the digest of what it covers.

In: a bundle that is valid as it judges without `--pack`. Out: lines; the file with one of them in it. One writer at a
time; what is written has been read again.
"""

from __future__ import annotations

import datetime
import os
from pathlib import Path

from ...errors import InputError, Problem, UsageError
from ...frame.changing import with_own_line
from ...frame.defaults import refuse_elsewhere
from ...frame.locking import locked_bundle
from ...frame.writing import new_file, replace_file
from ...gate import Gate
from ...load.bundle_files import BundleFiles
from ...load.files import Folder, digest, read_bytes, shipped
from ...load.packs import PackChoice
from ...load.signoff import BUNDLE, KEY, covered
from ...model.signoff import Signoff
from ...model.text import LONGEST, is_blank
from ...rewriting.edits import Unclear
from ...rewriting.yaml_text import in_flow
from ...source import Location


def read(bundle: Folder, registry: Folder) -> BundleFiles:
    """A bundle as it judges where nobody asks for a pack.

    Raises:
        InputError: it is not valid; it carries every problem.
    """
    return Gate(bundle, registry, PackChoice(library=shipped("policies"))).files


def files_covered(files: BundleFiles) -> list[tuple[str, str]]:
    """Name and SHA-256 of each file that a sign-off covers, in the order in which they make its digest."""
    return sorted(covered(files.digests, files.written), key=lambda one: os.fsencode(one[0]))


def line_of(by: str, on: datetime.date, files: BundleFiles) -> str:
    """The line that signs a bundle off."""
    return f"{KEY}: {{by: {in_flow(by)}, on: {on}, digest: {in_flow(_digest(files))}}}"


def _digest(files: BundleFiles) -> str:
    return digest(covered(files.digests, files.written))


def refuse_nobody(by: str | None) -> str:
    """Who signs off.

    Raises:
        UsageError: nobody does.
    """
    if by is None or is_blank(by) or len(by) > LONGEST:
        help = "name who signs off: --by NAME; to see whether a sign-off holds: --check"
        raise UsageError([Problem("nobody signs off", help=help)])
    return by


def sign(bundle: Folder, registry: Folder, by: str, on: datetime.date) -> tuple[str, Signoff]:
    """Write the line into `bundle.yaml`: where it stands, and what holds then.

    Raises:
        InputError: the bundle is not valid.
        UsageError: it is kept elsewhere or came with vendorgate; the line cannot be written by itself; or somebody
            changed a file meanwhile.
    """
    refuse_elsewhere(bundle)
    if bundle.path == shipped("policies").path:
        help = "begin a bundle of your own: vendorgate init bundle --name NAME"
        raise UsageError([Problem("the policies that came with vendorgate are not yours to sign off", help=help)])
    with locked_bundle(Path(os.path.realpath(bundle.path))):
        path, shown = bundle.file(BUNDLE)
        before = read(bundle, registry)
        _write(path, shown, _signed(path, shown, before, by, on))
        after = read(bundle, registry).signoff
    if not isinstance(after, Signoff) or after.own != after.written.digest:
        raise UsageError(
            [Problem(f"written to {shown}, and it does not hold", help="somebody changed a file meanwhile")]
        )
    return shown, after


def _signed(path: str, shown: str, files: BundleFiles, by: str, on: datetime.date) -> bytes:
    """The file with the line in it, and all else as it was."""
    problems: list[Problem] = []
    data = read_bytes(path, shown, problems) if os.path.lexists(path) else b""
    if data is None:
        raise InputError(problems)
    place = Location(shown, 1, 1)
    if data != files.written:
        raise UsageError([Problem("somebody has changed it meanwhile", place, "look at it, and run this again")])
    value = {"by": by, "on": on.isoformat(), "digest": _digest(files)}
    try:
        return with_own_line(shown, data, KEY, value, line_of(by, on, files))
    except Unclear:
        help = f"give {BUNDLE} a line a key, each from the first column, no braces around them, and no `...` behind"
        raise UsageError([Problem("the line cannot be added without a change of the rest", place, help)]) from None


def _write(path: str, shown: str, data: bytes) -> None:
    where = Path(os.path.realpath(path))
    (replace_file if where.exists() else new_file)(where, data.decode("utf-8"))
