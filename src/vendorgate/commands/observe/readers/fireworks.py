"""What an account at Fireworks enforces for all that it sends: zero retention, and the United States.

In: the account's id, from `accounts.yaml`; its policy settings. Out: what they leave no request a choice of. Refuses to
know deployments: whether code uses one, its own names of models say.

What is not enforced, each request decides, so that nothing is told of it: neither that responses are stored nor that
they are not. A policy that was never saved is answered with 404, as documented.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import UNSET, UnsetType

from ....model.manifest import SettingValue
from ....model.observation import AccountEntry
from ..asking import Answer, Asking, Refused
from ..model import Reader, Reading
from .ids import id_of

_HOME: Final = "https://api.fireworks.ai"
_KEY: Final = "FIREWORKS_API_KEY"
_ACCOUNT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,127}")
_TELLS: Final = ("store", "data_residency", "region")
_NO_POLICY: Final = "the account has saved no policy, or there is no such account (404)"
_ONLY_US: Final = "US"
"""The one place that the vendor accepts today; of the others it documents no effect."""


class _Scope(Answer, frozen=True):
    enforcement: str | UnsetType | None = UNSET


class _ZeroDataRetention(Answer, frozen=True, rename="camel"):
    default_enforced: bool | UnsetType | None = UNSET
    inference: _Scope | UnsetType | None = UNSET


class _PolicySettings(Answer, frozen=True, rename="camel"):
    zero_data_retention: _ZeroDataRetention | UnsetType | None = UNSET
    residency: str | UnsetType | None = UNSET


def _read(entry: AccountEntry, asking: Asking) -> Reading:
    account = id_of(entry, "account", _ACCOUNT, "the id of the account (`northwind`), without `accounts/`")
    key = asking.required(_KEY, "make a key of a member of the account, and set it")
    api = asking.api(_HOME, "VENDORGATE_FIREWORKS_URL", f"Bearer {key}")
    answer = api.get("/v1/accounts/{account}/policySettings", _PolicySettings, {"account": account})
    if isinstance(answer, Refused):
        return Reading(why=dict.fromkeys(_TELLS, _NO_POLICY if answer.status == 404 else answer.why))
    settings: dict[str, SettingValue] = {}
    why_not: dict[str, str] = {}
    if _enforced(answer.zero_data_retention):
        settings["store"] = False
    else:
        why_not["store"] = "zero retention is not enforced for inference, so each request decides"
    if answer.residency == _ONLY_US:
        settings["data_residency"] = "us"
        return Reading(settings, region="us", why=why_not)
    no_place = "the account enforces no place" if answer.residency is UNSET else "the answer names no known place"
    return Reading(settings, why={**why_not, "data_residency": no_place, "region": no_place})


def _enforced(policy: _ZeroDataRetention | UnsetType | None) -> bool:
    if not isinstance(policy, _ZeroDataRetention):
        return False
    if policy.inference is UNSET:  # a scope that is left out follows the default, as documented
        return policy.default_enforced is True
    return isinstance(policy.inference, _Scope) and policy.inference.enforcement == "ENFORCED"


READER: Final = Reader(
    vendor="Fireworks",
    offerings=("fireworks-api",),
    tells=_TELLS,
    credentials=((_KEY,),),
    needs=("account",),
    takes=(),
    privilege="an API key of any member of the account",
    read=_read,
)
