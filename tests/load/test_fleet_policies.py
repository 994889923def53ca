"""`fleet.yaml`: what may stand in it, and what is said of mistakes; a check reads it, and judges nobody by it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.evaluate.fleets import VENDORS, tried
from tests.world import AS_OF, judge
from vendorgate import Gate, InputError
from vendorgate.model.additions import OwnWords
from vendorgate.model.vocabulary import AGREEMENT_KINDS

USAGES = {"var": "usages"}
AT_MOST_TWO = {"<=": [VENDORS, 2]}
POLICY = {"id": "two-vendors", "title": "At most two vendors see PHI", "require": [AT_MOST_TWO]}


def bundle(folder: Path, *policies: Any, name: str = "fleet.yaml", **beside: Any) -> Gate:
    """A bundle with a `fleet.yaml` of these policies."""
    judge(folder, {"dimensions": {}}, {"require": [True]}, {"data": ["phi"]})
    written = {"version": 1, "fleet_policies": [*policies], **beside}
    path = folder / "policies" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(written), encoding="utf-8")
    return Gate(folder / "policies", folder / "registry")


def mistakes(gate: Gate) -> list[str]:
    with pytest.raises(InputError) as caught:
        gate.bundle  # noqa: B018  # reading it is what raises
    return [f"{one.title}: {one.help}" for one in caught.value.problems]


def test_fleet_policies_are_of_the_bundle_and_judge_nobody(tmp_path: Path) -> None:
    gate = bundle(tmp_path, {**POLICY, "severity": "warning", "on_unknown": "warn", "enforce_from": "2027-01-01"})
    (found,) = gate.bundle.fleet
    assert (found.policy.id, found.policy.severity, found.policy.on_unknown) == ("two-vendors", "warning", "warn")
    assert found.paths == ("usage.data", "offering.platform")
    assert str(found.policy.source.locate(("policies", 0, "title"))).endswith("fleet.yaml:1:66")
    assert found.policy.source.has(("policies", 0, "title"))
    results = gate.check(tmp_path / "vendorgate.yaml", as_of=AS_OF).results
    assert {one.policy.id for one in results} == {"p"}


def test_the_file_is_part_of_the_digest(tmp_path: Path) -> None:
    first = bundle(tmp_path / "a", POLICY).bundle.sha256
    assert first == bundle(tmp_path / "b", POLICY).bundle.sha256
    assert first != bundle(tmp_path / "c", {**POLICY, "title": "T"}).bundle.sha256


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ({**POLICY, "severty": "error"}, "unknown key `severty`: did you mean `severity`?"),
        ({**POLICY, "when": True}, "unknown key `when`: "),
        ({**POLICY, "severity": "eror"}, "`eror` is not"),
        ({**POLICY, "id": "p"}, "the id `p` is used twice: "),
        ({**POLICY, "require": []}, "`require` "),
        (
            {**POLICY, "require": [{"that": AT_MOST_TWO, "mesage": "m"}]},
            "unknown key `mesage`: known: `that`, `message`",
        ),
        ({"id": "x", "require": [True]}, "`title` is missing"),
    ],
    ids=str,
)
def test_a_mistake_is_told_with_the_nearest_name(policy: Any, expected: str, tmp_path: Path) -> None:
    (told,) = mistakes(bundle(tmp_path, policy))
    assert told.startswith(expected)


def test_two_fleet_policies_of_one_id_are_refused(tmp_path: Path) -> None:
    (told,) = mistakes(bundle(tmp_path, POLICY, POLICY))
    assert told.startswith("the id `two-vendors` is used twice: ")


def test_an_ordinary_policy_file_of_that_name_is_refused_in_words(tmp_path: Path) -> None:
    gate = bundle(tmp_path)
    written = {"version": 1, "policies": [{"id": "q", "title": "Q", "require": [True]}]}
    (tmp_path / "policies/fleet.yaml").write_text(json.dumps(written), encoding="utf-8")
    gate = Gate(tmp_path / "policies", tmp_path / "registry")
    (told,) = mistakes(gate)
    assert told == (
        "`policies` in fleet.yaml, which has the rules over all usages of a fleet:"
        " give the file another name, or write rules over all usages under `fleet_policies`"
    )


@pytest.mark.parametrize("text", ["", "[1]", "version: 1", "version: 2\nfleet_policies: []", "a: &b 1"])
def test_a_file_that_is_none_of_the_kind_is_never_passed_over(text: str, tmp_path: Path) -> None:
    bundle(tmp_path)
    (tmp_path / "policies/fleet.yaml").write_text(text, encoding="utf-8")
    assert mistakes(Gate(tmp_path / "policies", tmp_path / "registry"))


def test_the_file_stands_at_the_root_alone(tmp_path: Path) -> None:
    told, *_ = mistakes(bundle(tmp_path, POLICY, name="pack/fleet.yaml"))
    root = tmp_path / "policies/fleet.yaml"
    assert told == (
        f"fleet.yaml below the root of the bundle: move it to {root}, or give a file of policies another name"
    )


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    bundle(tmp_path)
    (tmp_path / "policies/fleet.yaml").unlink()
    (tmp_path / "policies/fleet.yaml").mkdir()
    (told,) = mistakes(Gate(tmp_path / "policies", tmp_path / "registry"))
    assert told == "a folder, not a file: put the file fleet.yaml in its place"


def test_tests_beside_them_break_no_check(tmp_path: Path) -> None:
    assert len(bundle(tmp_path, {**POLICY, "tests": [{"nonsense": 1}]}).bundle.fleet) == 1


def test_a_bundle_without_the_file_imports_none_of_it(tmp_path: Path) -> None:
    bundle(tmp_path)
    (tmp_path / "policies/fleet.yaml").unlink()
    given = ["check", str(tmp_path / "vendorgate.yaml"), "--policies", str(tmp_path / "policies")]
    given += ["--registry", str(tmp_path / "registry"), "--as-of", "2026-11-23"]
    asked = f"import sys; from vendorgate.cli.run import run; code = run({given!r}); print(code, *sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    code, *names = done.stdout.splitlines()[-1].split()
    assert (code, done.stderr[:5]) == ("0", "as of")
    assert [name for name in names if "fleet" in name or name.endswith("logic.members")] == []


def each(body: Any) -> Any:
    return {"all": [USAGES, body]}


def count(*arguments: Any) -> Any:
    return {"<=": [{"count_distinct": [*arguments]}, 2]}


OF_ONE = "it is asked of one usage: write it as a policy, which judges each"
GRADE = "registry.hipaa_baa.value"
DOCUMENTED = f"what is documented and agreed: {OF_ONE}"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (each({"in": ["phy", {"var": "usage.data"}]}), "`phy` is not a data class: did you mean `phi`?"),
        (each({"==": [{"var": "usage.regon"}, "eu"]}), "unknown path `usage.regon`: did you mean `usage.region`?"),
        (each({"==": [{"var": "repositry"}, "a/b"]}), "unknown path `repositry`: did you mean `repository`?"),
        (each({"==": [{"var": "repository.x"}, "a/b"]}), "unknown path `repository.x`: did you mean `repository`?"),
        (each({"==": [{"var": "usage.region"}, "erope"]}), "`erope` is not a region: "),
        (each({"==": [{"var": "usage.id"}, "x"]}), "unknown path `usage.id`: what tells usages apart is not kept"),
        (each({"in": ["x", {"var": "offering.hosts"}]}), "unknown path `offering.hosts`: "),
        (
            each({"==": [{"var": GRADE}, "yes"]}),
            f"unknown path `{GRADE}`: {DOCUMENTED}",
        ),
        (each({"some": [USAGES, True]}), "unknown path `usages`: here one usage is read"),
        (each({"covered": "hipaa_baa"}), f"`covered` cannot stand here: {OF_ONE}"),
        (each({"known": "usage.region"}), "`known` cannot stand here: what is not known of a usage stays unknown here"),
        ({"missing": ["usage.region"]}, "`missing` cannot stand here: "),
        (each({"<=": [VENDORS, 2]}), "`count_distinct` cannot stand here: it counts over all usages, and here"),
        (each({"var": ["usage.settings.x", False]}), "a default, in a rule over all usages: leave it out: "),
        (each({"var": "usage.data"}), None),
        (
            {"==": [{"var": "usage.region"}, "eu"]},
            "unknown path `usage.region`: it is of one usage: go through",
        ),
        ({"==": [{"var": "tday"}, "2026-01-01"]}, "unknown path `tday`: did you mean `today`?"),
        (
            {"none": [{"map": [USAGES, 1]}, True]},
            "`usages` stands where one value is expected: go through them",
        ),
        ({"reduce": [USAGES, 1, 0]}, "`usages` stands where one value is expected: "),
        ({"filter": [USAGES, True]}, "`usages` stands where one value is expected: "),
        ({"!!": USAGES}, "`usages` stands where one value is expected: "),
        ({"var": ["usages", []]}, "`usages` stands where one value is expected: "),
        ({"some": [{"var": ["usages", []]}, True]}, "`usages` stands where one value is expected: "),
        ({"!!": VENDORS}, "`count_distinct` is compared with nothing: compare it: "),
        ({"<=": [{"+": [VENDORS, 1]}, 2]}, "`count_distinct` is compared with nothing: compare it: "),
        ({"<=": [VENDORS, "2"]}, "`2` is no number: "),
        ({"<=": [VENDORS, True]}, "`true` is no number: "),
        ({"<=": [VENDORS, None]}, "`count_distinct` is compared with what is no number: "),
        ({"<=": [VENDORS, {"var": "today"}]}, "`count_distinct` is compared with what is no number: "),
        (count([1, 2], {"var": ""}), "`count_distinct` counts over something else than"),
        (count(USAGES), "`count_distinct` has 1 argument: give it exactly 2"),
        (count(USAGES, {"var": "usage.data"}), "`count_distinct` counts single values, and this is a list: "),
        (count(USAGES, {"var": "offering.platfrm"}), "unknown path `offering.platfrm`: did you mean"),
        ({"all": [{"filter": [USAGES, {"in": ["phy", {"var": "usage.data"}]}]}, True]}, "`phy` is not a data class: "),
        ({"count_distnct": [USAGES, 1]}, "unknown operator `count_distnct`: did you mean `count_distinct`?"),
    ],
    ids=str,
)
def test_a_rule_is_held_to_what_it_can_ask(rule: Any, expected: str | None) -> None:
    _, told = tried(rule)
    assert [one[: len(expected or "")] for one in told] == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    "rule",
    [
        AT_MOST_TWO,
        {"<=": [1, VENDORS, 3]},
        {"<": [VENDORS, {"count_distinct": [USAGES, {"var": "project.owner"}]}]},
        {"none": [USAGES, {"and": [{"matches": [{"var": "repository"}, "acme/*"]}, {"var": "project.bound"}]}]},
        {"<=": [{"count_distinct": [USAGES, {"cat": [{"var": "project.name"}, "/", {"var": "usage.account"}]}]}, 5]},
        {"all": [USAGES, {"all": [{"var": "usage.data"}, {"==": [{"var": ""}, "phi"]}]}]},
        {"if": [{"<": [{"var": "today"}, "2027-01-01"]}, True, AT_MOST_TWO]},
        {"some": [[1, 2], {">": [{"var": ""}, 1]}]},
        {"<=": [{"count_distinct": [USAGES, {"var": "usage.settings.zone"}]}, 5]},
    ],
    ids=str,
)
def test_a_rule_of_the_language_is_taken_as_it_is(rule: Any) -> None:
    assert tried(rule)[1] == []


def test_groups_of_regions_are_taken_apart_as_in_policies() -> None:
    groups = {"nordics": frozenset(("dk", "se"))}
    own = OwnWords(frozenset(AGREEMENT_KINDS), {}, False, groups, None)
    tree, told = tried({"all": [USAGES, {"in": [{"var": "usage.region"}, ["nordics"]]}]}, own)
    assert told == []
    assert "`se`" in str(tree) or "'se'" in str(tree)


def test_counting_is_refused_in_a_policy_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        judge(tmp_path, {"dimensions": {}}, {"require": [AT_MOST_TWO]}, {"data": ["phi"]})
    (problem,) = caught.value.problems
    assert problem.title == "`count_distinct` cannot stand here"
    assert problem.help == "it counts over all usages of a fleet: move the rule to `fleet.yaml` of the bundle"
