"""Words that a bundle's policies may name although no offering has them yet.

In: a bundle's `unmatched`. Out: the words with their places, problems, and which are no longer needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..errors import Problem
from ..logic import Literal, Node, walk
from ..logic.functions import is_glob
from ..logic.globs import Globs
from ..model.policy import Policy
from ..model.switched_off import StaleWord
from ..source import Location, Source
from .lexicon import Lexicon


def check_unmatched(written: tuple[str, ...], source: Source, problems: list[Problem]) -> Mapping[str, Location]:
    """The words, each with its place; a glob is a problem, since a misspelt word could hide behind it."""
    found: dict[str, Location] = {}
    for index, word in enumerate(written):
        if word:
            place = source.locate(("unmatched", index))
            found.setdefault(word, place)
            if is_glob(word):
                help = "write the words out that are to come"
                problems.append(Problem(f"a glob among the words that are to come: `{word}`", place, help, source))
    return found


def stale(unmatched: Mapping[str, Location], policies: Iterable[Policy], lexicon: Lexicon) -> Iterator[StaleWord]:
    """Words that the registry has by now, and those that no policy names."""
    if not unmatched:
        return
    texts = Globs([{text for policy in policies for tree in _trees(policy) for text in _texts(tree)}])
    for word, place in unmatched.items():
        if lexicon.has(word):
            yield StaleWord(word, "the registry has it by now", place)
        elif not texts.naming(word):
            yield StaleWord(word, "no policy names it", place)


def _trees(policy: Policy) -> Iterator[Node]:
    if policy.when is not None:
        yield policy.when
    for requirement in policy.require:
        yield requirement.tree


def _texts(tree: Node) -> Iterator[str]:
    for node in walk(tree):
        if isinstance(node, Literal) and isinstance(node.value, str):
            yield node.value
