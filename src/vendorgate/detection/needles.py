"""Which files name anybody at all: one search over the bytes for everything that a catalogue knows.

In: a catalogue. Out: a predicate over the bytes of a file. Most files of a project hold none of these words, and are
not parsed. The words are one automaton where `ahocorasick_rs` is installed, else one regular expression, whose common
beginnings are taken together, so that its time depends on the file and not on how many words there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from .catalogue.catalogue import Catalogue
from .catalogue.facts import words
from .catalogue.remembered import remembered

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

_LOWER: Final = bytes(range(256)).lower()
Finds = Callable[[bytes], bool]

_ALWAYS: Final = (
    "openai",
    "anthropic",
    "bedrock",
    "vertexai",
    "genai",
    "litellm",
    "langchain",
    "llm",
    "base_url",
    "baseurl",
    "api_base",
    "chat/completions",
    "v1/messages",
    "v1/responses",
    "v1/embeddings",
    "vendorgate:",
)
"""What stands in files that make or pass on clients, although they name nobody."""

_STRETCH: Final = 16 * 1024
"""Bytes that are searched before it is asked whether that was enough; most files are not longer."""
_SHORT: Final = 5
_BEGINS: Final = re.compile(r"\(\?s:((?:\\.|[\w@/-])+)")
"""What a glob begins with, as `fnmatch` writes it."""
_COMMON: Final = re.compile(
    r"(?:New|With|Default|Async|Sync|Create|create)?"
    r"(?:RealTime|Realtime|Batch|Chat|Image|Embedding|Audio|Model|Speech|Web[Ss]ocket|Text|Inference|Streaming|OpenAI)?"
    r"(?:Client|Config|ClientBuilder|ClientWithConfig|Model|Models|Configuration|Conversation|Completion|Embeddings"
    r"|Classify|Engine|Service|Credentials|APIKey|Endpoint|RESTClient)?"
    r"|[a-z]+|[A-Z][a-z]+|AutoModel|PlatformFactory|CallbackHandler|APIClient|load_model|init_logger|get_client"
)
"""Names that stand in many programs."""


def hits(catalogue: Catalogue) -> Callable[[bytes], bool]:
    """Whether bytes hold a word by which somebody is known, or a call that only clients have; in small or capital
    letters, with or without underscores."""
    known = _words(catalogue)
    finds = by_automaton(known) or by_expression(known)
    return lambda data: finds(data.translate(_LOWER, b"_"))


def by_automaton(known: Collection[str], stretch: int = _STRETCH) -> Finds | None:
    """A search for all words at once by the library that does nothing else; None where it is not installed.

    The library finds all places where there is one: it is given a stretch at a time, and none after the first place.
    """
    try:
        import ahocorasick_rs  # noqa: F401
    except ImportError:
        return None
    automaton = _automaton(frozenset(known))
    overlap = max(len(word.encode()) for word in known) - 1

    def finds(data: bytes) -> bool:
        starts = range(0, max(len(data), 1), stretch)
        return any(automaton.find_matches_as_indexes(data[start : start + stretch + overlap]) for start in starts)

    return finds


@lru_cache(maxsize=2)
def _automaton(known: frozenset[str]) -> BytesAhoCorasick:
    """Remembered, because both sides of a comparison know the same words."""
    from ahocorasick_rs import BytesAhoCorasick, Implementation

    return BytesAhoCorasick([word.encode() for word in sorted(known)], implementation=Implementation.DFA)


def by_expression(known: Collection[str]) -> Finds:
    """The same search by a regular expression. It minds capitals, which makes it five times as fast."""
    search = re.compile(_factored(known).encode()).search
    return lambda data: search(data) is not None


@remembered
def _words(catalogue: Catalogue) -> frozenset[str]:
    """The words, in small letters; one that holds another is not needed."""
    found = set(_ALWAYS)
    found.update(name for _, name in catalogue.packages)
    found.update(module for _, module in (*catalogue.modules, *catalogue.framework_modules))
    found.update(symbol for _, symbol in catalogue.symbols if tells_by_itself(symbol))
    found.update(catalogue.variables, (start for start, _ in catalogue.variable_starts))
    found.update(_of_host(pattern.labels) for several in catalogue.hosts.values() for pattern in several)
    found.update(catalogue.actions)
    found.update(re.split(r"[*{]", type)[0] for type in catalogue.resource_types)
    found.update(words("telling_pairs"), words("telling_names"), _of_models(catalogue))
    lowered = {word.lower().rstrip("*").replace("_", "") for word in found}
    return frozenset(_shortest(word for word in lowered if len(word) > 2))


def tells_by_itself(symbol: str) -> bool:
    """Whether a class or function is called so nowhere else: `ChatOpenAI`, not `Client`, whose module tells.

    A file that has one of those alone, from a module of its own project, is not parsed.
    """
    return len(symbol) > _SHORT and not _COMMON.fullmatch(symbol)


def _of_models(catalogue: Catalogue) -> set[str]:
    """What models' names begin with: a file of constants may hold nothing else."""
    starts = (_BEGINS.match(glob.pattern) for glob, _ in catalogue.makers)
    found = {re.sub(r"\\(.)", r"\1", match[1]) for match in starts if match is not None}
    return {one for one in found if len(one) >= _SHORT}


def _of_host(labels: tuple[str, ...]) -> str:
    """The part of a host that stands in every address that fits."""
    fixed = [label for label in labels if label != "*" and "{" not in label]
    return ".".join(fixed) if len(fixed) == len(labels) or labels[0] == "*" else max(fixed, key=len, default="")


def _shortest(words: Iterable[str]) -> set[str]:
    """Without those that begin with another: who finds the shorter finds the longer."""
    kept: list[str] = []
    for word in sorted(words):
        if not kept or not word.startswith(kept[-1]):
            kept.append(word)
    return set(kept)


def _factored(words: Iterable[str]) -> str:
    """One expression for all, as a tree of their beginnings."""
    return _branch(sorted(words), 0)


def _branch(words: list[str], at: int) -> str:
    """For sorted words that are alike up to `at`."""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[at : at + 1], []).append(word)
    if "" in groups:  # one ends here, which is enough
        return ""
    parts = [_alone(group[0][at:]) if len(group) == 1 else _group(group, at) for group in groups.values()]
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


def _group(words: list[str], at: int) -> str:
    end = at + 1
    while all(len(word) > end and word[end] == words[0][end] for word in words):
        end += 1
    return re.escape(words[0][at:end]) + _branch(words, end)


def _alone(rest: str) -> str:
    return re.escape(rest)
