"""Lints a bundle.

In: an open bundle. Out: findings, those left out that the bundle excepts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ...errors import InputError, Problem
from ...logic import Literal, walk
from ...logic.globs import Globs, places
from ...logic.nearest import suggestion
from ...model.bundle_settings import LintException
from ...model.policy import Policy
from ...model.policy_test import PolicyTestCase
from .conditions import rules_of
from .lint_model import LintFinding, LintRun
from .lints import completeness, controls, effect, losses, repetition, settings, unknowns
from .lints.table import LINTS
from .open_bundle import OpenBundle


def lint(opened: OpenBundle) -> LintRun:
    """Everything that the lints find.

    Raises:
        InputError: the bundle switches off a lint that does not exist.
    """
    exceptions = opened.files.settings.lint
    _refuse_unknown(opened, exceptions)
    found = list(_findings(opened))
    excepting = _excepting(exceptions)
    met = [excepting(finding) for finding in found]
    kept = [finding for finding, those in zip(found, met, strict=True) if not those]
    used = {place for those in set(met) for place in places(those)}
    unused = [_unused(opened, index) for index in range(len(exceptions)) if index not in used]
    ordered = sorted((*kept, *unused), key=_where)
    return LintRun(tuple(ordered), len(found) - len(kept), len(opened.policies))


def _where(finding: LintFinding) -> tuple[str, int, int, str]:
    location = finding.location
    return finding.source.path, location.line, location.column, finding.id


def _findings(opened: OpenBundle) -> Iterator[LintFinding]:
    policies = opened.bundle.policies
    tests: dict[int, list[PolicyTestCase]] = {}
    for test in opened.tests:
        tests.setdefault(id(test.policy), []).append(test)
    for policy in policies:
        yield from _of(policy)
        yield from completeness.untested(policy, tests.get(id(policy), ()))
    if opened.bundle.fleet:
        from .lints.fleet import of_fleet  # few bundles have any

        for fleet in opened.bundle.fleet:
            yield from of_fleet(fleet.policy, tests.get(id(fleet.policy), ()))
        yield from repetition.between_policies(tuple(one.policy for one in opened.bundle.fleet), lambda policy: "")
    yield from repetition.between_policies(policies, lambda policy: _optional_pack(opened, policy))
    yield from _unused_classes(opened, opened.policies)
    if opened.bundle.observing.required:
        from .lints.observing import unobserved  # few bundles ask for it

        yield from unobserved(opened.files, opened.bundle)
    if opened.files.overlays is not None:
        from .lints.facts import misspelt  # few bundles add anything

        yield from misspelt(opened.files.overlays)


def _optional_pack(opened: OpenBundle, policy: Policy) -> str:
    """The optional pack that a policy is in."""
    shown = opened.files.folder.shown
    relative = policy.source.path.removeprefix(f"{shown}/") if shown != "." else policy.source.path
    pack = relative.partition("/")[0]
    return pack if pack in opened.optional_packs and "/" in relative else ""


def _of(policy: Policy) -> Iterator[LintFinding]:
    yield from effect.effect(policy)
    yield from repetition.requirements(policy)
    yield from repetition.words(policy)
    yield from repetition.operators(policy)
    yield from unknowns.defaults(policy)
    yield from unknowns.on_unknown(policy)
    yield from unknowns.negations(policy)
    yield from unknowns.orders(policy)
    yield from unknowns.future_days(policy)
    yield from unknowns.claims(policy)
    yield from losses.negated(policy)
    for lint_of_settings in settings.ALL:
        yield from lint_of_settings(policy)
    yield from completeness.missing(policy)
    yield from controls.misspelt(policy)


def _unused_classes(opened: OpenBundle, policies: Iterable[Policy]) -> Iterator[LintFinding]:
    """`unused-data-class`: a class that nothing asks for protects nothing."""
    source = opened.files.settings_source
    trees = [rule.tree for policy in policies for rule in rules_of(policy)]
    named = {
        node.value for tree in trees for node in walk(tree) if isinstance(node, Literal) and node.value is not None
    }
    for index, name in enumerate(opened.files.settings.data_classes):
        if name not in named and source is not None:
            message = f"no policy names the data class `{name}`"
            help = "write a policy for it, or take it out"
            yield LintFinding("unused-data-class", message, help, source, ("data_classes", index))


def _excepting(exceptions: tuple[LintException, ...]) -> Callable[[LintFinding], int]:
    """The bits of the exceptions that leave a finding out."""
    policies = Globs(one.policies for one in exceptions)
    lints = Globs((one.ignore,) for one in exceptions)
    return lambda finding: lints.naming(finding.id) & policies.naming(finding.policy or "")


def _unused(opened: OpenBundle, index: int) -> LintFinding:
    source = opened.files.settings_source
    assert source is not None
    exception = opened.files.settings.lint[index]
    message = f"`{exception.ignore}` finds nothing that this exception covers"
    return LintFinding("unused-exception", message, "take it out", source, ("lint", index, "ignore"))


def _refuse_unknown(opened: OpenBundle, exceptions: tuple[LintException, ...]) -> None:
    source = opened.files.settings_source
    problems = [
        Problem(
            f"no lint `{exception.ignore}`",
            source.locate(("lint", index, "ignore")),
            suggestion(exception.ignore, LINTS, "lints"),
            source,
        )
        for index, exception in enumerate(exceptions)
        if exception.ignore not in LINTS and source is not None
    ]
    if problems:
        raise InputError(problems)
