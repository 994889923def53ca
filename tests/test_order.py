"""The files that start first are there."""

from __future__ import annotations

from tests.order import LONGEST, ROOT


def test_every_file_that_starts_early_exists() -> None:
    assert [name for name in LONGEST if not (ROOT / name).is_file()] == []
    assert len(set(LONGEST)) == len(LONGEST)
