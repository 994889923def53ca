"""A worker judges by what it was given, and refuses whatever else it could judge by."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.world import OFFERING, SNAPSHOT
from vendorgate.commands.fleet.judging import judge as judging_room
from vendorgate.commands.fleet.judging.documents import Unpacked, documents
from vendorgate.commands.fleet.judging.worker import JudgesRefused, judge_batch
from vendorgate.commands.fleet.model import Batch, Documents, JudgedBatch, Judging, Row
from vendorgate.errors import InputError
from vendorgate.load.files import folder

POLICY: dict[str, Any] = {
    "id": "mode-is-true",
    "title": "Mode is true",
    "require": [{"===": [{"var": "usage.settings.mode"}, True]}],
}


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Documents:
    return _packed(tmp_path_factory.mktemp("judges"))


def _packed(home: Path, **bundle: Any) -> Documents:
    files = {
        "registry/snapshot.yaml": SNAPSHOT,
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, "dimensions": {}},
        "policies/p.yaml": {"version": 1, "policies": [POLICY]},
        **bundle,
    }
    for name, value in files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value), "utf-8")
    return documents(folder(home / "policies"), folder(home / "registry"))


def _judging(packed: Documents, **more: Any) -> Judging:
    return Judging(packed, "2026-11-24", None, False, more.pop("session", "s"), **more)


def _rows(*usages: dict[str, Any]) -> tuple[Row, ...]:
    filled = [{"id": f"u-{place}", "offering": "alpha", "data": ["phi"], **one} for place, one in enumerate(usages)]
    written = {"version": 1, "project": "p", "usages": filled}
    return (Row("p/vendorgate.yaml", json.dumps(written).encode()),)


def _outcomes(found: JudgedBatch) -> list[str]:
    cases = {case.digest: case for case in found.cases}
    return [cases[one.case].results[0].outcome for manifest in found.manifests for one in manifest.subjects]


def test_values_that_python_takes_for_one_another_share_no_verdict(packed: Documents) -> None:
    modes = (True, 1, 1.0, "1", "true", False, 0)
    found = judge_batch(_judging(packed), Batch(0, _rows(*({"settings": {"mode": mode}} for mode in modes))))
    assert _outcomes(found) == ["pass", "fail", "fail", "fail", "fail", "fail", "fail"]


def test_values_that_nothing_reads_make_no_case_of_their_own(packed: Documents) -> None:
    usages = [{"purpose": f"for {one}", "settings": {"mode": True, "colour": one}} for one in range(5)]
    found = judge_batch(_judging(packed), Batch(0, _rows(*usages)))
    assert len(found.cases) == 1
    (case,) = found.cases
    assert [one.id for one in case.notices] == ["unread-setting"]
    assert b"colour" not in case.facts


def test_case_is_handed_over_once_a_session_and_again_in_another(packed: Documents) -> None:
    batch = Batch(0, _rows({}))
    first, again = (judge_batch(_judging(packed, session="one"), batch) for _ in range(2))
    assert (len(first.cases), len(again.cases)) == (1, 0)
    assert first.manifests == again.manifests
    assert judge_batch(_judging(packed, session="two"), batch).cases == first.cases


def test_what_is_forgotten_is_judged_again_and_alike(packed: Documents, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = _rows(*({"settings": {"mode": number}} for number in range(40)))
    kept = judge_batch(_judging(packed, session="kept"), Batch(0, rows))
    monkeypatch.setattr(judging_room, "_MOST", 2)
    assert judge_batch(_judging(packed, session="forgetful"), Batch(0, rows)) == kept


def test_worker_with_other_documents_or_of_another_version_judges_nothing(packed: Documents) -> None:
    registry = {**packed.registry, "snapshot.yaml": packed.registry["snapshot.yaml"] + b" "}
    for other, words in (
        (msgspec.structs.replace(packed, registry=registry), "registry of this worker"),
        (msgspec.structs.replace(packed, bundle_sha256="0" * 64), "bundle of this worker"),
        (msgspec.structs.replace(packed, version="0.0.1"), "version of vendorgate of this worker"),
        (msgspec.structs.replace(packed, policies={**packed.policies, "../x.yaml": b""}), "leads out of the policies"),
        (msgspec.structs.replace(packed, registry={}), "no snapshot.yaml, and so no registry snapshot"),
    ):
        with pytest.raises(JudgesRefused) as refused:
            judge_batch(_judging(other, session=words), Batch(0, _rows({})))
        assert any(words in text for text in refused.value.args)
        assert pickle.loads(pickle.dumps(refused.value)).args == refused.value.args


def test_what_was_unpacked_is_removed(packed: Documents) -> None:
    unpacked = Unpacked(packed)
    place = Path(unpacked.gate.files.folder.path)
    assert place.is_dir()
    del unpacked
    assert not place.exists()


def test_documents_that_do_not_judge_are_not_packed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="data class"):
        _packed(
            tmp_path,
            **{
                "policies/q.yaml": {
                    "version": 1,
                    "policies": [{"id": "q", "title": "Q", "require": [{"in": ["phl", {"var": "usage.data"}]}]}],
                }
            },
        )


def test_row_that_names_what_does_not_exist_is_refused_with_all_that_is_wrong(packed: Documents) -> None:
    rows = _rows({}, {"data": ["phl"], "offering": "alfa"})
    (manifest,) = judge_batch(_judging(packed, session="wrong"), Batch(0, rows)).manifests
    assert manifest.subjects == ()
    assert len(manifest.problems) == 2
    assert "did you mean `phi`" in manifest.problems[0]
    assert "usages[1].offering" in manifest.problems[1]


def test_waivers_met_by_a_row_that_is_refused_do_not_count(tmp_path: Path) -> None:
    waiver = {"policy": "*", "project": "p", "usage": "*", "reason": "r", "approved_by": "a", "expires": "2027-01-01"}
    packed = _packed(tmp_path, **{"policies/waivers.yaml": {"version": 1, "waivers": [waiver]}})
    good = judge_batch(_judging(packed), Batch(0, _rows({})))
    assert [one.met for one in good.waivers] == [1]
    assert _outcomes(good) == ["waived"]
    refused = judge_batch(_judging(packed, session="t"), Batch(0, _rows({}, {"data": ["phl"]})))
    assert refused.waivers == ()
