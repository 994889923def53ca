"""`python benchmarks [NAME…]`: runs all benchmarks, or those named, one after the other, each in a process of its own.

At the end stands one table of all limits. It goes on where one fails; exit code 1 where a limit is not met, 2 where a
benchmark could not run.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Sequence
from pathlib import Path

from figure_tables import as_list, as_text, put_into
from figures import begun, gone_on_with, read, written
from listing import Benchmark, listed
from machine import this_machine
from running import measured

HERE = Path(__file__).parent
FIGURES, PAGE = HERE / "figures.json", HERE / "README.md"


def main(words: Sequence[str]) -> int:
    """Do what was asked for."""
    parser = _parser()
    asked = parser.parse_args(words)
    benchmarks = _named(asked.names, parser)
    if asked.readme:
        PAGE.write_text(put_into(PAGE.read_text("utf-8"), read(FIGURES)), "utf-8")
        return 0
    if asked.list:
        print(as_list(benchmarks, with_methods=bool(asked.names)))
        return 0
    if asked.update and not asked.json:
        parser.error("--update keeps what a file has: name it with --json PATH")
    try:
        return _run(benchmarks, asked.quick, asked.json, asked.update)
    except ValueError as wrong:
        parser.error(f"{wrong}; name another file with --json, or leave out --update")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python benchmarks", description="run all benchmarks, or those named")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a benchmark; without one, all of them")
    parser.add_argument("--quick", action="store_true", help="few rounds, for a look")
    parser.add_argument("--json", type=Path, metavar="PATH", help="write the figures as data, too")
    parser.add_argument("--update", action="store_true", help="keep what PATH has of benchmarks that are not run now")
    parser.add_argument("--list", action="store_true", help="only say which there are; of those named, their method")
    parser.add_argument("--readme", action="store_true", help="only put figures.json into README.md")
    return parser


def _named(names: Sequence[str], parser: argparse.ArgumentParser) -> tuple[Benchmark, ...]:
    """Those that were asked for, in their order; another name ends the program with 2."""
    known = {one.name: one for one in listed(HERE)}
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            parser.error(f"no benchmark `{name}`; " + (f"did you mean {near[0]}?" if near else "see --list"))
    return tuple(known[name] for name in names or known)


def _run(benchmarks: Sequence[Benchmark], quick: bool, path: Path | None, update: bool) -> int:
    """Measure, and write down after each what there is until then."""
    machine = this_machine()
    kept = gone_on_with(path, machine) if path and update else begun(machine)
    now = begun(machine)
    for number, one in enumerate(benchmarks, 1):
        print(f"::: {one.name} ({number} of {len(benchmarks)})", flush=True)
        now = now.with_others([measured(one, quick)])
        if path:
            path.write_bytes(written(kept.with_others(now.benchmarks)))
    print(f"\n{as_text(now)}")
    return now.exit_code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
