"""Every command refuses a broken bundle as a check does: all mistakes at once, with places and nearest names."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.command import ROOT, vendorgate
from tests.thoroughness import part

MALFORMED = ROOT / "tests" / "malformed"
COMMANDS = [("test",), ("lint",), ("lint", "--fix"), ("fmt",), ("fmt", "--check"), ("list",), ("docs",)]
NAMED = [("show", "any"), ("explain",)]


def broken() -> list[Path]:
    """Every broken file that can stand in a bundle."""
    return sorted(
        path for kind in ("policy", "bundle", "agreements", "waivers") for path in (MALFORMED / kind).glob("*.yaml")
    )


def bundle_with(path: Path, folder: Path) -> Path:
    """A good bundle with one broken file in it."""
    bundle = folder / "policies"
    shutil.copytree(MALFORMED / "good" / "policies", bundle)
    target = f"{path.parent.name}.yaml"
    shutil.copy(path, bundle / target)
    return bundle


@pytest.mark.parametrize("path", broken(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_commands_say_of_a_broken_bundle_what_a_check_says(path: Path, tmp_path: Path) -> None:
    bundle_with(path, tmp_path)
    manifest = {"version": 1, "project": "p", "usages": []}
    (tmp_path / "vendorgate.yaml").write_text(json.dumps(manifest), encoding="utf-8")
    registry = ("--registry", str(MALFORMED / "good" / "registry"))
    checked = vendorgate("check", *registry, folder=tmp_path)
    assert checked.code == 2
    for command in part((*COMMANDS, *NAMED), broken().index(path)):
        ended = vendorgate("policy", *command, *registry, folder=tmp_path)
        assert (ended.code, ended.stdout) == (2, ""), command
        assert ended.stderr == checked.stderr, command
