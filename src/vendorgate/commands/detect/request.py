"""What the command does: look, write where that is asked for, and tell.

In: what the command line says. Out: `Detected`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Final

import msgspec

from ...detection.model import Detection
from ...detection.sighting import Sighting
from ...detection.summary import findings, offerings
from ...errors import InputError, Problem, UsageError
from ...frame.detecting import Listed, before, detected, files_of, listed_in
from ...load.files import Folder, shown_path
from ...source import Location
from .against import AgainstRequest, against
from .model import Detected
from .writing import write

IMPORTS: Final = ("litellm", "librechat", "continue", "cyclonedx")
"""Kinds of configuration that say by themselves what is used."""


class DetectRequest(msgspec.Struct, frozen=True):
    """What the command line says."""

    paths: tuple[str, ...]
    jobs: int | None
    source: str | None
    """The kind of configuration that the paths are; None: code."""
    write: bool
    registry: Folder
    bundle: Folder | None
    against: AgainstRequest | None = None
    """The manifests that the code is held against; None: none."""


def told(request: DetectRequest) -> Detected:
    """The answer; with `write`, what was written is said on the error stream.

    Raises:
        InputError: a path does not exist or cannot be read; registry, bundle or manifest cannot.
        UsageError: nothing is named that could be read, or the manifest cannot be written.
    """
    listed = listed_in(request.registry, request.bundle)
    found = _imported(request, listed) if request.source else _detected(request, listed)
    if request.write:
        sys.stderr.write(write(found, listed.offerings, _manifest_folder(request)))
    held = None if request.against is None else against(request.against, found, listed.catalogue)
    return Detected(found, _root(request), _names(listed), held)


def _detected(request: DetectRequest, listed: Listed) -> Detection:
    return detected(files_of(request.paths), listed.catalogue, request.jobs)


def _imported(request: DetectRequest, listed: Listed) -> Detection:
    """What configurations say, each of which is taken at its word."""
    if not request.paths:
        help = f"name the file: vendorgate detect --from {request.source} FILE"
        raise UsageError([Problem("--from without a file", help=help)])
    seen = {shown_path(path): _said(request.source or "", path, listed) for path in request.paths}
    told = findings(seen, dict.fromkeys(seen, "used"), listed.catalogue)
    return Detection(len(seen), (), offerings(told), tuple(told))


def _said(kind: str, path: str, listed: Listed) -> list[Sighting]:
    """What one configuration says.

    Raises:
        InputError: it is none of this kind.
    """
    from ...detection.configuration.imports import imported
    from ...detection.reading.unreadable import Unreadable

    try:
        return imported(kind, shown_path(path), _text(path), listed.catalogue)
    except Unreadable as why:
        where = Location(shown_path(path), 1, 1)
        help = f"name a file of this kind, or another kind with --from: {', '.join(IMPORTS)}"
        raise InputError([Problem(f"cannot be read: {why.reason}", where, help)]) from None


def _text(path: str) -> str:
    from ...detection.files import Unread, read, text_of

    try:
        return text_of(path, read(path))
    except Unread as why:
        where = Location(shown_path(path), 1, 1)
        raise InputError([Problem(f"cannot be read: {why.reason}", where, "name a configuration file")]) from None


def _manifest_folder(request: DetectRequest) -> str:
    """Where the manifest stands: in the one folder that was looked at, else here."""
    alone = request.paths[0] if len(request.paths) == 1 else ""
    return alone if os.path.isdir(alone) else os.curdir


def _root(request: DetectRequest) -> str:
    alone = request.paths[0] if len(request.paths) == 1 else ""
    return before(shown_path(alone)) if os.path.isdir(alone) else ""


def _names(listed: Listed) -> Mapping[str, str]:
    return {id: provider.name for id, provider in listed.catalogue.providers.items()}
