"""What a push of the cast does to a place where some of it stands already, and what people read there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from tests.command import vendorgate
from tests.commands.push.stand_in import FOLDER, NAME, OTHER, StandIn, standing_in
from tests.commands.push.world import asking
from tests.golden.reviewed import HOSTILE
from vendorgate.commands.push.ciso_assistant.marks import description

_CAST: Final = Path(__file__).parent / "cast"
_INPUTS: Final = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")


def push(*more: str) -> str:
    """What a push that only looks says, where others have been at work since the last one."""
    with _pushed() as server:
        evidences = server.state.of("evidences")
        evidences[0]["description"] = str(evidences[0]["description"]).replace("Project", "Nothing")
        evidences[1]["description"] += "\n\nSeen by the auditor."
        server.state.of("security-exceptions")[0]["expiration_date"] = "2030-01-01"
        entity = server.state.objects["entities"].popitem()[1]
        server.state.add("entities", name=entity["name"], folder=OTHER)
        gone = description(HOSTILE, "policy/hostile-cast/no-more", "0" * 64, "")
        server.state.add("evidences", name=f"{HOSTILE}", description=gone, folder=FOLDER)
        return _run(server, *more).replace(server.url.partition("//")[2], "grc.example")


def descriptions() -> str:
    """The name and the description of everything that the cast comes to."""
    with _pushed() as server:
        kinds = ("entities", "evidences", "security-exceptions")
        objects = [one for kind in kinds for one in server.state.of(kind)]
        return "\n\n---\n\n".join(f"{one['name']}\n\n{one['description']}" for one in objects) + "\n"


@contextmanager
def _pushed() -> Iterator[StandIn]:
    with pytest.MonkeyPatch.context() as patch, standing_in() as server:
        asking(patch)
        assert _run(server, "--yes")
        assert server.violations == []
        yield server


def _run(server: StandIn, *more: str) -> str:
    where = ("--url", server.url, "--folder", NAME)
    return vendorgate("push", "ciso-assistant", "vendorgate.yaml", *_INPUTS, *where, *more, folder=_CAST).stdout
