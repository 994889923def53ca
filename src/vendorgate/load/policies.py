"""Policies as they are written to policies that judge.

In: policy files, the language that their rules may use. Out: policies with checked rules, and every mistake in them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import UnsetType

from ..errors import Problem, enough
from ..logic import Json
from ..logic.paths import reads, words_of
from ..model.asking import OBSERVED, attributes_among, dimensions_of, facts_among, settings_among
from ..model.policy import Policy, PolicyFileOutline, PolicyOutline, Requirement
from ..model.text import is_blank
from ..source import Path, Source
from .agreements import check_agreements
from .decode import decode
from .document import Document
from .language import Language
from .manifest import check_usage
from .rules import read_rule
from .words import Words
from .written_policies import Asking, policy_of

if TYPE_CHECKING:
    from ..model.policy_file import PolicyFile
    from ..model.written_tests import PolicyTest


def policies_from(document: Document, words: Words, rules: Language, problems: list[Problem]) -> list[Policy]:
    """The checked policies of one document."""
    from ..model.policy_file import PolicyFile  # a check reads outlines

    found = decode(document, PolicyFile, problems)
    return [] if found is None else checked_policies(((found, document.source),), words, rules, problems)


def checked_policies(
    files: Iterable[tuple[PolicyFile | PolicyFileOutline, Source]],
    words: Words,
    rules: Language,
    problems: list[Problem],
) -> list[Policy]:
    """The policies of files in their order, with every mistake of their rules reported."""
    policies = [
        _policy(entry, index, source, rules, words, problems)
        for written, source in files
        for index, entry in enumerate(written.policies)
    ]
    _report_repeated(policies, problems)
    return policies


def _policy(
    entry: PolicyOutline, index: int, source: Source, rules: Language, words: Words, problems: list[Problem]
) -> Policy:
    path: Path = ("policies", index)
    when = (
        None
        if isinstance(entry.when, UnsetType)
        else read_rule(entry.when, (*path, "when"), source, rules.when, problems)
    )
    require = tuple(
        requirement(written, position, (source, (*path, "require", position)), rules, problems)
        for position, written in enumerate(entry.require)
    )
    tests: tuple[PolicyTest, ...] = () if type(entry) is PolicyOutline else entry.tests
    for position, test in enumerate(tests):
        check_usage(test.usage, (*path, "tests", position, "usage"), source, words, problems)
        check_agreements(test.agreements or (), (source, (*path, "tests", position, "agreements")), words.own, problems)
    asked = [(requirement.tree, reads(requirement.tree)) for requirement in require]
    whole = asked if when is None else [(when, reads(when)), *asked]
    paths = [path for _, paths in whole for path in paths]
    asking = Asking(
        dimensions=tuple(dict.fromkeys(name for one in asked for name in dimensions_of(*one))),
        settings=settings_among([*paths, *(path for tree, _ in whole for path in words_of(tree, OBSERVED))]),
        attributes=attributes_among(paths),
        facts=facts_among(path for _, paths in asked for path in paths),
    )
    return policy_of(entry, (source, index), when, require, asking, tests)


def requirement(
    written: Json, index: int, place: tuple[Source, Path], rules: Language, problems: list[Problem]
) -> Requirement:
    """A checked requirement: a rule, or `that` with its `message`."""
    source, path = place
    if not isinstance(written, dict) or "that" not in written:
        return Requirement(written, read_rule(written, path, source, rules.require, problems), None, index, path[2:])
    for key in written:
        if key not in ("that", "message"):
            location = source.locate((*path, key), key=True)
            problems.append(Problem(f"unknown key `{key}`", location, "known: `that`, `message`", source))
    message = written.get("message")
    if "message" in written and (not isinstance(message, str) or is_blank(message)):
        problems.append(
            Problem("a message that is no text", source.locate((*path, "message")), "write a sentence", source)
        )
    tree = read_rule(written["that"], (*path, "that"), source, rules.require, problems)
    return Requirement(written["that"], tree, message if isinstance(message, str) else None, index, (*path[2:], "that"))


def _report_repeated(policies: list[Policy], problems: list[Problem]) -> None:
    first: dict[str, Policy] = {}
    for policy in policies:
        if enough(problems):
            return
        report_repeated(policy, first, problems)


def report_repeated(policy: Policy, first: dict[str, Policy], problems: list[Problem]) -> None:
    """Report a policy whose id another one has; `first` has the first policy of each id, this one from now on, too."""
    earlier = first.setdefault(policy.id, policy)
    if policy.id and earlier is not policy:
        where = earlier.source.locate(("policies", earlier.index, "id"))
        location = policy.source.locate(("policies", policy.index, "id"))
        title = f"the id `{policy.id}` is used twice"
        problems.append(Problem(title, location, f"{where} has it already; give each policy its own", policy.source))
