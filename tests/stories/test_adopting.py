"""Whoever follows the guide to adopting types what it shows, writes the files that it shows, and sees what it shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.command import vendorgate
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
