"""Pages of the reference that the code knows best: commands, fields of files, policies that ship, lints.

In: click's commands, the published schemas, the shipped bundle. Out: Markdown pages for the site.
"""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from tools.reference_files import cell
from tools.reference_files import pages as files
from vendorgate.cli.commands import vendorgate
from vendorgate.commands.policy.lints.table import LINTS
from vendorgate.frame.lazy import EXAMPLE

ROOT: Final = Path(__file__).parent.parent


def write_pages(folder: Path) -> None:
    """Write every page into a folder, and leave no other there."""
    pages = {**commands(), "policies.md": policies(), "lints.md": lints(), **files(_printed)}
    for old in folder.rglob("*.md"):
        if old.relative_to(folder).as_posix() not in pages:
            old.unlink()
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


# --- Commands


def commands() -> dict[str, str]:
    """Every command with its arguments and options, as click knows them: a page for each word after the program's."""
    context = click.Context(vendorgate, info_name="vendorgate")
    named = dict(_shown(vendorgate, context))
    rows = [
        f"| [vendorgate {name}](commands/{name}.md) | {cell(one.get_short_help_str(200))} |"
        for name, one in named.items()
    ]
    toctree = ["```{toctree}", ":hidden:", "", *(f"commands/{name}" for name in named), "```"]
    head = [
        "# Commands",
        "",
        "Every command takes `--debug` and `--help`.",
        "",
        "| command | what it does |",
        "|---|---|",
    ]
    pages = {f"commands/{name}.md": "\n".join(_command(one, f"vendorgate {name}", 1)) for name, one in named.items()}
    return {"commands.md": "\n".join([*head, *rows, "", *toctree]) + "\n", **pages}


def _shown(group: click.Group, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if not command.hidden:
            yield name, command


def _command(command: click.Command, path: str, level: int) -> Iterator[str]:
    yield from (f"{'#' * level} {path}", "")
    context = click.Context(command, info_name=path)
    pieces = " ".join(command.collect_usage_pieces(context))
    yield from ("```text", f"{path} {pieces}".rstrip(), "```", "")
    words, _, example = inspect.cleandoc(command.help or "").partition(EXAMPLE)
    yield from (words.replace("\b\n", "").strip(), "")
    if example:
        yield from ("```console", f"$ {' '.join(example.split())}", "```", "")
    options = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    rows = [row for one in options if (row := _option(one, context)) is not None]
    if rows:
        yield from ("| option | what it does |", "|---|---|", *rows, "")
    if isinstance(command, click.Group):
        for name, one in _shown(command, context):
            yield from _command(one, f"{path} {name}", level + 1)


def _option(option: click.Option, context: click.Context) -> str | None:
    if option.name in ("help", "debug"):
        return None
    record = option.get_help_record(context)
    assert record is not None
    names, words = record
    names, _, choices = names.partition(" [")
    if choices:
        said, bracket, default = words.partition("  [")
        listed = ", ".join(f"`{one}`" for one in choices.removesuffix("]").split("|"))
        words = f"{said} One of {listed}. {bracket}{default}"
    return f"| `{cell(names)}` | {cell(words)} |"


# --- Policies and lints


def policies() -> str:
    """Every policy that ships, in plain English."""
    text = _printed("policy", "docs", "policies", "--registry", "registry-snapshot")
    text = re.sub(r"^# .*$", "# Policies that ship", text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^- \[(.*)\]\(#([a-z0-9._-]+)\)$", r"| [`\2`](#\2) | \1 |", text, flags=re.MULTILINE)
    text = text.replace("\n| [`", "\n| policy | what it demands |\n|---|---|\n| [`", 1)
    return re.sub(r'^<a id="([a-z0-9._-]+)"></a>$', r"(\1)=", text, flags=re.MULTILINE)


def lints() -> str:
    """A table of all lints; each has a page of its own."""
    rows = [f"| [`{one}`](../../lints/{one}.md) | {cell(words)} |" for one, words in LINTS.items()]
    pages = ["```{toctree}", ":hidden:", "", *(f"../../lints/{one}" for one in LINTS), "```"]
    return "\n".join(["# Lints", "", "| lint | what it finds |", "|---|---|", *rows, "", *pages]) + "\n"


def _printed(*arguments: str) -> str:
    """What a command prints at the root of the repository."""
    ended = subprocess.run(
        [sys.executable, "-m", "vendorgate", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return ended.stdout
