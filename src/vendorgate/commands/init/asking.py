"""Questions at a terminal, on the error stream, so that standard output has what was written alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

import click

from ...errors import Problem, UsageError
from ...terminal.escape import escape

_NEEDED = "this one needs an answer; Ctrl-C leaves, and nothing is written"


def asks() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, default: str | None, refuse: Callable[[str], str | None]) -> str:
    """An answer that is not refused; an empty default means that none is needed."""
    while True:
        # without any default click itself asks again, and does not say why
        shown = click.prompt(escape(question), default=default or "", err=True, show_default=bool(default))
        answer = str(shown).strip()
        advice = _NEEDED if default is None and not answer else refuse(answer)
        if advice is None:
            return answer
        say(advice)


def say(text: str) -> None:
    """Something that whoever answers should know."""
    click.echo(escape(text), err=True)


def require(options: Mapping[str, object], example: str) -> None:
    """Refuse to go on without what no option says.

    Raises:
        UsageError: with each of them, and an example.
    """
    help = f"give it, or run this at a terminal, where it is asked for; for example: {example}"
    problems = [Problem(f"{option} is missing", help=help) for option, value in options.items() if not value]
    if problems:
        raise UsageError(problems)


def words_of(answer: str) -> tuple[str, ...]:
    """The words of an answer that has several, with commas."""
    return tuple(word for part in answer.split(",") if (word := part.strip()))
