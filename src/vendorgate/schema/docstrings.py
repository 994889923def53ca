"""What the models say of themselves: docstrings of classes and of their fields.

In: a model. Out: texts. Fields are documented by the text below them, which Python keeps in the source alone.
"""

from __future__ import annotations

import ast
import inspect
from functools import cache


@cache
def _documented(module: str, path: str) -> dict[str, dict[str, str]]:
    """By class: what its own fields are for."""
    with open(path, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    return {node.name: _fields(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _fields(node: ast.ClassDef) -> dict[str, str]:
    pairs = zip(node.body, node.body[1:], strict=False)
    named = ((field.target, after) for field, after in pairs if isinstance(field, ast.AnnAssign))
    return {
        target.id: " ".join(str(after.value.value).split())
        for target, after in named
        if isinstance(target, ast.Name) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
    }


def field_words(model: type, field: str) -> str | None:
    """What a field is for, as the class or one that it extends says."""
    for owner in model.__mro__:
        source = inspect.getsourcefile(owner) if owner.__module__.startswith("vendorgate") else None
        if source is not None and field in _documented(owner.__module__, source).get(owner.__name__, {}):
            return _documented(owner.__module__, source)[owner.__name__][field]
    return None


def class_words(model: type) -> str:
    """What a model is, in one line."""
    return " ".join((model.__doc__ or "").split("\n\n")[0].split())
