"""A plan over a year for 100 usages against one check of them; how both grow with usages, agreements and days.

The usages are the nine of the cold check, again and again. The bundle is the one of twelve policies, three of whose
rules count days, with thirty waivers that end on thirty days of the year; a plan begins with a check. The register of
10,000 agreements, all of one usage and each with days of its own, is put in place of the one that was read: a file may
not be as large as that. Interleaved, by processor time; warm in one process, cold in processes of their own.
"""

from __future__ import annotations

import datetime
import shutil
import sys
import tempfile
import time
from pathlib import Path

import msgspec
import yaml

from cold_check import HERE, MANIFEST, process
from timing import Limit, Seconds, interleaved, judged, processor, ratio, show
from vendorgate.commands.plan.turns import plan_of
from vendorgate.gate import Gate
from vendorgate.model.agreement import Agreement, Register
from vendorgate.model.evaluation import Evaluation

BEGINS = datetime.date(2026, 11, 24)
YEAR, CENTURY = datetime.timedelta(days=365), datetime.timedelta(days=36_525)
ROUNDS, COLD_ROUNDS = 15, 10
USAGES, AGREEMENTS = 100, 10_000
MOST, MOST_GROWTH = 20.0, 1.25
REGISTRY = HERE.parent / "registry-snapshot"
CHECK, PLAN, HALF, DOUBLE = "check, 100 usages", "plan, 365 days", "plan, 50 usages", "plan, 200 usages"
FAR = "plan, a century"


def write(folder: Path, usages: int) -> Path:
    """A bundle with waivers, and a manifest of so many usages; the nine of the other benchmarks, again and again."""
    shutil.copytree(HERE / "bundle", folder / "policies", dirs_exist_ok=True)
    waivers = [
        {
            "policy": "*",
            "usage": f"*-{number:03}",
            "reason": "pilot",
            "approved_by": "ciso@example.org",
            "expires": BEGINS + datetime.timedelta(days=10 * number + 5),
        }
        for number in range(30)
    ]
    (folder / "policies" / "waivers.yaml").write_text(yaml.safe_dump({"version": 1, "waivers": waivers}), "utf-8")
    nine = yaml.safe_load(MANIFEST.read_text("utf-8"))["usages"]
    many = [{**nine[number % len(nine)], "id": f"usage-{number:03}"} for number in range(usages)]
    manifest = folder / f"{usages}.yaml"
    manifest.write_text(yaml.safe_dump({"version": 1, "project": "clinical-notes", "usages": many}), "utf-8")
    return manifest


def warm(folder: Path) -> Seconds:
    """In one process that has loaded the gate; a plan begins with a check."""
    files = {usages: write(folder, usages) for usages in (USAGES // 2, USAGES, USAGES * 2)}
    gate = Gate(folder / "policies", REGISTRY)

    def check(usages: int = USAGES) -> Evaluation:
        return gate.check(files[usages], as_of=BEGINS)

    plan = plan_of(check(), BEGINS + YEAR)
    print(plan.summary)
    seconds = interleaved(
        {
            CHECK: check,
            PLAN: lambda: plan_of(check(), BEGINS + YEAR),
            HALF: lambda: plan_of(check(USAGES // 2), BEGINS + YEAR),
            DOUBLE: lambda: plan_of(check(USAGES * 2), BEGINS + YEAR),
            FAR: lambda: plan_of(check(), BEGINS + CENTURY),
        },
        ROUNDS,
        clock=processor,
    )
    show("warm, the gate loaded", seconds, CHECK)
    return seconds


def cold(folder: Path) -> Seconds:
    """In processes of their own."""
    inputs = ["--policies", str(folder / "policies"), "--registry", str(REGISTRY), "--as-of", BEGINS.isoformat()]
    command = [sys.executable, "-m", "vendorgate"]
    manifest = str(folder / f"{USAGES}.yaml")
    seconds = interleaved(
        {
            CHECK: process([*command, "check", manifest, *inputs], 0, 1),
            PLAN: process([*command, "plan", manifest, *inputs, "--within", "365d"], 0),
        },
        COLD_ROUNDS,
        clock=processor,
    )
    show("cold, text printed", seconds, CHECK)
    return seconds


def with_agreements(evaluation: Evaluation, count: int) -> Evaluation:
    """The evaluation of one usage whose agreements are so many, each in force, and ending, on days of its own."""
    agreements = tuple(
        Agreement(
            kind=("baa", "dpa", "zdr")[number % 3],
            offerings=("openai-api",),
            status="executed",
            signed=BEGINS + datetime.timedelta(days=number % 300 - 100),
            expires=BEGINS + datetime.timedelta(days=number % 300 + number % 7),
        )
        for number in range(count)
    )
    register = evaluation.bundle.register
    assert register is not None
    bundle = msgspec.structs.replace(evaluation.bundle, register=Register(agreements, register.source))
    (subject,) = evaluation.subjects
    return msgspec.structs.replace(
        evaluation, bundle=bundle, subjects=(msgspec.structs.replace(subject, agreements=agreements),)
    )


def many_agreements(folder: Path) -> tuple[Seconds, float]:
    """One usage under ever more agreements; and the processor's seconds for the most of them."""
    one = Gate(folder / "policies", REGISTRY).check(HERE / "passing.yaml", as_of=BEGINS)
    names = {count: f"plan, 365 days, {count:,} agreements" for count in (AGREEMENTS // 2, AGREEMENTS)}
    worlds = {count: with_agreements(one, count) for count in names}
    seconds = interleaved(
        {name: lambda count=count: plan_of(worlds[count], BEGINS + YEAR) for count, name in names.items()},  # type: ignore[misc]
        5,
        clock=processor,
    )
    show("one usage", seconds, names[AGREEMENTS // 2])
    begun = time.process_time()
    plan_of(worlds[AGREEMENTS], BEGINS + YEAR)
    return {f"{count}": seconds[name] for count, name in names.items()}, time.process_time() - begun


def main() -> int:
    """Measure; 1 where a limit is exceeded."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        warm_seconds, cold_seconds = warm(folder), cold(folder)
        agreements, processor = many_agreements(folder)
    return judged(
        [
            Limit("plan over 365 days to one check, warm", ratio(warm_seconds, PLAN, CHECK), MOST),
            Limit("plan over 365 days to one check, cold", ratio(cold_seconds, PLAN, CHECK), MOST),
            Limit("plan over a century to one check, warm", ratio(warm_seconds, FAR, CHECK), MOST),
            Limit("twice the usages, 50 to 100", ratio(warm_seconds, PLAN, HALF), 2 * MOST_GROWTH),
            Limit("twice the usages, 100 to 200", ratio(warm_seconds, DOUBLE, PLAN), 2 * MOST_GROWTH),
            Limit("twice the agreements", ratio(agreements, f"{AGREEMENTS}", f"{AGREEMENTS // 2}"), 2 * MOST_GROWTH),
            Limit("10,000 agreements, seconds of the processor", processor, 3.0, "s"),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
