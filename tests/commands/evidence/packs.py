"""Small evidence packs of a small world, whole or as somebody changed them."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import msgspec

from tests.command import Ended, vendorgate
from tests.commands.impact.sides import WORLD
from tests.commands.review.repository import manifest, usage
from vendorgate.archive.document import MANIFEST, SUMS, EvidenceManifest
from vendorgate.archive.writing import PackWriter

DAY: Final = "2026-11-23"
JUDGES: Final = ("--registry", "registry", "--as-of", DAY)
PACK: Final = "evidence.zip"
Files = Mapping[str, Any]


def write(folder: Path, files: Files) -> None:
    """Files as they are, or as JSON, which is YAML."""
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(value, bytes):
            path.write_bytes(value)
        else:
            path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")


def world(folder: Path, more: Files | None = None) -> None:
    """A registry, policies and one manifest."""
    write(folder, {**WORLD, "vendorgate.yaml": manifest(usage("u", "beta")), **(more or {})})


def pack(folder: Path, *arguments: str, output: str = PACK) -> Ended:
    """Pack what a folder has."""
    return vendorgate("evidence", "pack", "--output", output, *JUDGES, *arguments, folder=folder)


def verify(path: Path, *arguments: str) -> Ended:
    """Verify a pack in a folder that has nothing else."""
    with TemporaryDirectory() as folder:
        return vendorgate("verify", str(path), *arguments, folder=Path(folder))


@cache
def small_pack() -> bytes:
    """A pack that fails, with a register and a waiver of no use."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        world(folder)
        ended = pack(folder)
        assert ended.code == 1, ended.stderr
        return (folder / PACK).read_bytes()


def members(data: bytes) -> dict[str, bytes]:
    """The contents of a pack, by name."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def document(data: bytes) -> dict[str, Any]:
    """What a pack says of itself."""
    found: dict[str, Any] = json.loads(members(data)[MANIFEST])
    return found


def forged(
    data: bytes,
    change: Callable[[dict[str, bytes]], object],
    said: Callable[[EvidenceManifest], EvidenceManifest] = lambda one: one,
) -> bytes:
    """A pack with other contents, whose digests are right all the same: what somebody makes who knows how."""
    contents = members(data)
    manifest = msgspec.json.decode(contents.pop(MANIFEST), type=EvidenceManifest)
    del contents[SUMS]
    kinds = {one.path: one.kind for one in manifest.members}
    change(contents)
    file = BytesIO()
    writer = PackWriter(file, 2**30)
    for name in sorted(contents):
        writer.add(name, kinds.get(name, "report"), (contents[name],))
    writer.finish(said(msgspec.structs.replace(manifest, members=tuple(writer.members))))
    return file.getvalue()


def rezipped(data: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """A pack with other contents, as any tool for archives writes it: nothing in it says so."""
    contents = members(data)
    change(contents)
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            stored = zipfile.ZIP_STORED if name in (MANIFEST, SUMS) else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, stored)
    return file.getvalue()


def copied(folder: Path, to: Path) -> Path:
    """A copy of a folder."""
    shutil.copytree(folder, to)
    return to
