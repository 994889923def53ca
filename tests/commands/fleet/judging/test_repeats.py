"""A row of which all usages are known comes to what it comes to where nothing is known: whatever else it says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thoroughness import share
from tests.world import OFFERING, SNAPSHOT
from vendorgate.commands.fleet.check.row_reading import line_row
from vendorgate.commands.fleet.judging import judge as judging_room
from vendorgate.commands.fleet.judging.documents import Unpacked, documents
from vendorgate.commands.fleet.judging.judge import Judge
from vendorgate.commands.fleet.judging.keys import ANY
from vendorgate.commands.fleet.judging.reading import is_plain, is_within_limits
from vendorgate.commands.fleet.model import Batch, Documents, JudgedBatch, Judging, Row
from vendorgate.load.files import folder

POLICY: dict[str, Any] = {
    "id": "mode-is-true",
    "title": "Mode is true",
    "require": [{"===": [{"var": "usage.settings.mode"}, True]}],
}
USAGE: dict[str, Any] = {
    "id": "u",
    "purpose": "Summaries",
    "offering": "alpha",
    "data": ["phi"],
    "settings": {"mode": True},
}
MANIFEST: dict[str, Any] = {"version": 1, "project": "p", "owner": "team", "usages": [USAGE]}


def _packed(home: Path, policy: dict[str, Any] = POLICY, **more: Any) -> Documents:
    files = {
        "registry/snapshot.yaml": SNAPSHOT,
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, "dimensions": {}},
        "policies/p.yaml": {"version": 1, "policies": [policy]},
        **more,
    }
    for name, value in files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value), "utf-8")
    return documents(folder(home / "policies"), folder(home / "registry"))


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Documents:
    return _packed(tmp_path_factory.mktemp("judges"))


def _judge(packed: Documents) -> Iterator[Callable[[Row], JudgedBatch]]:
    unpacked = Unpacked(packed)
    judging = Judging(packed, "2026-11-24", None, True, "s")
    while True:
        judge = Judge(unpacked.gate, judging)
        yield lambda row, judge=judge: judge.batch(Batch(0, (row,)))  # type: ignore[misc]  # bound as it is made


def _row(written: Any) -> Row:
    data = written if isinstance(written, bytes) else json.dumps(written, ensure_ascii=False).encode()
    return Row("p/vendorgate.yaml", data, sha256="0" * 64)


def _with(**usage: Any) -> dict[str, Any]:
    changed = {name: value for name, value in {**USAGE, **usage}.items() if value is not ...}
    return {**MANIFEST, "usages": [changed]}


def _hold(packed: Documents, first: Any, second: Any) -> JudgedBatch:
    """The second row comes to the same whether the first was judged before or not."""
    judges = _judge(packed)
    warm, cold = next(judges), next(judges)
    warm(_row(MANIFEST))
    known = {case.digest: case for case in warm(_row(first)).cases}
    found, wanted = warm(_row(second)), cold(_row(second))
    assert found.manifests == wanted.manifests
    assert found.rows == wanted.rows
    known.update((case.digest, case) for case in found.cases)
    return found


REFUSED: dict[str, Any] = {
    "an id with a capital": _with(id="U"),
    "an id that ends its line": _with(id="u\n"),
    "an empty id": _with(id=""),
    "an id that stands for any": _with(id=ANY),
    "a number as id": _with(id=1),
    "no id": _with(id=...),
    "null as id": _with(id=None),
    "a blank purpose": _with(purpose=" \u200b\u3164"),
    "an empty purpose": _with(purpose=""),
    "a number as purpose": _with(purpose=1),
    "null as purpose": _with(purpose=None),
    "a list as purpose": _with(purpose=["Summaries"]),
    "an unknown key": _with(colour="red"),
    "no data": _with(data=...),
    "another tier": _with(tier="gold"),
    "a usage that is no object": {**MANIFEST, "usages": [USAGE, "alpha"]},
    "usages that are no list": {**MANIFEST, "usages": {"0": USAGE}},
    "no usages": {name: value for name, value in MANIFEST.items() if name != "usages"},
    "an id twice": {**MANIFEST, "usages": [USAGE, USAGE]},
    "a project with a capital": {**MANIFEST, "project": "P"},
    "a project that ends its line": {**MANIFEST, "project": "p\n"},
    "no project": {name: value for name, value in MANIFEST.items() if name != "project"},
    "a number as project": {**MANIFEST, "project": 1},
    "true as version": {**MANIFEST, "version": True},
    "another version": {**MANIFEST, "version": 2},
    "a version as text": {**MANIFEST, "version": "1"},
    "no version": {name: value for name, value in MANIFEST.items() if name != "version"},
    "a blank owner": {**MANIFEST, "owner": "\u00ad"},
    "null as owner": {**MANIFEST, "owner": None},
    "a key beside usages": {**MANIFEST, "team": "x"},
    "a list": [MANIFEST],
    "a text": "MANIFEST",
    "no JSON": b'{"version": 1',
    "an owner that hides something": {**MANIFEST, "owner": "te\x7fam"},
}


@pytest.mark.parametrize("name", REFUSED)
def test_row_that_differs_from_a_known_one_in_what_is_wrong_with_it_is_refused(packed: Documents, name: str) -> None:
    (manifest,) = _hold(packed, MANIFEST, REFUSED[name]).manifests
    assert manifest.problems
    assert manifest.subjects == ()


def test_row_without_values_that_nobody_compares_is_a_repeat(packed: Documents) -> None:
    for other in (_with(id="other"), _with(purpose="Answers"), {**MANIFEST, "project": "q", "owner": "else"}, _with()):
        (manifest,) = _hold(packed, MANIFEST, other).manifests
        assert not manifest.problems


OTHERWISE: tuple[Any, ...] = (True, 1, 1.0, "1", "true", False, 0, 0.0, -0.0, "", "x", ANY, 10**15, 2**70, float(2**70))


@pytest.mark.parametrize("first", OTHERWISE)
def test_values_that_a_careless_key_takes_for_one_another_are_no_repeats(packed: Documents, first: Any) -> None:
    for second in OTHERWISE:
        found = _hold(packed, _with(settings={"mode": first}), _with(settings={"mode": second}))
        (manifest,) = found.manifests
        assert manifest.problems or (b'"outcome":"pass"' in found.rows) is (second is True)


def test_key_of_a_setting_is_told_from_the_key_of_a_usage(packed: Documents) -> None:
    _hold(packed, _with(settings={"mode": True, "id": "u"}), _with(settings={"mode": True, "id": "v"}))
    _hold(packed, _with(settings={"mode": True, "purpose": "a"}), _with(settings={"mode": 1, "purpose": "a"}))


def test_character_that_may_stand_by_its_code_alone_is_not_let_in_by_another_row(packed: Documents) -> None:
    coded = json.dumps(_with(settings={"mode": "a\x7fb"}), ensure_ascii=True).replace("\x7f", "\\u007f").encode()
    bare = coded.replace(b"\\u007f", b"\x7f")
    judges = _judge(packed)
    warm, cold = next(judges), next(judges)
    for data in (coded, bare, coded):
        assert warm(_row(data)).manifests == cold(_row(data)).manifests
    assert not warm(_row(coded)).manifests[0].problems
    assert warm(_row(bare)).manifests[0].problems


def test_number_that_two_readers_read_in_two_ways_is_not_let_in_by_another_row(packed: Documents) -> None:
    spelled = [b"12345678901234567890123", b"1.2345678901234568e22", b"12345678901234568000000.0", b"1e22", b"-0", b"0"]
    for first in spelled:
        for second in spelled:
            texts = [json.dumps(_with(settings={"mode": "N"})).encode().replace(b'"N"', one) for one in (first, second)]
            _hold(packed, *texts)


def test_row_that_is_too_long_is_no_repeat(packed: Documents) -> None:
    many = {**MANIFEST, "usages": [{**USAGE, "id": f"u-{number}"} for number in range(200)]}
    (manifest,) = _hold(packed, MANIFEST, many).manifests
    assert len(manifest.subjects) == 200
    _hold(packed, MANIFEST, {**MANIFEST, "owner": "x" * 10_001})
    _hold(packed, MANIFEST, _with(purpose="x" * 10_001))


def test_row_of_a_line_is_the_repeat_that_its_text_is(packed: Documents) -> None:
    judges = _judge(packed)
    warm, cold = next(judges), next(judges)
    for manifest in (MANIFEST, MANIFEST, _with(id="other"), _with(id="OTHER"), _with(settings={"mode": 1})):
        row = line_row(json.dumps({"path": "a", "manifest": manifest}).encode(), "f:1")
        text = Row(row.path, row.written, sha256=row.sha256, stands=row.stands)
        assert warm(row).manifests == warm(text).manifests == cold(text).manifests


def test_rules_that_read_ids_or_purposes_have_them_compared(tmp_path: Path) -> None:
    for path, value in (("usage.id", "u"), ("usage.purpose", "Summaries")):
        packed = _packed(tmp_path / path, {**POLICY, "require": [{"==": [{"var": path}, value]}]})
        found = _hold(packed, MANIFEST, _with(id="v", purpose="Answers"))
        assert b'"outcome":"fail"' in found.rows
        assert b'"outcome":"pass"' in _hold(packed, _with(id="v", purpose="Answers"), MANIFEST).rows
    packed = _packed(tmp_path / "stated", {**POLICY, "require": [{"known": "usage.purpose"}]})
    assert b'"outcome":"pass"' not in _hold(packed, MANIFEST, _with(purpose=...)).rows
    assert b'"outcome":"pass"' in _hold(packed, _with(purpose=...), MANIFEST).rows


def test_rules_that_read_whose_a_manifest_is_have_that_compared(tmp_path: Path) -> None:
    for path, value in (("project.name", "p"), ("project.owner", "team")):
        packed = _packed(tmp_path / path, {**POLICY, "require": [{"==": [{"var": path}, value]}]})
        other = {**MANIFEST, "project": "q", "owner": "else"}
        assert b'"outcome":"pass"' in _hold(packed, other, MANIFEST).rows
        assert b'"outcome":"pass"' not in _hold(packed, MANIFEST, other).rows


def test_waiver_that_names_a_usage_is_asked_of_a_repeat(tmp_path: Path) -> None:
    waiver = {"policy": "*", "project": "p", "usage": "v", "reason": "r", "approved_by": "a", "expires": "2027-01-01"}
    packed = _packed(tmp_path, **{"policies/waivers.yaml": {"version": 1, "waivers": [waiver]}})
    first, named = _with(settings={"mode": False}), _with(settings={"mode": False}, id="v")
    found = _hold(packed, first, named)
    assert b'"outcome":"waived"' in found.rows
    assert [one.met for one in found.waivers] == [1]
    assert b'"outcome":"fail"' in _hold(packed, named, first).rows


def test_offering_that_asks_for_more_makes_rows_be_read_again(tmp_path: Path) -> None:
    cell = {"value": "yes_public", "source": "https://alpha.example", "verified": "2026-11-01", "confidence": "high"}
    beta = {**cell, "conditions": [{"==": [{"var": "usage.purpose"}, "Summaries"]}]}
    packed = _packed(
        tmp_path,
        {**POLICY, "require": [{"covered": "hipaa_baa"}]},
        **{
            "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, "dimensions": {"hipaa_baa": cell}},
            "registry/offerings/beta.yaml": {"id": "beta", **OFFERING, "dimensions": {"hipaa_baa": beta}},
        },
    )
    judges = _judge(packed)
    warm, cold = next(judges), next(judges)
    alpha, on_beta = _with(), _with(offering="beta")
    for manifest in (alpha, alpha, on_beta, _with(offering="beta", purpose="Answers"), alpha, on_beta):
        assert warm(_row(manifest)).manifests == cold(_row(manifest)).manifests
        cold = next(judges)


_TEXTS = st.sampled_from(["u", "v", "U", "", ANY, "Summaries", " ", "p", "alpha", "phi"])
_VALUES = st.one_of(
    st.sampled_from(OTHERWISE), _TEXTS, st.none(), st.lists(_TEXTS, max_size=2), st.just({"mode": True})
)
_FIELDS = st.sampled_from(["id", "purpose", "offering", "data", "settings", "tier", "region", "colour", "attributes"])


@settings(max_examples=share(200), deadline=None)
@given(st.lists(st.dictionaries(_FIELDS, _VALUES, max_size=3), min_size=1, max_size=6))
def test_rows_come_to_the_same_whatever_was_judged_before(packed: Documents, changes: list[dict[str, Any]]) -> None:
    judges = _judge(packed)
    warm = next(judges)
    for change in (*changes, {}, *changes):
        row = _row(_with(**change))
        assert warm(row).manifests == next(judges)(row).manifests


def test_repeats_that_are_forgotten_are_judged_alike(packed: Documents, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging_room, "_MOST", 2)
    for mode in range(20):
        _hold(packed, _with(settings={"mode": mode}), _with(settings={"mode": mode % 3}))


@given(
    st.one_of(
        st.binary(max_size=40), st.text(max_size=40).map(str.encode), st.integers(0, 10**20).map(lambda n: b"%d" % n)
    )
)
def test_text_is_plain_where_it_is_within_limits_and_shows_all_of_itself(written: bytes) -> None:
    try:
        shown = written.decode().isprintable()
    except UnicodeDecodeError:
        shown = False
    assert is_plain(written) is (shown and is_within_limits(written))
