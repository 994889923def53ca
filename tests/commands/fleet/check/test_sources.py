"""Sources are read lazily, row by row, and whatever is no source is refused by its name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.fleet.runs import CLINIC, NEWSLETTER, checked, fleet_of, rows_file
from tests.commands.fleet.stores import DAY, store
from vendorgate.commands.fleet.check.json_lines import JsonLines
from vendorgate.commands.fleet.check.tasks import FEWEST, batch_of, manifests_of, packed, tasks_of
from vendorgate.commands.fleet.store.writing import Asked, Gathered, GatheredManifest, writing_store
from vendorgate.errors import InputError


def test_tasks_have_as_many_manifests_as_they_should_and_no_row_is_lost(tmp_path: Path) -> None:
    path = rows_file(tmp_path / "rows.jsonl", fleet_of(1000))
    source = JsonLines(str(path), "rows.jsonl")
    tasks = [*tasks_of(source.pieces(), FEWEST)]
    counted = [sum(map(manifests_of, one.pieces)) for one in tasks]
    assert sum(counted) == 1000
    assert all(count >= FEWEST for count in counted[:-1])
    assert [one.number for one in tasks] == [*range(len(tasks))]
    rows = [row for one in tasks for row in batch_of(packed(one)).rows]
    assert [row.stands for row in rows] == [f"rows.jsonl:{number}" for number in range(1, 1001)]
    assert source.report().manifests == 1000


def test_task_ends_by_its_bytes_where_rows_are_large(tmp_path: Path) -> None:
    large = {**NEWSLETTER, "owner": "x" * 900_000}
    path = rows_file(tmp_path / "rows.jsonl", [large] * 30)
    tasks = [*tasks_of(JsonLines(str(path), "rows.jsonl").pieces(), 10_000)]
    assert len(tasks) > 2
    assert max(len(packed(one)) for one in tasks) < 10 * 1024 * 1024


def test_line_without_end_is_not_read_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    row = json.dumps({"path": "p", "manifest": NEWSLETTER}).encode()
    path.write_bytes(row + b"\n" + b"x" * 5_000_000 + b"\n" + row + b"\n")
    (task,) = tasks_of(JsonLines(str(path), "rows.jsonl").pieces(), 100)
    assert len(packed(task)) < 1_200_000
    first, long, last = batch_of(packed(task)).rows
    assert (first.problems, last.problems, last.stands) == ((), (), "rows.jsonl:3")
    assert long.problems == ("rows.jsonl:2: a line of more than 1 MiB; make it shorter",)


def test_file_that_somebody_still_writes_is_refused(tmp_path: Path) -> None:
    path = rows_file(tmp_path / "rows.jsonl", fleet_of(200))
    pieces = JsonLines(str(path), "rows.jsonl").pieces()
    next(pieces)
    with path.open("ab") as file:
        file.write(path.read_bytes())
    with pytest.raises(InputError, match="changed while it was read"):
        list(pieces)


def test_file_of_parquet_that_another_takes_the_place_of_is_refused(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    from vendorgate.commands.fleet.check.parquet import Parquet

    table = pyarrow.table({"path": ["a"], "manifest": [json.dumps(NEWSLETTER)]})
    for name in ("rows.parquet", "other.parquet"):
        parquet.write_table(table, tmp_path / name)
    source = Parquet(str(tmp_path / "rows.parquet"), "rows.parquet")
    assert len([*source.pieces()]) == source.report().manifests == 1
    (tmp_path / "other.parquet").replace(tmp_path / "rows.parquet")
    with pytest.raises(InputError, match="changed while it was read"):
        source.report()


def test_file_that_is_gone_before_its_end_is_read_to_its_end(tmp_path: Path) -> None:
    path = rows_file(tmp_path / "rows.jsonl", fleet_of(200))
    source = JsonLines(str(path), "rows.jsonl")
    pieces = source.pieces()
    next(pieces)
    path.unlink()
    assert source.share_read
    assert sum(map(manifests_of, pieces)) == 200 - 64


@pytest.mark.parametrize("beginning", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_file_of_windows_is_read_as_any_other(beginning: bytes, end: bytes, tmp_path: Path) -> None:
    rows = [json.dumps({"path": f"p{number}", "manifest": NEWSLETTER}).encode() for number in range(3)]
    (tmp_path / "rows.jsonl").write_bytes(beginning + end.join([*rows, b""]) + end)
    ended = checked(tmp_path, "rows.jsonl")
    assert ended.code in (0, 1), ended.stderr
    assert "in 3 manifests" in ended.stdout


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b" \r\n"])
def test_nothing_to_judge_is_no_run(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(data)
    ended = checked(tmp_path, "rows.jsonl")
    assert (ended.code, ended.stdout) == (2, "")
    assert "no manifest to check in rows.jsonl" in ended.stderr
    assert not (tmp_path / "run" / "run.json").exists()


@pytest.mark.parametrize("name", ["empty.jsonl", "empty.parquet"])
def test_file_without_a_row_is_no_run_whatever_else_there_is(name: str, tmp_path: Path) -> None:
    rows_file(tmp_path / "rows.jsonl", [NEWSLETTER])
    (tmp_path / "empty.jsonl").write_bytes(b"\n")
    if name.endswith(".parquet"):
        pyarrow = pytest.importorskip("pyarrow")
        from pyarrow import parquet

        none = pyarrow.array([], pyarrow.string())
        parquet.write_table(pyarrow.table({"path": none, "manifest": none}), tmp_path / name)
    ended = checked(tmp_path, "rows.jsonl", name)
    assert (ended.code, ended.stdout) == (2, "")
    assert f"no manifest to check in {name}\n" in ended.stderr
    assert not (tmp_path / "run" / "run.json").exists()


def test_store_without_manifests_beside_others_tells_of_its_repositories(tmp_path: Path) -> None:
    rows_file(tmp_path / "rows.jsonl", [NEWSLETTER])
    store(tmp_path / "store", {"acme/empty": {}})
    ended = checked(tmp_path, "rows.jsonl", "store")
    assert ended.code == 0
    assert "1 manifest of 1 repository" in ended.stdout


def test_store_without_manifests_is_no_run(tmp_path: Path) -> None:
    store(tmp_path / "store", {"acme/empty": {}})
    ended = checked(tmp_path, "store")
    assert ended.code == 2
    assert "no manifest to check in store" in ended.stderr


def test_file_cut_in_half_makes_the_run_incomplete(tmp_path: Path) -> None:
    path = rows_file(tmp_path / "rows.jsonl", [NEWSLETTER] * 3)
    path.write_bytes(path.read_bytes()[:-40])
    ended = checked(tmp_path, "rows.jsonl")
    assert ended.code == 2
    assert "rows.jsonl:3: the line has no end, so that the file may be cut in half" in ended.stdout
    assert "incomplete: 1 of 3 manifests not judged" in ended.stdout


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nowhere.jsonl", "nowhere.jsonl:1:1: no such file|no such file"),
        ("folder", "a folder without store.sqlite, and so no store"),
        ("folder", "vendorgate fleet gather folder --store STORE"),
        ("earlier", "it is a run, which is read by: vendorgate fleet report earlier"),
        ("rows.csv", "a file that is neither"),
        ("", "a source without a name"),
        ("rows.parquet", "no Parquet that can be read"),
    ],
)
def test_what_is_no_source_is_refused(name: str, told: str, tmp_path: Path) -> None:
    for one in ("folder", "earlier"):
        (tmp_path / one).mkdir()
    (tmp_path / "earlier" / "run.json").write_text("{}\n", "utf-8")
    for one in ("rows.csv", "rows.parquet"):
        (tmp_path / one).write_text("path,manifest\n", "utf-8")
    ended = checked(tmp_path, name)
    assert ended.code == 2
    assert any(words in ended.stderr for words in told.split("|")), ended.stderr
    assert not (tmp_path / "run").exists()


def test_source_that_is_named_twice_is_refused(tmp_path: Path) -> None:
    rows_file(tmp_path / "rows.jsonl", [CLINIC])
    ended = checked(tmp_path, "rows.jsonl", "./rows.jsonl")
    assert ended.code == 2
    assert "named twice" in ended.stderr


def test_store_cut_in_half_is_refused(tmp_path: Path) -> None:
    folder = store(tmp_path / "store", {f"acme/r{number}": {"vendorgate.yaml": CLINIC} for number in range(200)})
    path = folder / "store.sqlite"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    ended = checked(tmp_path, "store")
    assert (ended.code, ended.stdout) == (2, "")
    assert "store.sqlite" in ended.stderr
    assert not (tmp_path / "run" / "run.json").exists()


def test_parquet_comes_to_what_the_same_lines_come_to(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    rows_file(tmp_path / "rows.jsonl", fleet_of(150))
    rows = [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text("utf-8").splitlines()]
    table = pyarrow.table(
        {"path": [row["path"] for row in rows], "manifest": [json.dumps(row["manifest"]) for row in rows]}
    )
    parquet.write_table(table, tmp_path / "rows.parquet", row_group_size=40)
    lines = checked(tmp_path, "rows.jsonl", out="lines")
    columns = checked(tmp_path, "rows.parquet", out="columns", rows="parquet")
    assert (lines.code, lines.stdout) == (columns.code, columns.stdout)
    texts = [path.read_text("utf-8") for path in sorted((tmp_path / "lines/results").iterdir())]
    written = [json.loads(line) for text in texts for line in text.splitlines()]
    read = parquet.read_table(tmp_path / "columns/results").to_pylist()
    assert [{name: value for name, value in row.items() if value is not None} for row in read] == written


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"path": ["a"]}, "other columns than `path` and `manifest`: `path`"),
        ({"path": ["a"], "manifest": ["{}"], "repository": ["x/y"]}, "other columns"),
        ({"path": ["a"], "manifest": [1]}, "the column `manifest` is int64, and no text"),
    ],
)
def test_parquet_of_another_form_is_refused(columns: dict[str, list[object]], told: str, tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(pyarrow.table(columns), tmp_path / "rows.parquet")
    ended = checked(tmp_path, "rows.parquet")
    assert ended.code == 2
    assert told in ended.stderr


@pytest.mark.parametrize("sources", [("first", "second"), ("second", "first")])
def test_repository_that_one_of_two_stores_could_not_read_is_not_judged_whichever_comes_first(
    sources: tuple[str, str], tmp_path: Path
) -> None:
    store(tmp_path / "first", {"clinic": {"vendorgate.yaml": NEWSLETTER}})
    store(tmp_path / "second", {"acme/other": {"vendorgate.yaml": NEWSLETTER}}, {"clinic": ("it is gone", "look")})
    ended = checked(tmp_path, *sources)
    assert ended.code == 2
    assert "not judged: clinic\n  it is gone" in ended.stdout
    assert "incomplete: 1 of 2 repositories not judged" in ended.stdout


def test_store_of_which_nothing_could_be_read_says_why_there_is_nothing_to_judge(tmp_path: Path) -> None:
    store(
        tmp_path / "store", {}, {"acme/a": ("the gather\x1b did not come to it", "gather again"), "acme/b": ("b", "b")}
    )
    ended = checked(tmp_path, "store")
    assert (ended.code, ended.stdout, (tmp_path / "run").exists()) == (2, "", False)
    assert "no manifest to check in store: 2 repositories of it could not be read, such as acme/a: " in ended.stderr
    assert "the gather\\x1b did not come to it\n  = help: gather again\n" in ended.stderr


@pytest.mark.parametrize("name", ["acme/clinic", "Acme/Clinic", "clinic"])
def test_two_repositories_of_one_name_in_two_stores_are_refused(name: str, tmp_path: Path) -> None:
    store(tmp_path / "first", {name: {"vendorgate.yaml": NEWSLETTER}})
    for folder, origin in (("same", f"https://code.example/{name}.git"), ("other", "https://evil.example/x\x1b.git")):
        (tmp_path / folder).mkdir()
        with writing_store(tmp_path / folder, DAY) as writer:
            other = name if folder == "same" else name.lower()
            writer.begin([Asked(other, origin)])
            manifest = GatheredManifest("vendorgate.yaml", json.dumps(NEWSLETTER).encode())
            writer.keep(Gathered(other, origin, "1" * 40, (manifest,)))
    assert checked(tmp_path, "first", "same", out="run-1").code == 0
    ended = checked(tmp_path, "first", "other", out="run-2")
    assert (ended.code, ended.stdout, (tmp_path / "run-2").exists()) == (2, "", False)
    told = f"{name.lower()} is https://evil.example/x\\x1b.git here, and https://code.example/{name}.git in first"
    assert told in ended.stderr
