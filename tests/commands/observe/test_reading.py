"""What a reader proves becomes an observation that says all of it and nothing more."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import UNSET

from tests.commands.observe.bundles import bundle
from vendorgate.commands.observe.asking import Asking, CannotObserve
from vendorgate.commands.observe.choosing import Chosen
from vendorgate.commands.observe.filing import filing
from vendorgate.commands.observe.model import Reader, Reading, ScopedValue
from vendorgate.commands.observe.reading import ReadAccount, read_account
from vendorgate.errors import Problem
from vendorgate.frame.defaults import today
from vendorgate.gate import Gate
from vendorgate.load.files import folder as folder_of
from vendorgate.load.files import shipped
from vendorgate.load.observations import observations
from vendorgate.model.observation import AccountEntry, ObservationFile
from vendorgate.source import Source

ENTRY = AccountEntry(offering="claude-bedrock", name="main", region="us-east-1")


def read(reading: Reading | CannotObserve, environment: Mapping[str, str] | None = None, **more: Any) -> ReadAccount:
    """What an account comes to whose reader proves something."""

    def proved(entry: AccountEntry, asking: Asking) -> Reading:
        if isinstance(reading, CannotObserve):
            raise reading
        return reading

    known: dict[str, Any] = {
        "vendor": "Somebody",
        "offerings": ("claude-bedrock",),
        "tells": ("a", "b", "region"),
        "credentials": (("KEY",), ("ROLE", "TOKEN")),
        "needs": (),
        "takes": (),
        "privilege": "a key that may read",
        "read": proved,
    }
    reader = Reader(**{**known, **more})
    return read_account(Chosen(ENTRY, reader), {"KEY": "k"} if environment is None else environment, today())


def observed(reading: Reading, **more: Any) -> ObservationFile:
    found = read(reading, **more).found
    assert found is not None
    return found


def test_all_that_is_proved_is_said_and_the_rest_is_unreadable() -> None:
    found = read(Reading({"a": True}, region="us", why={"b": "because"}))
    assert found.found == ObservationFile(
        version=1,
        offering="claude-bedrock",
        account="main",
        observed=today(),
        settings={"a": True},
        region="us",
        unreadable=("b",),
        sha256=hashlib.sha256(b"[]\n").hexdigest(),
    )
    assert found.why == {"b": "because"}


def test_what_was_read_for_some_usages_alone_counts_for_no_other() -> None:
    found = observed(Reading({"a": True}, cloud_regions=("us-east-1",)))
    assert msgspec.to_builtins(found.scope) == {"cloud_regions": {"only": ("us-east-1",)}, "models": None}
    found = observed(Reading({"a": True}, models=("claude-*", "nova")))
    assert msgspec.to_builtins(found.scope) == {"cloud_regions": None, "models": {"only": ("claude-*", "nova")}}
    assert observed(Reading({"a": True})).scope is UNSET


def test_values_for_the_same_names_stand_together_in_the_order_in_which_they_were_read() -> None:
    values = (
        ScopedValue("models", ("x",), "b", 1),
        ScopedValue("endpoints", ("x",), "a", 2),
        ScopedValue("models", ("x",), "a", 3),
        ScopedValue("models", ("y", "x"), "a", 4),
    )
    found = observed(Reading(scoped=values))
    assert [msgspec.to_builtins(one) for one in found.scoped_settings] == [
        {"scope": {"models": {"only": ("x",)}, "endpoints": None}, "settings": {"a": 3, "b": 1}},
        {"scope": {"endpoints": {"only": ("x",)}, "models": None}, "settings": {"a": 2}},
        {"scope": {"models": {"only": ("y", "x")}, "endpoints": None}, "settings": {"a": 4}},
    ]
    assert found.unreadable == ("region",), "what is told of some names is told"


def test_what_an_offering_has_not_is_not_unreadable_of_it() -> None:
    assert observed(Reading({"a": True}), tells_of=lambda entry: ("a",)).unreadable == ()


@pytest.mark.parametrize("environment", [{}, {"KEY": " "}, {"ROLE": "r"}, {"TOKEN": "t"}, {"ROLE": "r", "TOKEN": ""}])
def test_credentials_that_are_not_whole_are_none(environment: dict[str, str]) -> None:
    found = read(Reading({"a": True}), environment)
    assert found.found is None
    assert found.trouble == "the environment has no credentials for Somebody: KEY, or ROLE and TOKEN"
    assert found.help == "set one of these; the least that is needed: a key that may read"


def test_one_set_of_credentials_is_enough() -> None:
    assert read(Reading({"a": True}), {"ROLE": "r", "TOKEN": "t"}).found is not None
    assert read(Reading({"a": True}), {}, credentials=()).found is not None


def test_account_of_which_nothing_can_be_said_has_no_observation() -> None:
    found = read(CannotObserve("has gone", "take it out"))
    assert (found.found, found.trouble, found.help) == (None, "has gone", "take it out")


READINGS = {
    "everything": Reading(
        {"a": True, "yes": "no", "n": 0.5},
        scoped=(ScopedValue("models", ("claude-*",), "c", "x"), ScopedValue("endpoints", ("*",), "c", False)),
        cloud_regions=("us-east-1",),
        models=("claude-*",),
        region="us",
        cloud_region="us-east-1",
    ),
    "nothing": Reading(),
    "hostile": Reading({"\x1b[31m\u202e: # |": "- &a *b\n...", "a": "null"}, cloud_region="\ttrue "),
}


@pytest.mark.parametrize("name", READINGS)
def test_file_is_read_by_the_gate_as_what_was_found(name: str, tmp_path: Path) -> None:
    found = observed(READINGS[name])
    folder = bundle(tmp_path) / "policies"
    gate = Gate(folder, shipped("registry-snapshot"))

    def check(read: ObservationFile, source: Source, problems: list[Problem]) -> None:
        observations([(read, source)], gate.words, gate.lexicon, problems)

    made = filing(folder_of(folder), "observations/x.yaml", found, check, is_there=False)
    made.write()
    (read_again,) = Gate(folder, shipped("registry-snapshot")).bundle.observations[("claude-bedrock", "main")]
    assert read_again.written == found
    again = filing(folder_of(folder), "observations/x.yaml", found, check, is_there=True)
    assert again.text.encode() == made.text.encode() == again.before
