"""Tests of policies: those beside them in their files and those in `*.test.yaml`, to cases that can run.

In: the files of a bundle and its checked policies. Out: cases, in the order of the policies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec
from msgspec import UnsetType

from ..errors import Problem
from ..logic.nearest import suggestion
from ..model.agreement import Agreement, Register
from ..model.manifest import Manifest, ManifestFile, Route, Usage
from ..model.policy import Bundle, Policy
from ..model.policy_test import PolicyTestCase
from ..model.written_tests import FiledTest, FiledTests, PolicyTest, PolicyTestDraft, PolicyTestUsage
from ..source import Location, Path, Source
from .agreements import check_agreements
from .bundle_files import BundleFiles
from .decode import decode
from .document import read_document
from .files import read_bytes
from .lexicon import Lexicon
from .manifest import ReadManifest, check_manifest, repeated_ids
from .words import Words, check_offering, check_word

_PROJECT = "tests"
"""The project of a test that has only a usage."""
_USAGE = "usage"
"""The id of a usage that has none."""


def policy_tests(
    files: BundleFiles, bundle: Bundle, lexicon: Lexicon, problems: list[Problem]
) -> tuple[PolicyTestCase, ...]:
    """Every test of a bundle; each mistake in one is a problem."""
    # A test says its own world: which accounts the organization has does not matter there.
    words = lexicon.for_manifests(files.data_classes, msgspec.structs.replace(files.own_words, accounts=None))
    making = _Making(words, lexicon, problems)
    cases = [case for policy in bundle.policies for case in _own(policy, making)]
    policies = {policy.id: policy for policy in bundle.policies}
    for folder, name in files.tests:
        path, shown = folder.file(name)
        data = read_bytes(path, shown, problems)
        document = read_document(shown, data, problems) if data is not None else None
        written = decode(document, FiledTests, problems) if document is not None else None
        if document is not None and written is not None:
            cases.extend(_filed(written, document.source, policies, making))
    order = {policy.id: index for index, policy in enumerate(bundle.policies)}
    return tuple(sorted(cases, key=lambda case: order[case.policy.id]))


class _Making(msgspec.Struct, frozen=True):
    """What making cases takes: the words that there are, and where mistakes go."""

    words: Words
    lexicon: Lexicon
    problems: list[Problem]


def _own(policy: Policy, making: _Making) -> Iterator[PolicyTestCase]:
    for index, test in enumerate(policy.tests):
        place: Path = ("policies", policy.index, "tests", index)
        # Words of the usage are checked where the policy is.
        manifest = _of_usage(test.usage, policy.source, place, making.words, [])
        yield _case(policy, test, manifest, (policy.source, place), making)


def _filed(
    written: FiledTests, source: Source, policies: Mapping[str, Policy], making: _Making
) -> Iterator[PolicyTestCase]:
    words, problems = making.words, making.problems
    for index, test in enumerate(written.tests):
        place: Path = ("tests", index)
        check_agreements(test.agreements or (), (source, (*place, "agreements")), words.own, problems)
        check_word(test.policy, policies, "a policy of the bundle", (source, (*place, "policy")), problems)
        manifest = _judged(test, source, place, words, problems)
        if manifest is not None and test.policy in policies:
            yield _case(policies[test.policy], test, manifest, (source, place), making)


def _judged(test: FiledTest, source: Source, place: Path, words: Words, problems: list[Problem]) -> Manifest | None:
    if isinstance(test.usage, UnsetType) == isinstance(test.manifest, UnsetType):
        title = "a test with neither `usage` nor `manifest`" if not test.usage else "both `usage` and `manifest`"
        problems.append(Problem(title, source.locate((*place, "name")), "give one of them", source))
        return None
    if not isinstance(test.usage, UnsetType):
        return _of_usage(test.usage, source, place, words, problems)
    assert not isinstance(test.manifest, UnsetType)
    inner = source.below((*place, "manifest"))
    repeated_ids(test.manifest, inner, problems)
    return check_manifest(ReadManifest(test.manifest, inner, ""), words, problems)


def _of_usage(written: PolicyTestUsage, source: Source, place: Path, words: Words, problems: list[Problem]) -> Manifest:
    id = _USAGE if isinstance(written.id, UnsetType) else written.id
    fields = {name: getattr(written, name) for name in written.__struct_fields__ if name != "id"}
    usage = Usage(**fields, id=id)
    inner = _UsageSource(source, (*place, "usage"))
    manifest = ManifestFile(version=1, project=_PROJECT, usages=(usage,))
    return check_manifest(ReadManifest(manifest, inner, ""), words, problems)


class _UsageSource(Source):
    """A usage that stands by itself, found as if it were the only one of a manifest."""

    __slots__ = ()

    def __init__(self, source: Source, place: Path) -> None:
        inner = source.below(place)
        super().__init__(inner.path, inner.text, inner._compose, inner._above)

    def locate(self, path: Path = (), *, key: bool = False) -> Location:
        return super().locate(path[2:] if path[:1] == ("usages",) else path, key=key)


def _case(
    policy: Policy, test: PolicyTestDraft, manifest: Manifest, place: tuple[Source, Path], making: _Making
) -> PolicyTestCase:
    (source, path), words, problems = place, making.words, making.problems
    assert isinstance(test, (PolicyTest, FiledTest))
    for name in test.registry:
        check_offering(name, words, (source, (*path, "registry", name)), problems)
    if isinstance(test.expect, dict):
        _check_expected(test.expect, manifest, source, path, problems)
    observed = None
    if not isinstance(test.observed, UnsetType):
        from .observations import in_test  # few policies ask for it

        observed = in_test(test.observed, (source, (*path, "observed")), manifest, words, making.lexicon, problems)
    register = None
    if not isinstance(test.agreements, UnsetType):
        register = _register(test.agreements, place, problems)
        if register is None:
            kinds = tuple(one for one in test.agreements if not isinstance(one, Agreement))
            manifest = _with_claims(manifest, kinds)
    return PolicyTestCase(
        policy=policy,
        name=test.name,
        manifest=manifest,
        register=register,
        overrides=test.registry,
        observed=observed,
        as_of=None if isinstance(test.as_of, UnsetType) else test.as_of,
        expect=test.expect,
        reason=None if isinstance(test.reason, UnsetType) else test.reason,
        source=source,
        place=path,
    )


def _check_expected(
    expect: Mapping[str, str], manifest: Manifest, source: Source, path: Path, problems: list[Problem]
) -> None:
    usages = {usage.id for usage in manifest.usages}
    for name in expect:
        if name not in usages:
            location = source.locate((*path, "expect", name), key=True)
            problems.append(Problem(f"no usage `{name}` in this test", location, suggestion(name, usages), source))
    if not expect:
        location = source.locate((*path, "expect"))
        problems.append(Problem("a test that expects nothing", location, "say what each usage comes to", source))


def _register(
    written: Iterable[str | Agreement], place: tuple[Source, Path], problems: list[Problem]
) -> Register | None:
    """Whole agreements as a register; kinds alone are no register, they are in force and nothing is known of them."""
    agreements = list(written)
    if not any(isinstance(one, Agreement) for one in agreements):
        return None
    source, path = place
    for index, kind in enumerate(agreements):
        if not isinstance(kind, Agreement):
            location = source.locate((*path, "agreements", index))
            help = f"write it whole, too: {{kind: {kind}, offerings: [...], status: executed, signed: ...}}"
            problems.append(Problem(f"`{kind}` alone beside whole agreements", location, help, source))
    return Register(tuple(one for one in agreements if isinstance(one, Agreement)), source)


def _with_claims(manifest: Manifest, kinds: tuple[str, ...]) -> Manifest:
    """The manifest, claiming these kinds and no others on every route."""
    usages = tuple(
        msgspec.structs.replace(
            usage,
            agreements=kinds,
            fallbacks=tuple(_claiming(route, kinds) for route in usage.fallbacks),
            via=None if usage.via is None else _claiming(usage.via, kinds),
            recipients=tuple(_claiming(route, kinds) for route in usage.recipients),
        )
        for usage in manifest.usages
    )
    return msgspec.structs.replace(manifest, usages=usages)


def _claiming(route: str | Route, kinds: tuple[str, ...]) -> Route:
    whole = Route(offering=route) if isinstance(route, str) else route
    return msgspec.structs.replace(whole, agreements=kinds)
