"""Policies written in Python to a policy file.

In: the path of a Python file, which is run. Out: the YAML, checked as a bundle is checked; mistakes with the line of
the Python file.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
from contextlib import redirect_stdout
from typing import Any

from ...authoring.policies import FleetPolicy, Policy, made
from ...errors import InputError, Problem
from ...load.decode import decode
from ...load.document import Document
from ...load.files import read_bytes, shown_path
from ...load.fleet_file import LIST
from ...load.fleet_policies import checked_fleet_policies
from ...load.language import Language
from ...load.policies import policies_from
from ...load.words import Words
from ...model.fleet_policy import FleetPoliciesFile
from ...source import Location, Path, Source
from .canonical_text import dumped, formatted

HEADER = "# Built by `vendorgate policy build {0}`: change that file, and build again.\n"


def build_file(path: str, words: Words, rules: Language) -> str:
    """The text of the policy file that a Python file stands for.

    Raises:
        InputError: the file cannot be read, fails when it is run, makes no policy, or makes one that is not valid.
    """
    problems: list[Problem] = []
    data = read_bytes(path, shown_path(path), problems)
    if data is None:
        raise InputError(problems)
    source = _PythonSource(shown_path(path), data.decode("utf-8", "replace"), _run(path))
    if not source.policies:
        location = Location(source.path, 1, 1)
        raise InputError(
            [Problem("the file makes no policy", location, "make one with vendorgate.authoring.Policy(...)")]
        )
    over_all = {isinstance(policy, FleetPolicy) for policy in source.policies}
    if len(over_all) > 1:
        title, help = "the file makes policies and rules over all usages", "make each of the two in a file of its own"
        raise InputError([Problem(title, Location(source.path, 1, 1), help)])
    key = LIST if True in over_all else "policies"
    value: dict[str, Any] = {"version": 1, key: [policy.written for policy in source.policies]}
    # Through JSON, so that what is checked is what is written.
    document = Document(source, json.loads(json.dumps(value)), sound=True)
    if True in over_all:
        written = decode(document, FleetPoliciesFile, problems)
        if written is not None:
            checked_fleet_policies(written, source, rules, (), problems)
    else:
        policies_from(document, words, rules, problems)
    if problems:
        raise InputError(problems)
    name = os.path.basename(path).replace("\n", " ")
    return formatted(HEADER.format(name) + dumped(value))


def _run(path: str) -> list[Policy]:
    """The policies that a file makes; what it prints goes to the error stream."""
    made()
    folder = os.path.dirname(os.path.abspath(path))
    sys.path.insert(0, folder)
    try:
        with redirect_stdout(sys.stderr):
            runpy.run_path(path, run_name="__vendorgate__")
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 whatever somebody's file does is their mistake, not ours
        raise InputError([_failure(error, path)]) from None
    finally:
        sys.path.remove(folder)
    return made()


def _failure(error: BaseException, path: str) -> Problem:
    shown = shown_path(path)
    line = 1
    if isinstance(error, SyntaxError) and error.filename == path:
        line = error.lineno or 1
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    title = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    source = _PythonSource(shown, _text(path), [])
    column = len(source.line(line)) - len(source.line(line).lstrip()) + 1
    return Problem(title, Location(shown, line, column), "correct the Python file", source)


def _text(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


class _PythonSource(Source):
    """A Python file in which a policy is found by the line that made it."""

    __slots__ = ("policies",)

    def __init__(self, path: str, text: str, policies: list[Policy]) -> None:
        super().__init__(path, text, lambda text: None)
        self.policies = policies

    def locate(self, path: Path = (), *, key: bool = False) -> Location:
        if len(path) < 2 or not isinstance(path[1], int):
            return Location(self.path, 1, 1)
        line = self.policies[path[1]].line
        text = self.line(line)
        column = len(text) - len(text.lstrip()) + 1
        return Location(self.path, line, column, max(1, len(text.strip())))
