"""vendorgate beside tools that teams run on the same kind of files: yamllint, check-jsonschema, zizmor.

None of them answers what vendorgate answers; each does a part of it, or as much about something else, and what it takes
is what teams are used to wait for. By processor time of whole processes, interleaved, vendorgate as users install it:

- One manifest of nine usages, and 1,000 manifests of one usage each: `vendorgate check` reads, judges by the policies
  that ship, and prints reasons. yamllint looks at the layout of the same files alone, and knows no schema; it is
  written in Python, with Python's own YAML scanner. check-jsonschema holds them to the manifest's published schema
  (`vendorgate schema manifest`), which is what vendorgate does first; it is Python, too, and its YAML reader has
  a part in C. To be at most as long as these, doing more, is the limit.
- The nine workflows of `examples/workflows`, from a cold start: `vendorgate detect` looks for vendors, `zizmor` for
  insecure workflows. They ask different things, and zizmor is compiled, offline and without a start to speak of: it is
  no goal, but says what of a wait is Python. The limit is a multiple that nobody notices in a job of CI.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from evidence_pack import MANIFESTS, write
from installed import ROOT, Command, Spent, installed, interleaved, temporary, wheel
from timing import Limit, judged

DAY = "2026-11-24"
ROUNDS, ROUNDS_OF_MANY = 40, 5
MOST, MOST_OF_COMPILED = 1.0, 10.0
NOTHING = "python -I -c pass"
CHECK, LINT, SCHEMA = "vendorgate check", "yamllint", "check-jsonschema"
DETECT, AUDIT = "vendorgate detect", "zizmor"


def beside_readers(programs: Path, folder: Path, manifests: Sequence[str], schema: Path, rounds: int) -> list[Limit]:
    """A check of manifests beside those who read them without judging."""
    here, others = str(folder), Path(sys.executable).parent
    titled = f"{len(manifests):,} manifests" if len(manifests) > 1 else "one manifest"
    spent = interleaved(
        {
            CHECK: Command((str(programs / "vendorgate"), "check", ".", "--as-of", DAY), (0, 1), here),
            LINT: Command((str(others / "yamllint"), "."), (0,), here),
            SCHEMA: Command((str(others / "check-jsonschema"), "--schemafile", str(schema), *manifests), (0,), here),
            NOTHING: Command((str(programs / "python"), "-I", "-c", "pass")),
        },
        rounds,
    )
    show(titled, spent, CHECK)
    return [Limit(f"{titled}, {CHECK} to {other}", ratio(spent, CHECK, other), MOST) for other in (LINT, SCHEMA)]


def beside_a_compiled_tool(programs: Path, folder: Path) -> list[Limit]:
    """Detection in workflows beside an audit of them."""
    shutil.copytree(ROOT / "examples" / "workflows", folder / ".github" / "workflows")
    here, audit = str(folder), str(Path(sys.executable).parent / "zizmor")
    spent = interleaved(
        {
            DETECT: Command((str(programs / "vendorgate"), "detect"), (0,), here),
            AUDIT: Command((audit, "--offline", "--no-progress", "--no-exit-codes", "."), (0,), here),
            NOTHING: Command((str(programs / "python"), "-I", "-c", "pass")),
        },
        ROUNDS,
    )
    show("nine workflows", spent, AUDIT)
    return [Limit(f"nine workflows, {DETECT} to {AUDIT}", ratio(spent, DETECT, AUDIT), MOST_OF_COMPILED)]


def ratio(spent: Mapping[str, list[Spent]], one: str, other: str) -> float:
    """How many times the processor time of one the other's is, by the round."""
    return statistics.median(a.processor / b.processor for a, b in zip(spent[one], spent[other], strict=True))


def show(title: str, spent: Mapping[str, list[Spent]], base: str) -> None:
    """A table of medians, and of ratios to one of them."""
    print(f"{title} ({len(spent[base])} rounds): processor ms, clock ms, processor to {base}")
    for name, found in spent.items():
        processor, wall = (statistics.median(getattr(one, field) for one in found) * 1e3 for field in Spent._fields)
        print(f"  {name:<20} {processor:>9.1f} {wall:>9.1f} {ratio(spent, name, base):>7.2f} x")


def main() -> int:
    """Measure; 1 where a limit is exceeded."""
    programs = installed(wheel())
    one, many, workflows = temporary(), temporary(), temporary()
    schema = temporary() / "manifest.schema.json"
    shutil.copy(ROOT / "benchmarks" / "nine-usages.yaml", one / "vendorgate.yaml")
    write(many)
    interleaved({CHECK: Command((str(programs / "vendorgate"), "schema", "manifest", "--into", str(schema)))}, 1)
    paths = [path.relative_to(many).as_posix() for path in sorted(many.rglob("vendorgate.yaml"))]
    assert len(paths) == MANIFESTS
    return judged(
        [
            *beside_readers(programs, one, ["vendorgate.yaml"], schema, ROUNDS),
            *beside_readers(programs, many, paths, schema, ROUNDS_OF_MANY),
            *beside_a_compiled_tool(programs, workflows),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
