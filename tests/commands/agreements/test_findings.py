"""What a check of the register finds, and what it leaves alone. The day is 2026-11-23."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.commands.agreements.world import NEEDS_BAA, agreement, found, lines, manifest

Register = list[dict[str, Any]]
ASKS_BY_FIELD = {"id": "by-field", "title": "T", "require": [{"known": "agreements.nda.expires"}]}
ASKS_BY_CONDITION = {"id": "by-condition", "title": "T", "require": [{"covered": "hipaa_baa"}]}
FOR_PUBLIC = {"id": "for-public", "title": "T", "when": {"in": ["public", {"var": "usage.data"}]}}
EITHER = {"id": "either", "title": "T", "require": [{"or": [{"agreement": "baa"}, {"agreement": "dpa"}]}]}
USED = "`u` of `p` with alpha"

QUIET: dict[str, Register] = {
    "nothing at all but what is needed": [agreement()],
    "an offering that is gone": [agreement(offerings=["alpha", "old-api", "old-*"])],
    "an end that is far": [agreement(expires="2026-12-24")],
    "a renewal that begins the day after": [
        agreement(expires="2026-12-31", reference="L-1"),
        agreement(expires="2025-12-31", signed="2025-01-01", reference="L-1"),
    ],
    "a termination with its day": [
        agreement(status="terminated", signed="2025-01-01", expires="2025-12-31"),
        agreement(signed="2026-01-01"),
    ],
    "history that overlaps": [
        agreement(signed="2024-01-01", expires="2025-12-31"),
        agreement(signed="2025-01-01", expires="2026-01-31"),
        agreement(signed="2026-01-31"),
    ],
    "another kind, offering or project": [
        agreement(),
        agreement("zdr", offerings=["beta"], status="pending", signed=None),
        agreement(projects=["p"], offerings=["beta"], status="pending", signed=None),
    ],
    "what has ended, and what is in force": [
        agreement(signed="2025-01-01", expires="2025-12-31"),
        agreement(signed="2026-01-01"),
    ],
    "a renewal of the same paper that is pending": [
        agreement(reference="L-1"),
        agreement(reference="L-1", status="pending", signed=None),
    ],
}


@pytest.mark.parametrize("case", QUIET)
def test_a_register_in_order_is_left_alone(case: str, tmp_path: Path) -> None:
    assert lines(found(tmp_path, QUIET[case])) == []


TOLD: dict[str, tuple[Register, list[str]]] = {
    "a name that no offering has": (
        [agreement(), agreement("nda", offerings=["alhpa"])],
        ["error matches-nothing: `nda` (no. 2) is for `alhpa`, which matches no offering of the registry"],
    ),
    "a glob that no offering matches": (
        [agreement(offerings=["alpha", "gamma-*"])],
        ["warning matches-nothing: `baa` (no. 1) is for `gamma-*`, which matches no offering of the registry"],
    ),
    "a name that no offering has any more, of what is over": (
        [agreement(), agreement("nda", offerings=["gone"], expires="2026-02-01")],
        ["note matches-nothing: `nda` (no. 2) is for `gone`, which matches no offering of the registry"],
    ),
    "a project that no manifest has": (
        [agreement(projects=["p", "q-*"])],
        ["note matches-nothing: `baa` (no. 1) is for `q-*`, which matches no project of the given manifests"],
    ),
    "no usage of its projects": (
        [agreement(), agreement(projects=["q"], offerings=["beta"])],
        [
            (
                "note unused-agreement: `baa` (no. 2) is for no usage of the given manifests: "
                "none of them is of its projects"
            )
        ],
    ),
    "no usage of its offerings": (
        [agreement(), agreement(offerings=["beta"])],
        [
            (
                "note unused-agreement: `baa` (no. 2) is for no usage of the given manifests: none of them uses an "
                "offering that it is for"
            )
        ],
    ),
    "no policy that asks": (
        [agreement(), agreement("nda", reference="L-1")],
        [f"note unused-agreement: `nda` (L-1) is asked for by no policy that applies to {USED}"],
    ),
    "two at once, of which one ends last": (
        [agreement(reference="L-1", expires="2027-05-01"), agreement(reference="L-2", signed="2026-11-01")],
        [
            (
                "note overlap: `baa` (L-1) and `baa` (L-2) overlap; (L-2) counts, because it ends last, "
                "from 2026-11-01 to 2027-05-01, for alpha"
            )
        ],
    ),
    "two at once for the last day": (
        [agreement(expires="2026-11-23"), agreement(signed="2026-11-01")],
        [
            (
                "note ends-soon: `baa` (no. 1) ends on 2026-11-23, today is its last day; no result of the given "
                "manifests depends on it"
            ),
            (
                "note overlap: `baa` (no. 1) and `baa` (no. 2) overlap; (no. 2) counts, because it ends last, "
                "from 2026-11-01 to 2026-11-23, for alpha"
            ),
        ],
    ),
    "two at once that end together": (
        [agreement(), agreement(offerings=["a*"])],
        [
            (
                "note overlap: `baa` (no. 1) and `baa` (no. 2) overlap; (no. 1) counts, because it stands first, "
                "from 2026-01-01 without an end, for alpha"
            )
        ],
    ),
    "three at once": (
        [agreement(reference="L-1"), agreement(reference="L-2"), agreement(reference="L-3")],
        [
            (
                "note overlap: `baa` (L-1) and `baa` (L-2) overlap; (L-1) counts, because it stands first, "
                "from 2026-01-01 without an end, for alpha"
            ),
            (
                "note overlap: `baa` (L-1) and `baa` (L-3) overlap; (L-1) counts, because it stands first, "
                "from 2026-01-01 without an end, for alpha; the same with 1 more"
            ),
        ],
    ),
    "terminated and executed": (
        [agreement(reference="L-1"), agreement(status="terminated", signed="2026-03-01", reference="L-2")],
        [
            (
                "error contradiction: `baa` (L-2) is terminated and `baa` (L-1) is executed, "
                "from 2026-03-01 without an end, for alpha"
            )
        ],
    ),
    "terminated, without a day, and executed": (
        [agreement(status="terminated", signed=None), agreement()],
        [
            (
                "error contradiction: `baa` (no. 1) is terminated and `baa` (no. 2) is executed, "
                "from 2026-01-01 without an end, for alpha"
            )
        ],
    ),
    "terminated, and followed by another": (
        [agreement(status="terminated", signed="2025-01-01"), agreement()],
        [
            (
                "note contradiction: `baa` (no. 1) is terminated but says no earlier end, and `baa` (no. 2) "
                "followed it, from 2026-01-01 without an end, for alpha"
            )
        ],
    ),
    "one paper with two ends": (
        [agreement(reference="L-1", expires="2027-01-01"), agreement(reference="L-1", expires="2028-01-01")],
        [
            (
                "error contradiction: `baa` (L-1) stands twice, signed 2026-01-01 until 2027-01-01 and signed "
                "2026-01-01 until 2028-01-01, from 2026-01-01 to 2027-01-01, for alpha"
            )
        ],
    ),
    "one paper in two states": (
        [agreement(reference="L-1"), agreement(reference="L-1", status="pending")],
        [
            (
                "error contradiction: `baa` (L-1) stands twice, executed and pending, "
                "from 2026-01-01 without an end, for alpha"
            )
        ],
    ),
    "one paper that is renewed before it ends": (
        [agreement(reference="L-1", expires="2027-01-01"), agreement(reference="L-1", signed="2026-11-01")],
        [
            (
                "note overlap: `baa` (L-1) and `baa` (L-1) overlap; (L-1) counts, because it ends last, "
                "from 2026-11-01 to 2027-01-01, for alpha"
            )
        ],
    ),
    "pending, and its last day is over": (
        [agreement(), agreement("nda", status="pending", signed=None, expires="2026-11-22")],
        ["warning contradiction: `nda` (no. 2) is still pending, and its last day was 2026-11-22"],
    ),
    "executed, and signed on a day to come": (
        [agreement(), agreement("nda", signed="2026-11-24")],
        ["warning contradiction: `nda` (no. 2) is executed, and signed on 2026-11-24, a day to come"],
    ),
    "ended, and a result suffers": (
        [agreement(expires="2026-11-22", reference="L-1")],
        [f"error ended: `baa` (L-1) ended on 2026-11-22 and nothing follows it; policies ask for it of {USED}"],
    ),
    "terminated, and a result suffers": (
        [agreement(status="terminated", signed="2026-02-01")],
        [f"error ended: `baa` (no. 1) is terminated and nothing follows it; policies ask for it of {USED}"],
    ),
    "days without one, and it is today": (
        [agreement(expires="2026-10-31"), agreement(signed="2026-12-01", reference="L-2")],
        [
            f"error gap: no `baa` from 2026-11-01 to 2026-11-30, between `baa` (no. 1) and `baa` (L-2), for {USED}",
            "warning contradiction: `baa` (L-2) is executed, and signed on 2026-12-01, a day to come",
        ],
    ),
    "a day without one that is over": (
        [agreement(expires="2026-10-30"), agreement(signed="2026-11-01")],
        [f"note gap: no `baa` on 2026-10-31, between `baa` (no. 1) and `baa` (no. 2), for {USED}"],
    ),
    "the last day, and nothing follows": (
        [agreement(expires="2026-11-23")],
        [f"warning ends-soon: `baa` (no. 1) ends on 2026-11-23, today is its last day; nothing follows it for {USED}"],
    ),
    "an end in thirty days": (
        [agreement(expires="2026-12-23")],
        [f"warning ends-soon: `baa` (no. 1) ends on 2026-12-23, 30 days left; nothing follows it for {USED}"],
    ),
    "an end that nothing follows on the next day": (
        [agreement(expires="2026-11-24"), agreement(signed="2026-11-26", reference="L-2")],
        [
            "warning contradiction: `baa` (L-2) is executed, and signed on 2026-11-26, a day to come",
            f"warning gap: no `baa` on 2026-11-25, between `baa` (no. 1) and `baa` (L-2), for {USED}",
            f"warning ends-soon: `baa` (no. 1) ends on 2026-11-24, 1 day left; nothing follows it for {USED}",
        ],
    ),
    "an end that something follows": (
        [agreement(expires="2026-11-24"), agreement(signed="2026-11-25", reference="L-2")],
        [
            "warning contradiction: `baa` (L-2) is executed, and signed on 2026-11-25, a day to come",
            "note ends-soon: `baa` (no. 1) ends on 2026-11-24, 1 day left; `baa` (L-2) follows it",
        ],
    ),
    "an end on which nothing depends": (
        [agreement(), agreement("dpa", expires="2026-11-24")],
        [
            (
                "note ends-soon: `dpa` (no. 2) ends on 2026-11-24, 1 day left; no result of the given manifests "
                "depends on it"
            ),
            f"note unused-agreement: `dpa` (no. 2) is asked for by no policy that applies to {USED}",
        ],
    ),
    "the last day of the calendar": (
        [agreement(expires="9999-12-31"), agreement(signed="2026-11-01", expires="9999-12-30")],
        [
            (
                "note overlap: `baa` (no. 1) and `baa` (no. 2) overlap; (no. 1) counts, because it ends last, "
                "from 2026-11-01 to 9999-12-30, for alpha"
            )
        ],
    ),
}


@pytest.mark.parametrize("case", TOLD)
def test_it_is_told(case: str, tmp_path: Path) -> None:
    register, expected = TOLD[case]
    assert lines(found(tmp_path, register)) == expected


def test_what_is_soon_is_asked_for(tmp_path: Path) -> None:
    register = [agreement(expires="2026-12-24")]
    assert [one.id for one in found(tmp_path, register, within=31)] == ["ends-soon"]
    assert [one.id for one in found(tmp_path, register, within=30)] == []


@pytest.mark.parametrize(
    ("policies", "kind", "used"),
    [
        ([ASKS_BY_FIELD], "nda", True),
        ([ASKS_BY_CONDITION], "baa", True),
        ([ASKS_BY_CONDITION], "zdr", True),  # through the condition of a condition
        ([ASKS_BY_CONDITION], "dpa", False),
        ([{**FOR_PUBLIC, "require": [{"agreement": "nda"}]}], "nda", False),
    ],
)
def test_an_agreement_is_used_however_a_policy_comes_to_ask_for_it(
    policies: list[Any], kind: str, used: bool, tmp_path: Path
) -> None:
    told = [one.id for one in found(tmp_path, [agreement(kind)], policies)]
    assert ("unused-agreement" not in told) == used


def test_an_end_is_only_a_warning_where_no_result_suffers(tmp_path: Path) -> None:
    register = [agreement(expires="2026-11-22"), agreement("dpa")]
    assert lines(found(tmp_path, register, [EITHER])) == [
        f"warning ended: `baa` (no. 1) ended on 2026-11-22 and nothing follows it; policies ask for it of {USED}"
    ]


def test_many_usages_are_counted(tmp_path: Path) -> None:
    usages = [{"id": f"u-{place}"} for place in range(5)]
    (one,) = found(tmp_path, [agreement(expires="2026-11-23")], [NEEDS_BAA], [manifest("p", *usages)])
    assert one.message.endswith("`u-0` of `p` with alpha, `u-1` of `p` with alpha, `u-2` of `p` with alpha and 2 more")


CLAIMS: dict[str, tuple[Register | None, list[Any], list[str]]] = {
    "without a register what passes by a claim relies on it": (
        None,
        [NEEDS_BAA],
        [("warning claim-only: usage `u` of `p` with alpha has nothing but its own claim of `baa` for `needs-baa`")],
    ),
    "without a register a claim that changes nothing is left alone": (None, [ASKS_BY_FIELD], []),
    "without a register a claim that does harm is left alone": (
        None,
        [{"id": "p", "title": "T", "require": [{"!": {"agreement": "baa"}}]}],
        [],
    ),
    "a rule that reads claims relies on them": (
        None,
        [{"id": "p", "title": "T", "require": [{"in": ["baa", {"var": "usage.agreements"}]}]}],
        ["warning claim-only: usage `u` of `p` with alpha has nothing but its own claim of `baa` for `p`"],
    ),
    "with a register a claim that it does not bear out is told": (
        [],
        [NEEDS_BAA],
        [
            (
                "warning claim-only: usage `u` of `p` with alpha claims `baa`, and the register has none in "
                "force; asked for by `needs-baa`"
            )
        ],
    ),
    "with a register a claim that nobody asks for is a note": (
        [],
        [ASKS_BY_FIELD],
        [
            (
                "note claim-only: usage `u` of `p` with alpha claims `baa`, and the register has none in force; "
                "no policy asks for it"
            )
        ],
    ),
    "a claim that the register bears out is left alone": ([agreement()], [NEEDS_BAA], []),
}


@pytest.mark.parametrize("case", CLAIMS)
def test_claims(case: str, tmp_path: Path) -> None:
    register, policies, expected = CLAIMS[case]
    assert lines(found(tmp_path, register, policies, [manifest("p", {"agreements": ["baa"]})])) == expected


def test_a_misspelt_offering_comes_with_the_nearest_one(tmp_path: Path) -> None:
    (one,) = found(tmp_path, [agreement(), agreement("nda", offerings=["bteta"])])
    assert one.help == "did you mean `beta`?"
    assert one.location.line == 15  # of the glob itself


def test_findings_come_errors_first_and_the_same_every_time(tmp_path: Path) -> None:
    register = [agreement("nda"), agreement(offerings=["nobody"]), agreement(expires="2026-11-22", reference="L-1")]
    told = [(one.severity, one.id) for one in found(tmp_path, register)]
    assert told == [("error", "matches-nothing"), ("error", "ended"), ("note", "unused-agreement")]
