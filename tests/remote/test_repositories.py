"""Policies of a repository elsewhere: pulled once over TLS from a real git server, then judged by without a network."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.command import vendorgate
from tests.commands.review.repository import AUDITED, BAA, Repository, policies
from tests.remote.pulling import FILES, check, in_the_cache, judging, pull, refused
from tests.remote.server import GitServer
from vendorgate.git import fetching

# What is pulled judges.


def test_pulled_policies_judge_without_a_network(server: GitServer, project: Path) -> None:
    address = server.address(server.repository().commit(FILES))
    ended = pull(address, folder=project)
    assert (ended.code, ended.stdout) == (0, f"{address}\n"), ended.stderr
    assert ended.stderr.startswith("fetched: 3 files, sha256 ")
    asked = len(server.asked)
    checked = check(address, project)
    assert checked.code == 1
    assert f"using the policies of {address}" in checked.stderr
    assert {one["policy"] for one in json.loads(checked.stdout)["results"]} == {"audited", "phi-needs-baa"}
    assert len(server.asked) == asked


def test_report_names_the_place_and_has_the_digest_of_the_files(server: GitServer, project: Path) -> None:
    repository = server.repository()
    address = server.address(repository.commit(FILES))
    said = pull(address, folder=project).stderr
    bundle = json.loads(check(address, project).stdout)["inputs"]["bundle"]
    there = json.loads(check(str(repository.folder / "policies"), project).stdout)["inputs"]["bundle"]
    assert bundle == {**there, "source": address}
    assert "source" not in there
    assert f"sha256 {bundle['sha256']}\n" in said


@pytest.mark.parametrize("format", ["markdown", "html", "sarif", "junit"])
def test_every_report_with_digests_names_the_place(format: str, server: GitServer, project: Path) -> None:
    commit = server.repository().commit(FILES)
    address = server.address(commit)
    pull(address, folder=project)
    shown = vendorgate("check", "--policies", address, "--format", format, folder=project).stdout
    assert commit in shown


def test_mistake_in_a_policy_is_shown_where_it_is_kept(server: GitServer, project: Path) -> None:
    address = server.address(server.repository().commit({"policies/rules.yaml": policies({**BAA, "sevrity": "error"})}))
    pull(address, folder=project)
    assert f"{address}/rules.yaml:" in refused(check(address, project))


def test_root_of_a_repository_is_a_bundle_without_a_path(server: GitServer, project: Path) -> None:
    address = server.address(server.repository().commit({"rules.yaml": policies(BAA)}), path="")
    assert "#" not in address
    assert pull(address, folder=project).stdout == f"{address}\n"
    assert judging(address, project) == {"phi-needs-baa"}


def test_repository_in_a_group_with_its_usual_ending(server: GitServer, project: Path) -> None:
    commit = server.repository("acme/team/policies.git").commit(FILES)
    address = server.address(commit, name="acme/team/policies.git")
    pull(address, folder=project)
    assert judging(address, project) == {"audited", "phi-needs-baa"}


def test_older_commit_is_as_good_as_the_newest(server: GitServer, project: Path) -> None:
    repository = server.repository()
    old = server.address(repository.commit(FILES))
    new = server.address(repository.commit({"policies/eu/more.yaml": None}))
    assert (pull(old, folder=project).code, pull(new, folder=project).code) == (0, 0)
    assert judging(old, project) == {"audited", "phi-needs-baa"}
    assert judging(new, project) == {"phi-needs-baa"}


def test_commit_at_which_no_branch_and_no_tag_ends_is_said(server: GitServer, project: Path) -> None:
    """It may be of a fork: hosts that keep forks together show it under the name of the original."""
    repository = server.repository()
    old = repository.commit(FILES)
    tagged = repository.commit({"policies/README.md": "other"})
    repository.git("tag", "--annotate", "--message", "seven", "v1")
    new = repository.commit({"policies/README.md": "another"})
    said = [pull(server.address(commit), folder=project).stderr for commit in (old, tagged, new)]
    assert ["no branch and no tag ends at this commit" in one for one in said] == [True, False, False]


def test_id_in_capitals_is_the_same_commit(server: GitServer, project: Path) -> None:
    commit = server.repository().commit(FILES)
    assert pull(server.address(commit.upper()), folder=project).stdout == f"{server.address(commit)}\n"
    assert judging(server.address(commit.upper()), project)


def test_what_is_in_the_cache_is_not_fetched_again(server: GitServer, project: Path) -> None:
    address = server.address(server.repository().commit(FILES))
    pull(address, folder=project)
    asked = len(server.asked)
    ended = pull(address, folder=project)
    assert (ended.code, ended.stdout) == (0, f"{address}\n")
    assert ended.stderr.startswith("in the cache already: 3 files")
    assert len(server.asked) == asked


def test_repository_with_longer_ids_is_pinned_by_them(server: GitServer, project: Path) -> None:
    folder = server.root / "acme" / "longer"
    folder.mkdir(parents=True)
    subprocess.run(("git", "init", "--quiet", "--object-format=sha256", str(folder)), check=True)
    address = server.address(Repository(folder).commit(FILES), name="acme/longer")
    assert re.search("@[0-9a-f]{64}#", address)
    ended = pull(address, folder=project)
    assert (ended.code, ended.stdout) == (0, f"{address}\n"), ended.stderr
    assert judging(address, project) == {"audited", "phi-needs-baa"}
    shorter = re.sub("@([0-9a-f]{40})[0-9a-f]{24}#", r"@\1#", address)
    refused(pull(shorter, folder=project))


# A commit is the pin, and a check fetches nothing.


def test_check_says_what_to_type_where_nothing_was_pulled(server: GitServer, project: Path) -> None:
    address = server.address(server.repository().commit(FILES))
    said = refused(check(address, project))
    assert "is not in the cache, and a check fetches nothing" in said
    command = said.split("fetch it: vendorgate ")[1].splitlines()[0]
    assert not server.asked
    assert vendorgate(*shlex.split(command), folder=project).code == 0
    assert judging(address, project)


@pytest.mark.parametrize("revision", ["main", "v1", "", "abcdef1"])
def test_what_is_not_pinned_is_refused_everywhere(revision: str, server: GitServer, project: Path) -> None:
    repository = server.repository()
    repository.commit(FILES)
    repository.git("tag", "v1")
    address = server.address(revision)
    for ended in (check(address, project), pull(address, folder=project)):
        said = refused(ended)
        assert "is not pinned: it can be another one tomorrow" in said
        assert f"vendorgate policy pull --allow-unpinned '{address}'" in said
    assert not server.asked


@pytest.mark.parametrize("revision", ["main", "v1", "annotated", "release/7", ""])
def test_pull_says_the_pin_of_what_it_was_allowed_to_follow(revision: str, server: GitServer, project: Path) -> None:
    repository = server.repository()
    commit = repository.commit(FILES)
    repository.git("tag", "v1")
    repository.git("tag", "--annotate", "--message", "seven", "annotated")
    repository.git("branch", "release/7")
    ended = pull("--allow-unpinned", server.address(revision), folder=project)
    assert (ended.code, ended.stdout) == (0, f"{server.address(commit)}\n"), ended.stderr
    assert f"{server.address(revision)} is commit {commit} today" in ended.stderr
    assert judging(server.address(commit), project)


def test_tag_that_moves_changes_no_check(server: GitServer, project: Path) -> None:
    repository = server.repository()
    old = repository.commit(FILES)
    repository.git("tag", "v1")
    assert pull("--allow-unpinned", server.address("v1"), folder=project).stdout == f"{server.address(old)}\n"
    new = repository.commit({"policies/rules.yaml": policies(AUDITED), "policies/eu/more.yaml": None})
    repository.git("tag", "--force", "v1")
    assert pull("--allow-unpinned", server.address("v1"), folder=project).stdout == f"{server.address(new)}\n"
    assert judging(server.address(old), project) == {"audited", "phi-needs-baa"}


def test_commit_that_is_not_there_is_told(server: GitServer, project: Path) -> None:
    server.repository().commit(FILES)
    said = refused(pull(server.address("0123456789" * 4), folder=project))
    assert "the repository has no such commit" in said
    assert in_the_cache(project) == {}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("error: Server does not allow request for unadvertised object 0123", "tag the commit"),
        ("fatal: remote error: upload-pack: not our ref 0123", "no such commit"),
        ("fatal: couldn't find remote ref main", "no such branch or tag"),
        ("fatal: could not read Username for 'https://h': terminal prompts disabled", "asks who wants to read it"),
        ("remote: HTTP Basic: Access denied\nfatal: Authentication failed for 'https://h/x/'", "with this token"),
        ("fatal: unable to access 'https://h/x/': The requested URL returned error: 403", "forbids to read it"),
        ("remote: Repository not found.\nfatal: repository 'https://h/x/' not found", "no such repository"),
        ("fatal: unable to access 'https://h/': SSL certificate problem: self-signed", "cannot prove"),
        ("fatal: unable to access 'https://h/': Could not resolve host: h", "no such host"),
        ("fatal: unable to access 'https://u:hunter2@h/': odd", "unable to access 'https://h/': odd"),
        ("", "git gives no reason"),
    ],
)
def test_what_git_says_is_said_in_our_words(said: str, words: str) -> None:
    title, help = fetching._reason(said)
    assert words in f"{title}; {help}"
    assert "hunter2" not in title


def test_id_of_what_is_no_commit_is_refused(server: GitServer, project: Path) -> None:
    repository = server.repository()
    commit = repository.commit(FILES)
    repository.git("tag", "--annotate", "--message", "seven", "v1")
    said = refused(pull(server.address(repository.git("rev-parse", "v1")), folder=project))
    assert f"is no commit: it stands for {commit}" in said
    refused(pull(server.address(repository.git("rev-parse", "HEAD^{tree}")), folder=project))
    refused(pull(server.address(repository.git("rev-parse", "HEAD:policies/rules.yaml")), folder=project))


def test_branch_that_is_called_like_a_commit_is_none(server: GitServer, project: Path) -> None:
    repository = server.repository()
    repository.commit(FILES)
    name = "0123456789" * 4
    repository.git("update-ref", f"refs/heads/{name}", "HEAD")
    refused(pull(server.address(name), folder=project))
    assert in_the_cache(project) == {}


# What stands there must be a folder of files.


def test_folder_that_the_commit_does_not_have_is_told_with_the_nearest(server: GitServer, project: Path) -> None:
    commit = server.repository().commit(FILES)
    assert "did you mean `policies`?" in refused(pull(server.address(commit, "polices"), folder=project))
    assert "is a file, not a folder" in refused(pull(server.address(commit, "policies/rules.yaml"), folder=project))


@pytest.mark.parametrize("path", ["..", "../x", "policies/../other", ".", "/etc", "a//b", "policies\\x", "\x1b[31m"])
def test_path_stays_in_the_repository(path: str, server: GitServer, project: Path) -> None:
    said = refused(pull(server.address("0123456789" * 4, path), folder=project))
    assert "no path of a folder behind the `#`" in said
    assert not server.asked


@pytest.mark.parametrize("target", ["/etc/passwd", "../other/rules.yaml", "rules.yaml", "../../../../etc"])
@pytest.mark.parametrize("name", ["link.yaml", "link", "eu/link"])
def test_no_link_is_followed(name: str, target: str, server: GitServer, project: Path) -> None:
    repository = server.repository()
    repository.write(FILES)
    (repository.folder / "policies" / name).symlink_to(target)
    address = server.address(repository.commit())
    assert f"`{name}` is a link, where only a file of the commit is read" in refused(pull(address, folder=project))
    assert in_the_cache(project) == {}


def test_link_in_the_place_of_the_folder_is_not_followed(server: GitServer, project: Path) -> None:
    repository = server.repository()
    repository.write(FILES)
    (repository.folder / "link").symlink_to("policies")
    said = refused(pull(server.address(repository.commit(), "link"), folder=project))
    assert "`link` is a link, not a folder" in said


def test_links_beside_the_folder_are_nobodys_business(server: GitServer, project: Path) -> None:
    repository = server.repository()
    repository.write(FILES)
    (repository.folder / "link").symlink_to("/etc")
    address = server.address(repository.commit())
    pull(address, folder=project)
    assert judging(address, project)


@pytest.mark.parametrize("path", ["policies", "policies/module"])
def test_no_submodule_is_followed(path: str, server: GitServer, project: Path) -> None:
    module = server.repository("acme/module")
    inner = module.commit({"rules.yaml": policies(BAA)})
    repository = server.repository()
    repository.write(FILES)
    url = f"https://{server.host}/acme/module"
    repository.write({".gitmodules": f'[submodule "m"]\n\tpath = policies/module\n\turl = {url}\n'})
    repository.git("add", "--all")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{inner},policies/module")
    repository.git("commit", "--quiet", "--message", "module")
    said = refused(pull(server.address(repository.git("rev-parse", "HEAD"), path), folder=project))
    assert "is a submodule" in said
    assert not any("module" in one for one in server.asked)
