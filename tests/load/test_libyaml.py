"""PyYAML is imported for libyaml's parser alone, and nobody can tell."""

from __future__ import annotations

import subprocess
import sys

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.command import ROOT
from vendorgate.load import libyaml

IMPORTED = "import sys; from vendorgate.load import libyaml; "
LATER = "\nimport yaml\n"
PURE = frozenset(
    f"yaml.{name}" for name in ("reader", "scanner", "parser", "composer", "constructor", "loader", "dumper")
)
TEXTS = (
    "a: 1\n",
    "a: [b, {c: d}]\nb: &x 'y'\nc: *x\n",
    "--- |\n text\n--- !!str x\n...\n",
    "# nothing\n",
    "",
    "a: [",
    "a: *nobody",
    "a: &x 1\nb: &x 2\n",
    "a: 'b",
    "\t- a",
    "a: \x00",
    "%YAML 3.0\n---\na",
    "? {a: b}\n: c\n",
    "- 1\n- 2\n--- a",
)


def answer(code: str, before: str = "") -> str:
    done = subprocess.run([sys.executable, "-c", before + IMPORTED + code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def shown(node: object) -> object:
    """A node with all that it has, or an error with all that it says."""
    if isinstance(node, yaml.YAMLError):
        return type(node), str(node)
    if isinstance(node, (yaml.Event, yaml.Node)):
        told = {name: shown(value) for name, value in vars(node).items()}
        return type(node), sorted(told.items(), key=lambda one: one[0])
    if isinstance(node, (list, tuple)):
        return [shown(one) for one in node]
    return str(node)


def read(text: str, of_python: bool) -> tuple[object, ...]:
    """What a text comes to by our loader, and by the one of PyYAML whose part it is."""
    loader = yaml.CBaseLoader
    found: list[object] = []
    try:
        for event in yaml.parse(text, Loader=loader) if of_python else libyaml.parse(text):
            found.append(shown(event))
    except yaml.YAMLError as error:
        found.append(shown(error))
    try:
        found.append(shown(yaml.compose(text, Loader=loader) if of_python else libyaml.compose(text)))
    except yaml.YAMLError as error:
        found.append(shown(error))
    return tuple(found)


@pytest.mark.parametrize("text", TEXTS)
def test_events_nodes_marks_and_errors_are_those_of_pyyaml(text: str) -> None:
    assert read(text, of_python=False) == read(text, of_python=True)


@given(st.text(st.sampled_from("ab:-[]{}&*!|>'\"#%?,\n \t1é\x00"), max_size=40))
def test_any_text_is_read_as_by_pyyaml(text: str) -> None:
    assert read(text, of_python=False) == read(text, of_python=True)


@pytest.mark.parametrize(
    "file", ["policies/baseline/bundle.yaml", "registry-snapshot/offerings/openai-api.yaml", "action.yml"]
)
def test_a_file_is_read_as_by_pyyaml(file: str) -> None:
    path = ROOT / file
    text = (path if path.exists() else ROOT / "registry-snapshot" / "snapshot.yaml").read_text(encoding="utf-8")
    assert read(text, of_python=False) == read(text, of_python=True)


def test_nothing_of_the_parser_in_python_is_imported() -> None:
    said = answer("import vendorgate.gate; libyaml.compose('a: [1]'); print(*sorted(sys.modules))")
    assert "yaml._yaml" in said.split()
    assert PURE.isdisjoint(said.split())


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("print(yaml.safe_load('a: 1'), yaml.__with_libyaml__)", "{'a': 1} True"),
        ("from yaml import YAMLError as it; print(it is libyaml.YAMLError)", "True"),
        ("print(yaml.error.MarkedYAMLError is libyaml.MarkedYAMLError, yaml.events is libyaml.events)", "True True"),
        ("print(type(yaml.compose('a')) is type(libyaml.compose('a')) is yaml.ScalarNode)", "True"),
        ("from yaml import *; print(type(safe_load), type(sys.modules['yaml']).__name__)", "<class 'function'> module"),
        ("import yaml.scanner; print(yaml.scanner.ScannerError is yaml._yaml.ScannerError)", "False"),
        ("yaml.load; print(yaml.scanner.ScannerError is yaml._yaml.ScannerError is not None)", "True"),
        ("print(hasattr(yaml, 'nothing'), hasattr(yaml, 'safe_dump'))", "False True"),
        ("import importlib; print(importlib.reload(yaml).safe_load('a'))", "a"),
        ("from yaml.cyaml import CSafeLoader as it; print(yaml.load('[1]', Loader=it))", "[1]"),
        (
            "print(sys.modules['yaml'] is yaml, yaml.__spec__.name, yaml.__name__, bool(yaml.__path__))",
            "True yaml yaml True",
        ),
        ("print(yaml.dump({'a': 1}, Dumper=yaml.CSafeDumper).strip())", "a: 1"),
        (
            "\ntry: yaml.safe_load('a\\x00b')\nexcept yaml.reader.ReaderError as error: print(error.reason)",
            "special characters are not allowed",
        ),
    ],
)
def test_who_imports_yaml_afterwards_gets_all_of_it(code: str, said: str) -> None:
    assert answer(LATER + code) == said


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a: [", "parser.ParserError"),
        ("a: 'b", "scanner.ScannerError"),
        ("a: \\x00", "reader.ReaderError"),
        ("a: *b", "composer.ComposerError"),
    ],
)
def test_errors_are_of_the_classes_that_everybody_catches(text: str, name: str) -> None:
    code = f"\ntry: libyaml.compose({text!r})\nexcept libyaml.YAMLError as error: caught = error"
    code = code.replace("\\\\x00", "\\x00")
    same = f"\nimport yaml\nprint(type(caught) is yaml.{name}, type(caught).__module__)"
    assert answer(code + same) == f"True yaml.{name.partition('.')[0]}"


def test_the_package_has_all_that_a_module_has_before_it_is_executed() -> None:
    code = "import importlib.util as util; import yaml; made = vars(util.module_from_spec(yaml.__spec__)); "
    code += (
        "own = vars(yaml); print(type(yaml).__name__, [name for name in made if own[name] != made[name]], bool(made))"
    )
    assert answer(code) == "_Package [] True"


def test_threads_that_ask_at_once_all_get_it() -> None:
    code = """
import threading, yaml
found = []
def ask():
    found.append(yaml.safe_load('a: 1'))
threads = [threading.Thread(target=ask) for _ in range(20)]
[one.start() for one in threads]
[one.join() for one in threads]
print(found == [{'a': 1}] * 20)
"""
    assert answer(code) == "True"


@pytest.mark.parametrize(
    ("before", "loader"),
    [
        ("import yaml; ", "Loader"),
        (
            "import threading as t; t.Thread(target=t.Event().wait, daemon=True).start(); ",
            "Loader",
        ),
        ("import sys; sys.modules['yaml._yaml'] = None; ", "BaseLoader"),
    ],
)
def test_where_it_cannot_be_pyyaml_is_imported_as_ever(before: str, loader: str) -> None:
    code = "print(type(sys.modules['yaml']).__name__, 'yaml.loader' in sys.modules, libyaml.LOADER.__name__, "
    code += "libyaml.compose('a: b').value[0][1].value, sum(1 for _ in libyaml.parse('a: b')))"
    assert answer(code, before) == f"module True {loader} b 8"


def test_layout_that_is_not_known_is_imported_as_ever() -> None:
    before = """
import importlib, sys
real = importlib.import_module
def failing(name, package=None):
    if name == 'yaml.events' and not failing.met:
        failing.met = True
        raise ModuleNotFoundError(name)
    return real(name, package)
failing.met = False
importlib.import_module = failing
"""
    code = "print(failing.met, type(sys.modules['yaml']).__name__, sys.modules['yaml'].safe_load('a: 1'), "
    code += "libyaml.LOADER.__name__)"
    assert answer(code, before) == "True module {'a': 1} Loader"
