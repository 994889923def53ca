"""Of very many mistakes in a bundle a hundred are told, and what is meant is not looked for beyond them: each time all
names there are have to be looked through."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from tests.world import Part, judge
from vendorgate.errors import ENOUGH, InputError

FINE: Part = {"value": "yes_public", "verified": "2026-11-01", "source": "https://example.org"}
WRONG = [f"zzz-{number}" for number in range(3 * ENOUGH)]
BUNDLES: dict[str, Part] = {
    "overrides": {"overrides": [{"policy": name, "off": True, "reason": "none"} for name in WRONG]},
    "overrides by glob": {"overrides": [{"policy": f"{name}*", "off": True, "reason": "none"} for name in WRONG]},
    "optional packs": {"optional_packs": WRONG},
    "packs": {"packs": WRONG},
    "ages of evidence": {"registry": {"max_evidence_age_days": {name.replace("-", "_"): 90 for name in WRONG}}},
}


def looked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *rules: Part, bundle: Part, overlays: dict[str, Part]
) -> int:
    """How often a name was looked for that could be meant, where a bundle is refused."""
    asked = list[str]()
    plain = difflib.get_close_matches

    def counted(word: str, words: list[str], n: int, cutoff: float) -> list[str]:
        asked.append(word)
        return plain(word, words, n, cutoff)

    monkeypatch.setattr(difflib, "get_close_matches", counted)
    alpha = {"dimensions": {"hipaa_baa": FINE}}
    with pytest.raises(InputError) as caught:
        judge(folder, alpha, {"require": [*rules]}, {"data": ["pii"]}, bundle=bundle, overlays=overlays)
    assert len(caught.value.problems) >= ENOUGH
    return len(asked)


@pytest.mark.parametrize("kind", BUNDLES)
def test_of_many_wrong_names_in_a_bundle_few_are_looked_for(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = {"covered": "hipaa_baa"}
    assert 0 < looked_for(tmp_path, monkeypatch, rule, bundle=BUNDLES[kind], overlays={}) <= 2 * ENOUGH


def test_of_many_wrong_rules_few_are_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = [{"in": [name, {"var": "usage.data"}]} for name in WRONG]
    assert 0 < looked_for(tmp_path, monkeypatch, *rules, bundle={}, overlays={}) <= 2 * ENOUGH


def test_of_many_wrong_dimensions_few_are_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own: Part = {"extends": "alpha", "dimensions": {name.replace("-", "_"): FINE for name in WRONG}}
    rule = {"covered": "hipaa_baa"}
    assert 0 < looked_for(tmp_path, monkeypatch, rule, bundle={}, overlays={"own": own}) <= 2 * ENOUGH
