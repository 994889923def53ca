"""How agreements are filed: what an entry does not say, its paper, its review, the notice that ends it. The day is
2026-11-23."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.commands.agreements.world import agreement, found, judged, lines, run, write
from tests.world import AS_OF
from vendorgate.commands.agreements import papers
from vendorgate.commands.agreements.findings import check
from vendorgate.commands.agreements.papers import Papers
from vendorgate.load.files import Folder

Part = dict[str, Any]
PAPER = b"signed by both\n"
DIGEST = hashlib.sha256(PAPER).hexdigest()
OTHER = "ab" * 32
NOBODY_WOULD = "nobody would notice another paper there"
WHOLE: Part = {
    "reference": "L-1",
    "counterparty": "Alpha Inc.",
    "document": "contracts/L-1.pdf",
    "sha256": DIGEST,
    "owner": "legal",
    "reviewed": {"by": "legal", "on": "2026-06-01"},
}


def filed(folder: Path, **fields: Any) -> list[str]:
    """What is found about one entry that says everything, and these fields otherwise."""
    (folder / "policies" / "contracts").mkdir(parents=True)
    (folder / "policies" / "contracts" / "L-1.pdf").write_bytes(PAPER)
    return lines(found(folder, [agreement(**{**WHOLE, **fields})], every=True))


TOLD: dict[str, tuple[Part, list[str]]] = {
    "everything": ({}, []),
    "a paper elsewhere": ({"document": "https://contracts.example.org/L-1", "sha256": OTHER}, []),
    "no reference": ({"reference": None}, ["note incomplete-entry: `baa` (no. 1) does not say its reference"]),
    "nothing": (
        dict.fromkeys(WHOLE),
        [("note incomplete-entry: `baa` (no. 1) does not say its reference, counterparty, document, owner and review")],
    ),
    "a review of a year ago": ({"signed": "2025-01-01", "reviewed": {"by": "legal", "on": "2025-11-23"}}, []),
    "an older review": (
        {"signed": "2025-01-01", "reviewed": {"by": "legal", "on": "2025-11-22"}},
        ["warning review-due: `baa` (L-1) was last reviewed on 2025-11-22, 366 days ago, by legal"],
    ),
    "a review that is to come": (
        {"reviewed": {"by": "legal", "on": "2026-11-24"}},
        [
            (
                "warning review-due: `baa` (L-1) is said to be reviewed on 2026-11-24, a day to come: until then it is "
                "not reviewed"
            )
        ],
    ),
    "another paper": (
        {"sha256": OTHER},
        [
            (
                f"error another-document: document contracts/L-1.pdf of `baa` (L-1) is not the one that was filed: its "
                f"SHA-256 is {DIGEST}"
            )
        ],
    ),
    "another paper of what is over": (
        {"sha256": OTHER, "expires": "2026-06-30"},
        [
            (
                f"error another-document: document contracts/L-1.pdf of `baa` (L-1) is not the one that was filed: its "
                f"SHA-256 is {DIGEST}"
            ),
            (
                "error ended: `baa` (L-1) ended on 2026-06-30 and nothing follows it; policies ask for it of `u` "
                "of `p` with alpha"
            ),
        ],
    ),
    "no paper": (
        {"document": "contracts/L-2.pdf"},
        ["error missing-document: document contracts/L-2.pdf of `baa` (L-1) is not there: no such file"],
    ),
    "a folder": (
        {"document": "contracts"},
        ["error missing-document: document contracts of `baa` (L-1) is not there: a folder, not a file"],
    ),
    "a paper that could be another": (
        {"sha256": None},
        [f"note unpinned-document: `baa` (L-1) does not say the SHA-256 of contracts/L-1.pdf: {NOBODY_WOULD}"],
    ),
    "an address that could be another": (
        {"sha256": None, "document": "https://contracts.example.org/L-1"},
        [
            (
                "note unpinned-document: `baa` (L-1) does not say the SHA-256 of https://contracts.example.org/L-1: "
                f"{NOBODY_WOULD}"
            )
        ],
    ),
    "notice that is far": ({"expires": "2027-02-22", "notice_days": 60}, []),
    "notice that is due in 30 days": (
        {"expires": "2027-02-21", "notice_days": 60},
        ["warning notice-due: notice must be given by 2026-12-23, 30 days left, to end `baa` (L-1) on 2027-02-21"],
    ),
    "notice that is due today": (
        {"expires": "2027-01-22", "notice_days": 60},
        [
            (
                "warning notice-due: notice must be given by 2026-11-23, today is its last day, to end `baa` (L-1) on "
                "2027-01-22"
            )
        ],
    ),
    "notice that was due yesterday": (
        {"expires": "2027-01-21", "notice_days": 60},
        ["note notice-due: notice was to be given by 2026-11-22, to end `baa` (L-1) on 2027-01-21"],
    ),
    "notice of a hundred years": (
        {"expires": "2027-01-21", "notice_days": 36_500},
        ["note notice-due: notice was to be given by 1927-02-15, to end `baa` (L-1) on 2027-01-21"],
    ),
    "no notice is needed": ({"expires": "2027-01-21", "notice_days": 0}, []),
    "notice without an end": ({"notice_days": 60}, []),
}


@pytest.mark.parametrize("case", TOLD)
def test_it_is_told(case: str, tmp_path: Path) -> None:
    fields, told = TOLD[case]
    assert sorted(filed(tmp_path, **fields)) == sorted(told)


def test_what_is_over_or_not_signed_need_not_say_everything(tmp_path: Path) -> None:
    register = [
        agreement(**WHOLE, projects=["p"]),
        agreement("nda", status="terminated", expires="2026-01-31"),
        agreement("zdr", status="pending", signed=None),
    ]
    write(tmp_path, register)
    told = [one.message for one in found(tmp_path, register, every=True) if one.id == "incomplete-entry"]
    assert told == ["`zdr` (no. 3) does not say its counterparty and owner"]


@pytest.mark.skipif(os.name == "nt", reason="links need a permission there")
@pytest.mark.parametrize("link", ["contracts", "contracts/L-1.pdf"])
def test_no_link_is_followed_to_a_paper(link: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "L-1.pdf").write_bytes(PAPER)
    place = tmp_path / "policies" / link
    place.parent.mkdir(parents=True)
    place.symlink_to(outside if link == "contracts" else outside / "L-1.pdf")
    bundle = Papers(Folder(str(tmp_path / "policies"), "policies"))
    assert bundle.at("contracts/L-1.pdf").trouble == "a link stands there, or on the way"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes there")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "L-1.pdf")
    assert Papers(Folder(str(tmp_path), ".")).at("L-1.pdf").trouble == "a pipe, not a file"


def test_a_paper_without_an_end_is_read_no_further(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "_MOST", 3 * papers._PART)
    (tmp_path / "L-1.pdf").write_bytes(b"x" * (3 * papers._PART + 1))
    assert Papers(Folder(str(tmp_path), ".")).at("L-1.pdf").trouble == "a file of more than 3 MiB"


def test_a_name_too_long_for_the_system_is_told(tmp_path: Path) -> None:
    found = Papers(Folder(str(tmp_path), ".")).at("x" * 5_000)
    assert found.sha256 is None
    assert found.trouble.startswith("cannot be read: ")


def test_papers_of_a_bundle_kept_elsewhere_are_said_not_to_have_been_looked_at(tmp_path: Path) -> None:
    evaluation = judged(tmp_path, [agreement(**WHOLE)])
    elsewhere = Folder(str(tmp_path), "git+https://x", address="git+https://x")
    (one,) = check(evaluation, 30, "error", folder=elsewhere).findings
    assert (one.id, one.severity) == ("missing-document", "note")
    assert "was not looked at: an address brings the YAML files of a bundle alone" in one.message


def test_how_long_a_review_counts_is_asked_for(tmp_path: Path) -> None:
    write(tmp_path, [agreement(**{**WHOLE, "document": None, "sha256": None})])
    told = [run(tmp_path, "check", "0.yaml", "--review-within", span).stdout for span in ("175d", "174d", "4w")]
    assert ["review-due" in one for one in told] == [False, True, True]


def test_the_list_shows_what_any_entry_says_and_names_what_others_do_not(tmp_path: Path) -> None:
    whole = agreement(**WHOLE, expires="2027-05-01", notice_days=30)
    write(tmp_path, [whole, agreement("scc", scc_modules=[2, 3], notice_days=1), agreement("nda")])
    head, first, *_ = run(tmp_path, "list").stdout.splitlines()
    assert head.split()[-8:] == ["counterparty", "owner", "notice", "by", "modules", "reviewed", "document", "place"]
    assert "Alpha Inc.    legal     2027-04-01  not said  2026-06-01  contracts/L-1.pdf" in first
    rows = json.loads(run(tmp_path, "list", "--format", "json").stdout)["rows"]
    assert rows[0]["record"] == {
        "counterparty": "Alpha Inc.",
        "document": "contracts/L-1.pdf",
        "sha256": DIGEST,
        "owner": "legal",
        "notice_days": 30,
        "notice_by": "2027-04-01",
        "scc_modules": None,
        "reviewed": {"by": "legal", "on": "2026-06-01"},
    }
    assert {row["kind"]: row["record"]["scc_modules"] for row in rows} == {"baa": None, "scc": [2, 3], "nda": None}
    table = list(csv.DictReader(io.StringIO(run(tmp_path, "list", "--format", "csv").stdout)))
    assert [row["scc_modules"] for row in table] == ["", "2, 3", ""]
    assert (table[0]["notice_by"], table[0]["reviewed_by"], table[1]["notice_by"]) == ("2027-04-01", "legal", "")


def test_whoever_would_terminate_reads_when_notice_must_be_given(tmp_path: Path) -> None:
    write(tmp_path, [agreement(**WHOLE, expires="2027-05-01", notice_days=30)])
    told = run(tmp_path, "report", "0.yaml").stdout
    words = "signed with Alpha Inc.; owner legal; notice 30 days before its end, by 2027-04-01; reviewed on 2026-06-01"
    assert f"   | {words} by legal; document contracts/L-1.pdf\n" in told
    markdown = run(tmp_path, "report", "0.yaml", "--format", "markdown").stdout
    assert "by 2027-04-01; reviewed on 2026-06-01 by legal" in markdown
    found = json.loads(run(tmp_path, "report", "0.yaml", "--format", "json").stdout)
    assert found["terminations"][0]["agreements"][0]["record"]["notice_by"] == "2027-04-01"


def test_no_other_command_opens_a_paper(tmp_path: Path) -> None:
    """What judges depends on the bytes of the bundle's digest alone."""
    evaluation = judged(tmp_path, [agreement(**{**WHOLE, "document": "not/there.pdf"})])
    assert (evaluation.as_of, [one.outcome for one in evaluation.results]) == (AS_OF, ["pass"])
