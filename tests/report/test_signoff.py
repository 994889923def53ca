"""Every format says whether the policies are those that somebody has signed off, and no verdict depends on it."""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from tests.golden.test_golden import CONTROL
from tests.workbooks import texts
from tests.world import AS_OF, judge
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.signoff import Signoff, SignoffEntry
from vendorgate.report import csv as csv_report
from vendorgate.report import cyclonedx, html, intoto, junit, markdown, oscal, sarif, xlsx
from vendorgate.report import json as json_report
from vendorgate.report import text as text_report
from vendorgate.report.look import Amount, TextLook
from vendorgate.report.surroundings import Surroundings

OURS, OTHER = "ab" * 32, "cd" * 32
HOSTILE = "<b>Dana</b>|`x` \x1b[31m\u202eevil ##[error] @team =1+1 ]]> {{ 7*7 }}"
HOLDS = "the sign-off holds: the policies are those that Dana signed off on 2026-11-20"
CHANGED = "the sign-off does not hold: the policies are not those that Dana signed off on 2026-11-20"
PACKS = "the sign-off does not hold: --pack a --pack b adds to what Dana signed off on 2026-11-20"
LATER = "the sign-off does not hold: Dana signs off on 2026-11-24, a day to come"


def signed(by: str = "Dana", on: str = "2026-11-20", found: str = OURS, own: str = OURS) -> Signoff:
    return Signoff(SignoffEntry(by, datetime.date.fromisoformat(on), OURS), found, own, ("a", "b"))


CASES: dict[str, tuple[Signoff, str]] = {
    "holds": (signed(), HOLDS),
    "holds on its first day": (signed(on="2026-11-23"), HOLDS.replace("11-20", "11-23")),
    "another bundle": (signed(found=OTHER, own=OTHER), CHANGED),
    "more than was signed off": (signed(found=OTHER), PACKS),
    "later": (signed(on="2026-11-24"), LATER),
}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    policy = {"require": [True]}
    return judge(tmp_path_factory.mktemp("world"), {"dimensions": {}}, policy, {"data": ["phi"]})


def by(evaluation: Evaluation, signoff: Signoff | None) -> Evaluation:
    return msgspec.structs.replace(evaluation, bundle=msgspec.structs.replace(evaluation.bundle, signoff=signoff))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("amount", ["groups", "all", "verdict"])
def test_text_says_always_that_it_does_not_hold_and_that_it_holds_where_all_is_told(
    amount: Amount, case: str, bare: Evaluation
) -> None:
    found, words = CASES[case]
    lines = text_report.render(by(bare, found), look=TextLook(amount)).splitlines()
    assert (words in lines) == (not found.holds(AS_OF) or amount == "all")
    if words in lines:
        assert lines[lines.index(words) + 1].startswith("PASS  ")


def properties_of(document: object) -> set[str]:
    """The values of all properties about a sign-off, wherever they stand."""
    found: set[str] = set()
    if isinstance(document, dict):
        if "signoff" in str(document.get("name")):
            found.add(str(document.get("value")))
        found.update(*map(properties_of, document.values()))
    elif isinstance(document, list):
        found.update(*map(properties_of, document))
    return found


@pytest.mark.parametrize("case", CASES)
def test_every_format_says_the_same(case: str, bare: Evaluation) -> None:
    found, words = CASES[case]
    evaluation, holds = by(bare, found), found.holds(AS_OF)
    told = {"by": "Dana", "on": found.written.on.isoformat(), "digest": OURS, "holds": holds}
    assert json.loads(json_report.render(evaluation))["inputs"]["bundle"]["signoff"] == told
    (run,) = json.loads(sarif.render(evaluation, Surroundings()))["runs"]
    assert run["properties"]["bundle"]["signoff"] == told
    (row,) = csv.DictReader(io.StringIO(csv_report.render(evaluation)))
    state = "holds" if holds else "does not hold"
    assert (row["bundle_signoff"], row["bundle_signoff_by"], row["bundle_signoff_digest"]) == (state, "Dana", OURS)
    properties = {
        one.get("name"): one.get("value")
        for one in ElementTree.fromstring(junit.render(evaluation, Surroundings())).iter("property")
    }
    assert (properties["bundle_signoff"], properties["bundle_signoff_on"]) == (state, told["on"])
    page = html.render(evaluation, Surroundings())
    assert page.count(f"{words[0].upper()}{words[1:]}.") == (1 if holds else 2)
    written = markdown.render(evaluation, Surroundings())
    assert (f"**{words}**" in written) == (not holds)
    assert f"\n{words}\n" in written
    predicate = json.loads(intoto.render(evaluation, Surroundings()))["predicate"]
    assert [one["signoff"] for one in predicate.values() if isinstance(one, dict) and "signoff" in one] == [told]
    for exported in (oscal, cyclonedx):
        found_in = properties_of(json.loads(exported.render(evaluation, Surroundings())))
        assert ("Dana" in found_in, state in found_in) == (True, True)
    assert words in texts(xlsx.render(evaluation, Surroundings()))
    assert {one.verdict for one in (bare, evaluation)} == {"pass"}


def test_that_nobody_has_signed_off_is_said_where_there_is_a_place_for_it(bare: Evaluation) -> None:
    evaluation = by(bare, None)
    assert json.loads(json_report.render(evaluation))["inputs"]["bundle"]["signoff"] is None
    (row,) = csv.DictReader(io.StringIO(csv_report.render(evaluation)))
    assert (row["bundle_signoff"], row["bundle_signoff_by"]) == ("none", "")
    assert "nobody has signed the policies off" in texts(xlsx.render(evaluation, Surroundings()))
    for report in (
        text_report.render(evaluation),
        markdown.render(evaluation),
        html.render(evaluation, Surroundings()),
    ):
        assert "sign-off" not in report.lower()


def test_a_name_does_nothing_to_a_reader(bare: Evaluation) -> None:
    evaluation = by(bare, signed(by=HOSTILE, found=OTHER, own=OTHER))
    everything = TextLook("all")
    reports = {
        "text": text_report.render(evaluation, look=everything),
        "json": json_report.render(evaluation),
        "sarif": sarif.render(evaluation, Surroundings()),
        "csv": csv_report.render(evaluation),
        "junit": junit.render(evaluation, Surroundings()),
        "html": html.render(evaluation, Surroundings()),
        "markdown": markdown.render(evaluation),
    }
    for format, report in reports.items():
        assert not CONTROL.search(report), format
        assert "##[error]" not in report, format
    assert "<b>Dana" not in reports["html"] + reports["markdown"]
    assert "{{ 7*7 }}" in reports["html"]


def test_a_bundle_that_was_read_otherwise_leaves_it_out(bare: Evaluation, tmp_path: Path) -> None:
    other = msgspec.structs.replace(bare, bundle=msgspec.structs.replace(bare.bundle, signoff=msgspec.UNSET))
    assert "signoff" not in json.loads(json_report.render(other))["inputs"]["bundle"]
