"""The laws of what results rest on, for what ships: random usages of the registry's offerings under all packs.

In: a source of randomness. Whatever a pass or a waived result does not name is taken away, in memory: cells, entries of
the register, waivers, declarations.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

import msgspec

from tests.command import ROOT
from tests.evaluate.law_worlds import DECLARATIONS
from tests.evaluate.resting_laws import is_choice, operations
from tests.registry.shipped import AS_OF, REGISTRY
from vendorgate import Gate
from vendorgate.errors import InputError
from vendorgate.evaluate.calendar import is_current
from vendorgate.evaluate.case import Case
from vendorgate.evaluate.judge import result_for
from vendorgate.evaluate.program import Program
from vendorgate.evaluate.resting import Resting
from vendorgate.load.manifest import GivenManifest, manifest_from
from vendorgate.model.additions import AttributeType
from vendorgate.model.agreement import Agreement
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.registry import OfferingFile
from vendorgate.model.result import Result
from vendorgate.model.subject import Subject
from vendorgate.model.vocabulary import DATA_CLASSES
from vendorgate.model.waiver import Waiver

_READ: Final = re.compile(r"usage\.(settings|attributes)\.([\w.]+)[^\n]{0,20}?, ((?:\[[^\]]*\])|[\w.-]+)\]")
"""A setting or an attribute, and what a rule compares it with."""
_KINDS: Final = ("baa", "dpa", "zdr", "scc", "enterprise", "nda", "soc2_report", "residency")
_ENDS: Final = ("2026-11-28", "2027-03-01", "2028-01-01", None)
_TYPED: Final[Mapping[AttributeType, Sequence[Any]]] = {
    "text": ("A-1",),
    "flag": (True, True, False),
    "day": ("2026-11-01", "2026-06-01", "2020-01-01"),
    "number": (1, 12, 400),
}
"""Values of attributes, by their type."""
_PARTS: Final = ("settings", "attributes")
_DECLARED: Final = (*DECLARATIONS, "attributes")
Usage = dict[str, Any]


@cache
def _gate() -> Gate:
    """All that ships in force, with a register and waivers that reach some offerings and some policies."""
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder, "policies")
        bundle.mkdir()
        for path in sorted((ROOT / "policies").glob("*/*.yaml")):
            if not path.name.endswith(".test.yaml"):
                (bundle / path.parent.name).mkdir(exist_ok=True)
                (bundle / path.parent.name / path.name).write_bytes(path.read_bytes())
        entries = [
            {
                "kind": kind,
                "offerings": [random.choice(["*", "*-api", "a*", "*-bedrock"])],
                "status": random.choice(["executed", "executed", "executed", "pending"]),
                "signed": "2026-01-01",
                "reference": f"{kind}-{number}",
                "projects": [random.choice(["*", "p"])],
                **({} if (end := random.choice(_ENDS)) is None else {"expires": end}),
            }
            for random in [Random(7)]
            for kind in _KINDS
            for number in range(3)
        ]
        waivers = [
            {"policy": policy, "reason": "r", "approved_by": "a", "expires": expires, "ticket": f"T-{policy}-{expires}"}
            for policy in ("phi-*", "*-residency", "pii-*", "no-*", "production-*")
            for expires in ("2026-12-01", "2027-06-01")
        ]
        (bundle / "agreements.yaml").write_text(json.dumps({"version": 1, "agreements": entries}), "utf-8")
        (bundle / "waivers.yaml").write_text(json.dumps({"version": 1, "waivers": waivers}), "utf-8")
        gate = Gate(bundle, REGISTRY)
        assert gate.bundle.waivers
        return gate


@cache
def _offerings() -> Mapping[str, OfferingFile]:
    gate = _gate()
    ids = sorted(path.stem for path in (REGISTRY / "offerings").glob("*.yaml"))
    return {id: offering.written for id, offering in gate.snapshot(ids).offerings.items()}


@cache
def _compared() -> Mapping[tuple[str, str], Sequence[Any]]:
    """By setting or attribute: what rules compare it with."""
    texts = [*sorted((ROOT / "policies").glob("*/*.yaml")), *sorted((REGISTRY / "offerings").glob("*.yaml"))]
    found: dict[tuple[str, str], dict[Any, None]] = {}
    for path in texts:
        for where, name, value in _READ.findall(path.read_text("utf-8")):
            values = found.setdefault((where, name), {})
            values.update(dict.fromkeys(map(_scalar, value.strip("[]").split(", "))))
    compared: dict[tuple[str, str], Sequence[Any]] = {name: [*values] for name, values in found.items()}
    for name, rule in _gate().bundle.attributes.items():
        compared["attributes", name] = _TYPED[rule.type] if rule.type else [*(rule.one_of or ())]
    return compared


def _scalar(text: str) -> Any:
    return {"true": True, "false": False}.get(text, int(text) if text.isdigit() else text.strip("\"'"))


def usage(random: Random) -> Usage:
    """A usage of one of the registry's offerings that declares much of what rules ask for."""
    id = random.choice([*_offerings()])
    written = _offerings()[id]
    found: Usage = {
        "id": "u",
        "purpose": "p",
        "offering": id,
        "data": random.sample(DATA_CLASSES, random.randint(1, 2)),
        "subjects": random.choice([["us"], ["de"], ["us", "de"], ["gb"]]),
        "region": random.choice(["us", "eu", "de", "global"]),
        "tier": random.choice(["free", "self_serve", "enterprise", "enterprise"]),
        "environment": random.choice(["production", "production", "staging", "development"]),
        "models": [name.replace("*", "x").replace("?", "1") for name in _some(random, written.models or ("m-1",))],
        "endpoints": _some(random, written.endpoints or ("chat",)),
        "agreements": random.sample(_KINDS, 2),
    }
    for (where, name), values in _compared().items():
        if random.random() < 0.7:
            found.setdefault(where, {})[name] = random.choice(values)
    for name in _DECLARED:
        if name in found and random.random() < 0.1:
            del found[name]
    return found


def _some(random: Random, names: Sequence[str]) -> list[str]:
    return random.sample(list(names), min(len(names), random.randint(1, 2)))


def shipped_evaluation(random: Random, full: bool = False) -> Evaluation | None:
    """A random usage, judged by the gate that judges all of them; None where it is no valid one."""
    return _evaluation(usage(random), full)


def _evaluation(found: Usage, full: bool = False) -> Evaluation | None:
    manifest = {"version": 1, "project": "p", "owner": "o", "usages": [found]}
    given = manifest_from(json.dumps(manifest).encode(), "vendorgate.yaml", [])
    try:
        return _gate().judge([GivenManifest("vendorgate.yaml", given, ())], as_of=AS_OF, full=full)
    except InputError:
        return None


def _subject(found: Usage) -> Subject | None:
    """The usage as it is resolved; None where it is no valid one, or contradicts itself."""
    evaluation = _evaluation(found)
    if evaluation is None:
        return None
    (subject,) = evaluation.subjects
    return None if subject.contradictions else subject


@cache
def _program() -> Program:
    return Program(_gate().bundle)


def _judged(
    subject: Subject,
    policy: str,
    cells: frozenset[str] | None = None,
    agreements: Sequence[Agreement] | None = None,
    waivers: Sequence[Waiver] | None = None,
) -> Result:
    """A policy on a subject, with those cells, agreements and waivers alone that are given; None: with all."""
    offering, program = subject.offering, _program()
    if cells is not None:
        left = {name: cell for name, cell in offering.cells.items() if name in cells}
        subject = msgspec.structs.replace(subject, offering=msgspec.structs.replace(offering, cells=left))
    if agreements is not None:
        subject = msgspec.structs.replace(subject, agreements=tuple(agreements))
    if waivers is not None:
        program = program.for_subject(subject)
        program.bundle = msgspec.structs.replace(program.bundle, waivers=tuple(waivers))
    compiled = next(one for one in program.policies if one.policy.id == policy)
    return result_for(compiled, Case(subject, program, AS_OF), "error", resting=Resting(program, AS_OF))


def hold_for_what_ships(random: Random, most: int = 4) -> int:
    """Fails where a result changes without what it does not name, where a pass does not need an agreement that it
    names, or where one on claims alone needs evidence; how many results were tried."""
    found = usage(random)
    subject = _subject(found)
    if subject is None:
        return 0
    every = [_judged(subject, policy.id) for policy in _gate().bundle.policies]
    told = [one for one in every if one.outcome in ("pass", "waived")]
    random.shuffle(told)
    told.sort(key=lambda one: -len({support.kind for support in one.rests_on}))  # what rests on most kinds first
    for result in told[:most]:
        _is_enough(result, found)
        _needs_its_agreements(result)
        if result.on_claims_alone:
            bare = _judged(subject, result.policy.id, frozenset(), ())
            assert bare.outcome in ("pass", "not_applicable"), (found, result.rests_on)
    return min(most, len(told))


def _is_enough(result: Result, found: Usage) -> None:
    less = _subject(_claimed(found, result))
    assert less is not None, found
    cells = frozenset(one.what for one in result.rests_on if one.is_cell)
    agreements = [one for one in result.subject.agreements or () if one.reference in _references(result, "agreement")]
    waivers = [one for one in _gate().bundle.waivers if one.written.ticket in _references(result, "waiver")]
    later = _judged(less, result.policy.id, cells, agreements, waivers)
    words = (result.policy.id, found, result.rests_on)
    assert later.outcome == result.outcome, (later.outcome, *words)
    assert {_key(one) for one in later.rests_on} <= {_key(one) for one in result.rests_on}, (later.rests_on, *words)


def _key(one: Any) -> tuple[str, str, str | None]:
    return one.kind, one.what, one.reference


def _references(result: Result, kind: str) -> set[str | None]:
    return {one.reference for one in result.rests_on if one.kind == kind}


def _claimed(found: Usage, result: Result) -> Usage:
    """The usage without the declarations that a result does not name."""
    claims = {one.what for one in result.rests_on if one.kind == "claim"}
    less = {name: value for name, value in found.items() if name not in _DECLARED or name in claims}
    less["agreements"] = []
    for part in _PARTS:
        left = {name: value for name, value in found.get(part, {}).items() if f"{part}.{name}" in claims}
        less.update({part: left} if left else {})
    return less


def _needs_its_agreements(result: Result) -> None:
    if result.outcome != "pass" or _has_choice(result):
        return
    subject = result.subject
    for named in (one for one in result.rests_on if one.kind == "agreement"):
        others = [one for one in subject.agreements or () if one.kind != named.what or not is_current(one, AS_OF)]
        without = _judged(subject, result.policy.id, agreements=others)
        assert without.outcome != "pass", (result.policy.id, named, subject.stated)


def _has_choice(result: Result) -> bool:
    """Whether a rule that decided asks for agreements in one of several branches."""
    policy, cells = result.policy, result.subject.offering.cells
    conditions = [cells[one.what].written.conditions for one in result.rests_on if one.is_cell]
    rules = [*(one.requirement.expression for one in result.requirements), *_expressions(conditions)]
    return "agreement" in str(policy.when) or any(is_choice(one) for part in rules for one in operations(part))


def _expressions(conditions: Sequence[Any]) -> Iterator[Any]:
    for several in conditions:
        yield from several or ()
