"""Asking a vendor: patient, bounded, and nothing of a secret in anything that is said or kept."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from tests.commands.observe.server import serving
from vendorgate.commands.observe.asking import Answer, Asking

KEY = "sk-admin-0123456789"


class Settings(Answer, frozen=True):
    type: str | UnsetType | None = UNSET


def test_answer_has_the_members_of_its_type_alone() -> None:
    with serving({"GET /v1/things/a%2Fb": {"type": "on"}}) as server:
        asking = Asking({"VENDORGATE_X_URL": server.url + "/v1"})
        api = asking.api("https://x.example", "VENDORGATE_X_URL", f"Bearer {KEY}")
        assert api.get("/things/{thing}", Settings, {"thing": "a/b"}) == Settings(type="on")
        asking.close()
    assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"
    assert asking.sources() == f"GET {server.url}/v1/things/{{thing}}"
    assert b"lanted" not in asking.transcript()
