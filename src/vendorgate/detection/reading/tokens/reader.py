"""The parser's loop: each token to its handler, and what was read as `Code`.

In: a text, a `Grammar`, and the handlers of words that a language has for itself. Out: `Code`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...code import Code, Function
from .closing import end_frame
from .declarations import less
from .grammar import Grammar
from .lexing import tokens
from .opening import open_brace, open_round, open_square
from .operands import OPERANDS
from .signs import SIGNS, Handler, arrow, member, operator
from .state import State
from .words import ROLES, unless_member

_OPENING: Mapping[str, Handler] = {"(": open_round, "[": open_square, "{": open_brace}


class TokenReader:
    """Reads one language."""

    def __init__(
        self,
        grammar: Grammar,
        special: Mapping[str, Handler] | None = None,
        begins: Callable[[str], int] = lambda _: 0,
        after: Callable[[State], None] = lambda _: None,
    ) -> None:
        self.grammar = grammar
        self.begins = begins
        """Where in a text the language begins; below 0 if nowhere."""
        self.after = after
        own = special or {}
        name = own.get("name", OPERANDS["name"])
        words = {word: own.get(word, ROLES[role]) for word, role in grammar.words.items()}
        self.handlers: dict[str, Handler] = {
            **SIGNS,
            **OPERANDS,
            "<": less,
            **_OPENING,
            "=>": arrow,
            "->": arrow,
            **dict.fromkeys(grammar.steps, member),
            **own,
            **{word: unless_member(handler, name) for word, handler in words.items()},
        }

    def read(self, text: str) -> Code:
        """What a file says. What is not understood is passed over."""
        start = self.begins(text)
        state = State(text, self.grammar, tokens(text, self.grammar.lexicon, start) if start >= 0 else [])
        self.parse(state)
        self.after(state)
        return _code(state)

    def parse(self, state: State) -> None:
        found, get, count = state.tokens, self.handlers.get, len(state.tokens)
        while state.index < count:
            kind, value, start = found[state.index]
            state.index += 1
            get(kind, operator)(state, value, start)
        while state.stack:
            end_frame(state)
        SIGNS[";"](state, ";", len(state.text))


def _code(state: State) -> Code:
    by_start = sorted(state.calls, key=lambda entry: entry[0])
    return Code(
        language=state.grammar.language,
        imports=tuple(state.imports),
        assignments=tuple(made for _, made in sorted(state.assignments, key=lambda entry: entry[0])),
        calls=tuple(call for _, call in by_start),
        literals=state.written(),
        functions=tuple(
            Function(one.name, tuple(one.parameters), tuple(one.returns), state.place(one.start))
            for one in state.functions
        ),
        environment=tuple((name, state.place(start)) for start, name in sorted(state.environment)),
        exact=False,
    )
