"""Pages of the reference about files that people write: one page a kind, with every field.

In: the published schemas, and examples that are tested. Out: Markdown pages for the site, by their path.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, get_args

import msgspec
import yaml

from vendorgate.model.vocabulary import Grade

ROOT: Final = Path(__file__).parent.parent


class Kind(msgspec.Struct, frozen=True):
    """A kind of file, by its schema."""

    title: str
    about: str
    """Where it lies, and who writes it."""
    example: str
    """A file of the repository, or of a page the fence that shows one: `page.md#yaml kind`."""


FILES: Final[Mapping[str, Kind]] = {
    "manifest": Kind(
        "The manifest",
        "`vendorgate.yaml` (or `vendorgate.yml`) beside the code of a project, written by its team: what is used, for "
        "which data, and how the account is set up.",
        "examples/own-bundle/vendorgate.yaml",
    ),
    "bundle": Kind(
        "bundle.yaml",
        "At the root of a bundle, for whoever owns the policies: the threshold, what evidence must be like, and what "
        "the organization adds.",
        "docs/how-to/write-policies.md#yaml bundle",
    ),
    "policy": Kind(
        "A file of policies",
        "Any YAML file in a bundle, at any depth, but those with a name or place of their own.",
        "examples/own-bundle/policies/claims.yaml",
    ),
    "tests": Kind(
        "A file of tests",
        "A `*.test.yaml` anywhere in a bundle, which `vendorgate policy test` runs.",
        "docs/how-to/write-policies.md#yaml tests",
    ),
    "fleet-policies": Kind(
        "fleet.yaml",
        "At the root of a bundle: rules over all usages of a fleet, such as how many vendors see PHI at most. A check "
        "reads them, and `vendorgate fleet` judges by them.",
        "docs/how-to/fleet.md#yaml fleet-policies",
    ),
    "agreements": Kind(
        "agreements.yaml",
        "At the root of a bundle, for legal: the register of what is signed. With it no claim of a manifest counts.",
        "examples/own-bundle/policies/agreements.yaml",
    ),
    "waivers": Kind(
        "waivers.yaml",
        "At the root of a bundle: what is tolerated until when. `vendorgate waiver add` writes entries.",
        "docs/how-to/waive.md#yaml waivers",
    ),
    "offering": Kind(
        "An offering of the registry",
        "`offerings/<id>.yaml` in a snapshot of the registry: what a vendor documents of one thing that can be bought "
        "or called.",
        "registry-snapshot/offerings/perplexity-api.yaml",
    ),
    "own-offering": Kind(
        "An offering of your own",
        "`offerings/<id>.yaml` in a bundle: an offering that the registry does not have.",
        "docs/how-to/own-vendors.md#yaml own-offering",
    ),
    "offering-extension": Kind(
        "An addition to an offering",
        "A file in `offerings/` of a bundle with `extends`: cells that the organization adds to an offering of the "
        "registry.",
        "docs/how-to/own-vendors.md#yaml offering-extension",
    ),
    "correction": Kind(
        "A correction of the registry",
        "What `vendorgate registry correct` writes, a person fills in, and `--apply` takes in: what a cell says and "
        "should say, and who read that where.",
        "docs/how-to/keep-the-registry-true.md#yaml correction",
    ),
    "inventory-view": Kind(
        "A view of a register",
        "What `vendorgate inventory` fills, by its file: a table of columns, each with the sources that it is filled "
        "from.",
        "docs/reference/inventory.md#yaml inventory-view",
    ),
    "snapshot": Kind(
        "snapshot.yaml",
        "At the root of a snapshot of the registry: its name, its day, its licence, and the questions that its cells "
        "answer.",
        "",
    ),
}
"""Files that people write, by the kind of their schema."""
_LISTS: Final[Mapping[str, tuple[str, str]]] = {
    "openai-api": ("offering", "offerings"),
    "phi": ("data class", "data-classes"),
    "ad": ("region", "regions"),
    "baa": ("kind of agreement", "kinds-of-agreement"),
    "hipaa_baa": ("dimension", "dimensions"),
}
"""Closed lists, by a word that only they have: what one of their words is, and where all of them stand."""
_RULES: Final = frozenset(("Operation", "Condition", "Rule"))
"""Parts of schemas that are rules in the language of policies."""
_TYPES: Final[Mapping[str, str]] = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "mapping",
    "array": "list",
    "null": "",
}
"""Types in words; null says what leaving the field out says."""
_NAMES: Final[Mapping[str, str]] = {
    "AsOfLimit": "Limit of the day",
    "CellFile": "Cell",
    "FiledTest": "Test",
    "FleetPolicyEntry": "Fleet policy",
    "FleetPolicyTest": "Test of a fleet policy",
    "FleetTestUsage": "Usage of a fleet",
    "PolicyFileEntry": "Policy",
    "PolicyTestUsage": "Usage of a test",
}
"""Parts of files whose names in the code are not those that people use."""
_RULE: Final = "[rule](../../language.md)"

Printed = Callable[..., str]
"""What a command prints at the root of the repository."""


def pages(printed: Printed) -> dict[str, str]:
    """Every page, by its path below the folder of generated pages."""
    schemas = {kind: json.loads(printed("schema", kind, *_BUILTIN)) for kind in FILES}
    homes = _homes(schemas)
    found = {f"files/{kind}.md": _page(kind, schemas[kind], homes) for kind in FILES}
    return {"files.md": _overview(schemas), **found}


_BUILTIN: Final = ("--policies", "builtin", "--registry", "builtin")
_Homes = Mapping[str, tuple[str, Mapping[str, Any]]]


def _homes(schemas: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """The page on which each part of a file is told first, and how it is there."""
    found: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for kind, schema in schemas.items():
        for name, part in schema.get("definitions", {}).items():
            found.setdefault(name, (kind, part))
    return found


_HEAD: Final = """\
# Fields of files

What each file may say, for whoever writes one: every field, what it takes, and what holds where it is left out.
`vendorgate schema KIND` prints the same as JSON Schema; `vendorgate init` puts schemas where editors find them.

| file | what it is |
|---|---|
"""
_LONG_LISTS: Final = """\
### Regions

A country by its two letters after ISO 3166-1 (`uk` is read as `gb`); `eu`, `eea`, `global`; or a group that
`region_groups` of a bundle or of a file of policies names.

### Offerings

An id of the registry (`vendorgate registry list`) or of the bundle's `offerings/`. In a manifest also `unlisted`,
with a `vendor`: [unlisted vendors](../../unlisted-vendors.md).
"""


def _overview(schemas: Mapping[str, Mapping[str, Any]]) -> str:
    rows = [f"| [{one.title}](files/{kind}.md) | {one.about} |" for kind, one in FILES.items()]
    toctree = ["```{toctree}", ":hidden:", "", *(f"files/{kind}" for kind in FILES), "```"]
    return "\n".join([_HEAD + "\n".join(rows), "", *_words(schemas), _LONG_LISTS, *toctree]) + "\n"


def _words(schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The closed lists that are short enough, in full."""
    usage = schemas["manifest"]["definitions"]["Usage"]["properties"]
    snapshot = yaml.safe_load((ROOT / "registry-snapshot" / "snapshot.yaml").read_text(encoding="utf-8"))
    yield from ("## Words of closed lists", "")
    yield from ("### Data classes", "", _listed(usage["data"]["items"]["enum"]), "")
    yield from ("`data_classes` of a bundle or of a file of policies adds others.", "")
    yield from ("### Kinds of agreement", "", _listed(usage["agreements"]["items"]["enum"]), "")
    yield from ("`agreement_kinds` of a bundle or of a file of policies adds others.", "")
    yield from ("### Dimensions", "", "| dimension | what it asks |", "|---|---|")
    yield from (f"| `{name}` | {cell(question)} |" for name, question in snapshot["dimensions"].items())
    yield from ("", "`dimensions` of a bundle adds others, which cells in its `offerings/` answer.", "")
    yield from ("### Grades", "", _listed(get_args(Grade)), "")
    yield from ("What each comes to: [coverage](../../explanation/coverage.md).", "")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _page(kind: str, schema: Mapping[str, Any], homes: _Homes) -> str:
    file = FILES[kind]
    lines = [f"# {file.title}", "", file.about, "", f"Its schema: `vendorgate schema {kind}`.", ""]
    lines += _fields(schema, kind, homes)
    for name, part in schema.get("definitions", {}).items():
        if part.get("properties") and name not in _RULES and _is_told_here(kind, name, part, homes):
            lines += [f"## {_heading(name)}", "", part.get("description", ""), "", *_fields(part, kind, homes)]
    if file.example:
        lines += ["## Example", "", "```yaml", _example(file.example).rstrip(), "```"]
    return "\n".join(lines) + "\n"


def _is_told_here(kind: str, name: str, part: Mapping[str, Any], homes: _Homes) -> bool:
    home, first = homes[name]
    return home == kind or first != part


def _heading(name: str) -> str:
    """The name of a part in words: `WaiverRules` is told as "Waiver rules"."""
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()
    return _NAMES.get(name, words[0].upper() + words[1:])


def _example(place: str) -> str:
    path, _, fence = place.partition("#")
    text = (ROOT / path).read_text(encoding="utf-8")
    return text.partition(f"```{fence}\n")[2].partition("\n```")[0] if fence else text


def _fields(part: Mapping[str, Any], kind: str, homes: _Homes) -> Iterator[str]:
    required = part.get("required", ())
    rows = []
    for name, field in part.get("properties", {}).items():
        otherwise = "*required*" if name in required else _default(field)
        cells = (f"`{cell(name)}`", _type(field, kind, homes), otherwise, cell(field.get("description", "")))
        rows.append(f"| {' | '.join(cells)} |")
    if rows:
        yield from ("| field | takes | left out | what it is |", "|---|---|---|---|", *rows, "")


def _default(field: Mapping[str, Any]) -> str:
    """What holds where a field is left out; of a part with fields of its own they say it."""
    value = field.get("default")
    return "" if value is None or isinstance(value, dict) else f"`{cell(json.dumps(value).strip(chr(34)))}`"


def _type(field: Mapping[str, Any], kind: str, homes: _Homes) -> str:
    """What a field takes, in words."""
    if "$ref" in field:
        return _named(str(field["$ref"]).rpartition("/")[2], kind, homes)
    if "enum" in field or "const" in field:
        return _one_of(field.get("enum", [field.get("const")]))
    choices = field.get("anyOf") or field.get("oneOf") or field.get("allOf")
    if choices:
        return " or ".join(dict.fromkeys(filter(None, (_type(one, kind, homes) for one in choices))))
    if field.get("type") == "array":
        return f"list of {_type(field.get('items', {}), kind, homes) or 'anything'}"
    if field.get("type") == "object":
        return _mapping(field, kind, homes)
    if field.get("format") == "date":
        return "day, `YYYY-MM-DD`"
    found = field.get("type", ())
    return " or ".join(filter(None, (_TYPES[one] for one in ([found] if isinstance(found, str) else found))))


def _mapping(field: Mapping[str, Any], kind: str, homes: _Homes) -> str:
    if field.get("properties"):
        return f"mapping of {_listed(list(field['properties']))}"
    if isinstance(field.get("additionalProperties"), dict):
        names = field.get("propertyNames", {}).get("enum")
        of_names = _one_of(names) if names else "name"
        return f"mapping from {of_names} to {_type(field['additionalProperties'], kind, homes) or 'anything'}"
    return "mapping"


def _one_of(words: list[Any]) -> str:
    """Words in full, or whose list they are."""
    for sign, (noun, anchor) in _LISTS.items():
        if sign in words:
            more = ", or `unlisted`" if "unlisted" in words else ", or `default`" if "default" in words else ""
            return f"[{noun}](../files.md#{anchor}){more}"
    return ", ".join(f"`{cell(word if isinstance(word, str) else json.dumps(word))}`" for word in words)


def _named(name: str, kind: str, homes: _Homes) -> str:
    if name in _RULES:
        return _RULE
    home, part = homes[name]
    if not part.get("properties"):
        return _type(part, kind, homes)
    words = _heading(name)
    page = "" if home == kind else f"{home}.md"
    return f"[{words.lower()}]({page}#{words.lower().replace(' ', '-')})"


def cell(text: str) -> str:
    """Words in a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")
