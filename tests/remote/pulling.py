"""What the tests of policies elsewhere type, and what they look at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.command import Ended, vendorgate
from tests.commands.review.repository import AUDITED, BAA, Content, policies

FILES: Final[Mapping[str, Content]] = {
    "policies/bundle.yaml": {"version": 1, "name": "acme", "release": "7"},
    "policies/rules.yaml": policies(BAA),
    "policies/eu/more.yaml": policies(AUDITED),
    "policies/README.md": "what this is",
    "other/rules.yaml": policies(AUDITED),
}


def pull(*arguments: str, folder: Path) -> Ended:
    return vendorgate("policy", "pull", *arguments, folder=folder)


def check(address: str, folder: Path, *more: str) -> Ended:
    return vendorgate("check", "--policies", address, "--format", "json", *more, folder=folder)


def judging(address: str, folder: Path) -> set[str]:
    """The policies that judge."""
    ended = check(address, folder)
    assert ended.code in (0, 1), ended.stderr
    return {one["policy"] for one in json.loads(ended.stdout)["results"]}


def refused(ended: Ended) -> str:
    """Why nothing was done."""
    assert (ended.code, ended.stdout) == (2, ""), ended.stderr
    return ended.stderr


def in_the_cache(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder.parent / "cache").rglob("*") if path.is_file()}
