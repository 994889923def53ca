"""What `mutmut run` cannot do: `python -m tests.mutation`, after it, from the root of the repository.

In: the folder `mutants`. Out: survivors tried once more where mutmut could not try them, then a table of figures.
mutmut forks a process in which everything is imported already, so that a mutant of a function that is called while
modules are imported never runs. Here each such mutant gets a process of its own. Nothing of this runs in CI.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

MUTANTS = Path("mutants").resolve()
SURVIVED = 0
KILLED = 1
TIMED_OUT = (-24, 24, 36, 152, 255)
TOLD: dict[int | None, str] = {None: "not tried", KILLED: "killed", 3: "killed"}
TOLD.update(dict.fromkeys(TIMED_OUT, "timed out"))
"""mutmut's exit codes; every other one survived."""
COLUMNS = ("killed", "timed out", "survived", "not tried")
TRIED_AT_ONCE = 2
TESTS = ("tests/logic", "tests/evaluate", "tests/identity", "tests/test_cases.py", "tests/test_gate.py")
RANDOM = (
    "tests/evaluate/test_monotonicity.py",
    "tests/evaluate/test_waivers.py::test_no_rule_and_no_fingerprint_ever_lets_more_pass",
    "tests/evaluate/test_fingerprint.py::test_fingerprint_is_the_same_on_every_day_with_the_same_reasons",
    "tests/evaluate/test_fingerprint.py::test_where_no_evidence_can_age_every_day_gives_the_same_fingerprint",
    "tests/identity/test_laws.py",
    "tests/identity/test_segments.py::test_glob_says_what_a_regular_expression_does",
    "tests/identity/test_binding.py::test_unbound_name_never_reaches_more_than_a_name_that_nobody_knows",
    "tests/identity/test_binding.py::test_another_binding_changes_nothing_for_who_is_bound",
)
"""On purpose, so that they cannot tell what a mutant is worth; pyproject.toml leaves out the same ones for mutmut."""
PYTEST = (
    *(sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"),
    *(f"--deselect={test}" for test in RANDOM),
    *TESTS,
)
CALLED_WHILE_IMPORTING = """
import importlib, pkgutil, vendorgate
for module in pkgutil.walk_packages(vendorgate.__path__, "vendorgate."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
from mutmut.state import state
print(*sorted(state()._stats))
"""


def metas() -> Iterator[Path]:
    """mutmut's results, one file a module."""
    yield from sorted(MUTANTS.glob("src/vendorgate/*/*.py.meta"))


def results(meta: Path) -> dict[str, int | None]:
    """The exit code of the tests for each mutant of a module; None where it was not tried."""
    found: dict[str, int | None] = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def run(mutant: str, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "MUTANT_UNDER_TEST": mutant, "PYTHONPATH": str(MUTANTS / "src")}
    return subprocess.run(command, cwd=MUTANTS, env=environment, capture_output=True, text=True, check=False)


def called_while_importing() -> frozenset[str]:
    """The functions that run when every module is imported, as mutmut names them."""
    ended = run("stats", sys.executable, "-c", CALLED_WHILE_IMPORTING)
    ended.check_returncode()
    return frozenset(ended.stdout.split())


def tests(mutant: str) -> int:
    """The exit code of the tests with a mutant, in a process and with temporary folders of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return run(mutant, *PYTEST, f"--basetemp={folder}/tests").returncode


def try_again(mutant: str) -> tuple[str, bool]:
    """A mutant, and whether a process of its own kills it."""
    code = tests(mutant)
    if code not in (SURVIVED, KILLED):
        sys.stderr.write(f"{mutant}: pytest ended with {code}, which tells nothing; it counts as a survivor\n")
    return mutant, code == KILLED


def write(meta: Path, killed: frozenset[str]) -> None:
    written = json.loads(meta.read_text(encoding="utf-8"))
    written["exit_code_by_key"].update({name: KILLED for name in written["exit_code_by_key"] if name in killed})
    meta.write_text(json.dumps(written, indent=4), encoding="utf-8")


def row(name: str, counts: Counter[str]) -> str:
    total = sum(counts.values())
    share = 100 * (counts["killed"] + counts["timed out"]) / total
    return " | ".join((f"| {name}", *(str(counts[column]) for column in COLUMNS), str(total), f"{share:.1f} % |"))


def table() -> Iterator[str]:
    """Figures by module, by room and of all, as Markdown. What never ends again is killed."""
    yield f"| module | {' | '.join(COLUMNS)} | total | killed or timed out |"
    yield "|---|" + "---:|" * (len(COLUMNS) + 2)
    rooms: dict[str, Counter[str]] = {}
    for meta in metas():
        counts = Counter(TOLD.get(code, "survived") for code in results(meta).values())
        rooms.setdefault(meta.parent.name, Counter()).update(counts)
        if counts:
            yield row(f"`{meta.parent.name}/{meta.name.removesuffix('.meta')}`", counts)
    for room in (name for name, counts in rooms.items() if counts):
        yield row(f"**{room}/**", rooms[room])
    yield row("**all**", sum(rooms.values(), Counter()))


def main() -> None:
    if tests("none") != SURVIVED:
        raise SystemExit("without a mutant the tests fail too, so that nothing could be told from a failure")
    early = called_while_importing()
    again = [
        mutant
        for meta in metas()
        for mutant, code in results(meta).items()
        if code == SURVIVED and mutant.rpartition("__mutmut_")[0] in early
    ]
    sys.stderr.write(f"{len(again)} survivors, of functions that run while modules are imported, are tried again\n")
    with ThreadPoolExecutor(TRIED_AT_ONCE) as pool:
        killed = frozenset(mutant for mutant, dead in pool.map(try_again, again) if dead)
    sys.stderr.write(f"{len(killed)} of them are killed\n")
    for meta in metas():
        write(meta, killed)
    sys.stdout.write("\n".join(table()) + "\n")


if __name__ == "__main__":
    main()
