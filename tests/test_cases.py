"""Every folder of `cases/` is a run: inputs, arguments, and what must come of it.

`case.json` has `about`, `arguments`, `exit`, and as it pleases `report` (a part of the JSON report: objects may leave
keys out, lists are compared item by item and may not), and `stderr` (texts that must be there).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import vendorgate

CASES = sorted(path.parent for path in (Path(__file__).parent / "cases").glob("*/case.json"))


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_case_ends_as_it_should(folder: Path) -> None:
    case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    ended = vendorgate(*case["arguments"], folder=folder)
    assert ended.code == case["exit"], ended.stdout + ended.stderr
    for text in case.get("stderr", ()):
        assert text in ended.stderr
    if case["exit"] == 2:
        assert ended.stdout == ""
    if "report" in case:
        assert_part(case["report"], json.loads(ended.stdout), "report")


def assert_part(part: Any, whole: Any, where: str) -> None:
    """Assert that a part of a JSON value is as expected."""
    if isinstance(part, dict):
        assert isinstance(whole, dict), where
        for key, value in part.items():
            assert key in whole, f"{where}.{key}"
            assert_part(value, whole[key], f"{where}.{key}")
    elif isinstance(part, list):
        assert isinstance(whole, list), where
        assert len(part) == len(whole), f"{where}: {json.dumps(whole, indent=1)}"
        for index, value in enumerate(part):
            assert_part(value, whole[index], f"{where}[{index}]")
    else:
        assert part == whole, where


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60
