"""Attributes of usages: who declares what they can be, and what manifests and policies may then say of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import vendorgate
from tests.commands.policy.bundles import policies, policy, run, write
from tests.world import AS_OF, OFFERING, SNAPSHOT, Part
from vendorgate import Gate, InputError
from vendorgate.model.evaluation import Evaluation

READS: Part = {"known": "usage.attributes.dpia"}
DECLARED: Part = {
    "dpia": {"type": "text"},
    "reviewed": {"type": "day"},
    "consented": {"type": "flag"},
    "level": {"type": "number"},
    "oversight": {"one_of": ["everything", "samples", "none"]},
}

NO_DAY = "the attribute `reviewed` must be a day as YYYY-MM-DD, and this is"
ALWAYS = (
    "stands where a condition is expected, and holds whatever it says:"
    " compare it with what it must say, or ask {known: path} whether it is stated"
)


def judged(folder: Path, attributes: Part, *rules: Any, declared: Part | None = None, **more: Any) -> Evaluation:
    """One usage with attributes on two routes, judged by rules; `more` are files of the bundle."""
    usage = {"id": "u", "offering": "alpha", "fallbacks": ["beta"], "data": ["public"], "attributes": attributes}
    files: Part = {
        "registry/snapshot.yaml": SNAPSHOT,
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, "dimensions": {}},
        "registry/offerings/beta.yaml": {"id": "beta", **OFFERING, "dimensions": {}},
        "policies/bundle.yaml": {} if declared is None else {"attributes": declared},
        "policies/p.yaml": policies({"id": "p", "title": "P", "require": list(rules)}),
        "policies/agreements.yaml": {"version": 1, "agreements": []},
        "vendorgate.yaml": {"version": 1, "project": "p", "usages": [usage]},
        **{f"policies/{name}.yaml": value for name, value in more.items()},
    }
    write(folder, files)
    return Gate(folder / "policies", folder / "registry").check(folder / "vendorgate.yaml", as_of=AS_OF)


def refused(folder: Path, attributes: Part, *rules: Any, declared: Part | None = None, **more: Any) -> list[str]:
    with pytest.raises(InputError) as error:
        judged(folder, attributes, *rules, declared=declared, **more)
    return [f"{one.title}: {one.help}" for one in error.value.problems]


def outcomes(evaluation: Evaluation) -> list[str]:
    return [result.outcome for result in evaluation.results]


def test_attribute_of_any_kind_holds_on_every_route(tmp_path: Path) -> None:
    rules = [
        {"==": [{"var": "usage.attributes.dpia"}, "DPIA-31"]},
        {"<": [{"days_since": {"var": "usage.attributes.reviewed"}}, 30]},
        {"var": "usage.attributes.consented"},
        {">=": [{"var": "usage.attributes.level"}, 2.5]},
        {"!=": [{"var": "usage.attributes.oversight"}, "none"]},
    ]
    values = {"dpia": "DPIA-31", "reviewed": "2026-11-01", "consented": True, "level": 3, "oversight": "samples"}
    assert outcomes(judged(tmp_path, values, *rules)) == ["pass", "pass"]
    assert outcomes(judged(tmp_path, values, *rules, declared=DECLARED)) == ["pass", "pass"]
    assert outcomes(judged(tmp_path, {}, *rules, declared=DECLARED)) == ["unknown", "unknown"]


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_attribute_that_is_not_stated_is_unknown(name: str, tmp_path: Path) -> None:
    rules = {
        "dpia": {"!=": [{"var": "usage.attributes.dpia"}, "x"]},
        "reviewed": {"!=": [{"var": "usage.attributes.reviewed"}, "2026-01-01"]},
        "consented": {"!": {"var": "usage.attributes.consented"}},
        "level": {"<": [{"var": "usage.attributes.level"}, 5]},
        "oversight": {"!": {"in": [{"var": "usage.attributes.oversight"}, ["none"]]}},
    }
    assert outcomes(judged(tmp_path, {}, rules[name])) == ["unknown", "unknown"]


def test_attribute_that_no_policy_reads_is_told_once(tmp_path: Path) -> None:
    found = judged(tmp_path, {"dpai": "DPIA-31", "other-thing": 1}, READS)
    assert [(one.severity, one.message) for one in found.notices if one.id == "unread-attribute"] == [
        ("note", "no policy reads the attribute `dpai` of usage `u`; did you mean `dpia`?"),
        ("note", "no policy reads the attribute `other-thing` of usage `u`"),
    ]
    places = [one.location for one in found.notices if one.id == "unread-attribute"]
    assert [place.column for place in places if place is not None] == [134, 153]


def test_attributes_without_end_are_counted(tmp_path: Path) -> None:
    found = judged(tmp_path, {f"a{index}": True for index in range(30)}, READS)
    told = [one.message for one in found.notices if one.id == "unread-attribute"]
    assert (len(told), told[-1]) == (21, "no policy reads 10 more attributes of usage `u`")


def test_attribute_that_only_a_policy_that_is_off_reads_is_not_read(tmp_path: Path) -> None:
    settings = {"overrides": [{"policy": "q", "off": True, "reason": "r"}]}
    more = policies({"id": "q", "title": "Q", "require": [READS]})
    found = judged(tmp_path, {"dpia": "x"}, True, bundle=settings, q=more)
    assert [one.id for one in found.notices] == ["policy-off", "unread-attribute"]


@pytest.mark.parametrize(
    ("attributes", "mistakes"),
    [
        ({"dpai": "x"}, ["no attribute `dpai`: did you mean `dpia`?"]),
        ({"dpia": 31}, ['the attribute `dpia` must be a text, and this is `31`: quote it: "31"']),
        ({"dpia": True}, ['the attribute `dpia` must be a text, and this is `true`: quote it: "true"']),
        (
            {"reviewed": "2026-02-30"},
            [f"{NO_DAY} `2026-02-30`: write a day as YYYY-MM-DD"],
        ),
        (
            {"reviewed": 2026},
            [f"{NO_DAY} `2026`: write a day as YYYY-MM-DD"],
        ),
        (
            {"consented": "true"},
            ["the attribute `consented` must be true or false, and this is `true`: write true or false"],
        ),
        ({"consented": 1}, ["the attribute `consented` must be true or false, and this is `1`: write true or false"]),
        ({"level": "3"}, ["the attribute `level` must be a number, and this is `3`: write a number"]),
        ({"level": True}, ["the attribute `level` must be a number, and this is `true`: write a number"]),
        ({"oversight": "sample"}, ["`sample` is not a value of `oversight`: did you mean `samples`?"]),
        ({"oversight": 1}, ["`1` is not a value of `oversight`: known: `everything`, `none`, `samples`"]),
        ({"oversight": ""}, ["an empty text: write something"]),
    ],
)
def test_attribute_is_what_it_is_declared_as(attributes: Part, mistakes: list[str], tmp_path: Path) -> None:
    assert refused(tmp_path, attributes, READS, declared=DECLARED) == mistakes


@pytest.mark.parametrize(
    ("rule", "mistake"),
    [
        ({"known": "usage.attributes.dpai"}, "unknown path `usage.attributes.dpai`: did you mean `dpia`?"),
        (
            {"known": "usage.attributes"},
            "unknown path `usage.attributes`: name one attribute, such as `usage.attributes.dpia`",
        ),
        (
            {"known": "usage.attributes."},
            "unknown path `usage.attributes.`: name one attribute, such as `usage.attributes.dpia`",
        ),
        (
            {"==": [{"var": "usage.attributes.oversight"}, "nobody"]},
            "`nobody` is not a value of the attribute `oversight`: known: `everything`, `none`, `samples`",
        ),
        (
            {"!": {"in": [{"var": "usage.attributes.oversight"}, ["non"]]}},
            "`non` is not a value of the attribute `oversight`: did you mean `none`?",
        ),
        ({"!=": [{"var": "usage.attributes.level"}, "3"]}, "`3` is no number: write a number, without quotes"),
        ({"<": [{"var": "usage.attributes.level"}, "high"]}, "`high` is no number: write a number, without quotes"),
        (
            {"!": {"in": [{"var": "usage.attributes.level"}, ["3", 4]]}},
            "`3` is no number: write a number, without quotes",
        ),
        ({"!=": [{"var": "usage.attributes.level"}, True]}, "`true` is no number: write a number, without quotes"),
        ({"!=": [{"var": "usage.attributes.dpia"}, 3]}, "`3` is no text: quote it"),
        ({"!": {"in": [{"var": "usage.attributes.dpia"}, [3]]}}, "`3` is no text: quote it"),
        (
            {"!": {"in": [{"var": "usage.attributes.consented"}, ["no"]]}},
            "`no` is neither true nor false: write true or false",
        ),
        (
            {"!=": [{"var": "usage.attributes.consented"}, "no"]},
            "`no` is neither true nor false: write true or false",
        ),
        (
            {"!=": [{"var": "usage.attributes.reviewed"}, "1.1.2027"]},
            "`1.1.2027` is not a day: write a day as YYYY-MM-DD",
        ),
        *(
            (rule, f"`usage.attributes.{name}` {ALWAYS}")
            for name, rule in (
                ("oversight", {"var": "usage.attributes.oversight"}),
                ("dpia", {"!": {"var": "usage.attributes.dpia"}}),
                ("reviewed", {"and": [True, {"var": "usage.attributes.reviewed"}]}),
            )
        ),
    ],
)
def test_policy_asks_of_an_attribute_what_it_can_be(rule: Part, mistake: str, tmp_path: Path) -> None:
    assert refused(tmp_path, {}, rule, declared=DECLARED) == [mistake]


def test_default_of_an_attribute_may_decide(tmp_path: Path) -> None:
    rule = {"var": ["usage.attributes.dpia", False]}
    assert outcomes(judged(tmp_path, {}, rule, declared=DECLARED)) == ["fail", "fail"]
    assert outcomes(judged(tmp_path, {"dpia": "x"}, rule, declared=DECLARED)) == ["pass", "pass"]


def test_bundle_without_any_attribute_closes_the_set_all_the_same(tmp_path: Path) -> None:
    assert refused(tmp_path, {"dpia": "x"}, True, declared={}) == ["no attribute `dpia`: attributes: none"]
    assert refused(tmp_path, {}, READS, declared={}) == ["unknown path `usage.attributes.dpia`: attributes: none"]


def test_what_packs_declare_is_in_the_set(tmp_path: Path) -> None:
    pack = {**policies({"id": "q", "title": "Q", "require": [READS]}), "attributes": {"dpia": {"type": "text"}}}
    level = {"level": {"type": "number"}}
    assert set(outcomes(judged(tmp_path, {"dpia": "x", "level": 1}, READS, declared=level, q=pack))) == {"pass"}
    assert refused(tmp_path, {"dpia": 1}, READS, declared=level, q=pack) == [
        'the attribute `dpia` must be a text, and this is `1`: quote it: "1"'
    ]


def test_a_pack_alone_closes_no_set_but_says_what_its_own_can_be(tmp_path: Path) -> None:
    pack = {**policies({"id": "q", "title": "Q", "require": [READS]}), "attributes": {"dpia": {"type": "text"}}}
    assert set(outcomes(judged(tmp_path, {"dpia": "x", "other": 1}, READS, q=pack))) == {"pass"}
    assert refused(tmp_path, {"dpia": 1, "other": 1}, READS, q=pack) == [
        'the attribute `dpia` must be a text, and this is `1`: quote it: "1"'
    ]


def test_attribute_is_not_two_things(tmp_path: Path) -> None:
    pack = {**policies({"id": "q", "title": "Q", "require": [READS]}), "attributes": {"dpia": {"type": "flag"}}}
    (mistake,) = refused(tmp_path, {}, READS, declared={"dpia": {"type": "text"}}, q=pack)
    assert mistake.startswith("the attribute `dpia` is declared as two different things: ")
    assert mistake.endswith("declares it, too: let both say the same")
    same = {**pack, "attributes": {"dpia": {"type": "text"}}}
    assert set(outcomes(judged(tmp_path, {"dpia": "x"}, READS, declared={"dpia": {"type": "text"}}, q=same))) == {
        "pass"
    }


def test_data_class_of_a_pack_exists(tmp_path: Path) -> None:
    pack = {
        **policies({"id": "q", "title": "Q", "require": [{"in": ["letters", {"var": "usage.data"}]}]}),
        "data_classes": ["letters"],
    }
    assert outcomes(judged(tmp_path, {}, True, q=pack)) == ["pass", "fail", "pass", "fail"]


def trial(folder: Path, usage: Part, settings: Part, expect: str) -> tuple[int, str]:
    test = {"name": "t", "usage": {"offering": "openai-api", "data": ["phi"], **usage}, "expect": expect}
    rule = policy(require=[{"==": [{"var": "usage.attributes.dpia"}, "x"]}], tests=[test])
    write(folder, {"bundle.yaml": settings, "p.yaml": policies(rule)})
    ended = run("test", ".", folder=folder)
    return ended.code, ended.stderr


def test_test_of_a_policy_may_state_attributes(tmp_path: Path) -> None:
    assert trial(tmp_path, {"attributes": {"dpia": "x"}}, {}, "pass")[0] == 0
    assert trial(tmp_path, {}, {}, "unknown")[0] == 0
    code, told = trial(tmp_path, {"attributes": {"dpai": "x"}}, {"attributes": {"dpia": {"type": "text"}}}, "pass")
    assert code == 2
    assert "no attribute `dpai`" in told


def test_schema_of_manifests_knows_declared_attributes(tmp_path: Path) -> None:
    judged(tmp_path, {}, READS, declared=DECLARED)
    ended = vendorgate("schema", "manifest", "--policies", "policies", "--registry", "registry", folder=tmp_path)
    property = json.loads(ended.stdout)["definitions"]["Usage"]["properties"]["attributes"]
    assert property["additionalProperties"] is False
    kinds = {name: one.get("type", one.get("enum")) for name, one in property["properties"].items()}
    assert kinds == {
        "consented": "boolean",
        "dpia": "string",
        "level": "number",
        "oversight": ["everything", "samples", "none"],
        "reviewed": "string",
    }
