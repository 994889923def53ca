"""A check starts lean, needs nothing but what it is given, and gives the same bytes everywhere."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.command import ROOT, process
from tests.thoroughness import part
from vendorgate.commands.docs.command import PAGES

MOST_MODULES = 106
"""Of ours, that a check of the wheel takes to say that what is declared passes; each takes a thousandth of its time."""
SPARED = (
    *("evaluate.answers", "evaluate.facts", "evaluate.naming", "evaluate.regions", "evaluate.unlisted"),
    *("frame.proposing", "load.agreements", "load.cells", "logic.paths", "remote.scratch"),
    *("load.common_facts", "load.index_file", "load.language", "load.policies", "load.region_groups", "load.rules"),
    *("load.vendors", "logic.checking", "logic.nearest", "logic.types", "model.agreement", "model.facts"),
    *("model.observation", "model.overlay", "model.policy_file", "model.register_words", "model.waiver"),
    *("model.written_tests", "report.cause"),
)
"""What such a check does not come to."""
NOT_OF_OTHERS = ("_hashlib", "msgspec._json_schema", "textwrap", "yaml.tokens", "yaml.reader")
"""OpenSSL, because all digests of what ships are known and a manifest is hashed without it, and what is postponed."""
CLINIC = str(ROOT / "examples" / "clinic" / "vendorgate.yaml")
HEAVY = (
    "click",
    "requests",
    "rich",
    "jinja2",
    "jsonschema",
    "jsonlogic",
    "importlib.metadata",
    "dataclasses",
    "pathlib",
)


@pytest.mark.parametrize("example", ["clinic", "newsletter"])
def test_check_imports_nothing_heavy(example: str) -> None:
    command = (sys.executable, "-X", "importtime", "-m", "vendorgate", "check", f"examples/{example}/vendorgate.yaml")
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    names = imported(ended)
    assert "vendorgate.gate" in names
    assert [name for name in names if name in HEAVY or name.startswith(tuple(f"{one}." for one in HEAVY))] == []


def imported(ended: subprocess.CompletedProcess[str]) -> list[str]:
    """The modules that a process imported which was told to say so."""
    return re.findall(r"^import time: .*\| +(\S+)$", ended.stderr, re.MULTILINE)


WORLD = {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"}
OTHER_WORLDS = (
    {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Pacific/Kiritimati"},
    {"PYTHONHASHSEED": "4711", "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Midway", "PYTHONUTF8": "0"},
    {"PYTHONHASHSEED": "random", "LC_ALL": "POSIX", "COLUMNS": "20", "PYTHONIOENCODING": "latin-1"},
)


@pytest.mark.parametrize(("turn", "format"), [(0, "text"), (1, "json"), (2, "html")])
def test_same_inputs_give_the_same_bytes_everywhere(turn: int, format: str) -> None:
    runs = [
        process("check", CLINIC, "--format", format, "--as-of", "2026-11-24", folder=ROOT, environment=world)
        for world in (WORLD, *part(OTHER_WORLDS, turn))
    ]
    assert len({(run.code, run.stdout) for run in runs}) == 1
    assert runs[0].code == 1


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the built wheel in it, as pip puts it there."""
    site = tmp_path_factory.mktemp("installed") / "site"
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile", "--target")
    subprocess.run((*pip, str(site), str(wheel)), check=True, capture_output=True)
    return site


def test_installed_check_needs_nothing_but_a_manifest(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "vendorgate.yaml").write_bytes(Path(CLINIC).read_bytes())
    code = "import sys, vendorgate; sys.stderr.write(vendorgate.__file__); from vendorgate.__main__ import main; main()"
    command = (sys.executable, "-c", code, "check", "--as-of", "2026-11-24")
    ended = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(installed)}
    )
    assert str(installed) in ended.stderr
    assert ended.returncode == 1, ended.stderr
    assert "= policy: phi-needs-baa-and-zdr: " in ended.stdout
    assert "the policies that came with vendorgate" in ended.stderr


def test_installed_check_that_passes_loads_no_more_than_it_takes(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "vendorgate.yaml").write_bytes((ROOT / "examples" / "newsletter" / "vendorgate.yaml").read_bytes())
    command = (sys.executable, "-X", "importtime", "-m", "vendorgate", "check", "--as-of", "2026-11-24")
    ended = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(installed)}
    )
    assert ended.returncode == 0, ended.stderr
    ours = sorted(name for name in imported(ended) if name.partition(".")[0] == "vendorgate")
    assert "vendorgate.gate" in ours
    assert [name for name in SPARED if f"vendorgate.{name}" in ours] == []
    assert len(ours) <= MOST_MODULES, ours
    assert [name for name in NOT_OF_OTHERS if name in imported(ended)] == []


def test_wheel_carries_what_stands_at_the_top(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in PAGES:
        assert f"vendorgate/content/docs/{name}.md" in names
    for folder in ("policies", "registry-snapshot"):
        for path in (ROOT / folder).rglob("*.yaml"):
            assert f"vendorgate/content/{path.relative_to(ROOT).as_posix()}" in names
    for name in ("page.html.jinja", "page.css", "page.js"):
        assert f"vendorgate/report/page/{name}" in names
    assert "vendorgate/py.typed" in names
    assert not [name for name in names if name.startswith(("tests", "benchmarks", ".ci"))]
