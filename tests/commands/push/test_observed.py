"""What is pushed says of passes that rest on an observation of which day it is, and whose word it is counts."""

from __future__ import annotations

from pathlib import Path

from tests.evaluate.test_observed import ATTESTED, CLAIMED, ON, judged
from tests.world import Part
from vendorgate.commands.push.describing import evidence_lines
from vendorgate.commands.push.substance import of_evidence
from vendorgate.commands.push.wanted import WantedEvidence

SEEN: Part = {**CLAIMED, "observed": "2026-11-20", "source": "GET /v1/x"}


def pushed(folder: Path, usage: Part, *observations: Part) -> WantedEvidence:
    result = judged(folder, ON, usage, *observations).results[0]
    assert result.outcome == "pass"
    return WantedEvidence("p", result.policy, (result,))


def test_description_says_of_which_day_an_observation_is_and_who_attests_it(tmp_path: Path) -> None:
    told = "\n".join(evidence_lines(pushed(tmp_path / "a", {"settings": {"zdr": False}}, SEEN)))
    words = "observation settings.zdr: true, observed on 2026-11-20, claimed to be false, GET /v1/x, until 2026-12-20"
    assert words in told
    assert "rests on what the manifest claims" not in told
    told = "\n".join(evidence_lines(pushed(tmp_path / "b", {}, {**SEEN, **ATTESTED})))
    assert "observation settings.zdr: true, attested by somebody on 2026-11-20, console.png, until 2026-12-20" in told
    told = "\n".join(evidence_lines(pushed(tmp_path / "c", CLAIMED)))
    assert "rests on what the manifest claims" in told


def test_whose_word_it_is_and_until_when_it_counts_are_worth_a_new_look(tmp_path: Path) -> None:
    given: list[tuple[Part, ...]] = [
        (),
        (SEEN,),
        ({**SEEN, **ATTESTED},),
        ({**SEEN, "attested": {"by": "somebody else", "evidence": "console.png"}, "sha256": "0" * 64},),
        ({**SEEN, "observed": "2026-11-21"},),
    ]
    digests = [of_evidence(pushed(tmp_path / str(at), CLAIMED, *one)) for at, one in enumerate(given)]
    assert len(set(digests)) == len(given)
    assert of_evidence(pushed(tmp_path / "again", CLAIMED, SEEN)) == digests[1]
