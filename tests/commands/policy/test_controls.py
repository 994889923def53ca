"""`vendorgate policy controls`: what policies say that they serve, what is not in force, and what nobody addresses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import ROOT
from tests.commands.policy.bundles import policies, policy, run, write
from vendorgate.model.frameworks.table import FRAMEWORKS

HIPAA, OWN = {"framework": "hipaa", "id": "164.504(e)"}, {"framework": "acme", "id": "POL-7"}


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return write(
        tmp_path,
        {
            "bundle.yaml": {
                "optional_packs": ["extra"],
                "overrides": [{"policy": "switched", "off": True, "reason": "covered by POL-7"}],
            },
            "own/p.yaml": policies(policy("one", controls=[HIPAA, OWN, OWN]), policy("none")),
            "own/off.yaml": policies(policy("switched", controls=[{"framework": "hipaa", "id": "164.410"}])),
            "extra/p.yaml": policies(policy("two", controls=[HIPAA, {"framework": "soc2", "id": "CC9.2"}])),
        },
    )


def told(folder: Path, *more: str) -> dict[str, Any]:
    ended = run("controls", ".", "--format", "json", *more, folder=folder)
    assert ended.code == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def states(found: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {
        one["id"]: {it["id"]: it["state"] for it in one["controls"] if it["state"] != "not_addressed"}
        for one in found["frameworks"]
    }


def test_control_is_addressed_by_what_is_in_force_alone(bundle: Path) -> None:
    found = told(bundle)
    assert states(found) == {
        "hipaa": {"164.410": "not_in_force", "164.504(e)": "addressed"},
        "soc2": {"CC9.2": "not_in_force"},
        "acme": {"POL-7": "addressed"},
    }
    assert [one["id"] for one in found["without_controls"]] == ["none"]
    assert found["summary"] == {"addressed": 2, "not_in_force": 2, "not_addressed": 31}


def test_every_control_that_a_framework_lists_is_there_in_its_order(bundle: Path) -> None:
    (hipaa,) = told(bundle, "--framework", "hipaa")["frameworks"]
    assert [(one["id"], one["title"]) for one in hipaa["controls"]] == [*FRAMEWORKS["hipaa"].controls.items()]


def test_policy_that_names_a_control_twice_serves_it_once(bundle: Path) -> None:
    (acme,) = told(bundle, "--framework", "acme")["frameworks"]
    assert [[one["id"] for one in it["policies"]] for it in acme["controls"]] == [["one"]]
    assert (acme["name"], acme["controls"][0]["title"]) == (None, None)


def test_framework_that_no_policy_names_is_shown_where_somebody_asks(bundle: Path) -> None:
    (gdpr,) = told(bundle, "--framework", "gdpr")["frameworks"]
    assert {one["state"] for one in gdpr["controls"]} == {"not_addressed"}


def test_framework_that_nobody_knows_is_refused_with_the_nearest(bundle: Path) -> None:
    ended = run("controls", ".", "--framework", "hippa", "--framework", "acne", folder=bundle)
    assert (ended.code, ended.stdout) == (2, "")
    assert "did you mean `hipaa`?" in ended.stderr
    assert "did you mean `acme`?" in ended.stderr


def test_all_formats_say_the_same(bundle: Path) -> None:
    found = told(bundle)
    rows = [*csv.DictReader(io.StringIO(run("controls", ".", "--format", "csv", folder=bundle).stdout))]
    expected = [
        (one["id"], it["id"], it["state"], policy)
        for one in found["frameworks"]
        for it in one["controls"]
        for policy in [served["id"] for served in it["policies"]] or [""]
    ]
    assert [(one["framework"], one["control"], one["state"], one["policy"]) for one in rows] == [
        *expected,
        ("", "", "no_control_named", "none"),
    ]
    for format in ("text", "markdown"):
        shown = run("controls", ".", "--format", format, folder=bundle).stdout
        assert f"{sum(found['summary'].values())} controls of 3 frameworks" in shown
        assert "2 addressed, 2 not in force, 31 not addressed" in shown
        assert "off, and judges nobody: covered by POL-7" in shown


def test_bundle_without_controls_says_so(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": policies(policy("none"))})
    ended = run("controls", ".", folder=tmp_path)
    assert ended.stdout == "no control named\n  none\n\nno policy names a control\n"


def test_handbook_ends_with_the_same_by_control(bundle: Path) -> None:
    text = run("docs", ".", folder=bundle).stdout.partition("## By control\n")[2]
    assert "- **164.504(e)** Organizational requirements" in text
    assert "[one](#one)" in text
    assert "[two](#two) (not in force)" in text
    assert "- Not addressed by any policy here: 164.308(b)," in text
    assert "### acme\n\n- **POL-7**: [one](#one)" in text


def test_what_ships_names_frameworks_that_ship() -> None:
    found = json.loads(run("controls", "policies", "--format", "json", folder=ROOT).stdout)
    assert {one["id"] for one in found["frameworks"]} == set(FRAMEWORKS)
