"""What observing comes to, in every format, of accounts that bring whatever a text can bring."""

from __future__ import annotations

import datetime
from typing import Any, Final

import msgspec

from tests.golden.reviewed import HOSTILE, HOSTILE_NAME
from vendorgate.commands.observe.difference import differences
from vendorgate.commands.observe.formats import FORMATS
from vendorgate.commands.observe.outcome import AccountOutcome, FieldChange, Observing
from vendorgate.model.manifest import RouteName
from vendorgate.model.observation import ObservationFile
from vendorgate.terminal.style import PLAIN

_DAY: Final = datetime.date(2026, 11, 23)
_FILE: Final = "policies/observations/openai-api-eu.yaml"


def observed(format: str) -> str:
    """The report on accounts of every kind."""
    found = Observing("policies", _DAY, (*_read(), *_unread()), signed_off=True)
    return str(FORMATS[format](found, PLAIN))


def _read() -> tuple[AccountOutcome, ...]:
    before = _observation(16, settings={"store": False, HOSTILE: "x", "kept": 30}, region="eu", tier="enterprise")
    scope = {"scope": {"models": {"only": ["gpt-5.2", HOSTILE]}}, "settings": {"store": True}}
    after = _observation(
        23,
        settings={"store": False, "kept": 30, "name": HOSTILE},
        region="us",
        scope={"cloud_regions": {"only": ["us-east-1"]}},
        scoped_settings=[scope],
        unreadable=["data_sharing"],
        source="GET /v1/organization/projects/{project}",
        sha256="0" * 64,
    )
    worse = {"region": ("policy `stays-in-europe`", "`data_residency` of `openai-api`")}
    changes = [
        msgspec.structs.replace(one, worse=(*one.worse, *worse.get(one.name.path, ())))
        for one in differences(before, after, {HOSTILE: f"the vendor answers with status 500 {HOSTILE}"})
    ]
    unreadable = {"data_sharing": "these credentials may not ask for it (403)", HOSTILE: ""}
    beside = ("the project keeps data in its region, and nothing says that it processes there", HOSTILE)
    return (
        _account("eu", "changed", before, after, written=True, changes=changes, unreadable=unreadable, beside=beside),
        _account("new", "new", None, _observation(23, features=["a", HOSTILE_NAME]), written=True),
        _account("as-before", "renewed", before, msgspec.structs.replace(before, observed=_DAY), written=True),
        _account("same", "same", after, after),
        _account("full", "new", None, after, trouble="cannot be written: no space left on device", help="make room"),
    )


def _unread() -> tuple[AccountOutcome, ...]:
    gone = "answers to GET /v1/organization that it does not know these credentials (status 401)"
    help = "look whether they have expired, and whether they are of the right kind"
    before = _observation(16, settings={"store": False})
    nobody = f"nobody reads the accounts of it: {HOSTILE}"
    return (
        _account("us", "failed", before, None, trouble=gone, help=help),
        AccountOutcome(RouteName("mistral-la-plateforme"), "", "left", trouble=nobody, help=f"attest it {HOSTILE}"),
    )


def _observation(day: int, **said: Any) -> ObservationFile:
    known = {"version": 1, "offering": "openai-api", "observed": _DAY.replace(day=day)}
    return msgspec.convert({**known, **said}, ObservationFile)


def _account(
    name: str, state: Any, before: ObservationFile | None, after: ObservationFile | None, **more: Any
) -> AccountOutcome:
    changes: Any = more.pop("changes", () if after is None else differences(before, after, {}))
    file = _FILE.replace("eu", name)
    held: tuple[FieldChange, ...] = tuple(changes)
    return AccountOutcome(
        RouteName("openai-api", name), "OpenAI", state, file, before=before, after=after, changes=held, **more
    )
