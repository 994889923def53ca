"""Reports on the cast, as they were made and as somebody wrote them anew, and what verifying them says."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from tests.command import vendorgate
from tests.golden.reviewed import CAST, HOSTILE

_INPUTS = ("--policies", "policies", "--registry", "registry")


@cache
def verify(format: str) -> str:
    """Of a report that somebody made better, in hostile words."""
    report = json.loads(vendorgate("check", *_INPUTS, "--as-of", "2026-11-23", "--format", "json", folder=CAST).stdout)
    _mend(report)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        path.write_text(json.dumps(report), encoding="utf-8")
        said = vendorgate("verify", str(path), *_INPUTS, "--format", format, folder=CAST).stdout
        return said.replace(json.dumps(folder)[1:-1], "/somewhere")


def _mend(report: dict[str, Any]) -> None:
    report["tool"]["version"] = HOSTILE
    report["verdict"] = "pass"
    report["results"][0] = {**report["results"][0], "outcome": "pass", "blocks": False, "title": "A title"}
    report["results"][1]["policy"] = "no-such-policy"
    report["notices"][0]["message"] = HOSTILE
