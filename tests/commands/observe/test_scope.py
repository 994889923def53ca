"""What was read for some regions and models of an account is told of usages in these alone, from the answer to the
verdict."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from tests.command import vendorgate
from tests.commands.observe.bundles import filed, observe, report, write
from tests.commands.observe.readers.bedrock_regions import (
    AMERICA,
    ANYWHERE,
    FRANKFURT,
    OHIO,
    OPUS,
    OREGON,
    VIRGINIA,
    answers,
    environment,
    listed,
    profile,
    profiles,
)
from tests.commands.observe.readers.signing import failed
from tests.commands.observe.server import Server, Told, serving
from vendorgate.commands.observe import reading

FILE: Final = "claude-bedrock-prod.yaml"
RULES: Final = {
    "version": 1,
    "policies": [
        {
            "id": "keeps-nothing",
            "title": "Vendors are seen to keep nothing",
            "require": [
                {"===": [{"var": "usage.settings.data_retention_mode"}, "none"]},
                {"observed": "usage.settings.data_retention_mode"},
            ],
        }
    ],
}


@contextmanager
def aws(told: Mapping[str, Told]) -> Iterator[Server]:
    """Bedrock stands in on loopback, and whoever observes meanwhile asks it, without waiting."""
    with pytest.MonkeyPatch.context() as patch, serving(told) as server:
        for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
            patch.delenv(name, raising=False)
        for name, value in environment(server.url).items():
            patch.setenv(name, value)
        patch.setattr(reading, "PAUSES", (0.0, 0.0))
        yield server


def bundle(folder: Path, region: object) -> Path:
    """A bundle with one account of Claude on Bedrock in one or several regions."""
    accounts = {"version": 1, "accounts": [{"offering": "claude-bedrock", "name": "prod", "region": region}]}
    return write(folder, {"policies/rules.yaml": RULES, "policies/accounts.yaml": accounts})


def verdict(folder: Path, **usage: Any) -> str:
    """The verdict on a usage of the account, which claims that nothing is kept."""
    own = {"id": "u", "offering": "claude-bedrock", "account": "prod", "data": ["public"], "endpoints": ["converse"]}
    profile = usage.pop("profile", "in_region")
    settings = {"data_retention_mode": "none", **({} if profile is None else {"inference_profile": profile})}
    claims = {**own, "settings": settings, **usage}
    write(folder, {"vendorgate.yaml": {"version": 1, "project": "p", "usages": [claims]}})
    ended = vendorgate("check", "--format", "json", folder=folder)
    return str(json.loads(ended.stdout)["verdict"])


IN_AMERICA: Final[Mapping[str, Told]] = {
    **answers(VIRGINIA, "none", profile(f"us.{OPUS}", *AMERICA), profile(f"global.{OPUS}", VIRGINIA, ANYWHERE)),
    **answers(OHIO, "none", profile(f"us.{OPUS}", *AMERICA)),
    **answers(OREGON, "none", profile(f"us.{OPUS}", *AMERICA)),
}


def test_file_says_for_which_regions_and_models_it_was_read(tmp_path: Path) -> None:
    bundle(tmp_path, [*AMERICA])
    with aws(IN_AMERICA):
        ended = observe(tmp_path, "claude-bedrock", "--yes")
        assert ended.code == 0, ended.stderr
        assert filed(tmp_path, FILE)["scope"] == {
            "cloud_regions": {"only": [*AMERICA]},
            "models": {
                "only": [
                    "anthropic.*",
                    "claude-*",
                    "arn:*:bedrock:?*::foundation-model/anthropic.*",
                    f"us.{OPUS}",
                    f"arn:*:inference-profile/us.{OPUS}",
                ]
            },
        }
        again = observe(tmp_path, "claude-bedrock", "--yes", "--format", "json")
    assert report(again)["summary"]["same"] == 1, "what is read back is what was filed"


NUMBER: Final = "111122223333"
USAGES: Final[list[tuple[dict[str, object], str]]] = [
    ({"cloud_region": VIRGINIA, "models": [OPUS]}, "pass"),
    ({"cloud_region": OREGON, "models": [OPUS, f"us.{OPUS}"]}, "pass"),
    ({"cloud_region": OHIO, "models": [f"arn:aws:bedrock:{OHIO}:{NUMBER}:inference-profile/us.{OPUS}"]}, "pass"),
    ({"cloud_region": OHIO, "models": [f"arn:aws:bedrock:{OHIO}::foundation-model/{OPUS}"]}, "pass"),
    # Somewhere else.
    ({"cloud_region": FRANKFURT, "models": [OPUS]}, "fail"),
    ({"cloud_region": "us-west-1", "models": [f"us.{OPUS}"]}, "fail"),
    ({"cloud_region": OHIO, "models": [f"arn:aws:bedrock:{FRANKFURT}::foundation-model/{OPUS}"]}, "fail"),
    ({"cloud_region": OHIO, "models": [f"arn:aws:bedrock:us-west-1:{NUMBER}:inference-profile/us.{OPUS}"]}, "fail"),
    ({"cloud_region": OHIO, "models": [f"arn:aws:bedrock::{NUMBER}:inference-profile/us.{OPUS}"]}, "fail"),
    ({"cloud_region": OHIO, "models": [f"arn:aws:bedrock:{OREGON}::foundation-model/{OPUS}"]}, "fail"),
    ({"cloud_region": OHIO, "models": [f"arn:aws:bedrock:::foundation-model/{OPUS}"]}, "fail"),
    ({"cloud_region": OHIO, "models": ["arn:aws:bedrock"]}, "fail"),
    # Through a profile that leaves them, or may.
    ({"cloud_region": VIRGINIA, "models": [f"global.{OPUS}"]}, "fail"),
    ({"cloud_region": VIRGINIA, "models": [OPUS, f"global.{OPUS}"]}, "fail"),
    ({"cloud_region": VIRGINIA, "models": ["us.anthropic.claude-opus-4-8"]}, "fail"),
    (
        {"cloud_region": VIRGINIA, "models": [f"arn:aws:bedrock:{OHIO}:{NUMBER}:application-inference-profile/k3v9"]},
        "fail",
    ),
    # Nobody says where, or what.
    ({"models": [OPUS]}, "fail"),
    ({"cloud_region": VIRGINIA}, "fail"),
    ({}, "fail"),
]


def test_usage_passes_by_what_was_read_for_it_alone(tmp_path: Path) -> None:
    bundle(tmp_path, [*AMERICA])
    with aws(IN_AMERICA):
        assert observe(tmp_path, "claude-bedrock", "--yes").code == 0
    assert [(usage, verdict(tmp_path, **usage)) for usage, _ in USAGES] == USAGES


BESIDE: Final = [
    (OPUS, "in_region", "pass"),
    ("claude-opus-5", "in_region", "pass"),
    (f"us.{OPUS}", "us", "pass"),
    (f"us.{OPUS}", None, "pass"),
    # The same id is called by a profile where the usage says so, and may be where it says nothing.
    (OPUS, "us", "fail"),
    (OPUS, "global", "fail"),
    (OPUS, "eu", "fail"),
    (OPUS, "US", "fail"),
    (OPUS, "cross_region", "fail"),
    (OPUS, None, "fail"),
    ("claude-opus-5", "us", "fail"),
    ("claude-opus-5", None, "fail"),
    (f"arn:aws:bedrock:{OHIO}::foundation-model/{OPUS}", None, "fail"),
]


def test_profile_that_is_declared_beside_a_model_is_the_one_that_is_called(tmp_path: Path) -> None:
    bundle(tmp_path, [*AMERICA])
    with aws(IN_AMERICA):
        assert observe(tmp_path, "claude-bedrock", "--yes").code == 0
    found = [
        (model, beside, verdict(tmp_path, profile=beside, cloud_region=OHIO, models=[model]))
        for model, beside, _ in BESIDE
    ]
    assert found == BESIDE


def test_setting_of_one_region_is_told_of_no_other(tmp_path: Path) -> None:
    bundle(tmp_path, FRANKFURT)
    with aws(answers(FRANKFURT)):
        assert observe(tmp_path, "claude-bedrock", "--yes").code == 0
    assert verdict(tmp_path, cloud_region=FRANKFURT, models=[OPUS]) == "pass"
    assert verdict(tmp_path, cloud_region=VIRGINIA, models=[OPUS]) == "fail"
    assert verdict(tmp_path, cloud_region=FRANKFURT, models=[f"eu.{OPUS}"]) == "fail"


@pytest.mark.parametrize(
    "other",
    [
        answers(OREGON, "default"),
        {"GET /control/us-west-2/data-retention": failed("AccessDeniedException")},
    ],
)
def test_regions_that_do_not_all_say_it_prove_it_of_none(other: dict[str, Told], tmp_path: Path) -> None:
    bundle(tmp_path, [*AMERICA])
    with aws({**IN_AMERICA, **other}):
        ended = observe(tmp_path, "claude-bedrock", "--yes")
    assert ended.code == 0
    assert "not told: data_retention_mode: " in ended.stdout
    for region in AMERICA:
        assert verdict(tmp_path, cloud_region=region, models=[OPUS]) == "fail"


def test_claim_of_a_usage_that_was_not_read_counts_for_nothing_where_it_must_be(tmp_path: Path) -> None:
    bundle(tmp_path, [*AMERICA])
    claimed = [{"id": "p", "title": "P", "require": [{"===": [{"var": "usage.settings.data_retention_mode"}, "none"]}]}]
    rules = {"version": 1, "observations": {"required": ["claude-bedrock"]}}
    write(tmp_path, {"policies/rules.yaml": {"version": 1, "policies": claimed}, "policies/bundle.yaml": rules})
    with aws(IN_AMERICA):
        assert observe(tmp_path, "claude-bedrock", "--yes").code == 0
    assert verdict(tmp_path, cloud_region=OHIO, models=[f"us.{OPUS}"]) == "pass"
    for elsewhere in (
        {"cloud_region": OHIO, "models": [f"global.{OPUS}"]},
        {"cloud_region": FRANKFURT, "models": [OPUS]},
    ):
        assert verdict(tmp_path, **elsewhere) == "fail"


def test_profiles_that_may_no_longer_be_listed_are_told_of_no_more_and_that_is_worse(tmp_path: Path) -> None:
    bundle(tmp_path, [*AMERICA])
    with aws(IN_AMERICA) as server:
        assert observe(tmp_path, "claude-bedrock", "--yes").code == 0
        assert verdict(tmp_path, cloud_region=OHIO, models=[f"us.{OPUS}"]) == "pass"
        server.tell(profiles(OREGON), failed("AccessDeniedException"))
        ended = observe(tmp_path, "claude-bedrock", "--yes", "--fail-when", "worse")
    assert ended.code == 1
    assert f"in {OREGON}, these credentials may not ask for it (403)" in ended.stdout
    assert verdict(tmp_path, cloud_region=OHIO, models=[f"us.{OPUS}"]) == "fail"
    assert verdict(tmp_path, cloud_region=OHIO, models=[OPUS]) == "pass"


def test_profile_that_comes_to_lead_further_is_told_of_no_more(tmp_path: Path) -> None:
    bundle(tmp_path, [*AMERICA])
    others = [profile(f"us.anthropic.claude-{number}", *AMERICA) for number in range(3)]
    with aws({**IN_AMERICA, profiles(OREGON): listed(*others, profile(f"us.{OPUS}", *AMERICA))}) as server:
        first = observe(tmp_path, "claude-bedrock", "--yes")
        assert "`us.anthropic.claude-0`" in first.stdout
        assert "`] and 3 more" in first.stdout
        server.tell(profiles(OHIO), listed(profile(f"us.{OPUS}", *AMERICA, "us-west-1")))
        ended = observe(tmp_path, "claude-bedrock", "--yes", "--fail-when", "worse")
    assert ended.code == 1
    assert f"scope.models: - [`us.{OPUS}`, `arn:*:inference-profile/us.{OPUS}`]; worse" in ended.stdout
    assert verdict(tmp_path, cloud_region=VIRGINIA, models=[f"us.{OPUS}"]) == "fail"


def test_nothing_of_a_listing_but_ids_of_models_is_written_or_shown(tmp_path: Path) -> None:
    bundle(tmp_path, [*AMERICA])
    own = profile("k3v9x1app", *AMERICA, type="APPLICATION")
    with aws({**IN_AMERICA, profiles(OHIO): listed(own, profile(f"us.{OPUS}", *AMERICA))}):
        ended = observe(tmp_path, "claude-bedrock", "--yes", "--keep")
    kept = [one.read_text("utf-8") for one in (tmp_path / "policies" / "observations").iterdir()]
    assert len(kept) == 2
    for text in (ended.stdout, ended.stderr, *kept):
        assert not [one for one in ("planted", "999900001111", "k3v9x1app", "arn:aws:") if one in text]
