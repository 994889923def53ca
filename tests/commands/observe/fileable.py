"""Whatever a reader proves can be filed, and the gate reads it as what it is."""

from __future__ import annotations

from functools import cache

import msgspec

from vendorgate.commands.observe.choosing import Chosen
from vendorgate.commands.observe.difference import told_names
from vendorgate.commands.observe.filing import filing
from vendorgate.commands.observe.model import Reader, Reading
from vendorgate.commands.observe.reading import read_account
from vendorgate.errors import Problem
from vendorgate.frame.defaults import today
from vendorgate.gate import Gate
from vendorgate.load.files import folder, shipped
from vendorgate.load.observations import observations
from vendorgate.model.observation import AccountEntry, ObservationFile
from vendorgate.source import Source


def filed(reader: Reader, entry: AccountEntry, reading: Reading) -> ObservationFile:
    """The observation that a reading becomes, held to be one that the gate takes, with the registry that ships."""
    proved = msgspec.structs.replace(reader, read=lambda entry, asking: reading, credentials=())
    found = read_account(Chosen(entry, proved), {}, today()).found
    assert found is not None
    made = filing(folder("nowhere"), "observations/x.yaml", found, _check, is_there=False)
    assert made.text.startswith("version: 1\n")
    can = set(reader.tells if reader.tells_of is None else reader.tells_of(entry))
    assert told_names(found).isdisjoint(found.unreadable)
    assert told_names(found) | set(found.unreadable) == can
    return found


def _check(found: ObservationFile, source: Source, problems: list[Problem]) -> None:
    gate = _gate()
    observations([(found, source)], gate.words, gate.lexicon, problems)


@cache
def _gate() -> Gate:
    return Gate(shipped("policies"), shipped("registry-snapshot"))
