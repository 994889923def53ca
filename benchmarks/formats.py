"""Every format of a report on ten thousand results, in one fresh process, and the page of them in Chromium.

The results, of generated manifests by the policies that ship with all packs, are judged once; every format is rendered
one after the other in one process, by processor time, peak memory as the system counts it; those that can be grouped by
control are rendered so, too, after the others. The page is opened in headless Chromium (Debian's package chromium)
seven times, from navigation to the first frame, and each filter is timed from the change to the next frame: medians by
the clock, because a browser is many processes.
"""

from __future__ import annotations

import gc
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from cold_check import environment
from ten_thousand import evaluation
from timing import Limit, judged, rounds
from vendorgate.frame.formats import FORMATS, GROUPED, USUAL, Shown
from vendorgate.report.look import TextLook
from vendorgate.terminal.style import PLAIN

ROUNDS = 7
MOST_SECONDS, MOST_MEMORY, MOST_OPENING, MOST_FILTERING = 5.0, 500.0, 1.0, 1.0
MOST_GROUPED = 3.0
BY_CONTROL = " by control"
GROUPED_LOOK = Shown(look=TextLook(by_control=True))
UNIT = 1 if sys.platform == "darwin" else 1024
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
FILTERS = (
    "outcome=fail",
    "blocks=yes",
    "project=clinical-notes-3",
    "offering=openai-api",
    "policy=phi-needs-baa-and-zdr",
    "text=retention",
    "",
)
"""Each is asked for after the one before it; the last one shows everything again."""

OPENED = """
() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(
  (({ loadEventEnd }) => [loadEventEnd, performance.now()])(performance.getEntriesByType("navigation")[0])
))))
"""
"""Milliseconds from the start of the navigation to the end of loading, and to the frame after it."""
FILTERED = """
async fragment => {
  const start = performance.now();
  location.hash = fragment;
  await new Promise(done => addEventListener("hashchange", done, { once: true }));
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  return [performance.now() - start, document.getElementById("shown").textContent];
}
"""


def peak() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT / 1e6


def render_all(folder: Path) -> None:
    """Judge, render every format, keep the page, and print what it took as JSON."""
    gc.disable()  # as the command does
    judged = evaluation(folder)
    rows: list[dict[str, Any]] = [{"name": "evaluation", "results": len(judged.results), "peak": peak()}]
    asked = [(name, render, USUAL) for name, render in FORMATS.items()]
    asked += [(f"{name}{BY_CONTROL}", render, GROUPED_LOOK) for name, render in GROUPED.items()]
    for name, render, shown in asked:
        start = time.process_time()
        rendered = render(judged, PLAIN, shown)
        seconds = time.process_time() - start
        written = rendered if isinstance(rendered, bytes) else rendered.encode()
        rows.append({"name": name, "seconds": seconds, "size": len(written), "peak": peak()})
        if name == "html":
            (folder / "page.html").write_bytes(written)
    json.dump(rows, sys.stdout)


def formats(folder: Path) -> list[Limit]:
    """Run it in a process of its own."""
    command = [sys.executable, __file__, str(folder)]
    done = subprocess.run(command, env=environment(), stdout=subprocess.PIPE, check=True)
    first, *rows = json.loads(done.stdout)
    print(f"every format of {first['results']:,} results, one after the other in one process")
    print(f"  {'judged':<19} {'':>17} {first['peak']:>7.0f} MB at most")
    for row in rows:
        size = f"{row['size'] / 1e6:.1f} MB"
        print(f"  {row['name']:<19} {row['seconds']:>6.2f} s  {size:>8} {row['peak']:>7.0f} MB at most")
    seconds = {row["name"]: row["seconds"] for row in rows}
    total = sum(taken for name, taken in seconds.items() if not name.endswith(BY_CONTROL))
    plain = sum(seconds[name] for name in GROUPED)
    grouped = sum(seconds[f"{name}{BY_CONTROL}"] for name in GROUPED)
    return [
        Limit("all formats", total, MOST_SECONDS, "s"),
        Limit("formats by control against the same ones", grouped / plain, MOST_GROUPED),
        Limit("memory for all formats", rows[-1]["peak"], MOST_MEMORY, "MB"),
    ]


@dataclass(frozen=True)
class Visit:
    """Seconds that one round took."""

    loaded: float
    drawn: float
    filters: dict[str, float]
    """By what was asked for and what the page then said."""


def visit(browser: Browser, address: str) -> Visit:
    """Open the page, and ask for one filter after the other until its results are drawn."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as window:
        page = window.new_page()
        page.goto(address)
        loaded, drawn = page.evaluate(OPENED)
        filters = {}
        for fragment in FILTERS:
            took, words = page.evaluate(FILTERED, fragment)
            filters[f"{fragment or 'everything'}: {words}"] = took / 1e3
    return Visit(loaded / 1e3, drawn / 1e3, filters)


def in_chromium(address: str) -> list[Limit]:
    """Open and filter the page, each round in a browser of its own; the first does not count."""
    visits = []
    with sync_playwright() as playwright:
        for _ in range(rounds(ROUNDS) + 1):
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            visits.append(visit(browser, address))
            browser.close()
    del visits[0]
    drawn = statistics.median(one.drawn for one in visits)
    print(f"the page in Chromium ({len(visits)} rounds)")
    print(f"  loaded {statistics.median(one.loaded for one in visits):.2f} s, drawn {drawn:.2f} s")
    filters = {name: statistics.median(one.filters[name] for one in visits) for name in visits[0].filters}
    for name, seconds in filters.items():
        print(f"  {name:<70} {seconds * 1e3:>5.0f} ms")
    return [
        Limit("opening the page", drawn, MOST_OPENING, "s"),
        Limit("the slowest filter", max(filters.values()), MOST_FILTERING, "s"),
    ]


def main() -> int:
    """Measure; 1 where a limit is exceeded."""
    if len(sys.argv) > 1:
        render_all(Path(sys.argv[1]))
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        return judged([*formats(folder), *in_chromium((folder / "page.html").as_uri())])


if __name__ == "__main__":
    sys.exit(main())
