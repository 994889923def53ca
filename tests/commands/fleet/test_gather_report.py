"""What a gather came to, as JSON: each repository with its state, totals; notes stand on the error stream alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.command import vendorgate
from tests.commands.fleet.gathering import MANIFEST, gather, listed
from tests.commands.review.repository import Repository
from vendorgate.commands.fleet.gather.document import FleetGather

HOSTILE = "acme/<b>\u202egnp\x1b[31m"


def clone(folder: Path, name: str, files: dict[str, Any] | None = None) -> Repository:
    place = folder / "clones" / name
    place.mkdir(parents=True)
    made = Repository(place)
    if files is not None:
        made.commit(files)
    return made


def document(folder: Path, *sources: str, code: int = 0) -> FleetGather:
    """The document of a gather into the store beside; nothing else stands on standard output."""
    ended = gather(*sources, "--format", "json", folder=folder)
    assert ended.code == code, ended.stderr
    assert ended.stdout.isascii()
    return msgspec.json.decode(ended.stdout.encode(), type=FleetGather)


def states(found: FleetGather) -> dict[str, tuple[str, int]]:
    return {one.name: (one.state, one.manifests) for one in found.repositories}


def test_each_repository_is_a_row_with_its_state_and_totals_are_theirs(tmp_path: Path) -> None:
    clone(tmp_path, "acme/a", {"vendorgate.yaml": MANIFEST, "deep/vendorgate.yml": MANIFEST})
    clone(tmp_path, "acme/empty")
    beta = clone(tmp_path, "acme/beta", {"vendorgate.yaml": MANIFEST})
    found = document(tmp_path, "clones")
    assert (found.store, found.code, found.removed) == ("store", False, ())
    assert states(found) == {"acme/a": ("changed", 2), "acme/beta": ("changed", 1), "acme/empty": ("changed", 0)}
    first = {one.name: one for one in found.repositories}
    assert first["acme/a"].origin == str(tmp_path / "clones/acme/a")
    assert (first["acme/empty"].commit, first["acme/beta"].commit) == (None, beta.git("rev-parse", "HEAD"))
    summary = found.summary
    assert (summary.repositories, summary.changed, summary.unchanged, summary.error) == (3, 3, 0, 0)
    assert (summary.manifests, summary.differences, summary.unnamed, summary.removed) == (3, None, 0, 0)


def test_digest_is_another_where_manifests_are_and_only_there(tmp_path: Path) -> None:
    one = clone(tmp_path, "acme/a", {"vendorgate.yaml": MANIFEST})
    (before,) = document(tmp_path, "clones").repositories
    (same,) = document(tmp_path, "clones").repositories
    assert (same.state, same.digest, same.commit) == ("unchanged", before.digest, before.commit)
    one.commit({"readme.md": "nothing that is gathered"})
    (other,) = document(tmp_path, "clones").repositories
    assert (other.state, other.digest) == ("changed", before.digest)
    assert other.commit != before.commit
    one.commit({"vendorgate.yaml": MANIFEST + "# another\n"})
    (after,) = document(tmp_path, "clones").repositories
    assert after.digest not in (None, before.digest)


def test_what_could_not_be_read_says_why_and_exit_codes_stay(tmp_path: Path) -> None:
    clone(tmp_path, "acme/a", {"vendorgate.yaml": MANIFEST})
    names = listed(tmp_path, "acme/a clones/acme/a", "acme/gone /nowhere/at/all")
    found = document(tmp_path, names, code=1)
    assert states(found) == {"acme/a": ("changed", 1), "acme/gone": ("error", 0)}
    gone = found.repositories[1]
    assert (gone.problem, gone.help, gone.commit, gone.digest) == ("no such folder", "check the path", None, None)
    assert found.summary.error == 1
    assert document(tmp_path, listed(tmp_path, "acme/gone /nowhere/at/all"), code=2).removed == ("acme/a",)


def test_two_of_one_name_are_errors_and_rows_have_one_order(tmp_path: Path) -> None:
    for place in ("one", "two", "three"):
        clone(tmp_path, f"acme/{place}", {"vendorgate.yaml": MANIFEST})
    lines = ("acme/x clones/acme/two", "ACME/X clones/acme/one", "acme/x clones/acme/three", "acme/b clones/acme/one")
    found = document(tmp_path, listed(tmp_path, *lines), code=1)
    assert [*states(found).items()] == [("ACME/X", ("error", 0)), ("acme/b", ("changed", 1)), ("acme/x", ("error", 0))]
    assert "3 repositories go by this name" in str(found.repositories[0].problem)


def test_repository_without_a_name_is_marked(tmp_path: Path) -> None:
    clone(tmp_path, "lonely", {"vendorgate.yaml": MANIFEST})
    clone(tmp_path, "acme/a", {"vendorgate.yaml": MANIFEST})
    found = document(tmp_path, "clones")
    assert [(one.name, one.named) for one in found.repositories] == [("acme/a", True), ("lonely", False)]
    assert found.summary.unnamed == 1


def test_progress_and_notes_stand_on_the_error_stream(tmp_path: Path) -> None:
    clone(tmp_path, "acme/a", {"vendorgate.yaml": MANIFEST})
    ended = gather("clones", "--format", "json", folder=tmp_path)
    assert ended.stderr.startswith("acme/a: 1 manifest at ")
    assert json.loads(ended.stdout)["schema"] == "vendorgate.fleet-gather/1"


def test_text_is_what_it_was_and_a_file_has_the_document_beside_it(tmp_path: Path) -> None:
    clone(tmp_path, "acme/a", {"vendorgate.yaml": MANIFEST})
    ended = gather("clones", "--output", "json=found.json", folder=tmp_path)
    assert (ended.code, ended.stdout) == (0, "1 repository: 1 gathered (1 changed); 1 manifest\n")
    assert json.loads((tmp_path / "found.json").read_text("ascii"))["summary"]["changed"] == 1


@pytest.mark.parametrize("path", ["store/found.json", "list.txt"])
def test_report_is_never_written_into_the_store_or_over_the_list(path: str, tmp_path: Path) -> None:
    clone(tmp_path, "acme/a", {"vendorgate.yaml": MANIFEST})
    names = listed(tmp_path, "acme/a clones/acme/a")
    before = (tmp_path / names).read_bytes()
    ended = gather(names, "--output", f"json={path}", folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert "would overwrite an input" in ended.stderr
    assert ((tmp_path / names).read_bytes(), (tmp_path / "store").exists()) == (before, False)


@pytest.mark.parametrize("damage", ["list", "store", "option"])
def test_where_nothing_is_gathered_the_file_says_so(damage: str, tmp_path: Path) -> None:
    clone(tmp_path, "acme/a", {"vendorgate.yaml": MANIFEST})
    (tmp_path / "found.json").write_text('{"old": true}', "utf-8")
    names = listed(tmp_path, *([] if damage == "list" else ["acme/a clones/acme/a"]))
    if damage == "store":
        (tmp_path / "store").mkdir()
        (tmp_path / "store/store.sqlite").write_bytes(b"junk")
    more = ("--registry", "elsewhere") if damage == "option" else ()
    ended = gather(names, "--format", "json", "--output", "json=found.json", *more, folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    said = json.loads((tmp_path / "found.json").read_text("ascii"))
    assert (said["schema"], said["command"]) == ("vendorgate.problems/1", "vendorgate fleet gather")


def test_differences_are_counted_by_repository_where_code_is_looked_into(tmp_path: Path) -> None:
    clone(tmp_path, "acme/a", {"app.py": "import openai\nopenai.OpenAI()\n"})
    clone(tmp_path, "acme/b", {"vendorgate.yaml": MANIFEST})
    (tmp_path / "gone.txt").write_text(f"{tmp_path}/clones/acme/a\n{tmp_path}/clones/acme/b\n/nowhere/x\n", "utf-8")
    ended = gather("gone.txt", "--code", "--format", "json", folder=tmp_path)
    found = json.loads(ended.stdout)
    differences = [(one["state"], one["differences"]) for one in found["repositories"]]
    assert found["code"] is True
    assert sorted(differences, key=str) == [("changed", 0), ("changed", 1), ("error", None)]
    assert found["summary"]["differences"] == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_hostile_names_are_plain_text_in_the_document(tmp_path: Path) -> None:
    clone(tmp_path, HOSTILE, {"vendorgate.yaml": MANIFEST})
    found = document(tmp_path, "clones")
    assert [one.origin for one in found.repositories] == [str(tmp_path / "clones" / HOSTILE)]


def test_schema_is_the_one_of_the_document(tmp_path: Path) -> None:
    ended = vendorgate("schema", "fleet-gather", folder=tmp_path)
    assert (ended.code, "vendorgate.fleet-gather/1" in ended.stdout) == (0, True)


@pytest.mark.skipif(sys.platform != "linux", reason="a pipe as Linux has them")
def test_reader_that_goes_away_early_ends_nothing_but_the_report(tmp_path: Path) -> None:
    clone(tmp_path, "acme/a", {"vendorgate.yaml": MANIFEST})
    words = [sys.executable, "-m", "vendorgate", "fleet", "gather", "clones", "--store", "store", "--format", "json"]
    with subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.close()
        said = started.stderr.read().decode()
    assert "Traceback" not in said
    assert states(document(tmp_path, "clones")) == {"acme/a": ("unchanged", 1)}
