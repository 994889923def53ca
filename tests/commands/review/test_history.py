"""Reviews work on git's objects: renames, merges, clones that are cut off, first commits, links, and hostile names."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from tests.command import process, vendorgate
from tests.commands.review.repository import (
    BAA,
    DAY,
    WORLD,
    Content,
    Repository,
    changed,
    kinds,
    manifest,
    notices,
    policies,
    rows,
    usage,
)

M = "vendorgate.yaml"
BAD = {M: manifest(usage("u", "beta"))}
ZEROS = "0" * 40
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
MANY = [usage(f"u{n}", "beta", purpose="x" * 40) for n in range(10)]


def refused(repository: Repository, *arguments: str, base: str = "main", folder: str = ".") -> str:
    """What is said of a review that cannot be."""
    ended = repository.review(*arguments, base=base, folder=folder)
    assert (ended.code, ended.stdout) == (2, "")
    return ended.stderr


# Manifests


def test_manifest_that_moves_is_the_same_manifest(tmp_path: Path) -> None:
    repository = changed(tmp_path, {"a/vendorgate.yaml": manifest(*MANY)}, {})
    repository.git("mv", "a", "b")
    repository.commit()
    report = repository.report()
    assert kinds(report) == {"blocking": 10}
    assert {one["manifest"] for one in report["changes"]} == {"b/vendorgate.yaml"}
    assert {one["previous_manifest"] for one in report["changes"]} == {"a/vendorgate.yaml"}
    assert report["integrations"] == []
    assert repository.review("--new-only").code == 0


def test_manifest_that_moves_and_changes_is_compared_with_what_it_was(tmp_path: Path) -> None:
    repository = changed(tmp_path, {"a/vendorgate.yaml": manifest(*MANY)}, {})
    repository.git("mv", "a", "b")
    repository.commit({"b/vendorgate.yaml": manifest(*MANY, usage("more", "beta"))})
    report = repository.report("--new-only")
    assert [row for row in rows(report) if row[0] == "new"] == [
        ("new", "more beta phi-needs-baa", None, "fail", "manifest")
    ]
    assert kinds(report) == {"new": 1, "blocking": 1}


def test_manifest_that_is_not_recognised_after_a_move_is_new(tmp_path: Path) -> None:
    repository = changed(tmp_path, {"a/vendorgate.yaml": manifest(usage("u", "beta"))}, {})
    repository.git("rm", "--quiet", "a/vendorgate.yaml")
    repository.commit({"b/vendorgate.yaml": manifest(*MANY, project="other")})
    report = repository.report("--new-only")
    assert kinds(report) == {"new": 10, "gone": 1, "blocking": 10}
    assert notices(report)["manifest-gone"] == "a/vendorgate.yaml is no longer judged: the change removed it"


def test_manifest_that_moves_out_of_sight_is_told(tmp_path: Path) -> None:
    repository = changed(tmp_path, {"a/vendorgate.yaml": manifest(*MANY), **BAD}, {})
    repository.git("mv", "a/vendorgate.yaml", "a/hidden.yaml")
    repository.commit()
    report = repository.report()
    assert kinds(report) == {"gone": 10, "blocking": 1}
    assert notices(report)["manifest-gone"].endswith("the change moved it to a/hidden.yaml")


@pytest.mark.parametrize("arguments", [(), (M,), ("*.yaml",)])
def test_no_manifest_at_head_is_never_green(arguments: Sequence[str], tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest(usage("u", "alpha"))}, {M: None})
    assert "the change removed vendorgate.yaml" in refused(repository, *arguments)


def test_manifest_that_is_named_and_moved_is_named_by_its_new_path(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest(*MANY)}, {})
    repository.git("mv", M, "ai.yaml")
    repository.commit()
    assert "the change moved vendorgate.yaml to ai.yaml" in refused(repository, M)
    assert kinds(repository.report("ai.yaml")) == {"blocking": 10}


def test_every_name_without_a_manifest_is_told_at_once(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, {"x": "y"})
    said = refused(repository, "nope.yaml", "none/**/*.yaml", M)
    assert "nope.yaml" in said
    assert "none/**/*.yaml" in said
    assert "2 problems" in said


@pytest.mark.parametrize(
    ("given", "judged"),
    [
        (("services/*/vendorgate.yaml",), ["services/a/vendorgate.yaml", "services/b/vendorgate.yaml"]),
        (("services/**/vendorgate.yaml",), ["services/a/vendorgate.yaml", "services/b/vendorgate.yaml"]),
        (("./services/b/../a/*",), ["services/a/vendorgate.yaml"]),
        (
            ("services/b/vendorgate.yaml", "services/[ab]/*"),
            ["services/b/vendorgate.yaml", "services/a/vendorgate.yaml"],
        ),
        (("services/[x]/ai.yaml",), ["services/[x]/ai.yaml"]),
    ],
)
def test_manifests_are_named_as_for_a_check(given: Sequence[str], judged: list[str], tmp_path: Path) -> None:
    files = ("services/a/vendorgate.yaml", "services/b/vendorgate.yaml", "services/[x]/ai.yaml", M)
    repository = changed(tmp_path, {}, {name: manifest(usage("u", "alpha")) for name in files})
    report = repository.report(*given)
    assert [one["path"] for one in report["report"]["inputs"]["manifests"]] == judged
    checked = vendorgate("check", *given, "--as-of", DAY, folder=tmp_path)
    assert checked.code == 0


def test_whole_path_of_a_manifest_can_be_given(tmp_path: Path) -> None:
    repository = changed(tmp_path / "r", {M: manifest()}, BAD)
    assert kinds(repository.report(str(tmp_path / "r" / M))) == {"new": 1, "blocking": 1}
    (tmp_path / "link").symlink_to("r")
    assert kinds(repository.report(str(tmp_path / "link" / M))) == {"new": 1, "blocking": 1}
    (tmp_path / M).write_text("", encoding="utf-8")
    for outside in (str(tmp_path / M), f"../{M}"):
        assert "not in the repository" in refused(repository, outside)


def test_review_in_a_subfolder_is_about_what_lies_below(tmp_path: Path) -> None:
    bad = manifest(usage("u", "beta", "phi"))
    after: dict[str, Content] = {"sub/vendorgate.yaml": bad, "sub/deep/vendorgate.yaml": bad, M: bad}
    repository = changed(tmp_path, {"sub/policies/p.yaml": policies(BAA)}, after)
    report = repository.report(folder="sub")
    assert [one["path"] for one in report["report"]["inputs"]["manifests"]] == ["deep/vendorgate.yaml", M]
    assert report["judged_by"]["policies"] == {"origin": "base", "path": "policies"}
    assert report["judged_by"]["registry"] == {"origin": "base", "path": "../registry-snapshot"}
    assert kinds(report) == {"new": 2, "blocking": 2}


def test_inputs_of_a_subfolder_are_named_from_there(tmp_path: Path) -> None:
    repository = changed(tmp_path, {"sub/README": "x"}, {M: manifest(usage("u", "beta"))})
    inputs = ("--policies", "../policies", "--registry", "../registry-snapshot")
    report = repository.report(*inputs, f"../{M}", folder="sub")
    assert report["judged_by"]["policies"] == {"origin": "base", "path": "../policies"}
    assert [(one["manifest"], one["location"]["path"]) for one in report["changes"]] == [(f"../{M}", f"../{M}")]


def test_manifest_that_was_not_valid_before_is_all_new(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: "version: 1\nproject: P Q\n"}, BAD)
    report = repository.report()
    assert rows(report) == [("new", "u beta phi-needs-baa", None, "fail", "manifest")]
    assert "vendorgate.yaml was not valid before the change" in notices(report)["earlier-manifest-invalid"]


def test_manifest_that_is_not_valid_now_is_refused_with_all_mistakes(tmp_path: Path) -> None:
    broken: dict[str, Content] = {M: manifest(usage("u", "bta", "phl")), "a/vendorgate.yaml": "version: 2\n"}
    said = refused(changed(tmp_path, {M: manifest()}, broken))
    for words in (
        "`bta` is not an offering",
        "`phl` is not a data class",
        "a/vendorgate.yaml:1:",
        "vendorgate.yaml:9:",
    ):
        assert words in said


def test_manifest_behind_a_link_is_refused(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest(), "other.yaml": manifest(usage("u", "alpha"))}, {})
    (tmp_path / M).unlink()
    (tmp_path / M).symlink_to("other.yaml")
    (tmp_path / "folder").symlink_to(".")
    repository.commit()
    assert "a link, where only a file of the commit is read" in refused(repository)
    assert "behind a link" in refused(repository, "folder/other.yaml")
    repository.git("checkout", "--quiet", "-b", "mended")
    (tmp_path / M).unlink()
    repository.commit(BAD)
    report = repository.report(base="change")
    assert "a link" in notices(report)["earlier-manifest-invalid"]
    assert kinds(report) == {"new": 1, "blocking": 1}


def test_submodule_is_not_looked_into(tmp_path: Path) -> None:
    inner = Repository(tmp_path / "inner")
    inner.commit(BAD)
    repository = changed(tmp_path / "r", {M: manifest(usage("u", "alpha"))}, {"x": "y"})
    repository.git("submodule", "--quiet", "add", str(tmp_path / "inner"), "inner")
    repository.git("submodule", "--quiet", "add", str(tmp_path / "inner"), "sub/vendorgate.yaml")
    repository.commit()
    incomplete = repository.review()
    assert incomplete.code == 2
    assert "a submodule" in incomplete.stdout
    assert "behind a link or in a submodule" in refused(repository, "inner/vendorgate.yaml")
    assert "a submodule" in refused(repository, "--registry", "inner", base="change", folder=".")


def test_files_that_are_not_to_be_exported_are_judged(tmp_path: Path) -> None:
    attributes = "* export-ignore -diff\nvendorgate.yaml filter=nothing ident working-tree-encoding=UTF-16\n"
    repository = changed(tmp_path, {M: manifest()}, {})
    repository.write({".gitattributes": attributes.partition("\n")[0] + "\n", **BAD})
    repository.commit()
    repository.commit({".gitattributes": "* export-ignore ident text eol=crlf\n"})
    assert kinds(repository.report()) == {"new": 1, "blocking": 1}


def test_large_manifest_is_refused_without_being_read(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, {M: b"#" * (64 * 1024 * 1024)})
    assert "a file of more than 1 MiB" in refused(repository)


# Commits


def test_missing_commits_are_named_with_the_nearest(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, BAD)
    said = refused(repository, "--head", "chnage", base="mian")
    assert "--base mian: no such commit here" in said
    assert "did you mean `main`?" in said
    assert "did you mean `change`?" in said


@pytest.mark.parametrize(
    "name", ["", "--upload-pack=touch x", "-h", "main:policies", "main^{tree}", "main..change", "a b"]
)
def test_no_other_word_is_taken_for_a_commit(name: str, tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, BAD)
    assert "no such commit here" in refused(repository, f"--head={name}")
    assert vendorgate("review", f"--base={name}", folder=tmp_path).code == 2
    assert not (tmp_path / "x").exists()


def test_branch_of_a_remote_is_suggested_where_there_is_no_local_one(tmp_path: Path) -> None:
    changed(tmp_path / "r", {M: manifest()}, BAD).git("branch", "release/2026")
    clone = Repository(tmp_path / "clone")
    clone.git("remote", "add", "origin", str(tmp_path / "r"))
    clone.git("fetch", "--quiet", "origin")
    clone.git("checkout", "--quiet", "--detach", "origin/change")
    assert "did you mean `origin/main`?" in refused(clone, base="main")
    assert "did you mean `origin/release/2026`?" in refused(clone, base="release/2026")
    assert kinds(clone.report(base="origin/main")) == {"new": 1, "blocking": 1}


def shallow(origin: Path, folder: Path, branch: str, depth: int = 1) -> Repository:
    """What CI checks out: so many commits of one branch."""
    clone = Repository(folder)
    clone.git("fetch", "--quiet", f"--depth={depth}", origin.as_uri(), branch)
    clone.git("checkout", "--quiet", "--detach", "FETCH_HEAD")
    return clone


def test_shallow_clone_says_how_to_get_the_rest(tmp_path: Path) -> None:
    repository = changed(tmp_path / "r", {M: manifest()}, BAD)
    base = repository.git("rev-parse", "main")
    clone = shallow(tmp_path / "r", tmp_path / "clone", "change")
    said = refused(clone, base=base)
    assert "no such commit in this shallow clone" in said
    assert "`fetch-depth: 0`" in said
    clone.git("fetch", "--quiet", "--depth=1", (tmp_path / "r").as_uri(), base)
    said = refused(clone, base=base)
    assert "is not in this shallow clone" in said
    assert "`fetch-depth: 0`" in said
    clone.git("fetch", "--quiet", "--unshallow", (tmp_path / "r").as_uri(), "change")
    assert kinds(clone.report(base=base)) == {"new": 1, "blocking": 1}


def test_merge_commit_that_ci_checks_out_is_reviewed_against_its_base(tmp_path: Path) -> None:
    """GitHub's `refs/pull/N/merge`, two commits deep, detached."""
    repository = changed(tmp_path / "r", {M: manifest()}, BAD)
    repository.git("checkout", "--quiet", "main")
    repository.commit({"a/vendorgate.yaml": manifest(usage("others", "beta"))})
    repository.git("checkout", "--quiet", "-b", "merge")
    repository.git("merge", "--quiet", "--no-edit", "change")
    clone = shallow(tmp_path / "r", tmp_path / "clone", "merge", depth=2)
    base, head = clone.git("rev-parse", "HEAD^1"), clone.git("rev-parse", "HEAD")
    report = clone.report("--head", head, base=base)
    assert [row for row in rows(report) if row[0] != "unchanged"] == [
        ("new", "u beta phi-needs-baa", None, "fail", "manifest")
    ]
    assert kinds(clone.report("--new-only", base=base)) == {"new": 1, "blocking": 1}


@pytest.mark.parametrize("nothing", [ZEROS, "0" * 64, EMPTY_TREE])
def test_everything_is_new_where_there_was_nothing(nothing: str, tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit({**WORLD, M: manifest(usage("u", "openai-api", "phi"))})
    report = repository.report("--new-only", base=nothing)
    assert report["base"] == {"name": nothing, "commit": None}
    assert report["merge_base"] is None
    assert report["judged_by"]["policies"]["origin"] == "built-in"
    assert report["summary"]["new"] > 0
    assert report["verdict"] == "fail"
    assert "everything is new" in notices(report)["no-common-history"]
    assert "no such folder in base" in refused(repository, "--policies", "policies", base=nothing)


def test_head_of_an_empty_repository_is_no_commit(tmp_path: Path) -> None:
    said = refused(Repository(tmp_path), base=ZEROS)
    assert "--head HEAD: no such commit here" in said


def test_histories_that_never_met_make_everything_new(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit({**WORLD, **BAD})
    repository.git("checkout", "--quiet", "--orphan", "change")
    repository.commit()
    report = repository.report("--new-only")
    assert kinds(report) == {"new": 1, "blocking": 1}
    assert report["judged_by"]["policies"]["origin"] == "base"
    assert "share no history" in notices(report)["no-common-history"]


def test_head_can_be_a_tag_and_need_not_be_checked_out(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, BAD)
    repository.git("tag", "--annotate", "--message", "x", "v1")
    repository.git("checkout", "--quiet", "main")
    repository.write({M: "not: valid: at: all"})
    ended = repository.review("--head", "v1")
    assert ended.code == 1
    assert "not committed" not in ended.stderr  # what is in the work tree has nothing to do with the tag


def test_work_tree_is_not_judged_and_that_is_said(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, {"README": "x"})
    repository.write({**BAD, "new/vendorgate.yaml": manifest(), "notes.txt": "x"})
    ended = repository.review()
    assert ended.code == 0
    assert "not judged, because it is not committed: new/vendorgate.yaml, vendorgate.yaml\n" in ended.stderr
    assert "notes" not in ended.stderr


def test_repository_without_a_work_tree_is_reviewed_too(tmp_path: Path) -> None:
    repository = changed(tmp_path / "r", {M: manifest()}, BAD)
    repository.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    ended = vendorgate("review", "--base", "main", "--head", "change", "--as-of", DAY, folder=tmp_path / "bare.git")
    assert ended.code == 1
    assert "1 new" in ended.stdout
    named = ("--policies", "policies", "--registry", "registry-snapshot", M)
    arguments = ("review", "--base", "main", "--head", "change", "--as-of", DAY, *named)
    assert vendorgate(*arguments, folder=tmp_path / "bare.git").code == 1


def test_no_repository_is_said(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: /nowhere\n", encoding="utf-8")
    ended = process("review", "--base", "main", folder=tmp_path)
    assert ended.code == 2
    assert "not in a git repository" in ended.stderr


def test_folder_of_gits_own_files_is_no_place_for_a_review(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, BAD)
    assert "run it in the work tree" in refused(repository, folder=".git")


@pytest.mark.parametrize("of", [f"change:{M}", "main:policies/rules.yaml", "change^{tree}", "main^{tree}"])
def test_object_that_is_lost_is_an_error_and_no_verdict(of: str, tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, BAD)
    id = repository.git("rev-parse", of)
    (tmp_path / ".git" / "objects" / id[:2] / id[2:]).unlink()
    assert id in refused(repository) or "ls-tree" in refused(repository)


def test_git_that_is_not_installed_is_said(tmp_path: Path) -> None:
    changed(tmp_path, {M: manifest()}, BAD)
    ended = process("review", "--base", "main", folder=tmp_path, environment={"PATH": str(tmp_path)})
    assert ended.code == 2
    assert "git is not installed" in ended.stderr


def test_objects_by_sha_256_are_read_too(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    subprocess.run(
        ("git", "init", "--quiet", "--object-format=sha256", "--initial-branch=main", str(tmp_path / "r")), check=True
    )
    repository = changed(tmp_path / "r", {M: manifest()}, BAD)
    report = repository.report()
    assert kinds(report) == {"new": 1, "blocking": 1}
    assert len(report["head"]["commit"]) == 64


def test_content_that_a_partial_clone_lacks_is_not_fetched(tmp_path: Path) -> None:
    origin = changed(tmp_path / "r", {M: manifest()}, BAD)
    origin.git("config", "uploadpack.allowFilter", "true")
    origin.git(
        "clone", "--quiet", "--no-checkout", "--filter=blob:none", (tmp_path / "r").as_uri(), str(tmp_path / "clone")
    )
    ended = vendorgate("review", "--base", "origin/main", "--head", "origin/change", folder=tmp_path / "clone")
    assert (ended.code, ended.stdout) == (2, "")
    assert "without a filter" in ended.stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give a folder away")
def test_repository_of_somebody_else_says_how_to_trust_it(tmp_path: Path) -> None:
    changed(tmp_path / "r", {M: manifest()}, BAD)
    for path in (tmp_path / "r", *(tmp_path / "r").rglob("*")):
        os.chown(path, 12345, 12345)
    ended = process("review", "--base", "main", folder=tmp_path / "r", environment={"HOME": str(tmp_path)})
    assert ended.code == 2
    assert "git does not read this repository" in ended.stderr
    assert "safe.directory" in ended.stderr


# What is hostile


def test_replaced_objects_and_grafts_are_not_followed(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, BAD)
    good = repository.git("hash-object", "-w", "--stdin", input=b'{"version": 1, "project": "p", "usages": []}')
    repository.git("replace", repository.git("rev-parse", f"change:{M}"), good)
    assert repository.git("show", f"change:{M}").endswith("[]}")
    assert kinds(repository.report()) == {"new": 1, "blocking": 1}


def test_nothing_of_the_repository_is_run(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, {**BAD, ".gitattributes": "* diff=own filter=own\n"})
    touch = f"touch {tmp_path / 'ran'}"
    for setting in ("core.fsmonitor", "diff.external", "diff.own.command", "diff.own.textconv", "core.sshCommand"):
        repository.git("config", setting, touch)
    hook = tmp_path / ".git" / "hooks" / "post-index-change"
    hook.parent.mkdir()
    hook.write_text(f"#!/bin/sh\n{touch}\n", encoding="utf-8")
    hook.chmod(0o755)
    repository.write({"README": "changed"})
    assert repository.review().code == 1
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("path", ["../evil/vendorgate.yaml", "a/../../vendorgate.yaml", "./vendorgate.yaml", "a/../b"])
def test_tree_that_no_git_made_is_refused(path: str, tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, {})
    blob = repository.git("hash-object", "-w", "--stdin", input=b"x")
    tree = _raw_tree(repository, path.split("/"), blob)
    commit = repository.git("commit-tree", tree, "-p", "main", "-m", "x")
    assert "a path that no folder can hold" in refused(repository, "--head", commit)


def test_tree_that_names_a_manifest_twice_is_refused(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, {})
    blobs = [repository.git("hash-object", "-w", "--stdin", input=data) for data in (b"a", b"b")]
    entries = b"".join(b"100644 vendorgate.yaml\0" + bytes.fromhex(blob) for blob in blobs)
    tree = repository.git("hash-object", "-t", "tree", "-w", "--stdin", "--literally", input=entries)
    commit = repository.git("commit-tree", tree, "-p", "main", "-m", "x")
    assert "a path that no folder can hold" in refused(repository, "--head", commit)


def _raw_tree(repository: Repository, steps: list[str], blob: str) -> str:
    """A tree in which names stand that git itself would refuse."""
    id, mode = blob, b"100644"
    for step in reversed(steps):
        entry = mode + b" " + step.encode() + b"\0" + bytes.fromhex(id)
        id = repository.git("hash-object", "-t", "tree", "-w", "--stdin", "--literally", input=entry)
        mode = b"40000"
    return id


HOSTILE = [
    "new\nline/::error::x/vendorgate.yaml",
    "esc\x1b[31m/vendorgate.yaml",
    "bidi\u202egnp.exe/vendorgate.yaml",
    "<b>@everyone</b> | `x`/vendorgate.yaml",
    "-rf/vendorgate.yaml",
    ":(glob)**/vendorgate.yaml",
    'quote"\\tab\t/vendorgate.yaml',
    "deep/" * 1500 + "vendorgate.yaml",
]


@pytest.mark.parametrize("path", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("format", ["text", "markdown", "json"])
def test_hostile_paths_do_nothing_to_whoever_reads_them(format: str, path: str, tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, {})
    commit = _commit_of(repository, path.encode("utf-8"), manifest(usage("u", "beta")))
    ended = repository.review("--head", commit, "--format", format)
    assert ended.code == 1, ended.stderr
    for text in (ended.stdout, ended.stderr):
        assert all(line.replace("\u200b", "").isprintable() for line in text.split("\n")), text
        assert not any(line.startswith("::") for line in text.split("\n"))
    assert "1 new" in ended.stdout or '"new": 1' in ended.stdout
    if format == "markdown":
        assert "<b>" not in ended.stdout
        assert "@everyone" not in ended.stdout


@pytest.mark.skipif(os.name == "nt", reason="paths are text there")
@pytest.mark.parametrize("format", ["text", "markdown", "json"])
def test_paths_that_are_not_utf_8_are_judged_and_shown(format: str, tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, {})
    commit = _commit_of(repository, b"\xff\xfe/vendorgate.yaml", manifest(usage("u", "beta")))
    ended = repository.review("--head", commit, "--format", format)
    assert ended.code == 1
    assert "\\udcff" in ended.stdout.replace("\\\\", "\\")


def test_policies_nested_without_end_stop_nothing_but_themselves(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, {})
    commit = _commit_of(repository, b"policies/" + b"a/" * 1500 + b"p.yaml", policies(BAA))
    report = repository.report("--head", commit)
    assert report["verdict"] == "pass"
    assert "folders deep" in notices(report)["head-does-not-load"]
    assert "folders deep" in refused(repository, "--head", commit, "--trust-head")


def _commit_of(repository: Repository, path: bytes, content: dict[str, Any]) -> str:
    """A commit on main with one more file, at a path that no file system need be able to hold."""
    data = json.dumps(content).encode()
    quoted = b'"' + b"".join(b"\\%03o" % byte for byte in path) + b'"'
    commands = (
        b"commit refs/heads/deep\ncommitter A <a@example.org> 1793000000 +0000\ndata 1\nx\nfrom refs/heads/main^0\n"
        b"M 100644 inline %b\ndata %d\n%b\n" % (quoted, len(data), data)
    )
    repository.git("fast-import", "--quiet", input=commands)
    return repository.git("rev-parse", "deep")


def test_hostile_names_of_branches_are_shown_harmlessly(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, BAD)
    name = "x</details><img/src=x>|@org{0}%0A"
    repository.git("branch", name)
    for format in ("text", "markdown", "json"):
        ended = repository.review("--head", name, "--format", format)
        assert ended.code == 1
        assert not any(line.startswith("::") for line in (ended.stdout + ended.stderr).split("\n"))
    rendered = MarkdownIt("commonmark").render(repository.review("--head", name, "--format", "markdown").stdout)
    assert "<img" not in rendered
    assert "&lt;img" in rendered
    assert "\x1b" not in repository.review("--head", "\x1b[31m").stderr
