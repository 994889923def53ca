"""Rules over all usages of a run, and two runs side by side, as every format shows them; with hostile text."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.command import vendorgate
from tests.golden.reviewed import CAST, HOSTILE
from tests.yaml_text import value_of
from vendorgate.commands.fleet.gather.formats import FORMATS as GATHERED
from vendorgate.commands.fleet.gather.model import Failed, RepositoryTold, Summary
from vendorgate.terminal.style import PLAIN

_ON: Final = ("--as-of", "2026-11-23")
_USAGES: Final = {"filter": [{"var": "usages"}, {"in": ["phi", {"var": "usage.data"}]}]}
_VENDORS: Final = {"count_distinct": [_USAGES, {"var": "offering.platform"}]}
_IS_GA: Final = {"==": [{"var": "usage.lifecycle"}, "ga"]}
_FLEET: Final = {
    "version": 1,
    "fleet_policies": [
        {
            "id": "one-owner",
            "title": HOSTILE,
            "require": [{"==": [{"count_distinct": [{"var": "usages"}, {"var": "project.owner"}]}, 0]}],
            "remediation": HOSTILE,
            "references": [HOSTILE],
        },
        {
            "id": "few-vendors",
            "title": "At most one vendor sees PHI",
            "require": [
                {"that": {"<=": [{"count_distinct": [_USAGES, {"var": "offering.platform"}]}, 1]}, "message": HOSTILE}
            ],
        },
        {
            "id": "no-free-tier",
            "title": "No free tier",
            "require": [{"none": [{"var": "usages"}, {"==": [{"var": "usage.tier"}, "free"]}]}],
        },
    ],
}


@cache
def told(command: str, format: str) -> str:
    """What a command says of the runs of the cast."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(CAST, folder, dirs_exist_ok=True)
        (folder / "policies/fleet.yaml").write_text(json.dumps(_FLEET), encoding="utf-8")
        shutil.copytree(CAST / "registry", folder / "registry-after")
        beta = folder / "registry-after/offerings/beta.yaml"
        beta.write_text(beta.read_text("utf-8").replace("value: yes_public", "value: unclear"), "utf-8")
        manifest = value_of((CAST / "vendorgate.yaml").read_text("utf-8"))
        fewer = {**manifest, "usages": [{**manifest["usages"][0], "data": ["internal"]}, *manifest["usages"][2:]]}
        _run(folder, "before", "registry", [("cast/vendorgate.yaml", manifest), (HOSTILE, manifest)])
        _run(folder, "after", "registry-after", [("cast/vendorgate.yaml", fewer), (HOSTILE, {"version": 1})])
        judges = ("--policies", "policies", "--registry", "registry-after")
        inputs = ("before", "after") if command == "diff" else ("after", *judges)
        found = vendorgate("fleet", command, *inputs, "--format", format, folder=folder)
        assert found.stdout, found.stderr
    # Which bytes a database has, each version of SQLite decides for itself.
    return re.sub(r'("(?:run|sha256)": ")[0-9a-f]{64}', rf"\g<1>{'0' * 64}", found.stdout)


def _run(folder: Path, out: str, registry: str, rows: list[tuple[str, Any]]) -> None:
    lines = (json.dumps({"path": path, "manifest": manifest}) for path, manifest in rows)
    (folder / "rows.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    words = ("rows.jsonl", "--out", out, "--jobs", "1", "--policies", "policies", "--registry", registry, *_ON)
    assert vendorgate("fleet", "check", *words, folder=folder).code in (1, 2)


def gathered(format: str) -> str:
    """What a gather came to that read repositories, left one as it was, and could not read another."""
    refused = Failed(HOSTILE, HOSTILE)
    rows = (
        RepositoryTold("acme/clinic", HOSTILE, "changed", "1" * 40, "2" * 64, 3, 2, None),
        RepositoryTold("acme/empty", "https://git.example.com/acme/empty.git", "changed", None, "3" * 64, 0, 0, None),
        RepositoryTold("acme/gone", "https://git.example.com/acme/gone.git", "error", None, None, 0, 0, refused),
        RepositoryTold(HOSTILE, "/srv/clones/lonely", "unchanged", "4" * 40, "5" * 64, 1, 0, None),
    )
    told = Summary("store", datetime.date(2026, 11, 23), True, rows, (HOSTILE,), ("acme/former", HOSTILE))
    return str(GATHERED[format](told, PLAIN))


GOLDEN: Final[Mapping[str, Callable[[], str]]] = {
    "fleet-gather.txt": lambda: gathered("text"),
    "fleet-gather.json": lambda: gathered("json"),
    "fleet-policy.txt": lambda: told("policy", "text"),
    "fleet-policy.json": lambda: told("policy", "json"),
    "fleet-diff.txt": lambda: told("diff", "text"),
    "fleet-diff.json": lambda: told("diff", "json"),
    "fleet-diff.md": lambda: told("diff", "markdown"),
}
