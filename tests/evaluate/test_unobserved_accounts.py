"""Accounts of which nothing was observed, where others of the offering were: naming another one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evaluate.test_observed import CLAIMED, OFF, ON, judged, notices
from tests.world import Part

EU: Part = {**OFF, "account": "eu"}
SAID = "so that what is claimed of it counts; of alpha there are observations of"
USES = "warning unobserved-account: usage `u` uses"


@pytest.mark.parametrize(
    ("usage", "observed", "more", "expected"),
    [
        (CLAIMED, EU, {}, [f"{USES} the account of alpha, of which nothing was observed, {SAID} `eu`"]),
        (
            {**CLAIMED, "account": "us"},
            EU,
            {},
            [f"{USES} the account `us` of alpha, of which nothing was observed, {SAID} `eu`"],
        ),
        (
            {**CLAIMED, "account": "us"},
            OFF,
            {},
            [f"{USES} the account `us` of alpha, of which nothing was observed, {SAID} the one without a name"],
        ),
        ({**CLAIMED, "account": "eu"}, EU, {}, []),
        (CLAIMED, OFF, {}, []),
        (CLAIMED, {**EU, "offering": "elsewhere"}, {}, []),
        (CLAIMED, EU, {"bundle": {"observations": {"required": ["alpha"]}}}, []),
        (
            {"account": "eu", "fallbacks": ["alpha"]},
            EU,
            {},
            [f"{USES} the account of alpha, of which nothing was observed, {SAID} `eu`"],
        ),
    ],
)
def test_account_beside_those_that_were_observed_is_told(
    usage: Part, observed: Part, more: Part, expected: list[str], tmp_path: Path
) -> None:
    found = judged(tmp_path, ON, usage, observed, **more)
    assert notices(found, "unobserved-account") == expected


def test_it_is_told_once_where_the_account_is_named(tmp_path: Path) -> None:
    found = judged(tmp_path, ON, {**CLAIMED, "account": "us"}, EU)
    (notice,) = (one for one in found.notices if one.id == "unobserved-account")
    assert notice.location is not None
    text = (tmp_path / "vendorgate.yaml").read_text(encoding="utf-8")
    assert text[notice.location.column - 1 :].startswith('"account"')
