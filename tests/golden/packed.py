"""An evidence pack of the cast, as far as it is the same whatever else changes: what it says of itself."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.command import vendorgate
from tests.golden.reviewed import CAST, HOSTILE
from vendorgate.archive.derived import REPORT
from vendorgate.report.ascii_json import dumps

_INPUTS: Final = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")
_GIVEN: Final = ("manifest", "policies", "registry")
_TOLD: Final = (*_GIVEN, "about", "evidence")


@cache
def _members() -> Mapping[str, bytes]:
    """The members of the pack of the cast, which is made once."""
    from tests.commands.evidence.packs import members

    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(CAST, folder, dirs_exist_ok=True)
        output = str(Path(folder) / "evidence.zip")
        assert vendorgate("evidence", "pack", "--output", output, *_INPUTS, folder=Path(folder)).code == 1
        return members(Path(output).read_bytes())


def member(name: str) -> str:
    """A member of the pack of the cast."""
    return _members()[name].decode("utf-8")


def manifest() -> str:
    """What it says of itself: one report for all, no digests of what has a file here, nor of what zlib makes."""
    document: dict[str, Any] = json.loads(member("MANIFEST.json"))
    document["members"] = [one for one in document["members"] if one["kind"] in _TOLD or one["path"] == REPORT]
    for one in document["members"]:
        one["packed"] = {"size": 0, "sha256": ""}
        if one["kind"] not in _GIVEN:
            one["size"], one["sha256"] = 0, ""
    return dumps(document)


def series(format: str) -> str:
    """What packs and reports of the cast say over a week, without digests of what each of them holds."""
    every = _every_series()
    said = every[format]
    for one in json.loads(every["json"])["files"]:
        said = said.replace(one["sha256"], "0" * 64)
    return said


@cache
def _every_series() -> Mapping[str, str]:
    """The same as it is printed, in every format, of files that are made once."""
    with tempfile.TemporaryDirectory() as folder:
        _keep(Path(folder))
        words = ("evidence", "series", "kept", "--every", "3d", "--until", "2026-11-26", "--format")
        formats = ("text", "json", "csv", "markdown")
        return {format: vendorgate(*words, format, folder=Path(folder)).stdout for format in formats}


def _keep(folder: Path) -> None:
    """Two reports, a pack that somebody changed, and something else; then the policies have another release."""
    shutil.copytree(CAST, folder, dirs_exist_ok=True)
    (folder / "kept").mkdir()
    _check(folder, "2026-11-18", "kept/first.json")
    (folder / "policies/waivers.yaml").write_text("version: 1\nwaivers: []\n", encoding="utf-8")
    _check(folder, "2026-11-23", f"kept/{HOSTILE[:20].replace('/', '')}.json")
    words = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-24")
    assert vendorgate("evidence", "pack", "--output", "kept/pack.zip", *words, folder=folder).code == 1
    data = bytearray((folder / "kept/pack.zip").read_bytes())
    data[data.index(b"README.md") + 200] ^= 1
    (folder / "kept/pack.zip").write_bytes(data)
    (folder / "kept/notes.txt").write_text(HOSTILE, encoding="utf-8")


def _check(folder: Path, day: str, output: str) -> None:
    words = ("--policies", "policies", "--registry", "registry", "--as-of", day)
    assert vendorgate("check", "--output", f"json={output}", *words, folder=folder).code == 1
