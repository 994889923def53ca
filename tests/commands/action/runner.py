"""GitHub's part of running the action: it reads action.yml, runs its steps, and hears what they say.

What is done here, the runner does: environment files, the payload of the event, expressions, `if`, outputs, workflow
commands. Nested actions are not run; what they would be given is kept. The scripts of action.yml are run by the shell
that it names; a machine that is `inside` calls vendorgate's commands in this process, and needs a fifth of the time.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import uuid
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import msgspec
import yaml

from tests.command import ROOT
from tests.commands.action.expressions import condition, fill
from vendorgate.cli.run import run

ACTION: Final[Mapping[str, Any]] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
TOKEN: Final = "ghs_notTheRealOneButSecretAllTheSame"

_COMMANDS: Final = frozenset(
    (
        *("set-output", "set-env", "add-path", "save-state", "add-mask", "debug", "notice", "warning", "error"),
        *("group", "endgroup", "echo", "add-matcher", "remove-matcher", "stop-commands"),
    )
)
"""What a runner acts on."""
_OWN: Final = re.compile(r'"\$RUNNER_TEMP/vendorgate/\$BIN/python" -I -m vendorgate (action \w+)')
"""A script that does nothing but call a command of vendorgate."""


class Said(msgspec.Struct, frozen=True):
    """A workflow command."""

    name: str
    properties: Mapping[str, str]
    text: str


class Nested(msgspec.Struct, frozen=True):
    """An action that would have run."""

    uses: str
    given: Mapping[str, str]


class Ran(msgspec.Struct, frozen=True):
    """A run of the action."""

    failed: bool
    """Whether the action fails the job."""
    codes: Mapping[str, int]
    """Exit codes of the scripts that ran, by the name of their step."""
    outputs: Mapping[str, str]
    """Those of action.yml."""
    nested: tuple[Nested, ...]
    log: str
    said: tuple[Said, ...]
    summary: str

    @property
    def code(self) -> int:
        """The exit code that the action ends with."""
        return self.codes["End with the verdict"]

    def texts(self, level: str) -> list[str]:
        return [one.text for one in self.said if one.name == level]

    def uploads(self) -> list[Nested]:
        return [one for one in self.nested if "upload-sarif" in one.uses]


class Runner(msgspec.Struct, frozen=True):
    """A machine with a checkout."""

    workspace: Path
    temporary: Path
    repository: str = "octo/project"
    api: str = "http://127.0.0.1:9"
    """Nothing listens on the port for discarding."""
    environment: Mapping[str, str] = {}
    """What is different from the usual."""
    matrix: Mapping[str, str] | None = None
    upload: str = "success"
    """How uploading ends."""
    skipped: frozenset[str] = frozenset(
        (
            "Make an environment",
            "Install vendorgate from this action's checkout",
            "Install vendorgate from the package index",
        )
    )
    """Steps that are as good as done, because vendorgate is installed already."""
    inside: bool = False
    """Whether scripts that call vendorgate and nothing else do so in this process."""

    def run(self, event: str, payload: Mapping[str, Any], commit: str, **given: str) -> Ran:
        """Run the action on an event, with inputs (underscores for hyphens)."""
        assert self.skipped <= {step["name"] for step in ACTION["runs"]["steps"]}
        names = {name.replace("_", "-"): value for name, value in given.items()}
        unknown = names.keys() - ACTION["inputs"].keys()
        assert not unknown, f"action.yml has no inputs {unknown}"
        path = self.temporary / "event.json"
        path.write_text(json.dumps(payload), encoding="utf-8")
        environment = {**self._usual(event, commit), "GITHUB_EVENT_PATH": str(path), **self.environment}
        return _Run(self, environment, names).all()

    def _usual(self, event: str, commit: str) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.temporary),
            "LANG": "C.UTF-8",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_API_URL": self.api,
            "GITHUB_EVENT_NAME": event,
            "GITHUB_JOB": "gate",
            "GITHUB_REPOSITORY": self.repository,
            "GITHUB_RUN_ID": "4711",
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_SHA": commit,
            "GITHUB_WORKFLOW": "AI vendors",
            "GITHUB_WORKFLOW_REF": f"{self.repository}/.github/workflows/gate.yml@refs/heads/main",
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_OS": "Linux",
            "RUNNER_TEMP": str(self.temporary),
        }


class _Run:
    """One run, step by step."""

    def __init__(self, runner: Runner, environment: Mapping[str, str], given: Mapping[str, str]) -> None:
        self._runner = runner
        self._environment = environment
        self._steps: dict[str, dict[str, Any]] = {}
        self._contexts: dict[str, Any] = {
            "github": {"token": TOKEN},
            "runner": {"os": "Linux"},
            "matrix": runner.matrix,
            "steps": self._steps,
        }
        defaults = {name: fill(one.get("default", ""), self._contexts) for name, one in ACTION["inputs"].items()}
        self._contexts["inputs"] = {**defaults, **given}
        self._failed = False
        self._codes: dict[str, int] = {}
        self._nested: list[Nested] = []
        self._log, self._summary = "", ""

    def all(self) -> Ran:
        for step in ACTION["runs"]["steps"]:
            self._step(step)
        outputs = {name: fill(one["value"], self._contexts) for name, one in ACTION["outputs"].items()}
        said = hear(self._log)
        return Ran(self._failed, self._codes, outputs, tuple(self._nested), self._log, said, self._summary)

    def _step(self, step: Mapping[str, Any]) -> None:
        known = {"name", "id", "if", "uses", "with", "env", "run", "shell", "continue-on-error"}
        assert step.keys() <= known, f"the runner of these tests does not know {step.keys() - known}"
        if not condition(step.get("if"), self._contexts, failed=self._failed):
            self._end(step, "skipped", {})
        elif "uses" in step:
            self._use(step)
        elif step["name"] not in self._runner.skipped:
            self._script(step)

    def _end(self, step: Mapping[str, Any], outcome: str, outputs: Mapping[str, str]) -> None:
        if "id" in step:
            self._steps[step["id"]] = {"outcome": outcome, "outputs": outputs}
        if outcome == "failure" and not step.get("continue-on-error", False):
            self._failed = True

    def _use(self, step: Mapping[str, Any]) -> None:
        given = {name: fill(str(value), self._contexts) for name, value in step["with"].items()}
        self._nested.append(Nested(step["uses"], given))
        if "upload-sarif" in step["uses"]:
            self._end(step, self._runner.upload, {})
        else:
            self._end(step, "success", {"python-path": sys.executable})

    def _script(self, step: Mapping[str, Any]) -> None:
        """Run a script as the runner runs `shell: bash`."""
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]
        files = {name: self._runner.temporary / f"{name}_{uuid.uuid4().hex}" for name in ("output", "env", "summary")}
        script = self._runner.temporary / f"{uuid.uuid4().hex}.sh"
        script.write_text(step["run"], encoding="utf-8")
        for file in files.values():
            file.touch()
        environment = {
            "GITHUB_OUTPUT": str(files["output"]),
            "GITHUB_ENV": str(files["env"]),
            "GITHUB_STEP_SUMMARY": str(files["summary"]),
            **self._environment,
            **{name: fill(value, self._contexts) for name, value in step.get("env", {}).items()},
        }
        own = _OWN.fullmatch(step["run"]) if self._runner.inside else None
        code, log = (
            _in_shell(script, environment, self._runner.workspace)
            if own is None
            else _inside(own[1].split(), environment, self._runner.workspace)
        )
        self._log += log
        self._summary += files["summary"].read_text(encoding="utf-8")
        assert files["env"].read_text(encoding="utf-8") == "", "the environment of later steps is theirs"
        self._codes[step["name"]] = code
        outcome = "success" if code == 0 else "failure"
        self._end(step, outcome, read_outputs(files["output"].read_text(encoding="utf-8")))


def _in_shell(script: Path, environment: Mapping[str, str], workspace: Path) -> tuple[int, str]:
    """The exit code of a script, and what it said."""
    ended = subprocess.run(
        ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)),
        cwd=workspace,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
        check=False,
    )
    return ended.returncode, ended.stdout.decode("utf-8")


def _inside(arguments: Sequence[str], environment: Mapping[str, str], workspace: Path) -> tuple[int, str]:
    """The same of a command of vendorgate, called in this process: both streams are one, as in a runner's log."""
    said = io.BytesIO()
    log = io.TextIOWrapper(said, "utf-8", write_through=True)
    with patch.dict(os.environ, environment, clear=True), redirect_stdout(log), redirect_stderr(log):
        before = Path.cwd()
        os.chdir(workspace)
        try:
            code = run(arguments)
        finally:
            os.chdir(before)
    log.flush()
    return code, said.getvalue().decode("utf-8")


def read_outputs(text: str) -> dict[str, str]:
    """What an environment file holds, by the runner's rules; a line that fits none of them fails the step."""
    found: dict[str, str] = {}
    lines = text.split("\n")
    while lines:
        line = lines.pop(0)
        if not line:
            continue
        equals, arrows = line.find("="), line.find("<<")
        if equals >= 0 and (arrows < 0 or equals < arrows):
            name, _, value = line.partition("=")
        else:
            name, _, delimiter = line.partition("<<")
            assert arrows > 0, f"invalid line {line!r}"
            assert delimiter, f"invalid line {line!r}"
            end = lines.index(delimiter)
            value = "\n".join(lines[:end])
            lines = lines[end + 1 :]
        found[name] = value
    return found


def hear(log: str) -> tuple[Said, ...]:
    """The workflow commands of a log, in both of their spellings, as a runner finds them line by line."""
    said: list[Said] = []
    resume = ""
    for line in re.split(r"\r\n|\r|\n", log):
        words = {resume} if resume else _COMMANDS
        found = _command(line, words) or _legacy_command(line, words)
        if found is None:
            continue
        if resume:
            resume = ""
        elif found.name == "stop-commands":
            resume = found.text.lower()
        else:
            said.append(found)
    assert not resume, "commands stay stopped"
    return tuple(said)


def _command(line: str, words: frozenset[str] | set[str]) -> Said | None:
    match = re.match(r"::([^ :]*)(?: (.*?))?::(.*)", line.lstrip(), re.DOTALL)
    if match is None or match.group(1).lower() not in words:
        return None
    pairs = (part.partition("=") for part in (match.group(2) or "").split(",") if "=" in part)
    properties = {name.strip(): _unescaped(value, "%0D", "%0A", "%3A", "%2C") for name, _, value in pairs}
    return Said(match.group(1).lower(), properties, _unescaped(match.group(3), "%0D", "%0A"))


def _legacy_command(line: str, words: frozenset[str] | set[str]) -> Said | None:
    match = re.search(r"##\[([^ \]]*)(?: [^\]]*)?\](.*)", line, re.DOTALL)
    if match is None or match.group(1).lower() not in words:
        return None
    return Said(match.group(1).lower(), {}, match.group(2))


def _unescaped(text: str, *codes: str) -> str:
    for code in (*codes, "%25"):
        text = text.replace(code, chr(int(code[1:], 16)))
    return text


def machine(folder: Path, workspace: Path, **different: Any) -> Runner:
    """A machine on which vendorgate is installed where the action installs it.

    It is `inside` unless something else is asked for.
    """
    temporary = folder / "runner temp"
    programs = temporary / "vendorgate" / "bin"
    programs.mkdir(parents=True)
    python = programs / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    return Runner(workspace, temporary, **{"inside": True, **different})
