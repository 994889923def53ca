"""A git repository in a folder, made by the tests with the real git, and reviewed as a user does.

Its commits have fixed names and days, so that the same files give the same ids everywhere.
"""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.command import Ended, vendorgate
from tests.commands.review.objects import log, move, plain, put, put_commit, put_index, put_tree

DAY: Final = "2026-11-23"
_ENVIRONMENT: Final = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "LC_ALL": "C",
}
_MORNING: Final = datetime.datetime(2026, 11, 1, tzinfo=datetime.timezone.utc)
_LOOKING: Final = frozenset(("rev-parse", "log", "show", "cat-file", "ls-tree", "ls-files", "fsck", "status", "diff"))
"""Commands after which everything stands as before."""
_TOLD: Final = tuple(f"GIT_{name}" for name in ("DIR", "WORK", "INDEX", "OBJECT", "ALTERNATE", "NAMESPACE", "CONFIG"))
"""How variables begin that tell git where or how to work."""
Content = str | bytes | dict[str, Any] | None
"""A text, bytes, or a value that is written as JSON, which is YAML; None takes the file away."""


def cell(value: str = "yes_public", **more: Any) -> dict[str, Any]:
    """A cell with fresh evidence."""
    return {"value": value, "confidence": "high", "verified": "2026-11-01", **more}


def offering(id: str, **dimensions: Any) -> dict[str, Any]:
    named = {"id": id, "name": id.title(), "developer": "D", "platform": "P", "category": "first_party"}
    return {**named, "dimensions": dimensions}


REGISTRY: Final[Mapping[str, Content]] = {
    "registry-snapshot/snapshot.yaml": {
        "version": 1,
        "name": "r",
        "generated": "2026-11-01",
        "license": "CC0-1.0",
        "attribution": "made for the tests",
        "dimensions": {"hipaa_baa": "Is there a BAA?", "soc2_type2": "Is there a SOC 2 report?"},
    },
    "registry-snapshot/offerings/alpha.yaml": offering("alpha", hipaa_baa=cell(), soc2_type2=cell()),
    "registry-snapshot/offerings/beta.yaml": offering("beta", hipaa_baa=cell("no"), soc2_type2=cell()),
    "registry-snapshot/offerings/gamma.yaml": offering("gamma", hipaa_baa=cell("unclear"), soc2_type2=cell("no")),
}
"""alpha has it all, beta no BAA, gamma nobody knows, and no SOC 2 report."""


def policies(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"version": 1, "policies": list(entries)}


BAA: Final[dict[str, Any]] = {
    "id": "phi-needs-baa",
    "title": "PHI needs a BAA",
    "when": {"in": ["phi", {"var": "usage.data"}]},
    "require": [{"covered": "hipaa_baa"}],
}
AUDITED: Final[dict[str, Any]] = {
    "id": "audited",
    "title": "Vendors are audited",
    "severity": "warning",
    "require": [{"covered": "soc2_type2"}],
}
POLICIES: Final[Mapping[str, Content]] = {"policies/rules.yaml": policies(BAA, AUDITED)}
WORLD: Final[Mapping[str, Content]] = {**REGISTRY, **POLICIES}


def usage(id: str, offering: str, *data: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "offering": offering, "data": list(data or ("phi",)), **more}


def manifest(*usages: dict[str, Any], project: str = "p", **more: Any) -> dict[str, Any]:
    return {"version": 1, "project": project, "usages": list(usages), **more}


@cache
def _empty() -> Mapping[str, bytes | None]:
    """What git makes of a folder: the same each time. Files with what is in them, and folders with nothing."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ("git", "init", "--quiet", "--initial-branch=main", "--template=", folder),
            env={**os.environ, **_ENVIRONMENT},
            check=True,
        )
        made = Path(folder) / ".git"
        return {
            path.relative_to(made).as_posix(): path.read_bytes() if path.is_file() else None
            for path in sorted(made.rglob("*"))
            if path.is_file() or not any(path.iterdir())
        }


class Repository:
    """A repository with a work tree, on the branch `main`, empty.

    As long as nothing but commits of plain files and new branches is asked of it, those are written without git, as git
    writes them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._commits = 0
        self._is_plain = not (folder / ".git").exists()
        if not (folder / ".git").exists():
            self._begin()

    def _begin(self) -> None:
        for name, content in _empty().items():
            path = self.folder / ".git" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.mkdir() if content is None else path.write_bytes(content)

    @property
    def _seconds(self) -> int:
        """When the last commit was made."""
        return int(_MORNING.timestamp()) + 60 * self._commits

    def git(self, *arguments: str, input: bytes | None = None) -> str:
        """Run git in it; its output without the end of the line."""
        self._is_plain = self._is_plain and arguments[0] in _LOOKING
        day = f"{self._seconds} +0000"
        environment = {**os.environ, **_ENVIRONMENT, "GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
        ended = subprocess.run(
            ("git", "-c", "protocol.file.allow=always", "-c", "maintenance.auto=false", *arguments),
            cwd=self.folder,
            env=environment,
            input=input,
            capture_output=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")

    def write(self, files: Mapping[str, Content]) -> None:
        """Put files into the work tree."""
        for name, content in files.items():
            path = self.folder / name
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(content, indent=1) + "\n" if isinstance(content, dict) else content
            path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))

    def commit(self, files: Mapping[str, Content] | None = None) -> str:
        """Commit all that is in the work tree, with these files; its id."""
        self.write(files or {})
        self._commits += 1
        made = self._written()
        if made is not None:
            return made
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", f"commit {self._commits}")
        return self._head()

    def _written(self) -> str | None:
        """The id of a commit that is written without git; None where that is git's own."""
        files, branch = plain(self.folder) if self._stands_as_written() else None, self._branch()
        if files is None or branch is None:
            return None
        git, message = self.folder / ".git", f"commit {self._commits}"
        ids = {path: put(git, "blob", (self.folder / path).read_bytes()) for path in files}
        tip = git / "refs" / "heads" / branch
        old = tip.read_text("ascii").strip() if tip.exists() else None
        made = put_commit(git, put_tree(git, ids), old, self._seconds, message)
        put_index(git, {path: (ids[path], files[path]) for path in files})
        move(git, branch, old, made, self._seconds, f"commit{'' if old else ' (initial)'}: {message}")
        return made

    def _stands_as_written(self) -> bool:
        """Whether nobody has touched what is git's, and no variable says anything else to it."""
        git = self.folder / ".git"
        strange = (
            {one.name for one in git.iterdir()} - {name.partition("/")[0] for name in _empty()} - {"index", "logs"}
        )
        told = any(name.startswith(_TOLD) for name in os.environ)
        return self._is_plain and not strange and not told and (git / "config").read_bytes() == _empty()["config"]

    def _branch(self) -> str | None:
        """The branch that is checked out, where one is."""
        text = (self.folder / ".git" / "HEAD").read_text("ascii").strip()
        return text.removeprefix("ref: refs/heads/") if text.startswith("ref: refs/heads/") else None

    def _head(self) -> str:
        """The commit that is checked out, by the file that says so where there is one: git is asked often enough."""
        head = self.folder / ".git" / "HEAD"
        branch = head.read_text("ascii").strip().removeprefix("ref: ") if head.is_file() else ""
        loose = head.parent / branch
        return loose.read_text("ascii").strip() if branch and loose.is_file() else self.git("rev-parse", "HEAD")

    def branch(self, name: str, start: str = "HEAD") -> None:
        """Make a branch, and check it out."""
        git, before = self.folder / ".git", self._branch()
        tip = git / "refs" / "heads" / (before or "")
        if start == "HEAD" and before is not None and tip.is_file() and self._stands_as_written():
            at = tip.read_text("ascii").strip()
            move(git, name, None, at, self._seconds, "branch: Created from HEAD", head=False)
            log(git, "HEAD", at, at, self._seconds, f"checkout: moving from {before} to {name}")
            (git / "HEAD").write_text(f"ref: refs/heads/{name}\n", "ascii")
            return
        self.git("checkout", "--quiet", "-b", name, start)

    def review(self, *arguments: str, base: str = "main", folder: str = ".") -> Ended:
        """`vendorgate review` as text."""
        return vendorgate("review", "--base", base, "--as-of", DAY, *arguments, folder=self.folder / folder)

    def report(self, *arguments: str, base: str = "main", folder: str = ".") -> dict[str, Any]:
        """What `vendorgate review --format json` says; it must have judged."""
        ended = self.review("--format", "json", *arguments, base=base, folder=folder)
        assert ended.code in (0, 1), ended.stderr
        report: dict[str, Any] = json.loads(ended.stdout)
        assert ended.code == int(report["verdict"] == "fail")
        return report


def changed(
    folder: Path, before: Mapping[str, Content], after: Mapping[str, Content], world: Mapping[str, Content] = WORLD
) -> Repository:
    """A repository whose branch `change` changes some files of `main`."""
    repository = Repository(folder)
    repository.commit({**world, **before})
    repository.branch("change")
    repository.commit(after)
    return repository


def kinds(report: dict[str, Any]) -> dict[str, int]:
    """The counts that are not zero, without what is unchanged."""
    return {kind: count for kind, count in report["summary"].items() if count and kind != "unchanged"}


def rows(report: dict[str, Any]) -> list[Sequence[Any]]:
    """Each change: what became of it, usage, offering, policy, from what to what, and the causes."""
    return [
        (
            one["change"],
            f"{one['usage']} {one['offering']} {one['policy']}",
            one["before"] and one["before"]["outcome"],
            one["after"] and one["after"]["outcome"],
            *one["causes"],
        )
        for one in report["changes"]
    ]


def notices(report: dict[str, Any]) -> dict[str, str]:
    """The notices of the report on head, by id."""
    return {one["id"]: one["message"] for one in report["report"]["notices"]}
