"""Every command that takes a bundle takes a pinned address, out of the cache; none changes such a bundle."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.cli.test_words import COMMANDS
from tests.command import Ended, vendorgate
from tests.commands.push.world import standing_by
from tests.commands.review.repository import AUDITED, BAA, DAY, WORLD, Content, Repository, manifest, policies, usage
from tests.remote.pulling import pull
from tests.remote.server import Authority, serving, trusting

_TEST: Final = {"name": "no BAA", "usage": {"offering": "beta", "data": ["phi"]}, "expect": "fail"}
FILES: Final[Mapping[str, Content]] = {
    "policies/bundle.yaml": {"version": 1, "name": "acme", "release": "7"},
    "policies/rules.yaml": policies({**BAA, "tests": [_TEST]}, AUDITED),
    "policies/agreements.yaml": {"version": 1, "agreements": []},
    "policies/waivers.yaml": {"version": 1, "waivers": []},
    "policies/fleet.yaml": {"version": 1, "fleet_policies": [{"id": "any", "title": "Any", "require": [True]}]},
}
_HERE: Final = "vendorgate.yaml"
_POLICIES: Final = ("--policies", "ADDRESS")
_ON: Final = ("--as-of", DAY)
RUNS: Final[Mapping[str, tuple[str, ...]]] = {
    "check": (_HERE, *_POLICIES, *_ON),
    "review": (_HERE, "--base", "main", *_POLICIES, *_ON),
    "detect": (".", "--against", _HERE, *_POLICIES, *_ON),
    "impact": (_HERE, "--policies-to", "ADDRESS", *_ON),
    "verify": ("report.json", *_POLICIES),
    "evidence pack": (_HERE, "--output", "evidence.zip", *_POLICIES, *_ON),
    "plan": (_HERE, *_POLICIES, *_ON),
    "inventory list": (_HERE, *_POLICIES, *_ON),
    "explain": (_HERE, "--usage", "notes", *_POLICIES, *_ON),
    "agreements list": (*_POLICIES, *_ON),
    "agreements check": (_HERE, *_POLICIES, *_ON),
    "agreements report": (_HERE, *_POLICIES, *_ON),
    "repair": (_HERE, "--usage", "notes", *_POLICIES, *_ON),
    "alternatives": (_HERE, "--usage", "notes", *_POLICIES, *_ON),
    "registry list": _POLICIES,
    "registry show": ("beta", *_POLICIES, *_ON),
    "registry compare": ("alpha", "beta", *_POLICIES),
    "registry question": ("hipaa_baa", *_POLICIES),
    "registry watch-outs": ("beta", *_POLICIES),
    "registry search": ("beta", *_POLICIES),
    "registry verify": (*_POLICIES, *_ON),
    "registry due": (_HERE, *_POLICIES, *_ON),
    "registry site": ("--output", "site", "--search", "filter", *_POLICIES, *_ON),
    "registry diff": ("registry-snapshot", "registry-snapshot", *_POLICIES),
    "policy list": ("ADDRESS",),
    "policy show": ("audited", *_POLICIES),
    "policy explain": ("audited", *_POLICIES),
    "policy controls": ("ADDRESS",),
    "policy docs": ("ADDRESS",),
    "policy test": ("ADDRESS", *_ON),
    "policy lint": ("ADDRESS",),
    "policy fmt": ("ADDRESS", "--check"),
    "policy signoff": ("ADDRESS", "--by", "Dana"),
    "policy build": ("rules.py", *_POLICIES),
    "waiver list": (_HERE, *_POLICIES, *_ON),
    "fleet gather": (".", "--store", "store", "--code", *_POLICIES),
    "fleet check": ("rows.jsonl", "--out", "run", "--jobs", "1", *_POLICIES, *_ON),
    "fleet policy": ("fleet-run", *_POLICIES),
    "push ciso-assistant": (_HERE, *_POLICIES, *_ON),
    "schema": ("manifest", *_POLICIES),
}
_WAIVER: Final = ("--policy", "phi-needs-baa", "--usage", "notes", "--reason", "r", "--approved-by", "a")
WRITES: Final[Mapping[str, tuple[str, ...]]] = {
    "waiver add": (_HERE, *_WAIVER, "--expires", "2026-12-31", *_POLICIES, *_ON),
    "waiver remove": ("--policy", "phi-needs-baa", *_POLICIES),
    "waiver prune": (_HERE, *_POLICIES, *_ON),
    "policy fmt": ("ADDRESS",),
    "policy signoff": ("ADDRESS", "--by", "Dana", "--write"),
    "policy lint": ("ADDRESS", "--fix"),
    "init offering": ("own", "--name", "Own", *_POLICIES),
}
_OTHERS: Final = {"registry update": "fetches itself", "init manifest": "writes a manifest", "policy pull": "fetches"}
_SOURCE: Final = """\
from vendorgate.authoring import Policy, covered

Policy(id="made", title="Made", require=[covered("hipaa_baa")])
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A project in which other policies lie, and the address of those that are in the cache; the server is gone."""
    folder = tmp_path_factory.mktemp("commands")
    authority = Authority(folder)
    patch = pytest.MonkeyPatch()
    trusting(patch, authority, folder / "cache")
    lax = policies({**AUDITED, "id": "lax"})
    project = Repository(folder / "project")
    project.commit({**WORLD, "policies/rules.yaml": lax, _HERE: manifest(usage("notes", "beta")), "rules.py": _SOURCE})
    with serving(folder / "served", authority) as server:
        address = server.address(server.repository().commit(FILES))
        assert pull(address, folder=project.folder).code == 0
    report = vendorgate("check", *_POLICIES[:1], address, *_ON, "--format", "json", folder=project.folder)
    row = {"path": _HERE, "manifest": manifest(usage("notes", "beta"))}
    project.write({"report.json": report.stdout, "rows.jsonl": f"{json.dumps(row)}\n"})
    fleet = ("rows.jsonl", "--out", "fleet-run", "--jobs", "1", *_POLICIES[:1], address, *_ON)
    assert vendorgate("fleet", "check", *fleet, folder=project.folder).code == 1
    yield project.folder, address
    patch.undo()


def run(command: str, words: tuple[str, ...], world: tuple[Path, str]) -> Ended:
    folder, address = world
    given = (address if word == "ADDRESS" else word for word in words)
    with standing_by(command) as where:
        return vendorgate(*command.split(), *given, *where, folder=folder)


def _takes_a_bundle(command: str) -> bool:
    names = {name for one in COMMANDS[command].params for name in (*one.opts, one.human_readable_name)}
    return bool(names & {"--policies", "--policies-to", "folder", "FOLDER"})


def test_every_command_that_takes_a_bundle_is_tried() -> None:
    known = RUNS.keys() | WRITES.keys() | _OTHERS.keys()
    assert {command for command in COMMANDS if _takes_a_bundle(command)} <= known
    assert known <= COMMANDS.keys()


@pytest.mark.parametrize("command", RUNS)
def test_command_takes_an_address(command: str, world: tuple[Path, str]) -> None:
    ended = run(command, RUNS[command], world)
    assert ended.code in (0, 1), ended.stderr
    assert ended.stdout


@pytest.mark.parametrize("command", RUNS)
def test_command_takes_no_address_that_is_not_pinned(command: str, world: tuple[Path, str]) -> None:
    folder, address = world
    unpinned = re.sub("@[0-9a-f]{40}", "@main", address)
    ended = run(command, RUNS[command], (folder, unpinned))
    assert (ended.code, ended.stdout) == (2, "")
    assert "is not pinned" in ended.stderr


@pytest.mark.parametrize("command", WRITES)
def test_policies_that_are_kept_elsewhere_are_not_changed_here(command: str, world: tuple[Path, str]) -> None:
    ended = run(command, WRITES[command], world)
    assert (ended.code, ended.stdout) == (2, "")
    assert "is kept elsewhere, and cannot be changed here" in ended.stderr


def test_waiver_that_is_to_be_written_elsewhere_is_printed(world: tuple[Path, str]) -> None:
    ended = run("waiver add", (*WRITES["waiver add"], "--dry-run"), world)
    assert ended.code == 0, ended.stderr
    assert f"nothing is written; for {world[1]}/waivers.yaml:" in ended.stderr


def test_baseline_of_policies_that_are_kept_elsewhere_is_printed(world: tuple[Path, str]) -> None:
    words = (_HERE, "--all", *_WAIVER[4:], "--expires", "2026-12-31", *_POLICIES, *_ON)
    ended = run("waiver add", (*words, "--dry-run"), world)
    assert ended.code == 0, ended.stderr
    assert ended.stdout.startswith("- policy: phi-needs-baa\n")
    assert "is kept elsewhere, and cannot be changed here" in run("waiver add", words, world).stderr


def test_report_holds_by_its_address_and_by_the_folder_itself(world: tuple[Path, str], tmp_path: Path) -> None:
    folder, address = world
    assert "holds: " in run("verify", RUNS["verify"], world).stdout
    Repository(tmp_path).write(FILES)
    ended = vendorgate("verify", "report.json", "--policies", str(tmp_path / "policies"), folder=folder)
    assert ended.code == 0, ended.stdout + ended.stderr
    assert "the report's own word, which no input confirms: that somebody chose the day" in ended.stdout
    assert f"that the policies are kept at {address[:60]}" in ended.stdout


def test_place_of_the_policies_is_confirmed_by_the_address_alone(world: tuple[Path, str], tmp_path: Path) -> None:
    folder, address = world
    Repository(tmp_path).write(FILES)
    report = (folder / "report.json").read_text(encoding="utf-8")
    (tmp_path / "forged.json").write_text(report.replace(address, address.replace("acme", "another")), encoding="utf-8")
    asked = ("--format", "json", "--policies")
    taken = "inputs.bundle.source"
    for name, given, confirmed in (
        ("report.json", address, True),
        ("report.json", str(tmp_path / "policies"), False),
        (str(tmp_path / "forged.json"), address, False),
    ):
        ended = vendorgate("verify", name, *asked, given, folder=folder)
        assert ended.code == 0, ended.stderr
        assert (taken in json.loads(ended.stdout)["taken_from_report"]) != confirmed


# A review by an address.


def test_review_judges_both_sides_by_the_address(world: tuple[Path, str], tmp_path: Path) -> None:
    project = Repository(tmp_path / "reviewed")
    project.commit({**WORLD, _HERE: manifest(usage("notes", "alpha"))})
    project.branch("change")
    project.commit({_HERE: manifest(usage("notes", "beta")), "policies/rules.yaml": policies({**AUDITED, "id": "lax"})})
    report = project.report("--policies", world[1])
    assert report["judged_by"]["policies"] == {"origin": "address", "path": world[1]}
    assert {one["policy"] for one in report["changes"]} <= {"phi-needs-baa", "audited"}
    assert [one["change"] for one in report["changes"]].count("new") == 1
    assert report["edits"]["edits"] == []
    assert report["edits"]["files"] == []
    text = project.review("--policies", world[1])
    assert f"judging by {world[1]}, and by registry-snapshot of main" in text.stderr
    assert world[1] in text.stdout


def test_change_of_policies_in_the_project_is_judged_by_the_address(world: tuple[Path, str], tmp_path: Path) -> None:
    project = Repository(tmp_path / "reviewed")
    project.commit({**WORLD, _HERE: manifest(usage("notes", "beta"))})
    project.branch("change")
    project.commit({"policies/rules.yaml": policies({**AUDITED, "id": "lax"})})
    for more in ((), ("--trust-head",)):
        ended = project.review("--policies", world[1], "--format", "json", *more)
        assert ended.code == 1, ended.stderr
        blocking = [one for one in json.loads(ended.stdout)["report"]["results"] if one["blocks"]]
        assert [one["policy"] for one in blocking] == ["phi-needs-baa"]
