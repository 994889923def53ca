"""The schemas beside a project as this version and these policies have them.

In: what judges. Out: the schemas that lie in `.vendorgate/`, written anew where they differ, and words that say which.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ...errors import InputError, Problem, UsageError
from ...frame.schemas import schema_text
from ...frame.writing import replace_file
from ...load.files import Folder, read_bytes
from ...load.packs import PackChoice
from ...schema.kinds import KINDS
from ...source import Location
from ...terminal.escape import escape
from .files import SCHEMAS

_END: Final = ".schema.json"


def refresh(judges: tuple[Folder, Folder, PackChoice]) -> str:
    """Write every schema anew that differs, each at once and whole, and say what became of each.

    Raises:
        UsageError: there are none, or one is a link; or one cannot be written.
        InputError: the bundle or the registry is not valid, or what is there is no file; nothing is written then.
    """
    paths = _present()
    texts = {path: schema_text(_kind(path), *judges) for path in paths if _kind(path) in KINDS}
    before = _read(texts)
    return "".join(_refreshed(path, before.get(path), texts.get(path)) for path in paths)


def _read(paths: Iterable[Path]) -> dict[Path, bytes | None]:
    """What is in each of them.

    Raises:
        InputError: one is no file.
    """
    problems: list[Problem] = []
    found = {path: read_bytes(str(path), path.as_posix(), problems) for path in paths}
    if problems:
        raise InputError(problems)
    return found


def _present() -> list[Path]:
    """The schemas that lie here; a link to one is no file of this project.

    Raises:
        UsageError: there are none, or a link stands for something else.
    """
    found = [] if SCHEMAS.is_symlink() else sorted(SCHEMAS.glob(f"*{_END}"))
    linked = [path for path in (SCHEMAS, *found) if path.is_symlink()]
    if linked:
        help = "put a file in its place: what is refreshed is written over"
        raise UsageError(Problem("is a link", Location(path.as_posix(), 1, 1), help) for path in linked)
    if not found:
        help = "go to the project, or write the first ones: vendorgate init"
        raise UsageError([Problem(f"no schemas in {SCHEMAS.as_posix()}/ here", help=help)])
    return found


def _kind(path: Path) -> str:
    return path.name.removesuffix(_END)


def _refreshed(path: Path, before: bytes | None, text: str | None) -> str:
    shown = escape(path.as_posix())
    if text is None:
        return f"left: {shown}, of which this version knows no kind\n"
    if before == text.encode("utf-8"):
        return f"unchanged: {shown}\n"
    replace_file(path, text)
    return f"refreshed: {shown}\n"
