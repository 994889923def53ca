"""Which names a member of a pack may have."""

from __future__ import annotations

import pytest

from vendorgate.archive.names import clashes, fault_of_name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/etc/passwd",
        "../x",
        "a/../x",
        "a/..",
        "./a",
        "a//b",
        "a/",
        "a\\b",
        "c:x",
        "C:/x",
        "a\nb",
        "a\x00b",
        "a\u202eb",
        "a\u2028b",
        "a.",
        "a /b",
        "a\udc80",
        "é" * 600,
    ],
)
def test_name_that_not_every_system_unpacks_in_place_is_refused(name: str) -> None:
    assert fault_of_name(name) is not None


@pytest.mark.parametrize(
    "name", ["a", "a/b.yaml", "...a", "a..b/c", "質問.yaml", "שלום/מדיניות.yaml", "a b/c d", "é" * 500]
)
def test_name_of_any_script_is_fine(name: str) -> None:
    assert fault_of_name(name) is None


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("a", "b"), []),
        (("a", "a"), [("a", "a")]),
        (("A.yaml", "a.yaml"), [("a.yaml", "A.yaml")]),
        (("é", "e\u0301"), [("e\u0301", "é")]),
        (("straße", "STRASSE"), [("STRASSE", "straße")]),
        (("a", "a/b"), [("a/b", "a")]),
        (("a/b", "A"), [("A", "a/b")]),
        (("a/b", "a/c"), []),
    ],
)
def test_names_that_some_system_takes_for_one_are_found(names: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    assert clashes(names) == found
