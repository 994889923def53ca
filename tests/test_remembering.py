"""Remembering changes nothing but time: the same values, made anew, and the same faults each time."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.remembering import ROOT, RememberingReader, of_reading
from tests.thoroughness import thorough
from vendorgate.errors import InputError, Problem
from vendorgate.load import document
from vendorgate.load.files import JUDGING, folder
from vendorgate.load.reader import Reader
from vendorgate.snapshots import read_snapshot
from vendorgate.source import Source

SHIPPED = [
    *sorted((ROOT.parent / "registry-snapshot").rglob("*.yaml")),
    *sorted((ROOT.parent / "policies").rglob("*.yaml")),
]


def read(
    reader: type[Reader], text: str, nodes: int = JUDGING.nodes, leave_out: frozenset[str] = frozenset()
) -> tuple[object, list[str]]:
    problems: list[Problem] = []
    one = reader(Source("a.yaml", text, lambda text: None), 0, problems, nodes, leave_out, None)
    return (one.value if one.read() else None), [str(problem) for problem in problems]


def test_what_ships_is_remembered_as_it_is_read() -> None:
    for path in SHIPPED if thorough() else SHIPPED[::8]:
        text = path.read_text(encoding="utf-8")
        for left_out in (frozenset[str](), frozenset(("scope", "facts", "tests"))):
            expected = read(Reader, text, leave_out=left_out)
            assert read(RememberingReader, text, leave_out=left_out) == expected, path
            assert read(RememberingReader, text, leave_out=left_out) == expected, path


def test_what_is_done_to_values_is_not_remembered() -> None:
    text = "usages: [{id: a, share: 0.5, on_call: null}]\n"
    before, _ = read(RememberingReader, text)
    assert isinstance(before, dict)
    before["usages"].clear()
    assert read(RememberingReader, text) == read(Reader, text)


def test_fault_is_found_each_time() -> None:
    text = "id: a\nid: b\nnote: <<remembered>>\n"
    expected = read(Reader, text)
    assert len(expected[1]) == 1
    assert [read(RememberingReader, text) for _ in range(3)] == [expected] * 3


def test_limit_holds_for_a_text_that_was_read_within_another() -> None:
    text = "- 1\n" * 100
    assert read(RememberingReader, text, nodes=200)[1] == []
    assert read(RememberingReader, text, nodes=50) == read(Reader, text, nodes=50)


@pytest.mark.parametrize(("name", "reads"), [("load/test_document.py", True), ("cli/test_words.py", False)])
def test_tests_of_reading_read_for_themselves(name: str, reads: bool) -> None:
    assert of_reading(ROOT / name) is reads


def test_this_test_remembers() -> None:
    assert vars(document)["Reader"] is RememberingReader
    assert not of_reading(Path(__file__))


def test_snapshot_that_changes_is_read_again(tmp_path: Path) -> None:
    registry, shipped = tmp_path / "registry", ROOT.parent / "registry-snapshot"
    (registry / "offerings").mkdir(parents=True)
    for name in ("snapshot.yaml", "offerings/xai-api.yaml", "offerings/groq-api.yaml"):
        shutil.copy(shipped / name, registry / name)
    before = read_snapshot(folder(registry)).offerings
    assert read_snapshot(folder(registry)).offerings["xai-api"] is before["xai-api"]
    path = registry / "offerings/xai-api.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("\nname: ", "\nname: Not ", 1), encoding="utf-8")
    after = read_snapshot(folder(registry)).offerings
    assert (after["xai-api"].written.name or "").startswith("Not ")
    path.write_text("id: xai-api\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(InputError):
            read_snapshot(folder(registry))
    path.unlink()
    assert after.keys() - read_snapshot(folder(registry)).offerings.keys() == {"xai-api"}
