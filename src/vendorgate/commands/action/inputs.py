"""What a workflow asks of the action.

In: the environment variables that action.yml makes of its inputs. Out: `ActionInputs`, or every mistake at once. Knows
no event, and never sees the token.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, get_args

import msgspec

from ...errors import Problem, UsageError
from ...logic.nearest import suggestion
from ...model.vocabulary import FailOn

PREFIX: Final = "VENDORGATE_"
"""Of the variable of each input: `fail-on` is VENDORGATE_FAIL_ON."""

ReviewChoice = Literal["auto", "always", "never"]
CommentChoice = Literal["never", "on-failure", "always"]


class ActionInputs(msgspec.Struct, frozen=True, rename="kebab"):
    """The inputs of action.yml that say what to do; the defaults are those of action.yml."""

    manifests: tuple[str, ...] = ()
    """One a line; empty: what the command takes by itself."""
    policies: str = ""
    registry: str = ""
    fail_on: Literal[FailOn, ""] = ""
    """Empty: the threshold of the bundle."""
    review: ReviewChoice = "auto"
    new_only: bool = False
    code: bool = False
    comment: CommentChoice = "never"
    sarif: bool = False
    annotations: bool = True
    summary: bool = True
    working_directory: str = "."
    """From the root of the workspace."""


def variable(name: str) -> str:
    """The environment variable of an input."""
    return PREFIX + name.upper().replace("-", "_")


def read_inputs(environment: Mapping[str, str]) -> ActionInputs:
    """The inputs; one that is empty has its default, because workflows pass on what nobody gave them.

    Raises:
        UsageError: at least one has a value that it cannot have.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, read in _READ.items():
        text = environment.get(variable(name), "").strip()
        if not text:
            continue
        try:
            values[name] = read(text)
        except _Invalid as error:
            problems.append(Problem(f"input `{name}`: {error.found}", help=error.help))
    if values.get("new-only") and values.get("review") == "never":
        words = "input `new-only`: only a review knows what is new, and `review` is `never`"
        problems.append(Problem(words, help="leave one of the two out"))
    if problems:
        raise UsageError(problems)
    return msgspec.convert(values, ActionInputs)


class _Invalid(Exception):
    def __init__(self, found: str, help: str) -> None:
        self.found = found
        self.help = help
        super().__init__(found)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for raw in text.splitlines() if (line := raw.strip()))


def _line(text: str) -> str:
    if len(text.splitlines()) > 1 or "\0" in text:
        raise _Invalid("more than one line", "write one path")
    return text


def _switch(text: str) -> bool:
    return _one_of(("true", "false"))(text) == "true"


def _one_of(words: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise _Invalid(f"`{text}` is none of its values", suggestion(text, words, "it takes"))
        return text

    return read


_READ: Final[Mapping[str, Callable[[str], Any]]] = {
    "manifests": _lines,
    "policies": _line,
    "registry": _line,
    "fail-on": _one_of(get_args(FailOn)),
    "review": _one_of(get_args(ReviewChoice)),
    "new-only": _switch,
    "code": _switch,
    "comment": _one_of(get_args(CommentChoice)),
    "sarif": _switch,
    "annotations": _switch,
    "summary": _switch,
    "working-directory": _line,
}
