"""What `docs/central-policies.md` shows to type does what the page says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.command import ROOT, Ended, vendorgate
from tests.remote.pulling import FILES
from tests.remote.server import GitServer

PAGE = (ROOT / "docs" / "central-policies.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.S) for line in block.splitlines()]
COMMIT = "7f0c5bd7e2cb3a3a4e8e0a1a9b7c51a2c1d0e4f3"


def test_commands_of_the_page_work_in_their_order(server: GitServer, project: Path) -> None:
    commit = server.repository().commit(FILES)
    ended: list[Ended] = []
    for line in COMMANDS:
        program, *words = shlex.split(line.replace("github.com", server.host).replace(COMMIT, commit))
        assert program == "vendorgate"
        ended.append(vendorgate(*words, folder=project))
    assert [one.code for one in ended] == [0, 0, 1, 0], [one.stderr for one in ended]
    assert ended[0].stdout == ended[1].stdout == f"{server.address(commit)}\n"
    assert (project / "vendorgate.lock").is_file()


def test_page_says_the_limits_and_variables_that_there_are() -> None:
    from vendorgate.git.fetching import LARGEST, PATIENCE, TOKEN

    assert f"up to {LARGEST >> 20} MiB and {PATIENCE:.0f} seconds" in PAGE
    assert TOKEN in PAGE
