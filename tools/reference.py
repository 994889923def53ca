"""Pages of the reference that the code knows best: commands, fields of files, policies that ship, lints.

In: click's commands, the published schemas, the shipped bundle. Out: Markdown pages for the site.
"""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import click

from vendorgate.cli.commands import vendorgate
from vendorgate.commands.policy.lints.table import LINTS
from vendorgate.frame.lazy import EXAMPLE

ROOT: Final = Path(__file__).parent.parent
FILES: Final[Mapping[str, str]] = {
    "manifest": "The manifest",
    "bundle": "bundle.yaml",
    "policy": "A file of policies",
    "tests": "A file of tests",
    "agreements": "agreements.yaml",
    "waivers": "waivers.yaml",
    "offering": "An offering of the registry",
    "own-offering": "An offering of your own",
    "offering-extension": "An addition to an offering",
    "snapshot": "snapshot.yaml",
}
"""Files that people write, by the kind of their schema."""
_MANY: Final = 8
"""Words that are written out where a field takes one of several."""


def write_pages(folder: Path) -> None:
    """Write every page into a folder, and leave no other there."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {"commands.md": commands(), "files.md": files(), "policies.md": policies(), "lints.md": lints()}
    for old in folder.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


# --- Commands


def commands() -> str:
    """Every command with its arguments and options, as click knows them."""
    head = ["# Commands", "", "Every command takes `--debug` and `--help`.", ""]
    return "\n".join([*head, *_group(vendorgate, "vendorgate", 2)]) + "\n"


def _group(group: click.Group, path: str, level: int) -> Iterator[str]:
    context = click.Context(group, info_name=path)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if not command.hidden:
            yield from _command(command, f"{path} {name}", level)


def _command(command: click.Command, path: str, level: int) -> Iterator[str]:
    yield from ("", f"{'#' * min(level, 4)} {path}", "")
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
        yield from _group(command, path, level + 1)


def _option(option: click.Option, context: click.Context) -> str | None:
    if option.name in ("help", "debug"):
        return None
    record = option.get_help_record(context)
    assert record is not None
    names, words = record
    return f"| `{_cell(names)}` | {_cell(words)} |"


def _cell(text: str) -> str:
    """Words in a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


# --- Files


def files() -> str:
    """Every field of every file that people write, as their schemas have them."""
    head = ["# Fields of files", "", "What each file may say; `vendorgate schema KIND` prints it as JSON Schema.", ""]
    return "\n".join([*head, *(line for kind, title in FILES.items() for line in _file(kind, title))]) + "\n"


def _file(kind: str, title: str) -> Iterator[str]:
    document = json.loads(_printed("schema", kind, "--policies", "builtin", "--registry", "builtin"))
    yield from (f"## {title}", "", f"`vendorgate schema {kind}`", "")
    yield from _fields(document)
    for name, part in document.get("definitions", {}).items():
        if part.get("properties"):
            yield from (f"### {name} ({title})", "", part.get("description", ""), "")
            yield from _fields(part)


def _fields(part: Mapping[str, Any]) -> Iterator[str]:
    required = part.get("required", ())
    rows = [_field(name, field, name in required) for name, field in part.get("properties", {}).items()]
    if rows:
        yield from ("| field | takes | required | what it is |", "|---|---|---|---|", *rows, "")


def _field(name: str, field: Mapping[str, Any], required: bool) -> str:
    cells = (f"`{_cell(name)}`", _cell(_type(field)), "yes" if required else "", _cell(field.get("description", "")))
    return f"| {' | '.join(cells)} |"


def _type(field: Mapping[str, Any]) -> str:
    """What a field takes, in words."""
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if "enum" in field:
        words = [json.dumps(one) if not isinstance(one, str) else one for one in field["enum"]]
        return ", ".join(f"`{word}`" for word in words[:_MANY]) + (", …" if len(words) > _MANY else "")
    if "const" in field:
        return f"`{json.dumps(field['const'])}`"
    choices = field.get("anyOf") or field.get("oneOf")
    if choices:
        return " or ".join(dict.fromkeys(filter(None, map(_type, choices))))
    if field.get("type") == "array":
        return f"list of {_type(field.get('items', {})) or 'anything'}"
    if field.get("type") == "object" and isinstance(field.get("additionalProperties"), Mapping):
        return f"names to {_type(field['additionalProperties']) or 'anything'}"
    found = field.get("type", "")
    return found if isinstance(found, str) else " or ".join(map(str, found))


# --- Policies and lints


def policies() -> str:
    """Every policy that ships, in plain English."""
    text = _printed("policy", "docs", "policies", "--registry", "registry-snapshot")
    text = re.sub(r"^# .*$", "# Policies that ship", text, count=1, flags=re.MULTILINE)
    return re.sub(r'^<a id="([a-z0-9._-]+)"></a>$', r"(\1)=", text, flags=re.MULTILINE)


def lints() -> str:
    """A table of all lints; each has a page of its own."""
    rows = [f"| [{one}](../../lints/{one}.md) | {_cell(words)} |" for one, words in LINTS.items()]
    pages = ["```{toctree}", ":hidden:", "", *(f"../../lints/{one}" for one in LINTS), "```"]
    return "\n".join(["# Lints", "", "| lint | what it finds |", "|---|---|", *rows, "", *pages]) + "\n"


def _printed(*arguments: str) -> str:
    """What a command prints at the root of the repository."""
    ended = subprocess.run(
        [sys.executable, "-m", "vendorgate", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return ended.stdout
