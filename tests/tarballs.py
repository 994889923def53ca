"""Archives to fetch, as publishers make them, and as somebody would who means ill."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Mapping


def tarball(files: Mapping[str, bytes], *more: tarfile.TarInfo, below: str = "") -> bytes:
    """A `.tar.gz` of files, all of them below a folder, and of other members behind them."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as made:
        for name, data in files.items():
            member = tarfile.TarInfo(f"{below}{name}")
            member.size = len(data)
            made.addfile(member, io.BytesIO(data))
        for member in more:
            made.addfile(member)
    return stream.getvalue()
