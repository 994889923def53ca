"""Every number of a report is what the database holds, whoever counts it and in whatever format it stands."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.command import vendorgate
from tests.commands.fleet.report.synthetic import World, write_database
from vendorgate.commands.fleet.report import grids
from vendorgate.commands.fleet.report.counting import counted
from vendorgate.commands.fleet.report.csv import render as rendered
from vendorgate.commands.fleet.report.flow import flow
from vendorgate.commands.fleet.report.html import render
from vendorgate.commands.fleet.report.linking import shown
from vendorgate.commands.fleet.report.model import FACETS, NO_TALLY, OUTCOMES, Fleet, RunAbout
from vendorgate.commands.fleet.report.opening import opened
from vendorgate.commands.fleet.report.totals import by_policy
from vendorgate.commands.fleet.run.schema import DATABASE

ABOUT = RunAbout("fail", "2026-11-30", "0", (), NO_TALLY, 0, 0, 0, 0)
_SUBJECTS = """
SELECT subjects.id,
  COALESCE(NULLIF(manifests.owner, ''), substr(manifests.repository, 1, instr(manifests.repository, '/') - 1)),
  manifests.repository, manifests.project, json_extract(cases.facts, '$."offering.platform"'),
  json_extract(cases.facts, '$."usage.region"'), json_extract(cases.facts, '$."usage.data"'),
  subjects.case_id, subjects.offering
FROM subjects JOIN manifests ON manifests.id = subjects.manifest JOIN cases ON cases.id = subjects.case_id
"""


class Seen(msgspec.Struct, frozen=True):
    """A subject, by a way that shares nothing with what is tested."""

    team: str
    place: str
    project: str
    platform: str
    region: str
    data: tuple[str, ...]
    offering: str
    results: dict[str, tuple[str, int, str | None]]

    @property
    def worst(self) -> str:
        found = {outcome for outcome, _, _ in self.results.values()}
        return next(one for one in OUTCOMES if one in found)

    @property
    def blocks(self) -> bool:
        return any(blocks for _, blocks, _ in self.results.values())


def seen(database: sqlite3.Connection) -> Iterator[Seen]:
    """Each subject with its results."""
    ids = dict(database.execute("SELECT position, id FROM policies"))
    results: dict[int, dict[str, tuple[str, int, str | None]]] = {}
    for case, policy, outcome, blocks, waiver in database.execute(
        "SELECT case_id, policy, outcome, blocks, waiver FROM verdicts"
    ):
        results.setdefault(case, {})[ids[policy]] = outcome, blocks, waiver
    for _, team, place, project, platform, region, data, case, offering in database.execute(_SUBJECTS):
        yield Seen(team, place, project, platform, region, tuple(msgspec.json.decode(data)), offering, results[case])


@pytest.fixture(scope="module")
def subjects(run: Path) -> list[Seen]:
    return [*seen(sqlite3.connect(run / DATABASE))]


def test_names_are_counted_as_subjects_have_them(fleet: Fleet, subjects: list[Seen]) -> None:
    for facet in FACETS:
        expected: Counter[tuple[str | None, str]] = Counter()
        blocks: Counter[str | None] = Counter()
        for one in subjects:
            names = (one.data or (None,)) if facet == "data" else (getattr(one, facet),)
            expected.update((name, one.worst) for name in names)
            blocks.update(name for name in names if one.blocks)
        for name, tally in zip(fleet.names[facet], fleet.tallies[facet], strict=True):
            assert tally.outcomes == tuple(expected[name, outcome] for outcome in OUTCOMES), (facet, name)
            assert tally.blocks == blocks[name], (facet, name)


def test_heat_map_has_every_team_at_every_vendor(fleet: Fleet, subjects: list[Seen]) -> None:
    expected = Counter((one.team, one.platform) for one in subjects)
    blocked = Counter((one.team, one.platform) for one in subjects if one.blocks)
    grid = grids.heat(fleet)
    found = {(grid.rows[one.row].words, grid.columns[one.column].words): one.tally for one in grid.cells}
    assert {key: one.total for key, one in found.items()} == expected
    assert {key: one.blocks for key, one in found.items() if one.blocks} == blocked


def test_what_blocks_where_has_every_result_that_blocks(fleet: Fleet, subjects: list[Seen]) -> None:
    places = {one.words for one in shown(fleet, "place", 24)}
    expected: Counter[tuple[str, str]] = Counter()
    for one in subjects:
        place = one.place if one.place in places else "rest"
        expected.update((policy, place) for policy, (_, blocks, _) in one.results.items() if blocks)
    grid = grids.blocking(fleet)
    found = Counter[tuple[str, str]]()
    for cell in grid.cells:
        place = grid.columns[cell.column].words
        found[grid.rows[cell.row].words, place if place in places and "more" not in place else "rest"] += (
            cell.tally.total
        )
    assert found == expected


def test_strands_have_every_subject_once_for_each_class_of_data(fleet: Fleet, subjects: list[Seen]) -> None:
    expected: Counter[tuple[str, str]] = Counter()
    for one in subjects:
        expected.update((name, one.platform) for name in one.data or ("no class of data",))
        expected[one.platform, one.region] += 1
    drawn = flow(fleet)
    shown_platforms = {one.words for one in shown(fleet, "platform", 14) if "more" not in one.words}
    found = {(one.source, one.target): one.tally.total for one in drawn.strands}
    for pair, many in expected.items():
        if set(pair) & shown_platforms:
            assert found[pair] == many, pair
    assert sum(found[pair] for pair in found if pair[1] in fleet.names["region"]) == len(subjects)


def _is_for(projects: str | None, project: str) -> bool:
    return projects is None or any(fnmatchcase(project, glob) for glob in json.loads(projects))


def test_ends_concern_whom_they_may_turn(run: Path, fleet: Fleet, subjects: list[Seen]) -> None:
    database = sqlite3.connect(run / DATABASE)
    ids = dict(database.execute("SELECT position, id FROM policies"))
    stored = database.execute("SELECT kind, offering, policy, until, projects FROM endings").fetchall()
    expected: Counter[tuple[str, str]] = Counter()
    for one in subjects:
        cells = set()
        for kind, offering, policy, until, projects in stored:
            outcome, blocks, _ = one.results[ids[policy]]
            meant = outcome == "pass" if kind != "enforcement" else outcome in ("fail", "unknown") and not blocks
            if meant and offering in (None, one.offering) and _is_for(projects, one.project):
                cells.add((kind, until[:7]))
        cells |= {("waiver", waiver[-10:-3]) for _, _, waiver in one.results.values() if waiver}
        expected.update({(kind, month if month in fleet.ends.months else "later") for kind, month in cells})
    assert fleet.ends.subjects == expected
    assert {kind for kind, _ in expected} == {"evidence", "agreement", "waiver", "enforcement"}
    assert any(one.manifests and one.subjects for one in fleet.ends.endings)


def test_every_format_has_the_numbers_of_the_run(run: Path, fleet: Fleet) -> None:
    about: dict[str, Any] = msgspec.json.decode((run / "run.json").read_bytes())
    said = {one["id"]: (one["blocking"], *(one[name] for name in OUTCOMES)) for one in about["policies"]}
    assert {one.words: (one.tally.blocks, *one.tally.outcomes) for one in by_policy(fleet).rows} == said
    words = ("--format", "markdown", "--output", "csv=o.csv")
    ended = vendorgate("fleet", "report", run.name, *words, folder=run.parent)
    assert ended.code == 0, ended.stderr
    table = ended.stdout.partition("## Results by policy")[2].partition("##")[0]
    rows = re.findall(
        r"^\| (\S+) \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|$", table, re.M
    )
    assert {id: tuple(int(one.replace(",", "")) for one in numbers) for id, *numbers in rows} == said
    counts: Counter[tuple[str, str]] = Counter()
    for row in csv.DictReader(io.StringIO((run.parent / "o.csv").read_text("utf-8"))):
        counts[row["policy"], row["outcome"]] += 1
        counts[row["policy"], "blocks"] += row["blocks"] == "yes"
    assert {id: tuple(counts[id, name] for name in ("blocks", *OUTCOMES)) for id in said} == said
    page = render(fleet)
    for id, numbers in said.items():
        cells = page.partition(f'<a href="#policy={id}">{id}</a>')[2].partition("</tr>")[0]
        found = [int(one.replace(",", "")) for one in re.findall(r">([\d,]+)</(?:a|span)></td>", cells)]
        assert tuple(found) == numbers, id


def test_severity_of_a_row_is_the_one_in_effect_on_the_day(tmp_path: Path) -> None:
    write_database(tmp_path / "run.sqlite", World(subjects=200, cases=40))
    with sqlite3.connect(tmp_path / "run.sqlite") as database:
        database.execute("UPDATE verdicts SET severity = 'warning' WHERE outcome = 'unknown' AND severity = 'error'")
        wanted = database.execute("SELECT policy, outcome, severity FROM results").fetchall()
        rows = "".join(rendered(counted(database, ABOUT)).made())
    found = [(one["policy"], one["outcome"], one["severity"]) for one in csv.DictReader(io.StringIO(rows))]
    assert Counter(one for one in found if one[0]) == Counter(wanted)
    assert {"error", "warning", "note"} == {severity for _, _, severity in found}


def test_real_run_is_told_as_it_was_judged(judged: Path) -> None:
    about: dict[str, Any] = msgspec.json.decode((judged / "run.json").read_bytes())
    ended = vendorgate("fleet", "report", "run", "--format", "csv", folder=judged.parent)
    rows = [*csv.DictReader(io.StringIO(ended.stdout))]
    outcomes = Counter(row["outcome"] for row in rows)
    assert {name: outcomes[name] for name in OUTCOMES} == {name: about["summary"][name] for name in OUTCOMES}
    assert [row["repository"] for row in rows if row["outcome"] == "unreachable"] == ["acme/gone"]
    assert {row["platform"] for row in rows if row["policy"]} == {"OpenAI", "AWS Bedrock"}
    wanting = [row for row in rows if row["outcome"] in ("fail", "unknown")]
    assert wanting
    assert all(row["reasons"] for row in wanting)
    ends = opened(str(judged)).ends
    assert {one.kind for one in ends.endings if one.subjects} == {"evidence"}
    assert all(one.until >= "2026-11-24" for one in ends.endings)


def test_page_does_not_depend_on_what_was_judged_first(tmp_path: Path) -> None:
    world = World(subjects=200, cases=40)
    write_database(tmp_path / "one.sqlite", world)
    write_database(tmp_path / "other.sqlite", world)
    with sqlite3.connect(tmp_path / "other.sqlite") as other:
        other.execute("UPDATE cases SET id = 1000 - id")
        for table in ("verdicts", "subjects", "notices"):
            other.execute(f"UPDATE {table} SET case_id = 1000 - case_id")
    pages = {render(counted(sqlite3.connect(tmp_path / f"{name}.sqlite"), ABOUT)) for name in ("one", "other")}
    assert len(pages) == 1
