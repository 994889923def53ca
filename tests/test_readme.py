"""Every example of the README and of the documentation does what is said there."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import ROOT, process, typed, vendorgate
from tests.documents import PAGES, README, TEXT, block, console
from tests.sessions import Step, Written, sessions, without_days

CONSOLE = console()
SESSIONS = sessions()


@pytest.mark.parametrize(("turn", "shown"), [*enumerate(CONSOLE)], ids=[arguments for arguments, _ in CONSOLE])
def test_output_shown_is_the_real_one(turn: int, shown: tuple[str, str]) -> None:
    arguments, output = shown
    ended = typed(*shlex.split(arguments), folder=ROOT, turn=turn)
    assert ended.code in (0, 1), ended.stderr
    assert ended.stdout == output


def test_every_example_project_is_shown() -> None:
    shown = {word for arguments, _ in CONSOLE for word in shlex.split(arguments)}
    assert {str(path.relative_to(ROOT)) for path in ROOT.glob("examples/*/vendorgate.yaml")} <= shown


def test_first_command_shown_writes_a_manifest_that_passes(tmp_path: Path) -> None:
    ended = process(*shlex.split(block("sh first"))[1:], folder=tmp_path)
    assert ended.code == 0, ended.stderr
    assert ended.stdout.endswith("next: vendorgate check\n")
    assert process("check", folder=tmp_path).code == 0


def test_manifest_shown_passes_by_what_comes_with_the_package(tmp_path: Path) -> None:
    (tmp_path / "vendorgate.yaml").write_text(block("yaml manifest"), encoding="utf-8")
    ended = process("check", "--as-of", "2026-11-24", "--fail-on", "note", folder=tmp_path)
    assert ended.code == 0, ended.stdout
    assert ended.stdout.splitlines()[-1].startswith("PASS")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The files that the README shows, where it says that they go."""
    bundle = tmp_path / "policies"
    (bundle / "offerings").mkdir(parents=True)
    (tmp_path / "vendorgate.yaml").write_text(block("yaml manifest"), encoding="utf-8")
    for kind, name in (
        ("policy", "phi"),
        ("tests", "phi.test"),
        ("bundle", "bundle"),
        ("agreements", "agreements"),
        ("waivers", "waivers"),
        ("own-offering", "offerings/scribe"),
        ("offering-extension", "offerings/cohere"),
    ):
        (bundle / f"{name}.yaml").write_text(block(f"yaml {kind}"), encoding="utf-8")
    return tmp_path


def test_yaml_shown_is_valid(project: Path) -> None:
    words = ("--as-of", "2026-11-24", "--format", "json", "--repository", "acme/clinic")
    ended = vendorgate("check", *words, folder=project)
    assert ended.code == 0, ended.stderr
    report = json.loads(ended.stdout)
    assert report["inputs"]["agreements"] == "register"
    assert [result["outcome"] for result in report["results"]] == ["waived", "waived"]


def test_test_shown_passes(project: Path) -> None:
    ended = vendorgate("policy", "test", folder=project)
    assert ended.code == 0, ended.stdout
    assert ended.stdout.startswith("PASS: 1 test of 1 policy as of ")


def test_policies_shown_are_clean(project: Path) -> None:
    found = json.loads(vendorgate("policy", "lint", "--format", "json", folder=project).stdout)["findings"]
    assert [one["message"] for one in found] == ["no policy names the data class `letters`"]


def test_exception_shown_switches_its_lint_off(project: Path) -> None:
    policy = """\
version: 1
policies:
  - {id: legacy-region, title: T, require: [{"==": [{var: [usage.region, us]}, us]}]}
"""
    (project / "policies" / "legacy.yaml").write_text(policy, encoding="utf-8")
    assert "hidden-unknown" in vendorgate("policy", "lint", folder=project).stdout
    with (project / "policies" / "bundle.yaml").open("a", encoding="utf-8") as file:
        file.write(block("yaml lint"))
    assert "hidden-unknown" not in vendorgate("policy", "lint", folder=project).stdout


def test_policies_in_python_shown_are_those_that_are_built() -> None:
    assert (ROOT / "examples" / "policies.py").read_text(encoding="utf-8") == block("python policies")


def test_packs_shown_are_those_that_ship() -> None:
    shown = re.findall(r"^\| `([a-z0-9-]+)`(?: \(optional\))? \| ", TEXT, re.MULTILINE)
    assert {path.name for path in (ROOT / "policies").iterdir() if path.is_dir()} <= set(shown)


def test_python_shown_prints_what_is_shown() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", block("python")], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert ended.stdout == block("text output")


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum of coreutils")
def test_digest_shown_is_the_one_in_the_report() -> None:
    by_hand = subprocess.run(block("sh digest"), shell=True, cwd=ROOT, capture_output=True, text=True, check=True)
    ended = vendorgate("check", "examples/newsletter/vendorgate.yaml", "--format", "json", folder=ROOT)
    assert json.loads(ended.stdout)["inputs"]["registry"]["sha256"] == by_hand.stdout.split()[0]


def test_the_two_commands_are_single_lines() -> None:
    commands = re.findall(r"^```sh\n(.*)\n```$", README, re.MULTILINE)
    assert len(commands) == 2
    assert "vendorgate check" in commands[0]
    assert "pytest" in commands[1]


@pytest.mark.parametrize("session", SESSIONS.values(), ids=SESSIONS)
def test_session_shown_goes_as_it_is_shown(session: tuple[Step, ...], tmp_path: Path) -> None:
    """In an empty folder, whatever the day is."""
    for turn, step in enumerate(session):
        if isinstance(step, Written):
            step.write(tmp_path)
            continue
        ended = typed(*step.arguments, folder=tmp_path, turn=turn)
        assert ended.code in (0, 1), ended.stderr
        assert without_days(ended.stdout) == without_days(step.output)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_first_what_it_is_about(page: str) -> None:
    title, _, rest = PAGES[page].partition("\n\n")
    assert re.fullmatch("# .+", title)
    assert re.match(r"[`*]{0,2}\w", rest), "a table, an example or a heading comes first"


def test_readme_is_short() -> None:
    assert len(README.encode("utf-8")) <= 10_000


def test_every_relative_link_leads_to_a_file() -> None:
    for name, text in {"README.md": README, **PAGES}.items():
        plain = re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)
        for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)", plain):
            if not re.match(r"[a-z]+:", link) and "generated/" not in link:
                assert ((ROOT / name).parent / link).exists(), f"{name}: {link}"
