"""What ships is not read anew, and nothing else is ever taken for it."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.hatch_build import ParsedContent
from tools.parsed_content import ASKED, of_file, parsed_content

from tests.command import ROOT
from tests.thoroughness import part
from vendorgate.errors import Problem
from vendorgate.load import document, parsed
from vendorgate.load.bundle_files import OUTLINE, OUTLINE_OF_TESTS
from vendorgate.load.document import Document, read_document
from vendorgate.load.files import JUDGED, JUDGING, Limits, blake2
from vendorgate.load.parsed import WHOLE, Asked, Parsed, encoded
from vendorgate.logic import Json

WRITTEN = b"policies:\n- {id: one, tests: [{usage: {}}], at_least: 1}\n- {id: two, at_least: 1.0, certain: true}\n"
OTHER = b"other: 1\n"
FILES = (WRITTEN, OTHER)
KEPT = encoded([(key, value) for data in FILES for key, value in of_file(data, (WHOLE, OUTLINE))], FILES)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


def shown(value: Json) -> str:
    """Values with their types and in their order: 1, 1.0 and true are equal in Python."""
    return repr(value)


def read(data: bytes, asked: Asked, limits: Limits = JUDGING) -> Document:
    found = read_document("file.yaml", data, [], asked.leave_out, asked.level, limits)
    assert found is not None
    return found


@pytest.fixture
def kept(tmp_path: Path) -> Callable[[bytes], Parsed]:
    def opened(written: bytes) -> Parsed:
        path = tmp_path / "parsed.msgpack"
        path.write_bytes(written)
        return Parsed(str(path))

    return opened


@pytest.fixture
def shipping(kept: Callable[[bytes], Parsed], monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    def ships(written: bytes) -> None:
        known = kept(written)
        monkeypatch.setattr(document, "shipped_values", lambda: known)

    return ships


def test_every_value_of_the_wheel_is_what_reading_comes_to(wheel: Path, kept: Callable[[bytes], Parsed]) -> None:
    known = kept(zipfile.ZipFile(wheel).read("vendorgate/content/parsed.msgpack"))
    for folder, asked in ASKED.items():
        for path in sorted((ROOT / folder).rglob("*.yaml")):
            for one in asked:
                data = path.read_bytes()
                assert shown(known.value(data, one)) == shown(read(data, one).value), (path, one)


def test_sha256_of_every_file_of_the_wheel_is_known(wheel: Path, kept: Callable[[bytes], Parsed]) -> None:
    known = kept(zipfile.ZipFile(wheel).read("vendorgate/content/parsed.msgpack"))
    for folder in ASKED:
        for path in sorted((ROOT / folder).rglob("*.yaml")):
            data = path.read_bytes()
            assert known.sha256(data) == hashlib.sha256(data).hexdigest(), path
            assert known.sha256(data + b" ") is None, path


def test_two_builds_give_the_same_bytes(wheel: Path) -> None:
    """The wheel was built in a process of its own, with another seed of hashes."""
    assert zipfile.ZipFile(wheel).read("vendorgate/content/parsed.msgpack") == parsed_content(ROOT)


@pytest.mark.parametrize("asked", [WHOLE, OUTLINE, OUTLINE_OF_TESTS, Asked(frozenset(("tests",)), 2)])
def test_answer_is_to_what_was_asked(asked: Asked, shipping: Callable[[bytes], None]) -> None:
    plain = shown(read(WRITTEN, asked).value)
    shipping(encoded([(key, value) for key, value in of_file(WRITTEN, (WHOLE, OUTLINE))], [WRITTEN]))
    found = read(WRITTEN, asked)
    assert shown(found.value) == plain
    assert found.sound
    assert found.source.locate(("policies", 1, "id")).line == 3


def test_file_that_is_known_is_not_read(shipping: Callable[[bytes], None], monkeypatch: pytest.MonkeyPatch) -> None:
    shipping(KEPT)
    monkeypatch.setattr(document, "Reader", None)
    assert read(OTHER, WHOLE).value == {"other": 1}


@pytest.mark.parametrize(
    "data", [b"a: 1\na: 2\n", b"a: yes\n", b"", b"a: [", b"a: &x 1\nb: *x\nb: 2\n", b"\xff", b"a: \x07\n"]
)
def test_file_with_a_mistake_is_never_kept(data: bytes) -> None:
    assert list(of_file(data, (WHOLE, OUTLINE))) == []


def test_limits_of_a_manifest_are_asked_of_what_ships_too(shipping: Callable[[bytes], None]) -> None:
    long = b"".join(b"key%d: 1\n" % number for number in range(JUDGED.nodes))
    shipping(encoded(of_file(long, (WHOLE,)), [long]))
    problems: list[Problem] = []
    assert read_document("vendorgate.yaml", long, problems, limits=JUDGED) is None
    assert [one.title for one in problems] == ["more than 20,000 nodes"]


def test_whatever_is_damaged_is_passed_over(kept: Callable[[bytes], Parsed]) -> None:
    true = shown(kept(KEPT).value(WRITTEN))
    assert true != shown(None)
    answers = set()
    for place in part(range(len(KEPT))):
        for bit in (0x01, 0x80):
            damaged = bytearray(KEPT)
            damaged[place] ^= bit
            answers.add(shown(kept(bytes(damaged)).value(WRITTEN)))
        answers.add(shown(kept(KEPT[:place]).value(WRITTEN)))
    assert answers == {true, shown(None)}


def test_rows_that_are_damaged_are_passed_over(kept: Callable[[bytes], Parsed]) -> None:
    rows = ((("one", "two"), ()), (), (("three",),))
    whole = encoded([(b"of one", rows), (b"of another", ((("four",),),)), *of_file(OTHER, (WHOLE,))], [OTHER])
    assert kept(whole).rows(b"of one") == rows
    assert kept(whole).rows(b"of none") is None
    answers = set()
    for place in part(range(len(whole))):
        for bit in (0x01, 0x80):
            damaged = bytearray(whole)
            damaged[place] ^= bit
            answers.add(kept(bytes(damaged)).rows(b"of one"))
        answers.add(kept(whole[:place]).rows(b"of one"))
    assert answers == {rows, None}


def test_sha256_is_never_one_that_is_damaged(kept: Callable[[bytes], Parsed]) -> None:
    whole = encoded(of_file(OTHER, (WHOLE,)), [WRITTEN, OTHER])
    true = hashlib.sha256(WRITTEN).hexdigest()
    answers = set()
    for place in range(len(whole)):
        for bit in (0x01, 0x80):
            damaged = bytearray(whole)
            damaged[place] ^= bit
            answers.add(kept(bytes(damaged)).sha256(WRITTEN))
        answers.add(kept(whole[:place]).sha256(WRITTEN))
    assert answers == {true, None}


@given(place=st.integers(0, len(WRITTEN)), cut=st.integers(0, 2), put=st.binary(max_size=2))
def test_file_that_was_edited_is_not_known(
    place: int, cut: int, put: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "edited.msgpack"
    path.write_bytes(KEPT)
    edited = WRITTEN[:place] + put + WRITTEN[place + cut :]
    assert (Parsed(str(path)).sha256(edited) is not None) == (edited in FILES)
    assert (Parsed(str(path)).value(edited) is not None) == (edited in FILES)


@given(files=st.lists(st.binary(max_size=3), max_size=8), asked=st.binary(max_size=3))
def test_each_file_has_its_own_sha256(
    files: list[bytes], asked: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever stands beside it, of whatever length."""
    path = tmp_path_factory.getbasetemp() / "files.msgpack"
    path.write_bytes(encoded((), files))
    known = Parsed(str(path))
    for data in (*files, asked):
        assert known.sha256(data) == (hashlib.sha256(data).hexdigest() if data in files else None)


def test_sha256_of_a_file_is_kept_with_its_values_and_without(kept: Callable[[bytes], Parsed]) -> None:
    true = hashlib.sha256(WRITTEN).hexdigest()
    known = kept(encoded((), [WRITTEN]))
    assert known.sha256(WRITTEN) == true
    assert known.value(WRITTEN) is None
    assert not known.has(WHOLE.key(true))
    known = kept(encoded(of_file(WRITTEN, (WHOLE,))))
    assert known.sha256(WRITTEN) is None
    assert known.value(WRITTEN) is None
    assert known.under(WHOLE.key(true)) is not None


def test_file_that_is_no_such_file_or_not_there_knows_nothing(tmp_path: Path) -> None:
    assert Parsed(str(tmp_path)).value(WRITTEN) is None
    assert Parsed(str(tmp_path / "missing")).value(WRITTEN) is None


@pytest.mark.parametrize(("name", "other"), [("VERSION", "0.0.9"), ("READING", parsed.READING + 1)])
def test_what_another_version_read_is_passed_over(
    name: str, other: object, kept: Callable[[bytes], Parsed], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kept(KEPT).value(WRITTEN) is not None
    monkeypatch.setattr(parsed, name, other)
    assert kept(KEPT).value(WRITTEN) is None


def test_key_is_found_where_rows_begin_alone(kept: Callable[[bytes], Parsed]) -> None:
    """What a row says of its value could be read as the key of another."""
    rows = ((("one",),),)
    raw = msgspec.msgpack.encode(rows)
    assert kept(encoded([(b"first", rows)])).rows(raw) is None
    other = ((("other",),),)
    known = kept(encoded([(b"first", rows), (b"second", rows), (raw, other), (b"\xff", rows)]))
    assert known.rows(raw) == other


@given(keys=st.sets(st.binary(max_size=40), max_size=20), asked=st.binary(max_size=40))
def test_each_key_has_its_own_rows(keys: set[bytes], asked: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "rows.msgpack"
    every = {key: ((tuple(key.hex()),),) for key in keys}
    path.write_bytes(encoded(every.items()))
    known = Parsed(str(path))
    assert {key: known.rows(key) for key in (*keys, asked)} == {key: every.get(key) for key in (*keys, asked)}


def test_head_of_another_shape_is_passed_over(kept: Callable[[bytes], Parsed]) -> None:
    head = msgspec.msgpack.encode({"places": []})
    length = len(head).to_bytes(3, "big")
    assert kept(blake2(length + head) + length + head).value(WRITTEN) is None


@given(values=st.dictionaries(st.binary(max_size=4), VALUES.filter(lambda value: value is not None), max_size=4))
def test_values_come_back_with_their_types_and_in_their_order(
    values: dict[bytes, Json], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "values.msgpack"
    rows = ((WHOLE.key(hashlib.sha256(data).hexdigest()), value) for data, value in values.items())
    path.write_bytes(encoded(rows, values))
    known = Parsed(str(path))
    assert {data: shown(known.value(data)) for data in values} == {data: shown(one) for data, one in values.items()}


@pytest.mark.parametrize(("version", "added"), [("standard", 1), ("editable", 0)])
def test_wheel_alone_gets_the_file_and_nothing_is_left_behind(
    version: str, added: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.parsed_content.parsed_content", lambda root: KEPT if root == ROOT else b"")
    hook: ParsedContent = ParsedContent(str(ROOT), {}, None, None, str(tmp_path), "wheel")  # type: ignore[arg-type]
    made: dict[str, Any] = {"force_include": {}}
    hook.initialize(version, made)
    paths = [Path(path) for path in made["force_include"]]
    assert list(made["force_include"].values()) == ["vendorgate/content/parsed.msgpack"] * added
    assert all(path.read_bytes() == KEPT for path in paths)
    hook.finalize(version, made, "")
    assert not any(path.parent.exists() for path in paths)
