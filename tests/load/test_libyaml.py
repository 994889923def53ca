"""PyYAML as it is imported: one pattern waits until it is used, and nobody can tell."""

from __future__ import annotations

import subprocess
import sys

import pytest

IMPORTED = (
    "import re; before = re.compile; from vendorgate.load.libyaml import yaml; "
    "found = yaml.reader.Reader.NON_PRINTABLE; "
)


def answer(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", IMPORTED + code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("print('_pattern' in vars(found))", "False"),
        ("import vendorgate.gate; print('_pattern' in vars(found))", "False"),
        ("print(re.compile is before)", "True"),
        ("print(found.search('a\\x00b').start(), found.search('a\\tb'), found.search('\\U0001f600'))", "1 None None"),
        ("print(found.pattern[:2], type(re.compile(found.pattern)) is re.Pattern)", "[^ True"),
        ("print(yaml.safe_load('a: 1'))", "{'a': 1}"),
        (
            "\ntry: yaml.safe_load('a\\x00b')\nexcept yaml.reader.ReaderError as error: print(error.reason)",
            "special characters are not allowed",
        ),
    ],
)
def test_pattern_waits_until_it_is_used_and_is_then_itself(code: str, said: str) -> None:
    assert answer(code) == said
