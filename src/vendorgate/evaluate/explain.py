"""Why a rule came out as it did: the tree of reasons, built only where somebody will read it.

In: a rule and a case. Out: reasons. `full` keeps what passes too.
It asks the same evaluators that decided, so that an explanation cannot disagree with its verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, cast

import msgspec
from msgspec import UnsetType

from ..logic import WITHHELD, Json, Node, Operation, Unknown, Value, truth_of
from ..logic.kleene import CHOICES, NEGATIONS
from ..logic.wording import value_words
from ..model.asking import OBSERVED, SIGNS
from ..model.result import Reason, ReasonKind, Remedy
from ..model.vocabulary import Decision, Dimension
from ..source import Location
from .alike import told_once
from .case import Case, decision
from .coverage import absent_value, coverage_reasons, documentation_reasons
from .listings import listing_words
from .steps import contradicted
from .texts import RuleTexts, is_register, texts_of, without_days, word_of
from .unlisted import hidden


class Explainer(msgspec.Struct, frozen=True):
    """Explains rules of one case."""

    case: Case
    full: bool
    """Whether to keep what passes."""

    def requirement(self, tree: Node, locate: Callable[[], Location]) -> tuple[Reason, ...]:
        """The reasons of a whole requirement or condition that does not pass, or of any where all is told.

        A lone `covered` carries its steps without a wrapper.
        """
        if isinstance(tree, Operation) and tree.name in ("covered", "documented"):
            value = self.case.program.evaluator(tree)(None, self.case)
            return self.steps(tree) or (self.coverage(tree, value, decision(value)),)
        return told_once(self.case, tree, locate, (self.full,), lambda: self.reasons(tree, True, locate))

    def reasons(self, node: Node, wanted: bool, locate: Callable[[], Location]) -> tuple[Reason, ...]:
        """Why a rule is, or is not, of the truth that is wanted of it."""
        value = self.case.program.evaluator(node)(None, self.case)
        outcome = decision(value, wanted)
        if outcome == "pass" and not self.full:
            return ()
        if not isinstance(node, Operation):
            said = texts_of(self.case.program.texts, node)
            return (Reason("expression", outcome, f"{said.words} stands here", locate=locate, about=(said.rule,)),)
        way = _WAYS.get(node.name)
        if way is not None:
            return way(self, node, value, outcome, wanted, locate)
        return self.leaf(node, value, outcome, wanted, locate)

    def joined(
        self, node: Operation, value: Value, outcome: Decision, wanted: bool, locate: Callable[[], Location]
    ) -> tuple[Reason, ...]:
        found = self.several(node.arguments, wanted, locate)
        return _alternatives(found) if wanted == (node.name == "or") else found

    def negated(
        self, node: Operation, value: Value, outcome: Decision, wanted: bool, locate: Callable[[], Location]
    ) -> tuple[Reason, ...]:
        return self.reasons(node.arguments[0], not wanted, locate)

    def sign(
        self, node: Operation, value: Value, outcome: Decision, wanted: bool, locate: Callable[[], Location]
    ) -> tuple[Reason, ...]:
        if node.name in ("covered", "documented"):
            return (self.coverage(node, value, outcome),)
        if node.name == "agreement":
            from .agreement_reasons import agreement_reason

            return (agreement_reason(self.case, word_of(node), outcome),)
        from .observations import observed_reason  # few policies ask for it

        return (observed_reason(self.case, word_of(node), outcome, locate),)

    def several(self, nodes: tuple[Node, ...], wanted: bool, locate: Callable[[], Location]) -> tuple[Reason, ...]:
        """The reasons of several rules, each said once."""
        found = [reason for node in nodes for reason in self.reasons(node, wanted, locate)]
        if len(found) < 2:
            return tuple(found)
        said: dict[tuple[object, ...], list[Reason]] = {}
        for reason in found:
            alike = said.setdefault((reason.kind, reason.outcome, reason.message, reason.dimension), [])
            if all(one.about != reason.about for one in alike):  # long rules are cut in messages
                alike.append(reason)
        return tuple(reason for alike in said.values() for reason in alike)

    def choice(
        self, node: Operation, value: Value, outcome: Decision, wanted: bool, locate: Callable[[], Location]
    ) -> tuple[Reason, ...]:
        """The branch that was taken, and before it every condition that is unknown with its own branch."""
        arguments = node.arguments
        told: list[Node] = []
        for index in range(0, len(arguments) - 1, 2):
            truth = truth_of(self.case.program.evaluator(arguments[index])(None, self.case))
            if truth is True:
                return self.several((*told, arguments[index + 1]), wanted, locate)
            if truth is None:
                told.extend(arguments[index : index + 2])
        if len(arguments) % 2:
            told.append(arguments[-1])
        if told:
            return self.several(tuple(told), wanted, locate)
        said = texts_of(self.case.program.texts, node)
        message = f"{said.words} has no branch that holds"
        return (Reason("expression", decision(None, wanted), message, locate=locate, about=(said.rule,)),)

    def coverage(self, node: Operation, value: Value, outcome: Decision) -> Reason:
        message = texts_of(self.case.program.texts, node).state(decision(value))
        dimension = cast(Dimension, word_of(node))
        return Reason("expression", outcome, message, dimension, self.steps(node), about=(node.name,))

    def steps(self, node: Operation) -> tuple[Reason, ...]:
        """The steps of a `covered` or `documented`, worked out once for all rules that ask for it."""
        dimension = cast(Dimension, word_of(node))
        asked = (node.name, dimension, self.full)
        steps = self.case.explained.get(asked)
        if steps is None:
            explain = coverage_reasons if node.name == "covered" else documentation_reasons
            steps = self.case.explained[asked] = explain(self.case, dimension, self.full, self.nested)
        return steps

    def nested(self, tree: Node, locate: Callable[[], Location]) -> tuple[Reason, ...]:
        """The reasons of a registry condition."""
        return self.requirement(tree, locate)

    def leaf(
        self, node: Operation, value: Value, outcome: Decision, wanted: bool, locate: Callable[[], Location]
    ) -> tuple[Reason, ...]:
        """A comparison or the like: every unknown that it reads, else the values that decided it."""
        said = texts_of(self.case.program.texts, node)
        read = {path: self.read(path) for path in said.paths}
        if outcome == "unknown":
            absent = [path for path, stated in read.items() if isinstance(stated, Unknown)]
            found = [reason for path in absent for reason in self.absences(path, locate)]
            found += [reason for part in said.signs for reason in self.reasons(part, True, locate)]
            if found:
                return tuple(found)
            message = f"{said.words}: cannot be decided"
            return (Reason("expression", outcome, message, locate=locate, about=_stated(said, read)),)
        values = "; ".join([self.said(path, stated) for path, stated in read.items()])
        holds = "holds" if truth_of(value) else "does not hold"
        message = f"{said.words}: {holds} ({values})" if values else f"{said.words}: {holds}"
        remedy = self.at_vendor(node, wanted, said.paths) if outcome == "fail" else None
        return (Reason("expression", outcome, message, remedy=remedy, locate=locate, about=_stated(said, read)),)

    def at_vendor(self, node: Node, wanted: bool, paths: tuple[str, ...]) -> Remedy | None:
        """What to do where what decided was observed."""
        if not self.case.observed:
            return None
        from .account_remedies import remedy_of_rule  # few bundles observe anything

        return remedy_of_rule(self.case, node, wanted, paths)

    def read(self, path: str) -> Value:
        return self.case.program.reader(path)(None, self.case)

    def said(self, path: str, value: Value) -> str:
        """What a path reads: of a name in a listing whether it is listed."""
        offering = self.case.subject.offering.written
        return listing_words(path, value, offering) or f"{path} is {_shown(path, value)}{self.how(path)}"

    def how(self, path: str) -> str:
        """Of a value that was observed when it was, and what the manifest claims in its place."""
        found = self.case.observed.get(path)
        if found is None:
            return ""
        from ..declarations.observing import contrary_claim  # few bundles observe anything

        claim = contrary_claim(self.case.subject, path, found.value, self.case.region_groups)
        beside = "" if isinstance(claim, UnsetType) else f", and claimed to be {value_words(claim)}"
        return f", {found.observation.words}{beside}"

    def absences(self, path: str, locate: Callable[[], Location]) -> tuple[Reason, ...]:
        """Why a path has no value: it is contradicted, or nothing is stated."""
        if self.case.stated.get(path, self.case.undeclared_setting) is WITHHELD and path.startswith("usage.settings."):
            from .observations import unobserved  # few bundles observe anything

            return (msgspec.structs.replace(unobserved(self.case, path), locate=locate),)
        found = contradicted(self.case, path)
        placed = tuple(msgspec.structs.replace(reason, locate=locate) for reason in found)
        return placed or (self.absence(path, locate),)

    def absence(self, path: str, locate: Callable[[], Location]) -> Reason:
        root, *steps = path.split(".")
        if root == "registry":
            return absent_value(self.case, path)
        unlisted = hidden(self.case, path)
        if unlisted is not None:
            return msgspec.structs.replace(unlisted, locate=locate)
        kind: ReasonKind = "agreement" if root == "agreements" else "declaration"
        if kind == "agreement":
            from .agreement_reasons import agreement_states

            about = (path, *agreement_states(self.case, steps[0]))
            field = ".".join(steps[1:])
            message = f"no agreement `{steps[0]}` in force states {field}"
            if field == "all":
                message = f"agreement `{steps[0]}` is claimed, and nothing is known of what is claimed"
            stated = self.case.agreement(steps[0]) is not None
            remedy = Remedy("do", f"have the register say `{field}` of `{steps[0]}`") if stated else None
            return Reason(kind, "unknown", message, remedy=remedy, locate=locate, about=about)
        if root == "offering":
            return Reason(kind, "unknown", f"the registry does not state {path}", locate=locate, about=(path,))
        if path == "project.bound":
            return Reason(kind, "unknown", _NOT_BOUND, remedy=_BIND, locate=locate, about=(path,))
        name = ".".join(steps)
        remedy = Remedy("declare", "owner" if root == "project" else name)
        return Reason(kind, "unknown", f"`{name}` is not declared", remedy=remedy, locate=locate, about=(path,))


_Way = Callable[
    [Explainer, Operation, Value, Decision, bool, Callable[[], Location]],
    tuple[Reason, ...],
]
_WAYS: Final[dict[str, _Way]] = {
    **dict.fromkeys(("and", "or", "!!"), Explainer.joined),
    **dict.fromkeys(NEGATIONS, Explainer.negated),
    **dict.fromkeys(CHOICES, Explainer.choice),
    **dict.fromkeys((*SIGNS, OBSERVED), Explainer.sign),
}
"""How operators are explained that are no comparison or the like."""
_NOT_BOUND: Final = "whether the project's name is bound is not known: the bundle binds none"
_BIND: Final = Remedy("do", "have `projects` of bundle.yaml say whose names count")


def _stated(said: RuleTexts, read: Mapping[str, Value]) -> tuple[Json, ...]:
    """A rule, and each value that it reads, apart from days."""
    found: list[Json] = [said.rule]
    for path in said.timeless:
        value = read[path]
        found.append([path] if isinstance(value, Unknown) else [path, without_days(path, value)])
    return tuple(found)


def _shown(path: str, value: Value) -> str:
    if is_register(path) and isinstance(value, list):
        return f"{len(value) or 'none'} in force"
    return "unknown" if isinstance(value, Unknown) else value_words(value)


def _alternatives(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Reasons of which one is enough, where there are several."""
    if len(reasons) < 2:
        return reasons
    return tuple(msgspec.structs.replace(reason, either=True) for reason in reasons)
