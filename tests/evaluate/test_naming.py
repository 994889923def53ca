"""What goes by a name: agreements, waivers and owners, and what is told of it ("Whose project it is")."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from tests.identity.world import AS_OF, FAILS, Part, baa, judged, written
from vendorgate import Gate
from vendorgate.evaluate.naming import about_names
from vendorgate.evaluate.waiver_index import WaiverIndex
from vendorgate.load.files import shown_path
from vendorgate.load.manifest import GivenManifest, read_manifest
from vendorgate.model.evaluation import Evaluation

CLAIMS: Part = {"project": "claims", "paths": ["claims/**"]}
THERE, ELSEWHERE = "claims/vendorgate.yaml", "other/vendorgate.yaml"
NAMES = ("unbound-project", "self-named-project", "project-named-twice")


def told(evaluation: Evaluation) -> list[str]:
    """A line a notice about names; all of them point at a name."""
    found = [one for one in evaluation.notices if one.id in NAMES]
    sources = {one.source.path: one.source for one in evaluation.manifests}
    for one in found:
        place, source = one.location, sources[one.location.path if one.location else ""]
        assert place is not None
        start = place.column - 1
        named = source.line(place.line)[start : start + place.width]
        assert json.loads(named) in {manifest.project for manifest in evaluation.manifests}
    return [f"{one.severity} {one.id}: {one.message} @ {one.location.path if one.location else ''}" for one in found]


OUTCOMES: dict[str, tuple[list[Part] | None, str, list[Part], str]] = {
    "its agreement": ([CLAIMS], THERE, [baa("claims")], "pass"),
    "another's agreement": ([CLAIMS], ELSEWHERE, [baa("claims")], "fail"),
    "by a glob": ([CLAIMS], ELSEWHERE, [baa("c*")], "fail"),
    "by a glob that fits every name": ([CLAIMS], ELSEWHERE, [baa("?*")], "fail"),
    "an agreement for all": ([CLAIMS], ELSEWHERE, [baa()], "pass"),
    "an agreement for all, said so": ([CLAIMS], ELSEWHERE, [baa("claims", "*")], "pass"),
    "without bindings": (None, ELSEWHERE, [baa("claims")], "pass"),
    "nobody is bound": ([], THERE, [baa("claims")], "fail"),
}


@pytest.mark.parametrize(("projects", "path", "agreements", "outcome"), OUTCOMES.values(), ids=OUTCOMES)
def test_agreement_reaches_who_is_bound(
    projects: list[Part] | None, path: str, agreements: list[Part], outcome: str, tmp_path: Path
) -> None:
    found = judged(tmp_path, projects, {path: "claims"}, agreements=agreements)
    assert [one.outcome for one in found.results] == [outcome]


@pytest.mark.parametrize(("path", "said"), [(THERE, ""), (ELSEWHERE, ", which is unbound")])
def test_why_no_agreement_reaches_it_says_who_is_unbound(path: str, said: str, tmp_path: Path) -> None:
    (result,) = judged(tmp_path, [CLAIMS], {path: "claims"}, agreements=[baa("other")]).results
    (reason,) = result.requirements[0].reasons
    none = "the register lists none for this offering and project"
    assert reason.message == f"agreement `baa` is not in force: {none}{said}"


WAIVED: dict[str, tuple[list[Part] | None, str, str, str]] = {
    "its waiver": ([CLAIMS], THERE, "claims", "waived"),
    "another's waiver": ([CLAIMS], ELSEWHERE, "claims", "fail"),
    "another's, by a glob": ([CLAIMS], ELSEWHERE, "cl*", "fail"),
    "another's, by a glob of every name": ([CLAIMS], ELSEWHERE, "**", "fail"),
    "a waiver for all": ([CLAIMS], ELSEWHERE, "*", "waived"),
    "without bindings": (None, ELSEWHERE, "claims", "waived"),
}


@pytest.mark.parametrize(("projects", "path", "project", "outcome"), WAIVED.values(), ids=WAIVED)
def test_waiver_reaches_who_is_bound(
    projects: list[Part] | None, path: str, project: str, outcome: str, tmp_path: Path
) -> None:
    waiver = {"project": project}
    found = judged(tmp_path, projects, {path: "claims"}, policies=[FAILS], waivers=[waiver])
    assert [one.outcome for one in found.results] == [outcome]


def test_manifest_reads_as_bound_or_not(tmp_path: Path) -> None:
    policy = {"id": "p", "title": "P", "require": [{"var": "project.bound"}]}
    for projects, path, outcome in (([CLAIMS], THERE, "pass"), ([CLAIMS], ELSEWHERE, "fail"), (None, THERE, "unknown")):
        found = judged(tmp_path, projects, {path: "claims"}, policies=[policy])
        assert [one.outcome for one in found.results] == [outcome]


def test_owner_of_the_entry_may_not_approve_whatever_the_manifest_says(tmp_path: Path) -> None:
    manifests: dict[str, str | Part] = {THERE: {"project": "claims", "owner": "b"}}
    rules, waiver = {"forbid_self_approval": True}, {"approved_by": "e"}
    for projects, outcome in (
        ([{**CLAIMS, "owner": "e"}], "fail"),
        ([{**CLAIMS, "owner": "f"}], "waived"),
        ([CLAIMS], "waived"),
        ([], "fail"),
        (None, "waived"),
    ):
        found = judged(tmp_path, projects, manifests, policies=[FAILS], waivers=[waiver], rules=rules)
        assert [one.outcome for one in found.results] == [outcome], projects
    found = judged(tmp_path, [], manifests, policies=[FAILS], waivers=[waiver], rules=rules)
    words = (
        "project `claims` is bound by no entry of `projects`, so that nobody can know whether the owner approved it;"
        " bind it in bundle.yaml, with its `owner`"
    )
    assert any(words in one.message for one in found.notices)


def test_unbound_project_is_told_with_what_it_misses_and_the_way_out(tmp_path: Path) -> None:
    waivers: list[Part] = [{"project": "claims"}, {"project": "cl*"}, {"project": "*"}, {"project": "x"}]
    found = judged(tmp_path, [CLAIMS], {ELSEWHERE: "claims"}, agreements=[baa("claims"), baa("x")], waivers=waivers)
    (words,) = told(found)
    assert words == (
        "warning unbound-project: project `claims` is bound by no entry of `projects` in bundle.yaml (the manifest"
        " stands at other/vendorgate.yaml, the repository is not known): agreements limited to projects and waivers for"
        " a named project do not reach it (1 agreement and 2 waivers for that name); if it is that project's,"
        ' add to `projects`: {project: claims, paths: ["other/vendorgate.yaml"]} @ other/vendorgate.yaml'
    )


def test_unbound_project_that_misses_nothing_is_told_no_numbers(tmp_path: Path) -> None:
    (words,) = told(judged(tmp_path, [CLAIMS], {"ärzte/vendorgate.yaml": "claims"}))
    assert words == (
        "warning unbound-project: project `claims` is bound by no entry of `projects` in bundle.yaml (the manifest"
        " stands at ärzte/vendorgate.yaml, the repository is not known): agreements limited to projects and waivers for"
        " a named project do not reach it; if it is that project's,"
        ' add to `projects`: {project: claims, paths: ["ärzte/vendorgate.yaml"]} @ ärzte/vendorgate.yaml'
    )


def test_way_out_binds_what_it_says_and_no_more(tmp_path: Path) -> None:
    found = judged(tmp_path, [CLAIMS], {"**/vendorgate.yaml": "claims"}, repository="acme/clinic")
    (words,) = told(found)
    assert '{project: claims, repositories: ["acme/clinic"], paths: ["??/vendorgate.yaml"]}' in words
    assert "the repository is acme/clinic" in words


def test_repository_that_nobody_said_is_asked_for(tmp_path: Path) -> None:
    asking: Part = {"project": "cl*", "repositories": ["acme/clinic"]}
    words = "an entry asks for its repository, which --repository OWNER/NAME says; if it is that project's"
    assert words in told(judged(tmp_path, [CLAIMS, asking], {ELSEWHERE: "claims"}))[0]
    for projects, repository in (([CLAIMS], None), ([asking], "acme/other"), ([{**asking, "project": "x"}], None)):
        (found,) = told(judged(tmp_path, projects, {ELSEWHERE: "claims"}, repository=repository))
        assert "asks for its repository" not in found


def test_way_out_of_who_stands_nowhere(tmp_path: Path) -> None:
    outside = tmp_path / "out.yaml"
    outside.write_text('{"version": 1, "project": "claims", "usages": []}', encoding="utf-8")
    (tmp_path / "in").mkdir()
    written(tmp_path / "in", [CLAIMS], {})
    found = Gate(tmp_path / "in/policies", tmp_path / "in/registry").check(outside, as_of=AS_OF)
    (words,) = told(found)
    assert "the manifest is not in the repository" in words
    assert "; judge it where it stands in its repository, or name the repository with --repository @ " in words


def test_base_of_a_review_can_disown_a_manifest(tmp_path: Path) -> None:
    written(tmp_path, None, {THERE: "claims"}, agreements=[baa("claims")])
    read = read_manifest(str(tmp_path / THERE), shown_path(tmp_path / THERE), [])
    assert read is not None
    gate = Gate(tmp_path / "policies", tmp_path / "registry")
    disowned = msgspec.structs.replace(read, path=THERE, disowned="the base has no manifest there")
    found = gate.judge([GivenManifest(THERE, disowned, ())], as_of=AS_OF)
    assert [one.outcome for one in found.results] == ["fail"]
    assert "in bundle.yaml (the base has no manifest there): agreements limited" in told(found)[0]
    assert "} (with `projects`, every other project needs an entry, too) @ " in told(found)[0]
    assert [one.outcome for one in gate.judge([GivenManifest(THERE, read, ())], as_of=AS_OF).results] == ["pass"]


def test_disowned_manifest_leaves_what_rests_on_the_names_of_others_told(tmp_path: Path) -> None:
    written(tmp_path, None, {THERE: "claims", ELSEWHERE: "pilot"}, agreements=[baa("pilot")])
    read = [read_manifest(str(tmp_path / path), shown_path(tmp_path / path), []) for path in (THERE, ELSEWHERE)]
    first, second = (one for one in read if one is not None)
    disowned = msgspec.structs.replace(first, disowned="the base has no manifest there")
    gate = Gate(tmp_path / "policies", tmp_path / "registry")
    found = gate.judge([GivenManifest(THERE, disowned, ()), GivenManifest(ELSEWHERE, second, ())], as_of=AS_OF)
    assert [(one.subject.manifest.project, one.outcome) for one in found.results] == [
        ("claims", "fail"),
        ("pilot", "pass"),
    ]
    assert [one.split(":")[0] for one in told(found)] == ["warning unbound-project", "note self-named-project"]


OWNERS: list[tuple[str, tuple[str | None, ...], str, str]] = [
    ("a@x.example", ("boss@x.example",), "fail", "boss@x.example approved it and owns project `claims`"),
    ("boss@x.example", ("a@x.example",), "fail", "boss@x.example approved it and owns project `claims`"),
    (
        "a@x.example",
        (None,),
        "fail",
        "declares an owner in this change alone, so that nobody can know whether the owner",
    ),
    ("a@x.example", (None,), "fail", " approved it; merge that first"),
    ("a@x.example", ("b@x.example",), "waived", ""),
    ("a@x.example", (), "waived", ""),
]


@pytest.mark.parametrize(("owner", "before", "outcome", "words"), OWNERS)
def test_owner_by_the_base_of_a_review_approves_nothing_either(
    owner: str, before: tuple[str | None, ...], outcome: str, words: str, tmp_path: Path
) -> None:
    waiver = {"policy": "p", "approved_by": "boss@x.example"}
    manifest = {"project": "claims", "owner": owner}
    rules = {"forbid_self_approval": True}
    written(tmp_path, None, {THERE: manifest}, policies=[FAILS], waivers=[waiver], rules=rules)
    read = read_manifest(str(tmp_path / THERE), shown_path(tmp_path / THERE), [])
    assert read is not None
    known = msgspec.structs.replace(read, path=THERE, owned_before=before)
    found = Gate(tmp_path / "policies", tmp_path / "registry").judge([GivenManifest(THERE, known, ())], as_of=AS_OF)
    assert [one.outcome for one in found.results] == [outcome]
    assert [one.message for one in found.notices if one.id == "void-waiver" and words in one.message] or not words


def test_two_of_one_name_are_told(tmp_path: Path) -> None:
    paths = ("a/vendorgate.yaml", "b/vendorgate.yaml", "c/vendorgate.yaml")
    found = judged(tmp_path, None, dict.fromkeys(paths, "twin"))
    assert [one.rpartition("@ ")[2] for one in told(found)] == ["b/vendorgate.yaml", "c/vendorgate.yaml"]
    assert told(found)[0] == (
        "warning project-named-twice: project `twin` is the name of a/vendorgate.yaml, too, and no entry of `projects`"
        " binds it: give each its own name, or bind both in bundle.yaml @ b/vendorgate.yaml"
    )


def test_two_of_one_name_are_none_where_one_is_bound(tmp_path: Path) -> None:
    found = judged(tmp_path, [CLAIMS], {THERE: "claims", ELSEWHERE: "claims"})
    assert [one.split(":")[0] for one in told(found)] == ["warning unbound-project"]
    found = judged(tmp_path, [{**CLAIMS, "paths": ["**"]}], {THERE: "claims", ELSEWHERE: "claims"})
    assert told(found) == []


READS_NAME: Part = {"id": "n", "title": "N", "require": [{"==": [{"var": "project.name"}, "claims"]}]}
ALWAYS: Part = {"id": "t", "title": "T", "require": [True]}


def test_what_rests_on_a_name_is_told(tmp_path: Path) -> None:
    policies = [{"id": "p", "title": "P", "require": [{"agreement": "baa"}]}, READS_NAME, ALWAYS, {**FAILS, "id": "f"}]
    waiver = {"policy": "f", "project": "claims"}
    world: Part = {"policies": policies, "agreements": [baa("claims")], "waivers": [waiver]}
    (words,) = told(judged(tmp_path, None, {THERE: "claims"}, **world))
    assert words == (
        "note self-named-project: 2 passes (`p` on `u` with alpha, `n` on `u` with alpha) and 1 waived result"
        " (`f` on `u` with alpha) of project `claims` rest on its name, which the manifest itself says:"
        " bind it under `projects` in bundle.yaml @ claims/vendorgate.yaml"
    )
    assert told(judged(tmp_path, [CLAIMS], {THERE: "claims"}, **world)) == []


RESTING: dict[str, tuple[Part, bool]] = {
    "an agreement for all": ({"agreements": [baa()]}, False),
    "one for all beside one for it": ({"agreements": [baa("claims"), baa()]}, False),
    "one for it": ({"agreements": [baa("claims")]}, True),
    "one for it that decides nothing": ({"agreements": [baa("claims")], "policies": [ALWAYS]}, False),
    "no agreement": ({"agreements": []}, False),
    "no register": ({}, False),
    "a waiver for all": ({"policies": [FAILS], "waivers": [{"project": "*"}]}, False),
    "a waiver for it": ({"policies": [FAILS], "waivers": [{"project": "claims"}]}, True),
    "a rule that reads the name": ({"policies": [READS_NAME]}, True),
    "a rule that every name but one meets": (
        {"policies": [{**READS_NAME, "require": [{"!=": [{"var": "project.name"}, "pilot"]}]}]},
        True,
    ),
}


@pytest.mark.parametrize(("world", "rests"), RESTING.values(), ids=RESTING)
def test_result_rests_on_a_name(world: Part, rests: bool, tmp_path: Path) -> None:
    assert bool(told(judged(tmp_path, None, {THERE: "claims"}, **world))) is rests


def test_one_that_rests_on_a_name_rests(tmp_path: Path) -> None:
    (words,) = told(judged(tmp_path, None, {THERE: "claims"}, policies=[READS_NAME]))
    assert "note self-named-project: 1 pass (`n` on `u` with alpha) of project `claims` rests on its name," in words


def test_waived_results_that_rest_on_a_name_are_counted(tmp_path: Path) -> None:
    policies = [{**FAILS, "id": id} for id in ("e", "f")]
    (words,) = told(
        judged(tmp_path, None, {THERE: "claims"}, policies=policies, waivers=[{"policy": "*", "project": "claims"}])
    )
    assert "2 waived results (`e` on `u` with alpha, `f` on `u` with alpha) of project" in words


def test_many_that_rest_on_a_name_are_counted(tmp_path: Path) -> None:
    policies = [{"id": f"p{number}", "title": "P", "require": [{"agreement": "baa"}]} for number in range(5)]
    (words,) = told(judged(tmp_path, None, {THERE: "claims"}, policies=policies, agreements=[baa("claims")]))
    assert "5 passes (`p0` on `u` with alpha, `p1` on `u` with alpha, `p2` on `u` with alpha and 2 more)" in words


def test_repository_is_told_and_malformed_ones_are_refused(tmp_path: Path) -> None:
    from vendorgate.errors import UsageError

    found = judged(tmp_path, None, {THERE: "claims"}, repository="acme/clinic")
    assert (found.repository.name, found.repository.said_by) == ("acme/clinic", "option")
    assert judged(tmp_path, None, {THERE: "claims"}).repository.name is None
    for name in ("clinic", "", "acme/", "/clinic", "acme/../x", "acme/x y", "acme/x\n", "https://x/acme/x", "a/ſ"):
        with pytest.raises(UsageError):
            judged(tmp_path, None, {THERE: "claims"}, repository=name)


def test_unbound_name_misses_the_same_waivers_by_an_index_that_is_there(tmp_path: Path) -> None:
    waivers: list[Part] = [{"project": "claims"}, {"project": "cl*"}, {"project": "*"}, {"project": "x"}]
    found = judged(tmp_path, [CLAIMS], {ELSEWHERE: "claims"}, agreements=[baa("claims")], waivers=waivers)
    looked_up, given = (
        about_names(found.manifests, found.bundle, (), index) for index in (None, WaiverIndex(found.bundle.waivers))
    )
    assert [*looked_up.values()] == [*given.values()]
    ((notice,),) = given.values()
    assert "(1 agreement and 2 waivers for that name)" in notice.message
