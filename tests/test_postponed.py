"""A module that is postponed becomes what it would have been as soon as anybody asks for anything of it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

POSTPONED: Final = "import sys; from vendorgate.postponed import Postponing\n"
OURS: Final = "import sys; from vendorgate.__main__ import _import_msgspec; _import_msgspec(); import msgspec\n"
KIND: Final = "kind = lambda name: type(sys.modules[name]).__name__\n"
FACTS: Final = "facts = lambda module: {name: str(value) for name, value in vars(module).items() if name[:2] == '__'}\n"
ADDRESS: Final = re.compile(" at 0x[0-9a-f]+")


def answer(code: str, folder: Path | None = None) -> str:
    """What a process prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("name", ["inspect", "json", "toml", "yaml"])
def test_part_of_msgspec_that_a_check_does_not_need_is_executed_when_asked_for(name: str) -> None:
    code = f"{OURS}{KIND}before = kind('msgspec.{name}'); import importlib\nhere = dir(importlib.import_module("
    code += f"'msgspec.{name}')); asked = msgspec.{name}.__all__ if hasattr(msgspec.{name}, '__all__') else None\n"
    code += f"print(before, kind('msgspec.{name}'), msgspec.{name} is sys.modules['msgspec.{name}'])"
    assert answer(code) == "Postponed module True"


def test_what_msgspec_can_do_it_still_can() -> None:
    code = f"{OURS}print(msgspec.json.encode([1]), msgspec.json.decode('[1]'), msgspec.inspect.type_info(int).gt, "
    code += "msgspec.toml.decode('a = 1'), msgspec.yaml.decode('a: 1'), msgspec.json.schema(int))"
    assert answer(code) == "b'[1]' [1] None {'a': 1} {'a': 1} {'type': 'integer'}"


def test_module_ends_as_it_would_have_begun() -> None:
    asked = f"{FACTS}print(sorted(facts(sys.modules['msgspec.json']).items()), sorted(vars(sys.modules['platform'])))"
    ours = f"{OURS}msgspec.json.encode, __import__('platform').platform\n{asked}"
    usual = f"import sys, msgspec, platform\n{asked}"
    assert ADDRESS.sub("", answer(ours)) == ADDRESS.sub("", answer(usual))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody asks for it on the way")
def test_platform_says_what_system_it_is_before_and_afterwards() -> None:
    code = f"{OURS}{KIND}import platform; early = platform.system(), kind('platform')\n"
    code += "late = platform.machine(), platform.system(), kind('platform')\nprint(early, late, 'uuid' in sys.modules)"
    usual = answer("import platform; print((platform.system(), platform.machine()))")
    system, machine = usual.strip("()").split(", ")
    kinds = ("_Platform", "module")  # a newer Python may not ask on the way, and it is imported here
    assert answer(code) in [f"({system}, '{kind}') ({machine}, {system}, 'module') True" for kind in kinds]


def test_what_others_import_is_not_postponed() -> None:
    code = f"import sys, vendorgate.gate\n{KIND}print(kind('msgspec.json'), kind('msgspec.inspect'))"
    assert answer(code) == "module module"


def test_module_that_fails_stays_to_be_asked_again(tmp_path: Path) -> None:
    (tmp_path / "late.py").write_text(
        "import os\nVALUE = 0\nif not os.path.exists('there'):\n    raise KeyError('not yet')\nVALUE = 1\n"
    )
    code = f"""{POSTPONED}sys.path.insert(0, '')
with Postponing('late'):
    import late
for _ in range(2):
    try:
        late.VALUE
    except KeyError as error:
        print(error, type(late).__name__)
open('there', 'w').close()
print(late.VALUE, type(late).__name__, late.__spec__.loader is late.__loader__, type(late.__loader__).__name__)
"""
    assert answer(code, tmp_path).splitlines() == [
        "'not yet' Postponed",
        "'not yet' Postponed",
        "1 module True SourceFileLoader",
    ]


def test_name_that_a_module_does_not_have_is_missing_as_ever(tmp_path: Path) -> None:
    (tmp_path / "late.py").write_text("VALUE = 1\n")
    code = f"""{POSTPONED}sys.path.insert(0, '')
with Postponing('late', 'nowhere'):
    import late
    try:
        import nowhere
    except ModuleNotFoundError as error:
        print(error)
    from late import VALUE
print(VALUE, hasattr(late, 'OTHER'), [one for one in sys.meta_path if type(one) is Postponing])
try:
    late.OTHER
except AttributeError as error:
    print(error)
"""
    assert answer(code, tmp_path).splitlines() == [
        "No module named 'nowhere'",
        "1 False []",
        "module 'late' has no attribute 'OTHER'",
    ]


def test_beside_a_finder_of_the_old_kind_nothing_is_postponed() -> None:
    code = f"""{POSTPONED}from vendorgate.postponed import Postponing
class Old:
    def find_module(self, name, path=None):
        return None
sys.meta_path.insert(0, Old())
with Postponing('colorsys'):
    import colorsys
print(type(colorsys).__name__, colorsys.rgb_to_hsv(0, 0, 0))
"""
    assert answer(code) == "module (0.0, 0.0, 0)"


def test_module_that_asks_itself_while_it_is_executed(tmp_path: Path) -> None:
    (tmp_path / "late.py").write_text(
        "import late\nprint(hasattr(late, 'VALUE'))\nVALUE = 1\nprint(late.VALUE, type(late).__name__)\n"
    )
    code = f"{POSTPONED}sys.path.insert(0, '')\nwith Postponing('late'):\n    import late\nprint(late.VALUE)"
    assert answer(code, tmp_path).splitlines() == ["False", "1 _Executing", "1"]


def test_threads_that_ask_at_once_wait_for_the_one_that_executes(tmp_path: Path) -> None:
    (tmp_path / "late.py").write_text("import time\nprint('once')\nFIRST = 1\ntime.sleep(0.05)\nLAST = 2\n")
    code = f"""{POSTPONED}sys.path.insert(0, '')
import threading
with Postponing('late'):
    import late
found = []
threads = [threading.Thread(target=lambda: found.append(late.LAST)) for _ in range(9)]
[one.start() for one in threads]
[one.join() for one in threads]
print(found == [2] * 9)
"""
    assert answer(code, tmp_path).splitlines() == ["once", "True"]
