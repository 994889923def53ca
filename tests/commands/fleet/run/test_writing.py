"""The database of a run has each case once, by whatever batch it is handed over, and says which ones are missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from tests.commands.fleet.runs import checked, fleet_of, rows_file
from vendorgate.commands.fleet.check import working
from vendorgate.commands.fleet.judging.worker import judge_batch
from vendorgate.commands.fleet.model import (
    Batch,
    JudgedBatch,
    JudgedCase,
    JudgedManifest,
    JudgedNotice,
    JudgedResult,
    JudgedSubject,
    Judging,
)
from vendorgate.commands.fleet.run import writing
from vendorgate.commands.fleet.run.reading import run_in
from vendorgate.commands.fleet.run.writing import RunWriter
from vendorgate.gate import Gate
from vendorgate.load.files import shipped

POLICIES = Gate(shipped("policies"), shipped("registry-snapshot")).bundle.policies[:2]


def digest(name: str) -> str:
    return name.encode().hex().ljust(32, "0")


def case(name: str) -> JudgedCase:
    results = tuple(JudgedResult(one.id, "fail", one.severity, True) for one in POLICIES)
    notice = JudgedNotice("unread-setting", "note", f"nothing reads {name}")
    return JudgedCase(digest(name), f'{{"usage.id":"{name}"}}'.encode(), results, b"{}", (notice,))


def batch(number: int, subjects: str, handed: str) -> JudgedBatch:
    """A manifest a batch: a subject for each letter, which is its case; those that are handed over."""
    told = tuple(
        JudgedSubject(f"u{place}", "primary", "o", None, None, None, digest(one)) for place, one in enumerate(subjects)
    )
    manifest = JudgedManifest(f"m{number}", None, "", "p", None, None, len(subjects), (), told)
    return JudgedBatch(number, (manifest,), tuple(map(case, handed)), b"")


def batches(subjects: Sequence[str], handed: Sequence[str]) -> list[JudgedBatch]:
    return [batch(number, *both) for number, both in enumerate(zip(subjects, handed, strict=True))]


Written = tuple[frozenset[int], list[tuple[object, ...]], list[object]]


def written(path: Path, every: Sequence[JudgedBatch]) -> Written:
    """Batches that miss a case, all results and cases, and the texts of notices."""
    path.unlink(missing_ok=True)
    with RunWriter(path, POLICIES) as writer:
        for one in every:
            writer.take(one)
        missing = writer.missing
        writer.end()
        query = 'SELECT manifest, usage, policy, outcome, "case" FROM results ORDER BY manifest, usage, policy'
        rows = writer.database.execute(query).fetchall()
        notices = [told for (told,) in writer.database.execute("SELECT message FROM notices ORDER BY case_id")]
        cases = writer.database.execute("SELECT id, digest, facts FROM cases ORDER BY id").fetchall()
    assert [id for id, _, _ in cases] == [*range(1, len(cases) + 1)]
    return missing, [*rows, *cases], notices


@pytest.mark.parametrize("remembered", [1, 2, 200_000])
def test_it_does_not_matter_which_batch_hands_a_case_over_nor_how_often(
    remembered: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_REMEMBERED", remembered)
    subjects = ("ab", "ca", "bd", "abcd")
    expected = written(tmp_path / "a", batches(subjects, ("ab", "c", "d", "")))
    assert expected[0] == frozenset()
    assert len(expected[2]) == 4
    for handed in (("", "ca", "bd", ""), ("b", "", "a", "dc"), ("ab", "abc", "abd", "abcd"), ("", "", "", "abcd")):
        assert written(tmp_path / "b", batches(subjects, handed)) == expected


def test_case_that_nobody_hands_over_is_missed_where_it_first_stands(tmp_path: Path) -> None:
    missing, _, _ = written(tmp_path / "a", batches(("ab", "bc", "d"), ("a", "c", "")))
    assert missing == {0, 2}


def test_batches_whose_cases_were_lost_are_judged_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it may be where a worker hands cases over, and its answer is lost, and it works on."""
    rows_file(tmp_path / "rows.jsonl", fleet_of(300))
    checked(tmp_path, "rows.jsonl", out="whole", batch="100")
    judge, sessions = judge_batch, list[str]()

    def losing(judging: Judging, batch: Batch) -> JudgedBatch:
        sessions.append(judging.session)
        judged = judge(judging, batch)
        return msgspec.structs.replace(judged, cases=()) if judging.session == sessions[0] else judged

    monkeypatch.setattr(working, "judge_batch", losing)
    assert checked(tmp_path, "rows.jsonl", batch="100").code == 1
    assert len(set(sessions)) == 2
    assert (tmp_path / "run/run.sqlite").read_bytes() == (tmp_path / "whole/run.sqlite").read_bytes()
    with run_in(tmp_path / "run") as found:
        assert list(found.rows("SELECT COUNT(*) FROM cases WHERE facts = ''")) == [(0,)]


def test_cases_that_are_lost_for_ever_are_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows_file(tmp_path / "rows.jsonl", fleet_of(100))

    def losing(judging: Judging, batch: Batch) -> JudgedBatch:
        return msgspec.structs.replace(judge_batch(judging, batch), cases=())

    monkeypatch.setattr(working, "judge_batch", losing)
    ended = checked(tmp_path, "rows.jsonl")
    assert (ended.code, ended.stdout) == (2, "")
    assert not (tmp_path / "run" / "run.json").exists()
