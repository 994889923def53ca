"""The walk of the checker over a rule: operators, arities, paths and words, each mistake with its place.

In: a dialect, and a table of what the operators demand. Out: nodes with their types, and problems.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final, Union
from typing import Literal as Literals

import msgspec

from .days import is_date
from .functions import is_glob, matches_glob
from .nearest import suggestion
from .passing import handed_on, written_text
from .tree import Literal, Node, Operation, Sequence
from .types import (
    ANY,
    TEXT,
    DayParameter,
    Dialect,
    Parameter,
    PathParameter,
    RuleProblem,
    Type,
    UnknownPath,
    Vocabulary,
    WordParameter,
    common,
    type_of,
)
from .values import Json
from .wording import count

Demand = Callable[["Checker", Operation, Union[Type, None], bool], "tuple[Node, Type]"]
"""Checks an operation: the checker, the operation, what `var` reads inside an iteration, whether only truth counts."""


Fit = Literals["word", "glob", "part"]
"""How a text must fit a vocabulary: be a word, match one as a glob, be a part of one."""
_FITS: Final[Mapping[Fit, Callable[[str, Collection[str]], bool]]] = {
    "word": lambda text, words: text in words,
    "glob": lambda glob, words: any(matches_glob(word, glob) for word in words),
    "part": lambda part, words: any(part in word for word in words),
}


class Checker(msgspec.Struct, frozen=True):
    """Walks a rule; what each operator demands of its arguments is a table of its own."""

    dialect: Dialect
    demands: Mapping[str, Demand]
    """Of every operator that is none of the dialect's own."""
    problems: list[RuleProblem]
    on_trial: bool = False
    """Whether only a type is asked for: what is reported is thrown away."""

    def report(self, node: Node, title: str, help: str, *, at_key: bool = False) -> None:
        self.problems.append(RuleProblem(node.place, title, help, at_key))

    def node(self, node: Node, element: Type | None, *, truth: bool = False) -> tuple[Node, Type]:
        """Check one node; `element` is what `var` reads inside an iteration, `truth` whether only truth counts."""
        if isinstance(node, Operation):
            return self.operation(node, element, truth)
        if isinstance(node, Sequence):
            return self.sequence(node, element, truth)
        if isinstance(node.value, dict):
            self.report(node, f"an object with {len(node.value)} keys", "write one operation, an object with one key")
        elif truth and not isinstance(node.value, bool):
            self.report(node, f"{shown(node.value)} stands where a condition is expected", _CONDITION)
        return node, type_of(node.value)

    def sequence(self, node: Sequence, element: Type | None, truth: bool) -> tuple[Node, Type]:
        if truth:
            self.report(node, "a list stands where a condition is expected", "join conditions with `and` or `or`")
        checked = [self.node(item, element) for item in node.items]
        element_type = common(kind for _, kind in checked)
        return Sequence(tuple(item for item, _ in checked), node.place), Type("list", element=element_type)

    def operation(self, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
        if not self.allowed(node):
            return node, ANY
        signature = self.dialect.signatures.get(node.name)
        if signature is not None:
            pairs = [
                self.parameter(node, a, p, element) for a, p in zip(node.arguments, signature.parameters, strict=True)
            ]
            return rebuilt(node, pairs), signature.result
        return self.demands[node.name](self, node, element, truth)

    def allowed(self, node: Operation) -> bool:
        """Whether the operator exists, may stand here and has as many arguments as it takes."""
        if node.name in self.dialect.refused:
            self.report(node, f"`{node.name}` cannot stand here", self.dialect.refused[node.name], at_key=True)
            return False
        arity = self.dialect.arities.get(node.name)
        if arity is None:
            self.report(
                node, f"unknown operator `{node.name}`", suggestion(node.name, self.dialect.arities), at_key=True
            )
            return False
        given = len(node.arguments)
        least, most = arity
        if given < least or (most is not None and given > most):
            expected = _expected(least, most)
            self.report(
                node,
                f"`{node.name}` has {count(given, 'argument')}",
                f"give it {expected}",
                at_key=True,
            )
            return False
        return True

    def parameter(self, parent: Operation, node: Node, parameter: Parameter, element: Type | None) -> tuple[Node, Type]:
        if isinstance(parameter, WordParameter):
            if isinstance(node, Literal) and isinstance(node.value, str):
                return self.conform(node, parameter.vocabulary), TEXT
            name = parameter.vocabulary.name
            self.report(node, f"`{parent.name}` needs {name} written out", suggestion("", parameter.vocabulary.words))
            return node, ANY
        if isinstance(parameter, PathParameter):
            self.named(parent, node, parameter)
            return node, TEXT
        checked, kind = self.node(node, element)
        if kind.kind in ("list", "record"):
            self.report(
                node, f"`{parent.name}` takes one value, and this is a list", "use `some` or `all` over the list"
            )
        if isinstance(parameter, DayParameter):
            self.date(parent, checked)
        elif parameter.vocabulary is not None:
            checked = self.conform(checked, parameter.vocabulary)
        return checked, kind

    def named(self, parent: Operation, node: Node, parameter: PathParameter) -> None:
        """A path of the outermost data, also inside an iteration."""
        help = f"write one path out, as in {{{parent.name}: {parameter.example}}}"
        if not isinstance(node, Literal):
            what = "a list" if isinstance(node, Sequence) else "an expression"
            self.report(node, f"`{parent.name}` of {what}", help)
        elif not isinstance(node.value, str) or not node.value:
            self.report(node, f"{shown(node.value)} is not a path", help)
        else:
            try:
                parameter.check(node.value)
            except UnknownPath as error:
                self.report(node, f"`{parent.name}` of `{node.value}`", str(error))

    def date(self, parent: Operation, node: Node) -> None:
        if isinstance(node, Literal) and not is_date(node.value):
            self.report(node, f"`{parent.name}` of {shown(node.value)}", "write a day as YYYY-MM-DD")

    def conform(self, node: Node, vocabulary: Vocabulary, fit: Fit = "word") -> Node:
        """Check every text written out in a value that is held against a vocabulary."""
        if isinstance(node, Sequence):
            return Sequence(tuple(self.conform(item, vocabulary, fit) for item in node.items), node.place)
        if isinstance(node, Operation):
            kept = tuple(
                self.conform(argument, vocabulary, fit) if on else argument
                for argument, on in zip(node.arguments, handed_on(node), strict=True)
            )
            text = written_text(node)
            if text is not None:
                self.conform(Literal(text, node.place), vocabulary, fit)
            return Operation(node.name, kept, node.place)
        if node.value is None or isinstance(node.value, dict):
            return node
        if vocabulary.mixed and not isinstance(node.value, str):
            return node
        word = vocabulary.aliases.get(node.value, node.value) if isinstance(node.value, str) else node.value
        if isinstance(word, str) and _FITS[fit](word, vocabulary.words):
            return Literal(word, node.place)
        self.misfit(node, vocabulary, fit)
        return node

    def misfit(self, node: Literal, vocabulary: Vocabulary, fit: Fit) -> None:
        text = str(node.value)
        if fit == "glob" and is_glob(text):
            title = f"{shown(node.value)} fits nothing that is {vocabulary.name}"
        elif fit == "part":
            title = f"{shown(node.value)} is no part of {vocabulary.name}"
        else:
            title = f"{shown(node.value)} is not {vocabulary.name}"
        if fit == "word" and is_glob(text) and _FITS["glob"](text, vocabulary.words):
            help = "it is compared as it stands; a glob is for {matches: [text, glob]}"
        else:
            help = suggestion(text.replace("*", "").replace("?", "") if is_glob(text) else text, vocabulary.words)
        problem = RuleProblem(node.place, title, help)
        if problem not in self.problems:  # a default is held against its own path, too
            self.problems.append(problem)

    def read(self, node: Node, path: Json, element: Type | None) -> Type:
        """The type of what a path reads."""
        if element is not None:
            return self.read_element(node, path, element)
        if not isinstance(path, str) or path == "":
            self.report(node, f"{shown(path)} is not a path", f"name a path under {_listed(self.dialect.roots)}")
            return ANY
        try:
            return self.dialect.path(path)
        except UnknownPath as error:
            self.report(node, f"unknown path `{path}`", str(error))
            return ANY

    def read_element(self, node: Node, path: Json, element: Type) -> Type:
        if path == "" or path is None:
            return element
        if not isinstance(path, str):
            self.report(node, f"{shown(path)} is not a path", 'name a field of the element, or "" for the element')
            return ANY
        root, _, below = path.partition(".")
        if root in element.fields:
            inner = element.fields[root]
            return self.read_element(node, below, inner) if inner.fields or not below else ANY
        if root in self.dialect.roots:
            self.report(
                node,
                f"`{path}` inside an iteration, where `var` reads the element",
                "compare lists with `subset` or `disjoint`, or move the comparison outside",
            )
        elif element.kind != "any":
            self.report(node, f"an element has no field `{path}`", 'read the element itself with {"var": ""}')
        return ANY


_CONDITION: Final = "write an operation such as {covered: hipaa_baa}, or true or false"


def shown(value: Json) -> str:
    if isinstance(value, str):
        return f"`{value}`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return "null" if value is None else f"`{value}`" if isinstance(value, (int, float)) else "an object"


def _listed(words: frozenset[str]) -> str:
    return ", ".join(f"`{word}`" for word in sorted(words))


def _expected(least: int, most: int | None) -> str:
    if most is None:
        return f"at least {least}"
    return f"exactly {least}" if least == most else f"{least} to {most}"


def rebuilt(node: Operation, pairs: list[tuple[Node, Type]]) -> Operation:
    return Operation(node.name, tuple(argument for argument, _ in pairs), node.place)
