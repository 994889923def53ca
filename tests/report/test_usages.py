"""The inventory in the JSON report: what was judged, as it was declared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.world import judge
from vendorgate.report.json import render


def listed(folder: Path, usage: dict[str, Any], **world: Any) -> Any:
    evaluation = judge(folder, {"dimensions": {}}, {"require": [True]}, usage, **world)
    return json.loads(render(evaluation))["usages"]


def test_what_is_not_declared_is_null_and_defaults_are_what_they_stand_for(tmp_path: Path) -> None:
    (found,) = listed(tmp_path, {"data": ["phi"]})
    path = found.pop("manifest")
    assert path.endswith("/vendorgate.yaml")
    nothing = {"account": None, "vendor": None, "endpoints": None, "models": None}
    assert found == {
        "project": "p",
        "owner": None,
        "usage": "u",
        "purpose": None,
        "data": ["phi"],
        "subjects": None,
        "region": None,
        "environment": "production",
        "attributes": {},
        "routes": [{"route": "primary", "offering": "alpha", **nothing, "settings": []}],
    }


def test_every_route_is_listed_with_what_it_declares_itself(tmp_path: Path) -> None:
    usage = {
        "purpose": "Answer letters",
        "data": ["phi", "pii"],
        "subjects": ["de", "us"],
        "region": "uk",
        "environment": "staging",
        "account": "eu-prod",
        "endpoints": ["chat"],
        "models": ["m-1", "m-2"],
        "attributes": {"dpia": "D-1", "rate.limit": 3},
        "fallbacks": ["elsewhere"],
        "via": {"offering": "alpha", "models": ["m-3"]},
        "recipients": [{"offering": "unlisted", "vendor": "Who Ever"}],
    }
    (found,) = listed(tmp_path, usage, owner="o@a.example")
    assert [found[key] for key in ("owner", "purpose", "region", "environment")] == [
        "o@a.example",
        "Answer letters",
        "gb",
        "staging",
    ]
    assert (found["subjects"], found["attributes"]) == (["de", "us"], {"dpia": "D-1", "rate.limit": 3})
    settings = [
        [(one["what"], one["status"], one["value"]) for one in route.pop("settings")] for route in found["routes"]
    ]
    assert settings == [[("region", "claimed", "gb")]] * 4
    assert [tuple(route.values()) for route in found["routes"]] == [
        ("primary", "alpha", "eu-prod", None, ["chat"], ["m-1", "m-2"]),
        ("fallback", "elsewhere", None, None, None, None),
        ("gateway", "alpha", None, None, None, ["m-3"]),
        ("recipient", "unlisted", None, "Who Ever", None, None),
    ]
