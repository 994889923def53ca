"""A usage as far as its questions are answered, and each question.

In: answers as somebody typed them. Out: values as a manifest has them, or what is wrong with an answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final, Literal

import msgspec

from ...load.scalars import Ambiguous, resolve
from ...logic import Json
from .asking import words_of

SETTINGS: Final = "settings"
Kind = Literal["text", "words"]


class Question(msgspec.Struct, frozen=True):
    """A field of a manifest, how it is asked for at a terminal, and the option that answers."""

    field: str
    """As the manifest names it."""
    option: str
    words: str
    kind: Kind = "text"
    usual: str | None = ""
    """The answer where somebody types none; empty: the field stays undeclared; None: an answer is needed."""


class Draft(msgspec.Struct, frozen=True):
    """What is answered so far."""

    about: Mapping[str, Json] = {}
    """The project and its owner; nothing where a manifest says them."""
    usage: Mapping[str, Json] = {}

    def having(self, field: str, value: Json) -> Draft:
        """The same with one more answer."""
        if field in ("project", "owner"):
            return Draft({**self.about, field: value}, self.usage)
        return Draft(self.about, {**self.usage, field: value})

    def setting(self, name: str, value: Json) -> Draft:
        """The same with one more setting."""
        settings = self.usage.get(SETTINGS, {})
        assert isinstance(settings, dict)
        return self.having(SETTINGS, {**settings, name: value})

    def manifest(self) -> dict[str, Json]:
        """A manifest that says so and nothing else."""
        return {"version": 1, **self.about, "usages": [dict(self.usage)]}


class Refused(Exception):
    """An answer that cannot be; carries the advice."""


def value_of(text: str, kind: Kind) -> Json:
    """The value of an answer.

    Raises:
        Refused: it is in no encoding that a file may have.
    """
    _require_utf_8(text)
    return [*words_of(text)] if kind == "words" else text


def setting_of(text: str) -> Json:
    """The value of a setting: a number, true, false, or a text, which may stand in double quotes.

    Raises:
        Refused: it is none, or people and programs read it differently.
    """
    _require_utf_8(text)
    if text.startswith('"'):
        return _unquoted(text)
    try:
        value = resolve(text)
    except Ambiguous as error:
        raise Refused(f"`{text}` is not read the same everywhere; {error}") from None
    if value is None:
        raise Refused("a setting without a value; give it one, or leave it out")
    return value


def named_setting(text: str) -> tuple[str, Json]:
    """The name and the value of NAME=VALUE.

    Raises:
        Refused: it is not of that form.
    """
    name, sign, value = text.partition("=")
    if not name.strip() or not sign:
        raise Refused(f"`{text}` is no NAME=VALUE")
    return name.strip(), setting_of(value.strip())


def _unquoted(text: str) -> str:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, str):
        raise Refused(f"{text} is no text in double quotes; close them, or leave them out")
    return found


def _require_utf_8(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Refused("not UTF-8; write it in UTF-8") from None


def joined(answers: Sequence[str] | str | None) -> str | None:
    """What an option says, which may be given several times; None where nothing does."""
    if answers is None or isinstance(answers, str):
        return answers
    return ",".join(answers) or None
