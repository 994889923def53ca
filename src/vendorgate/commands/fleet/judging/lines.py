"""Results as JSON lines, one for each subject and policy.

In: subjects and what their cases come to. Out: bytes. The end of a line is the same for every subject of which a policy
says the same, and its beginning for every policy on a subject, so that a line is put together and not written.
"""

from __future__ import annotations

from typing import Final

import msgspec

from ..model import JudgedResult, JudgedSubject, Row

_encode: Final = msgspec.json.Encoder().encode


class _Beginning(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which subject a line is about."""

    manifest: str
    project: str
    usage: str
    route: str
    offering: str
    case: str
    repository: str | None = None
    line: int | None = None
    account: str | None = None
    vendor: str | None = None


class _End(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a policy comes to for it."""

    policy: str
    outcome: str
    severity: str
    blocks: bool
    waiver: str | None = None


class Fragments:
    """The ends of lines, each made once."""

    def __init__(self) -> None:
        self._made: dict[bytes, bytes] = {}

    def of(self, results: tuple[JudgedResult, ...]) -> tuple[bytes, ...]:
        """Of each result the end of its line."""
        return tuple(map(self._end, results))

    def _end(self, one: JudgedResult) -> bytes:
        end = _encode(_End(one.policy, one.outcome, one.severity, one.blocks, one.waiver))[1:] + b"\n"
        return self._made.setdefault(end, end)


def beginning(row: Row, project: str, subject: JudgedSubject) -> bytes:
    """The beginning of every line about a subject."""
    usage, route, offering, account, vendor, line, case = msgspec.structs.astuple(subject)
    told = _Beginning(row.path, project, usage, route, offering, case, row.repository, line, account, vendor)
    return _encode(told)[:-1] + b","
