"""Every word that the reference explains can be searched for, and leads to its place.

In: a page as Sphinx has read it. Out: the same with an entry of the index for each word in the first column of a table,
be it an operator (`==`), an option, a field, a path or a notice, and for each command. The search of the site ranks
entries of the index first; without them it finds neither signs nor the words that it takes for filling, such as `in`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

PAGES: Final = re.compile(r"reference/(?!generated/lints).*|agreements|projects|reports|waivers")
"""Pages that explain words; a lint has a page of its own."""
_COMMAND: Final = "vendorgate "
_OPTION: Final = re.compile(r"(?<!\S)--?[a-z][a-z-]*")
_OPERATION: Final = re.compile(r"\{(\w+): .*\}")


def enter_words(app: Sphinx, document: nodes.document) -> None:
    """Enter the words of a page, if it is one that explains words."""
    if PAGES.fullmatch(app.env.docname):
        _enter_commands(document)
        _enter_tables(document)


def _enter_commands(document: nodes.document) -> None:
    for section in list(document.findall(nodes.section)):
        title = section.next_node(nodes.title).astext()
        if title.startswith(_COMMAND):
            section.insert(1, _entries((title, title.removeprefix(_COMMAND)), section["ids"][0]))


def _enter_tables(document: nodes.document) -> None:
    for body in list(document.findall(nodes.tbody)):
        for row in body.findall(nodes.row):
            first = row.next_node(nodes.entry)
            words = [word for code in first.findall(nodes.literal) for word in _words(code.astext())]
            if first.astext().isdecimal():
                words.append(first.astext())  # an exit code
            if words:
                first.insert(0, _entries(words, _target(document, first, words[0])))


def _words(text: str) -> Iterator[str]:
    """What somebody types who looks for it: an option without its value, an operator without its arguments."""
    operation = _OPERATION.fullmatch(text)
    if operation is not None:
        yield operation[1]
    elif text.startswith("--"):
        yield from _OPTION.findall(text)
    else:
        yield text


def _target(document: nodes.document, cell: Any, word: str) -> str:
    """An anchor at a cell."""
    name = str(nodes.make_id(f"word {word}"))
    target, number = name, 2
    while target in document.ids:
        target, number = f"{name}-{number}", number + 1
    document.ids[target] = cell
    cell["ids"].append(target)
    return target


def _entries(words: Iterable[str], target: str) -> Any:
    return addnodes.index(entries=[("single", word, target, "main", None) for word in words if ";" not in word])
