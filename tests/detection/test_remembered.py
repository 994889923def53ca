"""What is worked out of a catalogue is worked out once for it, and for another anew."""

from __future__ import annotations

import msgspec

from tests.detection.known import shipped_catalogue
from vendorgate.detection.catalogue.catalogue import Catalogue
from vendorgate.detection.catalogue.remembered import remembered

CATALOGUE = shipped_catalogue()


def test_each_catalogue_is_looked_at_once_while_it_is_one_of_the_last_two() -> None:
    asked: list[Catalogue] = []

    @remembered
    def count(catalogue: Catalogue) -> int:
        asked.append(catalogue)
        return len(catalogue.packages)

    same = msgspec.structs.replace(CATALOGUE)
    none = msgspec.structs.replace(CATALOGUE, packages={})
    assert [count(one) for one in (CATALOGUE, CATALOGUE, none, CATALOGUE, none)] == [
        *(len(CATALOGUE.packages), len(CATALOGUE.packages), 0, len(CATALOGUE.packages), 0)
    ]
    assert len(asked) == 2
    assert count(same) == count(CATALOGUE) == len(CATALOGUE.packages)
    assert [id(one) for one in asked] == [id(one) for one in (CATALOGUE, none, same, CATALOGUE)]
