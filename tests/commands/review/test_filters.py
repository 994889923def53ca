"""A repository's own settings and attributes run nothing: no filter, hook, monitor, pager, difference or transport."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands.review.repository import Repository, changed, kinds, manifest, usage

M = "vendorgate.yaml"
BAD = {M: manifest(usage("u", "beta"))}
HOOKS = ("post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc", "fsmonitor-watchman")


def trapped(folder: Path) -> tuple[Repository, Path]:
    """A repository in which all that git lets somebody name leaves a mark."""
    repository = changed(folder / "r", {M: manifest(), ".gitignore": "*.off\n"}, BAD)
    marks = folder / "marks"
    marks.mkdir()

    def trap(name: str) -> str:
        path = folder / f"trap-{name}"
        path.write_text(f"#!/bin/sh\ntouch {marks}/{name}\ncat 2>/dev/null\n", encoding="utf-8")
        path.chmod(0o755)
        return str(path)

    settings = {
        "filter.evil.clean": trap("clean"),
        "filter.evil.smudge": trap("smudge"),
        "filter.evil.process": trap("process"),
        "filter.evil.required": "true",
        "core.fsmonitor": trap("fsmonitor"),
        "core.pager": trap("pager"),
        "core.editor": trap("editor"),
        "core.sshCommand": trap("ssh"),
        "core.hooksPath": str(folder / "hooks"),
        "core.attributesFile": str(folder / "attributes"),
        "diff.external": trap("external"),
        "diff.evil.command": trap("command"),
        "diff.evil.textconv": trap("textconv"),
        "diff.renames": "copies",
        "merge.evil.driver": trap("merge"),
        "alias.ls-tree": f"!{trap('alias')}",
        "alias.rev-parse": f"!{trap('alias')}",
        "gpg.program": trap("gpg"),
        "log.showSignature": "true",
        "uploadpack.packObjectsHook": trap("pack"),
        "remote.origin.url": f"ext::{trap('transport')}",
        "remote.origin.uploadpack": trap("uploadpack"),
        "remote.origin.promisor": "true",
        "protocol.ext.allow": "always",
        "protocol.file.allow": "always",
        "extensions.partialClone": "origin",
        "credential.helper": trap("credential"),
        "submodule.recurse": "true",
        "status.submoduleSummary": "true",
        "index.recordEndOfIndexEntries": "true",
    }
    hooks = folder / "hooks"
    hooks.mkdir()
    for hook in HOOKS:
        for place in (hooks, repository.folder / ".git" / "hooks"):
            place.mkdir(exist_ok=True)
            shutil.copy(trap(f"hook-{hook}"), place / hook)
    repository.commit({".gitattributes": "* filter=evil diff=evil merge=evil text eol=crlf\n"})
    (folder / "attributes").write_text("* filter=evil diff=evil\n", encoding="utf-8")
    (repository.folder / ".git" / "info").mkdir(exist_ok=True)
    (repository.folder / ".git" / "info" / "attributes").write_text("* filter=evil diff=evil\n", encoding="utf-8")
    for name, value in settings.items():
        repository.git("config", name, value)
    for mark in marks.iterdir():  # of the commits just made
        mark.unlink()
    return repository, marks


def test_nothing_that_a_repository_names_is_run(tmp_path: Path) -> None:
    repository, marks = trapped(tmp_path)
    work = repository.folder
    # A file of another time and size, and one of the same size: what git would compare by its content.
    (work / M).write_text((work / M).read_text(encoding="utf-8").replace("beta", "zeta"), encoding="utf-8")
    (work / "policies" / "more.yaml").write_text("version: 1\n", encoding="utf-8")
    ended = repository.review("--output", f"json={tmp_path / 'report.json'}")
    assert ended.code == 1, ended.stderr
    assert "not judged, because it is not committed: policies/more.yaml, vendorgate.yaml" in ended.stderr
    assert [path.name for path in marks.iterdir()] == []


def test_traps_are_sprung_by_git_itself(tmp_path: Path) -> None:
    """Else the test above would hold of anything."""
    repository, marks = trapped(tmp_path)
    for name in ("filter.evil.process", "filter.evil.required"):
        repository.git("config", "--unset", name)
    (repository.folder / M).write_bytes(b"other\n")
    repository.git("add", M)
    assert {path.name for path in marks.iterdir()} >= {"clean", "fsmonitor"}


def test_object_that_is_missing_is_not_fetched(tmp_path: Path) -> None:
    repository, marks = trapped(tmp_path)
    blob = repository.git("rev-parse", f"HEAD:{M}")
    (repository.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    ended = repository.review()
    assert ended.code == 2
    assert "fetch the whole repository" in ended.stderr
    assert [path.name for path in marks.iterdir()] == []


def test_folder_laid_out_as_a_repository_brings_no_branches_of_its_own(tmp_path: Path) -> None:
    repository = changed(tmp_path / "r", {M: manifest()}, BAD)
    tame = Repository(tmp_path / "tame")
    tame.commit({M: manifest()})
    tame.git("config", "core.bare", "true")
    shutil.copytree(tmp_path / "tame" / ".git", repository.folder / "sub")
    repository.commit()
    ended = repository.review(folder="sub")
    assert (ended.code, ended.stdout) == (2, "")
    assert "sub is laid out as a bare repository, and lies in the work tree of" in ended.stderr


@pytest.mark.parametrize("setting", ["core.autocrlf=true", "core.eol=crlf"])
def test_ends_of_lines_make_no_file_another(setting: str, tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest(), ".gitattributes": "* text=auto\n"}, BAD)
    repository.git("config", *setting.split("="))
    for name in (M, "policies/rules.yaml"):
        path = repository.folder / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    ended = repository.review()
    assert ended.code == 1
    assert "not committed" not in ended.stderr
    assert kinds(repository.report()) == {"new": 1, "blocking": 1}


def test_sparse_checkout_is_reviewed_whole(tmp_path: Path) -> None:
    repository = changed(
        tmp_path, {M: manifest(), "docs/x": "x"}, {"svc/vendorgate.yaml": manifest(usage("u", "beta"))}
    )
    repository.git("sparse-checkout", "set", "--cone", "docs")
    assert not (tmp_path / "svc").exists()
    ended = repository.review()
    assert ended.code == 1
    assert "not committed" not in ended.stderr
    assert kinds(repository.report()) == {"new": 1, "blocking": 1}


def test_what_is_staged_removed_or_new_in_the_work_tree_is_told(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest(), "a/vendorgate.yml": manifest()}, BAD)
    repository.write({"b/vendorgate.yml": "x", "a/vendorgate.yml": None, "README": "x", "policies/s.yaml": "staged"})
    repository.git("add", "policies/s.yaml")
    (tmp_path / M).unlink()
    (tmp_path / M).symlink_to("README")
    said = repository.review().stderr
    assert "not committed: a/vendorgate.yml, b/vendorgate.yml, policies/s.yaml and 1 more" in said
