"""Write the golden files anew: `python -m tests.golden`, then read the difference."""

from __future__ import annotations

from tests.golden.cast import GOLDEN, HERE

for name, render in GOLDEN.items():
    (HERE / name).write_text(render(), encoding="utf-8")
