"""A day of a team that keeps the policies of twenty repositories, of which twelve fail: from audit to next release.

The bundle is in a repository that a real git server with TLS serves; projects name it by its commit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.command import Ended, vendorgate
from tests.commands.action.repositories import manifest, pull_request
from tests.commands.action.runner import Ran, machine
from tests.commands.review.repository import Repository
from tests.remote.server import Authority, GitServer, serving, trusting

NAMES: Final = [f"service-{number:02}" for number in range(1, 21)]
FAILING: Final = NAMES[:12]
AS_OF: Final = ("--as-of", "2026-11-23")
GRANTED: Final = ("--reason", "in use before the check", "--approved-by", "ciso@example.org", "--ticket", "SEC-7")
BASELINE: Final = (*GRANTED, "--expires", "2027-01-31")
RULES: Final[dict[str, Any]] = {
    "version": 1,
    "policies": [
        {"id": "no-phi", "title": "PHI goes to nobody", "require": [{"disjoint": [{"var": "usage.data"}, ["phi"]]}]},
        {"id": "no-cards", "title": "Cards go to nobody", "require": [{"disjoint": [{"var": "usage.data"}, ["pci"]]}]},
    ],
}
NEXT: Final[dict[str, Any]] = {
    "id": "no-children",
    "title": "Data of children goes to nobody",
    "enforce_from": "2027-03-01",
    "require": [{"disjoint": [{"var": "usage.data"}, ["children"]]}],
}


def bundle(release: str, fail_on: str) -> dict[str, Any]:
    """The settings of a release; each project is the one of its own repository, whoever writes its name."""
    bound = [{"project": name, "repositories": [f"acme/{name}"], "owner": f"{name}@example.org"} for name in NAMES]
    rules = {"max_days": 90, "require_ticket": True, "forbid_self_approval": True}
    return {"version": 1, "name": "acme", "release": release, "fail_on": fail_on, "projects": bound, "waivers": rules}


class Team:
    """The team, its bundle, and the repositories that it serves."""

    def __init__(self, folder: Path, server: GitServer) -> None:
        self.folder, self._server = folder, server
        self.central = server.repository("acme/ai-policies")
        self.repositories = {name: Repository(folder / "repositories" / name) for name in NAMES}
        for name, repository in self.repositories.items():
            repository.commit({"vendorgate.yaml": manifest("phi" if name in FAILING else "public", project=name)})

    def release(self, **files: Any) -> str:
        """Commit what the bundle has become, and have it pulled; its address."""
        self.central.commit({f"policies/{name}.yaml": content for name, content in files.items()})
        address = self._server.address(self.central.git("rev-parse", "HEAD"), name="acme/ai-policies")
        assert vendorgate("policy", "pull", address, folder=self.folder).code == 0
        return address

    def check(self, name: str, address: str) -> dict[str, Any]:
        """What the check of a repository says, as its CI runs it."""
        words = ("--policies", address, "--repository", f"acme/{name}", *AS_OF, "--format", "json")
        ended = vendorgate("check", *words, folder=self.repositories[name].folder)
        assert ended.code in (0, 1), ended.stderr
        report: dict[str, Any] = json.loads(ended.stdout)
        assert ended.code == int(report["verdict"] == "fail")
        return report

    def failing(self, address: str) -> list[str]:
        return [name for name in NAMES if self.check(name, address)["verdict"] == "fail"]

    def waive(self, command: str, name: str, *words: str) -> Ended:
        """`vendorgate waiver` on a repository and the bundle's work tree."""
        path, policies = str(self.repositories[name].folder), str(self.central.folder / "policies")
        known = ("--policies", policies, "--repository", f"acme/{name}", *AS_OF)
        return vendorgate("waiver", command, path, *known, *words, folder=self.folder)

    @property
    def waivers(self) -> str:
        return (self.central.folder / "policies" / "waivers.yaml").read_text("utf-8")


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def team(tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[Team]:
    trusting(monkeypatch, authority, tmp_path / "cache")
    with serving(tmp_path / "served", authority) as server:
        yield Team(tmp_path, server)


def adopted(team: Team) -> str:
    """The address of the release with the baseline."""
    team.release(bundle=bundle("1", "never"), rules=RULES)
    team.central.write({"policies/bundle.yaml": bundle("2", "error")})
    for name in NAMES:
        assert team.waive("add", name, "--all", *BASELINE).code == 0
    return team.release()


def test_twelve_of_twenty_fail_and_all_are_required_on_the_same_day(team: Team) -> None:
    audit = team.release(bundle=bundle("1", "never"), rules=RULES)
    reports = {name: team.check(name, audit) for name in NAMES}
    assert {report["verdict"] for report in reports.values()} == {"pass"}
    assert [name for name, report in reports.items() if report["summary"]["fail"]] == FAILING

    team.central.write({"policies/bundle.yaml": bundle("2", "error")})
    assert team.failing(team.release()) == FAILING

    for name in NAMES:
        tried = team.waive("add", name, "--all", *BASELINE, "--dry-run")
        assert (tried.code, bool(tried.stdout)) == (0, name in FAILING)
        written = team.waive("add", name, "--all", *BASELINE)
        assert (written.code, "waived now: 1 result; 1 blocking before" in written.stdout) == (0, name in FAILING)
    assert team.waivers.count("- policy: no-phi\n") == team.waivers.count("fingerprint: sha256:") == 12
    required = team.release()
    assert team.failing(required) == []

    owner = (
        "--reason",
        "mine",
        "--approved-by",
        "service-13@example.org",
        "--ticket",
        "X-1",
        "--expires",
        "2027-01-31",
    )
    team.repositories["service-13"].commit({"vendorgate.yaml": manifest("phi", project="service-13")})
    refused = team.waive("add", "service-13", "--all", *owner)
    assert refused.code == 1
    assert "void: service-13@example.org approved it and owns project `service-13`" in refused.stdout
    assert team.failing(required) == ["service-13"]


def test_baseline_waives_what_was_there_and_nothing_that_comes(team: Team) -> None:
    required = adopted(team)
    team.repositories["service-01"].commit({"vendorgate.yaml": manifest("phi", "pci", project="service-01")})
    team.repositories["service-02"].commit({"vendorgate.yaml": manifest("phi", project="service-02", usage="new")})
    team.repositories["service-14"].commit({"vendorgate.yaml": manifest("phi", project="service-03")})
    assert team.failing(required) == ["service-01", "service-02", "service-14"]


def test_mended_repository_is_pruned_and_the_next_release_comes_by_its_pin(team: Team) -> None:
    required = adopted(team)
    mended = team.repositories["service-05"]
    mended.commit({"vendorgate.yaml": manifest("deidentified", project="service-05")})
    before = team.waivers
    shown = team.waive("prune", "service-05", "--dry-run")
    assert (shown.code, team.waivers) == (0, before)
    assert "unused, 69 days left: no-phi on project service-05, usage u, offering openai-api" in shown.stdout
    ended = team.waive("prune", "service-05")
    assert ended.stdout.endswith("1 manifest of 1 project; 12 waivers: 1 taken out, 11 left\n")
    entries = before.split("  - policy: ")
    assert team.waivers.split("  - policy: ") == [one for one in entries if "project: service-05\n" not in one]

    rules = {**RULES, "policies": [*RULES["policies"], NEXT]}
    third = team.release(bundle={**bundle("3", "error"), "required_version": ">=0.1"}, rules=rules)
    team.repositories["service-20"].commit({"vendorgate.yaml": manifest("children", project="service-20")})
    words = ("--policies-from", required, "--policies-to", third, "--repository", "acme/service-20", *AS_OF)
    told = vendorgate("impact", *words, "--fail-when", "new", folder=team.repositories["service-20"].folder)
    assert told.code == 0, told.stdout
    assert "no-children" in told.stdout

    assert team.failing(third) == []
    report = team.check("service-20", third)
    assert (report["inputs"]["bundle"]["source"], report["summary"]["fail"]) == (third, 1)
    mended.commit({"vendorgate.yaml": manifest("phi", project="service-05")})
    assert team.failing(third) == ["service-05"]
    assert team.failing(required) == []


def test_required_step_of_the_workflow_judges_by_the_pin(team: Team, authority: Authority, tmp_path: Path) -> None:
    required = adopted(team)

    def ran(name: str, before: str, after: str, *, inside: bool = True) -> Ran:
        folder = tmp_path / f"machine of {name} {len(after)}"
        folder.mkdir()
        change = pull_request(folder, {"vendorgate.yaml": before}, {"vendorgate.yaml": after, "x": "y"})
        environment = {**authority.trusted, "XDG_CACHE_HOME": str(folder / "cache")}
        different = {"environment": environment, "repository": f"acme/{name}", "inside": inside}
        runner = machine(folder, change.workspace, **different)
        return runner.run("pull_request", change.payload(), change.merge, policies=required)

    there = manifest("phi", project="service-03")
    assert ran("service-03", there, there).code == 0
    assert ran("service-03", there, manifest("phi", "pci", project="service-03")).code == 1
    stolen = manifest("phi", project="service-03")
    taken = ran("service-15", manifest("public", project="service-15"), stolen, inside=False)
    assert taken.code == 1
    assert "no-phi" in taken.summary
