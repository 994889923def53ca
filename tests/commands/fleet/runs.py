"""Small real runs, for whoever reads one: a store or rows, judged by `fleet check` as a user does it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from tests.command import Ended, vendorgate
from tests.commands.fleet.stores import Written, store
from vendorgate.commands.fleet.run.document import FleetRun, render, sealed

DAY: Final = "2026-11-24"
Manifest = dict[str, Any]
CLINIC: Final[Manifest] = {
    "version": 1,
    "project": "clinic",
    "owner": "care@acme.example",
    "usages": [
        {"id": "summaries", "offering": "openai-api", "data": ["phi"], "purpose": "Visit summaries"},
        {"id": "drafts", "offering": "claude-bedrock", "data": ["internal"], "fallbacks": ["openai-api"]},
    ],
}
"""Sends PHI where nobody knows whether it may go."""
NEWSLETTER: Final[Manifest] = {
    "version": 1,
    "project": "newsletter",
    "usages": [{"id": "headlines", "offering": "openai-api", "data": ["public"], "models": ["gpt-4o"]}],
}
"""Public texts."""
BROKEN: Final[Manifest] = {**NEWSLETTER, "usages": [{"id": "u", "offering": "nobody-knows", "data": ["public"]}]}
"""Names an offering that the registry does not have."""
REPOSITORIES: Final[Mapping[str, Mapping[str, Written]]] = {
    "acme/clinic": {"vendorgate.yaml": CLINIC, "services/letters/vendorgate.yaml": {**CLINIC, "project": "letters"}},
    "acme/empty": {},
    "acme/newsletter": {"vendorgate.yaml": NEWSLETTER},
    "beta/newsletter": {"vendorgate.yaml": NEWSLETTER},
}
"""Four repositories: one with two manifests, one with none, and two that call their project the same."""
UNREACHABLE: Final[Mapping[str, tuple[str, str]]] = {"acme/gone": ("it is not there any more", "look at its address")}


def checked(folder: Path, *sources: str, out: str = "run", **options: str) -> Ended:
    """A run of `fleet check` in a folder, in this process unless `jobs` says otherwise; options by their names."""
    given = {"as_of": DAY, "jobs": "1", **options}
    words = (word for name, value in given.items() for word in (f"--{name.replace('_', '-')}", value))
    return vendorgate("fleet", "check", *sources, "--out", out, *words, folder=folder)


def small_run(
    folder: Path,
    repositories: Mapping[str, Mapping[str, Written]] = REPOSITORIES,
    errors: Mapping[str, tuple[str, str]] | None = UNREACHABLE,
    out: str = "run",
    **options: str,
) -> Path:
    """The folder of a run over a store of these repositories; without any other ones, one of them cannot be reached."""
    store(folder / "store", repositories, errors)
    ended = checked(folder, "store", out=out, **options)
    assert ended.code in (0, 1, 2), ended.stderr
    assert (folder / out / "run.json").is_file(), ended.stderr
    return folder / out


def edited(run: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """The same run, of whose document somebody changed something, and wrote the digest of it anew."""
    path = run / "run.json"
    value = json.loads(path.read_text("utf-8"))
    change(value)
    path.write_text(render(sealed(msgspec.convert(value, FleetRun))), "utf-8")
    return run


def rows_file(path: Path, manifests: Iterable[Manifest]) -> Path:
    """A file of JSON lines, a row for each manifest, each with a path of its own."""
    lines = (
        json.dumps({"path": f"acme/r{number}/vendorgate.yaml", "manifest": manifest})
        for number, manifest in enumerate(manifests)
    )
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def fleet_of(count: int) -> list[Manifest]:
    """As many manifests, each with a project of its own: of every three one blocks."""
    return [{**(CLINIC if number % 3 == 0 else NEWSLETTER), "project": f"project-{number}"} for number in range(count)]
