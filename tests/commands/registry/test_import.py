"""`registry import`: nothing from outside is a favourable guess, and nothing of ours is lost."""

from __future__ import annotations

import datetime
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command import ROOT, Ended, process, vendorgate
from tests.commands.registry.server import running
from tests.thoroughness import share
from vendorgate.commands.registry.imported_files import with_upstream
from vendorgate.commands.registry.upstream import read_upstream
from vendorgate.errors import InputError
from vendorgate.load.files import folder
from vendorgate.snapshots import read_snapshot

TODAY = datetime.date(2026, 11, 24)
GOOD = ROOT / "tests" / "cases" / "shared" / "registry"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    there = tmp_path / "registry-snapshot"
    shutil.copytree(GOOD, there)
    return there


def published(cells: dict[str, Any], id: str = "alpha-api", **more: Any) -> dict[str, Any]:
    offering = {
        "id": id,
        "name": "N",
        "developer": "D",
        "platform": "P",
        "category": "first_party",
        "dimensions": cells,
    }
    return {
        "name": "Elsewhere Registry",
        "generated": "2026-11-20",
        "license": "Free to use with attribution and a link back.",
        "offerings": [{**offering, "dimensions": cells, **more}],
    }


def imported(target: Path, upstream: Any, *arguments: str) -> Ended:
    file = target.parent / "data.json"
    file.write_text(json.dumps(upstream), encoding="utf-8")
    return vendorgate("registry", "import", "data.json", *arguments, folder=target.parent)


def cell(target: Path, dimension: str, id: str = "alpha-api") -> Any:
    return read_snapshot(folder(target)).offerings[id].cells[dimension].written


def ours(target: Path, cell: dict[str, Any], **more: Any) -> bool:
    """Have our offering say this alone."""
    text = json.dumps({**OURS, "dimensions": {"hipaa_baa": cell}, **more})
    return bool((target / "offerings" / "alpha-api.yaml").write_text(text, encoding="utf-8"))


OURS = {"id": "alpha-api", "name": "A", "developer": "Alpha", "platform": "Alpha", "category": "first_party"}
NEWER = {"value": "yes_public", "confidence": "high", "verified": "2026-10-01", "source": "https://alpha.example/new"}


def test_change_is_shown_and_nothing_is_written_without_yes(target: Path) -> None:
    before = (target / "offerings" / "alpha-api.yaml").read_bytes()
    ended = imported(target, published({"hipaa_baa": NEWER}))
    assert ended.code == 0, ended.stderr
    assert "better alpha-api hipaa_baa" in ended.stdout
    assert "say --yes" in ended.stderr
    assert (target / "offerings" / "alpha-api.yaml").read_bytes() == before


def test_scopes_conditions_and_comments_of_ours_stay(target: Path) -> None:
    file = target / "offerings" / "alpha-api.yaml"
    file.write_text("# why we read it so\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    ours = cell(target, "hipaa_baa")
    assert imported(target, published({"hipaa_baa": NEWER}), "--yes").code == 0
    now = cell(target, "hipaa_baa")
    assert (now.value, str(now.verified), now.source) == ("yes_public", "2026-10-01", "https://alpha.example/new")
    assert (now.scope, now.conditions) == (ours.scope, ours.conditions)
    assert file.read_text(encoding="utf-8").startswith("# why we read it so\n")


def test_older_or_undated_evidence_does_not_replace_ours(target: Path) -> None:
    old = {**NEWER, "verified": "2026-01-01"}
    undated = {key: value for key, value in NEWER.items() if key != "verified"}
    ended = imported(target, published({"hipaa_baa": old, "iso_27001": undated}), "--yes")
    assert ended.stderr.count("our evidence is newer; kept") == 2
    assert cell(target, "iso_27001").value == "no"
    assert cell(target, "hipaa_baa").value == "yes_sales_gated"


def test_new_offering_is_added_with_its_facts_and_attribution(target: Path) -> None:
    cells = {"retention_zdr": {**NEWER, "retention_days": 30, "nested": {"regions": ["us", "no"]}, "notes": "kept: no"}}
    assert imported(target, published(cells, id="delta-api"), "--yes").code == 0
    found = cell(target, "retention_zdr", "delta-api")
    assert found.facts == {"retention_days": 30, "nested": {"regions": ["us", "no"]}}
    assert found.note == "kept: no"
    attribution = read_snapshot(folder(target)).written.attribution
    assert "Elsewhere Registry" in attribution
    assert "made for the tests" in attribution
    assert "Free to use with attribution and a link back." in attribution


def test_fact_that_its_common_name_does_not_allow_becomes_a_note_beside_it(target: Path) -> None:
    facts = {"sccs": "module 2", "retention_days": 30, "breach_notice_hours": "soon", "hosting_countries": ["US"]}
    ended = imported(target, published({"gdpr_dpa": {**NEWER, "facts": facts, "dpf": True}}, id="delta-api"), "--yes")
    assert ended.code == 0, ended.stderr
    assert cell(target, "gdpr_dpa", "delta-api").facts == {
        "sccs_note": "module 2",
        "retention_days": 30,
        "breach_notice_hours_note": "soon",
        "hosting_countries_note": ["US"],
        "dpf": True,
    }
    assert "the fact `sccs` is not of the type that this name has; kept as `sccs_note`" in ended.stderr


@pytest.mark.parametrize("blank", ["", "\u200b", ["us", " "], {"in": ""}])
def test_fact_with_a_blank_text_is_left_out(target: Path, blank: Any) -> None:
    facts = {"kept_in": blank, "opt_out_by": blank, "kept_for": 30, "known": None}
    ended = imported(target, published({"gdpr_dpa": {**NEWER, "facts": facts}}, id="delta-api"), "--yes")
    assert ended.code == 0, ended.stderr
    assert cell(target, "gdpr_dpa", "delta-api").facts == {"kept_for": 30}
    for name in ("kept_in", "opt_out_by"):
        assert f"the fact `{name}` has a blank text; left out" in ended.stderr


def test_list_of_names_is_taken_as_a_whole_so_that_only_its_own_is_said_to_be_complete(target: Path) -> None:
    mine = {"certifications_listed": {"names": ["soc_2", "iso_27001"], "complete": True}}
    assert ours(target, {**NEWER, "verified": "2026-01-01", "facts": mine})
    theirs = {"certifications_listed": {"names": ["iso_27001", "c5"]}}
    ended = imported(target, published({"hipaa_baa": {**NEWER, "facts": theirs}}), "--yes")
    assert cell(target, "hipaa_baa").facts == theirs
    assert "facts.certifications_listed no longer has `soc_2`" in ended.stderr


def test_offering_that_is_gone_is_not_brought_back(target: Path) -> None:
    about = target / "snapshot.yaml"
    former = "former: {old-api: {instead: alpha-api}}\n"
    about.write_text(about.read_text(encoding="utf-8") + former, encoding="utf-8")
    ended = imported(target, published({"hipaa_baa": NEWER}, id="old-api"), "--yes")
    assert ended.code == 0, ended.stderr
    assert "old-api: `former` says that it is gone; left out" in ended.stderr
    assert not (target / "offerings" / "old-api.yaml").exists()


def test_importing_twice_changes_nothing_more(target: Path) -> None:
    upstream = published({"hipaa_baa": NEWER}, id="delta-api")
    assert imported(target, upstream, "--yes").code == 0
    files = {path: path.read_bytes() for path in target.rglob("*.yaml")}
    ended = imported(target, upstream, "--yes")
    assert "0 changes, 0 of them worse" in ended.stdout
    assert {path: path.read_bytes() for path in target.rglob("*.yaml")} == files


@pytest.mark.parametrize(
    ("field", "given", "taken", "said"),
    [
        ("value", "yes_verified", "yes_verified", "read as unknown"),
        ("confidence", "certain", None, "left out"),
        ("tier", "business", "enterprise", "`enterprise` is taken"),
        ("tier", 3, "enterprise", "`enterprise` is taken"),
        ("route", "carrier pigeon", None, "left out"),
        ("default", "maybe", None, "left out"),
        ("verified", "yesterday", None, "is no day"),
        ("verified", 20261001, None, "is no day"),
        ("verified", "2026-02-30", None, "is no day"),
    ],
)
def test_no_guess_is_favourable(field: str, given: Any, taken: Any, said: str, target: Path) -> None:
    ended = imported(target, published({"hipaa_baa": {**NEWER, field: given}}, id="delta-api"), "--yes")
    assert ended.code == 0, ended.stderr
    assert said in ended.stderr
    assert getattr(cell(target, "hipaa_baa", "delta-api"), field) == taken


def test_unknown_category_is_the_one_that_policies_trust_least(target: Path) -> None:
    assert imported(target, published({}, id="delta-api", category="friend"), "--yes").code == 0
    assert read_snapshot(folder(target)).offerings["delta-api"].written.category == "aggregator"


def test_model_graded_by_itself_is_excluded(target: Path) -> None:
    exceptions = [{"model": "alpha-9", "dimensions": ["hipaa_baa"]}, {"model": "alpha-x"}]
    ended = imported(target, published({"hipaa_baa": NEWER}, model_exceptions=exceptions), "--yes")
    assert ended.code == 0, ended.stderr
    scope = cell(target, "hipaa_baa").scope
    assert scope.models.excluded == ("alpha-9", "alpha-x")
    assert scope.endpoints.only == ("chat", "embeddings")
    assert "without dimensions; taken for all of them" in ended.stderr


def test_excluded_model_that_the_offering_does_not_list_is_told_and_left_out(target: Path) -> None:
    assert ours(target, {**NEWER, "verified": "2026-05-01"}, models=["alpha-*"])
    exceptions = [{"model": name, "dimensions": ["hipaa_baa"]} for name in ("alpha-9", "Alpha 9", "*-9", "Alpha*")]
    ended = imported(target, published({"hipaa_baa": NEWER}, model_exceptions=exceptions), "--yes")
    assert ended.code == 0, ended.stderr
    for name in ("Alpha 9", "Alpha*"):
        assert f"the excluded model `{name}` fits none of the models that the offering lists; left out" in ended.stderr
    assert "the excluded model `alpha-9`" not in ended.stderr
    assert cell(target, "hipaa_baa").scope.models.excluded == ("alpha-9", "*-9")


def test_facts_of_a_no_are_not_those_of_a_model_that_is_graded_by_itself(target: Path) -> None:
    exceptions = [{"model": "alpha-9", "dimensions": ["hipaa_baa"]}]
    cells = {"hipaa_baa": {**NEWER, "value": "no", "days": 30}}
    assert imported(target, published(cells, id="delta-api", model_exceptions=exceptions), "--yes").code == 0
    assert cell(target, "hipaa_baa", "delta-api").scope.models.excluded == ("alpha-9",)


PARTIAL = {**NEWER, "value": "partial"}
EXCEPTION = [{"model": "alpha-9", "dimensions": ["hipaa_baa"]}]


@pytest.mark.parametrize("scope", [None, {}, {"models": None}])
@pytest.mark.parametrize("before", ["partial", "yes_public", "unclear", None])
def test_partial_never_gets_its_first_scope_from_an_exception(before: str | None, scope: Any, target: Path) -> None:
    file = target / "offerings" / "alpha-api.yaml"
    cells = (
        {} if before is None else {"hipaa_baa": {**NEWER, "verified": "2026-09-01", "value": before, "scope": scope}}
    )
    file.write_text(json.dumps({**OURS, "dimensions": cells}), encoding="utf-8")
    ended = imported(target, published({"hipaa_baa": PARTIAL}, model_exceptions=EXCEPTION), "--yes")
    assert ended.code == 0, ended.stderr
    assert (cell(target, "hipaa_baa").value, cell(target, "hipaa_baa").scope) == ("partial", None)
    assert "the exceptions are left out" in ended.stderr


def test_scope_of_another_grade_does_not_say_what_partial_reaches(target: Path) -> None:
    ended = imported(target, published({"hipaa_baa": PARTIAL}), "--yes")
    assert cell(target, "hipaa_baa").value == "unclear"
    assert "our scope was written for another grade" in ended.stderr
    assert imported(target, published({"hipaa_baa": PARTIAL}), "--yes").stdout == "0 changes, 0 of them worse\n"


def test_partial_that_does_not_say_where_makes_our_scope_no_younger(target: Path) -> None:
    assert ours(target, {**NEWER, "value": "partial", "verified": "2026-05-01", "scope": {"regions": {"only": ["us"]}}})
    ended = imported(target, published({"hipaa_baa": {**PARTIAL, "tier": "enterprise"}}), "--yes")
    found = cell(target, "hipaa_baa")
    assert (str(found.verified), found.tier, found.scope.regions.only) == ("2026-05-01", "enterprise", ("us",))
    assert "our scope keeps the day on which it was read" in ended.stderr


def test_of_the_same_day_the_stricter_reading_stays(target: Path) -> None:
    same = {"value": "partial", "verified": NEWER["verified"], "tier": "enterprise", "confidence": "medium"}
    assert ours(target, {**same, "source": NEWER["source"]})
    ended = imported(target, published({"hipaa_baa": {**NEWER, "tier": "free"}}), "--yes")
    assert "of the same day is better than ours" in ended.stderr
    assert cell(target, "hipaa_baa").value == "partial"
    assert imported(target, published({"hipaa_baa": {**PARTIAL, "tier": "free"}}), "--yes").code == 0
    found = cell(target, "hipaa_baa")
    assert (found.value, found.tier, found.confidence) == ("partial", "enterprise", "medium")


def test_what_upstream_does_not_state_stays(target: Path) -> None:
    fields = {
        "archived": "https://archive.example/1",
        "geography": "world",
        "route": "public",
        "default": "enabled",
        "tier": "enterprise",
        "note": "as we read it",
        "valid_until": "2027-01-01",
        "readings": [{"on": "2026-05-01", "by": "r"}],
        "facts": {"days": 30, "more": {"a": [1, 2], "b": 1}},
        "scoped_facts": [{"scope": {"endpoints": {"only": ["chat"]}}, "facts": {"days": None}}],
    }
    assert ours(target, {**NEWER, "verified": "2026-05-01", **fields})
    before = cell(target, "hipaa_baa")
    theirs = {"value": NEWER["value"], "verified": "2026-10-01", "more": {"a": [2], "c": 3}}
    ended = imported(target, published({"hipaa_baa": theirs}), "--yes")
    after = cell(target, "hipaa_baa")
    assert after.facts == {"days": 30, "more": {"a": [2], "b": 1, "c": 3}}
    assert "facts.more.a no longer has `1`" in ended.stderr
    unchanged = set(before.__struct_fields__) - {"facts", "verified"}
    assert {name: getattr(after, name) for name in unchanged} == {name: getattr(before, name) for name in unchanged}


def test_what_was_said_of_another_reading_goes_with_it(target: Path) -> None:
    old = {"note": "a BAA is sold", "archived": "https://archive.example/1", "confidence": "high"}
    assert ours(target, {**NEWER, "value": "no", "verified": "2026-05-01", "source": "https://old.example/", **old})
    theirs = {"value": "yes_public", "verified": "2026-10-01", "source": "https://new.example/"}
    ended = imported(target, published({"hipaa_baa": theirs}), "--yes")
    found = cell(target, "hipaa_baa")
    assert (found.note, found.archived, found.confidence) == (None, None, "low")
    assert ended.stderr.count("taken out") == 2


def test_nested_facts_are_facts(target: Path) -> None:
    cells = {
        "hipaa_baa": {**NEWER, "facts": {"days": 30, "twice": 1}, "twice": 2, "list": [1]},
        "iso_27001": {**NEWER, "facts": 1},
    }
    ended = imported(target, published(cells, id="delta-api"), "--yes")
    assert cell(target, "hipaa_baa", "delta-api").facts == {"days": 30, "list": [1]}
    assert "the fact `twice` is stated twice, and not alike" in ended.stderr
    assert "`facts` is a number" in ended.stderr


@pytest.mark.parametrize(
    "rule", [{"scope": {"models": {"only": ["x"]}}}, {"conditions": [{"agreement": "baa"}]}, {"valid_until": 5}]
)
def test_grade_that_upstream_restricts_in_a_way_that_is_not_read_is_unclear(rule: Any, target: Path) -> None:
    ended = imported(target, published({"hipaa_baa": {**NEWER, **rule}}, id="delta-api"), "--yes")
    assert cell(target, "hipaa_baa", "delta-api").value == "unclear"
    assert "which is not read" in ended.stderr


def test_end_that_upstream_announces_is_taken(target: Path) -> None:
    assert imported(target, published({"hipaa_baa": {**NEWER, "valid_until": "2026-12-31"}}), "--yes").code == 0
    assert str(cell(target, "hipaa_baa").valid_until) == "2026-12-31"


WRONG: dict[str, tuple[Any, str]] = {
    "exceptions": ({"model_exceptions": {"a": 1}}, "offerings[0].model_exceptions: a mapping"),
    "exception": ({"model_exceptions": [{"model": "a"}, 7]}, "offerings[0].model_exceptions[1]: a number"),
    "model": ({"model_exceptions": [{"model": ["a"]}]}, "offerings[0].model_exceptions[0].model: a list"),
    "no model": ({"model_exceptions": [{"dimensions": ["hipaa_baa"]}]}, "model_exceptions[0].model: null"),
    "dimensions": ({"model_exceptions": [{"model": "a", "dimensions": 5}]}, "model_exceptions[0].dimensions: a number"),
    "dimension": ({"model_exceptions": [{"model": "a", "dimensions": [{}]}]}, "model_exceptions[0].dimensions: a list"),
    "cells": ({"dimensions": [1]}, "offerings[0].dimensions: a list"),
    "tomorrow": (
        {"dimensions": {"hipaa_baa": {**NEWER, "verified": "2999-01-01"}}},
        "hipaa_baa.verified: 2999-01-01 is still",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_no_careful_guess_can_be_made_of_is_refused_with_its_place(name: str, target: Path) -> None:
    change, said = WRONG[name]
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    upstream = published({"hipaa_baa": NEWER})
    upstream["offerings"][0].update(change)
    ended = imported(target, upstream, "--yes")
    assert (ended.code, ended.stdout) == (2, "")
    assert said in ended.stderr
    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before


def test_all_that_is_refused_is_named_at_once(target: Path) -> None:
    ended = imported(target, published({"hipaa_baa": {**NEWER, "verified": "2999-01-01"}}, model_exceptions=[1, 2]))
    assert ended.stderr.count("\nerror: ") + ended.stderr.startswith("error: ") == 3


def test_remarks_come_in_one_order(target: Path) -> None:
    fields: dict[str, Any] = {f"field_{index}": index for index in range(30)}
    (target.parent / "data.json").write_text(
        json.dumps(published({f"d{index}": {} for index in range(30)}, **fields)), "utf-8"
    )
    said = {
        process("registry", "import", "data.json", folder=target.parent, environment={"PYTHONHASHSEED": seed}).stderr
        for seed in "123"
    }
    assert len(said) == 1


BROKEN = {
    "offering that is no YAML": ("offerings/alpha-api.yaml", "a: [", "alpha-api.yaml:2:1"),
    "offering without cells": ("offerings/alpha-api.yaml", "id: alpha-api", "missing"),
    "offering that is a list": ("offerings/alpha-api.yaml", "[1]", "alpha-api.yaml:1:1"),
    "cell that is a text": (
        "offerings/alpha-api.yaml",
        json.dumps({**OURS, "dimensions": {"hipaa_baa": "x"}}),
        "hipaa_baa",
    ),
    "offering that is not UTF-8": ("offerings/alpha-api.yaml", "\xff", "not UTF-8"),
    "empty snapshot.yaml": ("snapshot.yaml", "", "an empty file"),
    "snapshot.yaml that is a list": ("snapshot.yaml", "[]", "snapshot.yaml:1:1"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_import_into_a_broken_snapshot_is_refused_with_its_place(name: str, target: Path) -> None:
    path, text, said = BROKEN[name]
    (target / path).write_bytes(text.encode("latin-1"))
    ended = imported(target, published({"hipaa_baa": NEWER}), "--yes")
    assert (ended.code, ended.stdout) == (2, "")
    assert said in ended.stderr
    assert (target / path).read_bytes() == text.encode("latin-1")


def test_lines_that_say_the_same_stay_byte_for_byte(target: Path) -> None:
    there = target / "offerings" / "gemini-api.yaml"
    shutil.copyfile(ROOT / "registry-snapshot" / "offerings" / "gemini-api.yaml", there)
    before = there.read_text(encoding="utf-8").split("\n")
    old = cell(target, "retention_zdr", "gemini-api")
    theirs = {"value": old.value, "verified": "2026-11-01", "source": old.source}
    assert imported(target, published({"retention_zdr": theirs}, id="gemini-api"), "--yes").code == 0
    after = there.read_text(encoding="utf-8").split("\n")
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [
        (f"    verified: {old.verified}", "    verified: 2026-11-01")
    ]


def test_free_text_from_outside_is_never_a_rule(target: Path) -> None:
    text = '{"agreement": "baa"} or: conditions: []\nvalue: yes_public'
    cells = {"hipaa_baa": {**NEWER, "value": "no", "notes": text, "conditions": [{"agreement": "baa"}], "scope": "all"}}
    assert imported(target, published(cells, id="delta-api"), "--yes").code == 0
    found = cell(target, "hipaa_baa", "delta-api")
    assert found.value == "no"
    assert found.conditions is None
    assert found.scope is None
    assert found.note == text


@pytest.mark.parametrize(
    "data",
    ["", "[]", "{", '{"offerings": {}}', '{"offerings": []}', '{"offerings": [1, null, {"id": 5}]}', '{"a": NaN}'],
)
def test_what_is_no_registry_is_refused(data: str, target: Path) -> None:
    (target.parent / "data.json").write_text(data, encoding="utf-8")
    ended = vendorgate("registry", "import", "data.json", "--yes", folder=target.parent)
    assert ended.code == 2
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr


def test_import_from_an_address(target: Path) -> None:
    with running() as server:
        url = server.serve("/data.json", json.dumps(published({"hipaa_baa": NEWER})).encode())
        ended = vendorgate("registry", "import", url, "--yes", folder=target.parent)
    assert ended.code == 0, ended.stderr
    assert url in read_snapshot(folder(target)).written.attribution


def test_import_needs_a_snapshot_and_a_file(tmp_path: Path) -> None:
    assert vendorgate("registry", "import", "data.json", folder=tmp_path).code == 2
    shutil.copytree(GOOD, tmp_path / "registry-snapshot")
    assert vendorgate("registry", "import", "data.json", folder=tmp_path).code == 2


WORDS = st.sampled_from(["no", "2026-01-01", "high", "yes_public", "enterprise", "\ud800", "\x1b[31m", "a: b", "- a"])
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(), WORDS)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
KEYS = ("value", "confidence", "verified", "tier", "route", "notes", "facts", "source", "default", "extra", "geography")
CELLS = st.dictionaries(st.sampled_from(KEYS), JSON, max_size=6)
NAMES = st.sampled_from(["hipaa_baa", "iso_27001", "soc3", "retention_zdr"])
OFFERINGS = st.fixed_dictionaries(
    {"id": st.sampled_from(["alpha-api", "d", "x y"])},
    optional={
        "dimensions": st.dictionaries(NAMES, st.one_of(CELLS, JSON), max_size=3),
        "name": JSON,
        "category": JSON,
        "model_exceptions": JSON,
    },
)


@settings(max_examples=share(300), deadline=None)
@given(offerings=st.lists(OFFERINGS, max_size=2))
def test_whatever_comes_the_result_is_a_valid_snapshot_or_a_clear_refusal(offerings: list[dict[str, Any]]) -> None:
    try:
        upstream = read_upstream(json.dumps({"offerings": offerings}).encode(), "data.json", TODAY)
    except InputError:
        return
    files = {path.relative_to(GOOD).as_posix(): path.read_bytes() for path in GOOD.rglob("*.yaml")}
    with tempfile.TemporaryDirectory() as name:
        there = Path(name)
        for path, data in with_upstream(files, upstream, "Includes data of x.")[0].items():
            (there / path).parent.mkdir(exist_ok=True)
            (there / path).write_bytes(data)
        snapshot = read_snapshot(folder(there))
    assert snapshot.offerings["alpha-api"].cells["hipaa_baa"].written.scope is not None
