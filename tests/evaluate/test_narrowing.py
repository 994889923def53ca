"""Whoever judges one subject often may leave out what cannot concern it, and nothing comes out otherwise."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.world import AS_OF, judge
from vendorgate.evaluate import Program
from vendorgate.evaluate.case import Case
from vendorgate.evaluate.judge import rule

ENDS = {"expires": "2026-12-31"}
NAMING = [{"usage": "u", "policy": "q"}, {"usage": "u*"}, {"offering": "alpha"}, {"project": "?", **ENDS}]
OTHERS = [{"usage": "v"}, {"offering": "beta"}, {"project": "other"}, {"usage": "u", "offering": "b*"}]


@pytest.mark.parametrize("days", [0, 38, 39])
def test_waivers_of_other_subjects_are_left_out_and_the_ruling_is_the_same(days: int, tmp_path: Path) -> None:
    evaluation = judge(
        tmp_path, {"dimensions": {}}, {"require": [False]}, {"data": ["phi"]}, waivers=[*OTHERS, *NAMING]
    )
    (subject,) = evaluation.subjects
    whole = Program(evaluation.bundle)
    narrow = whole.for_subject(subject)
    assert [waiver.index for waiver in narrow.bundle.waivers] == [4, 5, 6, 7]
    assert len(whole.bundle.waivers) == 8
    day = AS_OF + datetime.timedelta(days=days)
    rulings = [rule(one.policies[0], Case(subject, one, day), "error") for one in (whole, narrow)]
    assert rulings[0] == rulings[1]
    assert rulings[0].outcome == ("waived" if days < 39 else "fail")
