"""Dockerfiles: variables, images, and packages that are installed.

In: path and text, the catalogue. Out: sightings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..code import Place
from ..documents.node import Leaf
from ..sighting import Sighting
from .compose import started
from .environment import Pair, environment
from .images import image, is_litellm
from .telling import package, reach_of

_INSTRUCTION: Final = re.compile(r"\s*([A-Za-z]+)\s+")
_PAIR: Final = re.compile(r"([A-Za-z_]\w*)=(\"[^\"]*\"?|'[^']*'?|\S*)")
_NAME: Final = re.compile(r"([A-Za-z_]\w*)\s*(.*)")
_INSTALLERS: Final = (
    (
        "pypi",
        re.compile(
            r"\b(?:pip3?|uv)\s+(?:pip\s+)?(?:install|add)\b|\b(?:poetry|pdm)\s+add\b|\b(?:conda|mamba)\s+install\b"
            r"|\buvx\b|\bpipx\s+(?:install|run)\b"
        ),
    ),
    ("npm", re.compile(r"\b(?:npm|pnpm|yarn|bun)\s+(?:global\s+)?(?:install|i|add)\b|\b(?:npx|bunx)\b|\bpnpm\s+dlx\b")),
    ("rubygems", re.compile(r"\bgem\s+install\b")),
    ("go", re.compile(r"\bgo\s+(?:install|get)\b")),
    ("crates", re.compile(r"\bcargo\s+(?:add|install)\b")),
    ("nuget", re.compile(r"\bdotnet\s+add\s+package\b")),
    ("packagist", re.compile(r"\bcomposer\s+require\b")),
)
_WORD: Final = re.compile(r"[^\s\"'`]+")
_VERSION: Final = re.compile(r"(?<=.)(?:[\[<>=!~].*|@[^/]*\Z|:\^?\d.*)")
_COMMANDS: Final = re.compile(r"&&|\|\||[;|]")
_LONGEST_LINE: Final = 4_000
_MOST_LINES: Final = 5_000


def extract(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """What an image is made of."""
    reach, variables = reach_of(path), list[Pair]()
    base = ""
    for number, line in _logical(text):
        found = _INSTRUCTION.match(line)
        word = found[1].upper() if found is not None else ""
        rest = Leaf(line[found.end() :] if found is not None else line, Place(number, found.end() + 1 if found else 1))
        if word in {"ENV", "ARG"}:
            variables += _variables(rest)
        elif word == "FROM":
            base = rest.value.split()[0] if rest.value.split() else ""
            yield from _told(image(Leaf(base, rest.place), reach))
        elif word in {"CMD", "ENTRYPOINT"} and is_litellm(base):
            words = [Leaf(one, rest.place) for one in re.split(r"[\s\"',\[\]]+", rest.value)]
            yield from started(words, catalogue, reach)
        else:
            yield from installed(line, number, catalogue)
    yield from environment(variables, catalogue, reach)


def _logical(text: str) -> Iterator[tuple[int, str]]:
    """Lines; one that goes on with a `\\` is a line of its own, so that places stay true."""
    before = ""
    for number, line in enumerate(text.split("\n")[:_MOST_LINES], 1):
        written = line[:_LONGEST_LINE].rstrip()
        if written.lstrip().startswith("#"):
            continue
        goes_on = written.endswith("\\")
        yield number, f"{before}{written.removesuffix(chr(92))}"
        before = _beginning(f"{before}{written[:-1]}") if goes_on else ""


def _beginning(line: str) -> str:
    """What a line that goes on says of the lines after it: its instruction, and what it installs with."""
    found = _INSTRUCTION.match(line)
    word = found[1].upper() if found is not None else ""
    if word in {"ENV", "ARG"}:
        return f"{word} "
    last = _COMMANDS.split(line)[-1]
    return next((f"{match[0]} " for _, pattern in _INSTALLERS if (match := pattern.search(last)) is not None), "")


def _variables(rest: Leaf) -> list[Pair]:
    pairs = [
        (Leaf(found[1], _after(rest, found.start(1))), Leaf(found[2].strip("\"'"), _after(rest, found.start(2))))
        for found in _PAIR.finditer(rest.value)
    ]
    if not pairs and (found := _NAME.match(rest.value)) is not None:
        return [(Leaf(found[1], rest.place), Leaf(found[2].strip(), rest.place))]
    return pairs


def _after(leaf: Leaf, columns: int) -> Place:
    return Place(leaf.place.line, leaf.place.column + columns)


def installed(line: str, number: int, catalogue: Catalogue) -> Iterator[Sighting]:
    """The packages that a command installs: `pip install openai`, `npm i @anthropic-ai/sdk`."""
    for system, pattern in _INSTALLERS:
        for found in pattern.finditer(line):
            rest = _COMMANDS.split(line[found.end() :], maxsplit=1)[0]
            for word in _WORD.finditer(rest):
                if not word[0].startswith("-"):
                    name = Leaf(_VERSION.sub("", word[0]), Place(number, found.end() + word.start() + 1))
                    yield from _told(package(catalogue, system, name))


def _told(found: Sighting | None) -> Iterator[Sighting]:
    if found is not None:
        yield found
