"""An evidence pack is read without trust: whatever byte of it somebody changes, it never holds."""

from __future__ import annotations

import stat
import tempfile
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.commands.evidence.packs import forged, members, rezipped, small_pack
from tests.thoroughness import share
from vendorgate.archive.document import MANIFEST, SUMS
from vendorgate.archive.layout import MOST_MEMBERS
from vendorgate.archive.reading import MemberFault, opened_pack
from vendorgate.errors import InputError

JUDGED = "inputs/manifests/0001-p.yaml"


def faults(data: bytes, folder: Path, largest: int = 64) -> tuple[MemberFault, ...]:
    """What is wrong with a pack."""
    path = folder / "read.zip"
    path.write_bytes(data)
    with opened_pack(str(path), largest) as (_, found):
        return found


def refusal(data: bytes, folder: Path, largest: int = 64) -> str:
    """Why something is not read at all."""
    with pytest.raises(InputError) as raised:
        faults(data, folder, largest)
    return "\n".join(one.title for one in raised.value.problems)


def test_pack_as_it_was_made_has_no_faults(tmp_path: Path) -> None:
    assert faults(small_pack(), tmp_path) == ()


# Python's own reader sees what ours does.


def test_any_tool_for_archives_reads_a_pack(tmp_path: Path) -> None:
    with zipfile.ZipFile(BytesIO(small_pack())) as archive:
        assert archive.testzip() is None
        infos = archive.infolist()
    assert all(one.date_time == (1980, 1, 1, 0, 0, 0) for one in infos)
    assert all(stat.S_IMODE(one.external_attr >> 16) == 0o644 for one in infos)
    names = [one.filename for one in infos]
    assert names == [*sorted(set(names) - {MANIFEST, SUMS}), MANIFEST, SUMS]


# Laws.


@settings(max_examples=share(300))
@given(st.data())
def test_flipped_byte_never_holds(data: st.DataObject) -> None:
    whole = bytearray(small_pack())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    _never_holds(bytes(whole))


@settings(max_examples=share(200))
@given(st.data())
def test_cut_pack_is_never_opened(data: st.DataObject) -> None:
    length = data.draw(st.integers(0, len(small_pack()) - 1))
    with tempfile.TemporaryDirectory() as folder:
        assert refusal(small_pack()[:length], Path(folder))


@settings(max_examples=share(200))
@given(st.data())
def test_inserted_bytes_never_hold(data: st.DataObject) -> None:
    whole = small_pack()
    place = data.draw(st.one_of(st.just(len(whole)), st.integers(0, len(whole))))
    _never_holds(whole[:place] + data.draw(st.binary(min_size=1, max_size=40)) + whole[place:])


@settings(max_examples=share(150))
@given(st.data())
def test_swapped_stretch_never_holds(data: st.DataObject) -> None:
    whole = bytearray(small_pack())
    start = data.draw(st.integers(0, len(whole) - 64))
    end = start + data.draw(st.integers(2, 64))
    stretch = whole[start:end]
    whole[start:end] = bytes(reversed(stretch))
    if stretch != whole[start:end]:
        _never_holds(bytes(whole))


def _never_holds(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert _wrong(data, Path(folder))


def _wrong(data: bytes, folder: Path) -> tuple[object, ...]:
    """What is wrong with a file, whether it is read or refused."""
    try:
        return faults(data, folder)
    except InputError as error:
        return error.problems


# Members that are not what the pack lists.


def _changed(contents: dict[str, bytes]) -> None:
    contents[JUDGED] += b"\n"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_changed, (JUDGED, "changed")),
        (lambda contents: contents.pop("README.md"), ("README.md", "missing")),
        (lambda contents: contents.update({"reports/ZZZ.txt": b"x"}), ("reports/ZZZ.txt", "added")),
        (lambda contents: contents.update({SUMS: contents[SUMS] + b"\n"}), (SUMS, "changed")),
        (lambda contents: contents.pop(SUMS), (SUMS, "missing")),
    ],
)
def test_member_that_is_not_as_listed_is_named(
    change: Callable[[dict[str, bytes]], object], expected: tuple[str, str], tmp_path: Path
) -> None:
    found = faults(rezipped(small_pack(), change), tmp_path)
    assert expected in [(one.path, one.kind) for one in found]


def test_pack_that_another_tool_wrote_anew_is_not_the_one_that_was_made(tmp_path: Path) -> None:
    found = faults(rezipped(small_pack(), lambda contents: None), tmp_path)
    assert {one.kind for one in found} <= {"header", "changed"}
    assert found


# Archives that would be dangerous to unpack.


def _with(name: str, content: bytes = b"x", mode: int = 0o100644) -> bytes:
    file = BytesIO(small_pack())
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(info, content)
    return file.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (lambda: _with("../../evil.yaml"), "`../../evil.yaml` leads out of the archive"),
        (lambda: _with("/etc/evil"), "`/etc/evil` leads out of the archive"),
        (lambda: _with("a\\..\\evil"), "has a character that no name may have"),
        (lambda: _with("c:evil"), "has a character that no name may have"),
        (lambda: _with("README.md"), "`README.md` stands twice"),
        (lambda: _with("readme.MD"), "`readme.MD` stands twice, or differs from `README.md` by case alone"),
        (lambda: _with("README.md/x"), "`README.md/x` stands twice"),
        (lambda: _with("link", b"/etc/passwd", 0o120777), "`link` is a link, a folder or a device"),
        (lambda: _with("pipe", b"", 0o010644), "`pipe` is a link, a folder or a device"),
        (lambda: b"", "not a ZIP archive"),
        (lambda: b"PK", "not a ZIP archive"),
        (lambda: small_pack() + b"\n", "1 bytes behind the end of the archive"),
        (lambda: b"#!/bin/sh\n" + small_pack(), "a directory that does not lie where the archive says"),
        (lambda: _zip({"a": b"x"}), f"an archive without {MANIFEST}"),
        (lambda: _zip({MANIFEST: b"{}"}), f"{MANIFEST} is no vendorgate.evidence/1"),
        (lambda: _zip({MANIFEST: b"[" * 100_000}), f"{MANIFEST} is no vendorgate.evidence/1"),
        (lambda: _zip({MANIFEST: b"\xff"}), f"{MANIFEST} is no vendorgate.evidence/1"),
        (lambda: _zip({MANIFEST: b"1" * 5_000}), f"{MANIFEST} is no vendorgate.evidence/1"),
        (lambda: _zip({MANIFEST: members(small_pack())[MANIFEST] + b" "}), "is not as vendorgate writes it"),
        (lambda: _encrypted(), "is encrypted"),
        (lambda: _zip({"a": b"\0" * 40_000_000}, zipfile.ZIP_BZIP2), "is compressed by a method"),
    ],
)
def test_dangerous_archive_is_refused(data: Callable[[], bytes], words: str, tmp_path: Path) -> None:
    assert words in refusal(data(), tmp_path)


def _zip(contents: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return file.getvalue()


def _encrypted() -> bytes:
    data = bytearray(_zip({"secret": b"x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def test_bomb_is_refused_by_what_it_says(tmp_path: Path) -> None:
    bomb = _zip({"bomb": b"\0" * 70_000_000}, zipfile.ZIP_DEFLATED)
    assert "66.8 MiB unpacked, of which 64.0 MiB are read" in refusal(bomb, tmp_path)
    assert "bomb" in refusal(_lying(bomb, 4_000_000_000), tmp_path, 4095)


def test_bomb_that_says_less_than_it_has_is_read_no_further(tmp_path: Path) -> None:
    def lie(contents: dict[str, bytes]) -> None:
        contents["reports/report.txt"] = b"\0" * 30_000_000

    data = forged(small_pack(), lie)
    found = faults(_lying(data, 5, "reports/report.txt"), tmp_path)
    assert ("reports/report.txt", "changed") in [(one.path, one.kind) for one in found]


def _lying(data: bytes, size: int, name: str = "bomb") -> bytes:
    """An archive that says another size of a member, in both of its headers."""
    whole, raw = bytearray(data), name.encode()
    local = whole.index(raw) - 30
    central = whole.rindex(raw) - 46
    whole[local + 22 : local + 26] = size.to_bytes(4, "little")
    whole[central + 24 : central + 28] = size.to_bytes(4, "little")
    return bytes(whole)


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    data = bytearray(small_pack())
    data[-12:-10] = data[-14:-12] = (MOST_MEMBERS + 1).to_bytes(2, "little")
    assert f"an archive of {MOST_MEMBERS + 1:,} members" in refusal(bytes(data), tmp_path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.zip", Path("\0")):
        with pytest.raises(InputError), opened_pack(str(path)):
            pass
