"""What stands in a branch, in each language that is read token by token."""

from __future__ import annotations

import importlib

import pytest

from vendorgate.detection.code import Code

SOURCES = {
    "go": "func f() {\n\tno = 1\n\tif a := b(); a {\n\t\tyes = 1\n\t} else {\n\t\tyes = 2\n\t}\n\tno = c\n}\n",
    "java": "class C { void f() { no = a ? 1 : 2; if (a) yes = 1; else { yes = 2; } no = 3; } }",
    "kotlin": "fun f() {\n  no = if (a) 1 else 2\n  if (a) yes = 1 else yes = 2\n  no = 3\n}\n",
    "csharp": "no = a ? 1 : 2; if (a) yes = 1; else { yes = 2; } switch (a) { case 1: yes = 3; break; } no = 4;",
    "ruby": "no = a ? 1 : 2\nyes = 1 if a\nif a\n  yes = 2\nend\ncase a\nwhen 1\n  yes = 3\nend\nno = 4\n",
    "rust": "fn f() { no = 1; if a { yes = 1; } match a { B => { yes = 2; } } no = 3; }",
    "php": "<?php $no = $a ? 1 : 2; if ($a) $yes = 1; else { $yes = 2; } $no = 3;",
}


@pytest.mark.parametrize("language", SOURCES)
def test_assignments_in_branches_are_conditional(language: str) -> None:
    code: Code = importlib.import_module(f"vendorgate.detection.reading.{language}").read(SOURCES[language])
    found = [(one.path[0], one.conditional) for one in code.assignments if one.path[0] in ("yes", "no")]
    assert [name for name, _ in found].count("yes") >= 2
    assert [(name, conditional) for name, conditional in found if conditional != (name == "yes")] == []
