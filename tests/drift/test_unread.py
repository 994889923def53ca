"""What was not read is told, where its use would count."""

from __future__ import annotations

from typing import Any

import pytest

from tests.detection.known import shipped_catalogue
from tests.drift.world import DAY, KNOWN, manifest, rules, usage
from vendorgate.detection.files import Unread
from vendorgate.detection.model import Detection, Skipped
from vendorgate.detection.pipeline import detect_bytes
from vendorgate.detection.unread import may_name
from vendorgate.drift.declared import declarations
from vendorgate.drift.drifting import drift
from vendorgate.drift.question import Question
from vendorgate.model.detect import DetectRules
from vendorgate.model.result import Notice

CALL = b"import openai\nopenai.OpenAI().responses.create(model='x')\n"


def skipped(files: dict[str, bytes]) -> dict[str, tuple[str, bool]]:
    return {one.path: (one.reason, one.names_somebody) for one in detect_bytes(files, shipped_catalogue()).skipped}


@pytest.mark.parametrize(
    ("path", "data", "expected"),
    [
        ("a.py", CALL + b"x = 1;" * 400_000, ("over 2 MiB", True)),
        ("a.py", b"x = 1;" * 400_000, ("over 2 MiB", False)),
        ("a.py", b"x = 1;" * 3_000_000 + CALL, ("over 2 MiB", True)),
        ("a.csv", CALL + b"x = 1;" * 400_000, ("over 2 MiB", False)),
        ("a.js", b"import O from 'openai';" + b"x(1);" * 8_000, ("minified", True)),
        ("a.js", b"x(1);" * 8_000, None),
        ("a.css", b"openai" + b"x(1);" * 8_000, ("minified", False)),
        ("a.js", b"/*\0*/ import O from 'openai'; new O()\n", ("binary", True)),
        ("a.png", b"\0openai", ("binary", False)),
        ("a.py", b"import openai(\n", ("not Python 3 at line 1", True)),
        ("a.py", b"import x(\n", None),
        ("a.swift", b'let host = "https://api.openai.com/v1"\n', ("no reader for .swift", True)),
        ("a.swift", b'let host = "https://example.org"\n', None),
        ("a.py", b"# -*- coding: utf-7 -*-\nimport +AG8-penai\n", ("in the encoding utf-7", True)),
        (
            "a.py",
            b"#!/usr/bin/python\n# vim: set fileencoding=rot13 :\nvzcbeg bcranv\n",
            ("in the encoding rot13", True),
        ),
        ("a.py", b"# -*- coding: latin-1 -*-\nx = 1\n", None),
        ("a.py", b"x = 1\ny = 2\n# coding: utf-7\n", None),
    ],
)
def test_file_that_was_passed_over_may_name_somebody(path: str, data: bytes, expected: Any) -> None:
    found = skipped({path: data}).get(path)
    assert (None if found is None else (found[0].partition(":")[0], found[1])) == expected


def test_words_of_another_width_are_found_too() -> None:
    code = 'using OpenAI;\nvar client = new OpenAIClient("key");\n'.encode("utf-16")
    assert [one.name for one in detect_bytes({"a.cs": code}, shipped_catalogue()).findings] != []


@pytest.mark.parametrize(
    ("path", "target", "told"),
    [
        ("src/app.py", "../docs/app.txt", True),
        ("src/app.py", "../lib/app.py", False),
        ("src/app.py", "../tests/app.py", True),
        ("src/app.py", "/etc/app.py", True),
        ("src/app.py", "../../app.py", True),
        ("src/impl", "../tests/impl", True),
        ("src/impl", "../lib/impl", False),
        ("tests/impl", "fixtures/impl", False),
        ("src/impl", "../../outside", True),
        ("README.md", "docs/index.md", False),
        ("logo.png", "../logo.png", False),
    ],
)
def test_link_is_told_where_it_makes_code_of_what_nobody_reads_as_that(path: str, target: str, told: bool) -> None:
    assert may_name(path, Unread("a link", leads_to=target), lambda data: True) is told


def notices(*skipped: Skipped, by: DetectRules | None = None, **more: Any) -> tuple[Notice, ...]:
    declared = declarations([manifest(usage("openai-api"))])
    question = Question(declared, KNOWN, by or DetectRules(), DAY, looked_at=None, **more)
    return drift(Detection(1, skipped, (), ()), question).notices


def test_files_are_told_together_with_the_reason() -> None:
    several = [Skipped(f"src/{name}.js", "minified", names_somebody=True) for name in "abcdefg"]
    (found,) = notices(Skipped("x.png", "binary"), *several)
    assert (found.id, found.severity, found.blocks) == ("code-not-read", "warning", False)
    assert found.message.startswith("7 files of code that may name somebody were not read: src/a.js (minified), ")
    assert found.message.endswith(" and 2 more")
    assert str(found.location) == "src/a.js:1:1"


@pytest.mark.parametrize(
    ("path", "statuses", "told"),
    [
        ("tests/a.js", ["used", "optional"], False),
        ("tests/a.js", ["used", "test"], True),
        ("docs/a.js", ["used"], False),
        ("src/a.js", ["test"], False),
    ],
)
def test_only_what_would_count_is_told(path: str, statuses: list[str], told: bool) -> None:
    found = notices(Skipped(path, "minified", names_somebody=True), by=rules(statuses=statuses))
    assert bool(found) is told


def test_folder_for_what_others_made_is_a_note_with_how_many_files_it_has() -> None:
    folders = [Skipped("node_modules/", "in node_modules", True, 1_234), Skipped("a/.yarn/", "in .yarn", True, 1)]
    (found,) = notices(*folders)
    assert (found.severity, found.message) == (
        "note",
        "2 folders were not read: 1234 files in node_modules, 1 file in a/.yarn",
    )


def test_bundle_says_how_much_it_matters() -> None:
    file, folder = Skipped("a.js", "minified", True), Skipped("node_modules/", "in node_modules", True, 2)
    by = rules(severity={"code-not-read": "error"})
    assert [(one.severity, one.blocks) for one in notices(file, folder, by=by)] == [("error", True)] * 2
    assert notices(file, folder, by=rules(severity={"code-not-read": "off"})) == ()
    assert [one.blocks for one in notices(file, folder, fail_on="warning")] == [True, False]


def test_a_repository_inside_of_this_one_is_told_as_what_it_is() -> None:
    (found,) = notices(Skipped("sub/", "a repository of its own", True))
    assert found.message == "1 folder was not read: sub (a repository of its own)"
