"""The cast by control: some that ship and hostile ones of its own, a policy that is off, and one that serves none."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

import yaml

from tests.command import vendorgate
from tests.golden.reviewed import HOSTILE
from tests.yaml_text import value_of

CAST: Final = Path(__file__).parent / "cast"
CONTROLS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "hostile-title": (("hipaa", "164.504(e)"), ("hipaa", HOSTILE), ("acme", HOSTILE), ("acme", "POL-10")),
    "warns": (("hipaa", "164.504(e)"), ("hipaa", "164.308(b)"), ("acme", "POL-9"), ("iso-42001", "A.10.3")),
    "reads-facts": (("hipaa", "164.314(a)"), ("hipaa", "164.308(b)")),
}
"""Whatever else the cast has serves none."""


@contextmanager
def cast() -> Iterator[Path]:
    """A copy of the cast whose policies serve something, and one of which is off."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(CAST, folder, dirs_exist_ok=True)
        policies = Path(folder, "policies", "policy.yaml")
        read: dict[str, Any] = value_of(policies.read_text("utf-8"))
        for policy in read["policies"]:
            policy["controls"] = [{"framework": name, "id": id} for name, id in CONTROLS.get(policy["id"], ())]
        policies.write_text(yaml.safe_dump(read, sort_keys=False), encoding="utf-8")
        bundle = Path(folder, "policies", "bundle.yaml")
        off = {"overrides": [{"policy": "reads-facts", "off": True, "reason": HOSTILE}]}
        bundle.write_text(bundle.read_text("utf-8") + yaml.safe_dump(off), encoding="utf-8")
        yield Path(folder)


def controls(format: str) -> str:
    """Who serves which control of the cast."""
    with cast() as folder:
        words = ("policy", "controls", "policies", "--registry", "registry", "--format", format)
        return vendorgate(*words, folder=folder).stdout.replace("\r\n", "\n")


def check(format: str, *grouped: str) -> str:
    """What a check of the cast comes to by control."""
    with cast() as folder:
        inputs = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")
        words = ("check", *inputs, *grouped, "--format", format)
        return vendorgate(*words, folder=folder).stdout.replace("\r\n", "\n")


def inventory(format: str) -> str:
    """The usages of the cast by control, with few columns."""
    with cast() as folder:
        Path(folder, "view.yaml").write_text(_VIEW, encoding="utf-8")
        inputs = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23", "--view", "view.yaml")
        words = ("inventory", "vendorgate.yaml", *inputs, "--group-by", "control", "--format", format)
        return vendorgate(*words, folder=folder).stdout.replace("\r\n", "\n")


_VIEW: Final = """\
version: 1
name: uses
title: Uses
law: [Acme AI policy 4.2]
rows: usage
columns:
  - {id: data, title: Which data, from: [usage.data], required: true}
  - {id: standing, title: How it stands, from: [results.standing]}
"""
_CONTROLS: Final = {"txt": "text", "json": "json", "md": "markdown", "csv": "csv"}
_CHECK: Final = {"txt": "text", "md": "markdown", "csv": "csv", "html": "html"}
_INVENTORY: Final = {**_CHECK, "json": "json"}
_OF_OTHERS: Final = {"oscal.json": "oscal", "cdx.json": "cyclonedx"}
"""Formats that are by control whether anybody asks for it or not."""
GOLDEN: Final[Mapping[str, Callable[[], str]]] = {
    **{f"policy-controls.{ending}": partial(controls, format) for ending, format in _CONTROLS.items()},
    **{f"check-controls.{end}": partial(check, format, "--group-by", "control") for end, format in _CHECK.items()},
    **{f"inventory-controls.{ending}": partial(inventory, format) for ending, format in _INVENTORY.items()},
    **{f"check-controls.{end}": partial(check, format) for end, format in _OF_OTHERS.items()},
}
