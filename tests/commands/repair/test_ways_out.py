"""`vendorgate repair` and `vendorgate alternatives`: what is refused, what is printed, and how they end."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import jsonschema_rs
import pytest

from tests.command import ROOT, process, vendorgate
from tests.thoroughness import part, thorough

CLINIC = "examples/clinic/vendorgate.yaml"
USAGE = ("--usage", "visit-summaries")
DAY = ("--as-of", "2026-11-24")
COMMANDS = ("repair", "alternatives")
REFUSED = [
    (("examples/newsletter/vendorgate.yaml",), "2 usages, and this is about one"),
    ((*USAGE,), "no vendorgate.yaml or vendorgate.yml here"),
    ((CLINIC, "--usage", "visit-sumaries"), "no usage `visit-sumaries`"),
    ((CLINIC, "--usage", "visit-sumaries"), "did you mean `visit-summaries`?"),
    ((CLINIC, "--usage", ""), "no usage ``"),
    (("nowhere.yaml", *USAGE), "no such file"),
    (("examples", *USAGE), "and this is about one"),
    ((CLINIC, *USAGE, "--as-of", "tomorrow"), "`tomorrow` is not a day"),
    ((CLINIC, *USAGE, "--fail-on", "never"), "laxer than the bundle's"),
    ((CLINIC, *USAGE, "--fail-on", "panic"), "is not one of"),
    ((CLINIC, *USAGE, "--format", "yaml"), "is not one of"),
    ((CLINIC, *USAGE, "--policies", "nowhere"), "no such file"),
    ((CLINIC, *USAGE, "--registry", "nowhere"), "no such file"),
    ((CLINIC, *USAGE, "--pack", "gdprr"), "did you mean `gdpr`?"),
    ((CLINIC, CLINIC, *USAGE), "unexpected extra argument"),
]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("arguments", "message"), REFUSED)
def test_what_cannot_be_done_is_said_and_nothing_is_printed(
    command: str, arguments: tuple[str, ...], message: str
) -> None:
    ended = vendorgate(command, *arguments, folder=ROOT)
    assert (ended.code, ended.stdout) == (2, "")
    assert message in ended.stderr


OF_THEIR_OWN = [
    (("repair", CLINIC, *USAGE, "--limit", "0"), "is not in the range"),
    (("alternatives", CLINIC, *USAGE, "--route", "azure-openai"), "no route `azure-openai`"),
    (("alternatives", CLINIC, *USAGE, "--route", "claude-bedrok"), "did you mean `claude-bedrock`?"),
    (("alternatives", CLINIC, *USAGE, "--offering", "azure-open-ai"), "did you mean `azure-openai`?"),
]


@pytest.mark.parametrize(("arguments", "message"), OF_THEIR_OWN)
def test_names_that_do_not_exist_are_refused_with_the_nearest(arguments: tuple[str, ...], message: str) -> None:
    ended = vendorgate(*arguments, folder=ROOT)
    assert (ended.code, ended.stdout) == (2, "")
    assert message in ended.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_a_manifest_without_usages_has_no_usage(command: str, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text("version: 1\nproject: p\nusages: []\n", encoding="utf-8")
    ended = vendorgate(command, "m.yaml", "--usage", "u", folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert "there are: none" in ended.stderr


@cache
def answered(*arguments: str) -> tuple[int, str, str]:
    """The exit code of a command by what ships, its text and its JSON: asked once, since the search takes long."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        ended = vendorgate(*arguments, *DAY, "--format", "text", "--output", f"json={report}", folder=ROOT)
        return ended.code, ended.stdout, report.read_text(encoding="utf-8")


FEW = ("--offering", "anthropic-api", "--offering", "github-copilot-business", "--offering", "openrouter")
CODES = [
    (("repair", CLINIC, *USAGE), 0),
    (("repair", "examples/newsletter/vendorgate.yaml", "--usage", "proofread"), 0),
    (("repair", "examples/code-assistant/vendorgate.yaml", "--usage", "review-hints"), 1),
    (("alternatives", CLINIC, *USAGE), 0),
    (("alternatives", "examples/newsletter/vendorgate.yaml", "--usage", "proofread"), 0),
    (("alternatives", "examples/code-assistant/vendorgate.yaml", "--usage", "review-hints", *FEW), 1),
    (("alternatives", CLINIC, *USAGE, "--offering", "deepseek-api"), 1),
]


@pytest.mark.parametrize(("arguments", "code"), CODES)
def test_exit_code_says_whether_there_is_a_way_out(arguments: tuple[str, ...], code: int) -> None:
    assert answered(*arguments)[0] == code


@pytest.mark.parametrize(("arguments", "code"), [CODES[2], CODES[4]])
def test_format_changes_no_exit_code_and_a_file_holds_what_is_printed(arguments: tuple[str, ...], code: int) -> None:
    ended = vendorgate(*arguments, *DAY, "--format", "json", folder=ROOT)
    assert ended.code == code
    assert ended.stdout == answered(*arguments)[2]


@pytest.mark.parametrize(("arguments", "code"), CODES)
def test_json_is_what_its_schema_says(arguments: tuple[str, ...], code: int) -> None:
    schema = vendorgate("schema", arguments[0], folder=ROOT).stdout
    validator = jsonschema_rs.Draft7Validator(json.loads(schema), validate_formats=True)
    validator.validate(json.loads(answered(*arguments)[2]))


@pytest.mark.parametrize("command", COMMANDS)
def test_the_same_inputs_give_the_same_bytes_whatever_the_seed_of_hashes(command: str, tmp_path: Path) -> None:
    """Of alternatives every third offering for a commit."""
    ids = sorted(path.stem for path in (ROOT / "registry-snapshot" / "offerings").iterdir())
    few = [word for id in part(ids) for word in ("--offering", id)] if command == "alternatives" else []
    arguments = (command, "examples/eu-support-bot/vendorgate.yaml", "--usage", "answer-tickets", *few, *DAY)
    seen = set()
    for seed in ("0", "1", "2024") if thorough() else ("0", "1"):
        report = tmp_path / f"{seed}.json"
        formats = ("--format", "text", "--output", f"json={report}")
        ended = process(*arguments, *formats, folder=ROOT, environment={"PYTHONHASHSEED": seed})
        seen.add((ended.stdout, report.read_bytes()))
    assert len(seen) == 1


def test_all_shows_every_offering() -> None:
    few = answered("alternatives", CLINIC, *USAGE)[1]
    every = vendorgate("alternatives", CLINIC, *USAGE, *DAY, "--all", folder=ROOT).stdout
    assert "left out here, --all shows them" in few
    assert "left out" not in every
    for path in (ROOT / "registry-snapshot" / "offerings").glob("*.yaml"):
        assert f"{path.stem} (" in every or f"{path.stem}: the usage has it" in every


def test_a_reader_who_leaves_early_changes_nothing() -> None:
    command = f"{shlex.quote(sys.executable)} -m vendorgate alternatives {CLINIC} {' '.join((*USAGE, *DAY))} --all"
    ended = subprocess.run(
        ["bash", "-c", f"{command} | head -c 10; exit ${{PIPESTATUS[0]}}"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0
    assert "Traceback" not in ended.stderr


HOSTILE = "\x1b[31mred\u202e<b>|]]>%0A::error::\u2028 $(rm -rf) 'q'"


NAME = "[31mred <b>|]]>%0A::error:: $(rm -rf) 'q'"
"""As much of it as the name of a model or an endpoint can have."""


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A world in which every free text is hostile."""
    cell = {"value": "yes_public", "confidence": "high", "verified": "2026-10-01", "source": HOSTILE}
    scope = {"endpoints": {"only": [NAME]}, "models": {"only": [f"m{NAME}m"]}}
    offering = {
        "id": "alpha", "name": HOSTILE, "developer": HOSTILE, "platform": HOSTILE, "category": "first_party",
        "models": [f"m{NAME}m"], "model_family": HOSTILE, "endpoints": [NAME, "other"],
        "dimensions": {"hipaa_baa": {**cell, "scope": scope}},
    }  # fmt: skip
    other = {**offering, "id": "beta", "dimensions": {"hipaa_baa": {**cell, "value": "no"}}}
    rules = [{"covered": "hipaa_baa"}, {"===": [{"var": f"usage.settings.{HOSTILE}"}, HOSTILE]}, {"agreement": "baa"}]
    dated = {">=": [{"days_until": {"var": "agreements.baa.expires"}}, 3]}
    filed = {"matches": [{"var": "agreements.baa.reference"}, HOSTILE]}
    usage = {"id": "u", "offering": "alpha", "data": ["phi"], "purpose": HOSTILE, "endpoints": ["other"]}
    files = {
        "registry-snapshot/snapshot.yaml": {
            "version": 1, "name": HOSTILE, "generated": "2026-11-01", "license": "L", "attribution": "A",
            "dimensions": {"hipaa_baa": "?"},
        },
        "registry-snapshot/offerings/alpha.yaml": offering,
        "registry-snapshot/offerings/beta.yaml": other,
        "policies/p.yaml": {
            "version": 1,
            "policies": [{"id": "p", "title": HOSTILE, "require": [*rules, dated, filed], "remediation": HOSTILE}],
        },
        "policies/agreements.yaml": {"version": 1, "agreements": []},
        "it's $(here)/m.yaml": {"version": 1, "project": "p", "usages": [usage]},
    }  # fmt: skip
    for name, value in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value), encoding="utf-8")
    return tmp_path


CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("command", [("repair",), ("alternatives", "--all")])
@pytest.mark.parametrize("format", ["text", "json"])
def test_no_text_of_an_input_does_anything_to_whoever_reads_it(
    command: tuple[str, ...], format: str, hostile: Path
) -> None:
    ended = vendorgate(*command, "it's $(here)/m.yaml", "--usage", "u", *DAY, "--format", format, folder=hostile)
    assert ended.code == 0, ended.stdout + ended.stderr
    assert not CONTROL.search(ended.stdout)
    assert not any(line.lstrip().startswith(("::", "<b>")) for line in ended.stdout.splitlines())
    assert "\x1b" not in ended.stderr


def test_the_command_that_a_report_names_is_one_that_a_shell_takes(hostile: Path) -> None:
    report = vendorgate("check", "it's $(here)/m.yaml", *DAY, folder=hostile).stdout
    (command,) = re.findall(r"^next: vendorgate (repair .*?)(?: --as-of .*)?$", report, re.MULTILINE)
    words = subprocess.run(
        ["bash", "-c", f"printf '%s\\0' {command}"], capture_output=True, text=True, check=True
    ).stdout.split("\0")
    assert words[:-1] == ["repair", "it's $(here)/m.yaml", "--usage", "u", "--diff"]
    assert vendorgate(*words[:-1], *DAY, folder=hostile).code == 0


def test_the_first_usage_that_blocks_is_pointed_to_and_on_a_page_each_once() -> None:
    paths = ("examples/code-assistant/vendorgate.yaml", "examples/eu-support-bot/vendorgate.yaml", CLINIC)
    report = vendorgate("check", *paths, *DAY, folder=ROOT).stdout
    assert re.findall(r"vendorgate repair (\S+) --usage ([a-z-]+)", report) == [(paths[0], "review-hints")]
    page = vendorgate("check", *paths, *DAY, "--format", "html", folder=ROOT).stdout
    assert re.findall(r"<code>vendorgate repair (\S+) --usage ([a-z-]+)", page) == [
        (paths[0], "review-hints"),
        (paths[1], "answer-tickets"),
        (paths[1], "translate-tickets"),
        (CLINIC, "visit-summaries"),
    ]
    assert "= help" not in vendorgate("check", "examples/newsletter/vendorgate.yaml", *DAY, folder=ROOT).stdout


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal")
def test_a_terminal_gets_colours_unless_it_asks_for_none() -> None:
    script = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"
    command = [sys.executable, "-c", script, sys.executable, "-m", "vendorgate", "repair", CLINIC, *USAGE, *DAY]
    for extra, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        environment = {**os.environ, "TERM": "xterm", **extra}
        ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
        assert (b"\x1b[1m" in ended.stdout) == coloured
