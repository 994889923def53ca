"""Places and classes of data in words for everybody."""

from __future__ import annotations

import pytest

from vendorgate.model.public_words import DATA_CLASS_NAMES, PLACE_NAMES, data_class_name, place_name
from vendorgate.model.vocabulary import DATA_CLASSES, REGIONS


def test_every_place_and_every_class_has_a_name_of_its_own() -> None:
    assert PLACE_NAMES.keys() == REGIONS
    assert len({*PLACE_NAMES.values()}) == len(PLACE_NAMES)
    assert (*DATA_CLASS_NAMES,) == DATA_CLASSES


@pytest.mark.parametrize(
    ("code", "name"), [("us", "United States"), ("gb", "United Kingdom"), ("eu", "European Union"), ("dach", "dach")]
)
def test_place_is_named_and_a_group_keeps_its_own_name(code: str, name: str) -> None:
    assert place_name(code) == name


@pytest.mark.parametrize(
    ("code", "name"), [("phi", "protected health information"), ("student_records", "student records")]
)
def test_class_of_data_is_named_and_one_of_a_bundle_by_its_id(code: str, name: str) -> None:
    assert data_class_name(code) == name
