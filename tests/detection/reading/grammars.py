"""What tree-sitter's grammars see in a text: the second opinion that readers of tokens are held to.

A grammar knows what is a call and what is a text, and nothing of what they mean; so names and lines are compared.
"""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Iterator

from tree_sitter import Language, Node, Parser

from vendorgate.detection.code import Code

GRAMMARS = {
    "go": ("tree_sitter_go", "language"),
    "java": ("tree_sitter_java", "language"),
    "kotlin": ("tree_sitter_kotlin", "language"),
    "csharp": ("tree_sitter_c_sharp", "language"),
    "ruby": ("tree_sitter_ruby", "language"),
    "rust": ("tree_sitter_rust", "language"),
    "php": ("tree_sitter_php", "language_php"),
}
TEXTS = {
    "go": {"interpreted_string_literal", "raw_string_literal"},
    "java": {"string_literal"},
    "kotlin": {"string_literal", "multiline_string_literal"},
    "csharp": {
        "string_literal",
        "verbatim_string_literal",
        "raw_string_literal",
        "interpolated_string_expression",
    },
    "ruby": {"string", "heredoc_beginning", "bare_string", "subshell"},
    "rust": {"string_literal", "raw_string_literal"},
    "php": {"string", "encapsed_string", "heredoc", "nowdoc"},
}
CALLS = {
    "go": {"call_expression": "function", "composite_literal": "type"},
    "java": {"method_invocation": "name", "object_creation_expression": "type", "annotation": "name"},
    "kotlin": {"call_expression": "", "constructor_invocation": ""},
    "csharp": {"invocation_expression": "function", "object_creation_expression": "type", "attribute": "name"},
    "ruby": {"call": "method"},
    "rust": {"call_expression": "function", "macro_invocation": "macro", "struct_expression": "name"},
    "php": {
        "function_call_expression": "function",
        "member_call_expression": "name",
        "nullsafe_member_call_expression": "name",
        "scoped_call_expression": "name",
        "object_creation_expression": "",
        "attribute": "",
    },
}
"""By kind of node, the field that says what is called; without one it is the first child."""
PASSED_OVER = {
    "go": {"import_spec", "field_declaration"},
    "rust": {"attribute_item", "inner_attribute_item"},
    "php": {"primitive_type"},
}
"""What says nothing, and what a reader takes for something else: tags, imports, names of types."""
LISTS = {"slice_type", "array_type", "map_type", "implicit_length_array_type", "struct_type"}
NAMED = ("name", "field", "property", "function", "method")


def root_of(language: str, text: str) -> Node | None:
    """The tree of a text; None where the grammar does not take it as a whole."""
    module, function = GRAMMARS[language]
    root = Parser(Language(getattr(importlib.import_module(module), function)())).parse(text.encode()).root_node
    return None if root.has_error else root


def nodes(root: Node, language: str) -> Iterator[Node]:
    open_ones = [root]
    while open_ones:
        node = open_ones.pop()
        if node.type not in PASSED_OVER.get(language, ()):
            yield node
            open_ones.extend(node.children)


def texts(root: Node, language: str) -> Counter[int]:
    """How many texts begin on each line."""
    return Counter(node.start_point[0] + 1 for node in nodes(root, language) if node.type in TEXTS[language])


def calls(root: Node, language: str) -> Counter[str]:
    """The last names of what is called."""
    found = (
        _called(node, CALLS[language][node.type]) for node in nodes(root, language) if node.type in CALLS[language]
    )
    return Counter(name for name in found if name)


def _called(node: Node, field: str) -> str:
    called = node.child_by_field_name(field) if field else next(iter(node.named_children), None)
    if called is None or called.type in LISTS:
        return ""
    while (inner := _inner(called)) is not None:
        called = inner
    text = called.text.decode() if called.text is not None else ""
    return re.split(r"[^\w!?]+", text.strip("$@ "))[-1]


def _inner(node: Node) -> Node | None:
    for field in NAMED:
        if (found := node.child_by_field_name(field)) is not None:
            return found
    if node.type in ("generic_name", "generic_type", "generic_function"):
        return node.named_children[0]
    return (
        node.named_children[-1]
        if node.type in ("navigation_expression", "user_type", "scoped_type_identifier")
        else None
    )


def texts_of(code: Code) -> Counter[int]:
    return Counter(one.place.line for one in code.literals)


def calls_of(code: Code) -> Counter[str]:
    return Counter(one.path[-1] for one in code.calls)
