"""The registry as pages, 80 offerings on one core, against reading the same snapshot; and twice as many, for the shape.

Copies of the offerings that ship, in one process pinned to one core after a round that does not count; from the folders
to the folder that is put in place, without the index of words, which is Pagefind's work. Processor time, because the
machine has other work.
"""

from __future__ import annotations

import datetime
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from large_registry import write_copies
from timing import Limit, judged, rounds
from vendorgate.commands.registry.site.drawing import drawn
from vendorgate.commands.registry.site.model import Asked
from vendorgate.commands.registry.site.writing import write
from vendorgate.load.files import folder
from vendorgate.snapshots import read_snapshot

ROUNDS = 7
MOST_SECONDS, MOST_OF_READING, MOST_GROWTH = 2.0, 7.0, 2.4
DAY = datetime.date(2026, 11, 24)


def pages(registry: Path, output: Path) -> None:
    """All that `vendorgate registry site --search filter` does."""
    snapshot = read_snapshot(folder(registry))
    changelog = (registry / "CHANGELOG.md").read_text("utf-8")
    write(output, drawn(Asked(snapshot, snapshot, DAY, changelog=changelog)), None)


def seconds(calls: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Processor time of each call, round by round, one after the other."""
    found: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(rounds(ROUNDS) + 1):
        for name, call in calls.items():
            start = time.process_time()
            call()
            if number:
                found[name].append(time.process_time() - start)
    return found


def main() -> int:
    """Measure; 1 where a limit is exceeded."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as temporary:
        small, large = Path(temporary, "80"), Path(temporary, "160")
        write_copies(small, 80)
        write_copies(large, 160)
        found = seconds(
            {
                "pages of 80": lambda: pages(small, Path(temporary, "site-80")),
                "reading 80": lambda: read_snapshot(folder(small)),
                "pages of 160": lambda: pages(large, Path(temporary, "site-160")),
            }
        )
        number = sum(1 for _ in Path(temporary, "site-80").rglob("*.html"))
    for name, values in found.items():
        print(f"{name:<14} {statistics.median(values):6.2f} s (least {min(values):.2f}, most {max(values):.2f})")
    print(f"{number} pages")
    each = found["pages of 80"]
    growth = statistics.median(b / a for a, b in zip(each, found["pages of 160"], strict=True))
    over = statistics.median(a / b for a, b in zip(each, found["reading 80"], strict=True))
    return judged(
        [
            Limit("pages of 80 offerings", statistics.median(each), MOST_SECONDS, "s"),
            Limit("pages to reading the snapshot", over, MOST_OF_READING),
            Limit("160 offerings to 80", growth, MOST_GROWTH),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
