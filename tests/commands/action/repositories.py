"""Git repositories as GitHub hands them to a job: a base, a change, and the merge that it tries of both."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

POLICY: Final = """\
version: 1
policies:
  - id: no-phi
    title: PHI goes to nobody
    require: [{disjoint: [{var: usage.data}, [phi]]}]
"""
LAX: Final = POLICY.replace("    require", "    severity: note\n    require")


def manifest(*data: str, project: str = "p", usage: str = "u") -> str:
    """A manifest whose only usage sends data of these classes."""
    classes = ", ".join(data)
    return f"version: 1\nproject: {project}\nusages:\n  - {{id: {usage}, offering: openai-api, data: [{classes}]}}\n"


class Change(msgspec.Struct, frozen=True):
    """A pull request, checked out as actions/checkout does it."""

    workspace: Path
    base: str
    head: str
    merge: str

    def payload(self, *, fork: bool = False) -> dict[str, Any]:
        """What GitHub tells of it."""
        there = "mallory/project" if fork else "octo/project"
        return {
            "action": "synchronize",
            "pull_request": {
                "number": 7,
                "title": "::set-output name=x::y",
                "base": {"sha": self.base, "ref": "main", "repo": {"full_name": "octo/project"}},
                "head": {"sha": self.head, "ref": "change", "repo": {"full_name": there}},
                "merge_commit_sha": self.merge,
            },
        }


def git(folder: Path, *arguments: str) -> str:
    """Run git without anybody's settings."""
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{
            f"GIT_{who}_{what}": f"{who.lower()}@example.org"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        },
    }
    settings = ("init.defaultBranch=main", "protocol.file.allow=always", "maintenance.auto=false", "init.templateDir=")
    command = ("git", *(word for setting in settings for word in ("-c", setting)), *arguments)
    return subprocess.run(
        command, cwd=folder, env=environment, check=True, capture_output=True, text=True
    ).stdout.strip()


def write(folder: Path, files: Mapping[str, str | None]) -> None:
    """Write files, or take away those with None."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text, encoding="utf-8")


def commit(folder: Path, files: Mapping[str, str | None]) -> str:
    """Commit files; the id of the commit."""
    write(folder, files)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "change")
    return git(folder, "rev-parse", "HEAD")


NAMES: Final = ("origin", "workspace")
"""Of the folders of a pull request."""
Laid = Mapping[str, bytes | None]
"""Files with what is in them, and folders with nothing, by path."""
_made: Final[dict[str, tuple[tuple[str, ...], bytes, Laid]]] = {}
"""What git made of the same files before: ids of commits, the address of the folder, and what it left there."""


def once(folder: Path, names: Sequence[str], asked: object, make: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    """The ids of commits that git makes, with whose repositories folders of these names come to be.

    Who asks for the same again gets the same files laid out; addresses in git's settings are those of the new folders.
    """
    key = json.dumps([names, asked])
    if key not in _made:
        ids = make()
        paths = [path for name in names for path in sorted((folder / name).rglob("*"))]
        assert not any(path.is_symlink() for path in paths)
        left = {
            path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
            for path in paths
            if path.is_file() or not any(path.iterdir())
        }
        _made[key] = (ids, folder.as_uri().encode(), left)
        return ids
    ids, before, laid = _made[key]
    for name, content in laid.items():
        path = folder / name
        if content is None:
            path.mkdir(parents=True, exist_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        is_settings = name.endswith(".git/config")
        path.write_bytes(content.replace(before, folder.as_uri().encode()) if is_settings else content)
    return ids


def pull_request(
    folder: Path,
    before: Mapping[str, str | None],
    change: Mapping[str, str | None],
    meanwhile: Mapping[str, str | None] | None = None,
    depth: int = 0,
) -> Change:
    """A pull request against `main`, which moved on meanwhile; cloned whole, or as deep as `fetch-depth` says."""

    def make() -> tuple[str, ...]:
        made = _pull_request(folder, before, change, meanwhile, depth)
        return made.base, made.head, made.merge

    return Change(folder / "workspace", *once(folder, NAMES, [before, change, meanwhile, depth], make))


def _pull_request(
    folder: Path,
    before: Mapping[str, str | None],
    change: Mapping[str, str | None],
    meanwhile: Mapping[str, str | None] | None,
    depth: int,
) -> Change:
    origin = folder / "origin"
    origin.mkdir()
    git(origin, "init", "--quiet")
    commit(origin, before)
    git(origin, "checkout", "--quiet", "-b", "change")
    head = commit(origin, change)
    git(origin, "checkout", "--quiet", "main")
    base = commit(origin, meanwhile) if meanwhile is not None else git(origin, "rev-parse", "HEAD")
    git(origin, "checkout", "--quiet", "--detach", "main")
    git(origin, "merge", "--quiet", "--no-ff", "--message", "merge", "change")
    merge = git(origin, "rev-parse", "HEAD")
    git(origin, "update-ref", "refs/pull/7/merge", merge)
    git(origin, "checkout", "--quiet", "main")
    workspace = folder / "workspace"
    workspace.mkdir()
    git(workspace, "init", "--quiet")
    git(workspace, "remote", "add", "origin", origin.as_uri())
    deep = (f"--depth={depth}",) if depth else ()
    everything = () if depth else ("+refs/heads/*:refs/remotes/origin/*",)
    git(workspace, "fetch", "--quiet", *deep, "origin", "+refs/pull/7/merge:refs/remotes/pull/7/merge", *everything)
    git(workspace, "checkout", "--quiet", "--detach", "refs/remotes/pull/7/merge")
    return Change(workspace, base, head, merge)
