"""`vendorgate observe`: what a vendor tells is filed, whatever goes wrong leaves what is known, and nobody is told a
secret."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.command import process, vendorgate
from tests.commands.observe.bundles import (
    ACCOUNTS,
    ANSWERS,
    KEY,
    PROJECTS,
    asked,
    bundle,
    days_ago,
    filed,
    files,
    observation,
    observe,
    report,
    write,
)
from tests.commands.observe.readers import test_bedrock as bedrock
from tests.commands.observe.server import PLANTED, Server, Told, page, said, serving
from tests.terminal import INTERRUPT, answered
from tests.yaml_text import value_of
from vendorgate.commands.observe import read_command
from vendorgate.commands.observe.document import ObserveReport
from vendorgate.commands.observe.model import Reading
from vendorgate.commands.observe.readers.table import reader_of
from vendorgate.frame.defaults import today
from vendorgate.frame.locking import locked_bundle
from vendorgate.model.observation import AccountEntry

RETENTION = f"{PROJECTS}/proj_eu/data_retention"
KEPT: Told = {"object": "project.data_retention", "type": "none"}
EU = "policies/observations/openai-api-eu-prod.yaml"


@pytest.fixture
def vendor() -> Iterator[Server]:
    with asked() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return bundle(tmp_path, {"accounts.yaml": ACCOUNTS})


# What is written.


def test_account_is_read_and_filed_as_the_gate_reads_it(folder: Path, vendor: Server) -> None:
    ended = observe(folder, "openai-api", "--account", "eu-prod", "--yes")
    assert ended.code == 0, ended.stderr
    assert filed(folder, "openai-api-eu-prod.yaml") == {
        "version": 1,
        "offering": "openai-api",
        "account": "eu-prod",
        "observed": today(),
        "source": f"GET {vendor.url}/v1/organization/projects/{{project}}, "
        f"GET {vendor.url}/v1/organization/projects/{{project}}/data_retention",
        "settings": {"residency": "EU_STORAGE_PROCESSING", "zero_data_retention": True},
        "region": "eu",
        "sha256": filed(folder, "openai-api-eu-prod.yaml")["sha256"],
    }
    assert {one.headers["authorization"] for one in vendor.asked} == {f"Bearer {KEY}"}
    assert {one.method for one in vendor.asked} == {"GET"}


def test_observed_value_takes_the_place_of_a_claim(folder: Path, vendor: Server) -> None:
    usage = {"id": "u", "offering": "openai-api", "account": "us-prod", "data": ["public"], "region": "eu"}
    claims = {**usage, "endpoints": ["responses"], "settings": {"zero_data_retention": True}}
    write(folder, {"vendorgate.yaml": {"version": 1, "project": "p", "usages": [claims]}})
    assert vendorgate("check", folder=folder).code == 0
    assert observe(folder, "all", "--yes").code == 0
    ended = vendorgate("check", folder=folder)
    assert ended.code == 1
    assert "claim-differs" in ended.stdout


def test_all_reads_every_account_and_names_those_that_nobody_reads(folder: Path, vendor: Server) -> None:
    ended = observe(folder, "all", "--yes", "--format", "json")
    assert ended.code == 0, ended.stderr
    found = report(ended)
    assert [(one["offering"], one["account"], one["state"], one["written"]) for one in found["accounts"]] == [
        ("openai-api", "eu-prod", "new", True),
        ("openai-api", "us-prod", "new", True),
        ("mistral-la-plateforme", "main", "left", False),
    ]
    assert "vendorgate observe attest mistral-la-plateforme --account main --setting " in found["accounts"][2]["help"]
    assert sorted(name for name in files(folder) if "observations" in name) == [
        EU,
        "policies/observations/openai-api-us-prod.yaml",
    ]


def test_what_was_read_in_one_region_counts_in_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    account = {"offering": "claude-bedrock", "region": "eu-central-1"}
    bundle(tmp_path, {"accounts.yaml": {"version": 1, "accounts": [account]}})
    with serving(bedrock.USUAL) as server:
        for name, value in bedrock.environment(server.url).items():
            monkeypatch.setenv(name, value)
        ended = observe(tmp_path, "claude-bedrock", "--yes")
    assert ended.code == 0, ended.stdout
    assert "scope.cloud_regions: [`eu-central-1`]" in ended.stdout
    found = filed(tmp_path, "claude-bedrock.yaml")
    assert found["scope"]["cloud_regions"] == {"only": ["eu-central-1"]}
    assert "anthropic.*" in found["scope"]["models"]["only"]
    assert found["settings"]["model_invocation_logging"] is False


def test_what_is_not_proved_is_unreadable_with_its_reason(folder: Path, vendor: Server) -> None:
    vendor.tell(RETENTION, {"type": "zero_data_retention_of_tomorrow"})
    vendor.tell(f"{PROJECTS}/proj_us/data_retention", 403)
    found = report(observe(folder, "openai-api", "--yes", "--format", "json"))
    assert [one["unreadable"] for one in found["accounts"]] == [
        [{"name": "zero_data_retention", "why": "the answer has a value that is not known"}],
        [{"name": "zero_data_retention", "why": "these credentials may not ask for it (403)"}],
    ]
    for name in ("eu", "us"):
        said_now = filed(folder, f"openai-api-{name}-prod.yaml")
        assert said_now["unreadable"] == ["zero_data_retention"]
        assert "zero_data_retention" not in said_now["settings"]


def test_without_a_list_an_offering_has_one_account_without_a_name(tmp_path: Path, vendor: Server) -> None:
    assert observe(bundle(tmp_path), "openai-api", "--yes").code == 0
    assert "account" not in filed(tmp_path, "openai-api.yaml")


def test_answers_are_kept_where_it_is_asked_and_are_what_the_digest_is_of(folder: Path, vendor: Server) -> None:
    assert observe(folder, "openai-api", "--account", "eu-prod", "--yes", "--keep").code == 0
    data = (folder / EU).with_suffix(".json").read_bytes()
    assert hashlib.sha256(data).hexdigest() == filed(folder, "openai-api-eu-prod.yaml")["sha256"]
    assert [one["body"] for one in json.loads(data)] == [
        {"residency": "EU_STORAGE_PROCESSING", "status": "active"},
        {"type": "zero_data_retention"},
    ]
    assert vendorgate("policy", "list", "policies", folder=folder).code == 0, "the gate passes over it"
    again = observe(folder, "openai-api", "--account", "eu-prod", "--yes", "--keep", "--format", "json")
    assert report(again)["summary"]["same"] == 1
    vendor.tell(RETENTION, KEPT)
    assert "are of an earlier reading; --keep renews them" in observe(folder, "openai-api", "--yes").stdout
    assert observe(folder, "openai-api", "--yes", "--keep").code == 0
    renewed = (folder / EU).with_suffix(".json").read_bytes()
    assert hashlib.sha256(renewed).hexdigest() == filed(folder, "openai-api-eu-prod.yaml")["sha256"]


# What stands there.


def test_file_of_an_account_is_renewed_whatever_it_is_called_and_keeps_what_people_wrote(
    folder: Path, vendor: Server
) -> None:
    own = (
        "# ours since the merger\nversion: 1\noffering: openai-api # by contract\naccount: eu-prod\n"
        f"observed: {days_ago(7)}\nsettings: {{zero_data_retention: true}}\nmax_age_days: 7\n"
    )
    write(folder, {"policies/observations/deep/ours.yaml": own})
    assert observe(folder, "openai-api", "--account", "eu-prod", "--yes").code == 0
    text = (folder / "policies/observations/deep/ours.yaml").read_text("utf-8")
    assert text.startswith("# ours since the merger\nversion: 1\noffering: openai-api # by contract\n")
    assert filed(folder, "deep/ours.yaml")["region"] == "eu"
    assert filed(folder, "deep/ours.yaml")["max_age_days"] == 7, "it counts for no more days than somebody wrote"
    assert [name for name in files(folder) if "observations" in name] == ["policies/observations/deep/ours.yaml"]


def test_difference_is_shown_value_by_value(folder: Path, vendor: Server) -> None:
    before = observation(settings={"zero_data_retention": True, "store": False}, region="eu", tier="enterprise")
    write(folder, {"policies/observations/a.yaml": before})
    vendor.tell(RETENTION, KEPT)
    ended = observe(folder, "openai-api", "--account", "eu-prod")
    assert ended.stdout == (
        "openai-api (account eu-prod), OpenAI: changed, and worse\n"
        "  region: `eu`, as before\n"
        "  settings.residency: `EU_STORAGE_PROCESSING`\n"
        "  settings.store: no longer told (was false)\n"
        "  settings.zero_data_retention: true -> false; worse for policy `keeps-nothing`, `retention_zdr` of "
        "`openai-api`\n"
        "  tier: no longer told (was `enterprise`)\n"
        f"  policies/observations/a.yaml: observed on {today()}, before on {days_ago(7)}\n"
        "\n"
        "1 account changed, and worse\n"
        "nothing was written; to write it: --yes\n"
    )
    assert ended.code == 0


def test_same_values_are_renewed_and_once_a_day_is_enough(folder: Path, vendor: Server) -> None:
    assert observe(folder, "openai-api", "--yes").code == 0
    path = folder / EU
    path.write_text(path.read_text("utf-8").replace(str(today()), days_ago(3)), "utf-8")
    first = report(observe(folder, "openai-api", "--yes", "--format", "json"))
    assert [one["state"] for one in first["accounts"]] == ["renewed", "same"]
    assert [one["written"] for one in first["accounts"]] == [True, False]
    before = files(folder)
    assert report(observe(folder, "openai-api", "--yes", "--format", "json"))["summary"]["same"] == 2
    assert files(folder) == before


def test_attested_file_of_an_account_is_another_one(folder: Path, vendor: Server) -> None:
    own = observation(
        settings={"store": False}, attested={"by": "dana", "evidence": "a.png"}, sha256="0" * 64, region="us"
    )
    write(folder, {"policies/observations/openai-api-eu-prod.yaml": own})
    before = files(folder)
    assert observe(folder, "openai-api", "--account", "eu-prod", "--yes").code == 0
    assert files(folder)[EU] == before[EU]
    assert filed(folder, "openai-api-eu-prod-2.yaml")["region"] == "eu"


def test_names_of_files_never_meet(tmp_path: Path, vendor: Server) -> None:
    accounts = [
        {"offering": "openai-api", "name": "x", "project": "proj_eu"},
        {"offering": "openai-api", "name": "x.attested", "project": "proj_us"},
        {"offering": "openai-api", "name": "a" * 300, "project": "proj_eu"},
        {"offering": "openai-api", "name": "a" * 301, "project": "proj_us"},
    ]
    bundle(tmp_path, {"accounts.yaml": {"version": 1, "accounts": accounts}})
    assert observe(tmp_path, "all", "--yes").code == 0
    found = {filed(tmp_path, one.name)["account"] for one in (tmp_path / "policies/observations").iterdir()}
    assert found == {one["name"] for one in accounts}


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ({"observed": "2999-01-01"}, "what stands there was observed on 2999-01-01, and today is"),
    ],
)
def test_observation_of_a_day_to_come_stays_and_the_clock_is_to_be_looked_at(
    before: dict[str, Any], words: str, folder: Path, vendor: Server
) -> None:
    write(folder, {"policies/observations/a.yaml": observation(**before)})
    held = files(folder)
    ended = observe(folder, "openai-api", "--yes")
    assert ended.code == 2
    assert words in ended.stdout
    assert "look at the clock of this machine" in ended.stdout
    after = files(folder)
    assert {name: after[name] for name in held} == held
    assert "policies/observations/openai-api-us-prod.yaml" in after, "the other account is filed"


BROKEN: dict[str, dict[str, object]] = {
    "two of one account": {"observations/a.yaml": observation(), "observations/b.yaml": observation()},
    "an offering that is gone": {"observations/a.yaml": observation(offering="gone-api")},
    "an account that nobody lists": {"observations/a.yaml": observation(account="gone")},
    "no YAML": {"observations/a.yaml": "{"},
    "a policy with a mistake": {"more.yaml": {"version": 1, "policies": [{"id": "p"}]}},
    "an account twice": {"accounts.yaml": {"version": 1, "accounts": [{"offering": "openai-api"}] * 2}},
}


@pytest.mark.parametrize("name", BROKEN)
def test_bundle_with_mistakes_is_left_alone_and_nobody_is_asked(name: str, tmp_path: Path, vendor: Server) -> None:
    bundle(tmp_path, {"accounts.yaml": ACCOUNTS, **BROKEN[name]})
    before = files(tmp_path)
    ended = observe(tmp_path, "openai-api", "--yes")
    assert (ended.code, ended.stdout) == (2, "")
    assert "policies/" in ended.stderr
    assert files(tmp_path) == before
    assert vendor.asked == []


# What goes wrong at the vendor's.


FAILURES: dict[str, Told] = {
    "wrong credentials": 401,
    "a server that fails": 503,
    "a page": page(),
    "another shape": b"[]",
    "no JSON": b"{",
    "a redirect": said({}, 302, Location="https://evil.example/steal"),
    "a project that vanished": 404,
    "an archived project": {"id": "proj_eu", "status": "archived"},
    "another project": {"id": "proj_xx", "status": "active"},
    "an answer without an end": b"[" * 100_000,
}


@pytest.mark.parametrize("failure", FAILURES)
def test_account_that_cannot_be_read_keeps_what_it_has_and_the_others_go_on(
    failure: str, folder: Path, vendor: Server
) -> None:
    write(folder, {"policies/observations/a.yaml": observation(settings={"zero_data_retention": True})})
    before = files(folder)
    vendor.tell(f"{PROJECTS}/proj_eu", FAILURES[failure])
    ended = observe(folder, "openai-api", "--yes", "--format", "json", "--fail-when", "worse")
    assert ended.code == 2
    eu, us = report(ended)["accounts"]
    assert (eu["state"], eu["written"], eu["changes"], eu["observed"]) == ("failed", False, [], None)
    assert eu["trouble"]
    assert eu["help"]
    assert eu["file"] == "policies/observations/a.yaml"
    assert us["written"]
    assert files(folder)["policies/observations/a.yaml"] == before["policies/observations/a.yaml"]
    assert f"a.yaml stays as it is, observed on {days_ago(7)}" in observe(folder, "openai-api").stdout


@pytest.mark.parametrize("value", ["", "  ", None])
def test_without_credentials_nobody_is_asked_and_the_least_of_them_is_said(
    value: str | None, folder: Path, vendor: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_ADMIN_KEY")
    if value is not None:
        monkeypatch.setenv("OPENAI_ADMIN_KEY", value)
    ended = observe(folder, "openai-api", "--yes")
    assert ended.code == 2
    assert "the environment has no credentials for OpenAI: OPENAI_ADMIN_KEY" in ended.stdout
    assert "= help: set it; the least that is needed: an admin key with the permission to read only" in ended.stdout
    assert "asking" not in ended.stderr
    assert vendor.asked == []
    assert not (folder / "policies" / "observations").exists()


def test_what_the_gate_would_not_take_is_not_filed(
    folder: Path, vendor: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(entry: AccountEntry, asking: object) -> Reading:
        return Reading({"zero_data_retention": True}, region="eu" if entry.name == "us-prod" else "nowhere")

    reader = reader_of("openai-api")
    assert reader is not None
    monkeypatch.setattr(read_command, "reader_of", lambda offering: msgspec.structs.replace(reader, read=nowhere))
    ended = observe(folder, "openai-api", "--yes")
    assert ended.code == 2
    assert "`nowhere` is not a region" in ended.stdout
    assert [name for name in files(folder) if "observations" in name] == [
        "policies/observations/openai-api-us-prod.yaml"
    ]


# What it ends with.


@pytest.mark.parametrize(
    ("before", "code"),
    [
        ({"settings": {"zero_data_retention": True}}, 1),
        ({"settings": {"zero_data_retention": False, "store": True}}, 1),
        ({"settings": {"zero_data_retention": False}}, 0),
        ({"region": "us"}, 1),
        ({}, 0),
    ],
)
def test_fails_when_something_is_worse_and_only_where_it_is_asked(
    before: dict[str, Any], code: int, folder: Path, vendor: Server
) -> None:
    write(folder, {"policies/observations/a.yaml": observation(**before)})
    vendor.tell(RETENTION, KEPT)
    assert observe(folder, "openai-api", "--fail-when", "worse").code == code
    assert observe(folder, "openai-api", "--fail-when", "never").code == 0
    assert observe(folder, "openai-api", "--yes", "--fail-when", "worse").code == code
    assert observe(folder, "openai-api", "--fail-when", "worse").code == 0, "by now it is no worse than before"


def test_account_that_was_not_read_weighs_more_than_one_that_is_worse(folder: Path, vendor: Server) -> None:
    write(folder, {"policies/observations/a.yaml": observation(settings={"zero_data_retention": True})})
    vendor.tell(RETENTION, KEPT)
    vendor.tell(f"{PROJECTS}/proj_us", 401)
    assert observe(folder, "openai-api", "--fail-when", "worse").code == 2


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_nothing_is_written_that_nobody_has_agreed_to(words: tuple[str, ...], folder: Path, vendor: Server) -> None:
    before = files(folder)
    ended = observe(folder, "openai-api", *words)
    assert ended.code == 0
    assert ended.stdout.endswith("nothing was written; to write it: --yes\n")
    assert files(folder) == before


def test_dry_run_and_yes_exclude_each_other(folder: Path, vendor: Server) -> None:
    ended = observe(folder, "openai-api", "--yes", "--dry-run")
    assert (ended.code, vendor.asked) == (2, [])
    assert "--dry-run and --yes exclude each other" in ended.stderr


# At a terminal.


def test_somebody_at_a_terminal_is_asked_after_seeing_the_difference(folder: Path, vendor: Server) -> None:
    words = ("observe", "openai-api", "--account", "eu-prod")
    refused = answered(folder, [("Write this to policies? [y/N]:", "n")], *words)
    assert refused.code == 0
    assert refused.stdout.count("settings.zero_data_retention: true") == 1
    assert "nothing was written" in refused.stdout
    assert not (folder / EU).exists()
    agreed = answered(folder, [("Write this to policies? [y/N]:", "y")], *words)
    assert agreed.code == 0
    assert agreed.stdout.count("settings.zero_data_retention: true") == 1
    assert filed(folder, "openai-api-eu-prod.yaml")["region"] == "eu"


def test_nobody_is_asked_where_there_is_nothing_to_write(folder: Path, vendor: Server) -> None:
    words = ("observe", "openai-api", "--account", "eu-prod")
    assert observe(folder, *words[1:], "--yes").code == 0
    ended = answered(folder, [("1 account as before", "")], *words)
    assert ended.code == 0
    assert ended.stdout.count("settings.zero_data_retention: true, as before") == 1
    assert "Write this" not in ended.stdout


def test_whoever_interrupts_has_written_nothing(folder: Path, vendor: Server) -> None:
    ended = answered(folder, [("[y/N]:", INTERRUPT)], "observe", "openai-api")
    assert ended.code == 130
    assert not (folder / "policies" / "observations").exists()
    assert [one.name for one in (folder / "policies").iterdir() if one.name.startswith(".")] == []


def test_report_for_a_machine_says_what_came_of_the_answer(folder: Path, vendor: Server) -> None:
    words = ("observe", "openai-api", "--account", "eu-prod", "--output", "json=report.json")
    assert answered(folder, [("[y/N]:", "y")], *words).code == 0
    (one,) = json.loads((folder / "report.json").read_text("utf-8"))["accounts"]
    assert one["written"]


# What is meant.


@pytest.mark.parametrize(
    ("words", "title", "help"),
    [
        (("openai",), "no offering `openai`", "did you mean `openai-api`"),
        (("openai-api", "all"), "`all` beside names", "leave one of them out"),
        (("claude-api",), "no offering `claude-api`", "vendorgate registry list"),
        (
            ("mistral-la-plateforme",),
            "nobody reads the accounts of `mistral-la-plateforme`",
            "vendorgate observe attest mistral-la-plateforme --account main --setting NAME=VALUE --by WHO",
        ),
        (
            ("openai-api", "--account", "eu-prd"),
            "--account: no account `eu-prd` among those",
            "did you mean `eu-prod`?",
        ),
        (
            ("anthropic-api",),
            "accounts.yaml lists no account of `anthropic-api`",
            "add it: - {offering: anthropic-api, name: NAME",
        ),
        (("openai-api", "--account", ""), "--account: no account `` among those", "`eu-prod`"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_is_meant(
    words: tuple[str, ...], title: str, help: str, folder: Path, vendor: Server
) -> None:
    ended = observe(folder, *words, "--yes")
    assert (ended.code, ended.stdout, vendor.asked) == (2, "", [])
    assert f"error: {title}" in ended.stderr
    assert help in ended.stderr


@pytest.mark.parametrize(
    ("words", "title", "line"),
    [
        (("all",), "`all` without accounts.yaml in policies", {"offering": "openai-api", "name": "eu-prod"}),
        (
            ("openai-api", "--account", "x"),
            "--account without accounts.yaml in policies",
            {"offering": "openai-api", "name": "x"},
        ),
    ],
)
def test_file_that_says_which_accounts_there_are_can_be_pasted(
    words: tuple[str, ...], title: str, line: dict[str, str], tmp_path: Path, vendor: Server
) -> None:
    ended = observe(bundle(tmp_path), *words)
    assert (ended.code, vendor.asked) == (2, [])
    assert f"error: {title}" in ended.stderr
    (pasted,) = (one.partition(": {")[2] for one in ended.stderr.splitlines() if "= help: write it" in one)
    write(tmp_path, {"policies/accounts.yaml": "{" + pasted.strip() + "\n"})
    entry = vendorgate("policy", "list", "policies", folder=tmp_path)
    assert entry.code == 0, entry.stderr
    (first,) = _accounts(tmp_path)
    assert line.items() <= first.items()


def _accounts(folder: Path) -> Any:

    return value_of((folder / "policies" / "accounts.yaml").read_text("utf-8"))["accounts"]


def test_ids_that_are_missing_are_said_with_the_line_to_write(tmp_path: Path, vendor: Server) -> None:
    ended = observe(bundle(tmp_path), "claude-bedrock")
    assert (ended.code, ended.stdout) == (2, "")
    assert "claude-bedrock: `region` is missing, which reading " in ended.stderr
    assert "write it: {version: 1, accounts: [{offering: claude-bedrock, region: REGION}]}" in ended.stderr
    accounts = {"version": 1, "accounts": [{"offering": "claude-bedrock", "name": "main"}]}
    write(tmp_path, {"policies/accounts.yaml": accounts})
    ended = observe(tmp_path, "all")
    assert "policies/accounts.yaml:3:" in ended.stderr
    assert "write its line so: - {offering: claude-bedrock, name: main, region: REGION}" in ended.stderr


def test_id_that_nobody_would_look_at_is_refused(tmp_path: Path, vendor: Server) -> None:
    entry = {"offering": "openai-api", "name": "main", "workspace": "wrkspc_1"}
    bundle(tmp_path, {"accounts.yaml": {"version": 1, "accounts": [entry]}})
    ended = observe(tmp_path, "all")
    assert (ended.code, vendor.asked) == (2, [])
    assert "`workspace` is nothing by which an account at OpenAI is read" in ended.stderr
    assert "this one takes `project`" in ended.stderr


@pytest.mark.parametrize("entries", [[], [{"offering": "mistral-la-plateforme"}]])
def test_all_of_which_nothing_is_read_is_no_success(
    entries: list[dict[str, str]], tmp_path: Path, vendor: Server
) -> None:
    bundle(tmp_path, {"accounts.yaml": {"version": 1, "accounts": entries}})
    assert observe(tmp_path, "all").code == 2


def test_bundle_that_came_with_vendorgate_is_nobodys_to_write_in(tmp_path: Path, vendor: Server) -> None:
    for words in ((), ("--bundle", "builtin")):
        ended = observe(tmp_path, "openai-api", *words)
        assert (ended.code, vendor.asked) == (2, [])
        assert "no bundle of your own to file observations in" in ended.stderr


# Writers, disks, sign-offs.


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_disk_that_takes_nothing_leaves_what_is_there(
    number: int, folder: Path, vendor: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, {"policies/observations/a.yaml": observation(settings={"zero_data_retention": True})})
    before = files(folder)

    def full(*arguments: object, **options: object) -> object:
        raise OSError(number, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        ended = observe(folder, "openai-api", "--yes", "--keep")
    assert ended.code == 2
    assert ended.stdout.count("not written") >= 2
    assert "cannot be written: no space left on device" in ended.stdout
    assert files(folder) == before


def test_two_at_once_lose_nothing(folder: Path, vendor: Server) -> None:
    codes: list[int] = []

    def run(account: str) -> None:
        words = ("observe", "openai-api", "--account", account, "--yes")
        codes.append(process(*words, folder=folder).code)

    threads = [threading.Thread(target=run, args=(name,)) for name in ("eu-prod", "us-prod", "eu-prod")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert codes == [0, 0, 0]
    assert sorted(one.name for one in (folder / "policies/observations").iterdir()) == [
        "openai-api-eu-prod.yaml",
        "openai-api-us-prod.yaml",
    ]


def test_whoever_writes_waits_for_another_and_sees_what_that_one_wrote(folder: Path, vendor: Server) -> None:
    ended = []
    with locked_bundle(folder / "policies"):
        waiting = threading.Thread(
            target=lambda: ended.append(
                process("observe", "openai-api", "--account", "eu-prod", "--yes", folder=folder)
            )
        )
        waiting.start()
        deadline = time.monotonic() + 30
        while len(vendor.asked) < 2 and time.monotonic() < deadline:
            time.sleep(0.01)
        write(folder, {"policies/observations/other.yaml": observation(region="us")})
    waiting.join()
    assert ended[0].code == 0, ended[0].stderr
    assert filed(folder, "other.yaml")["region"] == "eu"
    assert [one.name for one in (folder / "policies/observations").iterdir()] == ["other.yaml"]


def test_sign_off_ends_with_what_is_written_and_that_is_said(folder: Path, vendor: Server) -> None:
    assert vendorgate("policy", "signoff", "policies", "--by", "Dana", "--write", folder=folder).code == 0
    assert "sign-off" not in observe(folder, "openai-api").stdout
    ended = observe(folder, "openai-api", "--yes", "--output", "json=report.json")
    assert "the sign-off of policies is of the files as they were" in ended.stdout
    assert json.loads((folder / "report.json").read_text("utf-8"))["signoff_ended"] is True
    assert vendorgate("policy", "signoff", "policies", "--check", folder=folder).code == 1
    assert "sign-off" not in observe(folder, "openai-api", "--yes").stdout, "it had ended before"


# Secrets.


EVERYTHING: dict[str, Told] = {**FAILURES, "an answer": ANSWERS[f"{PROJECTS}/proj_eu"], "forbidden": 403}
SECRETS = (KEY, *PLANTED.values(), "evil.example")


@pytest.mark.parametrize("answer", EVERYTHING)
def test_no_secret_is_in_anything_that_comes_out(answer: str, folder: Path, vendor: Server) -> None:
    vendor.tell(f"{PROJECTS}/proj_eu", EVERYTHING[answer])
    outputs = [word for name in ("text", "json", "markdown") for word in ("--output", f"{name}=report.{name}")]
    told = []
    for words in (("--yes", "--keep"), ("--format", "json"), ("--format", "markdown")):
        ended = observe(folder, "openai-api", *words, *outputs, "--debug")
        assert ended.code in (0, 2)
        told += [ended.stdout, ended.stderr]
    told += [one.read_bytes().decode("utf-8") for one in folder.rglob("*") if one.is_file()]
    for secret in SECRETS:
        assert not any(secret in text for text in told), secret


def test_process_of_its_own_tells_no_secret_either(folder: Path, vendor: Server) -> None:
    vendor.tell(f"{PROJECTS}/proj_eu", 401)
    ended = process("observe", "openai-api", "--debug", folder=folder, environment={"PYTHONWARNINGS": "always"})
    assert ended.code == 2
    assert not any(secret in ended.stdout + ended.stderr for secret in SECRETS)


def test_fault_of_ours_gives_nothing_away_either(folder: Path, vendor: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from vendorgate.commands.observe import asking

    def broken(*arguments: object, **options: object) -> object:
        raise RuntimeError("a fault")

    monkeypatch.setattr(asking, "_understood", broken)
    for words in ((), ("--debug",)):
        ended = observe(folder, "openai-api", "--yes", *words)
        assert ended.code == 3
        assert not any(secret in ended.stdout + ended.stderr for secret in SECRETS)
    assert not (folder / "policies" / "observations").exists()


# Formats.


def test_document_is_of_its_type_and_formats_agree(folder: Path, vendor: Server) -> None:
    write(folder, {"policies/observations/a.yaml": observation(settings={"store": True})})
    vendor.tell(f"{PROJECTS}/proj_us", 401)
    found = report(observe(folder, "all", "--format", "json"))
    msgspec.convert(found, ObserveReport)
    text, marked = observe(folder, "all").stdout, observe(folder, "all", "--format", "markdown").stdout
    for one in found["accounts"]:
        for words in (text, marked):
            assert f"{one['offering']} (account {one['account']})" in words
    assert "- **settings.store: no longer told (was true)**" in marked
    assert found["summary"] == {
        "new": 0,
        "changed": 1,
        "renewed": 0,
        "same": 0,
        "failed": 1,
        "left": 1,
        "worse": 1,
        "written": 0,
    }


def test_help_of_the_word_explains_both(tmp_path: Path) -> None:
    shown = vendorgate("observe", "--help", folder=tmp_path).stdout
    assert "attest" in shown
    assert "vendorgate observe all" in " ".join(shown.split())
    assert "--fail-when" in shown
