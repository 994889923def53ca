"""A store gives back what was written, in one order, or says that it is damaged; never a row less."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Final

import msgspec
import pytest

from tests.commands.fleet.stores import DAY, Written, data_of, store
from tests.commands.review.repository import manifest, usage
from vendorgate.commands.fleet.judging.reading import read_row
from vendorgate.commands.fleet.model import FoundDrift, GatheredRepository, Row
from vendorgate.commands.fleet.store.parsed import READER, parsed
from vendorgate.commands.fleet.store.reading import open_store
from vendorgate.commands.fleet.store.schema import FILE, TABLES
from vendorgate.commands.fleet.store.writing import Asked, Gathered, GatheredManifest, writing_store
from vendorgate.errors import InputError, Problem, UsageError, VendorgateError
from vendorgate.load.files import sha256
from vendorgate.load.manifest import ReadManifest, manifest_from
from vendorgate.model.manifest import ManifestFile

DRIFT: Final = FoundDrift("acme/b", "undeclared-offering", "warning", "uses beta", "src/a.py", 3, "beta")
REPOSITORIES: Final[dict[str, dict[str, Written]]] = {
    "acme/b": {
        "vendorgate.yaml": manifest(usage("a", "alpha", fallbacks=["beta"])),
        "B/vendorgate.yml": manifest(usage("b", "beta"), project="other"),
        "a/vendorgate.yaml": "version: 1\nproject: q\nusages: []\n",
    },
    "acme/a": {"vendorgate.yaml": "version: 2\n"},
    "lonely": {"vendorgate.yaml": manifest(usage("a", "alpha", fallbacks=["beta"]))},
}
ERRORS: Final = {"acme/c": ("it is gone", "look for it")}
Found = tuple[list[GatheredRepository], list[Row], list[FoundDrift]]


def everything(folder: Path) -> Found:
    with open_store(folder) as opened:
        return list(opened.repositories()), list(opened.rows()), list(opened.drift())


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store(tmp_path_factory.mktemp("whole") / "store", REPOSITORIES, ERRORS, [DRIFT])


def test_rows_come_by_repository_and_path(whole: Path) -> None:
    _, rows, _ = everything(whole)
    assert [one.path for one in rows] == [
        "acme/a/vendorgate.yaml",
        "acme/b/B/vendorgate.yml",
        "acme/b/a/vendorgate.yaml",
        "acme/b/vendorgate.yaml",
        "lonely/vendorgate.yaml",
    ]
    assert [one.place for one in rows if one.repository == "acme/b"] == [
        "B/vendorgate.yml",
        "a/vendorgate.yaml",
        "vendorgate.yaml",
    ]


def test_repository_without_an_owner_binds_nobody(whole: Path) -> None:
    _, rows, _ = everything(whole)
    assert [one.repository for one in rows if one.path.startswith("lonely/")] == [None]


def test_manifest_with_mistakes_says_them_with_their_places(whole: Path) -> None:
    _, rows, _ = everything(whole)
    assert rows[0].problems[0] == "acme/a/vendorgate.yaml:1:1: `project` is missing (add `project`, a text)"
    assert (rows[0].written, rows[0].lines) == (b"", ())


def test_repositories_and_drift_are_those_that_were_written(whole: Path) -> None:
    repositories, _, drift = everything(whole)
    assert [(one.name, one.state, one.manifests, one.coded, one.problem, one.help) for one in repositories] == [
        ("acme/a", "gathered", 1, True, None, None),
        ("acme/b", "gathered", 3, True, None, None),
        ("acme/c", "error", 0, False, "it is gone", "look for it"),
        ("lonely", "gathered", 1, True, None, None),
    ]
    assert drift == [DRIFT]


ROUTES: Final = """\
version: 1
project: p
usages:
  - id: a
    data: [phi]
    recipients:
      - gamma
    offering: alpha
    via: {account: x,
      offering: delta}
    fallbacks:
      - beta
      - account: other
        offering: alpha
  - {id: b, offering: beta, data: [phi]}
"""


def test_lines_are_those_of_the_offerings_in_the_order_of_subjects() -> None:
    from vendorgate.resolve.subjects import _routes

    data = ROUTES.encode()
    read = manifest_from(data, "", [])
    assert isinstance(read, ReadManifest)
    subjects = [place for index, one in enumerate(read.written.usages) for _, _, place in _routes(one, index)]
    assert parsed(data, sha256(data)).lines == tuple(read.source.locate(place).line for place in subjects)
    assert parsed(data, sha256(data)).lines == (8, 12, 14, 10, 7, 15)


NUMBERS: Final = (
    "1",
    "1.0",
    "-0.0",
    "-0",
    "1e22",
    "999999999",
    "0.1",
    "true",
    "'1'",
    "1e-300",
    '"\\ud7ff\\u20ac"',
)


@pytest.mark.parametrize("number", NUMBERS)
def test_values_are_those_of_the_bytes(number: str) -> None:
    data = (
        f"version: 1\nproject: p\nusages:\n- {{id: a, offering: x, data: [phi], settings: {{k: {number}}}}}\n".encode()
    )
    read = manifest_from(data, "", [])
    assert read is not None
    again = msgspec.json.decode(parsed(data, sha256(data)).written, type=ManifestFile, strict=True)
    assert msgspec.json.encode(again) == msgspec.json.encode(read.written)
    assert [type(one) for one in again.usages[0].settings.values()] == [
        type(one) for one in read.written.usages[0].settings.values()
    ]


CODES: Final = ("\\x7f", "\\x85", "\\u2028", "\\ufeff", "\\u200b", "\\U000e0041", "\\U0001f600", "\\n")


@pytest.mark.parametrize("usages", [1, 500])
@pytest.mark.parametrize("code", CODES)
def test_character_that_stands_there_by_its_code_is_read_as_a_check_reads_it(code: str, usages: int) -> None:
    every = "".join(f"- {{id: u{number}, offering: x, data: [phi]}}\n" for number in range(usages))
    data = f'version: 1\nproject: p\nowner: "a{code}b"\nusages:\n{every}'.encode()
    problems: list[Problem] = []
    read = manifest_from(data, "", problems)
    found = read_row(Row("p", parsed(data, sha256(data)).written), problems)
    assert read is not None
    assert found is not None, problems
    assert found.written == read.written


@pytest.mark.parametrize(
    "data",
    [
        b"\xff",
        b"a\x00",
        b"#" * (1024 * 1024 + 1),
        b"",
        b"[",
        b"version: 1\nproject: p\nusages: []\nusages: []\n",
        b"a: &x b",
    ],
)
def test_what_has_no_form_has_problems_and_no_values(data: bytes) -> None:
    problems: list = []  # type: ignore[type-arg]
    manifest_from(data, "shown", problems)
    found = parsed(data, sha256(data))
    assert found.written == b""
    assert len(found.problems) == len(dict.fromkeys(problems)) > 0
    assert all(one.split(":")[0].isdecimal() and "shown" not in one for one in found.problems)


def test_cut_store_is_refused(whole: Path, tmp_path: Path) -> None:
    data = (whole / FILE).read_bytes()
    for length in {*range(0, len(data), 4096), 1, 50, len(data) // 2, len(data) - 1}:
        (tmp_path / FILE).write_bytes(data[:length])
        with pytest.raises(InputError):
            everything(tmp_path)


def test_changed_byte_is_found_or_changes_nothing(whole: Path, tmp_path: Path) -> None:
    """What nobody reads, such as free space of a page, may change; what is handed over may not."""
    data, expected = (whole / FILE).read_bytes(), everything(whole)
    chosen, refused = random.Random(20261130), 0
    used = [place for place in range(len(data)) if data[place]]
    for place in chosen.sample(used, 400):
        changed = bytearray(data)
        changed[place] ^= 1 << chosen.randrange(8)
        (tmp_path / FILE).write_bytes(changed)
        try:
            assert everything(tmp_path) == expected, place
        except VendorgateError:
            refused += 1
    assert refused > 100


ONE_MORE: Final = """
INSERT INTO repositories
SELECT name || 'z', origin, state, commit_id, problem, help, gathered, coded, reader, manifests, found, seal
FROM repositories WHERE name = 'acme/c'
"""


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM repositories WHERE name = 'acme/c'",
        "DELETE FROM manifests WHERE path = 'a/vendorgate.yaml'",
        "DELETE FROM drift",
        "UPDATE repositories SET state = 'gathered' WHERE name = 'acme/c'",
        "UPDATE manifests SET sha256 = (SELECT max(sha256) FROM contents)",
        "UPDATE manifests SET path = 'c/' || path",
        "UPDATE readings SET written = replace(written, 'beta', 'alph')",
        "UPDATE readings SET written = CAST(written AS TEXT)",
        "UPDATE readings SET problems = '[]'",
        "UPDATE readings SET lines = '[7]'",
        "UPDATE drift SET severity = 'fine'",
        "UPDATE about SET value = '0' WHERE name = 'repositories'",
        "DELETE FROM about",
        "DELETE FROM contents",
        ONE_MORE,
        "UPDATE about SET value = 'vendorgate.fleet-store/9' WHERE name = 'schema'",
        "DROP TABLE readings",
    ],
)
def test_row_that_was_changed_is_found(whole: Path, tmp_path: Path, statement: str) -> None:
    shutil.copy(whole / FILE, tmp_path / FILE)
    database = sqlite3.connect(tmp_path / FILE)
    database.execute("PRAGMA foreign_keys=OFF")
    if statement == "DELETE FROM contents":
        database.execute("DELETE FROM readings")
    database.execute(statement)
    database.commit()
    database.close()
    with pytest.raises(InputError) as error:
        everything(tmp_path)
    assert error.value.problems[0].help


def test_reader_of_another_version_reads_the_bytes_anew(whole: Path, tmp_path: Path) -> None:
    shutil.copy(whole / FILE, tmp_path / FILE)
    database = sqlite3.connect(tmp_path / FILE)
    database.execute("UPDATE readings SET reader = '0.0.1/1'")
    database.commit()
    database.close()
    assert everything(tmp_path) == everything(whole)
    with writing_store(tmp_path, DAY) as writer:
        writer.finish()
    database = sqlite3.connect(tmp_path / FILE)
    assert {one for (one,) in database.execute("SELECT reader FROM readings")} == {READER}
    database.close()
    assert everything(tmp_path) == everything(whole)


@pytest.mark.parametrize("content", [b"hello, this is no database at all, but a text of some length" * 20, b""])
def test_file_that_is_no_store_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(InputError):
        everything(tmp_path)


def test_database_of_something_else_is_refused_by_both(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / FILE)
    database.execute("CREATE TABLE cats (name TEXT)")
    database.commit()
    database.close()
    with pytest.raises(InputError, match="not a store"):
        everything(tmp_path)
    with pytest.raises(InputError, match="not a store"), writing_store(tmp_path, DAY):
        pass


def test_missing_store_says_how_one_is_made(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        everything(tmp_path)
    assert "fleet gather" in str(error.value.problems[0].help)


def test_interrupted_gather_leaves_no_repository_that_looks_read(tmp_path: Path) -> None:
    folder = store(tmp_path / "store", REPOSITORIES, ERRORS)
    before = everything(folder)
    with writing_store(folder, "2026-12-01") as writer:
        writer.begin([Asked("acme/b", "b"), Asked("acme/new", "new")])
        now = everything(folder)
        assert [(one.name, one.state) for one in now[0]] == [("acme/b", "error"), ("acme/new", "error")]
        assert all("did not come" in str(one.problem) for one in now[0])
        assert now[1] == []
        writer.unchanged(Asked("acme/b", "b"))
    now = everything(folder)
    assert now[1] == [one for one in before[1] if one.repository == "acme/b"]
    assert [(one.name, one.state, one.gathered) for one in now[0]] == [
        ("acme/b", "gathered", "2026-12-01"),
        ("acme/new", "error", "2026-12-01"),
    ]


def test_bytes_that_nobody_has_any_more_go(tmp_path: Path) -> None:
    folder = store(tmp_path / "store", REPOSITORIES)
    with writing_store(folder, DAY) as writer:
        writer.begin([Asked("acme/b", "b")])
        writer.keep(Gathered("acme/b", "b", None, (GatheredManifest("vendorgate.yaml", data_of(manifest())),)))
        writer.finish()
    database = sqlite3.connect(folder / FILE)
    assert database.execute("SELECT count(*) FROM contents").fetchone() == (1,)
    assert database.execute("SELECT count(*) FROM readings").fetchone() == (1,)
    database.close()


def test_same_bytes_are_kept_and_read_once(whole: Path) -> None:
    database = sqlite3.connect(whole / FILE)
    assert database.execute("SELECT count(*) FROM manifests").fetchone() == (5,)
    assert database.execute("SELECT count(*) FROM contents").fetchone() == (4,)
    database.close()


def test_fault_of_a_reader_in_the_middle_keeps_its_name(whole: Path) -> None:
    """What goes wrong with another database meanwhile is nothing that a store says of itself."""
    with pytest.raises(sqlite3.OperationalError), open_store(whole):
        sqlite3.connect(":memory:").execute("SELECT * FROM nothing")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_may_not_be_written_is_a_message(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(UsageError), writing_store(tmp_path, DAY):
            pass
    finally:
        tmp_path.chmod(0o700)


def test_every_table_is_read_back_as_its_layout_says(whole: Path) -> None:
    database = sqlite3.connect(whole / FILE)
    made = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    database.close()
    assert made == {line.split()[2] for line in TABLES.splitlines() if line.startswith("CREATE TABLE")}
    assert json.loads(parsed(b"version: 1\nproject: p\nusages: []\n", "").written)["usages"] == []


_HALF = """
import os, signal, sqlite3
database = sqlite3.connect("store/store.sqlite", isolation_level=None)
database.execute("PRAGMA cache_size = 1")
database.execute("BEGIN IMMEDIATE")
database.execute("CREATE TABLE large (x)")
database.executemany("INSERT INTO large VALUES (?)", [(b"x" * 3000,)] * 200)
database.execute("DELETE FROM repositories")
os.kill(os.getpid(), signal.SIGKILL)
"""
"""Writes more than it has room for, and is killed."""


@pytest.mark.skipif(os.name != "posix", reason="nobody is killed there")
def test_store_of_a_writer_that_was_killed_says_so_and_the_next_one_sets_it_right(tmp_path: Path) -> None:
    store(tmp_path / "store", {"acme/a": {"vendorgate.yaml": "version: 1\nproject: p\nusages: []\n"}})
    before = everything(tmp_path / "store")
    subprocess.run((sys.executable, "-c", _HALF), cwd=tmp_path, check=False, timeout=60)
    with pytest.raises(UsageError) as refused:
        everything(tmp_path / "store")
    (problem,) = refused.value.problems
    assert problem.title == "a gather was ended while it wrote, and nobody has set that right yet"
    assert problem.help == "run the same gather again: it goes on with what is there"
    with writing_store(tmp_path / "store", "2026-11-30"):
        pass
    assert everything(tmp_path / "store") == before
