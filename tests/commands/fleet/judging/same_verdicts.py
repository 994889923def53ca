"""The law of a fleet: whatever repeats and is judged once comes to what a check says of it, usage by usage.

In: what judges, manifests with their repositories. Each is judged by `Gate.judge` by itself and by the worker among all
others, and everything that both say is held against each other: outcomes, severities, waivers, reasons, notices.
Run by hand over as many worlds as you like: `python -m tests.commands.fleet.judging.same_verdicts --examples 1000`.
"""

from __future__ import annotations

import argparse
import copy
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from tests.evaluate.law_worlds import SNAPSHOT, agreed_world, observed_world, wide_world
from tests.evaluate.shipped_laws import usage as shipped_usage
from tests.registry.shipped import REGISTRY
from tests.world import AS_OF, judge
from vendorgate import Gate
from vendorgate.commands.fleet.judging.documents import documents
from vendorgate.commands.fleet.judging.waiving import joined, waiver_notices
from vendorgate.commands.fleet.judging.worker import judge_batch
from vendorgate.commands.fleet.model import Batch, JudgedBatch, JudgedCase, JudgedManifest, Judging, MetWaiver, Row
from vendorgate.errors import InputError, Problem
from vendorgate.load.files import folder
from vendorgate.load.manifest import GivenManifest, manifest_from
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.identity import RepositoryName
from vendorgate.model.result import Result
from vendorgate.report.json import reported_requirement

Part = dict[str, Any]
OF_A_BUNDLE = ("self-declared", "policy-off", "stale-unmatched", "stale-index")
OF_WAIVERS = ("unused-waiver", "expired-waiver", "void-waiver", "waiver-ends-soon")
OTHERWISE = (True, 1, 1.0, "1", "true", False, 0, 0.0, "", "x")
"""Values that a careless key takes for one another."""
RULES: tuple[Any, ...] = (
    {"known": "usage.attributes.dpia"},
    {"!": {"known": "usage.settings.unread"}},
    {"known": "usage.purpose"},
    {"!": {"missing": ["usage.settings.unread", "usage.purpose"]}},
    {"==": [{"missing_some": [1, ["usage.settings.mode", "usage.attributes.other"]]}, []]},
    {"!=": [{"var": "usage.id"}, "u-1"]},
    {"in": ["a", {"var": ["usage.purpose", "a"]}]},
    {"==": [{"var": "project.owner"}, "team@acme.example"]},
    {"known": "project.name"},
    {"!==": [{"var": "usage.settings.mode"}, 1]},
)
"""What tells usages apart in ways that the worlds' own rules do not."""
PROJECTS = ("p", "other", "p-2", "q")
REPOSITORIES = (None, "acme/clinic", "Acme/Clinic", "beta/web")
PLACES = (None, "vendorgate.yaml", "services/a/vendorgate.yaml")


def fleet(random: Random, usages: Sequence[Part], manifests: int = 6, most: int = 4) -> list[Row]:
    """Rows of many usages that repeat, but for what is changed in some of them."""
    rows = []
    for number in range(manifests):
        chosen = [_varied(random, copy.deepcopy(random.choice(usages))) for _ in range(random.randint(0, most))]
        for position, usage in enumerate(chosen):
            usage["id"] = random.choice([f"u-{position}", f"v-{number}-{position}"])
        manifest: Part = {"version": 1, "project": random.choice(PROJECTS), "usages": chosen}
        if random.random() < 0.5:
            manifest["owner"] = random.choice(["a", "team@acme.example", "p"])
        place, repository = random.choice(PLACES), random.choice(REPOSITORIES)
        written = json.dumps(manifest, ensure_ascii=False).encode()
        rows.append(Row(f"{number}/vendorgate.yaml", written, repository, place, f"{number:064x}"))
    return rows


def _varied(random: Random, usage: Part) -> Part:
    """A usage that says something else in a place, or the same."""
    if random.random() < 0.3:
        usage["purpose"] = random.choice(["Summaries", "Answers"])
    for part, name in (("settings", "mode"), ("settings", "unread"), ("attributes", "dpia"), ("attributes", "other")):
        if random.random() < 0.2:
            usage.setdefault(part, {})[name] = random.choice(OTHERWISE)
    for field, values in (("environment", ("staging", "production")), ("tier", ("enterprise", "free"))):
        if random.random() < 0.1:
            usage[field] = random.choice(values)
    if random.random() < 0.1:
        usage["data"] = random.choice([["phi"], ["internal", "phi"], ["phi", "internal"]])
    return usage


def hold(policies: Path, registry: Path, rows: Sequence[Row]) -> int:
    """Fails where a worker says of any row something else than a check; how many results were held."""
    gate = Gate(policies, registry)
    packed = documents(folder(policies), folder(registry))
    judging = Judging(packed, AS_OF.isoformat(), None, True, f"{len(rows)}")
    halves = [rows[: len(rows) // 2], rows[len(rows) // 2 :]]
    batches = [judge_batch(judging, Batch(number, tuple(half))) for number, half in enumerate(halves)]
    cases = {case.digest: case for batch in batches for case in batch.cases}
    manifests = [manifest for batch in batches for manifest in batch.manifests]
    _hold_of_repeats(judging, rows, batches)
    assert [one.path for one in manifests] == [one.path for one in rows]
    held = 0
    for row, found in zip(rows, manifests, strict=True):
        held += _hold_of_row(gate, row, found, cases)
    _hold_of_waivers(gate, rows, batches)
    _hold_of_lines(batches, cases)
    return held


def _hold_of_repeats(judging: Judging, rows: Sequence[Row], batches: Sequence[JudgedBatch]) -> None:
    """Rows that are all known come to what they came to before, and to no case that was not handed over."""
    again = judge_batch(judging, Batch(len(batches), tuple(rows)))
    assert again.cases == ()
    assert again.manifests == tuple(manifest for batch in batches for manifest in batch.manifests)
    assert again.rows == b"".join(batch.rows for batch in batches)
    met: dict[int, MetWaiver] = {}
    for one in (one for batch in batches for one in batch.waivers):
        met[one.index] = joined(met[one.index], one) if one.index in met else one
    assert again.waivers == tuple(met[place] for place in sorted(met))


def _evaluation(gate: Gate, row: Row) -> Evaluation | None:
    problems: list[Problem] = []
    read = manifest_from(row.written, row.path, problems)
    if read is not None:
        read = msgspec.structs.replace(read, path=row.place, sha256=row.sha256)
    name = RepositoryName(row.repository, "none" if row.repository is None else "gather")
    try:
        return gate.judge([GivenManifest(row.path, read, tuple(problems))], as_of=AS_OF, repository=name)
    except InputError:
        return None


def _hold_of_row(gate: Gate, row: Row, found: JudgedManifest, cases: dict[str, JudgedCase]) -> int:
    expected = _evaluation(gate, row)
    assert (expected is None) == bool(found.problems), (row, found.problems)
    if expected is None:
        return 0
    width = len(gate.bundle.policies)
    assert len(found.subjects) * width == len(expected.results), row
    for place, subject in enumerate(found.subjects):
        wanted = expected.subjects[place]
        name = wanted.name
        assert (subject.usage, subject.route, subject.offering) == (wanted.usage, wanted.route, wanted.offering.id)
        assert (subject.account, subject.vendor) == (name.account, name.vendor)
        case = cases[subject.case]
        results = expected.results[place * width : (place + 1) * width]
        assert [*_told(case)] == [*map(_wanted, results)], row.written
        _hold_of_reasons(case, results, row)
    _hold_of_notices(found, cases, expected, row)
    return len(expected.results)


def _told(case: JudgedCase) -> Iterator[tuple[object, ...]]:
    return (msgspec.structs.astuple(one) for one in case.results)


def _wanted(result: Result) -> tuple[object, ...]:
    waiver = result.waiver
    words = None if waiver is None else f"{waiver.written.approved_by}, until {waiver.written.expires}"
    return (result.policy.id, result.outcome, result.severity, result.blocks, words)


def _hold_of_reasons(case: JudgedCase, results: Iterable[Result], row: Row) -> None:
    told = json.loads(case.reasons)
    for result in results:
        if result.outcome not in ("fail", "unknown", "waived"):
            assert result.policy.id not in told
            continue
        asked = [reported_requirement(one) for one in result.requirements if one.outcome != "pass"]
        wanted = json.loads(msgspec.json.encode(asked))
        assert _without_names(told[result.policy.id]["requirements"]) == _without_names(wanted), row.written


def _without_names(told: object) -> str:
    """Without lines, which a fleet has not, and without values of which a rule asks no more than whether they stand."""
    plain = re.sub(r" \(line \d+\)| by default", "", json.dumps(told, sort_keys=True))
    plain = re.sub(r"(is known: holds) \(.*?\)\"", r'\1"', plain)
    return plain.replace("Summaries", "\\u2026").replace("Answers", "\\u2026")


def _hold_of_notices(found: JudgedManifest, cases: dict[str, JudgedCase], expected: Evaluation, row: Row) -> None:
    of_usages = {subject.usage: cases[subject.case] for subject in reversed(found.subjects)}
    told = Counter(one.id for one in found.notices)
    told.update(one.id for case in of_usages.values() for one in case.notices if one.id not in OVER_ALL)
    left_out = {*OF_A_BUNDLE, *OF_WAIVERS, *OVER_ALL}
    assert told == Counter(one.id for one in expected.notices if one.id not in left_out), row.written
    once = {one.id for case in of_usages.values() for one in case.notices if one.id in OVER_ALL}
    assert once == {one.id for one in expected.notices if one.id in OVER_ALL}, row.written
    wholes = {one.message for one in found.notices}
    assert wholes <= {one.message for one in expected.notices}, (row.written, wholes)


OVER_ALL = ("evidence-ends-soon", "stale-observation", "unobserved-account")
"""Notices that name everything of a kind once, however many usages it is about."""


def _hold_of_waivers(gate: Gate, rows: Sequence[Row], batches: Sequence[JudgedBatch]) -> None:
    """The notices of waivers over all rows are those of one check of all, where nobody says in which repository."""
    if not gate.bundle.waivers or any(one.repository is not None for one in rows):
        return
    met: dict[int, MetWaiver] = {}
    for one in (one for batch in batches for one in batch.waivers):
        met[one.index] = joined(met[one.index], one) if one.index in met else one
    told = [(one.id, one.message) for one in waiver_notices(gate.bundle, met, AS_OF)]
    given = []
    for row in rows:
        problems: list[Problem] = []
        read = manifest_from(row.written, row.path, problems)
        assert read is not None
        given.append(GivenManifest(row.path, msgspec.structs.replace(read, path=row.place), tuple(problems)))
    try:
        expected = gate.judge(given, as_of=AS_OF, allow_incomplete=True)
    except InputError:
        return
    wanted = [(one.id, one.message) for one in expected.notices if one.id in OF_WAIVERS]
    if expected.not_judged:
        wanted_ids = {(id, message) for id, message in wanted}
        assert wanted_ids <= set(told)
    else:
        assert told == wanted, f"{told}\n{wanted}"


def _hold_of_lines(batches: Sequence[JudgedBatch], cases: dict[str, JudgedCase]) -> None:
    """The lines say what the cases do, one for each subject and policy."""
    for batch in batches:
        lines = [json.loads(line) for line in batch.rows.splitlines()]
        wanted = [
            (manifest.path, subject.usage, subject.case, one.policy, one.outcome, one.severity, one.blocks)
            for manifest in batch.manifests
            for subject in manifest.subjects
            for one in cases[subject.case].results
        ]
        fields = ("manifest", "usage", "case", "policy", "outcome", "severity", "blocks")
        assert [tuple(line[field] for field in fields) for line in lines] == wanted


def hold_in_a_world(random: Random) -> int:
    """Holds of a world that nobody has thought of; how many results were held."""
    found = random.choice([wide_world, agreed_world, observed_world])(random)
    bundle = found.setdefault("bundle", {})
    if random.random() < 0.3:
        bundle["projects"] = [
            {"project": "p*", "repositories": ["acme/*"], "owner": "bound@acme.example"},
            {"project": "*", "paths": ["services/**"]},
        ]
    found["policy"]["require"] += random.sample(RULES, random.randint(0, 2))
    if random.random() < 0.3:
        bundle["attributes"] = {"dpia": {"type": "text"}, "reviewed": {"type": "flag"}}
    with tempfile.TemporaryDirectory() as home:
        try:
            judge(Path(home), **found, snapshot=SNAPSHOT)
        except InputError:
            if not Path(home, "policies").is_dir():
                raise
        usages = [{"offering": "alpha", **found["usage"]}, {"offering": "alpha", "data": ["internal"]}]
        rows = fleet(random, usages)
        if random.random() < 0.5:
            rows = [msgspec.structs.replace(row, repository=None) for row in rows]
        try:
            return hold(Path(home, "policies"), Path(home, "registry"), rows)
        except InputError:  # of a bundle that is not valid nothing is judged, by either
            return 0


def hold_for_what_ships(random: Random, manifests: int = 12) -> int:
    """The same by all policies that ship, over usages of the registry's offerings; how many results were held."""
    usages = [shipped_usage(random) for _ in range(6)]
    rows = fleet(random, usages, manifests)
    return hold(REGISTRY.parent / "policies", REGISTRY, rows)


def main() -> int:
    parser = argparse.ArgumentParser(description="Hold a fleet against checks in many random worlds.")
    parser.add_argument("--examples", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    held = shipped = 0
    for number in range(options.seed, options.seed + options.examples):
        held += hold_in_a_world(Random(number))
        shipped += hold_for_what_ships(Random(number))
    told = f"{options.examples} worlds: {held} results of random worlds and {shipped} of what ships"
    sys.stdout.write(f"the fleet says what checks say in {told}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
