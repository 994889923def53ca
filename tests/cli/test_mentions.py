"""Every option, command and file that a message, a help text or a page names exists, for the command that it speaks of.

What is looked at: every text in the source (its messages, the help of commands, the words of published schemas), the
pages, the README, and the texts of what ships. What is found by mistake stands in a table, with its reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import click
import pytest

from tests.cli.test_words import COMMANDS
from tests.command import ROOT
from vendorgate.cli.commands import vendorgate as program
from vendorgate.cli.completion import completion
from vendorgate.commands.docs.command import PAGES, pages
from vendorgate.commands.observe.choosing import ALL
from vendorgate.commands.observe.readers.table import OFFERINGS
from vendorgate.commands.policy.lints.table import LINTS
from vendorgate.frame.lazy import UsualGroup
from vendorgate.load.files import shipped
from vendorgate.schema.kinds import KINDS

SOURCE: Final = ROOT / "src" / "vendorgate"
WRITTEN: Final = (
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    ROOT / "action.yml",
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted(path for path in (ROOT / "policies").rglob("*") if path.suffix in (".yaml", ".md")),
    *sorted(path for path in (ROOT / "examples").rglob("*") if path.suffix in (".yaml", ".yml", ".md", ".py")),
)
GROUPS: Final = {name.rpartition(" ")[0] for name in COMMANDS} - {""}
USUAL: Final = {name for name in GROUPS if isinstance(program.get_command(click.Context(program), name), UsualGroup)}
"""Groups whose usual command need not be named, so that its options may follow at once."""
TAKEN: Final[Mapping[str, frozenset[str]]] = {"observe": frozenset((ALL, *OFFERINGS))}
"""Words that may follow at once, because the usual command takes them."""
EVERYWHERE: Final = {"--debug", "--help", "--version"}
_PLACEHOLDER: Final = "{…}"
"""Stands for what a text gets when it is said."""

OTHERS: Final[Mapping[str, str]] = {
    "--build-arg": "docker build",
    "--clear": "python -m venv, in action.yml",
    "--compile-bytecode": "uv pip install",
    "--cov": "pytest",
    "--spending": "pytest, by tests/spending.py",
    "--disable-pip-version-check": "pip, in action.yml",
    "--examples": "the tests' own programs",
    "--hypothesis-profile": "pytest",
    "--json": "gh pr list",
    "--jq": "gh attestation verify",
    "--link-mode": "uv pip install",
    "--network": "docker run",
    "--no-compile": "pip",
    "--no-replace-objects": "git",
    "--predicate-type": "gh attestation verify",
    "--prefix": "pip",
    "--quick": "python benchmarks",
    "--read-only": "docker run",
    "--repo": "gh attestation verify",
    "--rm": "docker run",
    "--seed": "the tests' own programs",
    "--signer-workflow": "gh attestation verify",
    "--tmpfs": "docker run",
    "--unshallow": "git fetch, which makes a shallow clone whole",
}
"""Options of other programs that texts name."""
RUNS_OTHERS: Final = ("git/", "commands/registry/site/searching.py")
"""Folders and modules whose options are those of the program that they run."""
_OLD_WORDS: Final = "frame/retired.py"
"""The table of what is no longer said."""
_RUN_COMMANDS: Final = ("action",)
"""Folders of commands that run others of ours."""
FILES: Final[Mapping[str, str]] = {
    "CHANGELOG.md": "of a published snapshot",
    "MANIFEST.json": "a member of an evidence pack",
    "README.md": "another",
    "VERIFY.md": "another",
    "accounts.yaml": "a file of a bundle",
    "action.yml": "the action itself",
    "agreements.yaml": "a file of a bundle",
    "attested.yaml": "the end of a file of a bundle",
    "bundle.yaml": "a file of a bundle",
    "cdx.json": "the end of a member of an evidence pack",
    "cells.json": "a member of an evidence pack",
    "correction.yaml": "the end of a template of a correction",
    "data.json": "what the upstream registry publishes",
    "fleet.yaml": "a file of a bundle",
    "gitlab.json": "the end of a member of an evidence pack",
    "index.yaml": "a file of a snapshot",
    "intoto.json": "the end of a member of an evidence pack",
    "oscal.json": "another",
    "own.yaml": "what init writes",
    "run.json": "of a run of `fleet check`",
    "report.json": "an example of a report to keep",
    "schema.json": "what init writes beside a file",
    "snapshot.yaml": "a file of a snapshot",
    "source.json": "where a snapshot was fetched from",
    "test.yaml": "the end of a file of tests",
    "test.yml": "the same",
    "vendorgate.json": "what the action writes",
    "vendorgate.md": "what the action writes",
    "vendorgate.yaml": "a manifest",
    "vendorgate.yml": "a manifest",
    "waivers.yaml": "a file of a bundle",
}
"""Names of files that texts of the source name."""
EXAMPLES: Final = frozenset(
    (
        *("REPORT.json", "handbook.md", "built.yaml", "report.diagnostics.json", "sarif-schema-2.1.0.json"),
        *("bom-1.6.schema.json", "FILE.yaml", "view.yaml", "OLD.json", "NEW.json"),
        *("subprocessors.json", "subprocessors-october.json"),
    )
)
"""Names in texts that stand for a file of the reader's, a module of ours or an address."""


class Text(NamedTuple):
    """Something that somebody reads, and where it is written."""

    place: str
    text: str
    commands: frozenset[str]
    """Those that it can be about where it names none."""


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a module, with a placeholder for what it gets when it is said."""
    waiting: list[ast.AST] = [ast.parse(path.read_text("utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.JoinedStr):
            parts = (str(one.value) if isinstance(one, ast.Constant) else _PLACEHOLDER for one in node.values)
            yield node.lineno, "".join(parts)
            waiting.extend(one.value for one in node.values if isinstance(one, ast.FormattedValue))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        else:
            waiting.extend(ast.iter_child_nodes(node))


def _of_module(path: Path) -> frozenset[str]:
    """The commands whose folder a module lies in; of all others, every command."""
    folder = path.relative_to(SOURCE).parts
    if folder[0] != "commands" or len(folder) < 3 or folder[1] in _RUN_COMMANDS:
        return frozenset(COMMANDS)
    module = f"vendorgate.commands.{folder[1]}."
    return frozenset(name for name, one in COMMANDS.items() if _module(one).startswith(module))


def _module(command: click.Command) -> str:
    assert command.callback is not None
    return getattr(command.callback, "__wrapped__", command.callback).__module__


@cache
def source() -> tuple[Text, ...]:
    """Every text of the source."""
    return tuple(_source())


def _source() -> Iterator[Text]:
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if not name.startswith(RUNS_OTHERS):
            commands = _of_module(path)
            for line, text in _texts(path):
                yield Text(f"{name}:{line}", text, commands)


def _helps() -> Iterator[Text]:
    for name, one in COMMANDS.items():
        options = [option.help or "" for option in one.params if isinstance(option, click.Option)]
        for text in (one.help or "", *options):
            yield Text(f"vendorgate {name} --help", text, frozenset((name,)))


def _pages() -> Iterator[Text]:
    every = frozenset(COMMANDS)
    for path in WRITTEN:
        name = path.relative_to(ROOT)
        for line, text in enumerate(path.read_text("utf-8").splitlines(), 1):
            yield Text(f"{name}:{line}", text, every)


@cache
def texts() -> tuple[Text, ...]:
    """Every text that is looked at; read when a test asks, and not by each worker that collects the tests."""
    return (*source(), *_helps(), *_pages())


# What a text names.

_LINE: Final = re.compile(r"(?<![\w/.-])vendorgate (?P<words>[a-z-][^`;)\"]*)")
_SPAN: Final = re.compile(r"`(?P<words>[a-z][a-z -]*? --[^`]*)`")
_OPTION: Final = re.compile(r"(?<![\w-])--[a-z][a-z0-9-]*")
_END: Final = re.compile(r"\n\s*\n|(?<=\w)\.\s|: |, | \|| #")


def _lines(text: str) -> Iterator[str]:
    """What stands there to be typed, without the program's name."""
    for found in (*_LINE.finditer(text), *_SPAN.finditer(text)):
        yield " ".join(_END.split(found["words"])[0].split())


def _command(words: list[str]) -> str | None:
    """The command that a line begins with; of a group alone, the group."""
    for count in (2, 1):
        name = " ".join(words[:count])
        if len(words) >= count and (name in COMMANDS or name in GROUPS):
            return name
    return None


@cache
def _options(names: frozenset[str]) -> set[str]:
    every = (option for name in names for one in COMMANDS[name].params for option in (*one.opts, *one.secondary_opts))
    return {*EVERYWHERE, *every}


def _below(name: str) -> list[str]:
    return [one for one in COMMANDS if one == name or one.startswith(f"{name} ")]


def test_every_kind_of_text_is_met() -> None:
    places = [one.place for one in texts()]
    for some in ("load/words.py", "vendorgate review --help", "README.md", "docs/lints/always-applies.md"):
        assert any(place.startswith(some) for place in places)


def unknown_commands(given: Iterable[Text]) -> Iterator[tuple[str, str]]:
    """Lines to type that begin with no command."""
    for one in given:
        for found in _LINE.finditer(one.text):
            (line, *_) = _lines(found.group())
            if not _is_there(line.split()) and not _is_prose(one, found.start()):
                yield one.place, line


def _is_there(words: list[str]) -> bool:
    """Whether a line begins with a command, or a group and one of its commands, or an option of the program."""
    first, second = words[0], words[1] if len(words) > 1 else ""
    if first in GROUPS and first not in COMMANDS:
        if first in USUAL and (second.startswith("--") or second in TAKEN.get(first, ())):
            return True
        return not re.fullmatch("[a-z-]+", second) or f"{first} {second}" in COMMANDS
    return first in COMMANDS or first.startswith("-")


def _is_prose(one: Text, start: int) -> bool:
    """Whether the program's name is a word of a sentence, outside of backticks and after no colon; or Python's."""
    before = one.text[:start]
    return before.endswith("from ") or (before.count("`") % 2 == 0 and not before.endswith((": ", "$ ", "run: ")))


def unknown_options(given: Iterable[Text]) -> Iterator[tuple[str, str]]:
    """Options that the command which is spoken of does not have."""
    for one in given:
        if not one.place.startswith(_OLD_WORDS):
            rest = one.text
            for found in (*_LINE.finditer(one.text), *_SPAN.finditer(one.text)):
                name = _command(found["words"].split())
                if name is not None:
                    (line, *_) = _lines(found.group())
                    yield from ((one.place, word) for word in _missing(line, frozenset(_below(name))))
                    rest = rest.replace(found.group(), "")
            yield from ((one.place, word) for word in _missing(rest, one.commands) - OTHERS.keys())


def _missing(text: str, commands: frozenset[str]) -> set[str]:
    found = set(_OPTION.findall(text))
    return found - _options(commands) if found else found


def test_every_command_that_is_named_exists() -> None:
    assert [*unknown_commands(texts())] == []


def test_every_option_that_is_named_is_one_of_what_is_spoken_of() -> None:
    assert [*unknown_options(texts())] == []


@pytest.mark.parametrize(
    "text",
    [
        "ask why: vendorgate explian --usage u",
        "`vendorgate lint` finds it",
        "run `vendorgate policy explian ID`",
        "$ vendorgate agreements lists",
    ],
)
def test_command_that_there_is_not_is_found(text: str) -> None:
    assert [*unknown_commands([Text("here", text, frozenset(COMMANDS))])] != []


@pytest.mark.parametrize(
    "text",
    [
        "vendorgate plan --base main",
        "say `registry diff --fail-on new`",
        "vendorgate check . --format text --verbos",
        "give `--usages` in the manifest",
    ],
)
def test_option_that_the_command_does_not_have_is_found(text: str) -> None:
    assert [*unknown_options([Text("here", text, frozenset(COMMANDS))])] != []


def test_option_of_another_command_is_found_in_a_help() -> None:
    assert [*unknown_options([Text("help", "as --base says", frozenset(("plan",)))])] == [("help", "--base")]


@pytest.mark.parametrize("option", OTHERS)
def test_option_of_another_program_is_named_and_none_of_ours(option: str) -> None:
    assert option not in _options(frozenset(COMMANDS))
    assert any(option in _OPTION.findall(one.text) for one in texts())


_VALUES: Final[Mapping[str, tuple[re.Pattern[str], frozenset[str]]]] = {
    "a page": (re.compile(r"vendorgate docs (\S+?)[`);.,]*(?=[\s`]|$)"), frozenset(pages())),
    "a kind": (re.compile(r"vendorgate schema ([a-z-]+)"), frozenset(KINDS)),
    "a lint": (re.compile(r"--explain ([a-z-]+)"), frozenset(map(str, LINTS))),
    "a shell": (re.compile(r"vendorgate completion ([a-z]+)"), frozenset(("bash", "zsh", "fish"))),
}


@pytest.mark.parametrize("what", _VALUES)
def test_every_word_of_a_closed_set_that_is_named_exists(what: str) -> None:
    pattern, known = _VALUES[what]
    named = {(one.place, word) for one in texts() for word in pattern.findall(one.text)}
    assert [(place, word) for place, word in sorted(named) if word not in known and re.fullmatch("[a-z-]+", word)] == []
    assert what == "a lint" or named


def test_shells_are_those_of_the_command() -> None:
    (shell,) = [one for one in completion.params if isinstance(one, click.Argument)]
    assert isinstance(shell.type, click.Choice)
    assert frozenset(shell.type.choices) == _VALUES["a shell"][1]


# Files.

_FILE: Final = re.compile(r"(?<![\w/<>{}*…-])(?:[\w.*{}…<>-]+/)*([\w.-]+\.(?:ya?ml|json|md|toml))\b")


_READS_OTHERS: Final = "detection/"
"""What names the files of other tools, because it reads them."""


def _files() -> Iterator[tuple[str, str]]:
    """Names of files in texts of the source, without dots in front of them."""
    return (
        (one.place, name.lstrip("."))
        for one in source()
        if not one.place.startswith(_READS_OTHERS)
        for name in _FILE.findall(one.text)
    )


def test_every_file_that_a_message_names_is_one_that_there_is() -> None:
    assert [(place, name) for place, name in _files() if name not in FILES and name not in EXAMPLES] == []


def test_no_message_sends_somebody_to_a_file_that_only_a_checkout_has() -> None:
    folders = re.compile(r"(?<![\w/])(?:docs|examples|tests|benchmarks)/\w|README|CONTRIBUTING")
    allowed = {
        *("commands/policy/lint_command.py", "commands/policy/lints/table.py", "commands/docs/command.py"),
        "archive/about.py",  # a member of an archive, which has it
    }
    wrong = [one.place for one in source() if folders.search(one.text) and one.place.partition(":")[0] not in allowed]
    assert wrong == []


_CONTENTS: Final = "index"
"""The page of the site that lists the others."""


def test_pages_are_those_that_lie_in_the_folder_and_ship() -> None:
    there = {path.stem for path in (ROOT / "docs").glob("*.md")}
    assert there - {_CONTENTS} == PAGES.keys()
    shipping = (ROOT / "pyproject.toml").read_text("utf-8")
    assert [name for name in PAGES if f'"docs/{name}.md" = "vendorgate/content/docs/{name}.md"' not in shipping] == []
    assert Path(shipped("docs").path).is_dir()


def test_tables_of_exceptions_hold_nothing_that_is_not_met() -> None:
    assert FILES.keys() | EXAMPLES <= {name for _, name in _files()}
