"""Models that an offering does not list: all are named, and naming them stays quick."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.world import judge
from vendorgate.evaluate import strangers
from vendorgate.logic import globs
from vendorgate.logic.functions import matches_glob
from vendorgate.logic.nearest import nearest

FINE = {"value": "yes_public", "confidence": "high", "verified": "2026-11-01", "scope": {"models": {"except": ["b"]}}}


def test_thousands_of_unlisted_models_ask_for_few_nearest_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def count(word: str, words: tuple[str, ...]) -> str | None:
        asked.append(word)
        return nearest(word, words)

    monkeypatch.setattr(strangers, "nearest", count)
    offering = {"models": ["alpha-1", "b"], "dimensions": {"hipaa_baa": FINE, "gdpr_dpa": FINE}}
    policy = {"require": [{"covered": "hipaa_baa"}, {"covered": "gdpr_dpa"}, {"documented": "hipaa_baa"}]}
    names = [f"alpha-1{number:04}" for number in range(3000)]
    (result,) = judge(tmp_path, offering, policy, {"data": ["phi"], "models": names}).results
    assert result.outcome == "unknown"
    for requirement in result.requirements:
        told = [reason.about[-1] for reason in requirement.reasons if reason.about[:2] == ("models", "not listed")]
        assert told == names
    assert asked == names[:10]


def test_a_name_is_compared_with_each_listed_glob_once_however_often_it_is_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[str, str]] = []

    def count(name: str, glob: str) -> bool:
        compared.append((name, glob))
        return matches_glob(name, glob)

    monkeypatch.setattr(globs, "matches_glob", count)
    cell = {**FINE, "scope": {"models": {"except": ["once-?"]}}}
    offering = {"models": ["once-*", "only-once"], "dimensions": {"hipaa_baa": cell, "gdpr_dpa": cell}}
    policy = {"require": [{"covered": "hipaa_baa"}, {"covered": "gdpr_dpa"}]}
    names = [f"another-{number}" for number in range(100)]
    assert judge(tmp_path, offering, policy, {"data": ["phi"], "models": names}).results[0].outcome == "unknown"
    assert len(compared) == len(set(compared)) == 300
