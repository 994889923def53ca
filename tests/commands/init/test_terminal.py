"""`vendorgate init` at a terminal: each question is asked once, and a wrong answer is asked again."""

from __future__ import annotations

from pathlib import Path

from tests.command import vendorgate
from tests.commands.init.folder import snapshot, strictly
from tests.terminal import INTERRUPT, answered


def test_everything_is_asked_that_concerns_the_offering(tmp_path: Path) -> None:
    answers = [
        ("An empty answer leaves undeclared", "clinic"),
        ("Who answers for it", ""),
        ("A name for this use of an AI vendor [first-usage]", ""),
        ("Offering", ""),
        ("this one needs an answer; Ctrl-C leaves, and nothing is written", "opneai-api"),
        ("did you mean `openai-api`?", "openai-api"),
        ("What it is used for", "Summarise: all"),
        ("Endpoints that it calls (chat completions, responses,", "responses, chat completion"),
        ("did you mean `chat completions`?", "responses, chat completions"),
        ("Models, as the vendor writes them, with commas", "gpt-5.2"),
        ("Vendor features that are switched on; none where nothing is answered (audio_input,", ""),
        ("Classes of data that it sends (phi, pii,", " "),
        ("this one needs an answer", "phi, pii"),
        ("Where the people behind the data are", ""),
        ("The place that the account is pinned to", "USA"),
        ("is not a region", "us"),
        ("Where it runs (production, staging, development)", ""),
        ("Setting `data_sharing` of the account (what counts: training_on_customer_data: false)", "no"),
        ("write false", "false"),
        ("Setting `endpoint_location`", "us"),
        ("Setting `enhanced_abuse_controls`", ""),
        ("Setting `external_web_access`", ""),
        ("Setting `zero_data_retention` of the account (what counts: retention_zdr: true)", "true"),
        ("Agreements that are in force with the vendor (baa, dpa", "baa, zdr"),
    ]
    ended = answered(tmp_path, answers, "init")
    assert ended.code == 0, ended.stdout
    assert strictly((tmp_path / "vendorgate.yaml").read_bytes()) == {
        "version": 1,
        "project": "clinic",
        "usages": [
            {
                "id": "first-usage",
                "purpose": "Summarise: all",
                "offering": "openai-api",
                "endpoints": ["responses", "chat completions"],
                "models": ["gpt-5.2"],
                "data": ["phi", "pii"],
                "region": "us",
                "settings": {"data_sharing": False, "endpoint_location": "us", "zero_data_retention": True},
                "agreements": ["baa", "zdr"],
            }
        ],
    }
    assert "does not pass yet" in ended.stdout
    assert "next: vendorgate check" in ended.stdout


def test_what_options_say_is_not_asked(tmp_path: Path) -> None:
    options = ("--project", "p", "--owner", "o", "--usage", "u", "--offering", "unlisted", "--data", "public")
    answers = [
        ("Who the vendor is, in words", "OpenAI"),
        ("the registry lists `OpenAI`", "Acme"),
        ("What it is used for", ""),
        ("Endpoints that it calls, with commas", ""),
        ("Models", ""),
        ("Where the people", ""),
        ("The place that the account", ""),
        ("Where it runs", ""),
    ]
    ended = answered(tmp_path, answers, "init", *options)
    assert ended.code == 0, ended.stdout
    (usage,) = strictly((tmp_path / "vendorgate.yaml").read_bytes())["usages"]
    assert usage == {"id": "u", "offering": "unlisted", "vendor": "Acme", "data": ["public"]}


def test_cloud_region_is_asked_where_the_offering_has_a_cloud_and_a_second_usage_has_a_name(tmp_path: Path) -> None:
    (tmp_path / "vendorgate.yaml").write_text("version: 1\nproject: p\nusages: []  # none\n", encoding="utf-8")
    answers = [
        ("adding a usage to vendorgate.yaml of project `p`", "notes"),
        ("Offering", "claude-bedrock"),
        ("What it is used for", ""),
        ("Endpoints", ""),
        ("Models", ""),
        ("Vendor features", ""),
        ("Classes of data that it sends (phi, pii, special_category, children, biometric, pci,", "public"),
        ("Where the people", ""),
        ("The cloud's own name of the region (", "us-east-1"),
        ("The place that the account", "eu"),
        ("lies in `us`, and the region is `eu`", "us"),
        ("Where it runs", "staging"),
        ("Setting `data_retention_mode`", "none"),
        ("Setting `inference_profile`", ""),
        ("Setting `model_invocation_logging`", INTERRUPT),
    ]
    ended = answered(tmp_path, answers, "init")
    assert ended.code == 130
    assert (tmp_path / "vendorgate.yaml").read_text(encoding="utf-8").endswith("usages: []  # none\n")


def test_where_the_bundle_has_a_register_no_claims_are_asked_for(tmp_path: Path) -> None:
    assert vendorgate("init", "bundle", "--name", "b", "--register", folder=tmp_path).code == 0
    options = ("--project", "p", "--owner", "o", "--usage", "u", "--offering", "groq-api", "--data", "public")
    more = ("--purpose", "x", "--endpoint", "files", "--model", "m", "--subject", "us", "--region", "us")
    answers = [("Vendor features", ""), ("Where it runs", ""), ("Setting", ""), ("Setting", "")]
    ended = answered(tmp_path, answers, "init", *options, *more)
    assert ended.code == 0, ended.stdout
    assert "Agreements" not in ended.stdout


def test_interruption_writes_nothing(tmp_path: Path) -> None:
    ended = answered(tmp_path, [("Project", INTERRUPT)], "init")
    assert ended.code == 130
    assert snapshot(tmp_path) == {}


def test_wrong_option_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    options = ("--project", "p", "--usage", "u", "--offering", "opneai-api", "--data", "phl", "--region", "mars")
    ended = answered(tmp_path, [("An empty answer leaves undeclared", "")], "init", *options)
    assert ended.code == 2
    for wrong in ("--offering: ", "--data: ", "--region: "):
        assert wrong in ended.stdout
    assert "What it is used for" not in ended.stdout
    assert not (tmp_path / "vendorgate.yaml").exists()


CODE = """
import boto3
from openai import OpenAI

OpenAI().responses.create(model="gpt-5.2", input="?")
boto3.client("bedrock-runtime", region_name="us-east-1").converse(modelId="anthropic.claude-sonnet-4-6")
"""


def test_what_the_code_uses_is_offered(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(CODE, encoding="utf-8")
    answers = [
        ("the code uses claude-bedrock at app.py:6:1", ""),
        ("Who answers for it", ""),
        ("A name for this use of an AI vendor [claude-bedrock]", ""),
        ("[claude-bedrock]", ""),
        ("What it is used for", ""),
        ("[converse]", ""),
        ("[anthropic.claude-sonnet-4-6]", ""),
        ("Vendor features", ""),
        ("Classes of data that it sends", "public"),
        ("Where the people", ""),
        ("[us-east-1]", ""),
        ("The place that the account", ""),
        ("Where it runs", ""),
        ("Setting `data_retention_mode`", ""),
        ("Setting `inference_profile`", ""),
        ("Setting `model_invocation_logging`", ""),
        ("Agreements", ""),
    ]
    ended = answered(tmp_path, answers, "init")
    assert ended.code == 0, ended.stdout
    (usage,) = strictly((tmp_path / "vendorgate.yaml").read_bytes())["usages"]
    assert usage == {
        "id": "claude-bedrock",
        "offering": "claude-bedrock",
        "endpoints": ["converse"],
        "models": ["anthropic.claude-sonnet-4-6"],
        "data": ["public"],
        "cloud_region": "us-east-1",
    }


def test_what_is_offered_is_about_the_offering_that_is_offered_alone(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(CODE, encoding="utf-8")
    answers = [
        ("the code uses claude-bedrock", ""),
        ("Who answers for it", ""),
        ("A name for this use", ""),
        ("[claude-bedrock]", "unlisted"),
        ("Who the vendor is", "Acme"),
        ("What it is used for", ""),
        ("Endpoints that it calls, with commas:", ""),
        ("Models, as the vendor writes them, with commas:", ""),
        ("Classes of data", "public"),
        ("Where the people", ""),
        ("The place that the account", ""),
        ("Where it runs", ""),
    ]
    ended = answered(tmp_path, answers, "init")
    assert ended.code == 0, ended.stdout
    (usage,) = strictly((tmp_path / "vendorgate.yaml").read_bytes())["usages"]
    assert usage == {"id": "claude-bedrock", "offering": "unlisted", "vendor": "Acme", "data": ["public"]}


def test_a_script_is_offered_nothing(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(CODE, encoding="utf-8")
    ended = vendorgate("init", "--data", "public", folder=tmp_path)
    assert (ended.code, "--offering is missing" in ended.stderr) == (2, True)


def _bundle(folder: Path, observations: str, account: str = "") -> None:
    (folder / "policies" / "observations").mkdir(parents=True)
    (folder / "policies" / "bundle.yaml").write_text(f"observations: {observations}\n", encoding="utf-8")
    (folder / "policies" / "p.yaml").write_text(
        "version: 1\npolicies: [{id: p, title: P, require: [{covered: retention_zdr}]}]\n", encoding="utf-8"
    )
    observation = (
        f"version: 1\noffering: openai-api\n{account}observed: 2026-11-20\nsettings: {{data_sharing: false}}\n"
    )
    (folder / "policies" / "observations" / "a.yaml").write_text(observation, encoding="utf-8")


BEFORE_SETTINGS = [
    ("What it is used for", ""),
    ("Endpoints", ""),
    ("Models", ""),
    ("Vendor features", ""),
    ("Where the people", ""),
    ("The place that the account", ""),
    ("Where it runs", ""),
]
"""What is asked, and answered with what is proposed, before settings are."""


def test_what_was_observed_is_said_and_not_asked(tmp_path: Path) -> None:
    _bundle(tmp_path, "{max_age_days: 36500}")
    answers = [
        *BEFORE_SETTINGS,
        ("setting `data_sharing` is false, observed on 2026-11-20: that counts\r\nSetting `endpoint_location`", ""),
        ("Setting `enhanced_abuse_controls`", ""),
        ("Setting `external_web_access`", ""),
        ("Setting `zero_data_retention`", ""),
        ("Agreements", ""),
    ]
    options = ("--project", "p", "--owner", "o", "--usage", "u", "--offering", "openai-api", "--data", "public")
    ended = answered(tmp_path, answers, "init", *options)
    assert ended.code == 0, ended.stdout


def test_what_must_be_observed_is_not_asked(tmp_path: Path) -> None:
    _bundle(tmp_path, "{required: [openai-api], max_age_days: 36500}", "account: eu\n")
    answers = [
        *BEFORE_SETTINGS,
        ("setting `zero_data_retention` must be observed, and is not: `vendorgate observe openai-api` reads it", ""),
    ]
    options = ("--project", "p", "--owner", "o", "--usage", "u", "--offering", "openai-api", "--data", "public")
    ended = answered(tmp_path, answers, "init", *options)
    assert ended.code == 0, ended.stdout
    assert "Setting `" not in ended.stdout
