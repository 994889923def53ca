"""`vendorgate.lock` records what was pulled; a check refuses what differs from it, and takes nothing from it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import vendorgate
from tests.commands.review.repository import AUDITED, Repository, policies
from tests.remote.pulling import FILES, check, judging, pull, refused
from tests.remote.server import GitServer
from tests.remote.test_archives import archive, served
from vendorgate.frame.defaults import today


@pytest.fixture
def commits(server: GitServer) -> tuple[str, str]:
    """An older and a newer address of the same place."""
    repository = server.repository()
    old = repository.commit(FILES)
    return server.address(old), server.address(repository.commit({"policies/eu/more.yaml": None}))


def recorded(project: Path) -> str:
    return (project / "vendorgate.lock").read_text(encoding="utf-8")


def test_pull_records_nothing_unless_it_is_asked(commits: tuple[str, str], project: Path) -> None:
    pull(commits[0], folder=project)
    assert not (project / "vendorgate.lock").exists()


def test_record_says_place_commit_digest_and_day(commits: tuple[str, str], server: GitServer, project: Path) -> None:
    ended = pull("--lock", commits[0], folder=project)
    assert ended.stderr.endswith("recorded in vendorgate.lock\n")
    sha256 = ended.stderr.split("sha256 ")[1].split("\n")[0]
    commit = commits[0].split("@")[1].split("#")[0]
    assert recorded(project) == (
        "# written by `vendorgate policy pull --lock`: a record of what was pulled, which no check follows\n"
        "version: 1\n"
        "policies:\n"
        f'  - place: "{server.address()}"\n'
        f'    sha256: "{sha256}"\n'
        f"    pulled: {today()}\n"
        f'    commit: "{commit}"\n'
    )
    assert judging(commits[0], project)


def test_record_stands_at_the_root_of_the_repository(commits: tuple[str, str], project: Path) -> None:
    below = project / "services" / "notes"
    below.mkdir(parents=True)
    assert "recorded in ../../vendorgate.lock" in pull("--lock", commits[0], folder=below).stderr
    assert recorded(project)
    pull(commits[1], folder=below)
    assert "../../vendorgate.lock:1:1" in refused(check(commits[1], below, "../../vendorgate.yaml"))


def test_check_by_another_commit_than_the_recorded_one_is_refused(commits: tuple[str, str], project: Path) -> None:
    pull("--lock", commits[0], folder=project)
    pull(commits[1], folder=project)
    said = refused(check(commits[1], project))
    old, new = (one.split("@")[1].split("#")[0] for one in commits)
    assert f"at commit {new} (sha256 " in said
    assert f"at commit {old}" in said
    assert f"vendorgate policy pull --lock '{commits[1]}'" in said
    assert "vendorgate.lock:1:1" in said


def test_pull_with_another_commit_says_what_was_recorded(commits: tuple[str, str], project: Path) -> None:
    pull("--lock", commits[0], folder=project)
    said = pull("--lock", commits[1], folder=project).stderr
    old = commits[0].split("@")[1].split("#")[0]
    assert f"vendorgate.lock had {old}, pulled {today()}\n" in said
    assert judging(commits[1], project) == {"phi-needs-baa"}
    refused(check(commits[0], project))


def test_place_that_is_not_recorded_is_refused(commits: tuple[str, str], server: GitServer, project: Path) -> None:
    pull("--lock", commits[0], folder=project)
    other = commits[0].replace("#policies", "#other")
    pull(other, folder=project)
    said = refused(check(other, project))
    assert "#other at commit" in said
    assert "#policies at commit" in said


def test_several_places_are_recorded_side_by_side(commits: tuple[str, str], server: GitServer, project: Path) -> None:
    kept = served(server, archive())
    other = commits[0].replace("#policies", "#other")
    for address in (commits[0], kept, other):
        assert pull("--lock", address, folder=project).code == 0
    assert recorded(project).count("place: ") == 3
    for address in (commits[0], kept, other):
        assert judging(address, project)


def test_record_with_another_digest_is_refused(commits: tuple[str, str], project: Path) -> None:
    pull("--lock", commits[0], folder=project)
    text = recorded(project)
    sha256 = text.split('sha256: "')[1].split('"')[0]
    (project / "vendorgate.lock").write_text(text.replace(sha256, "0" * 64), encoding="utf-8")
    said = refused(check(commits[0], project))
    assert f"(sha256 {sha256}), and vendorgate.lock records" in said
    assert f"(sha256 {'0' * 64})" in said


def test_no_place_commit_or_digest_is_taken_from_the_record(commits: tuple[str, str], project: Path) -> None:
    pull("--lock", commits[0], folder=project)
    Repository(project).write({"policies/p.yaml": policies(AUDITED)})
    ended = vendorgate("check", "--format", "json", folder=project)
    assert "source" not in json.loads(ended.stdout)["inputs"]["bundle"]
    assert "using policies/ and registry-snapshot/\n" in ended.stderr
    assert "vendorgate.lock records policies by which this run does not judge: --policies names them" in ended.stderr
    unpinned = commits[0].replace(commits[0].split("@")[1].split("#")[0], "main")
    assert "is not pinned" in refused(check(unpinned, project))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("version: 2\npolicies: []\n", "version"),
        ("version: 1\npolicies:\n  - place: x\n", "sha256"),
        ("version: 1\npolicies: []\nfollow: yes\n", "follow"),
        ("", "empty"),
        ("version: 1\npolicies:\n  - {place: x, sha256: abc, pulled: 2026-01-01}\n", "64 hexadecimal digits"),
    ],
)
def test_record_that_is_not_valid_is_no_record(text: str, words: str, commits: tuple[str, str], project: Path) -> None:
    pull(commits[0], folder=project)
    (project / "vendorgate.lock").write_text(text, encoding="utf-8")
    said = refused(check(commits[0], project))
    assert "vendorgate.lock:" in said
    assert words in said
    assert "vendorgate.lock:" in refused(pull("--lock", commits[0], folder=project))
    assert recorded(project) == text


def test_record_that_is_a_link_shows_nothing_of_the_machine(commits: tuple[str, str], project: Path) -> None:
    pull(commits[0], folder=project)
    secret = project.parent / "secret"
    secret.write_text("token: [hunter2\n", encoding="utf-8")
    (project / "vendorgate.lock").symlink_to(secret)
    for ended in (check(commits[0], project), pull("--lock", commits[0], folder=project)):
        assert "a link, not a file" in refused(ended)
        assert "hunter2" not in ended.stderr


def test_commands_that_judge_nobody_here_look_at_what_is_not_recorded(commits: tuple[str, str], project: Path) -> None:
    old, new = commits
    pull(old, folder=project)
    (project / "report.json").write_text(check(old, project).stdout, encoding="utf-8")
    pull("--lock", new, folder=project)
    runs = (
        ("verify", "report.json", "--policies", old),
        ("impact", "vendorgate.yaml", "--policies", new, "--policies-to", old),
        ("policy", "list", old),
        ("policy", "show", "audited", "--policies", old),
        ("registry", "show", "beta", "--policies", old),
    )
    for words in runs:
        ended = vendorgate(*words, folder=project)
        assert ended.code == 0, ended.stderr
    Repository(project).commit()
    review = ("review", "--base", "HEAD")
    for strict in (("plan",), ("explain", "--usage", "notes"), ("impact", "--policies-to", new), review):
        ended = vendorgate(*strict, "--policies", old, folder=project)
        assert ended.code == 2, strict
        assert "--policies names" in ended.stderr


def test_several_records_at_once_are_all_kept(commits: tuple[str, str], project: Path) -> None:
    others = [commits[0], commits[0].replace("#policies", "#other"), commits[0].replace("#policies", "#policies/eu")]
    command = (sys.executable, "-m", "vendorgate", "policy", "pull", "--lock")
    several = [subprocess.Popen((*command, one), cwd=project, stderr=subprocess.DEVNULL) for one in others]
    assert [one.wait(timeout=120) for one in several] == [0, 0, 0]
    assert recorded(project).count("place: ") == 3


def test_what_a_record_says_is_no_line_of_its_own(commits: tuple[str, str], project: Path) -> None:
    pull(commits[0], folder=project)
    place = "x\\n\\x1b[31merror: fine\\n"
    text = f'version: 1\npolicies:\n  - {{place: "{place}", sha256: "{"0" * 64}", pulled: 2026-01-01}}\n'
    (project / "vendorgate.lock").write_text(text, encoding="utf-8")
    said = refused(check(commits[0], project))
    assert "\x1b" not in said
    assert not any(line.startswith("error: fine") for line in said.splitlines())
