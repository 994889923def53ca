"""`agreements list`, `check` and `report` of 10,000 agreements, against a check with the same register and usages.

The agreements are of nine kinds, with an end each, for 100 projects of one usage; `check` finds some 6,700 overlaps and
9,000 agreements that nothing uses, `report` tries each agreement by itself. A register of that size does not fit into
one file, so it is handed over as a value, with its text for the places. A check here is `resolve` and `evaluate`; what
is loaded before is the same for all. In one process, interleaved, by processor time.
"""

from __future__ import annotations

import datetime
import itertools
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import yaml
from yaml import CSafeLoader

from cold_check import HERE
from timing import Limit, interleaved, judged, processor, ratio, show
from vendorgate import Gate
from vendorgate.commands.agreements import report_document as json_report
from vendorgate.commands.agreements import text as text_report
from vendorgate.commands.agreements.findings import check as check_register
from vendorgate.commands.agreements.listing import ListFilter, listing
from vendorgate.commands.agreements.terminations import each
from vendorgate.evaluate import Program, evaluate
from vendorgate.load.files import Folder
from vendorgate.model.agreement import Agreement, Register
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.vocabulary import AGREEMENT_KINDS
from vendorgate.resolve import resolve
from vendorgate.source import Source

ROUNDS = 7
DAY = datetime.date(2026, 11, 24)
REGISTRY = HERE.parent / "registry-snapshot"
AGREEMENTS, USAGES = 10_000, 100
OFFERINGS = ("openai-api", "azure-openai", "anthropic-api", "*-bedrock", "gemini-*", "cohere-api", "*")
MOST = {"list": 1.0, "check": 2.0, "report": 1.0, "report of one usage": 2.0}
"""Of a check of the same usages."""
MOST_SECONDS = 2.0
"""For the check of the register beside one usage: all of it is looked at, however few usages there are."""
MOST_GROWTH = 3.0
"""Of the time, where a register has twice as many agreements."""


def register(agreements: int) -> Register:
    """A register of which every hundredth agreement is for all projects, every tenth has ended."""
    written: list[dict[str, Any]] = []
    for number, offering in zip(range(agreements), itertools.cycle(OFFERINGS), strict=False):
        expires = DAY + datetime.timedelta(days=number % 700 if number % 10 else -1)
        one = {
            "kind": AGREEMENT_KINDS[number // len(OFFERINGS) % len(AGREEMENT_KINDS)],
            "offerings": [offering],
            "status": "executed",
            "signed": DAY - datetime.timedelta(days=number % 300 + 1),
            "expires": expires,
            "projects": ["*" if number % 100 == 0 else f"project-{number % USAGES}"],
            "reference": f"LEGAL-{number}",
        }
        written.append(one)
    text = yaml.dump({"version": 1, "agreements": written}, Dumper=yaml.CSafeDumper, sort_keys=False)
    source = Source("agreements.yaml", text, lambda text: yaml.compose(text, CSafeLoader))
    return Register(tuple(msgspec.convert(one, Agreement) for one in written), source)


FOLDER = Folder(str(HERE / "bundle"), "bundle")


def evaluation(usages: int) -> Evaluation:
    """Projects of one usage each, by the benchmark's bundle, without a register."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, offering in zip(range(usages), itertools.cycle(OFFERINGS[:3]), strict=False):
            usage = {"id": "usage", "offering": offering, "data": ["phi", "pii"], "models": ["gpt-5.2"]}
            path = Path(folder, f"{number}.yaml")
            path.write_text(yaml.safe_dump({"version": 1, "project": f"project-{number}", "usages": [usage]}), "utf-8")
            paths.append(path)
        return Gate(HERE / "bundle", REGISTRY).check(paths, as_of=DAY)


def checked(found: Evaluation, with_register: Register) -> Evaluation:
    """The same usages judged with a register."""
    bundle = msgspec.structs.replace(found.bundle, register=with_register)
    subjects = tuple(
        one for each in found.manifests for one in resolve(each, found.snapshot, with_register, bundle.projects)
    )
    return evaluate(found.manifests, subjects, found.snapshot, Program(bundle), DAY)


def main() -> int:
    """Measure; 1 where a limit is exceeded."""
    large, twice = register(AGREEMENTS), register(2 * AGREEMENTS)
    bare, one = evaluation(USAGES), evaluation(1)
    many, single, double = checked(bare, large), checked(one, large), checked(bare, twice)
    seconds = interleaved(
        {
            "a check": lambda: checked(bare, large),
            "list": lambda: listing(many, ListFilter()),
            "check": lambda: check_register(many, 30, "error", folder=FOLDER),
            "report": lambda: each(many),
            "a check of one usage": lambda: checked(one, large),
            "check of one usage": lambda: check_register(single, 30, "error", folder=FOLDER),
            "report of one usage": lambda: each(single),
            "check, twice as many agreements": lambda: check_register(double, 30, "error", folder=FOLDER),
            "report, twice as many agreements": lambda: each(double),
            "check, as text": lambda: text_report.check(check_register(many, 30, "error", folder=FOLDER)),
            "report, as JSON": lambda: json_report.report(each(many)),
        },
        ROUNDS,
        clock=processor,
    )
    show(f"{AGREEMENTS:,} agreements, {USAGES} usages", seconds, "a check")
    base = {name: "a check of one usage" if name.endswith("one usage") else "a check" for name in MOST}
    return judged(
        [
            *(Limit(f"{name} to {base[name]}", ratio(seconds, name, base[name]), most) for name, most in MOST.items()),
            Limit("check of one usage", statistics.median(seconds["check of one usage"]), MOST_SECONDS, "s"),
            *(
                Limit(
                    f"{name} of twice as many", ratio(seconds, f"{name}, twice as many agreements", name), MOST_GROWTH
                )
                for name in ("check", "report")
            ),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
