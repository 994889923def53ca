"""Who else gets the prompts: each recipient is a subject, with an account of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.world import Part, judge
from vendorgate.model.evaluation import Evaluation

NOTHING: Part = {"dimensions": {}}
COVERED: Part = {"dimensions": {"gdpr_dpa": {"value": "yes_public", "confidence": "high", "verified": "2026-11-01"}}}
USAGE: Part = {
    "data": ["pii"],
    "region": "eu",
    "lifecycle": "preview",
    "tier": "enterprise",
    "settings": {"logging": False},
    "agreements": ["dpa"],
    "fallbacks": ["beta"],
    "via": "gamma",
    "recipients": ["trace", {"offering": "unlisted", "vendor": "Judge of Prompts", "region": "uk"}],
}


def judged(folder: Path, rule: Part, usage: Part | None = None) -> Evaluation:
    others = {**dict.fromkeys(("beta", "gamma"), NOTHING), "trace": {**NOTHING, "category": "recipient"}}
    return judge(folder, COVERED, {"require": [rule]}, {**USAGE, **(usage or {})}, others=others)


def test_each_recipient_is_judged_after_the_gateway(tmp_path: Path) -> None:
    found = judged(tmp_path, {"covered": "gdpr_dpa"}).results
    assert [(one.subject.route, str(one.subject.name), one.outcome) for one in found] == [
        ("primary", "alpha", "pass"),
        ("fallback", "beta", "unknown"),
        ("gateway", "gamma", "unknown"),
        ("recipient", "trace", "unknown"),
        ("recipient", "unlisted (Judge of Prompts)", "unknown"),
    ]


@pytest.mark.parametrize(
    ("rule", "outcomes"),
    [
        ({"in": ["pii", {"var": "usage.data"}]}, "pp"),
        ({"==": [{"var": "usage.region"}, "eu"]}, "pf"),
        ({"==": [{"var": "usage.region"}, "gb"]}, "fp"),
        ({"==": [{"var": "usage.lifecycle"}, "preview"]}, "pp"),
        ({"==": [{"var": "usage.tier"}, "self_serve"]}, "pp"),
        ({"known": "usage.settings.logging"}, "ff"),
        ({"agreement": "dpa"}, "ff"),
        ({"==": [{"var": "usage.route"}, "recipient"]}, "pp"),
        ({"==": [{"var": "primary.offering"}, "alpha"]}, "pp"),
        ({"==": [{"var": "usage.via"}, None]}, "pp"),
        ({"==": [{"reduce": [{"var": "usage.recipients"}, {"+": [{"var": "accumulator"}, 1]}, 0]}, 0]}, "pp"),
        ({"!": [{"in": ["trace", {"var": "usage.recipients"}]}]}, "pp"),
        ({"==": [{"var": "offering.category"}, "recipient"]}, "pf"),
    ],
    ids=str,
)
def test_recipient_has_its_own_account(rule: Part, outcomes: str, tmp_path: Path) -> None:
    found = [one for one in judged(tmp_path, rule).results if one.subject.route == "recipient"]
    assert "".join(one.outcome[0] for one in found) == outcomes


def test_usage_reads_its_recipients_on_its_own_route_alone(tmp_path: Path) -> None:
    both = {"and": [{"in": [id, {"var": "usage.recipients"}]} for id in ("trace", "unlisted")]}
    assert "".join(one.outcome[0] for one in judged(tmp_path, both).results) == "pffff"


def test_recipients_left_out_are_none(tmp_path: Path) -> None:
    rule = {"!": [{"var": "usage.recipients"}]}
    assert [
        one.outcome for one in judged(tmp_path, rule, {"recipients": [], "fallbacks": [], "via": None}).results
    ] == ["pass"]


def test_recipient_stands_where_it_is_written(tmp_path: Path) -> None:
    found = judged(tmp_path, {"known": "usage.data"}).subjects
    assert [one.place for one in found[3:]] == [
        ("usages", 0, "recipients", 0),
        ("usages", 0, "recipients", 1, "offering"),
    ]
