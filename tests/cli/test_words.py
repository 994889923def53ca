"""The words of the command line mean the same in every command, and those that are no longer said are refused."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import click
import pytest

from tests.command import ROOT, Ended, vendorgate
from tests.commands.fleet.runs import CLINIC, rows_file
from tests.commands.push.world import standing_by
from tests.commands.registry.server import running
from tests.commands.registry.test_import import published
from tests.commands.review.repository import Repository
from vendorgate.cli.commands import vendorgate as program
from vendorgate.frame.options import Span
from vendorgate.frame.retired import RETIRED, advice
from vendorgate.frame.verdict import THRESHOLDS


def _commands(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from _commands(command, (*words, name))
        else:
            yield " ".join((*words, name)), command


COMMANDS: Final[Mapping[str, click.Command]] = dict(_commands(program))


def _options(command: str) -> dict[str, click.Parameter]:
    return {option: one for one in COMMANDS[command].params for option in one.opts if option.startswith("-")}


def _choices(option: click.Parameter) -> tuple[str, ...]:
    assert isinstance(option.type, click.Choice)
    return tuple(option.type.choices)


def _having(option: str) -> list[str]:
    return [command for command in COMMANDS if option in _options(command)]


def test_walk_meets_commands_and_groups() -> None:
    assert {"check", "registry diff", "action run", "completion"} <= COMMANDS.keys()


_FOLDERS: Final = frozenset(("registry site",))
"""Commands that write a folder of pages and data, and report nothing beside it."""
_ARCHIVES: Final = frozenset(("evidence pack",))
"""Commands that write an archive, which has every report."""


def test_site_goes_to_a_folder() -> None:
    for command in _FOLDERS:
        output = _options(command)["--output"]
        assert isinstance(output, click.Option)
        assert (output.multiple, output.metavar, output.required) == (False, "DIR", True)


def test_pack_goes_to_an_archive() -> None:
    for command in _ARCHIVES:
        output = _options(command)["--output"]
        assert isinstance(output, click.Option)
        assert (output.multiple, output.metavar, output.required) == (False, "FILE.zip", True)


@pytest.mark.parametrize("command", [command for command in COMMANDS if command not in _FOLDERS | _ARCHIVES])
def test_every_report_goes_to_files_too(command: str) -> None:
    options = _options(command)
    assert ("--format" in options) == ("--output" in options)
    if "--output" in options:
        format, output = options["--format"], options["--output"]
        assert format.default == _choices(format)[0]
        assert isinstance(output, click.Option)
        assert (output.multiple, output.metavar) == (True, "FORMAT=PATH")


@pytest.mark.parametrize("command", _having("--fail-on"))
def test_fail_on_is_a_severity(command: str) -> None:
    assert _choices(_options(command)["--fail-on"]) == THRESHOLDS == ("note", "warning", "error", "never")


@pytest.mark.parametrize("command", _having("--fail-when"))
def test_fail_when_says_what_happened(command: str) -> None:
    choices = _choices(_options(command)["--fail-when"])
    assert set(choices) <= {"new", "worse", "any", "missing", "never"}
    assert "never" in choices


@pytest.mark.parametrize(
    ("command", "option"),
    [(command, option) for command in COMMANDS for option in _options(command) if option.endswith("within")],
)
def test_within_is_a_span(command: str, option: str) -> None:
    assert isinstance(_options(command)[option].type, Span)


def test_threshold_is_a_percentage() -> None:
    assert _having("--threshold") == ["policy test"]
    type = _options("policy test")["--threshold"].type
    assert isinstance(type, click.IntRange)
    assert (type.min, type.max) == (0, 100)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_does(command: str) -> None:
    for one in COMMANDS[command].params:
        if isinstance(one, click.Option):
            assert one.help
            assert re.fullmatch(r"[A-Z].*\.(  \[default: .+\])?", one.help)


# What is no longer said.


_RETIRED: Final = [
    (command, option, new.option, value)
    for command, options in RETIRED.items()
    for option, new in options.items()
    for value in new.values or ("x",)
]


@pytest.mark.parametrize(("command", "old", "new", "value"), _RETIRED)
@pytest.mark.parametrize("form", ["{option} {value}", "{option}={value}"])
def test_retired_word_is_refused_with_the_one_to_type(
    form: str, command: str, old: str, new: str, value: str, tmp_path: Path
) -> None:
    words = form.format(option=old, value=value).split()
    ended = vendorgate(*command.split(), *words, folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert f"error: `{old} {value}` of `vendorgate {command}` is now `{new} {value}`\n" in ended.stderr
    assert f"Usage: vendorgate {command} " in ended.stderr
    assert new in _options(command)


@pytest.mark.parametrize("command", RETIRED)
def test_retired_word_is_none_that_works(command: str) -> None:
    for old, new in RETIRED[command].items():
        if old in _options(command):
            assert new.values
            assert not set(new.values) & set(_choices(_options(command)[old]))


def test_retired_word_without_a_value_is_refused_too(tmp_path: Path) -> None:
    ended = vendorgate("registry", "diff", "old", "new", "--fail-on", folder=tmp_path)
    assert "error: `--fail-on` of `vendorgate registry diff` is now `--fail-when`\n" in ended.stderr


def test_old_option_with_a_value_of_today_is_no_retired_word() -> None:
    assert advice("impact", ["--fail-on", "warning"]) is None
    assert advice("impact", ["--fail-on", "never"]) is None


def test_what_stands_behind_the_options_is_no_retired_word() -> None:
    assert advice("schema", ["--", "--output"]) is None
    assert advice("check", ["--output", "json=a"]) is None


@pytest.mark.parametrize("command", _having("--within"))
def test_days_without_a_unit_are_refused_with_what_to_type(command: str, tmp_path: Path) -> None:
    ended = vendorgate(*command.split(), "--within", "30", folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert "`30` is no span of time; write it in days or weeks, as 30d or 2w" in ended.stderr


# What is written is what is printed.

_CLINIC: Final = "clinic/vendorgate.yaml"
_DAY: Final = ("--as-of", "2026-11-24")
_USAGE: Final = ("--usage", "visit-summaries")
_BUNDLE: Final = ("--bundle", "own-bundle/policies")
_RUNS: Final[Mapping[str, tuple[str, ...]]] = {
    "check": (_CLINIC, *_DAY),
    "review": (_CLINIC, "--base", "main", *_DAY),
    "detect": ("clinic", "--against", _CLINIC, *_DAY),
    "impact": (_CLINIC, "--to", "registry-next", *_DAY),
    "verify": ("report.json",),
    "evidence series": ("kept",),
    "plan": (_CLINIC, *_DAY),
    "inventory list": (_CLINIC, *_DAY),
    "inventory diff": ("register.json", "register.json"),
    "explain": (_CLINIC, *_USAGE, *_DAY),
    "agreements list": ("--policies", "own-bundle/policies", *_DAY),
    "agreements check": ("own-bundle/vendorgate.yaml", "--policies", "own-bundle/policies", *_DAY),
    "agreements report": ("own-bundle/vendorgate.yaml", "--policies", "own-bundle/policies", *_DAY),
    "repair": (_CLINIC, *_USAGE, *_DAY),
    "alternatives": (_CLINIC, *_USAGE, *_DAY, "--offering", "claude-bedrock"),
    "registry list": (),
    "registry show": ("openai-api", *_DAY),
    "registry compare": ("openai-api", "claude-bedrock"),
    "registry question": ("hipaa_baa",),
    "registry watch-outs": ("openai-api",),
    "registry search": ("retention",),
    "registry verify": _DAY,
    "registry due": (_CLINIC, *_DAY),
    "registry confirm": ("openai-api", "hipaa_baa", "--on", "2026-11-23", "--by", "a", "--dry-run", *_DAY),
    "registry correct": ("--apply", "correction.yaml", "--registry", "registry-next", "--dry-run", *_DAY),
    "registry watch": (".",),
    "registry diff": ("registry-snapshot", "registry-next"),
    "registry import": ("data.json", "--registry", "registry-next"),
    "registry update": ("URL", "--registry", "registry-next", "--dry-run"),
    "policy list": ("own-bundle/policies",),
    "policy show": ("phi-needs-baa-and-zdr",),
    "policy explain": ("phi-needs-baa-and-zdr",),
    "policy controls": ("own-bundle/policies",),
    "policy docs": ("own-bundle/policies",),
    "policy test": ("builtin", "-k", "phi-needs-baa-and-zdr", *_DAY),
    "policy lint": ("own-bundle/policies",),
    "waiver list": ("own-bundle/vendorgate.yaml", "--policies", "own-bundle/policies", *_DAY),
    "observe read": ("openai-api", *_BUNDLE),
    "observe attest": (
        *("mistral-la-plateforme", "--setting", "zero_data_retention=true", "--by", "a"),
        *("--evidence", "report.json", *_BUNDLE),
    ),
    "fleet gather": ("repositories.txt", "--store", "gathered"),
    "fleet check": ("rows.jsonl", "--out", "run", "--jobs", "1", *_DAY),
    "fleet report": ("judged",),
    "fleet diff": ("judged", "judged"),
    "fleet policy": ("judged", "--policies", "fleet-policies"),
    "push ciso-assistant": (_CLINIC, *_DAY),
}
"""A real run of every command that reports, in a folder with the examples."""


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples in a repository of git, beside a registry, another one, and a report."""
    folder = tmp_path_factory.mktemp("examples")
    repository = Repository(folder)
    shutil.copytree(ROOT / "examples", folder, dirs_exist_ok=True)
    for name in ("registry-snapshot", "registry-next"):
        shutil.copytree(ROOT / "registry-snapshot", folder / name)
    offering = folder / "registry-next" / "offerings" / "claude-bedrock.yaml"
    offering.write_text(offering.read_text("utf-8").replace("yes_public", "unclear"), "utf-8")
    upstream = published({"hipaa_baa": {"value": "no", "confidence": "high", "verified": "2026-11-20"}}, "openai-api")
    (folder / "data.json").write_text(json.dumps(upstream), "utf-8")
    _corrected(folder)
    repository.commit()
    listed = _ended(folder, "inventory", _CLINIC, *_DAY, "--format", "json").stdout
    (folder / "register.json").write_text(listed, "utf-8")
    (folder / "report.json").write_text(_ended(folder, "check", _CLINIC, *_DAY, "--format", "json").stdout, "utf-8")
    rows_file(folder / "rows.jsonl", [CLINIC])
    assert _ended(folder, "fleet", "check", "rows.jsonl", "--out", "judged", "--jobs", "1", *_DAY).code == 1
    _ruled(folder)
    (folder / "repositories.txt").write_text("acme/examples .\n", "utf-8")
    assert _ended(folder, "fleet", "gather", "repositories.txt", "--store", "gathered").code == 0
    (folder / "kept").mkdir()
    shutil.copy(folder / "report.json", folder / "kept")
    return folder


def _ruled(folder: Path) -> None:
    """A bundle with a rule over all usages."""
    shutil.copytree(folder / "own-bundle" / "policies", folder / "fleet-policies")
    shutil.copy(ROOT / "tests" / "schema" / "fleet.yaml", folder / "fleet-policies")


def _corrected(folder: Path) -> None:
    """A correction that was filled in."""
    words = ("registry", "correct", "openai-api", "gpai_cop", "--into", "correction.yaml")
    assert vendorgate(*words, "--registry", "registry-next", folder=folder).code == 0
    path = folder / "correction.yaml"
    head, _, should = path.read_text("utf-8").partition("dimensions:\n")
    filled = re.sub("value: .*", "value: unclear", should, count=1).replace('read_on: ""', "read_on: 2026-11-23")
    path.write_text(f"{head}dimensions:\n" + filled.replace(': ""', ": https://vendor.example/"), "utf-8")


def _ended(folder: Path, *arguments: str) -> Ended:
    ended = vendorgate(*arguments, folder=folder)
    assert ended.code in (0, 1), ended.stderr
    return ended


def test_every_command_that_reports_is_run() -> None:
    assert [*_RUNS] == _having("--format")


@pytest.mark.parametrize("command", _RUNS)
def test_file_holds_what_is_printed(command: str, examples: Path, tmp_path: Path) -> None:
    formats = _choices(_options(command)["--format"])
    machine = "json" if "json" in formats else formats[0]
    with running() as server, standing_by(command) as where:
        url = server.serve("/data.json", (examples / "data.json").read_bytes())
        run = (*command.split(), *(url if word == "URL" else word for word in _RUNS[command]), *where)
        printed = _ended(examples, *run, "--format", machine)
        path = tmp_path / "report"
        assert printed.stdout
        written = _ended(examples, *run, "--output", f"{machine}={path}", "--output", f"{formats[0]}={path}.too")
        assert written.code == printed.code
        assert path.read_bytes() == printed.stdout.encode("utf-8")
        assert (tmp_path / "report.too").read_bytes() == written.stdout.encode("utf-8")


@pytest.mark.parametrize("command", [command for command in _RUNS if "--as-of" in _options(command)])
def test_how_far_a_chosen_day_is_from_today_is_said(command: str, examples: Path) -> None:
    run = [word for word in _RUNS[command] if word not in _DAY]
    with standing_by(command) as where:
        ended = _ended(examples, *command.split(), *run, *_DAY, *where)
    assert re.search("^as of 2026-11-24, .* today$|^as of 2026-11-24, today$", ended.stderr, re.M)


_INPUTS: Final[Mapping[str, str]] = {
    "verify": "report.json",
    "evidence series": "kept/report.json",
    "inventory diff": "register.json",
    "agreements": "own-bundle/policies/agreements.yaml",
    "registry": "registry-snapshot/snapshot.yaml",
    "registry correct": "registry-next/snapshot.yaml",
    "registry import": "registry-next/snapshot.yaml",
    "registry update": "registry-next/new.yaml",
    "policy": "own-bundle/policies/new.yaml",
    "policy show": "registry-snapshot/snapshot.yaml",
    "policy explain": "registry-snapshot/snapshot.yaml",
    "policy test": "registry-snapshot/snapshot.yaml",
    "waiver": "own-bundle/policies/waivers.yaml",
    "observe": "own-bundle/policies/observations/openai-api.yaml",
    "fleet gather": "repositories.txt",
    "fleet check": "rows.jsonl",
    "fleet report": "judged/run.json",
    "fleet diff": "judged/run.json",
    "fleet policy": "judged/run.sqlite",
}
"""One of a command, or of all in a group; of all others it is the manifest."""


@pytest.mark.parametrize("command", _RUNS)
def test_no_report_takes_the_place_of_an_input(command: str, examples: Path) -> None:
    format = _choices(_options(command)["--format"])[0]
    output = f"{format}={_INPUTS.get(command) or _INPUTS.get(command.split()[0], _CLINIC)}"
    with running() as server:
        run = (*command.split(), *(server.url("/") if word == "URL" else word for word in _RUNS[command]))
        ended = vendorgate(*run, "--output", output, folder=examples)
        assert server.asked == []
    assert ended.code == 2
    assert ended.stdout == ""
    assert f"--output {output}: would overwrite an input" in ended.stderr
