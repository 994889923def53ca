"""The folder of a run: one writer, nothing of others, an earlier run until the new one is whole, a full disk."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import ROOT, Ended
from tests.commands.fleet.check.deaths import ended, started
from tests.commands.fleet.check.test_processes import about, contents
from tests.commands.fleet.runs import BROKEN, CLINIC, DAY, NEWSLETTER, checked, fleet_of, rows_file, small_run
from vendorgate.commands.fleet.check.progress import Progress
from vendorgate.commands.fleet.run.folder import run_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows_file(tmp_path / "rows.jsonl", fleet_of(3))
    return tmp_path


def refused(folder: Path, told: str, **options: str) -> Ended:
    found = checked(folder, "rows.jsonl", **options)
    assert (found.code, found.stdout) == (2, "")
    assert told in found.stderr, found.stderr
    return found


def test_folder_that_has_other_things_in_it_is_left_alone(folder: Path) -> None:
    (folder / "run").mkdir()
    (folder / "run" / "notes.txt").write_text("mine", "utf-8")
    refused(folder, "a folder that has other things in it (`notes.txt`)")
    assert os.listdir(folder / "run") == ["notes.txt"]


@pytest.mark.parametrize("name", ["unfinished", "results"])
def test_folder_of_somebody_else_by_a_name_of_ours_is_left_alone(name: str, folder: Path) -> None:
    place = small_run(folder, errors={}) / name if name == "results" else folder / "run" / name
    place.mkdir(parents=True, exist_ok=True)
    (place / "mine.txt").write_text("mine", "utf-8")
    refused(folder, name)
    assert (place / "mine.txt").read_text("utf-8") == "mine"


def test_document_of_somebody_else_is_left_alone(folder: Path) -> None:
    (folder / "run").mkdir()
    (folder / "run" / "run.json").write_text('{"name": "mine"}', "utf-8")
    refused(folder, "its run.json is not of a run")
    assert (folder / "run" / "run.json").read_text("utf-8") == '{"name": "mine"}'


def test_file_and_link_are_no_folder_for_a_run(folder: Path) -> None:
    refused(folder, "a file, where a run is a folder", out="rows.jsonl")
    (folder / "elsewhere").mkdir()
    (folder / "link").symlink_to("elsewhere")
    refused(folder, "a link, and a run is put where it is named", out="link")
    refused(folder, "--out: a folder without a name", out="")
    assert os.listdir(folder / "elsewhere") == []


def test_run_is_not_written_into_what_judges(folder: Path) -> None:
    own = folder / "policies"
    own.symlink_to(ROOT / "examples" / "own-bundle" / "policies")
    refused(folder, "would write into what judges", policies="policies", out="policies/run")
    assert not (own / "run").exists()


def test_no_report_is_put_into_the_folder_of_a_run(folder: Path) -> None:
    checked(folder, "rows.jsonl")
    before = contents(folder / "run")
    for name in ("run.sqlite", "report.json"):
        refused(folder, f"--output json=run/{name}: would overwrite an input", output=f"json=run/{name}")
    assert contents(folder / "run") == before


def test_two_runs_into_one_folder_are_one(folder: Path) -> None:
    place = folder / "run"
    with run_folder(str(place)):
        running = started(folder, "rows.jsonl", "--out", "run", "--jobs", "1")
        code, out, err = ended(running)
    assert (code, out) == (2, "")
    assert "another vendorgate writes into it" in err
    assert checked(folder, "rows.jsonl").code == 1


def test_earlier_run_stays_until_the_new_one_is_whole(folder: Path) -> None:
    checked(folder, "rows.jsonl")
    (folder / "run" / "report.html").write_text("mine", "utf-8")
    before = contents(folder / "run")
    rows_file(folder / "rows.jsonl", [])
    refused(folder, "no manifest to check in rows.jsonl")
    assert contents(folder / "run") == before
    rows_file(folder / "rows.jsonl", [NEWSLETTER, CLINIC])
    assert checked(folder, "rows.jsonl").code == 1
    assert about(folder / "run")["counts"] != {}
    assert contents(folder / "run") != before
    assert (folder / "run" / "report.html").read_text("utf-8") == "mine"
    assert not (folder / "run" / "unfinished").exists()


def test_run_without_rows_takes_those_of_an_earlier_one_away(folder: Path) -> None:
    checked(folder, "rows.jsonl")
    assert (folder / "run" / "results").is_dir()
    checked(folder, "rows.jsonl", rows="none")
    assert not (folder / "run" / "results").exists()
    rows = about(folder / "run")["rows"]
    assert isinstance(rows, dict)
    assert (rows["format"], rows["files"], rows["size"]) == ("none", 0, 0)


def test_same_sources_give_the_same_run(folder: Path) -> None:
    rows_file(folder / "rows.jsonl", [*fleet_of(250), BROKEN])
    checked(folder, "rows.jsonl", out="one", batch="100")
    checked(folder, "rows.jsonl", out="other", batch="100")
    assert (folder / "one/run.json").read_bytes() == (folder / "other/run.json").read_bytes()
    assert (folder / "one/run.sqlite").read_bytes() == (folder / "other/run.sqlite").read_bytes()
    checked(folder, "rows.jsonl", out="at-once", batch="10000")
    tables = {name: rows for name, rows in contents(folder / "one").items() if not name.endswith(".jsonl")}
    assert tables == {name: rows for name, rows in contents(folder / "at-once").items() if not name.endswith(".jsonl")}


_LIMITED = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))
import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from vendorgate.cli.run import run
words = "rows.jsonl --out run --jobs {jobs} --batch 100 --as-of {day}"
sys.exit(run(["fleet", "check", *words.split()]))
"""


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("most", [20_000, 300_000])
def test_disk_that_is_full_leaves_what_is_finished_and_nothing_that_looks_whole(
    jobs: int, most: int, folder: Path
) -> None:
    """Files may not grow beyond a limit, in place of a disk without room: 20,000 bytes are fewer than a batch's results
    have, 300,000 fewer than the database."""
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    rows_file(folder / "rows.jsonl", fleet_of(256))
    code = _LIMITED.format(most=most, jobs=jobs, day=DAY)
    found = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (2, ""), found.stderr
    assert "cannot be written" in found.stderr
    assert "make room, and give the same command" in found.stderr
    assert not (folder / "run" / "run.json").exists()
    assert checked(folder, "rows.jsonl", batch="100").code == 1
    checked(folder, "rows.jsonl", batch="100", out="other")
    assert contents(folder / "run") == contents(folder / "other")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_may_not_be_written_is_said(folder: Path) -> None:
    (folder / "closed").mkdir(mode=0o500)
    refused(folder, "cannot be written: permission denied", out="closed/run")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"jobs": "0"}, "jobs"),
        ({"batch": "99"}, "batch"),
        ({"executor": "threads"}, "'threads' is not one of 'processes', 'dask'"),
        ({"rows": "csv"}, "'csv' is not one of"),
        ({"fail_on": "never"}, "--fail-on never is laxer than the bundle's"),
        ({"as_of": "2026-13-01"}, "is not a day"),
        ({"policies": "nowhere"}, "nowhere"),
        ({"pack": "nobody-knows"}, "nobody-knows"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_written(
    options: dict[str, str], told: str, folder: Path
) -> None:
    refused(folder, told, **options)
    assert not (folder / "run").exists()


def test_missing_pyarrow_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, name, None)
    refused(folder, "--rows parquet needs pyarrow", rows="parquet")
    (folder / "rows.parquet").write_bytes(b"PAR1")
    found = checked(folder, "rows.parquet")
    assert found.code == 2
    assert "pip install 'vendorgate[parquet]'" in found.stderr


def interrupted(folder: Path, batches: int) -> list[Path]:
    """A run that somebody interrupts when so many batches are finished; what is kept of it."""
    tell, told = Progress.tell, []

    def tell_and_interrupt(self: Progress, manifests: int) -> None:
        told.append(manifests)
        tell(self, manifests)
        if len(told) == batches:
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Progress, "tell", tell_and_interrupt)
        found = checked(folder, "rows.jsonl", batch="100")
    assert found.code == 130
    assert f"{batches} finished batches kept" in found.stderr
    return sorted((folder / "run" / "unfinished" / "kept").iterdir())


def test_kept_batch_is_judged_again_where_its_files_or_rows_are_others(folder: Path) -> None:
    rows_file(folder / "rows.jsonl", fleet_of(800))
    checked(folder, "rows.jsonl", batch="100", out="whole")
    first, *_, fourth = interrupted(folder, 4)
    first.write_bytes(first.read_bytes()[:-1])
    (folder / "run/unfinished/results/000001.jsonl").write_bytes(b"{}\n")
    untouched = fourth.read_bytes()
    assert checked(folder, "rows.jsonl", batch="100").code == 1
    assert contents(folder / "run") == contents(folder / "whole")
    assert untouched

    interrupted(folder, 4)
    rows_file(folder / "rows.jsonl", [NEWSLETTER, *fleet_of(799)])
    checked(folder, "rows.jsonl", batch="100", out="whole")
    assert checked(folder, "rows.jsonl", batch="100").code == 1
    assert contents(folder / "run") == contents(folder / "whole")


def test_what_is_kept_of_another_day_is_judged_anew(folder: Path) -> None:
    rows_file(folder / "rows.jsonl", fleet_of(500))
    kept = interrupted(folder, 3)
    key = (folder / "run" / "unfinished" / "key").read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Progress, "tell", lambda self, manifests: (_ for _ in ()).throw(KeyboardInterrupt))
        checked(folder, "rows.jsonl", batch="100", as_of="2026-11-25")
    assert (folder / "run" / "unfinished" / "key").read_bytes() != key
    assert sorted((folder / "run" / "unfinished" / "kept").iterdir()) == kept[:1]


def test_what_a_case_is_known_by_does_not_depend_on_the_rows_before_it(folder: Path) -> None:
    """A setting that one offering alone asks for is no fact of another's usage, whichever of them was met before."""
    asking, other = "zoom-ai-companion", "openai-api"
    rows = []
    for number in range(600):
        offering = asking if number >= 300 and number % 2 else other
        settings = {"deployment_option": ("dedicated", "shared")[number // 3 % 2]}
        usage = {"id": "u", "offering": offering, "data": ["internal"], "settings": settings}
        rows.append({"version": 1, "project": f"p{number}", "usages": [usage]})
    rows_file(folder / "rows.jsonl", rows)
    checked(folder, "rows.jsonl", out="slices", batch="100", rows="none")
    checked(folder, "rows.jsonl", out="whole", batch="10000", rows="none")
    assert contents(folder / "slices") == contents(folder / "whole")
