"""An evidence pack of the cast, as far as it is the same whatever else changes: what it says of itself."""

from __future__ import annotations

import json
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.command import vendorgate
from tests.golden.reviewed import CAST
from vendorgate.archive.derived import REPORT
from vendorgate.report.ascii_json import dumps

_INPUTS: Final = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")
_GIVEN: Final = ("manifest", "policies", "registry")


@cache
def member(name: str) -> str:
    """A member of the pack of the cast."""
    from tests.commands.evidence.packs import members

    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(CAST, folder, dirs_exist_ok=True)
        output = str(Path(folder) / "evidence.zip")
        assert vendorgate("evidence", "pack", "--output", output, *_INPUTS, folder=Path(folder)).code == 1
        return members(Path(output).read_bytes())[name].decode("utf-8")


def manifest() -> str:
    """What it says of itself: one report for all, no digests of what has a file here, nor of what zlib makes."""
    document: dict[str, Any] = json.loads(member("MANIFEST.json"))
    document["members"] = [one for one in document["members"] if one["kind"] != "report" or one["path"] == REPORT]
    for one in document["members"]:
        one["packed"] = {"size": 0, "sha256": ""}
        if one["kind"] not in _GIVEN:
            one["size"], one["sha256"] = 0, ""
    return dumps(document)
