"""`vendorgate fleet report`: what it refuses, what it leaves out, and what no text of a run can do."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.command import vendorgate
from tests.commands.fleet.report.synthetic import World, write_run
from tests.commands.fleet.runs import NEWSLETTER, edited, small_run
from tests.terminal import Terminal
from vendorgate.commands.fleet.report.html import render
from vendorgate.commands.fleet.report.opening import opened
from vendorgate.commands.fleet.run.schema import ABOUT, DATABASE


def data_of(page: str) -> dict[str, list[object]]:
    """The rows that a page carries."""
    (text,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    found: dict[str, list[object]] = json.loads(text)
    return found


def test_without_a_run_it_says_where_one_comes_from(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    words = {"nothing": "check the path of the run", "empty": "vendorgate fleet check SOURCE --out DIR"}
    for name, help in words.items():
        ended = vendorgate("fleet", "report", name, folder=tmp_path)
        assert (ended.code, ended.stdout) == (2, "")
        assert help in ended.stderr


def test_run_that_was_cut_or_changed_is_refused_and_the_page_says_so(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", World(subjects=20, cases=5))
    (tmp_path / "fleet.html").write_text("an earlier page", "utf-8")
    data = (run / DATABASE).read_bytes()
    (run / DATABASE).write_bytes(data[: len(data) // 2])
    ended = vendorgate("fleet", "report", "run", "--output", "html=fleet.html", folder=tmp_path)
    assert ended.code == 2
    assert "changed or cut short" in ended.stderr
    assert "changed or cut short" in (tmp_path / "fleet.html").read_text("utf-8")


def test_run_whose_numbers_are_others_than_it_says_is_refused(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", World(subjects=20, cases=5))
    edited(run, lambda about: about["policies"][0].update({"pass": about["policies"][0]["pass"] + 1}))
    ended = vendorgate("fleet", "report", "run", folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert "its count of results is not what run.sqlite comes to" in ended.stderr


def test_terminal_is_shown_totals_and_no_page_unless_it_is_asked_for(tmp_path: Path) -> None:
    write_run(tmp_path / "run", World(subjects=20, cases=5))
    typing = Terminal(tmp_path)
    try:
        plain, asked, kept = (
            typing.type(f"vendorgate fleet report run{more}").text
            for more in ("", " --format html | head -n 1", " --output html=fleet.html")
        )
    finally:
        typing.close()
    assert plain.startswith("# ")
    assert kept == plain
    assert asked.strip() == "<!doctype html>"
    assert typing.read("fleet.html").startswith("<!doctype html>")
    assert vendorgate("fleet", "report", "run", folder=tmp_path).stdout.startswith("<!doctype html>")


def test_run_of_another_format_is_refused(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", World(subjects=20, cases=5))
    about = json.loads((run / ABOUT).read_bytes())
    (run / ABOUT).write_text(json.dumps({**about, "schema": "vendorgate.fleet-run/9"}), "utf-8")
    ended = vendorgate("fleet", "report", "run", folder=tmp_path)
    assert ended.code == 2
    assert "a run of another format: `vendorgate.fleet-run/9`" in ended.stderr


def test_report_is_never_written_into_the_run(run: Path) -> None:
    ended = vendorgate("fleet", "report", "run", "--output", "html=run/page.html", folder=run.parent)
    assert ended.code == 2
    assert "would overwrite an input" in ended.stderr


@pytest.mark.parametrize(
    "world",
    [
        World(subjects=0, cases=0, unjudged=0, repositories_without=0, unreachable=7),
        World(subjects=0, cases=0, unjudged=0, repositories_without=0, unreachable=0),
        World(subjects=0, cases=0, unjudged=4, repositories_without=3, unreachable=0),
    ],
    ids=["out of reach", "empty", "not judged"],
)
def test_what_has_no_subject_is_told_in_every_format(tmp_path: Path, world: World) -> None:
    run = write_run(tmp_path / "run", world)
    files = [f"--output={name}=fleet.{name}" for name in ("html", "csv")]
    ended = vendorgate("fleet", "report", "run", "--format", "markdown", *files, folder=tmp_path)
    assert ended.code == 0, ended.stderr
    page = (tmp_path / "fleet.html").read_text("utf-8")
    assert [len(data_of(page)[name]) for name in ("repositories",)] == [world.unreachable + world.repositories_without]
    assert page.count("out of reach</span> <a") == world.unreachable
    assert ended.stdout.count("- out of reach: ") == world.unreachable
    rows = [*csv.DictReader(io.StringIO((tmp_path / "fleet.csv").read_text("utf-8")))]
    assert [row["outcome"] for row in rows] == ["unreachable"] * world.unreachable + ["not_judged"] * world.unjudged
    assert run.is_dir()


def test_thousands_without_a_manifest_are_cut_and_lead_to_all(tmp_path: Path) -> None:
    platforms = [f"Platform {number}" for number in range(300)]
    world = World(
        subjects=3000,
        teams=["one"],
        platforms=platforms,
        cases=1500,
        subjects_of_manifest=1,
        repositories_without=10_000,
        unreachable=2,
        repositories_of_team=5000,
    )
    page = render(opened(str(write_run(tmp_path / "run", world))))
    assert '<a href="#list=repositories&amp;state=without">and 9,978 more</a>' in page
    assert page.count("no manifest</span> <a") == 22
    assert re.search(r'<a href="#platform=\+rest%3A\d+">', page)
    assert re.search(r'<a href="#place=\+rest%3A\d+&amp;blocks=yes">', page)
    assert len(data_of(page)["repositories"]) > 10_000
    assert len(page) < 3_000_000


def test_no_text_is_markup_or_does_anything(hostile: Path) -> None:
    ended = vendorgate("fleet", "report", "run", folder=hostile.parent)
    page = ended.stdout
    assert ended.code == 0
    assert page.count("<script") == 2
    assert not {"\u202e", "\x1b"} & set(page)
    assert "<script>hacked" not in page
    assert 'href="javascript' not in page
    assert not re.search(
        r"\son\w+=|\sstyle=", re.sub(r"<script.*?</script>|<style.*?</style>", "", page, flags=re.DOTALL)
    )
    carried = json.dumps(data_of(page), ensure_ascii=False)
    assert "<script>hacked=1</script> ]]> --> <!-- \\\\u202egnp.exe" in carried
    policy = re.search(r'content="(default-src[^"]+)"', page)
    assert policy is not None
    assert "script-src &#39;sha256-" in policy[1]
    assert "unsafe" not in policy[1]


def test_no_text_is_markup_in_markdown_or_a_formula_in_csv(hostile: Path) -> None:
    markdown = vendorgate("fleet", "report", "run", "--format", "markdown", folder=hostile.parent).stdout
    assert not re.search(r"(?<!\\)<(?!/?code>)", markdown)
    assert "\u202e" not in markdown
    for line in markdown.splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) - 1 in (6, 7, 8, 14), line
    rows = vendorgate("fleet", "report", "run", "--format", "csv", folder=hostile.parent).stdout
    for row in csv.reader(io.StringIO(rows)):
        assert all(not cell.startswith(("=", "+", "-", "@")) for cell in row)
        assert all("\u202e" not in cell and "\n" not in cell for cell in row)


def test_same_run_gives_the_same_bytes(run: Path, tmp_path: Path) -> None:
    shutil.copytree(run, tmp_path / "elsewhere")
    first, second = opened(str(run)), opened(str(tmp_path / "elsewhere"))
    assert render(first) == render(second)


def test_waiver_without_a_day_is_no_fault(tmp_path: Path) -> None:
    """A run of a later version may say it otherwise."""
    run = write_run(tmp_path / "run", World(subjects=50, cases=20))
    with sqlite3.connect(run / DATABASE) as database:
        database.execute("UPDATE verdicts SET waiver = 'somebody' WHERE waiver IS NOT NULL")
    digest = hashlib.sha256((run / DATABASE).read_bytes()).hexdigest()
    edited(run, lambda about: about["database"].update(sha256=digest))
    ends = opened(str(run)).ends
    assert {(one.until, one.when) for one in ends.endings if one.kind == "waiver"} == {("", "later")}


def test_repository_of_which_nobody_knows_the_owner_has_the_manifests_that_were_gathered(tmp_path: Path) -> None:
    run = small_run(tmp_path, {"clinic": {"vendorgate.yaml": NEWSLETTER}, "bare": {}}, errors={})
    told = vendorgate("fleet", "report", run.name, "--format", "markdown", folder=tmp_path).stdout
    assert told.split("## Who has no manifest\n")[1].split("##")[0].strip() == "- no manifest: bare"
