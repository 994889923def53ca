"""Observations and accounts of a bundle: what may stand in them, and what is said of mistakes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.world import Part, judge
from vendorgate import InputError

SHA = "0" * 64
NOTHING: Part = {"dimensions": {}}
ATTESTED: Part = {"attested": {"by": "somebody", "evidence": "console.png"}, "sha256": SHA}


def problems(folder: Path, usage: Part | None = None, **more: Any) -> list[str]:
    offering = {**NOTHING, "endpoints": ["chat"], "features": ["search"]}
    with pytest.raises(InputError) as caught:
        judge(folder, offering, {"require": [True]}, {"data": ["phi"], **(usage or {})}, **more)
    return [f"{one.title}: {one.help}" for one in caught.value.problems]


@pytest.mark.parametrize(
    ("observed", "expected"),
    [
        ({"offering": "alhpa"}, "`alhpa` is not an offering of the registry: did you mean `alpha`?"),
        ({"offering": "unlisted"}, "nothing can be observed of an unlisted vendor"),
        ({"region": "mars"}, "`mars` is not a region"),
        ({"tier": "gold"}, "`gold`"),
        ({"features": ["serch"]}, "`serch` is not a feature of any offering: did you mean `search`?"),
        ({"settings": {"zdr": None}}, "`zdr` has no value"),
        ({"settings": {"zdr": [True]}}, "zdr"),
        ({"setings": {}}, "unknown key `setings`"),
        ({"observed": "yesterday"}, "`yesterday` is not a day"),
        ({"observed": 20261123}, "observed"),
        ({"sha256": "abc"}, "`abc` is not 64 hexadecimal digits"),
        ({"account": "Main"}, "Main"),
        ({"unreadable": ["zdr"], "settings": {"zdr": True}}, "`zdr` is both told and unreadable"),
        ({"unreadable": ["region"], "region": "us"}, "`region` is both told and unreadable"),
        ({"attested": {"by": "somebody", "evidence": "console.png"}}, "attested without `sha256`"),
        ({**ATTESTED, "attested": {"evidence": "console.png"}}, "by"),
        ({"scoped_settings": [{"scope": {}, "settings": {"a": 1}}]}, "a scope of settings restricts nothing"),
        (
            {"scoped_settings": [{"scope": {"features": {"only": ["search"]}}, "settings": {"a": 1}}]},
            "unknown key `features`",
        ),
        (
            {"scoped_settings": [{"scope": {"endpoints": {"only": ["chta"]}}, "settings": {"a": 1}}]},
            "`chta` is not an endpoint of any offering: did you mean `chat`?",
        ),
        ({"scoped_settings": [{"scope": {"models": {"only": ["m"]}}, "settings": {}}]}, "settings"),
        ({"scope": {}}, "a scope that restricts nothing"),
        ({"scope": {"regions": {"only": ["us"]}}}, "unknown key `regions`"),
        ({"scope": {"models": {"only": []}}}, "only"),
        ({"scope": {"cloud_regions": {"only": ["eu-1", "us-*"]}}}, "`us-*` is a glob"),
        ({"cloud_region": "us-*"}, "`us-*` is a glob, where a region of a cloud is named: name each by itself"),
        ({"max_age_days": -1}, "-1 is less than 0"),
        ({"version": 2}, "version"),
    ],
)
def test_a_mistake_in_an_observation_is_told(observed: Part, expected: str, tmp_path: Path) -> None:
    told = problems(tmp_path, observations={"o": observed})
    assert any(expected in one for one in told), told


def test_two_observations_of_one_account_are_a_mistake(tmp_path: Path) -> None:
    told = problems(tmp_path / "read", observations={"a": {}, "b": {}})
    assert len(told) == 1
    assert told[0].startswith("the account of alpha without a name is observed twice: ")
    assert "observations/a.yaml is of the same account; leave the newer one" in told[0]
    named = {"account": "main", **ATTESTED}
    (one,) = problems(tmp_path / "attested", observations={"a": named, "b": named, "c": {"account": "main"}})
    assert one.startswith("the account `main` of alpha is attested twice")


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({"required": ["alhpa"]}, "`alhpa` is not an offering of the registry: did you mean `alpha`?"),
        ({"require": ["alpha"]}, "unknown key `require`"),
        ({"max_age_days": -1}, "-1 is less than 0"),
        ({"attested": "yes"}, "attested"),
        ({"required": "alpha"}, "required"),
    ],
)
def test_a_mistake_in_what_a_bundle_makes_of_them_is_told(rules: Part, expected: str, tmp_path: Path) -> None:
    told = problems(tmp_path, bundle={"observations": rules})
    assert any(expected in one for one in told), told


ACCOUNTS: list[Part] = [{"offering": "alpha", "name": "eu-prod"}, {"offering": "elsewhere", "name": "us-prod"}]


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        ({"account": "eu-prd"}, "`eu-prd` is not an account of alpha: did you mean `eu-prod`? (accounts.yaml of the"),
        ({"account": "us-prod"}, "`us-prod` is not an account of alpha"),
        ({"fallbacks": [{"offering": "alpha", "account": "x"}]}, "`x` is not an account of alpha"),
        ({"via": {"offering": "elsewhere", "account": "x"}}, "`x` is not an account of elsewhere"),
    ],
)
def test_a_manifest_is_held_to_the_accounts_that_exist(usage: Part, expected: str, tmp_path: Path) -> None:
    (told,) = problems(tmp_path, usage, accounts=ACCOUNTS)
    assert told.startswith(expected)


@pytest.mark.parametrize("accounts", [ACCOUNTS, None], ids=["listed", "no list"])
def test_an_account_that_exists_and_none_are_right(accounts: list[Part] | None, tmp_path: Path) -> None:
    unlisted = {"offering": "unlisted", "vendor": "Acme", "account": "x"}
    other = {"offering": "elsewhere", "account": "us-prod"}
    for usage in ({}, {"account": "eu-prod"}, {"fallbacks": [other]}, {"recipients": [unlisted]}):
        judge(tmp_path, NOTHING, {"require": [True]}, {"data": ["phi"], **usage}, accounts=accounts)


def test_an_account_may_be_in_several_regions(tmp_path: Path) -> None:
    for region in ("us-east-1", ["us-east-1"], ["us-east-1", "us-west-2"]):
        judge(
            tmp_path,
            NOTHING,
            {"require": [True]},
            {"data": ["phi"]},
            accounts=[{"offering": "alpha", "region": region}],
        )


def test_no_account_exists_where_the_list_is_empty(tmp_path: Path) -> None:
    (told,) = problems(tmp_path, {"account": "eu-prod"}, accounts=[])
    assert told == "`eu-prod` is not an account of alpha: accounts.yaml of the bundle lists none: have it added there"


@pytest.mark.parametrize(
    ("accounts", "expected"),
    [
        ([{"offering": "alhpa", "name": "x"}], "`alhpa` is not an offering of the registry: did you mean `alpha`?"),
        ([{"offering": "unlisted", "name": "x"}], "nothing can be observed of an unlisted vendor"),
        ([{"name": "x"}], "offering"),
        ([{"offering": "alpha", "name": "x"}] * 2, "the account `x` of alpha stands twice among the accounts"),
        ([{"offering": "alpha"}] * 2, "the account of alpha without a name stands twice among the accounts"),
        ([{"offering": "alpha", "region": []}], "`region` is empty: name at least one"),
        ([{"offering": "alpha", "region": ["us-east-1", 7]}], "this entry must be a text, and this is the number 7"),
        ([{"offering": "alpha", "region": [""]}], "an empty text"),
        ([{"offering": "alpha", "region": {"a": "b"}}], "`region` must be a text or a list"),
        ([{"offering": "alpha", "key": "sk-1"}], "unknown key `key`"),
        ([{"offering": "alpha", "name": "Eu"}], "Eu"),
    ],
)
def test_a_mistake_in_the_accounts_is_told(accounts: list[Part], expected: str, tmp_path: Path) -> None:
    told = problems(tmp_path, accounts=accounts)
    assert any(expected in one for one in told), told


def test_an_observation_of_an_account_that_is_not_listed_is_a_mistake(tmp_path: Path) -> None:
    (told,) = problems(tmp_path, observations={"o": {"account": "eu-prd"}}, accounts=ACCOUNTS)
    assert told.startswith("`eu-prd` is not an account of alpha: did you mean `eu-prod`?")


def test_an_observation_of_an_offering_that_is_gone_says_what_took_its_place(tmp_path: Path) -> None:
    former = {"former": {"omega": {"since": "2026-01-01", "instead": "alpha"}}}
    (told,) = problems(tmp_path, observations={"o": {"offering": "omega"}}, snapshot=former)
    assert told == "`omega` is no longer in the registry since 2026-01-01: use `alpha`"


@pytest.mark.parametrize("place", ["observations/o.yaml", "accounts.yaml"])
def test_an_empty_file_is_a_mistake(place: str, tmp_path: Path) -> None:
    judge(tmp_path, NOTHING, {"require": [True]}, {"data": ["phi"]})
    path = tmp_path / "policies" / place
    path.parent.mkdir(exist_ok=True)
    path.write_text("", encoding="utf-8")
    with pytest.raises(InputError):
        judge(tmp_path, NOTHING, {"require": [True]}, {"data": ["phi"]})


@pytest.mark.parametrize("name", ["observations", "offerings"])
def test_a_file_in_the_place_of_their_folder_is_a_mistake(name: str, tmp_path: Path) -> None:
    judge(tmp_path, NOTHING, {"require": [True]}, {"data": ["phi"]})
    (tmp_path / "policies" / name).write_text("version: 1\n", encoding="utf-8")
    with pytest.raises(InputError, match="a file, not a folder"):
        judge(tmp_path, NOTHING, {"require": [True]}, {"data": ["phi"]})


def test_a_list_of_accounts_below_the_root_is_a_mistake(tmp_path: Path) -> None:
    judge(tmp_path, NOTHING, {"require": [True]}, {"data": ["phi"]})
    (tmp_path / "policies" / "team").mkdir()
    (tmp_path / "policies" / "team" / "accounts.yaml").write_text("version: 1\naccounts: []\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        judge(tmp_path, NOTHING, {"require": [True]}, {"data": ["phi"]})
    assert caught.value.problems[0].title == "accounts.yaml below the root of the bundle"


def test_observations_and_accounts_are_part_of_the_bundles_digest(tmp_path: Path) -> None:
    def digest(**more: Any) -> str:
        return judge(tmp_path, NOTHING, {"require": [True]}, {"data": ["phi"]}, **more).bundle.sha256

    found = [
        digest(),
        digest(observations={"o": {}}),
        digest(observations={"o": {"settings": {"zdr": True}}}),
        digest(accounts=ACCOUNTS),
    ]
    assert len(set(found)) == len(found)


def test_what_is_kept_beside_an_observation_is_no_part_of_it(tmp_path: Path) -> None:
    before = judge(tmp_path, NOTHING, {"require": [True]}, {"data": ["phi"]}, observations={"o": {}})
    (tmp_path / "policies" / "observations" / "o.json").write_text("[]", encoding="utf-8")
    after = judge(tmp_path, NOTHING, {"require": [True]}, {"data": ["phi"]}, observations={"o": {}})
    assert before.bundle.sha256 == after.bundle.sha256
