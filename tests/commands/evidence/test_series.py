"""Whether it was so on every day of a period: what many packs and reports come to."""

from __future__ import annotations

import csv
import datetime
import io
import json
import shutil
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command import Ended, vendorgate
from tests.commands.evidence.packs import forged, write
from tests.commands.impact.sides import WORLD
from tests.commands.review.repository import BAA, manifest, policies, usage
from vendorgate.commands.evidence.series_model import KeptFile, Period, ResultKey, ResultSaid, SubjectKey, SupportSaid
from vendorgate.commands.evidence.spans import spans, spoken
from vendorgate.commands.evidence.turning import turns
from vendorgate.model.vocabulary import Outcome

SIGNED: Final = {"kind": "baa", "offerings": ["*"], "status": "executed", "signed": "2026-01-01", "reference": "L-1"}
RULE: Final = {**BAA, "require": [{"covered": "hipaa_baa"}, {"agreement": "baa"}]}
FIRST: Final = "2026-11-05"


def world(folder: Path, **more: Any) -> None:
    """A usage that passes while an agreement is in force."""
    write(folder, {**WORLD, "policies/rules.yaml": policies(RULE), "vendorgate.yaml": manifest(usage("u", "alpha"))})
    register(folder, **more)


def register(folder: Path, **more: Any) -> None:
    entry = {key: value for key, value in {**SIGNED, **more}.items() if value is not None}
    write(folder, {"policies/agreements.yaml": {"version": 1, "agreements": [entry]}})


def keep(folder: Path, *days: str, form: str = "json", manifests: tuple[str, ...] = (), name: str = "") -> None:
    """Keep what a check says on each day, as a report or as a pack."""
    (folder / "kept").mkdir(exist_ok=True)
    for day in days:
        where = f"kept/{name or day}.{'zip' if form == 'zip' else 'json'}"
        judges = ("--registry", "registry", "--as-of", day, *manifests)
        output = ("evidence", "pack", "--output", where) if form == "zip" else ("check", "--output", f"json={where}")
        assert vendorgate(*output, *judges, folder=folder).code in (0, 1, 2)
        assert (folder / where).exists()


def series(folder: Path, *arguments: str) -> Ended:
    return vendorgate("evidence", "series", "kept", *arguments, folder=folder)


def document(folder: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(series(folder, "--format", "json", *arguments).stdout)
    return found


def told(one: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    return [(span["from"], span["until"], span["state"]) for span in one["spans"]]


# Days.


@pytest.mark.parametrize("form", ["json", "zip"])
def test_it_held_where_every_day_has_evidence(form: str, tmp_path: Path) -> None:
    world(tmp_path)
    keep(tmp_path, "2026-11-05", "2026-11-06", "2026-11-07", form=form)
    ended = series(tmp_path)
    assert ended.code == 0, ended.stdout
    assert ended.stdout.endswith("HELD  1 of 1 result held on every day\n")
    (one,) = document(tmp_path)["series"]
    assert (one["held"], told(one)) == (True, [("2026-11-05", "2026-11-07", "pass")])


def test_day_without_a_file_is_no_evidence_and_no_pass(tmp_path: Path) -> None:
    world(tmp_path)
    keep(tmp_path, "2026-11-05", "2026-11-07")
    ended = series(tmp_path)
    assert ended.code == 1
    assert "missing: no evidence of project `p`: 2026-11-06\n" in ended.stdout
    found = document(tmp_path)
    assert found["missing"] == [{"repository": None, "project": "p", "from": "2026-11-06", "until": "2026-11-06"}]
    assert [span["blocks"] for span in found["series"][0]["spans"]] == [False, None, False]


def test_file_speaks_for_as_many_days_as_somebody_says(tmp_path: Path) -> None:
    world(tmp_path)
    keep(tmp_path, "2026-11-05", "2026-11-12")
    assert series(tmp_path, "--every", "7d").code == 0
    assert series(tmp_path, "--every", "6d").code == 1
    assert series(tmp_path, "--every", "1w", "--until", "2026-11-18").code == 0
    assert series(tmp_path, "--every", "1w", "--until", "2026-11-19").code == 1
    assert series(tmp_path, "--every", "1w", "--from", "2026-11-04").code == 1


def test_file_never_speaks_beyond_what_its_results_rest_on(tmp_path: Path) -> None:
    world(tmp_path, expires="2026-11-08")
    keep(tmp_path, "2026-11-05")
    (one,) = document(tmp_path, "--every", "30d", "--until", "2026-11-10")["series"]
    assert told(one) == [("2026-11-05", "2026-11-08", "pass"), ("2026-11-09", "2026-11-10", "no_evidence")]
    assert one["spans"][1]["because"] == "agreement baa (L-1)"


def test_file_before_the_period_speaks_for_its_first_days(tmp_path: Path) -> None:
    world(tmp_path)
    keep(tmp_path, "2026-11-05", "2026-11-08")
    (one,) = document(tmp_path, "--every", "7d", "--from", "2026-11-07", "--until", "2026-11-09")["series"]
    assert told(one) == [("2026-11-07", "2026-11-09", "pass")]


# Turns.


def test_turn_says_when_and_why_and_how_it_was_put_right(tmp_path: Path) -> None:
    world(tmp_path, expires="2026-11-05")
    keep(tmp_path, "2026-11-05", "2026-11-06")
    register(tmp_path, expires="2027-11-05", reference="L-2")
    keep(tmp_path, "2026-11-07")
    ended = series(tmp_path)
    assert ended.code == 1
    assert "    = turned on 2026-11-06: agreement baa (L-1) ended on 2026-11-05\n" in ended.stdout
    assert "    = was put right on 2026-11-07: agreement baa (L-2) counts now; the policies," in ended.stdout
    (one,) = document(tmp_path)["series"]
    assert [(turn["day"], turn["direction"]) for turn in one["turns"]] == [
        ("2026-11-06", "worse"),
        ("2026-11-07", "better"),
    ]
    assert series(tmp_path, "--fail-when", "worse").code == 1
    assert series(tmp_path, "--fail-when", "missing").code == 0
    assert series(tmp_path, "--fail-when", "never").code == 0


SETTING: Final = {**BAA, "require": [{"==": [{"var": "usage.settings.zdr"}, True]}]}


def observe(folder: Path, day: str, value: bool) -> None:
    entry = {"version": 1, "offering": "alpha", "observed": day, "settings": {"zdr": value}}
    write(folder, {"policies/observations/alpha.yaml": entry})


def test_observation_that_says_something_else_or_ages_is_why_a_result_turned(tmp_path: Path) -> None:
    rules = {
        **WORLD,
        "policies/rules.yaml": policies(SETTING),
        "policies/bundle.yaml": "observations: {required: [alpha]}",
    }
    write(tmp_path, {**rules, "vendorgate.yaml": manifest(usage("u", "alpha", "phi"))})
    observe(tmp_path, "2026-10-01", value=True)
    keep(tmp_path, "2026-10-05")
    observe(tmp_path, "2026-10-06", value=True)
    keep(tmp_path, "2026-10-06")
    observe(tmp_path, "2026-10-07", value=False)
    keep(tmp_path, "2026-10-07")
    observe(tmp_path, "2026-10-08", value=True)
    keep(tmp_path, "2026-10-08", "2026-11-08")
    (one,) = document(tmp_path, "--from", "2026-10-05", "--until", "2026-11-08")["series"]
    turned = [(turn["day"], turn["direction"], turn["reasons"][0]) for turn in one["turns"]]
    says = "observation settings.zdr says {}, before {}"
    assert turned == [
        ("2026-10-07", "worse", {"kind": "observation", "message": says.format("false", "true")}),
        ("2026-10-08", "better", {"kind": "observation", "message": says.format("true", "false")}),
        (
            "2026-11-08",
            "worse",
            {"kind": "observation-aged", "message": "observation settings.zdr counted until 2026-11-07"},
        ),
    ]


def test_claim_that_is_observed_and_the_other_way_round_are_told_where_it_turned(tmp_path: Path) -> None:
    rules = {**WORLD, "policies/rules.yaml": policies(SETTING)}
    write(tmp_path, {**rules, "vendorgate.yaml": manifest(usage("u", "alpha", "phi", settings={"zdr": True}))})
    keep(tmp_path, "2026-10-05")
    observe(tmp_path, "2026-10-06", value=False)
    keep(tmp_path, "2026-10-06")
    (tmp_path / "policies/observations/alpha.yaml").unlink()
    keep(tmp_path, "2026-10-07")
    (one,) = document(tmp_path)["series"]
    assert [(turn["day"], turn["reasons"][0]["message"]) for turn in one["turns"]] == [
        ("2026-10-06", "observation settings.zdr counts now"),
        ("2026-10-07", "observation settings.zdr counts no more"),
    ]


def test_other_registry_and_other_manifest_are_told(tmp_path: Path) -> None:
    world(tmp_path)
    keep(tmp_path, "2026-11-05")
    text = json.loads((tmp_path / "registry/offerings/alpha.yaml").read_text())
    text["dimensions"]["hipaa_baa"]["value"] = "no"
    write(tmp_path, {"registry/offerings/alpha.yaml": text})
    keep(tmp_path, "2026-11-06")
    write(tmp_path, {"vendorgate.yaml": manifest(usage("u", "alpha"), usage("v", "gamma"))})
    keep(tmp_path, "2026-11-07")
    found = {one["usage"]: one for one in document(tmp_path)["series"]}
    (turn,) = found["u"]["turns"]
    assert {"kind": "evidence", "message": "evidence hipaa_baa says no, before yes_public"} in turn["reasons"]
    assert {"kind": "registry", "message": "the registry is another one"} in turn["reasons"]
    assert told(found["v"])[0] == ("2026-11-05", "2026-11-06", "not_declared")
    assert found["v"]["turns"][0]["reasons"][0] == {"kind": "manifest", "message": "the manifest has it"}


def test_policy_that_judges_no_more_is_worse_and_did_not_hold(tmp_path: Path) -> None:
    world(tmp_path)
    write(tmp_path, {"policies/more.yaml": policies({**RULE, "id": "other"})})
    keep(tmp_path, "2026-11-05")
    (tmp_path / "policies/more.yaml").unlink()
    keep(tmp_path, "2026-11-06")
    ended = series(tmp_path)
    assert ended.code == 1
    assert "is judged by nobody: no such policy is in force" in ended.stdout
    found = {one["policy"]: one for one in document(tmp_path)["series"]}
    assert (found["other"]["held"], found["other"]["turns"][0]["direction"]) == (False, "worse")
    assert found["phi-needs-baa"]["held"] is True


def test_other_policies_are_noted_where_nothing_turned(tmp_path: Path) -> None:
    world(tmp_path)
    write(tmp_path, {"policies/bundle.yaml": {"version": 1, "release": "7"}})
    keep(tmp_path, "2026-11-05")
    write(tmp_path, {"policies/bundle.yaml": {"version": 1, "release": "8"}})
    keep(tmp_path, "2026-11-06")
    ended = series(tmp_path)
    assert ended.code == 0
    assert "note: by 2026-11-06 other policies judged (release 7 -> 8)\n" in ended.stdout


# Files.


def test_two_files_of_one_day_that_disagree_are_named_and_the_worse_counts(tmp_path: Path) -> None:
    world(tmp_path)
    keep(tmp_path, FIRST)
    register(tmp_path, status="terminated")
    keep(tmp_path, FIRST, name="again")
    ended = series(tmp_path)
    assert ended.code == 1
    assert (
        "files of one day say that it passes and fails (2026-11-05.json, again.json); the worse counts" in ended.stdout
    )
    (one,) = document(tmp_path)["series"]
    assert told(one) == [(FIRST, FIRST, "fail")]
    assert one["disagreements"] == [
        {"day": FIRST, "states": ["pass", "fail"], "paths": ["2026-11-05.json", "again.json"]}
    ]


def test_two_files_of_one_day_that_agree_are_one(tmp_path: Path) -> None:
    world(tmp_path)
    keep(tmp_path, FIRST)
    keep(tmp_path, FIRST, form="zip")
    assert series(tmp_path).code == 0


def test_tampered_pack_is_refused_by_name_and_ends_with_two(tmp_path: Path) -> None:
    world(tmp_path)
    keep(tmp_path, FIRST, "2026-11-06", form="zip")
    path = tmp_path / "kept/2026-11-06.zip"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    ended = series(tmp_path)
    assert ended.code == 2
    assert "refused: 2026-11-06.zip: tampered with: 1 member not as it should be, such as " in ended.stdout
    assert "DID NOT HOLD" in ended.stdout
    assert document(tmp_path)["refused"][0]["path"] == "2026-11-06.zip"


def test_pack_whose_report_is_of_another_verdict_is_refused(tmp_path: Path) -> None:
    world(tmp_path, status="terminated")
    keep(tmp_path, FIRST, "2026-11-06", form="zip")

    def lie(contents: dict[str, bytes]) -> None:
        name = "reports/report.json"
        contents[name] = contents[name].replace(b'"verdict": "fail"', b'"verdict": "pass"')

    path = tmp_path / "kept/2026-11-06.zip"
    path.write_bytes(forged(path.read_bytes(), lie))
    ended = series(tmp_path)
    assert ended.code == 2
    assert "a pack whose report is of another day or verdict" in ended.stdout


@pytest.mark.parametrize(
    "content", ["{", '{"schema": "vendorgate.report/1"}', "\ufeff{}x", "1e9999" * 2_000, "[" * 90_000]
)
def test_broken_report_is_refused_by_name(content: str, tmp_path: Path) -> None:
    world(tmp_path)
    keep(tmp_path, FIRST)
    write(tmp_path, {"kept/broken.json": content})
    ended = series(tmp_path)
    assert ended.code == 2
    assert "refused: broken.json: " in ended.stdout


def test_report_that_something_else_wrote_anew_is_refused(tmp_path: Path) -> None:
    world(tmp_path)
    keep(tmp_path, FIRST, "2026-11-06")
    path = tmp_path / "kept/2026-11-06.json"
    path.write_text(json.dumps(json.loads(path.read_text())))
    ended = series(tmp_path)
    assert ended.code == 2
    assert "refused: 2026-11-06.json: a report that something else than vendorgate wrote anew" in ended.stdout


def test_other_files_are_passed_over_by_name(tmp_path: Path) -> None:
    world(tmp_path)
    keep(tmp_path, FIRST)
    plan = vendorgate("plan", "--registry", "registry", "--as-of", FIRST, "--format", "json", folder=tmp_path).stdout
    write(tmp_path, {"kept/notes.txt": "x", "kept/plan.json": plan, "kept/list.json": "[]"})
    (tmp_path / "kept/link.json").symlink_to(tmp_path / "kept/2026-11-05.json")
    ended = series(tmp_path)
    assert ended.code == 0
    assert "passed over: notes.txt: neither a pack nor a JSON report\n" in ended.stdout
    assert "passed over: plan.json: JSON of another kind than a report\n" in ended.stdout
    assert "passed over: list.json: JSON of another kind than a report\n" in ended.stdout
    assert "passed over: link.json: a link, which nobody follows\n" in ended.stdout


def test_day_that_is_still_to_come_says_nothing(tmp_path: Path) -> None:
    world(tmp_path)
    later = (datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=3)).isoformat()
    keep(tmp_path, FIRST, later)
    ended = series(tmp_path)
    assert ended.code == 0
    assert f"passed over: {later}.json: of a day that is still to come\n" in ended.stdout


def test_projects_and_repositories_are_told_apart(tmp_path: Path) -> None:
    world(tmp_path)
    write(tmp_path, {"other.yaml": manifest(usage("u", "alpha"), project="q")})
    keep(tmp_path, FIRST, manifests=("vendorgate.yaml", "--repository", "acme/one"), name="one")
    keep(tmp_path, FIRST, manifests=("vendorgate.yaml", "--repository", "acme/two"), name="two")
    keep(tmp_path, "2026-11-06", manifests=("vendorgate.yaml", "other.yaml", "--repository", "acme/one"), name="later")
    ended = series(tmp_path)
    assert ended.code == 1
    assert "note: of 2 repositories, each told by itself: acme/one, acme/two\n" in ended.stdout
    assert "missing: no evidence of project `p` in acme/two: 2026-11-06\n" in ended.stdout
    assert "missing: no evidence of project `q` in acme/one: 2026-11-05\n" in ended.stdout


def test_manifest_that_was_not_judged_is_no_evidence(tmp_path: Path) -> None:
    world(tmp_path)
    write(tmp_path, {"other.yaml": manifest(usage("u", "alpha"), project="q")})
    both = ("vendorgate.yaml", "other.yaml")
    keep(tmp_path, FIRST, manifests=both)
    write(tmp_path, {"other.yaml": "a: [\n"})
    keep(tmp_path, "2026-11-06", manifests=both)
    ended = series(tmp_path)
    assert ended.code == 1
    assert "missing: no evidence of project `q`: 2026-11-06\n" in ended.stdout


def test_usage_of_a_project_that_was_judged_in_part_is_no_evidence_and_did_not_go(tmp_path: Path) -> None:
    world(tmp_path)
    write(tmp_path, {"other.yaml": manifest(usage("v", "alpha"))})
    both = ("vendorgate.yaml", "other.yaml")
    keep(tmp_path, FIRST, "2026-11-07", manifests=both)
    write(tmp_path, {"other.yaml": "a: [\n"})
    keep(tmp_path, "2026-11-06", manifests=both)
    assert series(tmp_path, "--every", "7d").code == 1
    found = {one["usage"]: one for one in document(tmp_path, "--every", "7d")["series"]}
    assert (found["u"]["held"], found["v"]["held"]) == (True, False)
    day = ("2026-11-06", "2026-11-06", "no_evidence")
    assert told(found["v"]) == [(FIRST, FIRST, "pass"), day, ("2026-11-07", "2026-11-07", "pass")]
    assert found["v"]["turns"] == []
    keep(tmp_path, "2026-11-06", manifests=("vendorgate.yaml",), name="whole")
    later = {one["usage"]: one for one in document(tmp_path, "--every", "7d")["series"]}
    assert told(later["v"])[1] == ("2026-11-06", "2026-11-06", "not_declared")


def test_check_that_could_not_judge_all_did_not_hold(tmp_path: Path) -> None:
    world(tmp_path)
    write(tmp_path, {"other.yaml": "a: [\n"})
    keep(tmp_path, FIRST, manifests=("vendorgate.yaml", "other.yaml"))
    ended = series(tmp_path)
    assert ended.code == 1
    assert f"nothing is known of the others: {FIRST}.json\n" in ended.stdout
    assert "DID NOT HOLD  1 of 1 result held on every day; 1 file of checks that could not judge all" in ended.stdout
    assert series(tmp_path, "--fail-when", "missing").code == 1
    assert series(tmp_path, "--fail-when", "worse").code == 0


def test_check_that_failed_by_its_code_alone_did_not_hold(tmp_path: Path) -> None:
    world(tmp_path)
    keep(tmp_path, FIRST)
    assert series(tmp_path).code == 0
    path = tmp_path / "kept" / f"{FIRST}.json"
    report = json.loads(path.read_text("utf-8"))
    report["verdict"], report["summary"]["blocking"] = "fail", 1
    path.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    ended = series(tmp_path)
    assert ended.code == 1
    assert f"failed by something that is no result of a policy, such as code that no manifest declares: {FIRST}" in (
        ended.stdout
    )
    assert "DID NOT HOLD" in ended.stdout


def test_chosen_days_are_noted(tmp_path: Path) -> None:
    world(tmp_path)
    keep(tmp_path, FIRST)
    assert "the day of 1 of 1 file was chosen by somebody" in series(tmp_path).stdout


@pytest.mark.parametrize("shape", ["empty", "missing", "no results", "outside", "turned round", "zero", "a file"])
def test_nothing_is_never_green(shape: str, tmp_path: Path) -> None:
    world(tmp_path)
    arguments: tuple[str, ...] = ()
    if shape in ("outside", "turned round", "zero"):
        keep(tmp_path, FIRST)
        arguments = {
            "outside": ("--from", "2026-09-01", "--until", "2026-09-30"),
            "turned round": ("--from", "2026-11-05", "--until", "2026-11-01"),
            "zero": ("--every", "0d"),
        }[shape]
    elif shape == "empty":
        (tmp_path / "kept").mkdir()
    elif shape == "no results":
        write(tmp_path, {"vendorgate.yaml": manifest()})
        keep(tmp_path, FIRST)
    elif shape == "a file":
        write(tmp_path, {"kept": "x"})
    ended = series(tmp_path, *arguments)
    assert (ended.code, ended.stdout) == (2, ""), ended.stdout


def test_report_is_not_written_among_the_evidence(tmp_path: Path) -> None:
    world(tmp_path)
    keep(tmp_path, FIRST)
    ended = series(tmp_path, "--output", "json=kept/series.json")
    assert ended.code == 2
    assert "would overwrite an input" in ended.stderr


def test_formats_agree(tmp_path: Path) -> None:
    world(tmp_path, expires="2026-11-05")
    keep(tmp_path, "2026-11-05", "2026-11-06", "2026-11-08")
    rows = list(csv.DictReader(io.StringIO(series(tmp_path, "--format", "csv").stdout)))
    (one,) = document(tmp_path)["series"]
    kept = [row for row in rows if row["policy"]]
    assert [(row["from"], row["until"], row["state"]) for row in kept] == told(one)
    assert [row["blocks"] for row in kept] == ["no", "yes", "unknown", "yes"]
    page = series(tmp_path, "--format", "markdown").stdout
    assert page.startswith("# Did not hold: 2026-11-05 to 2026-11-08\n")
    assert all(f"{row['from']}" in page for row in kept)


def test_same_files_give_the_same_bytes_in_any_folder(tmp_path: Path) -> None:
    world(tmp_path)
    keep(tmp_path, FIRST, "2026-11-06")
    shutil.copytree(tmp_path / "kept", tmp_path / "elsewhere/kept")
    for format in ("text", "json", "csv", "markdown"):
        here = series(tmp_path, "--format", format).stdout
        assert here == series(tmp_path / "elsewhere", "--format", format).stdout


# Laws.

KEY: Final = ResultKey(SubjectKey("", "p", "u", "primary", "alpha", "", ""), "policy")
START: Final = datetime.date(2026, 1, 1)


def _day(number: int) -> datetime.date:
    return START + datetime.timedelta(days=number)


@st.composite
def files(draw: st.DrawFn) -> list[KeptFile]:
    days = draw(st.lists(st.integers(0, 40), min_size=1, max_size=8))
    found = []
    outcomes: tuple[Outcome | None, ...] = ("pass", "fail", "unknown", "waived", None)
    for number, place in enumerate(sorted(days)):
        outcome = draw(st.sampled_from(outcomes))
        ends = draw(st.none() | st.integers(0, 60))
        until = None if ends is None else _day(place + ends)
        support = SupportSaid("agreement", "baa", "executed", None, until)
        said = None if outcome is None else ResultSaid(outcome, "error", outcome == "fail", "m", (support,), None)
        found.append(
            KeptFile(
                *(f"{number}.json", "report", "", _day(place), False, "1", "pass", "", "b", "", "r"),
                projects=frozenset(("p",)),
                policies=frozenset(("policy",)),
                results={} if said is None else {KEY: said},
            )
        )
    return found


@settings(max_examples=200)
@given(files(), st.integers(1, 20), st.integers(-5, 30), st.integers(0, 40))
def test_every_day_has_one_state_and_passes_only_by_a_file_that_speaks_for_it(
    kept: list[KeptFile], every: int, first: int, length: int
) -> None:
    period = Period(_day(first), _day(first + length), every)
    found = spans(spoken(KEY, kept, every), period)
    days = [one.first + datetime.timedelta(days=place) for one in found for place in range(one.days)]
    assert days == [_day(first + place) for place in range(length + 1)]
    for one in found:
        for place in range(one.days):
            day = one.first + datetime.timedelta(days=place)
            if one.state == "pass":
                latest = max(file.as_of for file in kept if file.as_of <= day)
                speaking = [file for file in kept if file.as_of == latest]
                assert (day - latest).days < every
                said = [file.results.get(KEY) for file in speaking]
                assert all(it is None or it.outcome == "pass" for it in said)
                assert any(it is not None and (it.until is None or it.until >= day or day == latest) for it in said)


@settings(max_examples=100)
@given(files(), st.integers(1, 20))
def test_turns_are_where_days_differ(kept: list[KeptFile], every: int) -> None:
    days = spoken(KEY, kept, every)
    found = list(turns(days))
    differing = [
        after.day
        for before, after in pairwise(days)
        if (before.state, before.said and before.said.blocks) != (after.state, after.said and after.said.blocks)
    ]
    assert [one.day for one in found] == differing
    assert all(one.reasons and one.last_day < one.day for one in found)
