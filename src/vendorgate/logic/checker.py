"""A rule is checked when it is loaded, so that a typo can never switch it off.

In: a tree and a dialect. Out: the same tree with aliases replaced by the words they stand for, and every
mistake in it with its place and the nearest valid name.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import msgspec

from .nearest import suggestion
from .tree import Literal, Node, Operation, Place, Sequence, children
from .types import (
    ANY,
    BOOLEAN,
    NUMBER,
    TEXT,
    Date,
    Dialect,
    Parameter,
    RuleProblem,
    Type,
    UnknownPath,
    Vocabulary,
    Word,
)

LARGEST: Final = 2_000
"""Nodes of one rule."""
DEEPEST: Final = 64
"""Levels of one rule."""


def check(tree: Node, dialect: Dialect) -> tuple[Node, list[RuleProblem]]:
    """The rule as it will be evaluated, and its mistakes; it must not be evaluated if there are any."""
    problem = _measure(tree)
    if problem is not None:
        return tree, [problem]
    checker = _Checker(dialect, [])
    checked, _ = checker.node(tree, None, truth=True)
    return checked, checker.problems


def _measure(tree: Node) -> RuleProblem | None:
    size, level = 0, [tree]
    for _ in range(DEEPEST):
        size += len(level)
        level = [child for node in level for child in children(node)]
        if size > LARGEST:
            return RuleProblem(tree.place, f"an expression of more than {LARGEST:,} nodes", "split the policy")
        if not level:
            return None
    return RuleProblem(tree.place, f"an expression nested more than {DEEPEST} deep", "split the policy")


class _Checker(msgspec.Struct, frozen=True):
    dialect: Dialect
    problems: list[RuleProblem]

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
            self.report(node, f"{_shown(node.value)} stands where a condition is expected", _CONDITION)
        return node, _type_of(node.value)

    def sequence(self, node: Sequence, element: Type | None, truth: bool) -> tuple[Node, Type]:
        if truth:
            self.report(node, "a list stands where a condition is expected", "join conditions with `and` or `or`")
        checked = [self.node(item, element) for item in node.items]
        element_type = _common(kind for _, kind in checked)
        return Sequence(tuple(item for item, _ in checked), node.place), Type("list", element=element_type)

    def operation(self, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
        if not self.allowed(node):
            return node, ANY
        signature = self.dialect.signatures.get(node.name)
        if signature is not None:
            pairs = [
                self.parameter(node, a, p, element) for a, p in zip(node.arguments, signature.parameters, strict=True)
            ]
            return _with(node, pairs), signature.result
        rule = _RULES.get(node.name, _plain)
        return rule(self, node, element, truth)

    def allowed(self, node: Operation) -> bool:
        """Whether the operator exists, may stand here and has as many arguments as it takes."""
        arity = self.dialect.arities.get(node.name)
        if arity is None:
            self.report(
                node, f"unknown operator `{node.name}`", suggestion(node.name, self.dialect.arities), at_key=True
            )
            return False
        if node.name in self.dialect.refused:
            self.report(node, f"`{node.name}` cannot stand here", self.dialect.refused[node.name], at_key=True)
            return False
        count = len(node.arguments)
        least, most = arity
        if count < least or (most is not None and count > most):
            expected = _expected(least, most)
            self.report(
                node,
                f"`{node.name}` has {count} argument{'' if count == 1 else 's'}",
                f"give it {expected}",
                at_key=True,
            )
            return False
        return True

    def parameter(self, parent: Operation, node: Node, parameter: Parameter, element: Type | None) -> tuple[Node, Type]:
        if isinstance(parameter, Word):
            if isinstance(node, Literal) and isinstance(node.value, str):
                return self.conform(node, parameter.vocabulary), TEXT
            name = parameter.vocabulary.name
            self.report(node, f"`{parent.name}` needs {name} written out", suggestion("", parameter.vocabulary.words))
            return node, ANY
        checked, kind = self.node(node, element)
        if kind.kind in ("list", "record"):
            self.report(
                node, f"`{parent.name}` takes one value, and this is a list", "use `some` or `all` over the list"
            )
        if isinstance(parameter, Date):
            self.date(parent, checked)
        elif parameter.vocabulary is not None:
            checked = self.conform(checked, parameter.vocabulary)
        return checked, kind

    def date(self, parent: Operation, node: Node) -> None:
        if isinstance(node, Literal) and not is_date(node.value):
            self.report(node, f"`{parent.name}` of {_shown(node.value)}", "write a day as YYYY-MM-DD")

    def conform(self, node: Node, vocabulary: Vocabulary) -> Node:
        """Check every word written out in a value that is held against a vocabulary."""
        if isinstance(node, Sequence):
            return Sequence(tuple(self.conform(item, vocabulary) for item in node.items), node.place)
        if isinstance(node, Operation):
            if node.name not in ("merge", "if", "?:", "or", "and", "filter"):
                return node
            kept = self.branches(node, vocabulary)
            return Operation(node.name, kept, node.place)
        if node.value is None or isinstance(node.value, dict):
            return node
        word = vocabulary.aliases.get(node.value, node.value) if isinstance(node.value, str) else node.value
        if word in vocabulary.words:
            return Literal(word, node.place)
        self.report(
            node, f"{_shown(node.value)} is not {vocabulary.name}", suggestion(str(node.value), vocabulary.words)
        )
        return node

    def branches(self, node: Operation, vocabulary: Vocabulary) -> tuple[Node, ...]:
        """The arguments of an operation that passes some of them on, those checked that it passes on."""
        count = len(node.arguments)
        if node.name in ("if", "?:"):
            passed = [index % 2 == 1 or index == count - 1 for index in range(count)]
        else:
            passed = [node.name != "filter" or index == 0 for index in range(count)]
        return tuple(
            self.conform(argument, vocabulary) if on else argument
            for argument, on in zip(node.arguments, passed, strict=True)
        )

    def read(self, node: Node, path: Any, element: Type | None) -> Type:
        """The type of what a path reads."""
        if element is not None:
            return self.read_element(node, path, element)
        if not isinstance(path, str) or path == "":
            self.report(node, f"{_shown(path)} is not a path", f"name a path under {_listed(self.dialect.roots)}")
            return ANY
        try:
            return self.dialect.path(path)
        except UnknownPath as error:
            self.report(node, f"unknown path `{path}`", str(error))
            return ANY

    def read_element(self, node: Node, path: Any, element: Type) -> Type:
        if path == "" or path is None:
            return element
        if not isinstance(path, str):
            self.report(node, f"{_shown(path)} is not a path", 'name a field of the element, or "" for the element')
            return ANY
        root = path.partition(".")[0]
        if root in element.fields:
            return element.fields[root] if root == path else ANY
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


def is_date(value: Any) -> bool:
    """Whether a value is a day as ISO 8601 writes it: YYYY-MM-DD."""
    if not isinstance(value, str) or len(value) != 10:
        return False
    try:
        return datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _type_of(value: Any) -> Type:
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, (int, float)):
        return NUMBER
    if isinstance(value, str):
        return _WRITTEN_TEXT
    return _NOTHING if value is None else ANY


_WRITTEN_TEXT: Final = Type("text", written=True)
_NOTHING: Final = Type("any", written=True)
"""Of null, and of an element of an empty list: it says nothing of the values beside it."""


def _common(kinds: Iterable[Type]) -> Type:
    """The type that all of several values have, ANY where they differ; words beside words join their vocabularies."""
    found = [kind for kind in kinds if kind != _NOTHING]
    if not found:
        return _NOTHING
    names = {kind.kind for kind in found}
    if names == {"text"}:
        return _common_text([kind for kind in found if not kind.written])
    if names == {"list"}:
        return Type("list", element=_common(kind.element or ANY for kind in found))
    return found[0] if all(kind == found[0] for kind in found) else ANY


def _common_text(kinds: list[Type]) -> Type:
    if not kinds:
        return _WRITTEN_TEXT
    vocabularies = [kind.vocabulary for kind in kinds if kind.vocabulary is not None]
    if len(vocabularies) < len(kinds):
        return TEXT
    unique = list({vocabulary.name: vocabulary for vocabulary in vocabularies}.values())
    if len(unique) == 1:
        return Type("text", unique[0])
    words = frozenset[str]().union(*(vocabulary.words for vocabulary in unique))
    aliases = {old: new for vocabulary in unique for old, new in vocabulary.aliases.items()}
    return Type("text", Vocabulary(" or ".join(vocabulary.name for vocabulary in unique), words, aliases))


def _shown(value: Any) -> str:
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


def _with(node: Operation, pairs: list[tuple[Node, Type]]) -> Operation:
    return Operation(node.name, tuple(argument for argument, _ in pairs), node.place)


_Rule = Callable[[_Checker, Operation, "Type | None", bool], "tuple[Node, Type]"]


def _plain(checker: _Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    pairs = [checker.node(argument, element) for argument in node.arguments]
    return _with(node, pairs), _RESULTS.get(node.name, ANY)


def _logical(checker: _Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    """`and`, `or`: values where a value is wanted, conditions where a condition is."""
    pairs = [checker.node(argument, element, truth=truth) for argument in node.arguments]
    return _with(node, pairs), _common(kind for _, kind in pairs)


def _negated(checker: _Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    pairs = [checker.node(argument, element, truth=True) for argument in node.arguments]
    return _with(node, pairs), BOOLEAN


def _choice(checker: _Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    last = len(node.arguments) - 1
    pairs = []
    for index, argument in enumerate(node.arguments):
        condition = index % 2 == 0 and index != last
        pairs.append(checker.node(argument, element, truth=truth or condition))
    return _with(node, pairs), _common(kind for index, (_, kind) in enumerate(pairs) if index % 2 or index == last)


def _comparison(checker: _Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    pairs = [checker.node(argument, element) for argument in node.arguments]
    for argument, kind in pairs:
        if kind.kind == "list":
            checker.report(
                argument,
                f"`{node.name}` compares a list",
                "use `in` for one element, `subset` or `disjoint` for several",
            )
        elif kind.vocabulary is not None and node.name in ("<", "<=", ">", ">="):
            checker.report(
                argument,
                f"`{node.name}` compares words as text, and {kind.vocabulary.name} has no such order",
                "list the words that are meant: {in: [value, [word, word]]}",
            )
    arguments = [argument for argument, _ in pairs]
    for vocabulary in {
        kind.vocabulary.name: kind.vocabulary for _, kind in pairs if kind.vocabulary is not None
    }.values():
        arguments = [checker.conform(argument, vocabulary) for argument in arguments]
    return Operation(node.name, tuple(arguments), node.place), BOOLEAN


def _membership(checker: _Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    (needle, needle_type), (haystack, haystack_type) = (checker.node(argument, element) for argument in node.arguments)
    if needle_type.kind == "list":
        checker.report(needle, "`in` looks for a list", "use `subset` or `disjoint` to compare two lists")
    nothing = isinstance(haystack, Literal) and haystack.value is None
    if nothing or haystack_type.vocabulary is not None or haystack_type.kind in ("number", "boolean"):
        checker.report(haystack, "`in` looks inside one value, not a list", "compare with `==`, or write a list")
    elif haystack_type.kind == "text" and needle_type.vocabulary is not None:
        checker.report(haystack, "`in` looks inside a text", f"list the words: [{_shown_list(haystack)}]")
    elif haystack_type.kind == "list":
        words = haystack_type.element.vocabulary if haystack_type.element is not None else None
        if words is not None:
            needle = checker.conform(needle, words)
        if needle_type.vocabulary is not None:
            haystack = checker.conform(haystack, needle_type.vocabulary)
    return Operation(node.name, (needle, haystack), node.place), BOOLEAN


def _shown_list(node: Node) -> str:
    return str(node.value) if isinstance(node, Literal) else "…"


def _relation(checker: _Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    """`subset`, `disjoint`: two lists."""
    pairs = [checker.node(argument, element) for argument in node.arguments]
    arguments = [argument for argument, _ in pairs]
    for argument, kind in pairs:
        if kind.kind not in ("list", "any"):
            checker.report(argument, f"`{node.name}` takes two lists, and this is one value", "write it as a list: [ ]")
    elements = [kind.element.vocabulary for _, kind in pairs if kind.element is not None]
    for vocabulary in {words.name: words for words in elements if words is not None}.values():
        arguments = [checker.conform(argument, vocabulary) for argument in arguments]
    return Operation(node.name, tuple(arguments), node.place), BOOLEAN


def _variable(checker: _Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    path = node.arguments[0]
    if not isinstance(path, Literal):
        checker.report(path, "a computed path", "write the path out, so that it can be checked")
        return node, ANY
    kind = checker.read(path, path.value, element)
    if len(node.arguments) == 1:
        return node, kind
    root = str(path.value).partition(".")[0]
    if element is None and root in checker.dialect.no_default_under:
        checker.report(
            node.arguments[1], f"a default under `{root}.`", "leave it out: what the registry does not state is unknown"
        )
    default, default_type = checker.node(node.arguments[1], element)
    if kind.vocabulary is not None:
        default = checker.conform(default, kind.vocabulary)
    if kind.kind == "list" and default_type.kind not in ("list", "any"):
        checker.report(
            default, f"a default that is no list for `{path.value}`, which is one", "write it as a list: [ ]"
        )
    return Operation(node.name, (path, default), node.place), kind


def _known(checker: _Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    path = node.arguments[0]
    if isinstance(path, Literal):
        checker.read(path, path.value, element)
    else:
        checker.report(path, "`known` of an expression", "name a path, such as {known: usage.region}")
    return node, BOOLEAN


def _missing(checker: _Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    paths = node.arguments[1:] if node.name == "missing_some" else node.arguments
    if node.name == "missing_some":
        checker.node(node.arguments[0], element)
    for path in paths:
        for item in path.items if isinstance(path, Sequence) else (path,):
            if isinstance(item, Literal):
                checker.read(item, item.value, element)
            else:
                checker.report(item, "a computed path", "write the path out, so that it can be checked")
    return node, Type("list", element=TEXT)


def _iteration(checker: _Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    over, kind = checker.node(node.arguments[0], element)
    if kind.kind not in ("list", "any"):
        checker.report(over, f"`{node.name}` runs over a list, and this is one value", "write it as a list: [ ]")
    inner = kind.element or ANY
    if node.name == "reduce":
        inner = Type("record", fields={"current": inner, "accumulator": ANY})
    quantifier = node.name in ("all", "some", "none", "filter")
    body, body_type = checker.node(node.arguments[1], inner, truth=quantifier)
    rest = [checker.node(argument, element)[0] for argument in node.arguments[2:]]
    result = {"filter": kind, "map": Type("list", element=body_type), "reduce": ANY}.get(node.name, BOOLEAN)
    return Operation(node.name, (over, body, *rest), node.place), result


def _merge(checker: _Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    pairs = [checker.node(argument, element) for argument in node.arguments]
    elements = _common(kind.element or ANY if kind.kind == "list" else kind for _, kind in pairs)
    return _with(node, pairs), Type("list", element=elements)


def _glob(checker: _Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    pairs = [checker.node(argument, element) for argument in node.arguments]
    for argument, kind in pairs:
        if kind.kind not in ("text", "any"):
            checker.report(
                argument,
                f"`{node.name}` takes a text and a glob",
                'run over a list: {some: [list, {matches: [{var: ""}, glob]}]}',
            )
    return _with(node, pairs), BOOLEAN


_RULES: Final[Mapping[str, _Rule]] = {
    **dict.fromkeys(("and", "or"), _logical),
    **dict.fromkeys(("!", "!!", "not"), _negated),
    **dict.fromkeys(("if", "?:"), _choice),
    **dict.fromkeys(("==", "!=", "===", "!==", "<", "<=", ">", ">="), _comparison),
    **dict.fromkeys(("subset", "disjoint"), _relation),
    **dict.fromkeys(("missing", "missing_some"), _missing),
    **dict.fromkeys(("map", "filter", "reduce", "all", "some", "none"), _iteration),
    "in": _membership,
    "var": _variable,
    "known": _known,
    "merge": _merge,
    "matches": _glob,
}
_RESULTS: Final[Mapping[str, Type]] = {
    **dict.fromkeys(("+", "-", "*", "/", "%", "min", "max"), NUMBER),
    **dict.fromkeys(("cat", "substr"), TEXT),
}


def reads(tree: Node) -> tuple[str, ...]:
    """Every path of the outermost data that a checked rule reads, in the order in which it names them."""
    found: dict[str, None] = {}
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Operation) and node.name in ("var", "known", "missing", "missing_some"):
            for item in _paths(node):
                found.setdefault(item)
        waiting.extend(reversed(children(node)))
    return tuple(found)


def _paths(node: Operation) -> list[str]:
    named = node.arguments[:1] if node.name in ("var", "known") else node.arguments
    items = [item for path in named for item in (path.items if isinstance(path, Sequence) else (path,))]
    return [item.value for item in items if isinstance(item, Literal) and isinstance(item.value, str)]


def words_of(tree: Node, *operators: str) -> tuple[str, ...]:
    """The literal first arguments of the named operators, in the order in which the rule names them."""
    found: dict[str, None] = {}
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Operation) and node.name in operators and isinstance(node.arguments[0], Literal):
            found.setdefault(str(node.arguments[0].value))
        waiting.extend(reversed(children(node)))
    return tuple(found)


__all__ = ["Place", "check", "is_date", "reads", "words_of"]
