"""The page of a fleet: making it of 10,000, 100,000 and 1,000,000 subjects, and opening and filtering that of 100,000.

Runs of 30 teams and 25 vendors are made up from numbers (`tests/commands/fleet/report/synthetic.py`), 400 distinct
cases each, and one of 100,000 subjects with 50,000 of them. Each page and table is made by a process of its own, from
the folder of the run to the last byte: its processor time, its peak memory as the system counts it. The page is opened
in headless Chromium as that of `formats`: medians by the clock, which depend on who else has the cores.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from cold_check import environment
from formats import FILTERED, FLAGS, OPENED, UNIT
from timing import Limit, judged, rounds

sys.path.append(str(Path(__file__).parent.parent))  # of the tests, which make up runs

ROUNDS = 7
SMALL, USUAL, LARGE, DISTINCT = 10_000, 100_000, 1_000_000, 50_000
MOST_OPENING, MOST_FILTERING, MOST_SIZE, MOST_MEMORY, MOST_GROWTH = 2.0, 1.0, 5.0, 100.0, 12.0
FILTERS = (
    "team=payments&platform=OpenAI",
    "blocks=yes",
    "policy=phi-needs-baa-and-zdr&outcome=fail",
    "ends=evidence:2027-01",
    "text=draft+eu",
    "list=repositories&state=without",
    "",
)
"""Each is asked for after the one before it; the last one shows everything again."""
MADE = """
import json, resource, sys, time
from vendorgate.commands.fleet.report.formats import FORMATS
from vendorgate.commands.fleet.report.opening import opened
from vendorgate.frame.output import Destination
from vendorgate.terminal.style import PLAIN
from pathlib import Path
run, format, output = sys.argv[1:]
start = time.process_time()
Destination(output, format, Path(output), Path(output + ".tmp")).write(FORMATS[format](opened(run), PLAIN))
seconds = time.process_time() - start
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""


def write(folder: Path, many: int, cases: int = 400) -> Path:
    """A run, written by a process of its own: what this one holds would be counted as its children's memory."""
    run = folder / (f"{many}-subjects" if cases == 400 else f"{many}-in-{cases}-cases")
    subprocess.run([sys.executable, __file__, str(run), str(many), str(cases)], check=True)
    return run


def made(run: Path, format: str) -> tuple[float, float, float]:
    """Seconds, and MB of memory and of the file."""
    output = run.with_suffix(f".{format}")
    command = [sys.executable, "-c", MADE, str(run), format, str(output)]
    done = subprocess.run(command, env=environment(), stdout=subprocess.PIPE, check=True)
    seconds, peak = json.loads(done.stdout)
    size = output.stat().st_size / 1e6
    print(
        f"  {run.name:<26} {format:<9} {seconds:>6.2f} s {peak * UNIT / 1e6:>6.0f} MB at most, {size:>6.1f} MB written"
    )
    return seconds, peak * UNIT / 1e6, size


def visit(browser: Browser, address: str) -> dict[str, float]:
    """Open the page, and ask for one filter after the other until its rows are drawn: milliseconds."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as window:
        page = window.new_page()
        page.goto(address)
        found: dict[str, Any] = {"opened": page.evaluate(OPENED)[1]}
        for fragment in FILTERS:
            took, words = page.evaluate(FILTERED, fragment)
            found[f"{fragment or 'everything'}: {words}"] = took
    return found


def in_chromium(address: str) -> list[Limit]:
    """Each round in a browser of its own; the first does not count."""
    visits = []
    with sync_playwright() as playwright:
        for _ in range(rounds(ROUNDS) + 1):
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            visits.append(visit(browser, address))
            browser.close()
    del visits[0]
    medians = {name: statistics.median(one[name] for one in visits) for name in visits[0]}
    print(f"the page in Chromium ({len(visits)} rounds)")
    for name, took in medians.items():
        print(f"  {name:<70} {took:>5.0f} ms")
    return [
        Limit("opening the page of 100,000 subjects", medians.pop("opened") / 1e3, MOST_OPENING, "s"),
        Limit("the slowest filter", max(medians.values()) / 1e3, MOST_FILTERING, "s"),
    ]


def main() -> int:
    """Measure; 1 where a limit is exceeded."""
    if len(sys.argv) > 1:
        from tests.commands.fleet.report.synthetic import World, write_run

        write_run(Path(sys.argv[1]), World(subjects=int(sys.argv[2]), cases=int(sys.argv[3])))
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        runs = {many: write(folder, many) for many in (SMALL, USUAL, LARGE)}
        distinct = write(folder, USUAL, DISTINCT)
        small, large = made(runs[SMALL], "html")[0], made(runs[LARGE], "html")[0]
        usual, peak, size = made(runs[USUAL], "html")
        made(distinct, "html")
        made(runs[USUAL], "markdown")
        rows = made(runs[USUAL], "csv")[1]
        return judged(
            [
                Limit("size of the page of 100,000 subjects", size, MOST_SIZE, "MB"),
                Limit("memory for it", peak, MOST_MEMORY, "MB"),
                Limit("memory for its 1,200,000 rows of CSV", rows, MOST_MEMORY, "MB"),
                Limit("100,000 subjects to 10,000", usual / small, MOST_GROWTH),
                Limit("1,000,000 subjects to 100,000", large / usual, MOST_GROWTH),
                *in_chromium(runs[USUAL].with_suffix(".html").as_uri()),
            ]
        )


if __name__ == "__main__":
    sys.exit(main())
