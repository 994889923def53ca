"""The names by which an edit is found: its own, and that of the first of several that are called alike."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vendorgate.comparison.edits import names_of
from vendorgate.comparison.model import Edit

PARTS = st.lists(st.sampled_from(["a", "b", " (number ", "2)", " ", ""]), max_size=5).map("".join)


@given(PARTS, PARTS)
def test_edit_is_of_a_name_that_is_its_own_or_begins_a_number_of_it(written: str, name: str) -> None:
    edit = Edit("waiver", written, "changed", "changed")
    is_named = written == name or written.startswith(f"{name} (number ")
    assert (name in [*names_of(edit)]) is is_named


def test_second_of_a_name_is_found_by_the_name_of_the_first() -> None:
    assert [*names_of(Edit("waiver", "p on u (number 2)", "removed", "stricter"))] == ["p on u (number 2)", "p on u"]
    assert [*names_of(Edit("waiver", "p on u", "removed", "stricter"))] == ["p on u"]
