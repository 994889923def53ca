"""A file that names nobody may lead to code that lies where the product's does not."""

from __future__ import annotations

import pytest

from tests.detection.known import shipped_catalogue
from vendorgate.detection.leading import leads_aside
from vendorgate.detection.pipeline import detect_bytes

_ASKS = b"from openai import OpenAI\ndef ask():\n    return OpenAI().responses.create(model='gpt-5.2')\n"
_GO = b"""package h
import "github.com/openai/openai-go"
func Ask() { c := openai.NewClient(); c.Responses.New(nil, p) }
"""


@pytest.mark.parametrize(
    ("path", "line", "aside", "asks"),
    [
        ("src/a.py", "from tests.helpers import ask", "tests/helpers.py", _ASKS),
        ("src/a.py", "from src.test_server import ask", "src/test_server.py", _ASKS),
        ("src/a.py", "import docs.helpers", "docs/helpers.py", _ASKS),
        ("src/a.py", "import importlib\nimportlib.import_module('scripts.helpers').ask()", "scripts/helpers.py", _ASKS),
        (
            "src/a.ts",
            'import {\n  ask,\n} from "../tools/h"',
            "tools/h.ts",
            b'import OpenAI from "openai"\nexport const ask = () => new OpenAI().responses.create({})\n',
        ),
        ("main.go", 'package main\nimport "example.com/x/tools/h"', "tools/h/h.go", _GO),
        ("main.go", 'package main\nimport (\n\t"fmt"\n\t"example.com/x/tools/h"\n)', "tools/h/h.go", _GO),
        ("/x/main.go", 'package main\nimport "example.com/x/tools/h"', "/x/tools/h/h.go", _GO),
        ("back/cmd/main.go", 'package main\nimport "acme/tools/h"', "back/tools/h/h.go", _GO),
    ],
)
def test_what_a_file_that_names_nobody_imports_is_used(path: str, line: str, aside: str, asks: bytes) -> None:
    found = detect_bytes({path: line.encode() + b"\n", aside: asks}, shipped_catalogue())
    assert [(one.offering, one.status) for one in found.offerings] == [("openai-api", "used")]
    alone = detect_bytes({path: b"x = 1\n", aside: asks}, shipped_catalogue())
    assert [one.status for one in alone.offerings if one.offering] != ["used"]


def test_what_lies_aside_leads_on() -> None:
    files = {
        "src/a.py": b"from tests import ask\n",
        "tests/__init__.py": b"from .helpers import ask\n",
        "tests/helpers.py": _ASKS,
    }
    assert [one.status for one in detect_bytes(files, shipped_catalogue()).offerings] == ["used"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("src/a.py", b"from app.core import ask\n"),
        ("src/a.py", b"import contest\nlatest = 1\n"),
        ("src/a.py", b"# the tests\n"),
        ("src/a.ts", b'import { a } from "./near"\n'),
        ("tests/a.py", b"import app\n"),
        ("main.go", b'import (\n\t"fmt"\n)\n'),
    ],
)
def test_most_files_lead_nowhere_aside(path: str, text: bytes) -> None:
    assert not leads_aside(path, text)


def test_a_file_that_does_not_parse_and_names_nobody_is_nothing() -> None:
    found = detect_bytes({"src/a.py": b"from tests import (\n"}, shipped_catalogue())
    assert (found.scanned, found.skipped) == (1, ())


@pytest.mark.parametrize("line", ['import "go/build"', 'import "build"', 'import "example.com/y"'])
def test_a_package_of_the_standard_library_is_no_folder_of_that_name(line: str) -> None:
    files = {"main.go": f"package main\n{line}\n".encode(), "build/h.go": _GO}
    assert [one.status for one in detect_bytes(files, shipped_catalogue()).offerings] == ["tooling"]
