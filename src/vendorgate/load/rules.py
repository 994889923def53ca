"""Rules in documents: from plain JSON to a checked tree, mistakes with their place in the file."""

from __future__ import annotations

from ..errors import Problem, enough
from ..logic import Json, Node, parse
from ..logic.demands import check
from ..logic.types import Dialect
from ..source import Path, Source


def read_rule(rule: Json, path: Path, source: Source, dialect: Dialect, problems: list[Problem]) -> Node:
    """The checked tree of the rule that stands at `path` of a document."""
    written = parse(rule)
    if enough(problems):  # nothing will be judged
        return written
    tree, found = check(written, dialect)
    for problem in found:
        place = (*path, *problem.place)
        named = problem.at_key and _name_of(rule, problem.place)
        location = source.locate((*place, named), key=True) if named else source.locate(place)
        problems.append(Problem(problem.title, location, problem.help, source))
    return tree if found or dialect.rewrite is None else dialect.rewrite(tree)


def _name_of(rule: Json, place: Path) -> str | None:
    """The operator of the operation at a place of a rule."""
    for step in place:
        rule = rule[step]  # type: ignore[index]  # the rule has what its tree was made of
    return next(iter(rule), None) if isinstance(rule, dict) else None
