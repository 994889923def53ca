"""What `impact` and `verify` cost over the checks that they are made of, on five and on ten thousand results.

The inputs are those of `formats`. Each reads everything from the disk, as a command does; `check` renders the JSON
report. For `impact` every commitment that sales gate becomes unclear in the registry; in the worst case every warning
becomes an error and a waiver goes elsewhere, too, so that 4 mixtures of both sides are judged on each side. In one
process, interleaved, by processor time.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from ten_thousand import AS_OF, ROOT, WAIVERS, evaluation
from timing import Limit, interleaved, judged, processor, ratio, show
from vendorgate import Gate
from vendorgate.archive.report_file import given_report
from vendorgate.commands.impact.analysis import analyse
from vendorgate.commands.impact.document import render as render_impact
from vendorgate.commands.impact.preparing import ImpactQuestion, SideFolders
from vendorgate.commands.verify.verifying import VerifyQuestion as Kept
from vendorgate.commands.verify.verifying import verified
from vendorgate.load.files import folder, shipped
from vendorgate.load.finding import alone
from vendorgate.load.packs import PackChoice
from vendorgate.report.json import render

ROUNDS = 7
SIZES = {"half": 2, "whole": 1}
MOST_OF_IMPACT, MOST_OF_REGISTRY, MOST_OF_VERIFY, MOST_OF_TWICE = 8.0, 5.0, 4.0, 2.6


def write_other(there: Path) -> None:
    """A later registry, in which three documented dimensions fall, and policies that ask for more and for less."""
    shutil.copytree(ROOT / "registry-snapshot", there / "registry-next")
    for path in (there / "registry-next" / "offerings").glob("*.yaml"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("value: yes_sales_gated", "value: unclear"), "utf-8")
    shutil.copytree(there / "policies", there / "policies-next")
    (there / "policies-next" / "waivers.yaml").write_text(WAIVERS.replace("*-2", "*-3"), "utf-8")
    for path in (there / "policies-next").rglob("*.yaml"):
        text = path.read_text("utf-8")
        if not path.name.endswith(".test.yaml"):
            path.write_text(re.sub(r"severity: warning", "severity: error", text), "utf-8")


def main() -> int:
    """Measure; 1 where a limit is exceeded."""
    with tempfile.TemporaryDirectory() as temporary:
        there = Path(temporary)
        found = evaluation(there)
        write_other(there)
        os.chdir(there)
        manifests = [os.path.relpath(one.source.path, there) for one in found.manifests]
        alternatives: dict[str, Callable[[], object]] = {}
        for name, part in SIZES.items():
            alternatives.update(_alternatives(name, manifests[: len(manifests) // part], there))
        seconds = interleaved(alternatives, ROUNDS, clock=processor)
    show(f"{len(found.results):,} results, and half of them", seconds, "check, whole")
    return judged(
        [
            Limit(
                "impact of registry and policies to a check",
                ratio(seconds, "impact, whole", "check, whole"),
                MOST_OF_IMPACT,
            ),
            Limit(
                "impact of a registry to a check", ratio(seconds, "registry, whole", "check, whole"), MOST_OF_REGISTRY
            ),
            Limit("verify to a check", ratio(seconds, "verify, whole", "check, whole"), MOST_OF_VERIFY),
            *(
                Limit(f"{name}, twice the results", ratio(seconds, f"{name}, whole", f"{name}, half"), MOST_OF_TWICE)
                for name in ("impact", "registry", "verify")
            ),
        ]
    )


def _alternatives(name: str, manifests: list[str], there: Path) -> dict[str, Callable[[], object]]:
    def check() -> str:
        return render(Gate("policies", ROOT / "registry-snapshot").check(manifests, as_of=AS_OF))

    def impact(policies: str) -> str:
        before = SideFolders(folder("policies"), folder(ROOT / "registry-snapshot"))
        after = SideFolders(folder(policies), folder("registry-next"))
        return render_impact(analyse(ImpactQuestion(tuple(map(alone, manifests)), before, after, AS_OF)))

    report = there / f"{name}.json"
    report.write_text(check(), "utf-8")
    policies = folder("policies")
    inputs = (policies, folder(ROOT / "registry-snapshot"), PackChoice((), shipped("policies")))

    def verify() -> str:
        return verified(Kept(given_report(str(report)), (), *inputs)).outcome

    assert verify() == "holds"
    return {
        f"check, {name}": check,
        f"impact, {name}": lambda: impact("policies-next"),
        f"registry, {name}": lambda: impact("policies"),
        f"verify, {name}": verify,
    }


if __name__ == "__main__":
    sys.exit(main())
