"""A bundle's `offerings/`: what may stand there, what is refused, and what rules may say of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import vendorgate
from tests.world import AS_OF, OFFERING, SNAPSHOT, Part
from vendorgate import Gate
from vendorgate.errors import InputError
from vendorgate.model.evaluation import Evaluation

GOOD = {"value": "yes_public", "verified": "2026-11-01"}
SCRIBE: Part = {**OFFERING, "id": "scribe", "name": "Scribe", "platform": "Own GPUs", "category": "internal"}
COVERED = {"covered": "hipaa_baa"}


def judged(
    folder: Path,
    overlays: dict[str, Any],
    offering: Part | None = None,
    require: Any = COVERED,
    usage: Part | None = None,
    **more: Any,
) -> Evaluation:
    """Judge a usage by one rule, with files of `offerings/` by name, which are JSON or texts."""
    written = {"id": "u", "purpose": "answer", "offering": "alpha", "data": ["internal"], **(usage or {})}
    policy = {"id": "p", "title": "P", "require": [require], **more.pop("policy", {})}
    files: dict[str, Any] = {
        "registry/snapshot.yaml": {**SNAPSHOT, "former": {"old-api": {"instead": "alpha"}}},
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, "dimensions": {}, **(offering or {})},
        "policies/p.yaml": {"version": 1, "policies": [policy]},
        "vendorgate.yaml": {"version": 1, "project": "demo", "usages": [written]},
        **{f"policies/offerings/{name}": value for name, value in overlays.items()},
        **more.pop("files", {}),
    }
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return Gate(folder / "policies", folder / "registry").check(folder / "vendorgate.yaml", as_of=AS_OF, **more)


def refusal(folder: Path, overlays: dict[str, Any], offering: Part | None = None, **more: Any) -> str:
    with pytest.raises(InputError) as caught:
        judged(folder, overlays, offering, **more)
    return "\n".join(f"{one.location}: {one.title} ({one.help})" for one in caught.value.problems)


def cells(**stated: Any) -> Part:
    return {"extends": "alpha", "dimensions": stated}


def test_usage_may_name_an_offering_of_our_own(tmp_path: Path) -> None:
    found = judged(tmp_path, {"scribe.yaml": {**SCRIBE, "dimensions": {}}}, usage={"offering": "scribe"})
    assert [result.outcome for result in found.results] == ["unknown"]
    (reason,) = found.results[0].requirements[0].reasons
    assert reason.message == "the bundle states nothing about hipaa_baa of scribe"
    assert found.subjects[0].offering.owner == "bundle"
    assert found.snapshot.ids == {"alpha", "scribe"}


def test_own_offering_states_cells_as_the_registry_does(tmp_path: Path) -> None:
    own = {**SCRIBE, "category": "recipient", "dimensions": {"hipaa_baa": GOOD, "gdpr_dpa": None}}
    found = judged(tmp_path, {"deep/er/s.YML": own}, usage={"offering": "scribe"})
    assert found.results[0].outcome == "pass"
    (cited,) = found.results[0].evidence
    assert cited.cell is not None
    assert (cited.cell.owner, cited.cell.written.confidence) == ("bundle", "high")


def test_own_offering_lists_names_that_usages_are_held_against(tmp_path: Path) -> None:
    own = {**SCRIBE, "endpoints": ["transcribe"], "dimensions": {}}
    told = refusal(tmp_path, {"s.yaml": own}, usage={"offering": "scribe", "endpoints": ["transcibe"]})
    assert "among the endpoints of scribe (did you mean `transcribe`?)" in told


def test_cell_is_added_to_an_offering_of_the_registry(tmp_path: Path) -> None:
    found = judged(tmp_path, {"a.yaml": cells(hipaa_baa=GOOD)})
    assert found.results[0].outcome == "pass"
    assert found.subjects[0].offering.owner == "registry"


def test_cell_stands_in_the_place_of_the_registrys(tmp_path: Path) -> None:
    stated = {"hipaa_baa": {**GOOD, "confidence": "high"}, "gdpr_dpa": {**GOOD, "confidence": "low"}}
    found = judged(tmp_path, {"a.yaml": cells(hipaa_baa={**GOOD, "value": "no"})}, {"dimensions": stated})
    assert found.results[0].outcome == "fail"
    locate = found.results[0].requirements[0].reasons[0].locate
    assert locate is not None
    assert locate().path.endswith("policies/offerings/a.yaml")
    kept = found.subjects[0].offering.cells["gdpr_dpa"]
    assert (kept.owner, kept.written.confidence) == ("registry", "low")


def test_cell_without_value_leaves_the_registrys_in_force(tmp_path: Path) -> None:
    stated = {"hipaa_baa": {**GOOD, "confidence": "high"}}
    found = judged(tmp_path, {"a.yaml": cells(hipaa_baa=None, gdpr_dpa=GOOD)}, {"dimensions": stated})
    assert found.results[0].outcome == "pass"


def test_own_cell_grows_as_old_as_any(tmp_path: Path) -> None:
    found = judged(tmp_path, {"a.yaml": cells(hipaa_baa={**GOOD, "verified": "2025-01-01"})})
    assert found.results[0].outcome == "unknown"


def test_aliases_are_added(tmp_path: Path) -> None:
    overlays = {"a.yaml": {"extends": "alpha", "aliases": ["Our Alpha", "A1"]}}
    found = judged(tmp_path, overlays, {"aliases": ["A1"]}, {"in": ["Our Alpha", {"var": "offering.aliases"}]})
    assert found.results[0].outcome == "pass"
    assert found.subjects[0].offering.written.aliases == ("A1", "Our Alpha")


def test_several_files_add_to_one_offering(tmp_path: Path) -> None:
    require = {"and": [COVERED, {"covered": "gdpr_dpa"}]}
    overlays = {"a.yaml": cells(hipaa_baa=GOOD), "b.yaml": cells(gdpr_dpa=GOOD)}
    assert judged(tmp_path, overlays, require=require).results[0].outcome == "pass"


SCOPED = {"dimensions": {"hipaa_baa": {**GOOD, "scope": {"models": {"only": ["a-*"]}}}}, "endpoints": ["chat"]}


def test_cell_in_the_place_of_a_scoped_one_states_its_scope(tmp_path: Path) -> None:
    told = refusal(tmp_path, {"a.yaml": cells(hipaa_baa=GOOD)}, SCOPED)
    assert "the registry's cell hipaa_baa of `alpha` has a scope, and the one in its place states none" in told


def test_it_does_whether_anybody_uses_the_offering_or_not(tmp_path: Path) -> None:
    overlays = {"a.yaml": cells(hipaa_baa=GOOD), "s.yaml": {**SCRIBE, "dimensions": {}}}
    assert "states none" in refusal(tmp_path, overlays, SCOPED, usage={"offering": "scribe"})


@pytest.mark.parametrize(("scope", "outcome"), [({}, "pass"), ({"models": {"only": ["b-*"]}}, "fail")])
def test_stated_scope_is_the_scope(scope: Part, outcome: str, tmp_path: Path) -> None:
    overlays = {"a.yaml": cells(hipaa_baa={**GOOD, "scope": scope})}
    assert judged(tmp_path, overlays, SCOPED, usage={"models": ["a-1"]}).results[0].outcome == outcome


def test_scope_of_ours_is_checked_against_the_names_of_the_registry(tmp_path: Path) -> None:
    overlays = {"a.yaml": cells(hipaa_baa={**GOOD, "scope": {"endpoints": {"except": ["chta"]}}})}
    assert "a.yaml:1" in (told := refusal(tmp_path, overlays, SCOPED))
    assert "`chta` is not among the endpoints of this offering (did you mean `chat`?)" in told


def test_conditions_of_ours_and_of_the_registry_cannot_go_in_a_circle(tmp_path: Path) -> None:
    stated = {"gdpr_dpa": {**GOOD, "conditions": [COVERED]}}
    overlays = {"a.yaml": cells(hipaa_baa={**GOOD, "conditions": [{"covered": "gdpr_dpa"}]})}
    told = refusal(tmp_path, overlays, {"dimensions": stated})
    assert "a.yaml:1:" in told
    assert "the conditions of hipaa_baa lead back to hipaa_baa" in told


def test_settings_that_our_conditions_read_are_read(tmp_path: Path) -> None:
    overlays = {"a.yaml": cells(hipaa_baa={**GOOD, "conditions": [{"==": [{"var": "usage.settings.eu_only"}, True]}]})}
    found = judged(tmp_path, overlays, usage={"settings": {"eu_only": True}})
    assert found.results[0].outcome == "pass"
    assert not [notice for notice in found.notices if notice.id == "unread-setting"]


@pytest.mark.parametrize(
    ("overlays", "words"),
    [
        (
            {"a.yaml": {**SCRIBE, "id": "alpha", "dimensions": {}}},
            "the registry has an offering `alpha` (add to it with",
        ),
        ({"a.yaml": {**SCRIBE, "id": "old-api", "dimensions": {}}}, "the registry had an offering `old-api`"),
        ({"a.yaml": {**SCRIBE, "id": "unlisted", "dimensions": {}}}, "`unlisted` stands for every vendor that nobody"),
        ({n: {**SCRIBE, "dimensions": {}} for n in ("a.yaml", "b.yaml")}, "the id `scribe` is used twice"),
        ({"a.yaml": {**SCRIBE, "category": "unlisted", "dimensions": {}}}, "`unlisted` is not a value of `category`"),
        ({"a.yaml": {**SCRIBE, "dimensions": {}, "hots": ["x"]}}, "unknown key `hots`"),
        ({"a.yaml": {"extends": "alpah", "dimensions": {"hipaa_baa": GOOD}}}, "did you mean `alpha`?"),
        (
            {"a.yaml": {"extends": "old-api", "dimensions": {"hipaa_baa": GOOD}}},
            "`old-api` is no longer in the registry",
        ),
        (
            {"a.yaml": {"extends": "scribe", "aliases": ["x"]}, "s.yaml": {**SCRIBE, "dimensions": {}}},
            "`scribe` is an offering of this bundle (state all of it in the file of the offering)",
        ),
        ({"a.yaml": {"extends": "alpha"}}, "nothing is added to `alpha`"),
        ({"a.yaml": {**cells(hipaa_baa=GOOD), "platform": "Mine"}}, "unknown key `platform`"),
        ({"a.yaml": {**cells(hipaa_baa=GOOD), "id": "alpha"}}, "unknown key `id`"),
        ({"a.yaml": cells(hippa_baa=GOOD)}, "unknown key `hippa_baa` (did you mean `hipaa_baa`?)"),
        ({n: cells(hipaa_baa=GOOD) for n in ("a.yaml", "b.yaml")}, "the cell hipaa_baa of `alpha` is stated twice"),
        ({"a.yaml": "version: 1\npolicies: []\n"}, "unknown key `policies`"),
        ({"a.yaml": "[1]\n"}, "the file must be a mapping"),
        ({"a.test.yaml": "version: 1\ntests: []\n"}, "unknown key `tests`"),
        ({"a.yaml": ""}, "empty"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(overlays: dict[str, Any], words: str, tmp_path: Path) -> None:
    told = refusal(tmp_path, overlays)
    assert words in told
    assert "policies/offerings/" in told


def test_internal_offerings_stand_in_bundles_alone(tmp_path: Path) -> None:
    told = refusal(tmp_path, {}, {"category": "internal"})
    assert "`internal` is not a value of `category`" in told


@pytest.mark.parametrize("category", ["product", "recipient"])
def test_products_and_recipients_stand_in_registries_too(category: str, tmp_path: Path) -> None:
    found = judged(tmp_path, {}, {"category": category}, {"==": [{"var": "offering.category"}, category]})
    assert found.results[0].outcome == "pass"


def test_rules_may_name_the_words_of_own_offerings(tmp_path: Path) -> None:
    own = {**SCRIBE, "model_family": "Pen", "endpoints": ["transcribe"], "features": ["speakers"], "dimensions": {}}
    rule = {
        "and": [
            {"==": [{"var": "offering.platform"}, "Own GPUs"]},
            {"==": [{"var": "offering.model_family"}, "Pen"]},
            {"==": [{"var": "usage.offering"}, "scribe"]},
            {"in": ["transcribe", {"var": "usage.endpoints"}]},
            {"disjoint": [{"var": "usage.features"}, ["speakers"]]},
        ]
    }
    usage = {"offering": "scribe", "endpoints": ["transcribe"]}
    assert judged(tmp_path, {"s.yaml": own}, require=rule, usage=usage).results[0].outcome == "pass"
    told = refusal(tmp_path, {"s.yaml": own}, require={"==": [{"var": "offering.platform"}, "Own GPU"]})
    assert "did you mean `Own GPUs`?" in told


def test_rules_may_name_the_facts_of_own_cells(tmp_path: Path) -> None:
    overlays = {"a.yaml": cells(hipaa_baa={**GOOD, "facts": {"days": 15}})}
    rule = {">=": [{"var": "registry.hipaa_baa.facts.days"}, 30]}
    assert judged(tmp_path, overlays, require=rule).results[0].outcome == "fail"
    told = refusal(tmp_path, overlays, require={">=": [{"var": "registry.hipaa_baa.facts.day"}, 30]})
    assert "did you mean `days`?" in told


def test_words_of_own_offerings_count_beside_an_index(tmp_path: Path) -> None:
    from vendorgate.load.files import Folder
    from vendorgate.snapshots import index_text

    judged(tmp_path, {})
    (tmp_path / "registry" / "index.yaml").write_bytes(index_text(Folder(str(tmp_path / "registry"), "registry")))
    own = {**SCRIBE, "dimensions": {"hipaa_baa": {**GOOD, "facts": {"days": 3}}}}
    rule = {"or": [{"==": [{"var": "offering.platform"}, "Own GPUs"]}, {"var": "registry.hipaa_baa.facts.days"}]}
    assert judged(tmp_path, {"s.yaml": own}, require=rule, usage={"offering": "scribe"}).results[0].outcome == "pass"


def test_overlays_are_part_of_the_digest(tmp_path: Path) -> None:
    digests = set()
    for index, verified in enumerate(("2026-11-01", "2026-11-02")):
        found = judged(tmp_path / str(index), {"a.yaml": cells(hipaa_baa={**GOOD, "verified": verified})})
        digests.add(found.bundle.sha256)
    assert len(digests) == 2


def test_offerings_alone_make_a_bundle_and_no_policies(tmp_path: Path) -> None:
    files = {"policies/p.yaml": "{}\n"}
    (tmp_path / "policies").mkdir()
    told = refusal(tmp_path, {"s.yaml": {**SCRIBE, "dimensions": {}}}, files=files)
    assert "`policies` is missing" in told
    (tmp_path / "policies" / "p.yaml").unlink()
    with pytest.raises(InputError) as caught:
        Gate(tmp_path / "policies", tmp_path / "registry").check(tmp_path / "vendorgate.yaml", as_of=AS_OF)
    assert [one.title for one in caught.value.problems] == ["a bundle without policies"]


NOTICE = {"value": "yes_public", "verified": "2026-11-01", "facts": {"days": 15}}
ASKS = {"policies/bundle.yaml": {"dimensions": {"subprocessor_notice": "How long before are customers told?"}}}


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        ({"covered": "subprocessor_notice"}, "pass"),
        ({"documented": "subprocessor_notice"}, "pass"),
        ({">=": [{"var": "registry.subprocessor_notice.facts.days"}, 30]}, "fail"),
        ({"==": [{"var": "registry.subprocessor_notice.value"}, "yes_public"]}, "pass"),
    ],
)
def test_rules_read_a_dimension_of_our_own(rule: Part, outcome: str, tmp_path: Path) -> None:
    found = judged(tmp_path, {"a.yaml": cells(subprocessor_notice=NOTICE)}, require=rule, files=ASKS)
    assert found.results[0].outcome == outcome
    assert [one.dimension for one in found.results[0].evidence] == ["subprocessor_notice"]


@pytest.mark.parametrize("overlays", [{}, {"b.yaml": {**SCRIBE, "dimensions": {"subprocessor_notice": NOTICE}}}])
def test_dimension_of_our_own_is_unknown_where_nobody_states_it(overlays: dict[str, Any], tmp_path: Path) -> None:
    found = judged(tmp_path, overlays, require={"covered": "subprocessor_notice"}, files=ASKS)
    assert found.results[0].outcome == "unknown"
    assert found.results[0].blocks


def test_dimension_of_our_own_comes_behind_the_usual_ones(tmp_path: Path) -> None:
    found = judged(
        tmp_path,
        {"a.yaml": cells(subprocessor_notice=NOTICE, hipaa_baa=GOOD)},
        require={"and": [{"covered": "subprocessor_notice"}, {"covered": "hipaa_baa"}]},
        files=ASKS,
    )
    assert [one.dimension for one in found.results[0].evidence] == ["hipaa_baa", "subprocessor_notice"]


def test_conditions_of_ours_may_ask_for_dimensions_of_ours(tmp_path: Path) -> None:
    overlays = {"a.yaml": cells(hipaa_baa={**GOOD, "conditions": [{"covered": "subprocessor_notice"}]})}
    assert judged(tmp_path, overlays, files=ASKS).results[0].outcome == "unknown"
    overlays["a.yaml"]["dimensions"]["subprocessor_notice"] = NOTICE
    assert judged(tmp_path, overlays, files=ASKS).results[0].outcome == "pass"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("hipaa_baa", "`hipaa_baa` is a dimension already"),
        ("default", "`default` stands for every dimension"),
        ("sub.notice", "cannot be the name of a dimension"),
        ("Notice", "cannot be the name of a dimension"),
    ],
)
def test_dimension_of_our_own_has_a_name_of_its_own(name: str, words: str, tmp_path: Path) -> None:
    assert words in refusal(tmp_path, {}, files={"policies/bundle.yaml": {"dimensions": {name: "Which?"}}})


def test_dimension_that_the_bundle_does_not_ask_for_is_refused(tmp_path: Path) -> None:
    overlays = {"a.yaml": cells(subprocesor_notice=NOTICE)}
    told = refusal(tmp_path, overlays, files=ASKS)
    assert "unknown key `subprocesor_notice` (did you mean `subprocessor_notice`?)" in told
    assert "unknown key `subprocessor_notice`" in refusal(
        tmp_path, {"a.yaml": cells(subprocessor_notice=NOTICE)}, files={"policies/bundle.yaml": {}}
    )
    told = refusal(tmp_path, {}, require={"covered": "subprocessor_notic"}, files=ASKS)
    assert "did you mean `subprocessor_notice`?" in told
    told = refusal(tmp_path, {}, require={"var": "registry.subprocessor_notic.value"}, files=ASKS)
    assert "did you mean `subprocessor_notice`?" in told


def test_registry_states_no_dimension_of_ours(tmp_path: Path) -> None:
    told = refusal(tmp_path, {}, {"dimensions": {"subprocessor_notice": NOTICE}}, files=ASKS)
    assert "alpha.yaml:1:" in told
    assert "unknown key `subprocessor_notice`" in told


def test_bundle_may_add_kinds_of_agreement_and_dimensions_at_once(tmp_path: Path) -> None:
    bundle = {"dimensions": {"subprocessor_notice": "How long before?"}, "agreement_kinds": ["aoc"]}
    require = {"and": [{"!": {"agreement": "aoc"}}, {"!": {"agreement": "baa"}}, {"covered": "subprocessor_notice"}]}
    files = {"policies/bundle.yaml": bundle, "policies/agreements.yaml": {"version": 1, "agreements": []}}
    overlays = {"a.yaml": cells(subprocessor_notice={**NOTICE, "conditions": [{"!": {"agreement": "aoc"}}]})}
    assert judged(tmp_path, overlays, require=require, files=files).results[0].outcome == "pass"


def test_tests_of_policies_say_what_overlays_say_otherwise(tmp_path: Path) -> None:
    """What a test replaces stands in the place of what the bundle says; all else of it stays."""
    overlays = {
        "a.yaml": cells(hipaa_baa=GOOD, subprocessor_notice=NOTICE),
        "s.yaml": {**SCRIBE, "dimensions": {"hipaa_baa": GOOD}},
    }
    tests = [
        {"name": name, "usage": {"offering": offering, "data": ["internal"]}, "registry": said, "expect": expect}
        for name, offering, said, expect in (
            ("as it is", "alpha", {}, "pass"),
            ("another cell", "alpha", {"alpha": {"dimensions": {"soc2_type2": {"value": "no"}}}}, "pass"),
            ("no", "alpha", {"alpha": {"dimensions": {"hipaa_baa": {"value": "no"}}}}, "fail"),
            ("none", "alpha", {"alpha": {"dimensions": {"subprocessor_notice": None}}}, "unknown"),
            ("own", "scribe", {"scribe": {"dimensions": {"subprocessor_notice": NOTICE}}}, "pass"),
            ("own, without", "scribe", {"scribe": {"dimensions": {"hipaa_baa": None}}}, "unknown"),
        )
    ]
    require = {"and": [COVERED, {"covered": "subprocessor_notice"}]}
    judged(tmp_path, overlays, require=require, policy={"tests": tests}, files=ASKS)
    command = ("policy", "test", "policies", "--registry", "registry", "--as-of", "2026-11-23")
    ended = vendorgate(*command, folder=tmp_path)
    assert ended.code == 0, ended.stdout + ended.stderr
    tests[0]["registry"] = {"alpha": {"dimensions": {"subprocesor_notice": NOTICE}}}
    judged(tmp_path, overlays, require=require, policy={"tests": tests}, files=ASKS)
    assert "did you mean `subprocessor_notice`?" in vendorgate(*command, folder=tmp_path).stderr


def test_signatures_are_added_to_those_of_the_registry(tmp_path: Path) -> None:
    regions = {"api.b.example": "eu", "api.a.example": "de"}
    more = {"hosts": [*regions], "packages": {"npm": ["b"], "pypi": ["a", "c"]}, "host_regions": regions}
    listed = {"hosts": ["api.a.example"], "packages": {"pypi": ["a"]}, "env": ["A_KEY"]}
    listed["host_regions"] = {"api.a.example": "us"}
    overlays = {"a.yaml": {"extends": "alpha", "signatures": more}}
    found = judged(tmp_path, overlays, {"signatures": listed}, True)
    signatures = found.subjects[0].offering.written.signatures
    assert signatures is not None
    assert (signatures.hosts, signatures.env) == (("api.a.example", "api.b.example"), ("A_KEY",))
    assert signatures.packages == {"pypi": ("a", "c"), "npm": ("b",)}
    assert signatures.host_regions == {"api.a.example": "us", "api.b.example": "eu"}
    (other,) = judged(tmp_path / "other", {"a.yaml": {"extends": "alpha", "aliases": ["x"]}}, {}, True).subjects
    assert other.offering.written.signatures is None


@pytest.mark.parametrize(
    ("signatures", "said"),
    [
        ({"host": ["a"]}, "unknown key `host`"),
        ({"hosts": "api.a.example"}, "must be a list"),
        ({"packages": ["a"]}, "must be a mapping"),
        ({"packages": {"pypi": "a"}}, "must be a list"),
        ({"imports": {"python": [1]}}, "must be a text"),
    ],
)
def test_signatures_are_read_strictly(signatures: dict[str, Any], said: str, tmp_path: Path) -> None:
    for number, world in enumerate(
        (({"a.yaml": {"extends": "alpha", "signatures": signatures}}, {}), ({}, {"signatures": signatures}))
    ):
        with pytest.raises(InputError) as found:
            judged(tmp_path / str(number), *world, True)
        assert any(said in problem.title for problem in found.value.problems)


def test_evidence_of_a_dimension_of_ours_has_an_age_of_its_own(tmp_path: Path) -> None:
    age = {"default": 365, "notice": 22}
    bundle = {"dimensions": {"notice": "How long before?"}, "registry": {"max_evidence_age_days": age}}
    overlays = {"a.yaml": cells(notice=GOOD, hipaa_baa=GOOD)}
    rules = [{"covered": "hipaa_baa"}, {"covered": "notice"}]
    for days, outcome in ((22, "pass"), (21, "unknown")):
        age["notice"] = days
        found = judged(tmp_path / outcome, overlays, require={"and": rules}, files={"policies/bundle.yaml": bundle})
        assert [result.outcome for result in found.results] == [outcome]
    age["notise"] = 1
    said = refusal(tmp_path, overlays, files={"policies/bundle.yaml": bundle})
    assert "unknown key `notise` (did you mean `notice`?)" in said
