"""`vendorgate observe attest`: what a person says is filed with what shows it, and nothing that would do nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.command import Ended, vendorgate
from tests.commands.observe.bundles import (
    ACCOUNTS,
    attest,
    bundle,
    days_ago,
    filed,
    files,
    observation,
    report,
    write,
)
from tests.terminal import answered
from vendorgate.commands.observe.document import ObserveReport
from vendorgate.frame.defaults import today

NAME = "mistral-la-plateforme.attested.yaml"
ZDR = ("--setting", "zero_data_retention=true")
URL = "https://wiki.example/consoles/mistral?page=3"
HEX = "ab" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return bundle(tmp_path)


def refused(folder: Path, *words: str, offering: str = "mistral-la-plateforme") -> str:
    """The error stream of an attestation of which nothing is written."""
    before = files(folder)
    ended = attest(folder, *words, "--yes", offering=offering)
    assert (ended.code, ended.stdout) == (2, ""), ended.stderr
    assert files(folder) == before
    return ended.stderr


def test_what_a_person_says_is_filed_with_who_and_what_shows_it(folder: Path) -> None:
    ended = attest(folder, *ZDR, "--region", "eu", "--tier", "enterprise", "--yes")
    assert ended.code == 0, ended.stderr
    assert filed(folder, NAME) == {
        "version": 1,
        "offering": "mistral-la-plateforme",
        "observed": today(),
        "settings": {"zero_data_retention": True},
        "region": "eu",
        "tier": "enterprise",
        "sha256": hashlib.sha256(b"a picture").hexdigest(),
        "attested": {"by": "dana@example.org", "evidence": "console.png"},
        "max_age_days": 14,
    }
    assert "it is not enough where a value must be observed" in ended.stdout


def test_it_counts_where_the_bundle_lets_it(folder: Path) -> None:
    usage = {"id": "u", "offering": "mistral-la-plateforme", "data": ["public"], "region": "eu"}
    write(folder, {"vendorgate.yaml": {"version": 1, "project": "p", "usages": [usage]}})
    assert vendorgate("check", folder=folder).code == 1
    assert attest(folder, *ZDR, "--yes").code == 0
    assert vendorgate("check", folder=folder).code == 0
    required = {"observations": {"required": ["mistral-la-plateforme"]}}
    write(folder, {"policies/bundle.yaml": required})
    assert vendorgate("check", folder=folder).code == 1
    write(folder, {"policies/bundle.yaml": {"observations": {**required["observations"], "attested": True}}})
    assert vendorgate("check", folder=folder).code == 0
    assert "must be observed" not in attest(folder, *ZDR, "--yes").stdout


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("30", 30),
        ("0.5", 0.5),
        ("eu", "eu"),
        ("2026-11-28", "2026-11-28"),
        ("a=b", "a=b"),
        ('"yes"', "yes"),
        ('"30"', "30"),
        ('"a \\" b"', 'a " b'),
    ],
)
def test_value_is_what_it_looks_like(written: str, value: object, folder: Path) -> None:
    assert attest(folder, "--setting", f"zero_data_retention={written}", "--yes").code == 0
    found = filed(folder, NAME)["settings"]["zero_data_retention"]
    assert str(found) == str(value)
    assert isinstance(found, type(value)) or written == "2026-11-28"


@pytest.mark.parametrize(
    ("word", "title", "help"),
    [
        ("zero_data_retention=no", "not read the same everywhere", 'write false, or quote it: "no"'),
        ("zero_data_retention=Yes", "not read the same everywhere", "write true"),
        ("zero_data_retention=0x10", "not read the same everywhere", "write a plain decimal number"),
        ("zero_data_retention=", "no value", "write true, false, a number or a text"),
        ("zero_data_retention=null", "no value", "write true"),
        ("zero_data_retention= ", "no value", "write true"),
        ("zero_data_retention= true", "white space around the value", "take them off"),
        ("zero_data_retention='true'", "quotes that would be part of it", "take them off"),
        ('zero_data_retention="', "a text that does not end as it begins", "write"),
        ('zero_data_retention=""', "no value", "write true"),
        ("zero_data_retention", "not a name and a value", "write NAME=VALUE"),
        ("=true", "not a name and a value", "write NAME=VALUE"),
        ("zero_data_retentoin=true", "neither a policy nor", "did you mean `zero_data_retention`?"),
        ("settings.zero_data_retention=true", "neither a policy nor", "did you mean"),
    ],
)
def test_setting_that_would_say_nothing_or_something_else_is_refused(
    word: str, title: str, help: str, folder: Path
) -> None:
    told = refused(folder, "--setting", word)
    assert title in told
    assert help in told


def test_every_mistake_of_settings_is_said(folder: Path) -> None:
    told = refused(folder, "--setting", "a=1", "--setting", "zero_data_retention=no", *ZDR, *ZDR)
    assert "reads a setting `a`" in told
    assert "zero_data_retention=no" in told
    assert "`zero_data_retention` is said twice" in told


def test_nothing_is_no_attestation(folder: Path) -> None:
    assert "nothing is attested" in refused(folder)


@pytest.mark.parametrize("who", ["", " ", "\u200b"])
def test_nobody_attests_nothing(who: str, folder: Path) -> None:
    assert "nobody attests it" in refused(folder, *ZDR, "--by", who)


@pytest.mark.parametrize("needed", ["--by", "--evidence"])
def test_who_and_what_shows_it_are_asked_for(needed: str, folder: Path) -> None:
    words = {"--by": "dana", "--evidence": "console.png"}
    write(folder, {"console.png": "x"})
    given = [word for name, value in words.items() if name != needed for word in (name, value)]
    ended = vendorgate("observe", "attest", "mistral-la-plateforme", *ZDR, *given, folder=folder)
    assert ended.code == 2
    assert f"Missing option '{needed}'" in ended.stderr


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--region", "xx", "`xx` is not a region"),
        ("--feature", "nothing", "`nothing` is not a feature of any offering"),
        ("--account", "Not A Slug", "no name of an account"),
        ("--max-age-days", "0", "0 is not in the range"),
        ("--tier", "gold", "'gold' is not one of"),
        ("--on", "2999-01-01", "that day is still to come"),
        ("--on", "yesterday", "is not a day"),
    ],
)
def test_word_that_there_is_not_is_refused(option: str, value: str, words: str, folder: Path) -> None:
    assert words in refused(folder, *ZDR, option, value)


def test_offering_that_there_is_not_is_refused(folder: Path) -> None:
    assert "did you mean" in refused(folder, *ZDR, offering="mistral-la-platforme")


def test_account_is_one_that_is_listed(folder: Path) -> None:
    write(folder, {"policies/accounts.yaml": ACCOUNTS})
    assert "name it: --account main" in refused(folder, *ZDR)
    assert "did you mean `main`?" in refused(folder, *ZDR, "--account", "mian")
    assert attest(folder, *ZDR, "--account", "main", "--yes").code == 0
    assert filed(folder, "mistral-la-plateforme-main.attested.yaml")["account"] == "main"


# Evidence.


def test_file_is_named_without_its_folders_and_hashed_as_it_is(folder: Path) -> None:
    write(folder, {"home/dana/private/shot.png": "secret folder"})
    assert attest(folder, *ZDR, "--evidence", str(folder / "home/dana/private/shot.png"), "--yes").code == 0
    found = filed(folder, NAME)
    assert found["attested"]["evidence"] == "shot.png"
    assert found["sha256"] == hashlib.sha256(b"secret folder").hexdigest()
    assert not any(b"private" in data for data in files(folder).values())


def test_address_is_taken_with_its_digest_and_not_asked(folder: Path) -> None:
    assert attest(folder, *ZDR, "--evidence", URL, "--evidence-sha256", HEX.upper(), "--yes").code == 0
    assert filed(folder, NAME)["attested"]["evidence"] == URL
    assert filed(folder, NAME)["sha256"] == HEX


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (URL, "which is not asked, so that nobody says what is there"),
        ("http://wiki.example/a", "no address with https"),
        ("ftp://wiki.example/a", "no address with https"),
        ("https://dana:hunter2@wiki.example/a", "no address with https"),
        ("https://", "no address with https"),
        ("https://[x/", "no address with https"),
        ("https://files.example/a?X-Amz-Signature=hunter2", "what looks like a secret"),
        ("https://files.example/a#access_token=hunter2", "what looks like a secret"),
        ("https://files.example/a?id=1&sig=hunter2", "what looks like a secret"),
        ("gone.png", "no such file"),
        (".", "a folder, not a file"),
        ("/dev/null", "a device, not a file"),
        ("", "no such file"),
    ],
)
def test_what_shows_nothing_or_too_much_is_refused(shown: str, words: str, folder: Path) -> None:
    more = () if shown == URL else ("--evidence-sha256", HEX)
    told = refused(folder, *ZDR, "--evidence", shown, *more)
    assert words in told
    assert "hunter2" not in told


def test_no_report_takes_the_place_of_the_evidence(folder: Path) -> None:
    told = refused(folder, *ZDR, "--output", "json=console.png")
    assert "--output json=console.png: would overwrite an input" in told
    assert (folder / "console.png").read_bytes() == b"a picture"


def test_file_that_is_another_one_is_refused(folder: Path) -> None:
    assert "and not the one that is given" in refused(folder, *ZDR, "--evidence-sha256", HEX)
    assert attest(folder, *ZDR, "--evidence-sha256", hashlib.sha256(b"a picture").hexdigest(), "--yes").code == 0


# What stands there.


def test_what_was_read_comes_first_and_cannot_be_attested(folder: Path) -> None:
    read = observation(offering="mistral-la-plateforme", account=None, settings={"zero_data_retention": False})
    write(folder, {"policies/observations/read.yaml": {k: v for k, v in read.items() if v is not None}})
    told = refused(folder, *ZDR)
    assert "`zero_data_retention` was read from the vendor, which comes first: policies/observations/read.yaml" in told
    assert attest(folder, "--region", "eu", "--yes").code == 0, "what was not read can be"


def test_attesting_again_replaces_all_of_it_and_what_goes_is_shown(folder: Path) -> None:
    assert attest(folder, *ZDR, "--region", "eu", "--on", days_ago(3), "--yes").code == 0
    ended = attest(folder, "--setting", "zero_data_retention=false", "--by", "kim@example.org", "--yes")
    assert ended.code == 0
    assert "  region: no longer told (was `eu`)\n" in ended.stdout
    assert "settings.zero_data_retention: true -> false; worse for policy `keeps-nothing`" in ended.stdout
    found = filed(folder, NAME)
    assert found["attested"]["by"] == "kim@example.org"
    assert "region" not in found
    assert [name for name in files(folder) if "observations" in name] == [f"policies/observations/{NAME}"]


def test_nothing_goes_backwards(folder: Path) -> None:
    assert attest(folder, *ZDR, "--yes").code == 0
    assert f"attested already as of {today()}" in refused(folder, *ZDR, "--on", days_ago(1))


def test_what_was_read_too_long_ago_would_count_for_nothing(folder: Path) -> None:
    assert "15 days ago, and it counts for 14 days" in refused(folder, *ZDR, "--on", days_ago(15))
    assert "it counts for 30 days" in refused(folder, *ZDR, "--on", days_ago(31), "--max-age-days", "90")
    assert attest(folder, *ZDR, "--on", days_ago(14), "--yes").code == 0


def test_same_attestation_of_the_same_day_is_written_once(folder: Path) -> None:
    assert attest(folder, *ZDR, "--yes").code == 0
    before = files(folder)
    assert report(attest(folder, *ZDR, "--yes", "--format", "json"))["summary"]["same"] == 1
    assert files(folder) == before


def test_what_can_be_read_is_said(folder: Path) -> None:
    ended = attest(folder, *ZDR, offering="openai-api")
    assert "`zero_data_retention` can be read from the vendor: vendorgate observe openai-api" in ended.stdout


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_nothing_is_written_that_nobody_has_agreed_to(words: tuple[str, ...], folder: Path) -> None:
    before = files(folder)
    ended = attest(folder, *ZDR, *words)
    assert ended.code == 0
    assert "nothing was written; to write it: --yes" in ended.stdout
    assert files(folder) == before


def test_somebody_at_a_terminal_is_asked(folder: Path) -> None:
    write(folder, {"a.png": "x"})
    words = ("observe", "attest", "mistral-la-plateforme", *ZDR, "--by", "dana", "--evidence", "a.png")
    assert answered(folder, [("Write this to policies? [y/N]:", "n")], *words).code == 0
    assert not (folder / "policies" / "observations").exists()
    assert answered(folder, [("Write this to policies? [y/N]:", "y")], *words).code == 0
    assert filed(folder, NAME)["attested"] == {"by": "dana", "evidence": "a.png"}


def test_sign_off_ends_with_it(folder: Path) -> None:
    assert vendorgate("policy", "signoff", "policies", "--by", "Dana", "--write", folder=folder).code == 0
    assert "the sign-off of policies is of the files as they were" in attest(folder, *ZDR, "--yes").stdout


HOSTILE = "\x1b[31mred\u202e <b> | ##[error] \n::error::x"


@pytest.mark.parametrize("format", ["text", "json", "markdown"])
def test_hostile_words_are_escaped_and_filed_as_they_are(format: str, folder: Path) -> None:
    words = ("--setting", f"zero_data_retention={HOSTILE}", "--cloud-region", HOSTILE, "--by", HOSTILE)
    ended = attest(folder, *words, "--yes", "--format", format)
    assert ended.code == 0, ended.stderr
    for text in (ended.stdout, ended.stderr):
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "\n::error" not in text
    again = report(attest(folder, *words, "--format", "json"))
    assert again["summary"]["same"] == 1
    assert [one["after"] for one in again["accounts"][0]["changes"]] == [HOSTILE, HOSTILE]


@pytest.mark.parametrize("option", ["--by", "--cloud-region", "--setting"])
def test_what_no_file_could_hold_is_refused(option: str, folder: Path) -> None:
    value = "\udcff" if option != "--setting" else "zero_data_retention=\udcff"
    assert "is not UTF-8" in refused(folder, *ZDR[: 2 if option != "--setting" else 0], option, value)


def test_text_of_any_length_is_none(folder: Path) -> None:
    assert "a text of more than 10000 characters" in refused(folder, *ZDR, "--by", "x" * 10_001)


def test_document_is_of_its_type(folder: Path) -> None:
    found: Any = report(attest(folder, *ZDR, "--format", "json"))
    msgspec.convert(found, ObserveReport)
    assert found["attested"]
    assert found["accounts"][0]["vendor"] is None


def test_attest_is_no_offering(folder: Path) -> None:
    ended: Ended = vendorgate("observe", "attest", folder=folder)
    assert (ended.code, ended.stdout) == (2, "")
    assert "for example: vendorgate observe attest " in ended.stderr
