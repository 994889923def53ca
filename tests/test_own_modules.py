"""Own modules are found and loaded as Python finds and loads them, whatever has become of what is compiled."""

from __future__ import annotations

import marshal
import os
import py_compile
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import CodeType
from typing import Final

import pytest

from tests.command import ROOT
from vendorgate.own_modules import OwnModules, find_own_modules

SOURCE: Final = ROOT / "src"
OWN: Final = OwnModules("vendorgate")
FILES: Final = sorted((SOURCE / "vendorgate").rglob("*.py"))
FOUND: Final = "import sys; from vendorgate.own_modules import find_own_modules; find_own_modules('pack')"
TOLD: Final = """
def told(one):
    spec, loader = one.__spec__, one.__loader__
    return (one.__name__, one.__file__, one.__cached__, one.__package__, getattr(one, "__path__", None), one.VALUE,
        spec.name, spec.origin, spec.cached, spec.has_location, spec.parent, spec.submodule_search_locations,
        getattr(loader, "name", None), getattr(loader, "path", None), loader.get_source(one.__name__),
        one.code.__code__.co_filename)
import pack, pack.inner, pack.inner.deep
print(*map(told, (pack, pack.inner, pack.inner.deep)), sep="\\n")
"""
MODULE: Final = "VALUE = {!r}\n\n\ndef code() -> None:\n    'Nothing.'\n"


def test_every_module_is_found_as_python_finds_it() -> None:
    for file in FILES:
        is_package = file.name == "__init__.py"
        named = file.parent if is_package else file.with_suffix("")
        name, folder = ".".join(named.relative_to(SOURCE).parts), str(named.parent)
        if name == "vendorgate":
            assert OWN.find_spec(name, [folder]) is None
            continue
        found, usual = OWN.find_spec(name, [folder]), PathFinder.find_spec(name, [folder])
        assert found is not None
        assert usual is not None
        assert facts(found) == facts(usual)


@pytest.mark.parametrize("name", ["gate", "logic", "evaluate.judge", "commands.check.request"])
def test_its_code_is_that_of_python(name: str) -> None:
    above = str((SOURCE / "vendorgate").joinpath(*name.split(".")).parent)
    found, usual = (one.find_spec(f"vendorgate.{name}", [above]) for one in (OWN, PathFinder))
    assert found is not None
    assert usual is not None
    assert code_of(found) == code_of(usual)


def facts(spec: ModuleSpec) -> tuple[object, ...]:
    """What a module comes to know of itself."""
    return spec.name, spec.origin, spec.cached, spec.has_location, spec.parent, spec.submodule_search_locations


def code_of(spec: ModuleSpec) -> CodeType:
    """The code that a module is executed from."""
    code = spec.loader.get_code(spec.name) if spec.loader is not None else None  # type: ignore[attr-defined]
    assert isinstance(code, CodeType)
    assert code.co_filename == spec.origin
    return code


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("vendorgate", None),
        ("vendorgate.gate", None),
        ("vendorgates.gate", [str(SOURCE / "vendorgate")]),
        ("msgspec.json", [str(SOURCE / "vendorgate")]),
        ("vendorgate.nothing", [str(SOURCE / "vendorgate")]),
        ("vendorgate.content", [str(SOURCE / "vendorgate")]),
        ("vendorgate.a\0b", [str(SOURCE / "vendorgate")]),
        ("vendorgate.gate", [str(SOURCE / "nowhere")]),
        ("vendorgate.gate", [str(FILES[0])]),
    ],
)
def test_what_is_no_module_below_the_package_is_left_to_python(name: str, path: list[str] | None) -> None:
    assert OWN.find_spec(name, path) is None


def tree(folder: Path) -> Path:
    """A package in a package, each with its modules, compiled."""
    deep = folder / "pack" / "inner"
    deep.mkdir(parents=True)
    for file in (folder / "pack" / "__init__.py", deep / "__init__.py", deep / "deep.py"):
        file.write_text(MODULE.format(file.name))
        py_compile.compile(str(file), doraise=True)
    return folder


def compiled(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.pyc"))


def damaged(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """All that is compiled in a folder, changed in the same way."""

    def damage(folder: Path) -> None:
        for file in compiled(folder):
            file.write_bytes(change(file.read_bytes()))

    return damage


def edited(folder: Path) -> None:
    """Another source, a second younger."""
    for file in folder.rglob("*.py"):
        time = file.stat().st_mtime
        file.write_text(MODULE.format("edited"))
        os.utime(file, (time + 1, time + 1))


def edited_at_once(folder: Path) -> None:
    """Another source of the same time and another size."""
    for file in folder.rglob("*.py"):
        time = file.stat().st_mtime
        file.write_text(MODULE.format("edited, and longer"))
        os.utime(file, (time, time))


def by_hash(checked: bool) -> Callable[[Path], None]:
    mode = py_compile.PycInvalidationMode
    kind = mode.CHECKED_HASH if checked else mode.UNCHECKED_HASH

    def compile(folder: Path) -> None:
        for file in folder.rglob("*.py"):
            py_compile.compile(str(file), doraise=True, invalidation_mode=kind)
            file.write_text(MODULE.format("edited"))

    return compile


def removed(pattern: str) -> Callable[[Path], None]:
    def remove(folder: Path) -> None:
        for file in list(folder.rglob(pattern)):
            file.unlink()

    return remove


def in_a_folder(folder: Path) -> None:
    for file in compiled(folder):
        file.unlink()
        file.mkdir()


def moved(folder: Path) -> None:
    """What is compiled names the folder in which it was."""
    for file in folder.rglob("*.py"):
        py_compile.compile(str(file), dfile=f"/elsewhere/{file.name}", doraise=True)


def broken(folder: Path) -> None:
    (folder / "pack" / "inner" / "deep.py").write_text("VALUE = (\n")


def left_behind(folder: Path) -> None:
    """A module beside the package that took its place, as of an installation over an older one."""
    file = folder / "pack" / "inner.py"
    file.write_text(MODULE.format("older"))
    py_compile.compile(str(file), doraise=True)


def zipped(folder: Path) -> None:
    with zipfile.ZipFile(folder / "pack.zip", "w") as archive:
        for file in folder.rglob("*.py"):
            archive.write(file, file.relative_to(folder))
    shutil.rmtree(folder / "pack")


SITUATIONS: Final[dict[str, tuple[Callable[[Path], None], tuple[str, ...], dict[str, str]]]] = {
    "compiled": (lambda _: None, (), {}),
    "edited": (edited, (), {}),
    "edited in the same second": (edited_at_once, (), {}),
    "not compiled": (removed("*.pyc"), (), {}),
    "no source": (removed("*.py"), (), {}),
    "no deepest source": (removed("deep.py"), (), {}),
    "empty": (damaged(lambda _: b""), (), {}),
    "cut in the head": (damaged(lambda data: data[:11]), (), {}),
    "cut after the head": (damaged(lambda data: data[:16]), (), {}),
    "cut in the code": (damaged(lambda data: data[:-9]), (), {}),
    "of another Python": (damaged(lambda data: bytes((data[0] ^ 1,)) + data[1:]), (), {}),
    "no code": (damaged(lambda data: data[:16] + marshal.dumps("text")), (), {}),
    "nonsense": (damaged(lambda data: data[:16] + b"\xff" * 99), (), {}),
    "checked by hash": (by_hash(True), (), {}),
    "by hash, unchecked": (by_hash(False), (), {}),
    "a folder": (in_a_folder, (), {}),
    "moved": (moved, (), {}),
    "a module beside its package": (left_behind, (), {}),
    "a mistake": (broken, (), {}),
    "in a ZIP file": (zipped, (), {}),
    "optimized": (lambda _: None, ("-O",), {}),
    "without docstrings": (lambda _: None, ("-OO",), {}),
    "with a prefix": (lambda _: None, (), {"PYTHONPYCACHEPREFIX": "compiled"}),
    "nothing written": (removed("*.pyc"), ("-B",), {}),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_modules_are_what_they_are_to_python(situation: str, tmp_path: Path) -> None:
    prepare, options, variables = SITUATIONS[situation]
    answers = []
    for number, code in enumerate((f"{FOUND}\n{TOLD}", f"import sys\n{TOLD}")):
        folder = tree(tmp_path / str(number) / "here")
        prepare(folder)
        path = os.pathsep.join((str(folder), str(folder / "pack.zip"), str(SOURCE)))
        plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        done = subprocess.run(
            (sys.executable, *options, "-c", code),
            cwd=folder,
            env={**plain, **variables, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        last = done.stderr.strip().rpartition("\n")[2]
        said = (done.returncode, done.stdout, last)
        kept = sum("pack" in file.parts for file in folder.rglob("*.pyc"))
        answers.append((repr(said).replace(str(folder), "FOLDER"), kept))
    (found, own), (usual, python) = answers
    assert found == usual
    assert own == python
    if situation in ("compiled", "edited", "not compiled", "moved", "in a ZIP file"):
        assert found.startswith("(0, ")


def test_a_process_of_ours_finds_its_modules_so() -> None:
    code = "import sys; sys.argv[1:] = ['--version']\nfrom vendorgate.__main__ import main\nimport os\n"
    code += "os._exit = lambda code: print(type(sys.modules['vendorgate.cli.run'].__loader__).__name__)\nmain()"
    done = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "_Loader", done.stderr


def test_it_is_asked_first_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", [PathFinder])
    find_own_modules("pack")
    find_own_modules("pack")
    assert [isinstance(one, OwnModules) for one in sys.meta_path] == [True, False]


def test_where_compiled_modules_are_elsewhere_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", [PathFinder])
    monkeypatch.setattr(sys, "pycache_prefix", "compiled")
    find_own_modules("pack")
    assert sys.meta_path == [PathFinder]
