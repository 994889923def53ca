"""A cold check, a process of its own, of nine usages over five offerings, against idle Python and yamllint.

`python -m` is held against `python -m`, the installed command against the installed command.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from timing import Limit, interleaved, judged, ratio, show

HERE = Path(__file__).parent
MANIFEST = HERE / "nine-usages.yaml"
POLICIES = HERE.parent / "policies"
ROUNDS = 60
MOST_OF_PYTHON, MOST_OF_YAMLLINT = 7.0, 1.0

CHECK = [
    "check",
    str(MANIFEST),
    "--policies",
    str(POLICIES if POLICIES.is_dir() else HERE / "bundle"),
    "--registry",
    str(HERE.parent / "registry-snapshot"),
    "--as-of",
    "2026-11-24",
]
MODULE, COMMAND, NOTHING = "python -m vendorgate check", "vendorgate check", "python -I -c pass"
LINT_MODULE, LINT_COMMAND = "python -m yamllint", "yamllint"


@cache
def environment() -> dict[str, str]:
    """The environment without what changes how Python starts, and with a folder of its own for compiled modules.

    So each module is compiled once, in the round that does not count, as an installed package is.
    """
    compiled = tempfile.TemporaryDirectory()
    atexit.register(compiled.cleanup)
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**plain, "PYTHONPYCACHEPREFIX": compiled.name}


def process(arguments: list[str], *codes: int) -> Callable[[], None]:
    """A call that runs a process to its end and expects one of some exit codes."""

    def run() -> None:
        done = subprocess.run(
            arguments, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
        )
        assert done.returncode in codes, (arguments, done.returncode)

    return run


def main() -> int:
    """Measure; 1 where a limit is exceeded."""
    scripts = Path(sys.executable).parent
    seconds = interleaved(
        {
            MODULE: process([sys.executable, "-m", "vendorgate", *CHECK], 0, 1),
            COMMAND: process([str(scripts / "vendorgate"), *CHECK], 0, 1),
            NOTHING: process([sys.executable, "-I", "-c", "pass"], 0),
            LINT_MODULE: process([sys.executable, "-m", "yamllint", str(MANIFEST)], 0),
            LINT_COMMAND: process([str(scripts / "yamllint"), str(MANIFEST)], 0),
        },
        ROUNDS,
    )
    show("a cold check of nine usages", seconds, NOTHING)
    return judged(
        [
            Limit(f"{MODULE} to {NOTHING}", ratio(seconds, MODULE, NOTHING), MOST_OF_PYTHON),
            Limit(f"{COMMAND} to {NOTHING}", ratio(seconds, COMMAND, NOTHING), MOST_OF_PYTHON),
            Limit(f"{MODULE} to {LINT_MODULE}", ratio(seconds, MODULE, LINT_MODULE), MOST_OF_YAMLLINT),
            Limit(f"{COMMAND} to {LINT_COMMAND}", ratio(seconds, COMMAND, LINT_COMMAND), MOST_OF_YAMLLINT),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
