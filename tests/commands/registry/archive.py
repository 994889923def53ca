"""An archive of texts as Open Terms Archive keeps one, made by the tests: a commit for each version, on its day."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

_ENVIRONMENT: Final = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "Bot",
    "GIT_AUTHOR_EMAIL": "bot@example.org",
    "GIT_COMMITTER_NAME": "Bot",
    "GIT_COMMITTER_EMAIL": "bot@example.org",
    "LC_ALL": "C",
}


class Archive:
    """A repository with one document a page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main", "--template=")

    def git(self, *arguments: str, day: str = "2026-01-01", at: str = "12:00:00", input: bytes | None = None) -> str:
        when = day if day.startswith("@") else f"{day}T{at}+0000"
        environment = {**os.environ, **_ENVIRONMENT, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        ended = subprocess.run(
            ("git", *arguments), cwd=self.folder, env=environment, input=input, capture_output=True, check=False
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.decode("utf-8", "surrogateescape").strip()

    def record(self, day: str, files: Mapping[str, str | None], at: str = "12:00:00") -> str:
        """A version of documents; None takes one away. The id of the commit."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", f"Record {', '.join(files)}", day=day, at=at)
        return self.git("rev-parse", "HEAD")


def declare(folder: Path, service: str, terms: Mapping[str, Any], key: str = "terms") -> Path:
    """A declaration, in a folder of them; the folder."""
    path = folder / "declarations" / f"{service}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"name": service, key: terms}), encoding="utf-8")
    return folder
