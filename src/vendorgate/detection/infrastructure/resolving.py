"""Names of a file, worked out as far as the file says what they stand for.

In: a document, defaults by name. Out: the same document with texts in the place of names; what is not known is `\\0`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from ..documents.node import Branch, Leaf, Node, Row, entries, walk

UNKNOWN: Final = "\0"
_MOST_STEPS: Final = 5
_HCL_PART: Final = re.compile(r"\$\{\s*([^{}\"]*?)\s*\}")
_BICEP_PART: Final = re.compile(r"\$\{([^{}']*)\}")
_ARM: Final = re.compile(r"\[(?:parameters|variables)\('([^']+)'\)\]\Z")
_OTHERS: Final = re.compile(r"[$%]\{[^{}]*\}|\[[a-zA-Z]+\(.*\)\]\Z")
_LONGEST: Final = 20_000

Names = Mapping[str, str]


def of_terraform(document: Node) -> dict[str, str]:
    """What variables and locals of a file stand for where nobody sets them otherwise."""
    found: dict[str, str] = {}
    for key, value in entries(document):
        if key.value == "variable":
            found.update((f"var.{name}", text) for name, text in _defaults(value, "default"))
        elif key.value == "locals":
            found.update((f"local.{name}", text) for name, text in _said(value))
    return found


def of_bicep(document: Node) -> dict[str, str]:
    """What parameters and variables stand for."""
    declared = [value for key, value in entries(document) if key.value in {"param", "var"}]
    return {name: text for value in declared for name, text in _said(value)}


def of_arm(document: Node) -> dict[str, str]:
    """The same of a template as JSON, and of CloudFormation's parameters."""
    found: dict[str, str] = {}
    for key, value in entries(document):
        if key.value in {"parameters", "Parameters"}:
            found.update(_defaults(value, "defaultValue"))
            found.update(_defaults(value, "Default"))
        elif key.value == "variables":
            found.update(_said(value))
    return found


def _defaults(node: Node, key: str) -> list[tuple[str, str]]:
    return [
        (name.value, leaf.value)
        for name, one in entries(node)
        for path, leaf in walk(one)
        if path == (key,) and leaf.value and not leaf.is_expression
    ]


def _said(node: Node) -> list[tuple[str, str]]:
    """Names with the texts that stand beside them."""
    return [
        (name.value, one.value)
        for name, one in entries(node)
        if isinstance(one, Leaf) and one.value and not one.is_expression
    ]


def _known(name: str, names: Names) -> str:
    """What a name stands for, through others."""
    for _ in range(_MOST_STEPS):
        found = names.get(name)
        if found is None:
            return UNKNOWN
        part = _HCL_PART.fullmatch(found)
        if part is None:
            return found
        name = part[1]
    return UNKNOWN


def terraform(document: Node) -> Node:
    """A file of Terraform's with its names worked out."""
    names = of_terraform(document)
    return _replaced(document, lambda leaf: _text(leaf, _HCL_PART, names))


def bicep(document: Node) -> Node:
    """A file of Bicep's with its names worked out."""
    names = of_bicep(document)
    return _replaced(document, lambda leaf: _text(leaf, _BICEP_PART, names))


def arm(document: Node) -> Node:
    """A template as JSON, or one of CloudFormation's, with its parameters worked out."""
    names = of_arm(document)

    def text(leaf: Leaf) -> str:
        whole = _ARM.match(leaf.value)
        if leaf.is_expression:
            return _known(leaf.value, names)
        if whole is not None:
            return _known(whole[1], names)
        return _text(leaf, _BICEP_PART, names) if "${" in leaf.value or leaf.value.startswith("[") else leaf.value

    return _replaced(document, text)


def _text(leaf: Leaf, part: re.Pattern[str], names: Names) -> str:
    if leaf.is_expression:
        return _known(leaf.value.partition(" ")[0], names)
    if len(leaf.value) > _LONGEST:
        return leaf.value
    known = part.sub(lambda found: _known(found[1].strip(), names), leaf.value)
    return _OTHERS.sub(UNKNOWN, known)


def _replaced(node: Node, text: Callable[[Leaf], str]) -> Node:
    """A copy with every leaf's text replaced; its depth is bounded by the readers."""
    if isinstance(node, Leaf):
        found = text(node)
        return node if found == node.value and not node.is_expression else Leaf(found, node.place)
    if isinstance(node, Row):
        return Row(tuple(_replaced(one, text) for one in node.items), node.place)
    return Branch(tuple((key, _replaced(value, text)) for key, value in node.entries), node.place)
