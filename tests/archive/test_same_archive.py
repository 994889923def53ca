"""A workbook in a pack is compared without trust: it may be compressed otherwise, and nothing else of it may differ."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

import pytest

from vendorgate.archive.same_archive import same_but_for_compression

PARTS = {"a.xml": b"".join(b"<a>%d</a>" % (n * n) for n in range(300)), "b/c.xml": b"<c/>"}


def archive(level: int = 6, parts: dict[str, bytes] | None = None, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, content in (PARTS if parts is None else parts).items():
            made.writestr(zipfile.ZipInfo(name), content, method, level)
    return file.getvalue()


def commented() -> bytes:
    file = BytesIO(archive())
    with zipfile.ZipFile(file, "a") as made:
        made.comment = b"all is well"
    return file.getvalue()


def appended() -> bytes:
    file = BytesIO(archive())
    with zipfile.ZipFile(file, "a") as made:
        made.writestr(zipfile.ZipInfo("more.xml"), b"x")
    return file.getvalue()


def between() -> bytes:
    """Bytes that no directory lists, before one that says where everything lies."""
    data = archive()
    file = BytesIO(b"#!/bin/sh\n" + data)
    with zipfile.ZipFile(file, "a") as made:
        made.writestr(zipfile.ZipInfo("more.xml"), b"x")
    return file.getvalue()


def test_other_compression_is_the_same() -> None:
    assert same_but_for_compression(archive(), archive())
    assert len({archive(level) for level in (0, 1, 6)}) == 3
    for level in (0, 1, 9):
        assert same_but_for_compression(archive(level), archive())


@pytest.mark.parametrize(
    "recorded",
    [
        b"",
        b"PK",
        archive()[:-1],
        archive() + b"x",
        b"#!/bin/sh\n" + archive(),
        commented(),
        appended(),
        between(),
        archive(method=zipfile.ZIP_STORED),
        archive(parts={**PARTS, "b/c.xml": b"<d/>"}),
        archive(parts={**PARTS, "a.xml": PARTS["a.xml"] + b"x"}),
        archive(parts={**PARTS, "a.xml": b"<a/>" * 100_000}),
        archive(parts={"b/c.xml": b"<c/>", "a.xml": PARTS["a.xml"]}),
        archive(parts={"a.xml": PARTS["a.xml"]}),
        archive().replace(b"a.xml", b"z.xml", 1),
        archive().replace(b"b/c.xml", b"b/d.xml"),
        archive().replace((len(PARTS["a.xml"])).to_bytes(4, "little"), b"\xff\xff\xff\xff"),
    ],
)
def test_whatever_else_differs_is_another(recorded: bytes) -> None:
    assert not same_but_for_compression(recorded, archive())


@pytest.mark.parametrize("place", range(0, len(archive()), 3))
def test_no_byte_of_it_may_be_another(place: int) -> None:
    data = bytearray(archive())
    data[place] ^= 0x41
    try:
        same = same_but_for_compression(bytes(data), archive())
    except zlib.error:
        pytest.fail("a fault in what is compressed is no fault of the program")
    assert not same
