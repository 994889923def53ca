"""1,000 tests of 100 policies in a process of its own, against a plain Python loop over the same cases.

Both processes read the same policy files and the same offering from disk. The loop has the policies as functions
(`by_hand.py`); what those come to is what the tests expect, so that a run that passes is also a comparison of the two.
Interleaved, by processor time of the whole processes.
"""

from __future__ import annotations

import datetime
import itertools
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml
from yaml import CSafeLoader

from by_hand import POLICIES as FUNCTIONS
from by_hand import Facts
from cold_check import HERE, process
from timing import Limit, interleaved, judged, processor, ratio, show
from vendorgate.model.agreement import Agreement
from vendorgate.model.manifest import Usage
from vendorgate.model.registry import Offering, OfferingFile
from vendorgate.source import Source

ROUNDS = 15
POLICIES, TESTS = 100, 10
MOST_SECONDS, MOST_RATIO = 2.0, 3.0
DAY = datetime.date(2026, 11, 24)
REGISTRY = HERE.parent / "registry-snapshot"
OURS, LOOP = "vendorgate policy test", "a loop over Python functions"

JUDGES = {function.__name__.replace("_", "-"): function for function in FUNCTIONS}
"""By the id of the policy."""

CHOICES: dict[str, list[Any]] = {
    "data": [["phi", "pii"], ["source_code"], ["public"], ["phi"]],
    "endpoints": [["responses", "embeddings"], ["assistants"], None],
    "models": [["gpt-5.2"], None, ["gpt-5.4-nano"]],
    "region": ["us", None, "eu"],
    "settings": [{"zero_data_retention": True, "data_sharing": False}, {}, {"data_sharing": True}],
    "features": [[], ["web_search"], ["streaming"]],
}
AGREEMENTS: list[list[str]] = [["baa", "dpa", "zdr"], [], ["dpa"], ["baa", "zdr"]]


def usages() -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Usages and agreements, each choice turning at a pace of its own; None leaves a field out."""
    for number in itertools.count():
        chosen = {
            key: values[(number * 7 // step) % len(values)] for step, (key, values) in enumerate(CHOICES.items(), 1)
        }
        usage = {key: value for key, value in chosen.items() if value is not None}
        yield {"offering": "openai-api", **usage}, AGREEMENTS[number % len(AGREEMENTS)]


def facts_of(written: dict[str, Any], kinds: list[str], offering: Offering) -> Facts:
    """What the functions decide on."""
    usage = msgspec.convert({"id": "usage", **written}, Usage)
    agreements = tuple(Agreement(kind, ("*",), "executed", DAY) for kind in kinds)
    return Facts(usage, offering, agreements, DAY)


def read_offering() -> Offering:
    """The one offering of all cases, as the functions need it."""
    text = (REGISTRY / "offerings" / "openai-api.yaml").read_text("utf-8")
    written = msgspec.convert(yaml.load(text, CSafeLoader), OfferingFile)
    return Offering(written.id, written, {}, Source("openai-api.yaml", text, yaml.compose), frozenset())


def write_bundle(folder: Path) -> None:
    """The benchmark's policies again and again under other ids, ten tests for each."""
    originals = yaml.safe_load((HERE / "bundle" / "policies.yaml").read_text("utf-8"))["policies"]
    settings = yaml.safe_load((HERE / "bundle" / "bundle.yaml").read_text("utf-8"))
    (folder / "bundle.yaml").write_text(yaml.safe_dump(settings), "utf-8")
    offering, cases = read_offering(), usages()
    for number in range(POLICIES):
        policy = dict(originals[number % len(originals)])
        tests = []
        for index in range(TESTS):
            usage, kinds = next(cases)
            outcome = JUDGES[policy["id"]](facts_of(usage, kinds, offering)).outcome
            tests.append({"name": f"case {index}", "usage": usage, "agreements": kinds, "expect": outcome})
        policy.update(id=f"{policy['id']}-{number}", tests=tests)
        text = yaml.safe_dump({"version": 1, "policies": [policy]}, sort_keys=False)
        (folder / f"{policy['id']}.yaml").write_text(text, "utf-8")


def loop(folder: Path) -> int:
    """Read the files and run every case through its function; 1 where one is not as expected."""
    offering = read_offering()
    failed = 0
    for path in sorted(folder.glob("*.yaml")):
        for policy in yaml.load(path.read_text("utf-8"), CSafeLoader).get("policies", ()):
            judge = JUDGES[policy["id"].rpartition("-")[0]]
            for case in policy["tests"]:
                facts = facts_of(case["usage"], case["agreements"], offering)
                failed += judge(facts).outcome != case["expect"]
    return 1 if failed else 0


def main() -> int:
    """Measure; 1 where a limit is exceeded."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_bundle(folder)
        ours = ["-m", "vendorgate", "policy", "test", temporary, "--registry", str(REGISTRY), "--as-of", str(DAY)]
        seconds = interleaved(
            {
                OURS: process([sys.executable, *ours], 0),
                f"{OURS} --coverage": process([sys.executable, *ours, "--coverage"], 0),
                LOOP: process([sys.executable, __file__, temporary], 0),
            },
            ROUNDS,
            clock=processor,
        )
    show(f"{POLICIES * TESTS:,} tests of {POLICIES} policies, cold", seconds, LOOP)
    return judged(
        [
            Limit(f"{POLICIES * TESTS:,} tests", statistics.median(seconds[OURS]), MOST_SECONDS, "s"),
            Limit(f"{OURS} to {LOOP}", ratio(seconds, OURS, LOOP), MOST_RATIO),
        ]
    )


if __name__ == "__main__":
    sys.exit(loop(Path(sys.argv[1])) if len(sys.argv) > 1 else main())
