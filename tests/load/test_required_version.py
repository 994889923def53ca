"""A bundle says which versions of vendorgate it is for, and another one judges nothing by it."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import vendorgate
from tests.commands.review.repository import AUDITED, REGISTRY, Repository, manifest, policies, usage
from vendorgate.load import required_version
from vendorgate.version import VERSION


@pytest.fixture
def project(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "project")
    made.write({**REGISTRY, "policies/p.yaml": policies(AUDITED), "vendorgate.yaml": manifest(usage("notes", "alpha"))})
    return made


@pytest.mark.parametrize(
    ("wanted", "installed", "fits"),
    [
        (">=0.1,<1", "0.1.0", True),
        (">=0.1,<1", "0.9.9", True),
        (">=0.1,<1", "1.0.0", False),
        (">= 0.1 , < 1", "0.1.0", True),
        ("~=0.1.0", "0.1.7", True),
        ("~=0.1.0", "0.2.0", False),
        ("==0.1.*", "0.1.7", True),
        ("!=0.1.7", "0.1.7", False),
        (">=0.2", "0.2.0rc1", False),
        (">=0.2.0rc1", "0.2.0rc1", True),
        (">=0.1", "0.2.0.dev3", True),
        ("<1", "1.0.0rc1", False),
        ("===0.1.0", "0.1.0", True),
    ],
)
def test_version_is_held_against_what_the_bundle_is_for(
    wanted: str, installed: str, fits: bool, project: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(required_version, "VERSION", installed)
    project.write({"policies/bundle.yaml": {"required_version": wanted}})
    ended = vendorgate("check", folder=project.folder)
    assert ended.code == (0 if fits else 2)
    assert (f"this bundle is for vendorgate {wanted}, and {installed} is installed" in ended.stderr) != fits


@pytest.mark.parametrize("wanted", ["0.1", "=>0.1", ">=0.1;<1", ">=", "latest", ">=0.1 <1", ">=0.1,,<", "^0.1"])
def test_what_names_no_versions_is_a_mistake_with_its_place(wanted: str, project: Repository) -> None:
    project.write({"policies/bundle.yaml": f'name: acme\nrequired_version: "{wanted}"\n'})
    ended = vendorgate("check", folder=project.folder)
    assert ended.code == 2
    assert f"`{wanted}` names no versions" in ended.stderr
    assert "policies/bundle.yaml:2:19" in ended.stderr


def test_bundle_of_a_version_to_come_is_told_by_that_alone(project: Repository) -> None:
    """Its keys and its policies may be such as this version does not know."""
    project.write(
        {
            "policies/bundle.yaml": 'required_version: ">=9"\nnew_key: 1\n',
            "policies/new.yaml": "version: 2\nrules: []\n",
            "policies/agreements.yaml": "version: 2\n",
        }
    )
    ended = vendorgate("check", folder=project.folder)
    assert ended.stderr.count("error: ") == 1
    assert f"this bundle is for vendorgate >=9, and {VERSION} is installed" in ended.stderr
    assert "install one that it is for: pip install 'vendorgate>=9'" in ended.stderr


@pytest.mark.parametrize(
    "command", [("policy", "list"), ("policy", "lint"), ("policy", "fmt"), ("plan",), ("registry", "show", "alpha")]
)
def test_no_command_reads_such_a_bundle(command: tuple[str, ...], project: Repository) -> None:
    project.write({"policies/bundle.yaml": {"required_version": ">=9", "dimensions": {"x": "X?"}}})
    more = ("--policies", "policies") if command[0] == "registry" else ()
    ended = vendorgate(*command, *more, folder=project.folder)
    assert (ended.code, ended.stdout) == (2, "")
    assert "this bundle is for vendorgate >=9" in ended.stderr


def test_base_that_is_for_another_version_judges_no_change(project: Repository) -> None:
    project.commit({"policies/bundle.yaml": {"required_version": ">=9"}})
    project.branch("change")
    project.commit({"policies/bundle.yaml": {"required_version": ">=0"}})
    ended = project.review()
    assert ended.code == 2
    assert "this bundle is for vendorgate >=9" in ended.stderr


def test_other_versions_are_an_edit_to_what_judges(project: Repository) -> None:
    project.commit({"policies/bundle.yaml": {"required_version": ">=0"}})
    project.branch("change")
    project.commit({"policies/bundle.yaml": {"required_version": ">=0,<9"}})
    (edit,) = project.report()["edits"]["edits"]
    assert (edit["what"], edit["name"], edit["effect"]) == ("bundle", "required_version", "changed")


@pytest.mark.parametrize(("bundle", "loaded"), [("name: acme\n", False), ('required_version: ">=0"\n', True)])
def test_reader_of_versions_is_loaded_where_a_bundle_asks_for_some(
    bundle: str, loaded: bool, project: Repository
) -> None:
    project.write({"policies/bundle.yaml": bundle})
    said = subprocess.run([sys.executable, "-c", _RUN], cwd=project.folder, capture_output=True, check=True).stdout
    assert said.splitlines()[-1] == (b"loaded" if loaded else b"not loaded")


_RUN = """\
import sys
from vendorgate.cli.run import run
run(["check"])
print("loaded" if "packaging" in sys.modules else "not loaded")
"""


@pytest.mark.parametrize("wanted", ["===1`id`", "===1;id", "===$HOME", "===1'id'", '===1"id"', ">=9, <10"])
def test_command_that_is_told_installs_and_does_nothing_else(wanted: str, project: Repository) -> None:
    project.write({"policies/bundle.yaml": {"required_version": wanted}})
    ended = vendorgate("check", folder=project.folder)
    assert ended.code == 2
    _, told, command = ended.stderr.partition("install one that it is for: ")
    if not told:  # the library takes no such text for a version
        assert "names no versions" in ended.stderr
        return
    command = command.partition("\n")[0]
    assert shlex.split(command)[:2] == ["pip", "install"]
    typed = subprocess.run(["bash", "-c", f"printf '%s' {command}"], capture_output=True, text=True, check=True).stdout
    assert typed == "".join(shlex.split(command))
