"""A rule is checked when it is loaded, so that a typo can never switch it off.

In: a tree and a dialect. Out: the same tree with aliases replaced by the words they stand for, and every
mistake in it with its place and the nearest valid name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import msgspec

from .beside import alike, among, days, fits, numbers, shaped, truths
from .checking import Checker, Demand, rebuilt
from .effort import MOST, effort
from .kleene import CHOICES
from .passing import TEXT_FUNCTIONS, written_text
from .paths import COMPARISONS, ORDERS
from .tree import Literal, Node, Operation, Sequence, children
from .types import ANY, BOOLEAN, NUMBER, TEXT, Dialect, LazyWords, RuleProblem, Type, Vocabulary, common, type_of
from .values import Json

LARGEST: Final = 2_000
"""Nodes of one rule."""
DEEPEST: Final = 64
"""Levels of one rule."""


def check(tree: Node, dialect: Dialect) -> tuple[Node, list[RuleProblem]]:
    """The rule as it will be evaluated, and its mistakes; it must not be evaluated if there are any."""
    problem = _measure(tree)
    if problem is not None:
        return tree, [problem]
    checker = Checker(dialect, {**DEMANDS, **dialect.demands} if dialect.demands else DEMANDS, [])
    checked, _ = checker.node(tree, None, truth=True)
    return checked, checker.problems


def _measure(tree: Node) -> RuleProblem | None:
    size, level = 0, [tree]
    for _ in range(DEEPEST):
        size += len(level)
        level = [child for node in level if type(node) is not Literal for child in children(node)]
        if size > LARGEST:
            return RuleProblem(tree.place, f"an expression of more than {LARGEST:,} nodes", "split the policy")
        if not level:
            return _weigh(tree)
    return RuleProblem(tree.place, f"an expression nested more than {DEEPEST} deep", "split the policy")


def _weigh(tree: Node) -> RuleProblem | None:
    if effort(tree) <= MOST:
        return None
    title = f"an expression that takes more than {MOST:,} steps, because lists are gone through within lists"
    return RuleProblem(tree.place, title, "shorten the lists, or split the policy")


def _arithmetic(checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    pairs = [checker.node(argument, element) for argument in node.arguments]
    numbers(checker, node.name, pairs)
    return rebuilt(node, pairs), NUMBER


def _text(checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    """`cat`, `substr`: of one word and of what is written out they make one of as many texts as there are words."""
    pairs = [checker.node(argument, element) for argument in node.arguments]
    if written_text(node) is not None:
        return rebuilt(node, pairs), type_of("")
    words = [index for index, (_, kind) in enumerate(pairs) if kind.kind == "text" and kind.vocabulary is not None]
    values = [argument.value if isinstance(argument, Literal) else None for argument, _ in pairs]
    vocabulary = pairs[words[0]][1].vocabulary if len(words) == 1 else None
    if vocabulary is None or any(value is None for index, value in enumerate(values) if index != words[0]):
        return rebuilt(node, pairs), TEXT
    made = _made(TEXT_FUNCTIONS[node.name], values, words[0], vocabulary)
    return rebuilt(node, pairs), Type("text", made)


def _made(function: Callable[..., str], values: list[Json], at: int, vocabulary: Vocabulary) -> Vocabulary:
    def words() -> Iterator[str]:
        return (function(*values[:at], word, *values[at + 1 :]) for word in vocabulary.words)

    return Vocabulary(f"made of {vocabulary.name} so", LazyWords(words), in_parts=True)


def _same(checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    """`log` gives its argument back."""
    pairs = [checker.node(argument, element) for argument in node.arguments]
    return rebuilt(node, pairs), pairs[0][1]


def _logical(checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    """`and`, `or`: values where a value is wanted, conditions where a condition is."""
    pairs = [checker.node(argument, element, truth=truth) for argument in node.arguments]
    return rebuilt(node, pairs), common(kind for _, kind in pairs)


def _negated(checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    pairs = [checker.node(argument, element, truth=True) for argument in node.arguments]
    return rebuilt(node, pairs), BOOLEAN


def _choice(checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    last = len(node.arguments) - 1
    pairs = []
    for index, argument in enumerate(node.arguments):
        condition = index % 2 == 0 and index != last
        pairs.append(checker.node(argument, element, truth=truth or condition))
    return rebuilt(node, pairs), common(kind for index, (_, kind) in enumerate(pairs) if index % 2 or index == last)


def _comparison(checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    pairs = [checker.node(argument, element) for argument in node.arguments]
    for argument, kind in pairs:
        if kind.kind == "list":
            checker.report(
                argument,
                f"`{node.name}` compares a list",
                "use `in` for one element, `subset` or `disjoint` for several",
            )
        elif kind.vocabulary is not None and node.name in ORDERS:
            checker.report(
                argument,
                f"`{node.name}` compares words as text, and {kind.vocabulary.name} has no such order",
                "list the words that are meant: {in: [value, [word, word]]}",
            )
    arguments = [argument for argument, _ in pairs]
    if any(kind.day for _, kind in pairs):
        days(checker, arguments, node.name in ORDERS)
    if any(kind.kind == "boolean" and not isinstance(argument, Literal) for argument, kind in pairs):
        truths(checker, arguments)
    alike(checker, pairs)
    shaped(checker, pairs)
    for vocabulary in {
        kind.vocabulary.name: kind.vocabulary for _, kind in pairs if kind.vocabulary is not None
    }.values():
        arguments = [checker.conform(argument, vocabulary) for argument in arguments]
    return Operation(node.name, tuple(arguments), node.place), BOOLEAN


def _membership(checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    (needle, needle_type), (haystack, haystack_type) = (checker.node(argument, element) for argument in node.arguments)
    if needle_type.kind == "list":
        checker.report(needle, "`in` looks for a list", "use `subset` or `disjoint` to compare two lists")
    nothing = isinstance(haystack, Literal) and haystack.value is None
    inside = haystack_type.vocabulary
    if inside is not None and inside.in_parts and needle_type.vocabulary is None:
        needle = checker.conform(needle, inside, "part")
    elif haystack_type.shape is not None and needle_type.vocabulary is None:
        fits(checker, [needle], haystack_type.shape, haystack_type.shape.is_part)
    elif nothing or inside is not None or haystack_type.kind in ("number", "boolean"):
        checker.report(haystack, "`in` looks inside one value, not a list", "compare with `==`, or write a list")
    elif haystack_type.kind == "text" and needle_type.vocabulary is not None:
        checker.report(haystack, "`in` looks inside a text", f"list the words: [{_shown_list(haystack)}]")
    elif haystack_type.kind == "list":
        words = haystack_type.element.vocabulary if haystack_type.element is not None else None
        if words is not None:
            needle = checker.conform(needle, words)
        if needle_type.vocabulary is not None:
            haystack = checker.conform(haystack, needle_type.vocabulary)
        among(checker, needle, needle_type, haystack)
    return Operation(node.name, (needle, haystack), node.place), BOOLEAN


def _shown_list(node: Node) -> str:
    return str(node.value) if isinstance(node, Literal) else "…"


def _relation(checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
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


def _variable(checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    path = node.arguments[0]
    if not isinstance(path, Literal):
        checker.report(path, "a computed path", "write the path out, so that it can be checked")
        return node, ANY
    kind = checker.read(path, path.value, element)
    if len(node.arguments) == 1:
        if truth and kind.holds:
            title = f"`{path.value}` stands where a condition is expected, and holds whatever it says"
            checker.report(path, title, "compare it with what it must say, or ask {known: path} whether it is stated")
        return node, kind
    root = str(path.value).partition(".")[0]
    if element is None and root in checker.dialect.no_default_under:
        checker.report(
            node.arguments[1], f"a default under `{root}.`", "leave it out: what the registry does not state is unknown"
        )
    default, default_type = checker.node(node.arguments[1], element)
    words = kind.vocabulary or (kind.element.vocabulary if kind.element is not None else None)
    if words is not None:
        default = checker.conform(default, words)
    if kind.kind == "list" and default_type.kind not in ("list", "any"):
        checker.report(
            default, f"a default that is no list for `{path.value}`, which is one", "write it as a list: [ ]"
        )
    return Operation(node.name, (path, default), node.place), _with_default(kind, default_type)


def _with_default(kind: Type, default: Type) -> Type:
    """The words of a path, and those of a path that stands in for it."""
    if kind.day and not default.day:
        return TEXT  # such as `never`, in place of the day on which an agreement ends
    if kind.shape is not None:
        return TEXT  # what stands in for it need not look so
    joined = common((kind, default))
    return joined if joined.vocabulary is not None or joined.element is not None else kind


def _known(checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    path = node.arguments[0]
    if isinstance(path, Literal):
        checker.read(path, path.value, element)
    else:
        checker.report(path, "`known` of an expression", "name a path, such as {known: usage.region}")
    return node, BOOLEAN


def _missing(checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
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


def _iteration(checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    over, kind = _list(checker, node, element)
    body, body_type = checker.node(node.arguments[1], kind.element or ANY, truth=node.name != "map")
    result = {"filter": kind, "map": Type("list", element=body_type)}.get(node.name, BOOLEAN)
    return Operation(node.name, (over, body), node.place), result


def _list(checker: Checker, node: Operation, element: Type | None) -> tuple[Node, Type]:
    over, kind = checker.node(node.arguments[0], element)
    if kind.kind not in ("list", "any"):
        checker.report(over, f"`{node.name}` runs over a list, and this is one value", "write it as a list: [ ]")
    return over, kind


def _reduction(checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    over, kind = _list(checker, node, element)
    start = [checker.node(argument, element) for argument in node.arguments[2:]]
    before = common(kind for _, kind in start)
    current = kind.element or ANY
    if not checker.on_trial:  # once for what the accumulator becomes, and for nothing that is inside
        trial = msgspec.structs.replace(checker, problems=[], on_trial=True)
        before = common((before, trial.node(node.arguments[1], _reduced(current, before))[1]))
    body, after = checker.node(node.arguments[1], _reduced(current, before))
    return Operation(node.name, (over, body, *(one for one, _ in start)), node.place), common((before, after))


def _reduced(current: Type, accumulator: Type) -> Type:
    return Type("record", fields={"current": current, "accumulator": accumulator})


def _merge(checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    pairs = [checker.node(argument, element) for argument in node.arguments]
    elements = common(kind.element or ANY if kind.kind == "list" else kind for _, kind in pairs)
    return rebuilt(node, pairs), Type("list", element=elements)


def _glob(checker: Checker, node: Operation, element: Type | None, truth: bool) -> tuple[Node, Type]:
    pairs = [checker.node(argument, element) for argument in node.arguments]
    for argument, kind in pairs:
        if kind.kind not in ("text", "any"):
            checker.report(
                argument,
                f"`{node.name}` takes a text and a glob",
                'run over a list: {some: [list, {matches: [{var: ""}, glob]}]}',
            )
    (text, text_type), (glob, glob_type) = pairs
    if text_type.vocabulary is not None:
        glob = checker.conform(glob, text_type.vocabulary, "glob")
    if glob_type.vocabulary is not None:
        text = checker.conform(text, glob_type.vocabulary)
    if text_type.shape is not None:
        fits(checker, [glob], text_type.shape, text_type.shape.is_glob)
    return Operation(node.name, (text, glob), node.place), BOOLEAN


DEMANDS: Final[Mapping[str, Demand]] = {
    **dict.fromkeys(("and", "or"), _logical),
    **dict.fromkeys(("!", "!!", "not"), _negated),
    **dict.fromkeys(CHOICES, _choice),
    **dict.fromkeys(COMPARISONS, _comparison),
    **dict.fromkeys(("subset", "disjoint"), _relation),
    **dict.fromkeys(("missing", "missing_some"), _missing),
    **dict.fromkeys(("map", "filter", "all", "some", "none"), _iteration),
    **dict.fromkeys(TEXT_FUNCTIONS, _text),
    **dict.fromkeys(("+", "-", "*", "/", "%", "min", "max"), _arithmetic),
    "reduce": _reduction,
    "log": _same,
    "in": _membership,
    "var": _variable,
    "known": _known,
    "merge": _merge,
    "matches": _glob,
}
"""What each operator demands; a test insists that there is no other."""
