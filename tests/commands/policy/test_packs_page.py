"""docs/reference/packs.md is held to `policies/`: what each pack asks, where that comes from, what words it brings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest

from tests.command import ROOT
from tests.commands.policy.test_library import OPTIONAL, ORIGINS, PACKS
from tests.yaml_text import value_of

PAGE: Final = (ROOT / "docs" / "reference" / "packs.md").read_text(encoding="utf-8")
_SECTION: Final = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
SECTIONS: Final = {title.split()[0]: body for title, body in _SECTION.findall(PAGE)}


def files_of(pack: str) -> list[Any]:
    paths = sorted(path for path in Path(ROOT / "policies" / pack).glob("*.yaml") if ".test." not in path.name)
    return [value_of(path.read_text(encoding="utf-8")) for path in paths]


def row(policy: dict[str, Any]) -> str:
    origin = ", ".join(words for tag, words in ORIGINS.items() if tag in policy["tags"])
    later = f" from {policy['enforce_from']} on" if "enforce_from" in policy else ""
    severity = f"{policy.get('severity', 'error')}{later}"
    return f"| `{policy['id']}` | {origin} | {severity} | {'; '.join(policy['references'])} |"


def brought(kind: str, files: list[Any]) -> str:
    names = sorted({name for file in files for name in file.get(kind, ())})
    return ", ".join(f"`{name}`" for name in names)


BRINGS: Final = {
    "attributes": "Attributes",
    "agreement_kinds": "Kinds of agreement",
    "data_classes": "Data classes",
    "region_groups": "Groups of regions",
}


@pytest.mark.parametrize("pack", PACKS)
def test_each_policy_of_a_pack_has_its_row_and_each_word_its_place(pack: str) -> None:
    section, files = SECTIONS[pack], files_of(pack)
    rows = [row(policy) for file in files for policy in file["policies"]]
    assert [line for line in section.splitlines() if line.startswith("| `")] == rows
    said = dict(re.findall(r"^- (.+): (`.*)\.$", section, re.MULTILINE))
    expected = {BRINGS[kind]: words for kind in BRINGS if (words := brought(kind, files))}
    assert said == expected


def test_packs_are_there_in_the_order_of_their_names_and_optional_ones_say_so() -> None:
    titles = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    assert [title.split()[0] for title in titles if title.split()[0] in PACKS] == PACKS
    assert {title.split()[0] for title in titles if title.endswith("(optional)")} == set(OPTIONAL)
