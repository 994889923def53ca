"""The nouns of what observing comes to: what differs of an account, what becomes of its file.

In: nothing. Out: frozen nouns. Refuses to know how they are told.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final, Literal, Union

import msgspec

from ...model.manifest import RouteName, SettingValue
from ...model.observation import ObservationFile

Value = Union[SettingValue, tuple[str, ...]]
"""Of a setting or a field; features are several names."""
ChangeKind = Literal["new", "changed", "gone", "kept"]
State = Literal["new", "changed", "renewed", "same", "failed", "left"]
"""Of an account: nothing stood there; values differ; the same values with a newer day; the same to the last byte; it
could not be read; nobody reads it."""
WOULD_WRITE: Final[tuple[State, ...]] = ("new", "changed", "renewed")
Wanted = Literal["write", "ask", "look"]
"""What somebody wants to come of it; `ask`: it is asked at a terminal, and elsewhere nothing is written."""


class FieldName(msgspec.Struct, frozen=True, order=True):
    """What a value is of."""

    path: str
    """As rules read it, without `usage.`: `settings.zero_data_retention`, `region`; or for which usages settings count:
    `scope.cloud_regions`, `scope.models`."""
    of: str = ""
    """For which model or endpoint alone, as `model gpt-5`; empty: for all."""

    def __str__(self) -> str:
        return f"{self.path} of {self.of}" if self.of else self.path


class FieldChange(msgspec.Struct, frozen=True):
    """What becomes of one value."""

    name: FieldName
    kind: ChangeKind
    before: Union[Value, None]
    """None: it was not told."""
    after: Union[Value, None]
    """None: it is not told."""
    why: Union[str, None] = None
    """Why it is not told."""
    worse: tuple[str, ...] = ()
    """What holds no longer because of it, in words; that it is not told any more is worse by itself."""

    @property
    def is_worse(self) -> bool:
        return self.kind == "gone" or bool(self.worse)


class AccountOutcome(msgspec.Struct, frozen=True):
    """What becomes of one account."""

    name: RouteName
    vendor: str
    """As people call it; empty where nobody reads it."""
    state: State
    file: Union[str, None] = None
    """The file that it stands in, or would, as it is shown."""
    written: bool = False
    """Whether the file says now what is told here."""
    before: Union[ObservationFile, None] = None
    """None: nothing stood there."""
    after: Union[ObservationFile, None] = None
    """None: nothing new is known."""
    changes: tuple[FieldChange, ...] = ()
    """By name."""
    unreadable: Mapping[str, str] = {}
    """What was asked for and is not told, and was not told before: why, where that is known."""
    beside: tuple[str, ...] = ()
    """What else is worth knowing, in sentences."""
    trouble: Union[str, None] = None
    """Why it was not read, or not written."""
    help: Union[str, None] = None
    """What to do about that."""

    @property
    def is_worse(self) -> bool:
        return any(one.is_worse for one in self.changes)

    @property
    def is_undone(self) -> bool:
        """Whether something that was meant did not come to be."""
        return self.trouble is not None and self.state != "left"


class Observing(msgspec.Struct, frozen=True):
    """What observing comes to."""

    bundle: str
    """The folder, as it is shown."""
    day: datetime.date
    accounts: tuple[AccountOutcome, ...]
    """In the order in which they are listed."""
    attesting: bool = False
    """Whether a person says it, and no vendor."""
    signed_off: bool = False
    """Whether a sign-off held of the files as they were."""

    @property
    def undone(self) -> tuple[AccountOutcome, ...]:
        return tuple(one for one in self.accounts if one.is_undone)

    @property
    def is_worse(self) -> bool:
        return any(one.is_worse for one in self.accounts)

    @property
    def to_write(self) -> tuple[AccountOutcome, ...]:
        """Those whose file would say something else, and does not yet."""
        return tuple(one for one in self.accounts if one.state in WOULD_WRITE and not one.written and not one.is_undone)

    @property
    def ends_signoff(self) -> bool:
        """Whether a sign-off that held no longer does."""
        return self.signed_off and any(one.written for one in self.accounts)
