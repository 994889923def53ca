"""Markdown: what is worst comes first, and it is never longer than a comment may be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.one import MANIFEST, PASSING, evaluation, repeated, world
from tests.report.test_counts import details, rows
from tests.thoroughness import thorough
from vendorgate.frame.proposing import proposals_once
from vendorgate.report import markdown
from vendorgate.report.fitting import Section, fitted
from vendorgate.report.look import TextLook
from vendorgate.report.surroundings import Surroundings

COMMENT = 65_536
SECTIONS = [
    "vendorgate: FAIL",
    *["Blocking", "Not blocking", "Waived", "Notices", "Every finding", "What passes rest on", "Counts", "Inputs"],
]


def headings(page: str) -> list[str]:
    return re.findall(r"^#{2,3} (.*)$", page, re.MULTILINE)


def test_sections_stand_in_the_order_of_what_matters(tmp_path: Path) -> None:
    page = markdown.render(evaluation(tmp_path), Surroundings(str(tmp_path), str(tmp_path)))
    assert headings(page) == SECTIONS
    cause = "hipaa\\_baa of alpha: the vendor documents that it does not offer this"
    assert f"\n\n**error: {cause}**\n\n- at `{MANIFEST}:1:63`: usage `first`, phi\n- policy: needs-baa: A BAA\n" in page
    assert "\n- note: `settings.mode` is not declared (`unknown-but-passes`; " in page
    assert f"\n\nNext: `vendorgate alternatives {tmp_path}/{MANIFEST} --usage first`\n\n### Not blocking\n" in page
    assert "| `waived` | usage `first` on `alpha` | 2027-11-30 | ciso | pilot |" in page


def test_nothing_wrong_is_short(tmp_path: Path) -> None:
    page = markdown.render(evaluation(tmp_path, **{"policies/p.yaml": PASSING, "policies/waivers.yaml": None}))
    assert headings(page) == ["vendorgate: PASS", "Notices", "What passes rest on", "Counts", "Inputs"]


def test_digests_of_every_input_are_at_the_end(tmp_path: Path) -> None:
    found = evaluation(tmp_path)
    digests = [found.bundle.sha256, found.snapshot.sha256, found.manifests[0].sha256]
    assert re.findall(r"`([0-9a-f]{64})`", markdown.render(found).partition("### Inputs")[2]) == digests


@pytest.mark.parametrize("times", [10, 3_000 if thorough() else 500])
@pytest.mark.parametrize("text", ["x", "漢", "|<@", "x\U000e0001"])
def test_report_is_never_longer_than_a_comment_may_be_and_says_what_is_missing(
    text: str, times: int, tmp_path: Path
) -> None:
    files = world()
    long = text * 2000
    for policy in files["policies/p.yaml"]["policies"]:
        policy |= {"title": long, "remediation": long, "references": [text * 300] * 20}
    files["policies/bundle.yaml"] = {"name": long, "release": long}
    files["registry/snapshot.yaml"]["name"] = long
    files[MANIFEST]["usages"][0]["settings"] = {f"{number}{text}": 1 for number in range(100)}
    for number in range(80):
        files[f"services/{number}/vendorgate.yaml"] = {"version": 1, "project": "p", "usages": []}
    found = repeated(evaluation(tmp_path, **files), times)
    page = markdown.render(found)
    assert len(page.encode()) < COMMENT
    assert headings(page) == SECTIONS
    assert rows(page, "Waived") == times
    assert details(page) == 2 * times
    assert len(re.findall("^<details>", page, re.MULTILINE)) == len(re.findall("^</details>$", page, re.MULTILINE))


@pytest.mark.parametrize(("name", "fence"), [("plain", "```"), ("a`b", "```"), ("```\n# x", "````")])
def test_lines_to_paste_are_fenced_by_more_than_they_hold(name: str, fence: str, tmp_path: Path) -> None:
    files = world()
    files["policies/p.yaml"] = {
        "version": 1,
        "policies": [{"id": "a", "title": "A", "require": [{"==": [{"var": "usage.settings.mode"}, name]}]}],
    }
    page = markdown.render(evaluation(tmp_path, **files), look=TextLook(propose=proposals_once()))
    begin, added, rest = page.partition("### To add\n\n")[2].partition(f"\n{fence}yaml\nsettings: {{mode: ")
    assert added
    assert begin.endswith(", if it is true; it lifts the result that blocks in it:\n")
    assert rest.partition("\n")[2].startswith(f"{fence}\n\n")


@given(
    st.lists(st.tuples(st.text(max_size=5), st.lists(st.text(min_size=1, max_size=40))), max_size=5),
    st.integers(0, 500),
    st.integers(0, 100),
)
def test_sections_fit_into_the_room_beside_their_headings(
    drawn: list[tuple[str, list[str]]], room: int, most: int
) -> None:
    sections = [Section(heading, iter(blocks), len(blocks), most=most) for heading, blocks in drawn]
    least = sum(len(heading.encode()) + 100 for heading, _ in drawn) + 1
    text = fitted(sections, least + room)
    assert len(text.encode()) <= least + room


def test_all_blocks_are_shown_where_there_is_room() -> None:
    table, details, end = ["1", "2"], ["3"], list[str]()
    sections = [Section("# a", iter(table), 2), Section("", iter(details), 1), Section("# b", iter(end), 0)]
    assert fitted(sections, 1000) == "# a\n1\n2\n\n3\n\n# b\n"
