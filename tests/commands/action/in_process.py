"""One step of the action in this process: fast, and with everything in reach that a test wants to break."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec

from tests.command import vendorgate
from tests.commands.action.runner import TOKEN, Said, hear, read_outputs


class Stepped(msgspec.Struct, frozen=True):
    """What a step left behind."""

    code: int
    log: str
    outputs: Mapping[str, str]
    summary: str

    @property
    def said(self) -> tuple[Said, ...]:
        return hear(self.log)

    def texts(self, level: str) -> list[str]:
        return [one.text for one in self.said if one.name == level]


def step(
    workspace: Path, event: str = "schedule", payload: Any = None, different: Mapping[str, str] | None = None
) -> Stepped:
    """Run `vendorgate action run` with these variables on top of a runner's."""
    folder = workspace.parent
    files = {name: folder / name for name in ("output", "summary", "event.json")}
    for name in ("output", "summary"):
        files[name].write_text("", encoding="utf-8")
    files["event.json"].write_text(json.dumps(payload or {}), encoding="utf-8")
    usual = {
        "PATH": os.environ["PATH"],
        "GITHUB_API_URL": "http://127.0.0.1:9",
        "GITHUB_EVENT_NAME": event,
        "GITHUB_EVENT_PATH": str(files["event.json"]),
        "GITHUB_JOB": "gate",
        "GITHUB_OUTPUT": str(files["output"]),
        "GITHUB_REPOSITORY": "octo/project",
        "GITHUB_STEP_SUMMARY": str(files["summary"]),
        "GITHUB_WORKSPACE": str(workspace),
        "RUNNER_TEMP": str(folder),
        "VENDORGATE_TOKEN": TOKEN,
    }
    with patch.dict(os.environ, {**usual, **(different or {})}, clear=True):
        ended = vendorgate("action", "run", folder=workspace)
        assert "VENDORGATE_TOKEN" not in os.environ
    outputs = read_outputs(files["output"].read_text(encoding="utf-8"))
    return Stepped(ended.code, ended.stdout + ended.stderr, outputs, files["summary"].read_text(encoding="utf-8"))
