"""Whether a project that the Gemini API is used from is billed, which decides whose data it is.

In: the project, from `accounts.yaml`; what Cloud Billing answers. Out: `billing`. Refuses to know to which account it
is billed, and whose keys are used.

No answer says to which project an API key belongs. What joins a usage to the project is its `account`: the manifest
names it, and the bundle says which project that is. A usage without `account` names nothing, and anybody can make a key
in a project of their own that is not billed; so for such usages only false is told.
"""

from __future__ import annotations

from typing import Final

from msgspec import UNSET, UnsetType

from ....model.observation import AccountEntry
from ..asking import Answer, Asking, CannotObserve, Refused
from ..model import Reader, Reading
from .google import CREDENTIALS, PROJECT, google_api
from .ids import id_of

_HOME: Final = "https://cloudbilling.googleapis.com"
_SCOPE: Final = "https://www.googleapis.com/auth/cloud-billing.readonly"
_PROJECT: Final = "the id of the project (`clinic-prod`)"
_NO_NAME: Final = (
    "the project is billed, but accounts.yaml has no `name` for it, and a usage that names no account may use another"
)


class _Billing(Answer, frozen=True, rename="camel"):
    passing = ("project_id",)
    project_id: str | UnsetType | None = UNSET
    billing_enabled: bool | UnsetType | None = UNSET


def _read(entry: AccountEntry, asking: Asking) -> Reading:
    project = id_of(entry, "project", PROJECT, _PROJECT)
    api = google_api(asking, _HOME, "VENDORGATE_GOOGLE_BILLING_URL", _SCOPE)
    answer = api.get("/v1/projects/{project}/billingInfo", _Billing, {"project": project})
    if isinstance(answer, Refused):
        if answer.status == 404:
            raise CannotObserve("answers that there is no such project (404)", f"look at `project`: {_PROJECT}")
        return Reading(why={"billing": answer.why})
    if answer.project_id != project:  # also where the answer has none: an empty one says nothing
        return Reading(why={"billing": "the answer names another project or none; accounts.yaml needs its id"})
    if answer.billing_enabled is True:
        return Reading(why={"billing": _NO_NAME}) if entry.name is None else Reading({"billing": True})
    # Google leaves out what is false (JSON of Protocol Buffers, version 3).
    if answer.billing_enabled is False or answer.billing_enabled is UNSET:
        return Reading({"billing": False})
    return Reading(why={"billing": "the answer says null"})


READER: Final = Reader(
    vendor="Google (Gemini API)",
    offerings=("gemini-api",),
    tells=("billing",),
    credentials=CREDENTIALS,
    needs=("project",),
    takes=(),
    privilege="resourcemanager.projects.get on the project",
    read=_read,
)
