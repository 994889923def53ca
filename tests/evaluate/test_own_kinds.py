"""Kinds of agreement that a bundle adds, and the list of all agreements of a kind that are in force."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.command import Ended, vendorgate
from tests.commands.policy.bundles import policies, policy, write
from tests.world import AS_OF, OFFERING, SNAPSHOT, Part, judge
from vendorgate import Gate, InputError
from vendorgate.evaluate.fingerprint import fingerprint
from vendorgate.model.evaluation import Evaluation

SIGNED: Part = {"kind": "dpa", "offerings": ["alpha"], "status": "executed", "signed": "2026-01-01"}
NAMED: Part = {"some": [{"var": "agreements.dpa.all"}, {"matches": [{"var": "reference"}, "AOC-*"]}]}
EVERY: Part = {"all": [{"var": "agreements.dpa.all"}, {">=": [{"days_until": {"var": "expires"}}, 30]}]}
NO_OTHER: Part = {"none": [{"var": "agreements.dpa.all"}, {"==": [{"var": "reference"}, "OLD"]}]}
HOW_MANY: Part = {"==": [{"reduce": [{"var": "agreements.dpa.all"}, {"+": [1, {"var": "accumulator"}]}, 0]}, 2]}


def of(folder: Path, rule: Part, *agreements: Part | None, claims: Sequence[str] = ()) -> str:
    """What a rule comes to; without any agreement at all there is no register."""
    register = None if agreements == (None,) else [{**SIGNED, **one} for one in agreements if one is not None]
    usage = {"data": ["pii"], "agreements": list(claims)}
    (result,) = judge(folder, {"dimensions": {}}, {"require": [rule]}, usage, agreements=register).results
    return result.outcome


@pytest.mark.parametrize(
    ("rule", "agreements", "outcome"),
    [
        (NAMED, [], "fail"),
        (NAMED, [{"reference": "OTHER"}], "fail"),
        (NAMED, [{"reference": "OTHER"}, {"reference": "AOC-1"}], "pass"),
        (NAMED, [{"reference": "AOC-1", "expires": "2026-11-22"}], "fail"),
        (NAMED, [{"reference": "AOC-1", "expires": "2026-11-23"}], "pass"),
        (NAMED, [{"reference": "AOC-1", "status": "pending"}], "fail"),
        (NAMED, [{"reference": "AOC-1", "offerings": ["beta"]}], "fail"),
        (NAMED, [{"reference": "AOC-1", "kind": "baa"}], "fail"),
        (NAMED, [{"reference": "AOC-1", "projects": ["q"]}], "fail"),
        (NAMED, [{}], "unknown"),
        (NAMED, [{}, {"reference": "AOC-1"}], "pass"),
        (EVERY, [{"expires": "2027-01-31"}], "pass"),
        (EVERY, [{"expires": "2027-01-31"}, {"expires": "2026-12-01"}], "fail"),
        (EVERY, [{"expires": "2027-01-31"}, {}], "unknown"),
        (NO_OTHER, [{"reference": "AOC-1"}], "pass"),
        (NO_OTHER, [{"reference": "OLD"}], "fail"),
        (NO_OTHER, [{}], "unknown"),
        (HOW_MANY, [{}, {}], "pass"),
        (HOW_MANY, [{}], "fail"),
        ({"!": {"var": "agreements.dpa.all"}}, [], "pass"),
        ({"!": {"var": "agreements.dpa.all"}}, [{}], "fail"),
        ({"in": ["AOC-1", {"map": [{"var": "agreements.dpa.all"}, {"var": "reference"}]}]}, [{}], "unknown"),
    ],
)
def test_list_has_what_is_in_force_for_the_subject(
    rule: Part, agreements: list[Part], outcome: str, tmp_path: Path
) -> None:
    assert of(tmp_path, rule, *agreements) == outcome


@pytest.mark.parametrize("rule", [NAMED, EVERY, NO_OTHER, HOW_MANY])
def test_of_what_is_merely_claimed_nothing_is_known(rule: Part, tmp_path: Path) -> None:
    assert of(tmp_path, rule, None, claims=["dpa"]) == "unknown"


def test_without_register_and_claim_none_is_in_force(tmp_path: Path) -> None:
    assert of(tmp_path, NAMED, None, claims=["baa"]) == "fail"


def shown(folder: Path, rule: Part, *agreements: Part, claims: Sequence[str] = ()) -> list[str]:
    register = [{**SIGNED, **one} for one in agreements] or None
    usage = {"data": ["pii"], "agreements": list(claims)}
    (result,) = judge(folder, {"dimensions": {}}, {"require": [rule]}, usage, agreements=register, full=True).results
    return [reason.message for one in result.requirements for reason in one.reasons]


def test_reasons_say_how_many_are_in_force(tmp_path: Path) -> None:
    words = "agreements.dpa.all"
    assert shown(tmp_path / "a", NAMED, {"reference": "OTHER"}, {"reference": "X"})[0].endswith(
        f"({words} is 2 in force)"
    )
    assert shown(tmp_path / "b", NAMED, {"kind": "baa"})[0].endswith(f"({words} is none in force)")
    assert shown(tmp_path / "c", NAMED, claims=["dpa"]) == [
        "agreement `dpa` is claimed, and nothing is known of what is claimed"
    ]


def mark(folder: Path, rule: Part, *agreements: Part, as_of: datetime.date = AS_OF) -> str:
    register = [{**SIGNED, **one} for one in agreements]
    usage = {"data": ["pii"]}
    (found,) = judge(folder, {"dimensions": {}}, {"require": [rule]}, usage, agreements=register, as_of=as_of).results
    return fingerprint(found.policy, found.subject, found.requirements)


def test_fingerprint_knows_the_agreements_and_not_their_days(tmp_path: Path) -> None:
    first = mark(tmp_path, NAMED, {"reference": "X", "expires": "2027-01-01"})
    assert mark(tmp_path, NAMED, {"reference": "X", "expires": "2028-01-01", "signed": "2026-02-01"}) == first
    assert mark(tmp_path, NAMED, {"reference": "Y", "expires": "2027-01-01"}) != first
    assert mark(tmp_path, NAMED, {"reference": "X"}, {"reference": "Z"}) != first


# --- Own kinds

OWN: Part = {"kind": "aoc", "offerings": ["alpha"], "status": "executed", "signed": "2026-01-01"}


def world(folder: Path, settings: Part, *rules: Any, agreements: list[Part] | None = None) -> Path:
    files: Part = {
        "registry/snapshot.yaml": SNAPSHOT,
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, "dimensions": {}},
        "policies/bundle.yaml": settings,
        "policies/p.yaml": policies(policy("p", when=None, require=list(rules), tests=None)),
        "vendorgate.yaml": {
            "version": 1,
            "project": "p",
            "usages": [{"id": "u", "offering": "alpha", "data": ["pci"]}],
        },
    }
    if agreements is not None:
        files["policies/agreements.yaml"] = {"version": 1, "agreements": agreements}
    return write(folder, files)


def judged(folder: Path) -> Evaluation:
    return Gate(folder / "policies", folder / "registry").check(folder / "vendorgate.yaml", as_of=AS_OF)


def run(folder: Path, *arguments: str) -> Ended:
    return vendorgate(*arguments, "--registry", "registry", folder=folder)


RULE: Part = {"agreement": "aoc"}
ADDED: Part = {"agreement_kinds": ["aoc"]}


def outcomes(folder: Path) -> list[str]:
    return [result.outcome for result in judged(folder).results]


def test_own_kind_is_in_force_by_register_or_claim(tmp_path: Path) -> None:
    assert outcomes(world(tmp_path / "a", ADDED, RULE, agreements=[OWN])) == ["pass"]
    assert outcomes(world(tmp_path / "b", ADDED, RULE, agreements=[])) == ["fail"]
    assert outcomes(world(tmp_path / "c", ADDED, RULE, agreements=[{**OWN, "kind": "dpa"}])) == ["fail"]
    assert outcomes(world(tmp_path / "d", ADDED, RULE)) == ["fail"]
    claiming = world(tmp_path / "e", ADDED, RULE)
    usage = {"id": "u", "offering": "alpha", "data": ["pci"], "agreements": ["aoc"]}
    write(claiming, {"vendorgate.yaml": {"version": 1, "project": "p", "usages": [usage]}})
    assert outcomes(claiming) == ["pass"]


def test_kind_of_a_pack_exists(tmp_path: Path) -> None:
    folder = world(tmp_path, {}, True, agreements=[OWN])
    pack = {**policies(policy("q", when=None, require=[RULE], tests=None)), "agreement_kinds": ["aoc"]}
    write(folder, {"policies/pack/q.yaml": pack})
    assert outcomes(folder) == ["pass", "pass"]


def refused(folder: Path) -> list[str]:
    with pytest.raises(InputError) as error:
        judged(folder)
    return [one.title for one in error.value.problems]


def test_kind_that_nobody_adds_is_refused_wherever_it_stands(tmp_path: Path) -> None:
    rule = {"==": [{"var": "agreements.aoc.reference"}, {"var": "agreements.baa.kind"}]}
    folder = world(tmp_path, {}, RULE, rule, {"in": ["aoc", {"var": "usage.agreements"}]}, agreements=[OWN])
    assert refused(folder) == [
        "`aoc` is not a kind of agreement",
        "unknown path `agreements.aoc.reference`",
        "`aoc` is not a kind of agreement",
        "`aoc` is not a value of `kind`",
    ]


def test_kind_of_the_contract_is_not_made_another(tmp_path: Path) -> None:
    folder = world(tmp_path, {"agreement_kinds": ["baa", "soc2-report", "zd-r", "aoc"]}, RULE)
    assert refused(folder) == [
        "`baa` is a kind of agreement already",
        "`soc2-report` reads like `soc2_report`",
        "`zd-r` reads like `zdr`",
    ]


def test_tests_of_policies_may_have_own_kinds_in_force(tmp_path: Path) -> None:
    usage = {"offering": "alpha", "data": ["pci"]}
    tests: list[Part] = [
        {"name": "a kind", "usage": usage, "agreements": ["aoc"], "expect": "pass"},
        {"name": "whole", "usage": usage, "agreements": [OWN], "expect": "pass"},
        {"name": "claimed", "usage": {**usage, "agreements": ["aoc"]}, "expect": "pass"},
        {"name": "none", "usage": usage, "agreements": [], "expect": "fail"},
    ]
    world(tmp_path, ADDED, True)
    write(tmp_path, {"policies/p.yaml": policies(policy("p", when=None, require=[RULE], tests=tests))})
    assert run(tmp_path, "policy", "test").code == 0
    tests[0]["agreements"] = ["aocc"]
    write(tmp_path, {"policies/p.yaml": policies(policy("p", when=None, require=[RULE], tests=tests))})
    ended = run(tmp_path, "policy", "test")
    assert (ended.code, "`aocc` is not a value of `agreements`" in ended.stderr) == (2, True)


def test_own_kind_has_words_in_english_and_stands_last_in_the_list(tmp_path: Path) -> None:
    expires = {"<": [{"days_until": {"var": "agreements.aoc.expires"}}, 30]}
    some = {"some": [{"var": "agreements.aoc.all"}, {"==": [{"var": "reference"}, "X"]}]}
    status = {"==": [{"var": "agreements.aoc.status"}, "executed"]}
    rows = [{**OWN, "kind": kind} for kind in ("zz", "aoc", "other", "baa")]
    world(tmp_path, {"agreement_kinds": ["aoc", "zz"]}, RULE, expires, some, status, agreements=rows)
    told = run(tmp_path, "policy", "explain", "p")
    assert (told.code, "our agreement `aoc` is in force" in told.stdout) == (0, True), told.stdout
    assert "for at least one of the agreements `aoc` in force: its `reference` is `X`" in told.stdout
    assert run(tmp_path, "policy", "lint").code in (0, 1)
    listed = json.loads(run(tmp_path, "agreements", "list", "--format", "json").stdout)
    assert [row["kind"] for row in listed["rows"]] == ["baa", "other", "aoc", "zz"]
    assert run(tmp_path, "agreements", "list", "--kind", "aoc").code == 0
    ended = run(tmp_path, "agreements", "list", "--kind", "aocc")
    assert (ended.code, "did you mean `aoc`?" in ended.stderr) == (2, True)


def test_claim_of_an_own_kind_is_a_way_out(tmp_path: Path) -> None:
    world(tmp_path, ADDED, RULE)
    ended = run(tmp_path, "repair", "vendorgate.yaml", "--usage", "u", "--as-of", AS_OF.isoformat())
    assert "`aoc`" in ended.stdout
    world(tmp_path, ADDED, {"in": ["aoc", {"var": "usage.agreements"}]})
    ended = run(tmp_path, "repair", "vendorgate.yaml", "--usage", "u", "--as-of", AS_OF.isoformat())
    assert "`aoc`" in ended.stdout


def test_schemas_name_own_kinds(tmp_path: Path) -> None:
    world(tmp_path, ADDED, RULE)
    for kind, model, field in (("manifest", "Usage", "agreements"), ("agreements", "Agreement", "kind")):
        ended = run(tmp_path, "schema", kind, "--policies", "policies")
        property = json.loads(ended.stdout)["definitions"][model]["properties"][field]
        assert "aoc" in json.dumps(property), kind
        assert "baa" in json.dumps(property), kind
