"""A cold check, a process of its own, of the wheel as users install it, against idle Python and yamllint.

By processor time and by the clock, interleaved, each ratio to `python -I -c pass` of the same environment. The wheel is
built from this tree and put into a fresh environment with what it depends on and nothing else, so that pip has compiled
its modules. It judges by the policies and the registry that ship, in a folder with nothing but a manifest:

- nine usages over five offerings, of which some fail: their reasons are worked out, and the YAML to paste is searched
  for; as text by the command and by `python -m`, and as JSON;
- two usages that pass (`examples/newsletter`), as text: what a check costs that has nothing to tell.

yamllint, which reads the nine usages and judges nothing, is run from the environment of the benchmark. Beside these
the same without `.pyc` files, as an installer that compiles nothing leaves it where nobody may write: without a limit.
"""

from __future__ import annotations

import atexit
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from installed import Command, Spent, installed, temporary, wheel
from installed import interleaved as measured
from timing import Limit, judged

HERE = Path(__file__).parent
MANIFEST = HERE / "nine-usages.yaml"
PASSING = HERE.parent / "examples" / "newsletter" / "vendorgate.yaml"
POLICIES = HERE.parent / "policies"
ROUNDS, ROUNDS_WITHOUT = 60, 15
MOST = 5.0
DAY = "2026-11-24"

CHECK = [
    "check",
    str(MANIFEST),
    "--policies",
    str(POLICIES if POLICIES.is_dir() else HERE / "bundle"),
    "--registry",
    str(HERE.parent / "registry-snapshot"),
    "--as-of",
    DAY,
]
"""By the files of the checkout."""
NOTHING = "python -I -c pass"
TEXT, MODULE, JSON = "nine usages, text", "nine usages, text, python -m vendorgate", "nine usages, JSON"
PASSES, LINT = "two usages that pass, text", "python -m yamllint"
WITHOUT, WITHOUT_PASSING = "nine usages, text, without .pyc files", "two usages that pass, without .pyc files"


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


def check_here(program: Sequence[str], manifest: Path, *options: str) -> Command:
    """A check in a folder that has nothing but a manifest."""
    folder = temporary()
    shutil.copy(manifest, folder / "vendorgate.yaml")
    return Command((*program, "check", "--as-of", DAY, *options), (0, 1), str(folder))


def without_bytecode(command: Command) -> Command:
    """The same where no module is compiled beforehand, nor kept."""
    return command._replace(variables={"PYTHONDONTWRITEBYTECODE": "1"})


def ratio(spent: dict[str, list[Spent]], one: str, field: str) -> float:
    """How many times longer something takes than idle Python."""
    pairs = zip(spent[one], spent[NOTHING], strict=True)
    return float(statistics.median(getattr(a, field) / getattr(b, field) for a, b in pairs))


def show(title: str, spent: dict[str, list[Spent]]) -> None:
    """A table of medians, and of their ratios to idle Python."""
    print(f"{title} ({len(spent[NOTHING])} rounds): processor ms, clock ms, and to `{NOTHING}`")
    for name, found in spent.items():
        times = [statistics.median(getattr(one, field) for one in found) * 1e3 for field in Spent._fields]
        ratios = [ratio(spent, name, field) for field in Spent._fields]
        print(f"  {name:<46} {times[0]:>7.1f} {times[1]:>7.1f} {ratios[0]:>7.2f} x {ratios[1]:>7.2f} x")


def main() -> int:
    """Measure; 1 where a limit is exceeded."""
    built = wheel()
    programs = installed(built)
    python, command = str(programs / "python"), (str(programs / "vendorgate"),)
    nothing = Command((python, "-I", "-c", "pass"))
    spent = measured(
        {
            NOTHING: nothing,
            TEXT: check_here(command, MANIFEST),
            MODULE: check_here((python, "-m", "vendorgate"), MANIFEST),
            JSON: check_here(command, MANIFEST, "--format", "json"),
            PASSES: check_here(command, PASSING),
            LINT: Command((sys.executable, "-m", "yamllint", str(MANIFEST))),
        },
        ROUNDS,
    )
    show("a cold check, installed by pip", spent)
    bare = (str(installed(built, "--no-compile") / "vendorgate"),)
    show(
        "the same where nothing is compiled beforehand, nor kept",
        measured(
            {
                NOTHING: nothing,
                WITHOUT: without_bytecode(check_here(bare, MANIFEST)),
                WITHOUT_PASSING: without_bytecode(check_here(bare, PASSING)),
            },
            ROUNDS_WITHOUT,
        ),
    )
    called = {"processor": "processor time", "wall": "clock"}
    limits = [(name, field) for name in (TEXT, PASSES) for field in Spent._fields]
    return judged([Limit(f"{name}, {called[field]}", ratio(spent, name, field), MOST) for name, field in limits])


if __name__ == "__main__":
    sys.exit(main())
