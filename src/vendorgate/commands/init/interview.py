"""From options and answers to a draft: each is held against what judges before it is taken.

In: what the options say, what it is held against, whom to ask. Out: a draft in which nothing is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import msgspec

from ...errors import Problem, UsageError
from .asking import say
from .draft import Draft, Question, Refused, named_setting, setting_of, value_of
from .holding import Held, Holding, implied, misplaced
from .questions import AGREEMENTS, EVERY, is_asked, wording
from .wanted import meant_setting, wanted_words

Ask = Callable[[str, str | None, Callable[[str], str | None]], str]
"""Asks a question, with what an empty answer stands for, until the answer is not refused."""
_SETTING: Final = "--setting"


class Given(msgspec.Struct, frozen=True):
    """What the command line says."""

    answers: Mapping[str, str]
    """By field; several words with commas."""
    settings: tuple[str, ...] = ()
    """NAME=VALUE."""
    usual: Mapping[str, str] = {}
    """By field: what is meant where nobody says."""
    taken: frozenset[str] = frozenset()
    """Ids of usages that the manifest has."""
    known: frozenset[str] = frozenset()
    """Fields that the manifest says already."""
    offered: Mapping[str, str] = {}
    """By field: what an empty answer stands for where somebody is asked, as long as it is about the offering that is
    offered."""


class Interview:
    """Goes through the questions once; what is wrong with options is collected, what with answers is asked again."""

    def __init__(self, holding: Holding, given: Given, ask: Ask | None, *, quiet: bool = False) -> None:
        self.draft = Draft()
        self._quiet = quiet
        self._holding = holding
        self._given = given
        self._ask = ask
        self._wrong: list[Problem] = []

    def run(self) -> Draft:
        """The draft. Nobody is asked anything while something is wrong with an option.

        Raises:
            UsageError: something is wrong with options, all of which is said.
        """
        if self._ask is not None:
            Interview(self._holding, self._given, None, quiet=True).run()
        for question in EVERY:
            if question.field in self._given.known:
                continue
            if question is AGREEMENTS:
                self._settings()
            self._answer(question)
        if self._wrong:
            raise UsageError(self._wrong)
        return self.draft

    def _answer(self, question: Question) -> None:
        said, usual = self._given.answers.get(question.field), self._given.usual.get(question.field, question.usual)
        if said is not None:
            self._take(question.option, said, lambda text: self._with(question, text))
        elif self._ask is not None and is_asked(question, self.draft, self._holding):
            words = wording(question, self.draft, self._holding)
            optional = question.usual == ""
            default = self._offered(question) or usual
            self._asked(words, default, lambda text: self._with(question, text), optional=optional)
        elif usual and question.field in self._given.usual:
            self._take(question.option, usual, lambda text: self._with(question, text))

    def _offered(self, question: Question) -> str | None:
        """What is offered as an answer."""
        meant = self.draft.usage.get("offering")
        is_about_another = meant is not None and meant != self._given.offered.get("offering")
        return None if is_about_another else self._given.offered.get(question.field)

    def _settings(self) -> None:
        named: set[str] = set()
        for text in self._given.settings:
            self._take(_SETTING, text, self._with_named)
            named.add(text.partition("=")[0].strip())
        offering = self._holding.offering(self.draft)
        if self._ask is None or offering is None:
            return
        asked = sorted(offering.settings_read - named)
        told = self._holding.told(self.draft, asked)
        for name in asked:
            if name in told:
                if not self._quiet:
                    say(told[name])
                continue
            wanted = wanted_words(offering, name)
            words = f"Setting `{name}` of the account{f' (what counts: {wanted})' if wanted else ''}"
            self._asked(words, "", partial(self._with_setting, name), optional=True)

    def _take(self, option: str, text: str, having: Callable[[str], Draft]) -> None:
        """Take what an option says, or note what is wrong with it."""
        advice = self._refused(text, having)
        if advice is None:
            self._accept(having(text))
        else:
            self._wrong.append(Problem(f"{option}: {advice}", help="correct it"))

    def _asked(self, words: str, usual: str | None, having: Callable[[str], Draft], *, optional: bool) -> None:
        """Ask until the answer can be taken; where none is needed, an empty one leaves the field undeclared."""
        assert self._ask is not None

        def refuse(text: str) -> str | None:
            return None if optional and not text else self._refused(text, having)

        answer = self._ask(words, usual, refuse)
        if answer:
            self._accept(having(answer))

    def _accept(self, draft: Draft) -> None:
        before = set(implied(self._holding.held(self.draft)))
        self.draft = draft
        for words in implied(self._holding.held(draft)):
            if words not in before and not self._quiet:
                say(words)

    def _refused(self, text: str, having: Callable[[str], Draft]) -> str | None:
        """Why an answer cannot be taken; None where it can."""
        try:
            draft = having(text)
        except Refused as refused:
            return str(refused)
        held = self._holding.held(draft)
        return held.advice or self._misplaced(held, draft)

    def _misplaced(self, held: Held, draft: Draft) -> str | None:
        return misplaced(held, self._holding.clouds(self._holding.offering(draft)))

    def _with(self, question: Question, text: str) -> Draft:
        if question.field == "id" and text in self._given.taken:
            raise Refused(f"the manifest has a usage `{text}`; give this one another name")
        return self.draft.having(question.field, value_of(text, question.kind))

    def _with_named(self, text: str) -> Draft:
        name, value = named_setting(text)
        offering = self._holding.offering(self.draft)
        meant = None if offering is None else meant_setting(offering, name)
        if meant is not None:
            raise Refused(f"nothing reads a setting `{name}` of this offering; did you mean `{meant}`?")
        return self.draft.setting(name, value)

    def _with_setting(self, name: str, text: str) -> Draft:
        return self.draft.setting(name, setting_of(text))
