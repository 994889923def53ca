"""A published archive to the files of a snapshot; whatever else is in it is left where it is.

In: bytes of a tar, tar.gz or zip. Out: relative path and bytes of each file of a snapshot.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from ...remote.archive import members, refused


def unpack(data: bytes, shown: str) -> dict[str, bytes]:
    """The files of the snapshot in an archive, by path relative to it.

    Raises:
        InputError: no archive, one that is damaged, hostile or too large, or one without a snapshot.
    """
    return _snapshot(members(data, shown), shown)


def _snapshot(members: list[tuple[str, bytes]], shown: str) -> dict[str, bytes]:
    """The files below the one folder that holds `snapshot.yaml`; a name that stands twice is refused."""
    paths = [PurePosixPath(name) for name, _ in members]
    roots = {path.parent for path in paths if path.name == "snapshot.yaml"}
    if len(roots) != 1:
        found = "no snapshot.yaml" if not roots else f"{len(roots)} of snapshot.yaml"
        raise refused(shown, f"an archive with {found}", "fetch an archive of one snapshot")
    (root,) = roots
    files: dict[str, bytes] = {}
    for path, (_, content) in zip(paths, members, strict=True):
        inner = path.relative_to(root) if path.is_relative_to(root) else None
        if inner is not None and _belongs(inner):
            if inner.as_posix() in files:
                raise refused(shown, f"`{path}` stands twice in the archive", "do not trust this archive")
            files[inner.as_posix()] = content
    return files


def _belongs(inner: PurePosixPath) -> bool:
    """Whether a path is one of a snapshot's."""
    name = inner.as_posix()
    return name in ("snapshot.yaml", "CHANGELOG.md") or (
        inner.parent.as_posix() == "offerings" and inner.suffix == ".yaml"
    )
