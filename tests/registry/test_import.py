"""`registry import`: nothing from outside is a favourable guess, and nothing of ours is lost."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command import ROOT, Ended, vendorgate
from tests.registry.server import running
from vendorgate.errors import InputError
from vendorgate.load.files import folder
from vendorgate.registry.merge import merge
from vendorgate.registry.upstream import read_upstream
from vendorgate.snapshots import read_snapshot

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
    exceptions = [{"model": "alpha-9", "dimensions": ["hipaa_baa"]}, {"model": "x"}, "?"]
    ended = imported(target, published({"hipaa_baa": NEWER}, model_exceptions=exceptions), "--yes")
    assert ended.code == 0, ended.stderr
    scope = cell(target, "hipaa_baa").scope
    assert scope.models.excluded == ("alpha-9",)
    assert scope.endpoints.only == ("chat", "embeddings")
    assert ended.stderr.count("cannot be read") == 2


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


@settings(max_examples=300, deadline=None)
@given(offerings=st.lists(OFFERINGS, max_size=2))
def test_whatever_comes_the_result_is_a_valid_snapshot_or_a_clear_refusal(offerings: list[dict[str, Any]]) -> None:
    try:
        upstream = read_upstream(json.dumps({"offerings": offerings}).encode(), "data.json")
    except InputError:
        return
    files = {path.relative_to(GOOD).as_posix(): path.read_bytes() for path in GOOD.rglob("*.yaml")}
    with tempfile.TemporaryDirectory() as name:
        there = Path(name)
        for path, data in merge(files, upstream, "Includes data of x.").files.items():
            (there / path).parent.mkdir(exist_ok=True)
            (there / path).write_bytes(data)
        snapshot = read_snapshot(folder(there))
    assert snapshot.offerings["alpha-api"].cells["hipaa_baa"].written.scope is not None
