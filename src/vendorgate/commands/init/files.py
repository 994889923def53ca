"""Files that `vendorgate init` writes, with the schemas that editors find through their first lines."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from ...errors import UsageError
from ...frame.schemas import schema_text
from ...frame.writing import NAME_ANOTHER, exists, new_file
from ...load.files import Folder
from ...load.packs import PackChoice

SCHEMAS: Final = Path(".vendorgate")


def modeline(kind: str, folder: str = ".") -> str:
    """The first line of a file in a folder, by which editors find its schema."""
    path = os.path.relpath(SCHEMAS / f"{kind}.schema.json", folder).replace(os.sep, "/")
    return f"# yaml-language-server: $schema={path}\n"


def refuse_existing(paths: Iterable[Path], help: str = NAME_ANOTHER) -> None:
    """Refuse to write where something is, with what to do about it.

    Raises:
        UsageError: with each of them.
    """
    problems = [exists(path, help) for path in paths if os.path.lexists(path)]
    if problems:
        raise UsageError(problems)


def write(texts: Mapping[Path, str], kinds: Iterable[str], inputs: tuple[Folder, Folder, PackChoice]) -> str:
    """Write new files and the schemas that they name, and say which; a schema that is there stays.

    Raises:
        UsageError: one of the files is there, or cannot be written.
    """
    schemas = {SCHEMAS / f"{kind}.schema.json": schema_text(kind, *inputs) for kind in kinds}
    refuse_existing(texts)
    written = []
    for path, text in {**{path: text for path, text in schemas.items() if not path.exists()}, **texts}.items():
        new_file(path, text)
        written.append(f"written: {path.as_posix()}\n")
    return "".join(written)
