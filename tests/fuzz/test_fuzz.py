"""Whatever an input holds, a run ends with 0, 1 or 2, in bounded time, and 2 names a place: small, and always the same.

`python -m tests.fuzz` runs the same large.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.fuzz.kinds import KINDS, prepare, run
from tests.thoroughness import thorough

EXAMPLES = 60 if thorough() else 30
"""Of each kind."""


@pytest.mark.parametrize("kind", KINDS)
def test_run_ends_well_whatever_its_input_holds(kind: str, tmp_path: Path) -> None:
    prepare(tmp_path)
    tried = [run(kind, example, 0, tmp_path) for example in range(EXAMPLES)]
    assert [(one.example, one.fault, one.ended.stderr[-300:]) for one in tried if one.fault is not None] == []
    codes = Counter(one.ended.code for one in tried)
    assert codes[2] > EXAMPLES / 10, "examples are to be wrong"
    assert codes[0] + codes[1] > EXAMPLES / 20, "and some are to be read all the same"
