"""A script, token by token.

In: its text. Out: `Tokens`. What a slash, a `<` or a `}` means turns on what stands before it: a division or a regular
expression, a comparison or an element, the end of a block or of a part of a template. Linear in the text.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Final

from ..unreadable import Unreadable
from .markup import MARKUP, ends_as_generic, next_of_children, next_of_tag
from .tokens import CHUNK, END, MARK, MEMBER, NAME, NUMBER, OPENING, PATTERN, STRING, TICK, TOKEN, Tokens
from .words import CONTEXTUAL, MEANINGS, kinds

_SPECIALS: Final = frozenset((MARK, TICK))
_PLAIN: Final = {STRING: "string", MEMBER: "member", NUMBER: "number", TICK: "`"}
_ENDS_OPERAND: Final = (CONTEXTUAL - {"of"}) | kinds(
    "name member string number pattern template template) markup) ) ] } this super null true false ++ --"
)
"""After these stands an operator, never an operand."""
_HEADS: Final = frozenset(("if", "while", "for", "with", "await"))
"""What stands before the parentheses of a statement."""
MOST_TOKENS: Final = 250_000
"""How many are read, which takes about a second at worst."""
TOO_MANY: Final = f"more than {MOST_TOKENS} words and marks"
PADDING: Final = 4
"""How many ends follow the last token, so that nobody who looks ahead leaves the list."""


def tokens_of(text: str, *, markup: bool) -> Tokens:
    """The tokens of a script; `markup` says whether `<` may begin an element."""
    return _Lexer(text, markup=markup).run()


class _Lexer:
    """Goes through a text once; `open` holds what is open, the innermost last."""

    def __init__(self, text: str, *, markup: bool) -> None:
        self.text = text
        self.markup = markup
        self.tokens = Tokens([], [], [], {})
        self.open: list[int] = []
        self.counts = dict.fromkeys((")", "]", "}", "markup)", "template)"), 0)
        self.closed = -1
        """What the last closing one closed."""
        self.no_pattern_before = 0
        """No regular expression begins before here: one was looked for, up to the end of this line."""

    def run(self) -> Tokens:
        """All tokens, with `end` after them."""
        at: int | None = 0
        while at is not None:
            at = self._until_special(at)
        end = len(self.tokens.kinds)
        for _ in range(PADDING):
            self._add("end", "", len(self.text))
        self.tokens.partners.update(dict.fromkeys(self.open, end))
        return self.tokens

    def _until_special(self, at: int) -> int | None:
        """Go on to what the expression for tokens alone cannot tell; where to go on after it, None at the end."""
        kinds, words, starts = self.tokens.kinds, self.tokens.words, self.tokens.starts
        for found in islice(TOKEN.finditer(self.text, at), max(0, MOST_TOKENS - len(kinds))):
            which = found.lastindex or END
            word = found[which]
            start = found.start(which)
            if which == NAME:
                kinds.append(MEANINGS.get(word, "name"))
            elif which in _SPECIALS:
                if (special := _SPECIAL.get(word)) is not None:
                    going_on = special(self, word, start)
                    if going_on is not None:
                        return going_on
                    continue
                kinds.append(word)
            elif which == END:
                return None
            else:
                kinds.append(_PLAIN[which])
            words.append(word)
            starts.append(start)
        raise Unreadable(TOO_MANY)

    def _add(self, kind: str, word: str, start: int) -> None:
        self.tokens.kinds.append(kind)
        self.tokens.words.append(word)
        self.tokens.starts.append(start)

    def _opens(self, kind: str, word: str, start: int) -> None:
        self.open.append(len(self.tokens.kinds))
        self.counts[_CLOSER[kind]] += 1
        if len(self.tokens.kinds) > MOST_TOKENS:
            raise Unreadable(TOO_MANY)
        self._add(kind, word, start)

    def _closes(self, kind: str, word: str, start: int) -> str:
        """Close what this closes, with all that is left open within it; the kind of what was opened, or nothing."""
        if not self.counts[kind]:
            return ""
        here = len(self.tokens.kinds)
        while True:
            self.closed = self.open.pop()
            opener = self.tokens.kinds[self.closed]
            self.counts[_CLOSER[opener]] -= 1
            self.tokens.partners[self.closed] = here
            if _CLOSER[opener] == kind:
                self._add(kind, word, start)
                return opener

    def _opening(self, word: str, start: int) -> None:
        self._opens(word, word, start)

    def _closing(self, word: str, start: int) -> int | None:
        opener = self._closes(word, word, start)
        return self._go_on(start + 1) if opener in {"${", "markup{"} else None

    def _go_on(self, at: int) -> int | None:
        """Where scripts go on, after the text of the template or of the element that stands here."""
        while self.open:
            kind = self.tokens.kinds[self.open[-1]]
            if kind == "template(":
                return self._chunk(at)
            if kind not in MARKUP:
                return at
            step = next_of_tag(self.text, at) if kind == "tag(" else next_of_children(self.text, at)
            at = step.at
            if step.kind == "script":
                self._opens("markup{", "{", at - 1)
                return at
            self._markup_step(step.kind, step.word, step.start)
            if step.kind == "no markup":
                return at
        return at

    def _markup_step(self, kind: str, word: str, start: int) -> None:
        if kind == "element":
            self._opens("tag(", word, start)
        elif kind == "children":
            self.tokens.kinds[self.open[-1]] = "markup("
        elif kind == "text":
            self._add("attribute", word, start)
        elif kind == "end":
            self._closes("markup)", word, start)
        else:
            opener = self.open.pop()
            self.counts["markup)"] -= 1
            self.tokens.kinds[opener] = "<"

    def _chunk(self, at: int) -> int | None:
        """The text of a template up to what is put in, or to its end."""
        found = CHUNK.match(self.text, at)
        assert found is not None  # it may be empty
        end = found.end()
        if found[0]:
            self._add("chunk", found[0], at)
        if self.text.startswith("${", end):
            self._opens("${", "${", end)
            return end + 2
        self._closes("template)", "`", end)
        return self._go_on(end + 1)

    def _template(self, word: str, start: int) -> int | None:
        found = CHUNK.match(self.text, start + 1)
        assert found is not None  # it may be empty
        end = found.end()
        if not self.text.startswith("${", end):
            self._add("template", found[0], start)
            return end + 1
        self._opens("template(", word, start)
        return self._chunk(start + 1)

    def _slash(self, word: str, start: int) -> int | None:
        if self._wants_operand() and start >= self.no_pattern_before:
            if (found := PATTERN.match(self.text, start)) is not None:
                self._add("pattern", found[0], start)
                return found.end()
            line_end = self.text.find("\n", start)
            self.no_pattern_before = len(self.text) if line_end < 0 else line_end
        self._add(word, word, start)
        return None

    def _less(self, word: str, start: int) -> int | None:
        if not self.markup or not self._wants_operand() or ends_as_generic(self.text, start):
            self._add(word, word, start)
            return None
        self._opens("tag(", word, start)
        return self._go_on(start + 1)

    def _wants_operand(self) -> bool:
        kinds = self.tokens.kinds
        if not kinds:
            return True
        last = kinds[-1]
        if last == ")":
            return kinds[self.closed - 1] in _HEADS if self.closed > 0 else False
        if last == "}":
            return "\n" in self.text[self.tokens.starts[-1] : self.tokens.starts[-1] + 3]
        if last == "!":
            return len(kinds) < 2 or kinds[-2] not in _ENDS_OPERAND
        return last not in _ENDS_OPERAND


_CLOSER: Final = {
    **OPENING,
    "${": "}",
    "markup{": "}",
    "tag(": "markup)",
    "markup(": "markup)",
    "template(": "template)",
}
_SPECIAL: Final[dict[str, Callable[[_Lexer, str, int], int | None]]] = {
    **dict.fromkeys(OPENING, _Lexer._opening),
    **dict.fromkeys(OPENING.values(), _Lexer._closing),
    "`": _Lexer._template,
    "/": _Lexer._slash,
    "/=": _Lexer._slash,
    "<": _Lexer._less,
}
