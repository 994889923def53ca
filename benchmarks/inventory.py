"""Registers of 10,000 usages in 20 manifests against one check of the same manifests: each view and format, and memory.

A quarter of the usages have a fallback, a quarter say some attributes of registers, and some have an agreement. In
processes of their own, so that all of it counts (reading, judging, filling, writing), by processor seconds, the shorter
of two runs: other programs of the machine change the clock's. The check that is held against prints JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from timing import Limit, judged
from vendorgate.model.register_words import REGISTER_ATTRIBUTES

USAGES, MANIFESTS = 10_000, 20
MOST_SECONDS, MOST_RATIO, MOST_MEMORY = 10.0, 3.0, 1_000.0
ROOT = Path(__file__).parent.parent
VIEWS = ("systems", "ropa", "subprocessors", "dora", "vendors", "dpia")
FORMATS = ("text", "json", "csv", "markdown", "xlsx", "html")
AS_OF = "2026-11-24"
_VALUES = {"text": "as said", "flag": True, "day": "2026-03-01", "number": 30}
OFFERINGS = ("openai-api", "anthropic-api", "azure-openai", "claude-bedrock", "gemini-vertex")


def write(folder: Path, usages: int) -> None:
    """Manifests of so many usages, and a bundle with a register."""
    attributes = {name: _VALUES[one.type] for name, one in REGISTER_ATTRIBUTES.items()}
    each = usages // MANIFESTS
    for number in range(MANIFESTS):
        listed = []
        for place in range(each):
            usage: dict[str, object] = {
                "id": f"usage-{place}",
                "purpose": f"Purpose {place}",
                "offering": OFFERINGS[place % len(OFFERINGS)],
                "data": ["pii"] if place % 2 else ["phi"],
                "region": "us",
            }
            if place % 4 == 0:
                usage["fallbacks"] = [OFFERINGS[(place + 1) % len(OFFERINGS)]]
            if place % 4 == 1:
                few = [*attributes.items()][place % 3 :: 3][:20]  # a manifest may have 20,000 nodes
                usage["attributes"] = dict(few)
            listed.append(usage)
        path = folder / f"m{number}" / "vendorgate.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({"version": 1, "project": f"p{number}", "usages": listed}, indent=1), "utf-8")
    dpa = {"kind": "dpa", "offerings": ["openai-api"], "status": "executed", "signed": "2026-01-15", "reference": "L-1"}
    (folder / "policies").mkdir()
    (folder / "policies" / "agreements.yaml").write_text(json.dumps({"version": 1, "agreements": [dpa]}), "utf-8")
    rules = [
        {"id": "p", "title": "t", "when": {"in": ["phi", {"var": "usage.data"}]}, "require": [{"covered": "hipaa_baa"}]}
    ]
    (folder / "policies" / "rules.yaml").write_text(json.dumps({"version": 1, "policies": rules}), "utf-8")


def run(folder: Path, *words: str) -> tuple[float, float]:
    """Processor seconds and peak mebibytes of one command, without a collector of garbage, as the program runs."""
    inputs = ("--policies", "policies", "--registry", str(ROOT / "registry-snapshot"), "--as-of", AS_OF)
    code = (
        "import gc, resource, sys, time; gc.disable(); from vendorgate.cli.run import run; code = run(sys.argv[1:]); "
        "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; "
        "sys.stderr.write(f'took {time.process_time()} {peak}'); sys.exit(code > 2)"
    )
    ended = subprocess.run([sys.executable, "-c", code, *words, *inputs], cwd=folder, capture_output=True, check=True)
    seconds, peak = ended.stderr.decode().rpartition("took ")[2].split()
    return float(seconds), int(peak) / (1024 if sys.platform == "linux" else 1024**2)


def best(folder: Path, *words: str) -> tuple[float, float]:
    """The shorter of two runs: other programs make a run longer, and never shorter."""
    return min(run(folder, *words), run(folder, *words))


def main() -> int:
    """Measure; 1 where a limit is exceeded."""
    limits = []
    with tempfile.TemporaryDirectory() as temporary:
        folder, half = Path(temporary) / "all", Path(temporary) / "half"
        write(folder, USAGES)
        write(half, USAGES // 2)
        check, memory = best(folder, "check", ".", "--format", "json")
        print(f"check, json: {check:.2f} s, {memory:.0f} MB")
        for view in VIEWS:
            took, memory = best(folder, "inventory", ".", "--view", view, "--format", "json")
            print(f"{view}, json: {took:.2f} s, {memory:.0f} MB, {took / check:.2f} x")
            limits += _limits(f"{view}, json", took, memory, check)
        for format in FORMATS:
            took, memory = best(folder, "inventory", ".", "--view", "systems", "--format", format)
            print(f"systems, {format}: {took:.2f} s, {memory:.0f} MB, {took / check:.2f} x")
            limits += _limits(f"systems, {format}", took, memory, check)
        small, _ = best(half, "inventory", ".", "--view", "systems", "--format", "csv")
        large, _ = best(folder, "inventory", ".", "--view", "systems", "--format", "csv")
        limits.append(Limit("twice the usages", large / small, 2.5))
    return judged(limits)


def _limits(what: str, took: float, memory: float, check: float) -> list[Limit]:
    return [
        Limit(f"{what}, seconds", took, MOST_SECONDS, "s"),
        Limit(f"{what} to one check", took / check, MOST_RATIO),
        Limit(f"{what}, peak memory", memory, MOST_MEMORY, "MB"),
    ]


if __name__ == "__main__":
    sys.exit(main())
