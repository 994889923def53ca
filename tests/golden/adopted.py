"""The cast with another registry and other policies, and what adopting them would do.

In the next registry an offering is worse, one that a second manifest needs is gone, and one comes; the next policies
are those of the change in `reviewed.py`. One report is of the registry alone, one of both.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

from tests.command import vendorgate
from tests.golden.reviewed import CAST, HOSTILE, edited

_DAY: Final = "2026-11-23"
_BETA: Final = """\
id: beta
name: Beta
developer: B
platform: B
category: first_party
dimensions:
  soc2_type2: {value: "no", confidence: high, verified: 2026-11-05, source: https://beta.example/soc2}
  iso_27001: {value: yes_public, confidence: high, verified: 2025-07-05, source: https://beta.example/iso}
"""


@cache
def impact(format: str) -> str:
    """What adopting the next registry and the next policies would do."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        manifests = ("vendorgate.yaml", "more/vendorgate.yaml")
        return _impact(Path(folder), format, *manifests, "--to", "next", "--policies-to", "next-policies")


@cache
def of_registry(format: str) -> str:
    """What adopting the next registry alone would do."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        return _impact(Path(folder), format, "vendorgate.yaml", "--to", "next")


def _impact(folder: Path, format: str, *more: str) -> str:
    inputs = ("--policies", "policies", "--registry", "registry", "--as-of", _DAY, "--fail-on", "warning")
    return vendorgate("impact", *inputs, *more, "--format", format, folder=folder).stdout


def write(folder: Path) -> None:
    """Both sides in a folder."""
    shutil.copytree(CAST, folder, dirs_exist_ok=True)
    gone = (folder / "registry" / "offerings" / "gamma.yaml").read_text(encoding="utf-8").replace("gamma", "gone")
    (folder / "registry" / "offerings" / "gone.yaml").write_text(gone, encoding="utf-8")
    (folder / "registry-later").rename(folder / "next")
    (folder / "next" / "offerings" / "beta.yaml").write_text(_BETA, encoding="utf-8")
    shutil.copytree(folder / "policies", folder / "next-policies")
    for name, content in edited().items():
        path = folder / name.replace("policies", "next-policies", 1)
        path.write_text(json.dumps(content) if isinstance(content, dict) else str(content), encoding="utf-8")
    usage = {"id": "lost", "purpose": HOSTILE, "offering": "gone", "data": ["phi"]}
    (folder / "more").mkdir()
    more = {"version": 1, "project": "more", "usages": [usage]}
    (folder / "more" / "vendorgate.yaml").write_text(json.dumps(more), encoding="utf-8")
