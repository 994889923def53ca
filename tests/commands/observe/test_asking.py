"""Asking a vendor: patient, bounded, and nothing of a secret in anything that is said or kept."""

from __future__ import annotations

import pytest
from msgspec import UNSET, UnsetType

from tests.commands.observe.server import serving
from vendorgate.commands.observe.asking import Answer, Asking, CannotObserve

KEY = "sk-admin-0123456789"


class Settings(Answer, frozen=True):
    type: str | UnsetType | None = UNSET


class Item(Answer, frozen=True, rename="camel"):
    passing = ("item_id",)
    item_id: str | UnsetType | None = UNSET
    is_on: bool | UnsetType | None = UNSET


class Items(Answer, frozen=True):
    passing = ("next",)
    next: str | UnsetType | None = UNSET
    data: tuple[Item, ...] | UnsetType | None = UNSET


def test_answer_has_the_members_of_its_type_alone() -> None:
    with serving({"GET /v1/things/a%2Fb": {"type": "on"}}) as server:
        asking = Asking({"VENDORGATE_X_URL": server.url + "/v1"})
        api = asking.api("https://x.example", "VENDORGATE_X_URL", f"Bearer {KEY}")
        assert api.get("/things/{thing}", Settings, {"thing": "a/b"}) == Settings(type="on")
        asking.close()
    assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"
    assert asking.sources() == f"GET {server.url}/v1/things/{{thing}}"
    assert b"lanted" not in asking.transcript()


def test_ids_and_cursors_pass_and_are_not_kept() -> None:
    page = {"next": "cursor-9", "data": [{"itemId": "item-9", "isOn": False}, {"itemId": "item-8"}]}
    with serving({"GET /v1/items": page}) as server:
        asking = Asking({"VENDORGATE_X_URL": server.url + "/v1"})
        items = asking.api("https://x.example", "VENDORGATE_X_URL", f"Bearer {KEY}").get("/items", Items)
        asking.close()
    assert items == Items(next="cursor-9", data=(Item(item_id="item-9", is_on=False), Item(item_id="item-8")))
    assert asking.kept[0].body == {"data": [{"isOn": False}, {}]}
    assert b"cursor-9" not in asking.transcript()
    assert b"item-" not in asking.transcript()


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_value_that_would_make_another_path_is_not_asked_for(value: str) -> None:
    with serving({}) as server:
        asking = Asking({"VENDORGATE_X_URL": server.url})
        api = asking.api("https://x.example", "VENDORGATE_X_URL", f"Bearer {KEY}")
        with pytest.raises(CannotObserve, match="without a name"):
            api.get("/things/{thing}/settings", Settings, {"thing": value})
    assert server.asked == []
