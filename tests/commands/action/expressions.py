"""Expressions of GitHub Actions, as far as action.yml uses them; everything else is refused loudly.

Comparison and truth are GitHub's: texts compare without regard to case, `&&` and `||` give one of their operands, what
a context does not have is null.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

Contexts = Mapping[str, Any]
"""`inputs`, `github`, `runner`, `steps`, `matrix`, each a mapping or null."""

_TOKEN: Final = re.compile(r"\s*(?:('(?:[^']|'')*')|([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)|(==|!=|&&|\|\||[()!]))")
_TEMPLATE: Final = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)


class Unsupported(Exception):
    """action.yml uses something that these tests do not understand; teach them."""


class _Reader:
    def __init__(self, text: str, contexts: Contexts, failed: bool) -> None:
        self._tokens = _tokens(text)
        self._contexts = contexts
        self._functions: Mapping[str, Callable[..., Any]] = {
            "always": lambda: True,
            "success": lambda: not failed,
            "failure": lambda: failed,
            "toJson": lambda value: json.dumps(value, indent=2),
        }

    def whole(self) -> Any:
        value = self._either()
        if self._tokens:
            raise Unsupported(f"left over: {self._tokens}")
        return value

    def _take(self, token: str) -> bool:
        if self._tokens[:1] == [token]:
            self._tokens.pop(0)
            return True
        return False

    def _either(self) -> Any:
        value = self._both()
        while self._take("||"):
            other = self._both()
            value = value if truthy(value) else other
        return value

    def _both(self) -> Any:
        value = self._equal()
        while self._take("&&"):
            other = self._equal()
            value = other if truthy(value) else value
        return value

    def _equal(self) -> Any:
        value = self._one()
        for token, meant in (("==", True), ("!=", False)):
            if self._take(token):
                return _same(value, self._one()) is meant
        return value

    def _one(self) -> Any:
        if self._take("!"):
            return not truthy(self._one())
        if self._take("("):
            value = self._either()
            self._need(")")
            return value
        token = self._tokens.pop(0)
        if token.startswith("'"):
            return token[1:-1].replace("''", "'")
        return self._call(token) if self._take("(") else self._look_up(token)

    def _need(self, token: str) -> None:
        if not self._take(token):
            raise Unsupported(f"expected {token} before {self._tokens}")

    def _call(self, name: str) -> Any:
        if name not in self._functions:
            raise Unsupported(f"function {name}")
        arguments = []
        while not self._take(")"):
            arguments.append(self._either())
        return self._functions[name](*arguments)

    def _look_up(self, path: str) -> Any:
        first, *names = path.split(".")
        if first not in self._contexts:
            raise Unsupported(f"context {first}")
        value = self._contexts[first]
        for name in names:
            value = value.get(name) if isinstance(value, Mapping) else None
        return value


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise Unsupported(f"{text[at:]!r} in {text!r}")
        found.append(match.group().strip())
        at = match.end()
    return found


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left.lower() == right.lower()
    if left is None and isinstance(right, str):
        return right == ""  # null and the empty text are both the number 0
    if type(left) is not type(right):
        raise Unsupported(f"{left!r} compared with {right!r}")
    return bool(left == right)


def truthy(value: Any) -> bool:
    return value not in (None, False, "", 0)


def evaluate(text: str, contexts: Contexts, *, failed: bool = False) -> Any:
    """The value of an expression."""
    return _Reader(text, contexts, failed).whole()


def condition(text: str | None, contexts: Contexts, *, failed: bool) -> bool:
    """Whether a step with this `if` runs; without a status function it does so only while nothing has failed."""
    words = "success()" if text is None else _TEMPLATE.sub(r"\1", text)
    if not re.search(r"\b(always|success|failure|cancelled)\(", words):
        words = f"success() && ({words})"
    return truthy(evaluate(words, contexts, failed=failed))


def fill(text: str, contexts: Contexts) -> str:
    """A text with its expressions replaced by their values."""

    def value(match: re.Match[str]) -> str:
        found = evaluate(match.group(1), contexts)
        if found is None:
            return ""
        if not isinstance(found, str):
            raise Unsupported(f"{match.group()} is no text: {found!r}")
        return found

    return _TEMPLATE.sub(value, text)
