"""The registry's commands: cold against idle Python, and over ten thousand offerings against half as many.

Cold runs of whole processes are interleaved, by processor time. The large ones, over copies of the offerings under
other ids, run once each, because what is asked of them is a shape, not a time; their peak is each process's own.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from cold_check import environment, process
from large_registry import SNAPSHOT, write_copies
from timing import Limit, interleaved, judged, processor, ratio, show

ROUNDS = 30
MOST_OF_PYTHON, MOST_VERIFY, MOST_GROWTH, MOST_MEMORY = 10.0, 0.5, 2.4, 1000.0
REGISTRY = ["-m", "vendorgate", "registry"]
NOTHING = "python -I -c pass"
OFFERINGS = sum(1 for _ in (SNAPSHOT / "offerings").glob("*.yaml"))
"""Those that ship."""
COMMANDS = {
    "registry list": ["list"],
    "registry show": ["show", "openai-api"],
    "registry compare": ["compare", "openai-api", "azure-openai"],
    "registry verify": ["verify"],
}


def large(arguments: list[str]) -> tuple[float, float]:
    """Processor seconds and peak MB of one run."""
    done = subprocess.Popen(
        [sys.executable, *REGISTRY, *arguments], env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(done.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, arguments
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit


def main() -> int:
    """Measure; 1 where a limit is exceeded."""
    calls = {NOTHING: process([sys.executable, "-I", "-c", "pass"], 0)}
    for name, arguments in COMMANDS.items():
        calls[name] = process([sys.executable, *REGISTRY, *arguments, "--registry", str(SNAPSHOT)], 0)
    seconds = interleaved(calls, ROUNDS, clock=processor)
    show(f"cold, {OFFERINGS} offerings", seconds, NOTHING)
    limits = [
        Limit(f"{name} to {NOTHING}", ratio(seconds, name, NOTHING), MOST_OF_PYTHON)
        for name in COMMANDS
        if name != "registry verify"
    ]
    verify = statistics.median(seconds["registry verify"])
    limits.append(Limit(f"registry verify of {OFFERINGS} offerings", verify, MOST_VERIFY, "s"))
    with tempfile.TemporaryDirectory() as temporary:
        half, whole = Path(temporary, "half"), Path(temporary, "whole")
        write_copies(half, 5_000)
        write_copies(whole, 10_000)
        for name, small, large_one in (
            ("verify", ["verify", "--registry", str(half)], ["verify", "--registry", str(whole)]),
            ("diff", ["diff", str(half), str(half)], ["diff", str(whole), str(whole)]),
        ):
            (first, _), (second, memory) = large(small), large(large_one)
            print(f"{name}: 5,000 offerings {first:.1f} s, 10,000 offerings {second:.1f} s and {memory:.0f} MB")
            limits.append(Limit(f"{name}: 10,000 offerings to 5,000", second / first, MOST_GROWTH))
            limits.append(Limit(f"{name}: memory for 10,000 offerings", memory, MOST_MEMORY, "MB"))
    return judged(limits)


if __name__ == "__main__":
    sys.exit(main())
