"""Whoever follows the guide to adopting types what it shows, writes the files that it shows, and sees what it shows."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

from tests.command import ROOT, vendorgate
from tests.documents import PAGES

GUIDE = PAGES["docs/how-to/adopt.md"]
AS_OF = ("--as-of", "2026-11-24")
_STEP = re.compile(r"^```(yaml|console) adopt ?(.*)\n((?:.*\n)*?)```$", re.MULTILINE)


def test_guide_goes_as_it_is_shown(tmp_path: Path) -> None:
    steps = _STEP.findall(GUIDE)
    assert [kind for kind, _, _ in steps] == [
        *("yaml", "yaml", "console"),
        *("yaml", "console"),
        "console",
        "console",
        *("yaml", "console"),
    ]
    for kind, name, text in steps:
        if kind == "yaml":
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            continue
        for part in re.split(r"^\$ vendorgate ", text, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            ended = vendorgate(*shlex.split(command), *AS_OF, folder=tmp_path)
            assert ended.stdout.replace(" (given)", "") == output
            assert ended.code == int("FAIL" in output), ended.stderr


def test_audit_of_the_guide_says_how_it_would_end(tmp_path: Path) -> None:
    for _, name, text in _STEP.findall(GUIDE)[:2]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert vendorgate("check", *AS_OF, folder=tmp_path).code == 0
    assert vendorgate("check", "--fail-on", "error", *AS_OF, folder=tmp_path).code == 1
    assert vendorgate("check", "--statistics", *AS_OF, folder=tmp_path).code == 0
    words = ("--reason", "r", "--approved-by", "a", "--expires", "2027-01-31")
    assert vendorgate("waiver", "add", "--all", "--fail-on", "error", *words, *AS_OF, folder=tmp_path).code == 0
    assert vendorgate("check", "--fail-on", "error", *AS_OF, folder=tmp_path).code == 0
    (tmp_path / "vendorgate.yaml").write_text("version: 1\nproject: [x]\n", encoding="utf-8")
    assert vendorgate("check", *AS_OF, folder=tmp_path).code == 2


def shell(text: str, folder: Path, *more: str) -> None:
    """Run lines of a shell in which `vendorgate` is this one; every command of it must end with 0."""
    programs = folder / "bin"
    programs.mkdir()
    words = " ".join(more)
    (programs / "vendorgate").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m vendorgate "$@" {words}\n', "utf-8")
    (programs / "vendorgate").chmod(0o755)
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    command = ["bash", "-e", "-c", text]
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def blocks(page: str) -> list[str]:
    """The lines for a shell that a page has."""
    return [textwrap.dedent(text) for text in re.findall(r"^ *```sh\n((?:.*\n)*?) *```$", PAGES[page], re.MULTILINE)]


def test_each_repository_of_many_gets_its_baseline(tmp_path: Path) -> None:
    names = ("clinic", "helpdesk", "claims")
    bound = [{"project": name, "repositories": [f"acme/{name}"]} for name in names]
    bundle = tmp_path / "ai-policies" / "policies" / "bundle.yaml"
    bundle.parent.mkdir(parents=True)
    bundle.write_text(json.dumps({"version": 1, "packs": ["baseline", "hipaa"], "projects": bound}), "utf-8")
    for name in names:
        usage = {"id": "u", "offering": "openai-api", "data": ["phi"], "settings": {"data_sharing": True}}
        (tmp_path / name).mkdir()
        text = json.dumps({"version": 1, "project": name, "usages": [usage]})
        (tmp_path / name / "vendorgate.yaml").write_text(text, "utf-8")
    (loop,) = blocks("docs/how-to/adopt.md")
    shell(loop, tmp_path, *AS_OF)
    for name in names:
        words = ("--policies", str(bundle.parent), "--repository", f"acme/{name}", *AS_OF)
        assert vendorgate("check", name, *words, folder=tmp_path).code == 0
        assert vendorgate("check", name, *words[:2], "--repository", "acme/x", *AS_OF, folder=tmp_path).code == 1


def test_commands_of_an_upgrade_are_those_that_there_are(tmp_path: Path) -> None:
    assert vendorgate("init", "--offering", "openai-api", "--data", "public", folder=tmp_path).code == 0
    for name in ("policies", "registry-snapshot"):
        shutil.copytree(ROOT / name, tmp_path / "new" / name)
    compared, refreshed = blocks("docs/how-to/upgrade.md")
    shell(compared + refreshed, tmp_path)
