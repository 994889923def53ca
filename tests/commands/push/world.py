"""A clinic with two projects, its policies, a waiver, and a push of it to a stand-in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from tests.command import Ended, vendorgate
from tests.commands.observe.bundles import asked
from tests.commands.push.stand_in import NAME, TOKEN, StandIn, standing_in
from tests.commands.review.repository import AUDITED, BAA, DAY, REGISTRY, Content, manifest, policies, usage
from vendorgate.commands.push.ciso_assistant import api

NO_PAUSES: Final = api.Patience((0.0, 0.0, 0.0), 0)
WAIVER: Final[Mapping[str, Any]] = {
    "policy": "phi-needs-baa",
    "project": "clinic",
    "usage": "letters",
    "reason": "Pilot on 12 patients with consent",
    "approved_by": "ciso@example.org",
    "ticket": "SEC-991",
    "expires": "2026-12-31",
}
FILES: Final[Mapping[str, Content]] = {
    **REGISTRY,
    "policies/rules.yaml": policies({**BAA, "controls": [{"framework": "hipaa", "id": "164.504(e)"}]}, AUDITED),
    "policies/waivers.yaml": {"version": 1, "waivers": [WAIVER]},
    "policies/agreements.yaml": {"version": 1, "agreements": []},
    "clinic/vendorgate.yaml": manifest(usage("notes", "alpha"), usage("letters", "beta"), project="clinic"),
    "lab/vendorgate.yaml": manifest(usage("reports", "gamma"), project="lab", owner="lab@example.org"),
}


@contextmanager
def standing_by(command: str) -> Iterator[tuple[str, ...]]:
    """The words that say where a command pushes to, while somebody stands in there, or for whom it asks; none for a
    command of others."""
    if command == "observe read":
        with asked():
            yield ()
        return
    if not command.startswith("push "):
        yield ()
        return
    with pytest.MonkeyPatch.context() as patch, standing_in() as server:
        asking(patch)
        yield ("--url", server.url, "--folder", NAME)


def write(folder: Path, files: Mapping[str, Content]) -> None:
    """Put files into a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(content) if isinstance(content, dict) else content
        path.write_bytes(text if isinstance(text, bytes) else str(text).encode("utf-8"))


def push(
    folder: Path, server: StandIn, *more: str, url: str | None = None, manifests: tuple[str, ...] = (".",)
) -> Ended:
    """Push what stands in a folder."""
    where = ("--url", url or server.url, "--folder", NAME, "--as-of", DAY)
    return vendorgate("push", "ciso-assistant", *manifests, *where, *more, folder=folder)


def pushed(folder: Path, server: StandIn, *more: str, code: int = 0) -> Any:
    """The document of a push that writes."""
    ended = push(folder, server, "--yes", "--format", "json", *more)
    assert ended.code == code, ended.stderr + ended.stdout
    return json.loads(ended.stdout)


def asking(patch: pytest.MonkeyPatch, token: str = TOKEN, patience: api.Patience = NO_PAUSES) -> None:
    """Ask with a token, and without waiting."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        patch.delenv(name, raising=False)
    for name in ("GITHUB_REPOSITORY", "CI_PROJECT_PATH"):
        patch.delenv(name, raising=False)
    patch.setenv("CISO_ASSISTANT_TOKEN", token)
    patch.setattr(api, "PATIENCE", patience)
