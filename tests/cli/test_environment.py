"""The environment decides how an answer looks and what can be reached, and never what judges."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import vendorgate as package
from tests.command import process, vendorgate
from tests.commands.review.repository import AUDITED, BAA, REGISTRY, Repository, manifest, policies, usage
from tests.documents import TEXT

SOURCE = Path(package.__file__).parent
READS = {
    "commands/action/command.py": "the inputs of the action, which its workflow states",
    "commands/check/plain.py": "whether a shell asks for completions, or somebody for a format",
    "commands/observe/read_command.py": "the credentials with which accounts are read, and proxies",
    "commands/policy/pull_command.py": "the token with which policies are fetched",
    "commands/push/ciso_assistant/command.py": "the token with which it asks CISO Assistant",
    "commands/registry/site/searching.py": "what the system's own programs need, and nothing that Pagefind reads",
    "frame/repository.py": "the repository that CI itself names",
    "frame/reporting.py": "the format to print",
    "frame/streams.py": "colour",
    "git/anywhere.py": "what git is run with, for repositories here, and proxies and authorities, for others",
    "git/fetching.py": "proxies and authorities, for a fetch",
    "git/ignoring.py": "what git is run with",
    "git/repository.py": "what git is run with",
    "remote/cache.py": "where the cache is, of which nothing is believed",
}
"""Modules that read the environment, and what for."""
OPTIONS = ("policies", "registry", "as-of", "fail-on", "pack", "repository", "output", "base", "head", "trust-head")
VALUES = {
    "policies": "other",
    "registry": "other",
    "as-of": "2020-01-01",
    "fail-on": "never",
    "pack": "hipaa",
    "repository": "acme/other",
    "output": "json=written.json",
    "base": "other",
    "head": "other",
    "trust-head": "1",
}


def reading() -> Iterator[str]:
    """Modules in which a name of the environment stands."""
    for file in sorted(SOURCE.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if text.isascii() and not any(word in text for word in ("environ", "getenv", "envvar")):
            continue  # Python takes other letters in names for these; without any, a word that is not there is no name
        tree = ast.parse(text)
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        words = {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword)}
        if names & {"environ", "environb", "getenv", "getenvb"} or words & {"envvar", "auto_envvar_prefix"}:
            yield file.relative_to(SOURCE).as_posix()


@pytest.fixture
def project(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "project")
    lax = policies({**AUDITED, "severity": "note"})
    made.commit(
        {
            **REGISTRY,
            "policies/p.yaml": policies(BAA),
            "other/p.yaml": lax,
            "other/offerings/beta.yaml": {"extends": "beta", "dimensions": {}},
            "vendorgate.yaml": manifest(usage("notes", "beta")),
        }
    )
    return made


def test_every_module_that_reads_the_environment_says_why() -> None:
    assert [*reading()] == sorted(READS)


@pytest.mark.parametrize("prefix", ["VENDORGATE_", "VENDORGATE_CHECK_", "VENDORGATE_REVIEW_", "CHECK_", ""])
@pytest.mark.parametrize("command", [("check",), ("review", "--base", "main")])
def test_no_variable_says_what_an_option_would(
    command: tuple[str, ...], prefix: str, project: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = vendorgate(*command, "--format", "json", folder=project.folder)
    assert before.code == 1
    for option in OPTIONS:
        for name in (option, option.replace("-", "_")):
            monkeypatch.setenv(f"{prefix}{name}".upper(), VALUES[option])
    after = vendorgate(*command, "--format", "json", folder=project.folder)
    assert after == before
    assert not (project.folder / "written.json").exists()


def test_no_variable_of_git_moves_the_policies_of_a_check(
    project: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Repository(tmp_path / "elsewhere")
    other.commit({"policies/p.yaml": policies(AUDITED)})
    before = vendorgate("check", "--format", "json", folder=project.folder)
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.folder))
    assert vendorgate("check", "--format", "json", folder=project.folder) == before


# What it does decide.


@pytest.mark.parametrize("format", ["json", "markdown", "csv"])
def test_format_can_stand_in_the_environment(format: str, project: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = vendorgate("check", "--format", format, folder=project.folder)
    monkeypatch.setenv("VENDORGATE_FORMAT", format)
    assert vendorgate("check", folder=project.folder) == wanted
    assert vendorgate("check", "--format", "text", folder=project.folder).stdout != wanted.stdout


def test_command_without_that_format_prints_its_usual_one(project: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = vendorgate("registry", "list", folder=project.folder)
    monkeypatch.setenv("VENDORGATE_FORMAT", "sarif")
    assert vendorgate("registry", "list", folder=project.folder) == usual


def test_format_that_nothing_has_is_refused_with_the_nearest(
    project: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VENDORGATE_FORMAT", "jsno")
    ended = vendorgate("check", folder=project.folder)
    assert (ended.code, ended.stdout) == (2, "")
    assert "VENDORGATE_FORMAT: no format `jsno`" in ended.stderr
    assert "did you mean `json`?" in ended.stderr
    assert vendorgate("check", "--format", "json", folder=project.folder).code == 1


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({"VENDORGATE_COLOR": "always"}, True),
        ({"VENDORGATE_COLOR": "always", "NO_COLOR": "1"}, True),
        ({"VENDORGATE_COLOR": "never"}, False),
        ({"VENDORGATE_COLOR": "auto"}, False),
        ({"VENDORGATE_COLOR": "mauve"}, False),
        ({}, False),
    ],
)
def test_colour_is_what_somebody_asks_for(environment: dict[str, str], coloured: bool, project: Repository) -> None:
    ended = process("check", folder=project.folder, environment=environment)
    assert ended.code == 1
    assert ("\x1b[" in ended.stdout) == coloured


def test_looks_change_no_file_no_document_and_no_exit_code(project: Repository) -> None:
    looks = {"VENDORGATE_COLOR": "always", "VENDORGATE_FORMAT": "markdown"}
    ended = process("check", "--output", "json=report.json", folder=project.folder, environment=looks)
    assert ended.code == 1
    report = project.folder / "report.json"
    assert "\x1b" not in report.read_text(encoding="utf-8")
    plain = process("check", "--format", "json", folder=project.folder)
    assert json.loads(report.read_text(encoding="utf-8")) == json.loads(plain.stdout)


def test_page_names_the_variables_of_looks() -> None:
    assert "VENDORGATE_FORMAT" in TEXT
    assert "VENDORGATE_COLOR" in TEXT
