"""`vendorgate init`: a manifest by flags, held against what a check would say, and what is left to do."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from unittest import mock

import pytest

from tests.command import process, vendorgate
from tests.commands.init.folder import FLAGS, snapshot, strictly

PUBLIC = ("--project", "blog", "--offering", "openai-api", "--data", "public")
PHI = (
    *("--offering", "openai-api", "--data", "phi", "--purpose", "Summarise visits: all of them", "--endpoint"),
    *("responses", "--model", "gpt-5.2", "--subject", "us", "--region", "us", "--setting", "data_sharing=false"),
    *("--setting", "zero_data_retention=true", "--agreement", "baa", "--agreement", "dpa", "--agreement", "zdr"),
)


def test_manifest_by_flags_is_valid_and_names_what_matters(tmp_path: Path) -> None:
    ended = vendorgate("init", *FLAGS, "--usage", "notes", folder=tmp_path)
    assert ended.code == 0
    assert ended.stdout.startswith("written: .vendorgate/manifest.schema.json\nwritten: vendorgate.yaml\n")
    data = (tmp_path / "vendorgate.yaml").read_bytes()
    assert data.startswith(b"# yaml-language-server: $schema=.vendorgate/manifest.schema.json\n")
    assert strictly(data) == {
        "version": 1,
        "project": "clinic",
        "owner": "a@example.org",
        "usages": [{"id": "notes", "offering": "openai-api", "data": ["phi", "pii"]}],
    }
    assert b"#   zero_data_retention:" in data
    checked = vendorgate("check", folder=tmp_path)
    assert checked.code == 1  # it says too little to pass
    assert "not declared" in checked.stdout


def test_public_data_passes_at_once(tmp_path: Path) -> None:
    ended = vendorgate("init", *PUBLIC, folder=tmp_path)
    assert "usage `first-usage` passes as of" in ended.stdout
    assert ended.stdout.endswith("\nnext: vendorgate check\n")
    assert vendorgate("check", folder=tmp_path).code == 0


def test_what_is_left_is_said_exactly_and_with_it_the_usage_passes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    ended = vendorgate("init", "--offering", "openai-api", "--data", "phi", folder=tmp_path / "a")
    assert ended.code == 0
    told = re.findall(r"^  (?:agreement )?`([\w.]+)`(?: with openai-api)? is not", ended.stdout, re.MULTILINE)
    assert told == [
        "settings.data_sharing",
        "dpa",
        "subjects",
        "endpoints",
        "baa",
        "models",
        "zdr",
        "settings.zero_data_retention",
        "purpose",
    ]
    assert "7 results block\n" in ended.stdout
    assert ended.stdout.endswith("\nnext: vendorgate check\n")
    found = vendorgate("repair", folder=tmp_path / "a")  # of all that the first manifest leaves out
    assert "FOUND: " in found.stdout
    ended = vendorgate("init", *PHI, folder=tmp_path / "b")
    assert "usage `first-usage` passes" in ended.stdout, ended.stdout
    assert vendorgate("check", folder=tmp_path / "b").code == 0


def test_every_answer_stands_in_the_file_in_the_usual_order(tmp_path: Path) -> None:
    more = (
        *("--environment", "staging", "--tier", "enterprise", "--cloud-region", "US East", "--account", "eu-1"),
        *("--lifecycle", "preview", "--feature", "web_search"),
    )
    assert vendorgate("init", *PHI, *more, folder=tmp_path).code == 0
    (usage,) = strictly((tmp_path / "vendorgate.yaml").read_bytes())["usages"]
    assert [*usage.items()] == [
        ("id", "first-usage"),
        ("purpose", "Summarise visits: all of them"),
        ("offering", "openai-api"),
        ("account", "eu-1"),
        ("endpoints", ["responses"]),
        ("models", ["gpt-5.2"]),
        ("data", ["phi"]),
        ("subjects", ["us"]),
        ("region", "us"),
        ("cloud_region", "US East"),
        ("tier", "enterprise"),
        ("environment", "staging"),
        ("lifecycle", "preview"),
        ("features", ["web_search"]),
        ("settings", {"data_sharing": False, "zero_data_retention": True}),
        ("agreements", ["baa", "dpa", "zdr"]),
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            (),
            [
                "--offering is missing",
                "--data is missing",
                "for example: vendorgate init --offering openai-api --data public --model gpt-5.2",
            ],
        ),
        (
            ("--project", "A B", "--offering", "opneai-api", "--data", "phl"),
            ["--project: `A B`", "did you mean `openai-api`?", "did you mean `phi`?"],
        ),
        (("--offering", "cohere", "--data", "phi"), ["`cohere` is not an offering", "offering: unlisted"]),
        ((*PUBLIC, "--usage", "U"), ["--usage: `U`", "a slug"]),
        ((*PUBLIC, "--owner", " "), ["--owner: "]),
        ((*PUBLIC, "--endpoint", "response"), ["--endpoint: ", "did you mean `responses`?"]),
        ((*PUBLIC, "--model", "gpt-*"), ["--model: "]),
        ((*PUBLIC, "--feature", "web_serach"), ["--feature: ", "did you mean `web_search`?"]),
        ((*PUBLIC, "--lifecycle", "beta"), ["--lifecycle: "]),
        ((*PUBLIC, "--account", "EU"), ["--account: "]),
        ((*PUBLIC, "--subject", "usa"), ["--subject: `usa` is not a region"]),
        ((*PUBLIC, "--region", "US"), ["--region: `US` is not a region", "write it in lower case: us"]),
        ((*PUBLIC, "--environment", "prod"), ["--environment: ", "did you mean `production`?"]),
        ((*PUBLIC, "--tier", "enterprize"), ["--tier: ", "did you mean `enterprise`?"]),
        ((*PUBLIC, "--agreement", "bba"), ["--agreement: ", "did you mean `baa`?"]),
        ((*PUBLIC, "--setting", "data_sharing"), ["--setting: `data_sharing` is no NAME=VALUE"]),
        ((*PUBLIC, "--setting", "data_sharing="), ["--setting: a setting without a value"]),
        ((*PUBLIC, "--setting", "data_sharing=no"), ["--setting: `no` is not read the same everywhere; write false"]),
        ((*PUBLIC, "--setting", "data_shairng=false"), ["did you mean `data_sharing`?"]),
        ((*PUBLIC, "--setting", 'data_sharing="x'), ["no text in double quotes"]),
        ((*PUBLIC, "--setting", "a=1", "--setting", "data_shared=\udcff"), ["--setting: not UTF-8"]),
        (
            ("--offering", "unlisted", "--data", "phi"),
            [
                "--vendor is missing",
                "for example: vendorgate init --offering unlisted --vendor 'Acme AI' --data public\n",
            ],
        ),
        (("--offering", "unlisted", "--vendor", "OpenAI", "--data", "phi"), ["--vendor: the registry lists `OpenAI`"]),
        ((*PUBLIC, "--vendor", "Acme"), ["--vendor: a `vendor` beside the offering `openai-api`"]),
        (
            ("--offering", "claude-bedrock", "--data", "phi", "--cloud-region", "us-east-1", "--region", "eu"),
            ["--region: `us-east-1` lies in `us`, and the region is `eu`"],
        ),
        (
            ("--offering", "claude-bedrock", "--data", "phi", "--cloud-region", "us-esat-1"),
            ["--cloud-region: `us-esat-1` is no region of this cloud", "did you mean `us-east-1`?"],
        ),
        (("manifset",), ["no such command `manifset`; did you mean `manifest`?"]),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_once(tmp_path: Path, arguments: tuple[str, ...], words: list[str]) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    ended = vendorgate("init", *arguments, folder=folder)
    assert ended.code == 2
    assert ended.stdout == ""
    for word in words:
        assert word in ended.stderr
    assert snapshot(folder) == {}


def test_unlisted_vendor_is_named_in_words(tmp_path: Path) -> None:
    vendor = 'Acme: "Speech" # 1\nversion: 2'
    ended = vendorgate("init", "--offering", "unlisted", "--vendor", vendor, "--data", "phi", folder=tmp_path)
    assert ended.code == 0, ended.stderr
    assert strictly((tmp_path / "vendorgate.yaml").read_bytes())["usages"][0]["vendor"] == vendor
    assert 'nobody has looked at `Acme: "Speech" # 1 version: 2`' in ended.stdout


def test_setting_that_nothing_reads_is_said(tmp_path: Path) -> None:
    ended = vendorgate("init", *PUBLIC, "--setting", 'purple="no"', folder=tmp_path)
    assert "nothing reads the setting `purple`" in ended.stdout
    assert strictly((tmp_path / "vendorgate.yaml").read_bytes())["usages"][0]["settings"] == {"purple": "no"}


def test_what_a_name_implies_is_said(tmp_path: Path) -> None:
    model = ("--model", "global.anthropic.claude-opus-5", "--setting", "inference_profile=eu")
    ended = vendorgate("init", "--offering", "claude-bedrock", "--data", "public", *model, folder=tmp_path)
    assert ended.code == 0
    assert ended.stderr.count("implies `settings.inference_profile` `global`, and it is `eu`") == 1


def test_name_of_the_folder_is_the_project(tmp_path: Path) -> None:
    folder = tmp_path / "My Project (1)"
    folder.mkdir()
    assert vendorgate("init", "--offering", "openai-api", "--data", "phi", folder=folder).code == 0
    assert strictly((folder / "vendorgate.yaml").read_bytes())["project"] == "my-project-1"


def test_words_of_the_bundle_are_words_and_its_register_alone_counts(tmp_path: Path) -> None:
    assert vendorgate("init", "bundle", "--name", "b", "--register", folder=tmp_path).code == 0
    bundle = tmp_path / "policies" / "bundle.yaml"
    bundle.write_text(bundle.read_text(encoding="utf-8") + "data_classes: [recipes]\n", encoding="utf-8")
    ended = vendorgate("init", "--offering", "openai-api", "--data", "recipes", folder=tmp_path)
    assert ended.code == 0, ended.stderr
    bundle.write_text("version: 2\n", encoding="utf-8")
    assert vendorgate("init", "--offering", "openai-api", "--data", "phi", "--usage", "u", folder=tmp_path).code == 2


def test_options_of_judging_go_with_the_next_command(tmp_path: Path) -> None:
    ended = vendorgate("init", *PUBLIC, "--policies", "builtin", "--registry", "builtin", folder=tmp_path)
    assert ended.stdout.endswith("next: vendorgate check --policies builtin --registry builtin\n")


def test_schema_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / ".vendorgate").mkdir()
    (tmp_path / ".vendorgate" / "manifest.schema.json").write_text("mine", encoding="utf-8")
    ended = vendorgate("init", *FLAGS, folder=tmp_path)
    assert ended.code == 0
    assert ended.stdout.startswith("written: vendorgate.yaml\n")
    assert (tmp_path / ".vendorgate" / "manifest.schema.json").read_text(encoding="utf-8") == "mine"


def test_manifest_above_is_not_missed(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    below = tmp_path / "services" / "new"
    below.mkdir(parents=True)
    (tmp_path / "services" / "vendorgate.yml").write_text("version: 1\nproject: p\nusages: []\n", encoding="utf-8")
    (tmp_path / "vendorgate.yaml").write_text("version: 1\nproject: p\nusages: []\n", encoding="utf-8")
    before = snapshot(below)
    ended = vendorgate("init", "--offering", "openai-api", "--data", "public", folder=below)
    assert ended.code == 2
    assert "no manifest here, and ../vendorgate.yml above" in ended.stderr
    assert "--project NAME" in ended.stderr
    assert snapshot(below) == before
    assert vendorgate("init", *PUBLIC, folder=below).code == 0


def test_without_a_terminal_nothing_is_asked(tmp_path: Path) -> None:
    assert process("init", folder=tmp_path).code == 2


def test_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    with mock.patch("vendorgate.frame.writing.os.fsync", side_effect=OSError(28, "No space left on device")):
        ended = vendorgate("init", *FLAGS, folder=tmp_path)
    assert ended.code == 2
    assert "no space left on device" in ended.stderr
    assert snapshot(tmp_path) == {}


def test_help_shows_the_options_of_a_manifest(tmp_path: Path) -> None:
    for words in (("init", "-h"), ("init", "--help"), ("init", "manifest", "--help")):
        ended = vendorgate(*words, folder=tmp_path)
        assert ended.code == 0
        assert "--setting NAME=VALUE" in ended.stdout
    assert vendorgate("init", "--debug", *PUBLIC, folder=tmp_path).code == 0
