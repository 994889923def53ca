"""What the vendors tell of accounts, as it is filed.

In: accounts with their readers, the environment, the day. Out: an observation of each, or why there is none: one that
cannot be read keeps no other from it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec
from msgspec import UNSET, UnsetType

from ...load.files import sha256
from ...logic.wording import few
from ...model.manifest import Settings
from ...model.observation import NamesScope, ObservationFile, ScopedSettings, SettingsScope
from ...model.registry import NamesReached
from .asking import PAUSES, Asking, CannotObserve
from .choosing import Chosen, attest_help, unread_words
from .difference import told_names
from .model import Reader, Reading, ScopedValue

_NAMED: Final = 4
"""Sets of variables that a message names."""


class ReadAccount(msgspec.Struct, frozen=True):
    """What was found out of an account."""

    chosen: Chosen
    found: ObservationFile | None = None
    """None: nothing; what is known of it stays."""
    why: Mapping[str, str] = {}
    """By setting or field: why it is not told."""
    beside: tuple[str, ...] = ()
    transcript: bytes | None = None
    """The answers, as they are kept and hashed."""
    trouble: str | None = None
    help: str | None = None


def read_account(one: Chosen, environment: Mapping[str, str], day: datetime.date) -> ReadAccount:
    """Ask the vendor of an account."""
    if one.reader is None:
        help = attest_help(one.entry.offering, (one.entry.name,))
        return ReadAccount(one, trouble=unread_words(one.entry.offering), help=help)
    missing = missing_credentials(one.reader, environment)
    if missing is not None:
        return ReadAccount(one, trouble=missing, help=_least(one.reader))
    asking = Asking(environment, pauses=PAUSES)
    try:
        reading = one.reader.read(one.entry, asking)
    except CannotObserve as error:
        return ReadAccount(one, trouble=error.words, help=error.help)
    finally:
        asking.close()
    transcript = asking.transcript()
    found = _observation(one, one.reader, reading, asking.sources(), day)
    found = msgspec.structs.replace(found, sha256=sha256(transcript))
    return ReadAccount(one, found, reading.why, reading.beside, transcript)


def missing_credentials(reader: Reader, environment: Mapping[str, str]) -> str | None:
    """What the environment lacks, where no way to ask is whole: then nobody is asked."""
    sets = reader.credentials
    if not sets or any(all(environment.get(name, "").strip() for name in names) for names in sets):
        return None
    told = few([" and ".join(names) for names in sets], _NAMED)
    return f"the environment has no credentials for {reader.vendor}: {told.replace(', ', ', or ')}"


def _least(reader: Reader) -> str:
    many = len(reader.credentials) > 1 or any(len(names) > 1 for names in reader.credentials)
    what = "set one of these; the least that is needed" if many else "set it; the least that is needed"
    return f"{what}: {reader.privilege}"


def _observation(one: Chosen, reader: Reader, reading: Reading, source: str, day: datetime.date) -> ObservationFile:
    found = ObservationFile(
        version=1,
        offering=one.entry.offering,
        account=one.entry.name,
        observed=day,
        source=source or UNSET,
        settings=dict(sorted(reading.settings.items())),
        scope=_scope(reading),
        scoped_settings=tuple(_scoped(reading.scoped)),
        region=reading.region,
        cloud_region=reading.cloud_region,
    )
    can = reader.tells if reader.tells_of is None else reader.tells_of(one.entry)
    return msgspec.structs.replace(found, unreadable=tuple(sorted({*can} - told_names(found))))


def _scope(reading: Reading) -> SettingsScope | UnsetType:
    """For which usages the settings were read, where that is not for all."""
    if not reading.cloud_regions and not reading.models:
        return UNSET
    regions, models = (NamesReached(names) if names else None for names in (reading.cloud_regions, reading.models))
    return SettingsScope(regions, models)


def _scoped(values: Sequence[ScopedValue]) -> Iterator[ScopedSettings]:
    """Values for the same names in one entry, in the order in which they were read."""
    by_names: dict[tuple[str, tuple[str, ...]], Settings] = {}
    for one in values:
        by_names.setdefault((one.axis, one.names), {})[one.setting] = one.value
    for (axis, names), settings in by_names.items():
        yield ScopedSettings(NamesScope(**{axis: NamesReached(names)}), dict(sorted(settings.items())))
